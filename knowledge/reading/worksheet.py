"""One sheet of an Excel workbook: its cells as a reader sees them, and what it keeps from the reader."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from knowledge.reading.cellformats import GENERAL, show_number
from knowledge.reading.formulas import Place, read_place, read_range, solve
from knowledge.reading.grid import Reach, lay_out
from knowledge.reading.package import each_element
from knowledge.reading.pieces import CELL_SEPARATOR, GridCell, Piece
from knowledge.reading.tables import table_pieces

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_LAST_COLUMN, _LAST_ROW = 16_384, 1_048_576
_MOST_SOLVED = 100  # formulas without a result that are worked out in one sheet


@dataclass(frozen=True, slots=True)
class Look:
    """How cells of one style are shown: by which number format, whether bold, whether so that no reader sees them."""

    code: str = GENERAL
    strong: bool = False
    unseen: bool = False


@dataclass(frozen=True, slots=True)
class Book:
    """What the sheets of a workbook share: its strings, its styles, whether its days count from 1904, its language."""

    strings: tuple[str, ...]
    looks: tuple[Look, ...]
    since_1904: bool
    language: str


@dataclass(slots=True)
class Sheet:
    """A sheet as far as it was read.

    Attributes:
        shown: its cells by row and column.
        kept: the words of its hidden rows, columns and cells, by row.
        numbers: what cells hold that hold a number.
        formulas: cells whose formula came without a result, and their style.
        reaches: merged cells.
        named: rows that the file itself marks as those that name the columns.
    """

    shown: dict[int, dict[int, GridCell]] = field(default_factory=dict)
    kept: dict[int, list[str]] = field(default_factory=dict)
    numbers: dict[Place, float] = field(default_factory=dict)
    formulas: dict[Place, tuple[str, Look]] = field(default_factory=dict)
    reaches: list[Reach] = field(default_factory=list)
    named: set[int] = field(default_factory=set)
    unsolved: list[Place] = field(default_factory=list)

    def pieces(self) -> Iterator[Piece]:
        """The sheet's rows and lines in order, and after them what is hidden."""
        rows, numbers = lay_out(self.shown, self.reaches)
        yield from table_pieces(rows, frozenset(place for place, row in enumerate(numbers) if row in self.named))
        for _, words in sorted(self.kept.items()):
            yield Piece(CELL_SEPARATOR.join(words), hidden=True)


def read_sheet(data: bytes, book: Book, count: Callable[[int], None]) -> Sheet:
    """The cells of a worksheet part.

    Args:
        data: the part's XML.
        book: what it shares with the other sheets.
        count: is told how many filled cells each row adds, and may refuse more.
    """
    sheet = Sheet()
    unseen: set[int] = set()
    last = 0
    for element in each_element(data, *(f"{SHEET}{name}" for name in ("col", "row", "mergeCell", "autoFilter"))):
        if element.tag == f"{SHEET}row":
            last = _whole(element.get("r")) or last + 1
            count(_read_row(sheet, book, element, last, unseen))
        elif element.tag == f"{SHEET}col" and (_is_on(element.get("hidden")) or element.get("width") == "0"):
            first, final = _whole(element.get("min")), _whole(element.get("max"))
            unseen.update(range(first, min(final, _LAST_COLUMN) + 1))
        elif found := read_range(element.get("ref", "")):
            (row, column), (last_row, last_column) = found
            if element.tag == f"{SHEET}mergeCell":
                sheet.reaches.append(Reach(row, column, last_row, last_column))
            elif last_row > row:
                sheet.named.add(row)
    _solve(sheet, book)
    return sheet


def _read_row(sheet: Sheet, book: Book, element: Any, row: int, unseen: set[int]) -> int:
    hidden = _is_on(element.get("hidden")) or element.get("ht") == "0"
    column = found = 0
    for cell in element.iterchildren(f"{SHEET}c"):
        place = read_place(cell.get("r", ""))
        column = place[1] if place else column + 1
        if row > _LAST_ROW or column > _LAST_COLUMN:
            continue
        style = _whole(cell.get("s"))
        look = book.looks[style] if style < len(book.looks) else Look()
        words, number = _value(cell, book, look)
        if number is not None:
            sheet.numbers[row, column] = number
        formula = cell.findtext(f"{SHEET}f")
        if formula is not None and not cell.findtext(f"{SHEET}v") and cell.find(f"{SHEET}is") is None:
            sheet.formulas[row, column] = formula, look
        if not words.strip():
            continue
        found += 1
        if hidden or column in unseen or look.unseen:
            sheet.kept.setdefault(row, []).append(words.strip())
        else:
            shown = GridCell(words.strip(), column, strong=look.strong, figures=number is not None)
            sheet.shown.setdefault(row, {})[column] = shown
    return found


def _value(cell: Any, book: Book, look: Look) -> tuple[str, float | None]:
    """The words that a cell shows, and its number where it holds one."""
    kind, raw = cell.get("t", "n"), cell.findtext(f"{SHEET}v") or ""
    if kind == "inlineStr":
        written = cell.find(f"{SHEET}is")
        return (string_of(written) if written is not None else ""), None
    if kind == "s":
        return book.strings[int(raw)] if raw else "", None
    if kind == "b":
        return {"1": "TRUE", "0": "FALSE"}.get(raw, ""), None
    if kind == "d" and raw:
        moment = datetime.fromisoformat(raw)
        return (
            f"{moment:%Y-%m-%d %H:%M}" if moment.hour or moment.minute else f"{moment:%Y-%m-%d}"
        ), moment.toordinal()
    if kind in {"str", "e"} or not raw:
        return _unescaped(raw), None
    number = float(raw)
    return show_number(number, look.code, since_1904=book.since_1904, language=book.language), number


def string_of(element: Any) -> str:
    """The words of a shared or inline string; how they are spoken (phonetic runs) is not part of them."""
    parts = [
        found.text or ""
        for found in element.iter(f"{SHEET}t")
        if found.getparent() is element or found.getparent().tag == f"{SHEET}r"
    ]
    return _unescaped("".join(parts))


def _unescaped(words: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), words)


def _solve(sheet: Sheet, book: Book) -> None:
    """Work out what can be told of the formulas without a result, those first that others rest on."""
    waiting = dict(list(sheet.formulas.items())[:_MOST_SOLVED])
    beyond = frozenset(sheet.formulas) - frozenset(waiting)
    while True:
        solved = {
            place: result
            for place, (formula, _) in waiting.items()
            if (result := solve(formula, sheet.numbers, beyond | (frozenset(waiting) - {place}))) is not None
        }
        if not solved:
            break
        sheet.numbers.update(solved)
        for place, result in solved.items():
            look = waiting.pop(place)[1]
            shown = show_number(result, look.code, since_1904=book.since_1904, language=book.language)
            row, column = place
            if shown and not look.unseen:
                cell = GridCell(shown, column, strong=look.strong, figures=True)
                sheet.shown.setdefault(row, {})[column] = cell
    sheet.unsolved = sorted({*waiting, *beyond})


def _whole(written: str | None) -> int:
    return int(written) if written and written.isdecimal() and len(written) < 9 else 0  # noqa: PLR2004 - any row has less


def _is_on(written: str | None) -> bool:
    return written in {"1", "true"}
