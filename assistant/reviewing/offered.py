"""Which statements their author offers as goals: what the rules for things that are no goal are held against.

Below a heading of goals stand the goals, but also what leads in to them, what is counted for each ("Indicator: …"), and
who is to carry them out. Where there is a list, its points are offered and nothing around it is; in running text that
holds goals, the sentences around one in its paragraph explain it.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from assistant.domain import Statement
from assistant.reviewing.pieces import read_label
from knowledge.document import Block, Document, Span
from knowledge.labels import read_line_label
from knowledge.lexicon import Lexicon

_POINTS = ("item", "row")


def find_offered(
    statements: Sequence[Statement], goals: Sequence[Statement], document: Document, lexicon: Lexicon
) -> frozenset[Span]:
    """Where the statements stand that may be offered as goals by the heading or lead-in above them.

    Args:
        statements: all of the document, in reading order.
        goals: those of them that are its goals.
        document: as it was read.
        lexicon: of its language.
    """
    offered: set[Span] = set()
    chosen = {one.span for one in goals}
    below_goals = _find_below(document, chosen)
    for _, group in groupby((one for one in statements if one.context), key=lambda one: one.context):
        every = [(one, document.block_at(one.span.start)) for one in group]
        placed = [(one, block) for one, block in every if block is None or block.span not in below_goals]
        below = [
            (one, block) for one, block in placed if block is None or not _tells_of_goal(one, block, document, lexicon)
        ]
        points = [(one, block) for one, block in below if block and block.kind in _POINTS]
        sentences = Counter(block.span for _, block in below if block)
        alone = [(one, block) for one, block in below if block is None or sentences[block.span] == 1]
        holds_goals = any(one.span in chosen for one, _ in below)
        offered |= {one.span for one, _ in points or (alone if holds_goals else below)}
    return frozenset(offered)


def _find_below(document: Document, chosen: set[Span]) -> frozenset[Span]:
    """The points that stand under a lead-in of their own below a heading that is a goal.

    "Strategies:" below "Objective 1: …" leads in to what is done for that goal.
    """
    points: set[Span] = set()
    above: list[tuple[Block, bool]] = []
    for block in document.blocks:
        if block.kind == "heading":
            above = [one for one in above if one[0].level < block.level]
            above.append((block, any(block.span.contains(span) for span in chosen)))
        elif block.kind in _POINTS and any(is_goal for _, is_goal in above[:-1]):
            points.add(block.span)
    return frozenset(points)


def _tells_of_goal(statement: Statement, block: Block, document: Document, lexicon: Lexicon) -> bool:
    """Whether it says ahead that it is something about a goal, or is the rest of a row with named columns."""
    rest = [cell for cell in block.cells if cell.head is not None and statement.span.contains(cell.span)]
    return len(rest) > 1 or read_line_label(read_label(document, block), lexicon.code) is not None
