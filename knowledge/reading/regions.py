"""The reading order of a page: columns and what spans them, cut apart along the white between them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from knowledge.reading.rows import IN_TABLE, Gutter, Rows, choose, find_gutters, find_rows, merge_rows
from knowledge.reading.sheet import Box, Word
from knowledge.reading.tabulation import Table, find_drawn_tables, find_set_table, rules_across
from knowledge.reading.turning import Frame

_DEEPEST = 12  # cuts within cuts
_LEADER = re.compile(r"(?:\.\s?){4,}|…{2,}")
_CORNER = 0.25  # of the rows at the most beside what stands in the corner of a page
_WIDER = 1.5  # times the width, and a strip that begins lower is that of the columns
_NEARLY = 0.9  # of the best strip's score, the same
_NARROWED = 3  # rows of what stands over the columns may be as narrow as these
_WRAPPED = 3  # lines of a cell that a table's closing line may stand below
_DOTTED = 0.5  # of the rows with leading dots: a table of contents


@dataclass(frozen=True, slots=True)
class Column:
    """Lines of print that stand under one another, from top to bottom, each with its words from left to right.

    `goes_on` says that they may end what stands right above them: only a table below them cut them off.
    """

    lines: tuple[tuple[Word, ...], ...]
    goes_on: bool = False


def read_frame(frame: Frame) -> Iterator[Column | Table]:
    """Columns and tables in the order in which a person reads them."""
    tables, words = find_drawn_tables(frame.words, frame.rules)
    sizes = sorted(word.style.size for word in frame.words)
    em = max(1.0, sizes[len(sizes) // 2]) if sizes else 1.0
    last: Column | Table | None = None
    for part in _read([*words, *tables], frame.rules, em, 0):
        if isinstance(part, Column) and isinstance(last, Column) and part.goes_on and _is_under(last, part, em):
            last = Column((*last.lines, *part.lines))
            continue
        if last is not None:
            yield last
        last = part
    if last is not None:
        yield last


def _is_under(upper: Column, lower: Column, em: float) -> bool:
    """Whether one column's first line is the next under the last of another."""
    last, line = upper.lines[-1], lower.lines[0]
    gap = min(word.bottom for word in last) - max(word.top for word in line)
    return -em < gap < em and abs(last[0].left - line[0].left) < em


def _read(parts: Sequence[Word | Table], rules: Sequence[Box], em: float, depth: int) -> Iterator[Column | Table]:
    rows = find_rows(parts)
    gutters = find_gutters(rows, em) if depth < _DEEPEST else []
    through = choose([gutter for gutter in gutters if (gutter.start, gutter.end) == (0, len(rows))])
    if through:
        yield from _read_beside(rows, through, rules, em, depth)
    elif gutters:
        best = _lowered(max(gutters, key=lambda gutter: (gutter.score, gutter.end - gutter.start)), gutters, rows, em)
        for part in (rows[: best.start], rows[best.start : best.end], rows[best.end :]):
            if part:
                yield from _read([one for row in part for one in row], rules, em, depth + 1)
    else:
        yield from _read_down(rows)


def _lowered(best: Gutter, gutters: Sequence[Gutter], rows: Rows[Word | Table], em: float) -> Gutter:
    """The strip between columns of text, where `best` parts, by chance, what stands over them too."""
    for other in gutters:
        wider = other.right - other.left >= _WIDER * (best.right - best.left)
        inside = other.left <= best.left and best.right <= other.right and other.end == best.end
        if wider and inside and other.start > best.start and other.score >= _NEARLY * best.score:
            for at in range(other.start, min(other.start + _NARROWED, other.end)):
                if min(one.bottom for one in rows[at - 1]) - max(one.top for one in rows[at]) > em / 2:
                    return replace(other, start=at)
    return best


def _read_beside(
    rows: Rows[Word | Table], gutters: Sequence[Gutter], rules: Sequence[Box], em: float, depth: int
) -> Iterator[Column | Table]:
    """Columns that stand beside one another: one after the other, or as a table if that is what they are."""
    edges = [(gutter.left + gutter.right) / 2 for gutter in gutters]
    words = [[one for one in row if isinstance(one, Word)] for row in rows]
    if all(len(some) == len(row) for some, row in zip(words, rows, strict=True)):
        first, end = _core(words, edges, rules)
        if _is_contents(words):
            yield from _read_down(rows)
            return
        core = words[first:end]
        table = find_set_table(core, edges, rules, em) if end - first > 1 else None
        if table is not None:
            finer = [one for one in find_gutters(core, em, IN_TABLE) if (one.start, one.end) == (0, len(core))]
            closer = [(one.left + one.right) / 2 for one in choose([*gutters, *finer])]
            table = find_set_table(core, closer, rules, em) or table
            yield from (replace(part, goes_on=True) for part in _read_down(rows[:first]) if isinstance(part, Column))
            yield table
            yield from _read_down(rows[end:])
            return
    bounds = zip([float("-inf"), *edges], [*edges, float("inf")], strict=True)
    columns = [[one for row in rows for one in row if low < one.left <= high] for low, high in bounds]
    for column in reversed(columns) if _is_corner(rows, edges) else columns:
        yield from _read(column, rules, em, depth + 1)


def _is_corner(rows: Rows[Word | Table], edges: Sequence[float]) -> bool:
    """Whether the right of two columns is but a few lines in the corner, begun above the left one: read first."""
    right = [at for at, row in enumerate(rows) if row[-1].left > edges[0]]
    left = next(at for at, row in enumerate(rows) if row[0].left <= edges[0])
    return len(edges) == 1 and right[0] < left and right[-1] < _CORNER * len(rows)


def _is_contents(rows: Rows[Word]) -> bool:
    """Whether rows are lines of a table of contents: dots lead from a title to its page."""
    return sum(any(_LEADER.search(word.text) for word in row) for row in rows) > _DOTTED * len(rows)


def _core(rows: Rows[Word], edges: Sequence[float], rules: Sequence[Box]) -> tuple[int, int]:
    """From the first row that stands in more than one column to the end, for a table may end with a wrapped cell.

    What stands above it in one column alone is a title; so is what stands below it, unless a line closes the table.
    """
    filled = [len({sum(word.left > edge for edge in edges) for word in row}) > 1 for row in rows]
    if True not in filled:
        return 0, 0
    last = len(filled) - filled[::-1].index(True)
    across = rules_across(rows[filled.index(True) :], rules)
    for at in range(last, min(len(rows), last + _WRAPPED)):
        below = rows[at + 1][0].top if at + 1 < len(rows) else float("-inf")
        if any(rows[at - 1][0].bottom > height > rows[at][0].top for height in across):
            break  # the line that closes the table stands above this row
        if any(below < height < rows[at][0].bottom for height in across):
            return filled.index(True), at + 1
    return filled.index(True), min(len(rows), last + 1) if last < len(rows) and rows[last][0].left > edges[0] else last


def _read_down(rows: Rows[Word | Table]) -> Iterator[Column | Table]:
    lines: list[list[Word]] = []
    for row in merge_rows(rows):
        words = [one for one in row if isinstance(one, Word)]
        if words:
            lines.append(words)
        for one in row:
            if isinstance(one, Table):
                if lines:
                    yield Column(tuple(map(tuple, lines)))
                lines = []
                yield one
    if lines:
        yield Column(tuple(map(tuple, lines)))
