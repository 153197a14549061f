"""Cuts a row of a table whose columns are named: its goal is one statement, what is planned for it another.

The rest of the row stays together, so that an action keeps its owner, dates and money.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from knowledge.document import Block, Cell, Document, Span
from knowledge.lexicon import Lexicon

_MARK = re.compile(r"\d{1,2}(?:\.\d{1,2})*[.)]\s+(?=\S)")  # "3." ahead of a goal in its cell
_FEWEST_LETTERS = 4
_FEWEST_GOAL_WORDS = 2  # "Total" in the column of goals is none
_MOST_THEME_WORDS = 3  # "A. Learners" under "Priority" names a theme, where another column says what is aimed for


@dataclass(frozen=True, slots=True)
class RowPart:
    """A stretch of a row that makes one statement, the words that name its column, and the block it counts as."""

    span: Span
    heading: str
    block: Block


def names_columns(block: Block) -> bool:
    """Whether a row only names the columns of its table."""
    return any(cell.head == cell.span for cell in block.cells)


def cut_row(document: Document, block: Block, lexicon: Lexicon) -> Iterator[RowPart]:
    """The statements of a row in a table that has a column of goals or of actions; none for any other row.

    A goal that several rows share is a statement in the first of them alone, and counts as a point of the list that
    its column is; so does an indicator. What stands between them is one statement.
    """
    goal = _under(document, block, lexicon, "goal")
    action = _under(document, block, lexicon, "activity")
    if names_columns(block) or (goal is None and action is None):
        return
    apart = [cell for cell in (goal, _under(document, block, lexicon, "indicator")) if cell is not None]
    if goal is not None and not goal.repeated and not _says_goal(document, block, goal):
        apart.remove(goal)  # a total
    for run in _runs(block.cells, apart):
        span = Span(run[0].span.start, run[-1].span.end)
        if not _says_something(document, span):  # "–" in the column of indicators
            continue
        if run[0] in apart and not run[0].repeated:
            mark = _MARK.match(document.text, span.start, span.end)
            span = Span(mark.end() if mark else span.start, span.end)
            yield RowPart(span, _name(document, run[0]), Block("item", span, 1))
        elif run[0] not in apart:
            yield RowPart(span, _name(document, action if action in run else run[0]), Block("row", span, 0, run))


def _runs(cells: tuple[Cell, ...], apart: list[Cell]) -> Iterator[tuple[Cell, ...]]:
    """The cells in order, those to be kept apart each by itself, the others together as far as they are neighbours."""
    for alone, group in groupby(cells, key=lambda cell: cell if cell in apart else None):
        yield (alone,) if alone is not None else tuple(group)


def _under(document: Document, block: Block, lexicon: Lexicon, kind: str) -> Cell | None:
    """The cell under the first column whose name says that it holds such; one that only names a theme gives way."""
    named = [cell for cell in block.cells if lexicon.headings[kind].search(_name(document, cell))]
    return next((cell for cell in named if _count_words(document, cell) > _MOST_THEME_WORDS), next(iter(named), None))


def _count_words(document: Document, cell: Cell) -> int:
    return sum(any(map(str.isalpha, word)) for word in document.quote(cell.span).split())


def _name(document: Document, cell: Cell) -> str:
    return document.quote(cell.head) if cell.head is not None else ""


def _says_goal(document: Document, block: Block, goal: Cell) -> bool:
    words = document.quote(goal.span).split()
    others = [cell for cell in block.cells if cell is not goal]
    beside = not others or any(_says_something(document, cell.span) for cell in others)
    return len(words) >= _FEWEST_GOAL_WORDS and beside


def _says_something(document: Document, span: Span) -> bool:
    return sum(character.isalpha() for character in document.quote(span)) >= _FEWEST_LETTERS
