"""Words on one line of print, and the white strips that part columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from knowledge.reading.marks import read_lone_mark


class Placed(Protocol):
    """Whatever takes up room on a page: a word, or a table as a whole."""

    @property
    def text(self) -> str:
        """Its letters."""

    @property
    def left(self) -> float:
        """Its left edge, in points."""

    @property
    def bottom(self) -> float:
        """Its lower edge."""

    @property
    def right(self) -> float:
        """Its right edge."""

    @property
    def top(self) -> float:
        """Its upper edge."""


P = TypeVar("P", bound=Placed)
Rows = list[list[P]]

_ALIKE = 0.35  # of a letter's height: middles no farther apart are on one line
_SMALL = 0.85  # of the row beside it: as high as raised letters are
_FEW_RAISED = 3  # letters in a row that may be raised from the one below
_OVERLAP = 0.5  # of the lower one's height, and two lines are one (a raised number, a larger word)
# A strip counts if so many lines stand on both sides of it and it is so wide, in letter heights: the fewer lines, the
# wider it must be, for the spaces of a few lines of prose fall under one another by chance.
Evidence = tuple[tuple[int, float], ...]
TEXT: Evidence = ((6, 0.8), (3, 1.5), (2, 2.5))
IN_TABLE: Evidence = ((4, 0.5), (2, 1.0))  # where other strips have shown that this is a table
_WIDTH_COUNTS = 0.1  # of a line more is one letter height of width worth
_HEIGHT_COUNTS = 0.4  # the same, a line on one side alone
_TALL = 4  # times the lines on both sides: how many such lines count
_WIDE_ENOUGH = 3.0  # letter heights beyond which a wider strip is no better
_FAR = 6.0  # letter heights of nothing at all across the page end a strip
_MARKED = 0.7  # of the lines left of a strip that begin with a bullet or number alone: a list, no column
_MOST_OPEN = 200


@dataclass(frozen=True, slots=True)
class Gutter:
    """A white strip from `left` to `right` that runs through the rows `start` to `end` (not included)."""

    left: float
    right: float
    start: int
    end: int
    score: float


def find_rows(words: Sequence[P]) -> Rows[P]:
    """Words that stand at one height, from top to bottom; each row from left to right."""
    rows: Rows[P] = []
    middle = 0.0
    for word in sorted(words, key=lambda one: -(one.top + one.bottom)):
        height = word.top - word.bottom
        here = (word.top + word.bottom) / 2
        if rows and middle - here <= _ALIKE * min(height, rows[-1][0].top - rows[-1][0].bottom):
            rows[-1].append(word)
        else:
            rows.append([word])
            middle = here
    for row in rows:
        row.sort(key=lambda one: one.left)
    return _take_in_raised(rows)


def _take_in_raised(rows: Rows[P]) -> Rows[P]:
    """The rows, those of small letters alone (raised numbers) taken into the row they are raised from."""
    taken: Rows[P] = []
    waiting: list[P] = []
    for row in rows:
        raised, waiting = waiting, []
        if raised and _overlap(raised, row) and not _collide(raised, row):
            row = sorted((*raised, *row), key=lambda one: one.left)  # noqa: PLW2901 - the same row with what it takes in
        elif raised:
            taken.append(raised)
        height = max(one.top - one.bottom for one in row)
        before = max((one.top - one.bottom for one in taken[-1]), default=0.0) if taken else 0.0
        if height < _SMALL * before and _overlap(taken[-1], row) and not _collide(taken[-1], row):
            taken[-1] = sorted((*taken[-1], *row), key=lambda one: one.left)
        elif sum(len(one.text) for one in row) <= _FEW_RAISED:
            waiting = row
        else:
            taken.append(row)
    return [*taken, waiting] if waiting else taken


def merge_rows(rows: Rows[P]) -> Rows[P]:
    """Rows of one column, those put together that overlap in height without standing over one another."""
    merged: Rows[P] = []
    for row in rows:
        if merged and _overlap(merged[-1], row) and not _collide(merged[-1], row):
            merged[-1] = sorted((*merged[-1], *row), key=lambda one: one.left)
        else:
            merged.append(row)
    return merged


def _overlap(upper: Sequence[P], lower: Sequence[P]) -> bool:
    top, bottom = max(one.top for one in lower), min(one.bottom for one in upper)
    heights = [max(one.top - one.bottom for one in row) for row in (upper, lower)]
    return top - bottom >= _OVERLAP * min(heights)


def _collide(one: Sequence[P], two: Sequence[P]) -> bool:
    return any(a.left < b.right - 1 and b.left < a.right - 1 for a in one for b in two)


def find_gutters(rows: Rows[P], em: float, evidence: Evidence = TEXT) -> list[Gutter]:
    """The white strips between columns; `em` is the usual height of letters, `evidence` how much makes one.

    A row with words on one side alone lets a strip pass, as the longer of two columns does.
    """
    if len(rows) < evidence[-1][0]:
        return []
    reach = [(row[0].left, max(one.right for one in row)) for row in rows]
    left, right = min(start for start, _ in reach), max(end for _, end in reach)
    narrowest = min(wide for _, wide in evidence) * em
    found: dict[tuple[float, float, int, int], Gutter] = {}
    opened: dict[tuple[float, float], int] = {}
    for index in range(len(rows) + 1):
        passed: dict[tuple[float, float], int] = {}
        if index < len(rows):
            if index and min(one.bottom for one in rows[index - 1]) - rows[index][0].top > _FAR * em:
                _close(opened, passed, index, rows, reach, em, evidence, found)
                opened = {}
            free = _free(rows[index], left, right, narrowest)
            for (low, high), start in opened.items():
                for near, far in free:
                    begin, end = max(low, near), min(high, far)
                    if end - begin >= narrowest:
                        passed[begin, end] = min(start, passed.get((begin, end), start))
            for strip in free:
                passed.setdefault(strip, index)
        _close(opened, passed, index, rows, reach, em, evidence, found)
        opened = (
            passed if len(passed) <= _MOST_OPEN else dict(sorted(passed.items(), key=lambda one: one[1])[:_MOST_OPEN])
        )
    return list(found.values())


def _free(row: Sequence[P], left: float, right: float, narrowest: float) -> list[tuple[float, float]]:
    """The stretches of a row that hold no word."""
    free = []
    reach = left
    for one in row:
        if one.left - reach >= narrowest:
            free.append((reach, one.left))
        reach = max(reach, one.right)
    if right - reach >= narrowest:
        free.append((reach, right))
    return free


def _close(
    opened: dict[tuple[float, float], int],
    passed: dict[tuple[float, float], int],
    end: int,
    rows: Rows[P],
    reach: Sequence[tuple[float, float]],
    em: float,
    evidence: Evidence,
    found: dict[tuple[float, float, int, int], Gutter],
) -> None:
    """Keep the strips that end before row `end`, if enough stands beside them."""
    for (low, high), start in opened.items():
        if passed.get((low, high), end) <= start:
            continue
        before = [index for index in range(start, end) if reach[index][0] < low]
        after = sum(reach[index][1] > high for index in range(start, end))
        lines, width = min(len(before), after), (high - low) / em
        if any(lines >= fewest and width >= wide for fewest, wide in evidence) and not _lists(rows, before, low):
            tall = min(end - start, _TALL * lines)
            score = lines * (1 + _WIDTH_COUNTS * min(width, _WIDE_ENOUGH)) + _HEIGHT_COUNTS * tall
            found[low, high, start, end] = Gutter(low, high, start, end, score)


def _lists(rows: Rows[P], before: Sequence[int], edge: float) -> bool:
    """Whether what stands right before a strip are the bullets or numbers of a list."""
    marks = 0
    for index in before:
        nearest = next(one for one in reversed(rows[index]) if one.left < edge)
        marks += read_lone_mark(nearest.text) is not None
    return marks >= _MARKED * len(before)


def choose(gutters: Sequence[Gutter]) -> list[Gutter]:
    """Gutters from left to right, of those that overlap the best alone."""
    chosen: list[Gutter] = []
    for gutter in sorted(gutters, key=lambda one: -one.score):
        if all(gutter.right <= other.left or other.right <= gutter.left for other in chosen):
            chosen.append(gutter)
    return sorted(chosen, key=lambda one: one.left)
