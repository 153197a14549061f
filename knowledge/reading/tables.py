"""Tables of any format: which row names the columns, what stands above it, and what each row belongs to."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from knowledge.reading.pieces import GridCell, Piece

Row = Sequence[GridCell]

_LONGEST_NAME = 60  # characters in the name of a column
_NAME_WORDS = 8
_FEWEST_COLUMNS = 3  # in a table without marked names, for its first line to be taken for names by its looks alone
_LONG = 3  # times as many words as the names a two-column table's right column must have below them
_LAYOUT = 3  # paragraphs in a cell of a table of one row, which then only sets texts side by side
_MOST = 0.6  # of a table's columns that the names, or a cell reaching over them, must take in


def table_pieces(rows: Sequence[Row], marked: frozenset[int] = frozenset()) -> Iterator[Piece]:
    """A table's rows as pieces, in order: single lines above and between its rows, then rows, named by their columns.

    A table of one column, or of one row of whole texts, is only a frame: what stands in it is read through. So is a
    row of a single cell. A row is named by the last row of names above it. The first column of such a table, where it
    is empty, is taken to go on from the row above, as people write a goal once and several actions beside it.

    Args:
        rows: the cells that hold words, ascending by column; an empty row is a gap.
        marked: the places of rows that the format itself marks as those that name the columns.
    """
    filled = [row for row in rows if row]
    if len(filled) == 1 and any(_sets_text(cell) for cell in filled[0]):
        for cell in filled[0]:
            yield from cell.pieces
        return
    width = len({cell.column for row in rows for cell in row})
    found = None if marked else _find_names(rows, width)
    names = marked if found is None else frozenset({found})
    above: Row = ()
    named = False
    for place, row in enumerate(rows):
        gap = place > 0 and not rows[place - 1]
        if not row:
            above = ()
        elif width == 1 or _stands_alone(rows, place, width, named=named):
            yield from _read_through(row[0])
        elif place in names or (named and _names_again(rows, place)):
            named, above = True, ()
            yield Piece("", "row", cells=tuple(row), names="own")
        else:
            above = _filled_down(row, above) if named else row
            yield Piece("", "row", gap=gap, cells=tuple(above), names="above" if named else "none")


def _find_names(rows: Sequence[Row], width: int) -> int | None:
    """The row that names the columns, by its looks: short words in most columns, above rows of more than one cell."""
    for place, row in enumerate(rows):
        if len(row) <= 1:
            continue
        below = next((one for one in rows[place + 1 :] if len(one) > 1), ())
        if not _could_name(row) or len(row) < _MOST * width or len(below) <= 1:
            return None if len(row) >= _MOST * width else _find_later(rows, place, width)
        if all(cell.strong for cell in row) and not all(cell.strong for cell in below):
            return place
        if any(cell.figures for one in rows[place + 1 :] for cell in one) or width >= _FEWEST_COLUMNS:
            return place
        return place if _explains(rows[place:]) else None
    return None


def _find_later(rows: Sequence[Row], place: int, width: int) -> int | None:
    """The names below lines of few cells ("School | Harbour College") that stand above the table itself."""
    found = _find_names(rows[place + 1 :], width)
    return None if found is None else place + 1 + found


def _could_name(row: Row) -> bool:
    return all(
        not cell.figures
        and not cell.repeated
        and any(map(str.isalnum, cell.words))
        and len(cell.words) <= _LONGEST_NAME
        and len(cell.words.split()) <= _NAME_WORDS
        and not (" " in cell.words and cell.words[-1] in ".!;,")
        for cell in row
    ) and len({cell.words for cell in row}) == len(row)


def _explains(rows: Sequence[Row]) -> bool:
    """Whether the right one of two columns says at length what the left one names, below short names."""
    names = max(len(cell.words.split()) for cell in rows[0])
    told = [len(row[-1].words.split()) for row in rows[1:] if len(row) > 1]
    return bool(told) and sum(told) / len(told) >= _LONG * names


def _names_again(rows: Sequence[Row], place: int) -> bool:
    """Whether a later row names the columns anew: set in bold after a gap or a title, above a row that is not."""
    row, before = rows[place], rows[place - 1] if place else ()
    below = next((one for one in rows[place + 1 :] if len(one) > 1), ())
    bold = all(cell.strong for cell in row) and not all(cell.strong for cell in below)
    return len(row) > 1 and len(before) <= 1 and bold and len(below) > 1 and _could_name(row)


def _stands_alone(rows: Sequence[Row], place: int, width: int, *, named: bool) -> bool:
    """Whether a row is one line of text: a title above the table, or a group's title between its rows."""
    row = rows[place]
    if len(row) != 1 or row[0].figures:
        return False
    return not named or row[0].alone or row[0].strong or row[0].width >= max(2, _MOST * width)


def _read_through(cell: GridCell) -> Iterator[Piece]:
    """What stands in a cell that is only a frame; its first line is set off from what stands above."""
    for place, piece in enumerate(cell.pieces or (Piece(cell.words),)):
        loud = piece.strong or (cell.strong and piece.kind is None)
        yield replace(piece, strong=loud, gap=piece.gap or place == 0)


def _sets_text(cell: GridCell) -> bool:
    return len(cell.pieces) >= _LAYOUT or any(piece.kind == "heading" for piece in cell.pieces)


def _filled_down(row: Row, above: Row) -> Row:
    if not above or len(row) <= 1 or row[0].column <= above[0].column or above[0].column > 0:
        return row
    return (replace(above[0], repeated=True), *row)
