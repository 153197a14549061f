"""What stands in columns: cells of a table, or lines of text side by side."""

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import mean, median

from knowledge.reading.marks import read_lone_mark
from knowledge.reading.rows import Rows
from knowledge.reading.sheet import Word

Cell = tuple[Word, ...]

_ALIGNED = 0.8  # of the lines of the column with the fewest stand beside a line of another
_FLOWS = 0.25  # of a column's lines go on in the next with a small letter: it holds prose
_FEW_WORDS = 4.0  # on average in the lines of a column that holds no prose
_LABEL_WORDS = 5.0  # the same where there are but two columns
_FIGURES = 0.6  # of a column's lines are figures
_LABELLED = 0.5  # of the lines of a first column end with a colon and have words beside them: these are named
_BULLETS = 0.3  # of the lines begin with a bullet: lists side by side, no table
_FIGURE = re.compile(r"[\W\d]*\d[\W\d]*\w{0,3}")


def is_listed(columns: Sequence[Sequence[Cell]]) -> bool:
    """Whether what stands in the later columns are items of a list."""
    lines = [line for column in columns[1:] for line in column]
    return sum(read_lone_mark(line[0].text) is not None for line in lines) > _BULLETS * len(lines)


def is_tabular(
    grid: Sequence[tuple[Cell, ...]], columns: Sequence[Sequence[Cell]], rows: Rows[Word], em: float
) -> bool:
    """Whether the parts of the rows are cells: lines stand beside lines of another column, and few hold prose."""
    beside = [sum(map(bool, line)) > 1 for line in grid]
    if _is_form(grid, beside):
        return True
    fewest = min(range(len(columns)), key=lambda at: len(columns[at]))
    lines = [shared for shared, line in zip(beside, grid, strict=True) if line[fewest]]
    if sum(lines) < _ALIGNED * len(lines):
        return False
    prose = [is_prose(column) for column in columns]
    lengths = [mean(len(line) for line in column) for column in columns]
    figures = [mean(_is_figure(line) for line in column) >= _FIGURES for column in columns]
    if any(figures) and sum(prose) <= 1:
        return True
    if len(columns) > 2:  # noqa: PLR2004 - labels beside text are two
        return sum(prose) <= 1 and sum(length <= _FEW_WORDS for length in lengths) >= len(columns) - 1
    if prose[0] or lengths[0] > _LABEL_WORDS:
        return False
    # Labels beside what they name: none stands alone, and lines of text beside lines of text lie closer.
    labels = [bool(line[1]) for line in grid if line[0]]
    pitches = [one[0].bottom - two[0].bottom for one, two in pairwise(rows)]
    loose = not pitches or median(pitches) > 1.5 * em or len(columns[1]) > len(columns[0])
    return mean(labels) >= _ALIGNED and loose


def _is_form(grid: Sequence[tuple[Cell, ...]], beside: Sequence[bool]) -> bool:
    """Whether the first of two columns names, with a colon, what was filled in beside it."""
    if len(grid[0]) != 2:  # noqa: PLR2004 - names, values
        return False
    named, filled = ([_is_label(line[at]) for line in grid if line[at]] for at in (0, 1))
    shares = [shared for line, shared in zip(grid, beside, strict=True) if line[0]]
    return mean(named) >= _LABELLED and mean(shares) >= _LABELLED and mean(filled) < _LABELLED


def _is_label(line: Cell) -> bool:
    return line[-1].text.endswith(":") and line[0].text[0].isalnum()


def is_prose(column: Sequence[Cell]) -> bool:
    """Whether many of a column's lines go on with a small letter."""
    return len(column) > 1 and mean(line[0].text[0].islower() for line in column[1:]) >= _FLOWS


def _is_figure(line: Cell) -> bool:
    return _FIGURE.fullmatch("".join(word.text for word in line)) is not None
