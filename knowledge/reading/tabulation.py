"""Tables: those drawn with lines, and those that only stand in rows and columns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from knowledge.reading.cells import Cell, is_listed, is_prose, is_tabular
from knowledge.reading.rows import IN_TABLE, Rows, choose, find_gutters, find_rows
from knowledge.reading.sheet import Box, Word

_TOUCH = 3.0  # points within which two lines meet
_SAME = 2.5  # points within which two lines lie on one another
_EDGE = 12.0  # points that lines reach beyond the last one across them, and a column stands there
_FEWEST_CELLS = 2  # with words, in a table drawn with lines
_FILLED = 0.3  # of its cells, and no less: a chart has lines too
_ALIKE = 0.9  # of the cells of rows that no line parts hold words
_BESIDE = 0.7  # of the rows have words on both sides of white that makes two columns of one between lines
_RULED = 3  # lines across that make rows of what they part
_MANY = 0.2  # lines across for each line of print
_WIDER = 1.25  # times the closest, and the space between two rows is more than that between two lines


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its rows from top to bottom, each with its cells from left to right, empty ones too."""

    left: float
    bottom: float
    right: float
    top: float
    rows: tuple[tuple[Cell, ...], ...]
    text: str = ""


def find_drawn_tables(words: Sequence[Word], rules: Sequence[Box]) -> tuple[list[Table], list[Word]]:
    """The tables drawn with lines, and the words that stand in none."""
    tables: list[Table] = []
    rest = list(words)
    for group in _connected(rules):
        columns = _positions([(rule.left + rule.right) / 2 for rule in group if _is_upright(rule)])
        lines = _positions([(rule.bottom + rule.top) / 2 for rule in group if not _is_upright(rule)])
        if len(columns) < 3 or len(lines) < 2:  # noqa: PLR2004 - two columns have three lines, one row has two
            continue
        columns = _reach(columns, min(rule.left for rule in group), max(rule.right for rule in group))
        lines = _reach(lines, min(rule.bottom for rule in group), max(rule.top for rule in group))
        inside = [word for word in rest if _within(word, columns, lines)]
        table = _fill(inside, _finer(inside, columns), lines)
        filled = sum(bool(cell) for row in table.rows for cell in row)
        if len(lines) == 2 and filled < max(_RULED, len(columns) - 1):  # noqa: PLR2004 - a row left alone by a page's end
            continue
        if filled >= max(_FEWEST_CELLS, _FILLED * (len(columns) - 1) * len(table.rows)):
            tables.append(table)
            taken = {id(word) for word in inside}
            rest = [word for word in rest if id(word) not in taken]
    return tables, rest


def _is_upright(rule: Box) -> bool:
    return rule.top - rule.bottom > rule.right - rule.left


def _connected(rules: Sequence[Box]) -> list[list[Box]]:
    """Lines that touch one another, in groups."""
    groups: list[tuple[Box, list[Box]]] = []
    for rule in rules:
        around, members = rule, [rule]
        apart = []
        for box, group in groups:
            if _touch(box, around) and any(_touch(rule, one) for one in group):
                members += group
                around = Box(
                    min(around.left, box.left),
                    min(around.bottom, box.bottom),
                    max(around.right, box.right),
                    max(around.top, box.top),
                )
            else:
                apart.append((box, group))
        groups = [*apart, (around, members)]
    return [group for _, group in groups if len(group) >= 2 * _RULED]


def _touch(one: Box, two: Box) -> bool:
    return (
        one.left <= two.right + _TOUCH
        and two.left <= one.right + _TOUCH
        and one.bottom <= two.top + _TOUCH
        and two.bottom <= one.top + _TOUCH
    )


def _positions(places: Sequence[float]) -> list[float]:
    """Places in order, those that lie on one another taken once."""
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > _SAME:
            found.append(place)
    return found


def _reach(places: Sequence[float], low: float, high: float) -> list[float]:
    """Places with the outermost, where a table has no line at its edge."""
    before = [low] if places[0] - low > _EDGE else []
    after = [high] if high - places[-1] > _EDGE else []
    return [*before, *places, *after]


def _within(word: Word, columns: Sequence[float], lines: Sequence[float]) -> bool:
    across, up = (word.left + word.right) / 2, (word.bottom + word.top) / 2
    return columns[0] <= across <= columns[-1] and lines[0] <= up <= lines[-1]


def _finer(words: Sequence[Word], columns: Sequence[float]) -> list[float]:
    """The edges of columns, with those that only white parts."""
    rows = find_rows(words)
    em = max((word.style.size for word in words), default=1.0)
    through = [one for one in find_gutters(rows, em, IN_TABLE) if (one.start, one.end) == (0, len(rows))]
    middles = [(one.left + one.right) / 2 for one in choose(through)]
    between = [at for at in middles if min(abs(at - edge) for edge in columns) > em]
    clear = [
        at
        for at in between
        if not any(one.left < edge < one.right for one in through for edge in columns if one.left < at < one.right)
    ]
    return sorted((*columns, *(at for at in clear if _parts_rows(rows, columns, at))))


def _parts_rows(rows: Rows[Word], columns: Sequence[float], at: float) -> bool:
    """Whether words stand on both sides of `at` in most rows of the column it is in: else a few wide spaces agree."""
    left, right = max(edge for edge in columns if edge < at), min(edge for edge in columns if edge > at)
    places = [[middle for word in row if left < (middle := (word.left + word.right) / 2) < right] for row in rows]
    return sum(bool(row) and min(row) < at < max(row) for row in places) >= _BESIDE * len(rows)


def _fill(words: Sequence[Word], columns: Sequence[float], lines: Sequence[float]) -> Table:
    grid: list[list[list[Word]]] = [[[] for _ in columns[1:]] for _ in lines[1:]]
    for word in words:
        across, up = (word.left + word.right) / 2, (word.bottom + word.top) / 2
        column = max(0, sum(place <= across for place in columns[:-1]) - 1)
        row = max(0, sum(place <= up for place in lines[:-1]) - 1)
        grid[row][column].append(word)
    rows = tuple(line for row in reversed(grid) if any(row) for line in _unjoined(row, columns))
    return Table(columns[0], lines[0], columns[-1], lines[-1], rows)


def _unjoined(row: Sequence[Sequence[Word]], columns: Sequence[float]) -> Iterator[tuple[Cell, ...]]:
    """A row between two lines, as the several it holds where these are parted by nothing but white."""
    words = [word for cell in row for word in cell]
    lines = [_part(line, columns[1:-1]) for line in find_rows(words)]
    used = sum(map(bool, row))
    full = sum(bool(cell) for line in lines for cell in line) >= _ALIKE * used * len(lines)
    goes_on = any(cell and cell[0].text[0].islower() for line in lines[1:] for cell in line)
    if len(lines) > 1 and used > 2 and full and not goes_on:  # noqa: PLR2004 - two cells may both be wrapped
        yield from lines
    else:
        yield tuple(tuple(cell) for cell in row)


def find_set_table(rows: Rows[Word], edges: Sequence[float], rules: Sequence[Box], em: float) -> Table | None:
    """The table that rows of words make when parted at `edges`, or None where the parts are columns of text."""
    grid = [_part(row, edges) for row in rows]
    columns = [[line[at] for line in grid if line[at]] for at in range(len(edges) + 1)]
    if any(not column for column in columns) or is_listed(columns):
        return None
    across = rules_across(rows, rules)
    if not _is_ruled(across, columns, rows) and not is_tabular(grid, columns, rows, em):
        return None
    lines = list(_join_lines(rows, grid, across, em))
    words = [word for row in rows for word in row]
    return Table(
        min(word.left for word in words),
        min(word.bottom for word in words),
        max(word.right for word in words),
        max(word.top for word in words),
        tuple(lines),
    )


def _part(row: Sequence[Word], edges: Sequence[float]) -> tuple[Cell, ...]:
    cells: list[list[Word]] = [[] for _ in range(len(edges) + 1)]
    for word in row:
        cells[sum(word.left > edge for edge in edges)].append(word)
    return tuple(tuple(cell) for cell in cells)


def _is_ruled(across: Sequence[float], columns: Sequence[Sequence[Cell]], rows: Rows[Word]) -> bool:
    """Whether lines across part the rows of a table: three of them, or many where the cells hold prose."""
    inner = sum(_middle(rows[-1][0]) < height < _middle(rows[0][0]) for height in across)
    prose = sum(map(is_prose, columns))
    return len(across) >= _RULED and inner > 0 and (prose <= 1 or inner >= _MANY * len(rows))


def rules_across(rows: Rows[Word], rules: Sequence[Box]) -> list[float]:
    """The heights of the lines that part these rows over most of their width."""
    left, right = min(row[0].left for row in rows), max(one.right for row in rows for one in row)
    top, bottom = max(one.top for one in rows[0]), min(one.bottom for one in rows[-1])
    by_height: dict[int, float] = {}
    for rule in rules:
        if not _is_upright(rule) and bottom - _TOUCH * 4 <= rule.bottom <= top + _TOUCH * 4:
            height = round((rule.bottom + rule.top) / 2 / _SAME)
            inside = min(rule.right, right) - max(rule.left, left)
            by_height[height] = by_height.get(height, 0.0) + max(0.0, inside)
    return sorted((height * _SAME for height, run in by_height.items() if run > 0.6 * (right - left)), reverse=True)


def _join_lines(
    rows: Rows[Word], grid: Sequence[tuple[Cell, ...]], across: Sequence[float], em: float
) -> Iterator[tuple[Cell, ...]]:
    """The rows of a table from its lines of print: a cell that was wrapped is one cell again."""
    pitches = [one[0].bottom - two[0].bottom for one, two in pairwise(rows)]
    closest = min((pitch for pitch in pitches if pitch > em / 2), default=0.0)
    spaced = max(pitches, default=0.0) > _WIDER * closest
    inner = [height for height in across if rows[-1][0].bottom < height < rows[0][0].top]
    by_rules = len(inner) > 1
    whole: list[list[Word]] = []
    for at, line in enumerate(grid):
        if whole and not _begins(rows, grid, at, pitches, closest, spaced=spaced, ruled=inner if by_rules else None):
            for cell, more in zip(whole, line, strict=True):
                cell.extend(more)
        else:
            if whole:
                yield tuple(tuple(cell) for cell in whole)
            whole = [list(cell) for cell in line]
    yield tuple(tuple(cell) for cell in whole)


def _begins(
    rows: Rows[Word],
    grid: Sequence[tuple[Cell, ...]],
    at: int,
    pitches: Sequence[float],
    closest: float,
    *,
    spaced: bool,
    ruled: Sequence[float] | None,
) -> bool:
    """Whether the line of print at `at` begins a row of the table."""
    if ruled is not None:
        return any(_middle(rows[at][0]) < height < _middle(rows[at - 1][0]) for height in ruled)
    if spaced and pitches[at - 1] > _WIDER * closest:
        return True
    first = grid[at][0]
    filled = sum(map(bool, grid[at]))
    if not first or first[0].text[0].islower() or filled == 1:
        return False
    return not spaced or filled == len(grid[at])


def _middle(word: Word) -> float:
    return (word.bottom + word.top) / 2
