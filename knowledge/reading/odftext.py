"""The text of OpenDocument files: paragraphs, headings, lists, tables, boxes and notes, and what of it is hidden."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from knowledge.faults import OversizedFile
from knowledge.reading.draft import Source
from knowledge.reading.grid import Reach, lay_out
from knowledge.reading.odfstyles import DRAW, OFFICE, TABLE, TEXT, Style, Styles
from knowledge.reading.pieces import GridCell, Piece
from knowledge.reading.tables import table_pieces

_SPACE = re.compile(r"[ \t\r\n]+")
_MOST_SPACES = 100  # that one element may stand for
_LAST_COLUMN = 16_384
_MOSTLY = 0.7  # of a line's characters in bold or large letters and the line is meant to be so
_FIGURES = frozenset({"float", "currency", "percentage", "date", "time"})
# Comments, deleted text, how a word is spoken, and the prompts of fields are no text that the reader is told.
_PASSED_OVER = frozenset(
    {f"{OFFICE}annotation", f"{TEXT}tracked-changes", f"{TEXT}ruby-text", f"{TEXT}placeholder", f"{OFFICE}forms"}
)
_UNSEEN = frozenset({f"{TEXT}hidden-text", f"{TEXT}hidden-paragraph"})
_BREAKS = {f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n"}
_INDEXES = frozenset(
    f"{TEXT}{name}"
    for name in ("table-of-content", "alphabetical-index", "illustration-index", "table-index", "user-index")
)
_ROW_GROUPS = frozenset({f"{TABLE}table-rows", f"{TABLE}table-row-group"})
_COLUMN_GROUPS = frozenset({f"{TABLE}table-columns", f"{TABLE}table-column-group", f"{TABLE}table-header-columns"})
_COLLAPSED = frozenset({"collapse", "filter"})


@dataclass(slots=True)
class Reading:
    """A file as far as it was read.

    Attributes:
        source: the file.
        styles: its styles.
        headings: the number reached at each level of heading.
        counts: by list style, the number reached at each level, for lists that go on from an earlier one.
        notes: footnotes and endnotes, in order.
        cells: filled cells met so far.
    """

    source: Source
    styles: Styles
    headings: list[int] = field(default_factory=list)
    counts: dict[tuple[str, int], int] = field(default_factory=dict)
    notes: list[Any] = field(default_factory=list)
    cells: int = 0

    def count(self, cells: int) -> None:
        """Add filled cells to those met so far.

        Raises:
            OversizedFile: if there are more than the limits allow.
        """
        self.cells += cells
        if self.cells > self.source.limits.cells:
            most = f"{self.source.limits.cells:,}"
            raise OversizedFile(self.source.name, f"it has more than {most} filled cells", "Keep what matters.")


@dataclass(frozen=True, slots=True)
class Place:
    """Where an element stands: in which lists, how deep in headings, and whether hidden with all around it."""

    list_name: str | None = None
    counts: tuple[int, ...] = ()
    fresh: bool = False  # the list item around has had no words yet
    hidden: bool = False
    coloured: bool = False
    listed: bool = True


def element_pieces(parent: Any, text: Reading, place: Place) -> Iterator[Piece]:
    """The paragraphs, lists and tables inside an element, in order; nesting is bounded by what lxml parses."""
    gap = False
    for child in parent:
        tag = child.tag
        if tag in _PASSED_OVER:
            continue
        if tag in {f"{TEXT}p", f"{TEXT}h"}:
            found = list(_paragraph(child, text, place, gap=gap))
            gap = not any(piece.words.strip() for piece in found)
            yield from found
            if not gap and place.fresh:
                place = replace(place, fresh=False)
        elif tag == f"{TEXT}list":
            yield from _list(child, text, place)
        elif tag == f"{TABLE}table":
            yield from table_rows(child, text, place)
        elif tag in _INDEXES:
            yield from element_pieces(child, text, replace(place, listed=False))
        elif tag == f"{TEXT}section":
            yield from element_pieces(
                child, text, replace(place, hidden=place.hidden or child.get(f"{TEXT}display") == "none")
            )
        else:
            yield from element_pieces(child, text, place)


def _list(element: Any, text: Reading, place: Place) -> Iterator[Piece]:
    name = element.get(f"{TEXT}style-name") or place.list_name
    level = len(place.counts) + 1
    goes_on = element.get(f"{TEXT}continue-numbering") == "true" or element.get(f"{TEXT}continue-list") is not None
    number = text.counts.get((name or "", level), 0) if goes_on else 0
    for item in element:
        if item.tag == f"{TEXT}list-item":
            start = item.get(f"{TEXT}start-value", "")
            # An item that holds nothing but a deeper list shows no number of its own.
            own = any(child.tag in {f"{TEXT}p", f"{TEXT}h"} for child in item)
            number = int(start) if start.isdecimal() and len(start) < 6 else number + own  # noqa: PLR2004 - digits
            text.counts[name or "", level] = number
        yield from element_pieces(
            item, text, replace(place, list_name=name, counts=(*place.counts, number), fresh=True)
        )


def _paragraph(element: Any, text: Reading, place: Place, *, gap: bool) -> Iterator[Piece]:
    """A paragraph or heading, what is hidden in it, and then the boxes that hang on it."""
    style = text.styles.find("paragraph", element.get(f"{TEXT}style-name"))
    style = replace(style, coloured=style.coloured or place.coloured)
    boxes: list[Any] = []
    runs = list(_runs(element, text, style, boxes))
    hidden = "".join(words for words, one in runs if place.hidden or one.unseen)
    shown = [(words, one) for words, one in runs if not (place.hidden or one.unseen)]
    words = _tidy("".join(said for said, _ in shown))
    loud = sum(len(said) for said, one in shown if one.strong)
    strong = loud > _MOSTLY * sum(len(said) for said, _ in shown)
    if words.strip():
        yield _piece(element, words, text, place, style, strong=strong, gap=gap)
    if hidden.strip():
        yield Piece(_tidy(hidden), hidden=True)
    for box in boxes:
        yield from element_pieces(box, text, Place(hidden=place.hidden, coloured=True))


def _piece(element: Any, words: str, text: Reading, place: Place, style: Style, *, strong: bool, gap: bool) -> Piece:
    if not place.listed:
        return Piece(words, gap=gap, listed=False)
    title = style.title.lower()
    if title in {"title", "subtitle"}:
        return Piece(words, "heading", 1 if title == "title" else 2)
    if element.tag == f"{TEXT}h":
        raw = element.get(f"{TEXT}outline-level", "1")
        level = max(1, min(int(raw) if raw.isdecimal() else 1, 10))
        text.headings[level:] = []
        text.headings += [0] * (level - len(text.headings))
        text.headings[level - 1] += 1
        sign = text.styles.heading_sign(level, text.headings)
        return Piece(words, "heading", level, sign="" if sign == "•" else sign)
    if place.counts and place.fresh:
        name = place.list_name or style.list_name
        sign = text.styles.sign(name, len(place.counts), list(place.counts))
        if sign or name is None:
            return Piece(words, "item", len(place.counts), strong=strong, sign="" if sign == "•" else sign)
    return Piece(words, strong=strong, gap=gap)


def _tidy(words: str) -> str:
    return "\n".join(line.strip(" ") for line in words.split("\n"))


def _runs(element: Any, text: Reading, style: Style, boxes: list[Any]) -> Iterator[tuple[str, Style]]:
    """The words in a paragraph with the style they are shown in; white space in the file counts as one space."""
    if element.text:
        yield _SPACE.sub(" ", element.text), style
    for child in element:
        tag = child.tag
        if tag == f"{TEXT}s":
            count = child.get(f"{TEXT}c", "1")
            yield " " * min(int(count) if count.isdecimal() else 1, _MOST_SPACES), style
        elif tag in _BREAKS:
            yield _BREAKS[tag], style
        elif tag == f"{TEXT}note":
            text.notes += child.iterchildren(f"{TEXT}note-body")
        elif tag.startswith(DRAW):
            boxes.append(child)
        elif tag in _UNSEEN:
            yield from _runs(child, text, replace(style, hidden=True), boxes)
        elif tag not in _PASSED_OVER:
            own = text.styles.find("text", child.get(f"{TEXT}style-name")) if tag == f"{TEXT}span" else Style()
            yield from _runs(child, text, own.over(style), boxes)
        if child.tail:
            yield _SPACE.sub(" ", child.tail), style


def note_pieces(text: Reading) -> Iterator[Piece]:
    """The footnotes and endnotes met so far, in order, as paragraphs."""
    for note in text.notes:
        yield from (replace(piece, gap=True) for piece in element_pieces(note, text, Place()))


def table_rows(element: Any, text: Reading, place: Place) -> Iterator[Piece]:
    """A table or sheet as pieces: its rows, and after them what is hidden in it."""
    cells: dict[int, dict[int, GridCell]] = {}
    reaches: list[Reach] = []
    named: set[int] = set()
    hidden: list[Piece] = []
    unseen = frozenset(_hidden_columns(element))
    number = 1
    for row, names in _rows(element, names=False):
        repeated = _whole(row.get(f"{TABLE}number-rows-repeated"))
        collapsed = place.hidden or row.get(f"{TABLE}visibility") in _COLLAPSED
        line, reaching, kept = _cells(row, number, text, replace(place, hidden=collapsed), unseen)
        hidden += kept
        if line:
            text.count(len(line) * repeated)
            cells.update(dict.fromkeys(range(number, number + repeated), line))
            reaches += reaching
            named |= {number} if names else set()
        number += repeated
    rows, numbers = lay_out(cells, reaches)
    yield from table_pieces(rows, frozenset(at for at, row in enumerate(numbers) if row in named))
    yield from hidden


def _rows(element: Any, *, names: bool) -> Iterator[tuple[Any, bool]]:
    for child in element:
        if child.tag == f"{TABLE}table-row":
            yield child, names
        elif child.tag in _ROW_GROUPS or child.tag == f"{TABLE}table-header-rows":
            yield from _rows(child, names=names or child.tag == f"{TABLE}table-header-rows")


def _hidden_columns(element: Any, start: int = 1) -> Iterator[int]:
    columns = [
        column
        for column in element.iter(f"{TABLE}table-column")
        if next(column.iterancestors(f"{TABLE}table")) is element or element.tag in _COLUMN_GROUPS
    ]
    for column in columns:
        repeated = min(_whole(column.get(f"{TABLE}number-columns-repeated")), _LAST_COLUMN)
        if column.get(f"{TABLE}visibility") in _COLLAPSED:
            yield from range(start, min(start + repeated, _LAST_COLUMN))
        start += repeated


def _cells(
    row: Any, number: int, text: Reading, place: Place, unseen: frozenset[int]
) -> tuple[dict[int, GridCell], list[Reach], list[Piece]]:
    """A row's filled cells by column, those of them that reach over others, and the words in it that are hidden."""
    line: dict[int, GridCell] = {}
    reaches: list[Reach] = []
    hidden: list[Piece] = []
    column = 1
    own = list(row.iterchildren(f"{TABLE}table-cell"))
    for cell in row.iterchildren(f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
        repeated = min(_whole(cell.get(f"{TABLE}number-columns-repeated")), _LAST_COLUMN - column)
        style = text.styles.find("table-cell", cell.get(f"{TABLE}style-name"))
        kept = place.hidden or style.unseen or column in unseen
        inside = replace(place, hidden=kept, coloured=place.coloured or style.coloured, counts=(), list_name=None)
        pieces = list(element_pieces(cell, text, inside)) if len(cell) and cell.tag == f"{TABLE}table-cell" else []
        hidden += [piece for piece in pieces if piece.hidden]
        shown = tuple(piece for piece in pieces if not piece.hidden and piece.as_words().strip())
        if shown:
            text.count(repeated)
            strong = style.strong or all(piece.strong or piece.kind == "heading" for piece in shown)
            figures = cell.get(f"{OFFICE}value-type") in _FIGURES
            words = "\n".join(piece.as_words().strip() for piece in shown)
            alone = len(own) == 1
            filled = GridCell(words, strong=strong, figures=figures, pieces=shown, alone=alone)
            line.update({at: replace(filled, column=at) for at in range(column, column + repeated)})
            down = _whole(cell.get(f"{TABLE}number-rows-spanned"))
            over = _whole(cell.get(f"{TABLE}number-columns-spanned"))
            if down > 1 or over > 1:
                reaches.append(Reach(number, column, number + down - 1, column + over - 1))
        column += repeated
    return line, reaches, hidden


def _whole(written: str | None) -> int:
    """A count as written, at least 1; far more than any sheet has counts as that."""
    return max(1, min(int(written), 2_000_000)) if written and written.isdecimal() and len(written) < 9 else 1  # noqa: PLR2004 - digits
