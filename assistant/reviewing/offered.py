"""Which statements their author offers as goals: what the rules for things that are no goal are held against.

Below a heading of goals stand the goals, but also what leads in to them, what is counted for each ("Indicator: …"), and
who is to carry them out. Where there is a list, its points are offered and nothing around it is.
"""

from collections.abc import Sequence
from itertools import groupby

from assistant.domain import Statement
from assistant.reviewing.pieces import read_label
from knowledge.document import Document, Span
from knowledge.labels import read_line_label
from knowledge.lexicon import Lexicon

_POINTS = ("item", "row")


def find_offered(statements: Sequence[Statement], document: Document, lexicon: Lexicon) -> frozenset[Span]:
    """Where the statements stand that may be offered as goals by the heading or lead-in above them.

    Args:
        statements: all of the document, in reading order.
        document: as it was read.
        lexicon: of its language.
    """
    offered: set[Span] = set()
    for _, group in groupby((one for one in statements if one.context), key=lambda one: one.context):
        placed = [(one, document.block_at(one.span.start)) for one in group]
        below = [
            (one, block)
            for one, block in placed
            if block is None or read_line_label(read_label(document, block), lexicon.code) is None
        ]
        points = [(one, block) for one, block in below if block and block.kind in _POINTS]
        offered |= {one.span for one, _ in points or below}
    return frozenset(offered)
