"""Tables in plain text (.csv, .tsv): rows with the names of their columns, as a spreadsheet would show them."""

import csv
import io
import re
from collections import Counter
from pathlib import PurePath

from knowledge.faults import CorruptFile, OversizedFile
from knowledge.reading.draft import Draft, Source, check_characters
from knowledge.reading.encoding import decode
from knowledge.reading.grid import lay_out
from knowledge.reading.pieces import GridCell, compose
from knowledge.reading.plain import decoded
from knowledge.reading.tables import table_pieces

ENDINGS = (".csv", ".tsv")

_SIGNS = ",;\t|"
_SURE_SIGNS = ";\t"  # that part cells where no name says so: commas stand in every text
_STATED = re.compile(r"\Asep=(.)\n", re.IGNORECASE)  # as Excel writes it
_FIGURES = re.compile(r"[-+(]?\W{0,2}\d[\d.,\s%/:-]*(?:\W{1,2}|\s?[A-Z]{3})?\)?")
_SAMPLED = 50  # lines by which the sign is told
_FEWEST_ROWS, _FEWEST_COLUMNS = 3, 3


def recognises_delimited(source: Source) -> bool:
    """Whether the file is text named as a table, or every line of its opening has as many cells as the others."""
    found = decode(source.data)
    if found is None:
        return False
    if PurePath(source.name).suffix.lower() in ENDINGS:
        return True
    lines = [line for line in found.text[:20_000].splitlines()[:_SAMPLED] if line.strip()]
    counts = [{line.count(sign) for line in lines} for sign in _SURE_SIGNS]
    even = any(len(one) == 1 and min(one) >= _FEWEST_COLUMNS - 1 for one in counts)
    return even and len(lines) >= _FEWEST_ROWS


def read_delimited(source: Source) -> Draft:
    """The rows of a table in plain text, on one page; the sign that parts its cells is told from its lines.

    Raises:
        CorruptFile: if a cell never ends.
        OversizedFile: if it is too long, or has too many cells.
    """
    text, warnings = decoded(source)
    check_characters(source, len(text))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    stated = _STATED.match(text)
    cells: dict[int, dict[int, GridCell]] = {}
    count = 0
    try:
        sign = stated[1] if stated else _sign(text)
        for number, row in enumerate(csv.reader(io.StringIO(text[stated.end() if stated else 0 :]), delimiter=sign)):
            filled = {column: words.strip() for column, words in enumerate(row) if words.strip()}
            count += len(filled)
            if count > source.limits.cells:
                raise OversizedFile(source.name, f"it has more than {source.limits.cells:,} filled cells", "Split it.")
            cells[number] = {
                column: GridCell(words, column, figures=_FIGURES.fullmatch(words) is not None)
                for column, words in filled.items()
            }
    except csv.Error as fault:
        raise CorruptFile(
            source.name, f"its rows cannot be told apart ({fault})", "Save it again, or as .xlsx."
        ) from fault
    rows, _ = lay_out(cells, ())
    return compose(source, list(table_pieces(rows)), warnings)


def _sign(text: str) -> str:
    """The sign that gives the most lines of the opening the same number of cells, and the more cells the better."""

    def evenness(sign: str) -> tuple[int, int]:
        lines = list(csv.reader(io.StringIO(text[:20_000]), delimiter=sign))[:_SAMPLED]
        (width, times), *_ = Counter(len(line) for line in lines if line).most_common(1) or [(1, 0)]
        return (times, width) if width > 1 else (0, 0)

    return max(_SIGNS, key=evenness)
