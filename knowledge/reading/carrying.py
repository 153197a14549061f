"""What the end of a page cuts and the next page goes on with: sentences, rows, and tables that name their columns anew.

The rest of a sentence or row is carried over to the page where it begins, so that it can be quoted whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.reading.letters import NOWHERE, Setting
from knowledge.reading.lines import is_open
from knowledge.reading.paragraphs import Paragraph, TableRow, crosses

Part = Paragraph | TableRow
Cell = tuple[Setting, ...]


@dataclass(frozen=True, slots=True)
class Carried:
    """The parts of a page with what was carried over; `goes_on` says that its first row belongs to a table before."""

    parts: tuple[Part, ...]
    goes_on: bool = False


def carry_over(pages: Sequence[Sequence[Part]]) -> list[Carried]:
    """The parts of each page, what the page before began taken away from its head; no page is left with nothing.

    A row of names that a table repeats at the head of a page is left out.
    """
    done: list[Carried] = []
    names: TableRow | None = None  # of the table that reaches down to the end of the page before
    for parts in pages:
        left = list(parts)
        above = done[-1].parts[-1] if done and done[-1].parts else None
        if len(left) > 1 and names is not None and _says_the_same(left[0], names):
            del left[0]
        if len(left) > 1 and above is not None and (whole := _joined(above, left[0])) is not None:
            done[-1] = replace(done[-1], parts=(*done[-1].parts[:-1], whole))
            del left[0]
        first = left[0] if left else None
        goes_on = isinstance(above, TableRow) and isinstance(first, TableRow) and len(above.cells) == len(first.cells)
        done.append(Carried(tuple(left), goes_on))
        names = _names_at_end(left, names if goes_on else None)
    return done


def split_places(places: Sequence[int]) -> tuple[list[int], list[int]]:
    """Of the places of a page's letters, those on the page itself and those that were carried over from the next."""
    return [at for at in places if at > NOWHERE], [NOWHERE - 1 - at for at in places if at < NOWHERE]


def _carried(line: Setting) -> Setting:
    """A line of the next page: its places are told from a page's own by being less than `NOWHERE`."""
    return Setting(line.text, tuple(NOWHERE - 1 - at if at > NOWHERE else at for at in line.places))


def _names_at_end(parts: Sequence[Part], before: TableRow | None) -> TableRow | None:
    """The first row of the table that ends a page; `before` where the table began on an earlier one."""
    names: TableRow | None = None
    for part in reversed(parts):
        if not isinstance(part, TableRow):
            return names
        names = part
        if part.apart and part is not parts[0]:
            return names
    return before or names


def _says_the_same(part: Part, names: TableRow) -> bool:
    return isinstance(part, TableRow) and list(map(_said, part.cells)) == list(map(_said, names.cells))


def _said(cell: Cell) -> str:
    return " ".join(line.text for line in cell).strip()


def _joined(above: Part, below: Part) -> Part | None:
    """The two as one where the lower is the rest of the upper, or None."""
    if isinstance(above, Paragraph):
        if not isinstance(below, Paragraph) or not crosses(above, below):
            return None
        return replace(above, lines=(*above.lines, *(replace(one, text=_carried(one.text)) for one in below.lines)))
    rests = _rests(above, below)
    if rests is None:
        return None
    pairs = zip(above.cells, rests, strict=True)
    return replace(above, cells=tuple((*cell, *map(_carried, rest)) for cell, rest in pairs))


def _rests(above: TableRow, below: Part) -> Sequence[Cell] | None:
    """What each cell of a row goes on with at the head of the next page, or None where the row ended."""
    if isinstance(below, Paragraph):  # the rest of a single cell
        lines = tuple(line.text for line in below.lines)
        begins = _said(lines)
        fits = [bool(_said(cell)) and is_open(_said(cell), begins) and begins[0].islower() for cell in above.cells]
        alone = sum(fits) == 1 and not below.lines[0].marked
        return [lines if fit else () for fit in fits] if alone else None
    if len(above.cells) != len(below.cells):
        return None
    pairs = [(_said(one), _said(two)) for one, two in zip(above.cells, below.cells, strict=True)]
    filled = [(one, two) for one, two in pairs if two]
    opened = [bool(one) and is_open(one, two) for one, two in filled]
    begins_anew = bool(pairs[0][1]) and not opened[0]
    return below.cells if any(opened) and all(one for one, _ in filled) and not begins_anew else None
