"""Which cell of a table's rows is named by which: the way from a row's spans to its cells."""

import re
from collections.abc import Iterator, Sequence

from knowledge.document import Cell, Span
from knowledge.reading.pieces import GridCell
from knowledge.reading.tables import table_pieces

_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")

PlacedRow = Sequence[tuple[int, Span]]  # the filled cells of a row: the column of each, from 0, and where its words are


def _holds_figures(words: str, below: str) -> bool:
    """Whether a cell has figures in it; a year above what is none is part of a name ("Target 2028" above "40 %").

    `below` is what stands in the next filled cell of its column, "" for none.
    """
    named = bool(below) and not _YEAR.search(below)
    return any(map(str.isdigit, _YEAR.sub("", words) if named else words))


def name_cells(text: str, rows: Sequence[PlacedRow]) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    """For each row of one table, where it starts in `text`, and its cells, each with the one that names its column."""
    grid: list[list[GridCell]] = []
    below: dict[int, str] = {}
    for row in reversed(rows):
        said = {column: text[span.start : span.end] for column, span in row}
        grid.append(
            [
                GridCell(words, column, figures=_holds_figures(words, below.get(column, "")))
                for column, words in said.items()
            ]
        )
        below |= said
    grid.reverse()
    heads: dict[int, Span] = {}
    for row, piece in zip(rows, table_pieces(grid), strict=True):
        if piece.names == "own":
            heads = dict(row)
        elif piece.names == "none":
            heads = {}
        yield row[0][1].start, tuple(Cell(span, heads.get(column)) for column, span in row)
