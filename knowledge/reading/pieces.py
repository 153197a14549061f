"""From the pieces a marked-up format gives (its paragraphs, items, rows) to one text with true offsets."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from knowledge.document import Block, BlockKind, Cell, Page, PageSource, Span
from knowledge.reading.draft import Draft, Source, check_characters, clean, lay_pages
from knowledge.reading.lines import Line, Weight, fold, is_furniture, is_title, join_wrapped, says_something
from knowledge.reading.marks import read_mark
from knowledge.reading.outline import decide
from knowledge.reading.unseen import reveal, tell_unseen

CELL_SEPARATOR = " | "

_ITEM_SIGN = "• "
_SHOWN = 2  # headings or strong lines after which a line that is neither is known to be plain
_WIDEST_GAP = 12  # empty cells in a row that are shown as such


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a table that holds words: its column, from 0, among the columns in use, and how many it reaches over.

    `repeated` says that the words are those of the row above, from where the cell reaches down; `strong` that all of
    it is bold; `figures` that it holds a number or date; `alone` that its row has no other cell, filled or not.
    `pieces` are its paragraphs, lists and tables, where the format gives them.
    """

    words: str
    column: int = 0
    width: int = 1
    repeated: bool = False
    strong: bool = False
    figures: bool = False
    alone: bool = False
    pieces: "tuple[Piece, ...]" = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, heading, item or row as the format gives it; `kind` None is a paragraph of no stated role.

    `words` may hold line breaks where the writer broke the line. `strong` says that all of it is bold or in large
    letters; `gap` that an empty paragraph stands above; `listed` False keeps it in the text but out of the blocks
    (menus, tables of contents). `sign` is the number that a program sets before an item or heading by itself.

    A row may give `cells` instead of words, ascending by column; `names` says whether it names the columns ("own"),
    or the last row that does so names its cells ("above"). What is `hidden` no reader sees: it makes no block.
    """

    words: str
    kind: BlockKind | None = None
    level: int = 0
    strong: bool = False
    gap: bool = False
    listed: bool = True
    sign: str = ""
    cells: tuple[GridCell, ...] = ()
    names: Literal["none", "own", "above"] = "none"
    hidden: bool = False

    def as_words(self) -> str:
        """The words alone; a row's are those of its cells."""
        return self.words or CELL_SEPARATOR.join(cell.words for cell in self.cells)


def hide(piece: Piece) -> Piece:
    """The same words as a piece that no reader sees."""
    return Piece(piece.as_words(), hidden=True)


def compose(source: Source, pieces: Sequence[Piece], warnings: Sequence[str] = ()) -> Draft:
    """One text of all pieces on a single page, and its blocks; pieces of no stated role are judged by their looks.

    A document without any text gives a draft whose page has the source "none".

    Raises:
        OversizedFile: if the text is too long.
    """
    return compose_pages(source, [pieces], warnings)


def compose_pages(source: Source, pages: Sequence[Sequence[Piece]], warnings: Sequence[str] = ()) -> Draft:
    """One text of pieces given page by page (slides, sheets), and its blocks, as `compose` does it.

    Raises:
        OversizedFile: if the text is too long.
    """
    filled = [_raise_strong_items([one for piece in page if (one := _cleaned(piece)).words]) for page in pages]
    every = [piece for page in filled for piece in page if not piece.hidden]
    weigh = sum(piece.kind == "heading" or (piece.strong and piece.kind is None) for piece in every) >= _SHOWN
    raws = [[piece.as_words() for piece in page] for page in pages]
    secrets = [
        [piece.words for piece in page if piece.hidden] + [reveal(raw) for raw in told]
        for page, told in zip(filled, raws, strict=True)
    ]
    sheets = [_set_page([piece for piece in page if not piece.hidden], source, weigh=weigh) for page in filled]
    check_characters(source, sum(len(one.words) for one in sheets) + sum(len(one) for page in secrets for one in page))
    sources: list[PageSource] = [
        "text" if one.words or any(page) else "none" for one, page in zip(sheets, secrets, strict=True)
    ]
    laid = lay_pages([(one.words, kind) for one, kind in zip(sheets, sources, strict=True)], secrets)
    lines = [line for one, page in zip(sheets, laid.shown, strict=True) for line in one.lines_at(page)]
    said = [line for line in join_wrapped(laid.text, lines, printed=False) if says_something(line.words)]
    cells = {start: row for one, page in zip(sheets, laid.shown, strict=True) for start, row in one.cells_at(page)}
    notes = (*warnings, *tell_unseen(raw for page in raws for raw in page))
    if not every:
        notes = (*notes, "This file holds no text Askwhy can read: nothing was read.")
    return Draft(laid.text, laid.pages, tuple(_with_cells(decide(laid.text, said), cells)), notes, laid.withheld)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page set by itself: its words and lines, and its rows' cells by where each row starts on the page."""

    words: str
    lines: Sequence[Line]
    cells: dict[int, tuple[Cell, ...]]

    def lines_at(self, page: Page) -> Iterator[Line]:
        """The lines where the page stands in the text."""
        for line in self.lines:
            yield replace(line, span=line.span.shifted(page.span.start), page=page.number)

    def cells_at(self, page: Page) -> Iterator[tuple[int, tuple[Cell, ...]]]:
        """Each row's start and cells where the page stands in the text."""
        begin = page.span.start
        for start, row in self.cells.items():
            yield (
                start + begin,
                tuple(
                    Cell(cell.span.shifted(begin), cell.head.shifted(begin) if cell.head else None, cell.repeated)
                    for cell in row
                ),
            )


def _set_page(pieces: Sequence[Piece], source: Source, *, weigh: bool) -> _Sheet:
    parts: list[str] = []
    lines: list[Line] = []
    cells: dict[int, tuple[Cell, ...]] = {}
    heads: dict[int, Span] = {}  # by column, where the words stand that name it
    before: Piece | None = None
    size = 0
    for piece in pieces:
        lead = _separator(before, piece) + _lead_of(piece)
        parts += [lead, piece.words]
        size += len(lead)
        if piece.listed:
            weight: Weight = "strong" if piece.strong else "plain" if weigh else "unknown"
            lines += _lines_of(piece, size, weight)
        if piece.cells:
            heads = heads if piece.names == "above" else {}
            cells[size] = _place_cells(piece, size, heads)
        size += len(piece.words)
        check_characters(source, size)
        before = piece
    return _Sheet("".join(parts), lines, cells)


def _cleaned(piece: Piece) -> Piece:
    """The piece with its words as they are read aloud; a row's are those of its cells."""
    if not piece.cells:
        return replace(piece, words=clean(piece.words).strip(), sign=clean(piece.sign).strip())
    cells = [replace(cell, words=clean(cell.words).strip()) for cell in piece.cells]
    filled = tuple(cell for cell in cells if cell.words)
    return replace(piece, cells=filled, words="".join(words for _, words in _row_parts(filled)))


def _row_parts(cells: Sequence[GridCell]) -> Iterator[tuple[GridCell | None, str]]:
    """What stands in a row, in order: each cell with its words, and the separators; an empty cell shows as a gap."""
    for place, cell in enumerate(cells):
        if place:
            before = cells[place - 1]
            empty = cell.column - before.column - before.width
            yield None, " |" * min(max(empty, 0), _WIDEST_GAP) + CELL_SEPARATOR
        yield cell, cell.words


def _place_cells(piece: Piece, start: int, heads: dict[int, Span]) -> tuple[Cell, ...]:
    """The cells of a row that begins at `start`; a row of names enters them into `heads`, by their columns."""
    placed: list[Cell] = []
    for cell, words in _row_parts(piece.cells):
        if cell is not None:
            span = Span(start, start + len(words))
            if piece.names == "own":
                heads.update(dict.fromkeys(range(cell.column, cell.column + cell.width), span))
            placed.append(Cell(span, heads.get(cell.column), cell.repeated))
        start += len(words)
    return tuple(placed)


def _with_cells(blocks: Sequence[Block], cells: dict[int, tuple[Cell, ...]]) -> Iterator[Block]:
    for block in blocks:
        yield replace(block, cells=cells.get(block.span.start, ())) if block.kind == "row" else block


def _lead_of(piece: Piece) -> str:
    if piece.sign and piece.kind != "row":
        return f"{piece.sign} "
    return _ITEM_SIGN if piece.kind == "item" else ""


def _raise_strong_items(pieces: list[Piece]) -> list[Piece]:
    """The pieces, a bold title numbered as an item among items that are not bold freed to be the heading it is."""
    return [
        replace(piece, kind=None, level=0)
        if piece.kind == "item"
        and piece.strong
        and is_title(piece.words)
        and not any(
            one.kind == "item" and one.strong for one in (*pieces[max(0, at - 1) : at], *pieces[at + 1 : at + 2])
        )
        else piece
        for at, piece in enumerate(pieces)
    ]


def _separator(before: Piece | None, piece: Piece) -> str:
    if before is None:
        return ""
    if piece.kind == before.kind and piece.kind in {"item", "row"}:
        return "\n"
    # A paragraph that begins with a small letter goes on with the one before, which a blank line would part.
    return "\n" if piece.kind is None and not piece.gap and piece.words[0].islower() else "\n\n"


def _lines_of(piece: Piece, start: int, weight: Weight) -> list[Line]:
    """The lines to judge in a piece that begins at `start`: one, or one for each line its writer broke."""
    lines: list[Line] = []
    offset = start
    for raw in [piece.words] if piece.kind else piece.words.split("\n"):
        bare = raw.strip()
        mark, width = (None, 0) if piece.kind in {"paragraph", "row"} else read_mark(bare)
        span = Span(offset + raw.find(bare) + width, offset + raw.find(bare) + len(bare))
        apart = piece.gap and not lines
        if bare[width:] and not is_furniture(bare):
            lines.append(Line(span, fold(bare[width:]), mark, apart, 1, weight, piece.kind, piece.level))
        offset += len(raw) + 1
    return lines
