"""Cuts a row of a table whose columns are named: its goal is one statement, what is planned for it another.

The rest of the row stays together, so that an action keeps its owner, dates and money.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from assistant.judging.quantities import find_years
from knowledge.document import Block, Cell, Document, Span
from knowledge.labels import read_column_label
from knowledge.lexicon import Lexicon

_MARK = re.compile(r"\d{1,2}(?:\.\d{1,2})*[.)]\s+(?=\S)")  # "3." ahead of a goal in its cell
_FEWEST_LETTERS = 4
_FEWEST_GOAL_WORDS = 2  # "Total" in the column of goals is none
_CARD_CELLS = 2
_MOST_THEME_WORDS = 3  # "A. Learners" under "Priority" names a theme, where another column says what is aimed for


@dataclass(frozen=True, slots=True)
class RowPart:
    """A stretch of a row that makes one statement, the words that name its column, and the block it counts as.

    `label` is the column's name where it says that a part of the goal beside it stands here ("Why"), "" elsewhere.
    """

    span: Span
    heading: str
    block: Block
    label: str = ""


def names_columns(block: Block) -> bool:
    """Whether a row only names the columns of its table."""
    return any(cell.head == cell.span for cell in block.cells)


def read_card_label(document: Document, block: Block) -> str:
    """The first of a row's two cells, where no column of its table has a name: it names what the second holds.

    So is a table written that holds one goal ("Deadline | June 2029"). "" for any other block.
    """
    named = len(block.cells) == _CARD_CELLS and not any(cell.head for cell in block.cells)
    return document.quote(block.cells[0].span) if named else ""


def cut_row(document: Document, block: Block, lexicon: Lexicon) -> Iterator[RowPart]:
    """The statements of a row in a table that has a column of goals or of actions; none for any other row.

    A goal that several rows share is a statement in the first of them alone, and counts as a point of the list that
    its column is; so does an indicator. A reason is a statement of its own. What stands between them is one.
    """
    goal = _under(document, block, lexicon, "goal")
    action = _under(document, block, lexicon, "activity")
    if names_columns(block) or (goal is None and action is None):
        return
    apart = [cell for cell in (goal, _under(document, block, lexicon, "indicator")) if cell is not None]
    reasons = [cell for cell in block.cells if cell not in apart and _gives_reason(document, cell, lexicon)]
    if goal is not None and not goal.repeated and not _says_goal(document, block, goal):
        apart.remove(goal)  # a total
    for run in _runs(block.cells, [*apart, *reasons]):
        span = Span(run[0].span.start, run[-1].span.end)
        if not _says_something(document, span):  # "–" in the column of indicators
            continue
        if run[0] in apart and not run[0].repeated:
            mark = _MARK.match(document.text, span.start, span.end)
            span = Span(mark.end() if mark else span.start, span.end)
            yield RowPart(span, name_column(document, run[0]), Block("item", span, 1))
        elif run[0] not in apart:
            named = name_column(document, action if action in run else run[0])
            label = named if read_column_label(named, lexicon.code) else ""
            yield RowPart(span, named, Block("row", span, 0, run), label)


def _runs(cells: tuple[Cell, ...], apart: list[Cell]) -> Iterator[tuple[Cell, ...]]:
    """The cells in order, those to be kept apart each by itself, the others together as far as they are neighbours."""
    for alone, group in groupby(cells, key=lambda cell: cell if cell in apart else None):
        yield (alone,) if alone is not None else tuple(group)


def _under(document: Document, block: Block, lexicon: Lexicon, kind: str) -> Cell | None:
    """The cell under the first column whose name says that it holds such; one that only names a theme gives way."""
    named = [cell for cell in block.cells if lexicon.headings[kind].search(name_column(document, cell))]
    return next((cell for cell in named if _count_words(document, cell) > _MOST_THEME_WORDS), next(iter(named), None))


def _count_words(document: Document, cell: Cell) -> int:
    return sum(any(map(str.isalpha, word)) for word in document.quote(cell.span).split())


def _gives_reason(document: Document, cell: Cell, lexicon: Lexicon) -> bool:
    return read_column_label(name_column(document, cell), lexicon.code) == "need"


def name_column(document: Document, cell: Cell) -> str:
    """The words that name the column of a cell, "" where none do."""
    return document.quote(cell.head) if cell.head is not None else ""


def _says_goal(document: Document, block: Block, goal: Cell) -> bool:
    words = document.quote(goal.span).split()
    others = [cell for cell in block.cells if cell is not goal]
    beside = not others or any(
        _says_something(document, cell.span) or find_years(document.quote(cell.span)) for cell in others
    )
    return len(words) >= (_FEWEST_GOAL_WORDS if beside else _MOST_THEME_WORDS + 1)


def _says_something(document: Document, span: Span) -> bool:
    return sum(character.isalpha() for character in document.quote(span)) >= _FEWEST_LETTERS
