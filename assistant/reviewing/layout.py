"""Heeds how a document is laid out: where most of the guide's parts have sections of their own, one without is missing.

In such a document a goal that names teachers, or the assessment of a placement, is no plan for staff development and
no evaluation of the strategy: its author would have given that a section too. In others, where everything may stand
anywhere, the words alone decide (elements.py).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from assistant.domain import Element, ElementName, Goal, Statement
from assistant.judging.quantities import MONEY
from assistant.reviewing.element_signs import WEIGHED
from knowledge.document import Span
from knowledge.lexicon import JOB, MENTION, Lexicon

# As many of the guide's parts have headings of their own in a document that is laid out by them.
_LAID_OUT = 7
# What stands under another part's heading still counts where it very likely shows the part, or uses two of the part's
# own words, names of people not counted; of staff development any one, since courses and job shadowing are said of
# little else. Of resources any sum counts.
_OWN_WORDS = 2
_AS_LIKELY_AS_NOT, _VERY_LIKELY = 0.5, 0.7
# The parts that other sections touch in passing; owners and partners are rightly named anywhere.
_TOUCHED: tuple[ElementName, ...] = (
    "operating_environment",
    "action_plan",
    "human_resources",
    "resources",
    "curricula",
    "evaluation",
    "stakeholders",
)


def heed_layout(
    elements: Sequence[Element],
    statements: Sequence[Statement],
    goals: Sequence[Goal],
    lexicon: Lexicon,
    rated: Callable[[ElementName], Sequence[float]],
) -> tuple[Element, ...]:
    """The same elements, those missing that only other parts' sections touch in a document laid out by the guide's.

    `rated` gives how likely each of `statements` shows an element, in the same order.
    """
    contexts = {one.context for one in statements if one.context}
    headed = {name for name in WEIGHED if any(_announces(name, context, lexicon) for context in contexts)}
    if len(headed) < _LAID_OUT:
        return tuple(elements)
    offered = {goal.statement.span for goal in goals}
    return tuple(
        replace(one, state="missing", evidence=())
        if one.name in _TOUCHED
        and one.name not in headed
        and not any(
            _shows(one.name, said, chance, offered, lexicon)
            for said, chance in _find_showing(one, statements, rated(one.name))
        )
        else one
        for one in elements
    )


def _find_showing(
    element: Element, statements: Sequence[Statement], likely: Sequence[float]
) -> Iterator[tuple[Statement, float]]:
    """What stands as the element's evidence, and whatever else shows it as likely as not; and how likely it does."""
    quoted = {quote.span for quote in element.evidence}
    for one, chance in zip(statements, likely, strict=True):
        if one.span in quoted or chance >= _AS_LIKELY_AS_NOT:
            yield one, chance


def _shows(name: ElementName, statement: Statement, chance: float, offered: set[Span], lexicon: Lexicon) -> bool:
    """Whether a statement shows the part by itself, not as a goal, an indicator or in passing in another's section."""
    if statement.span in offered or statement.kind in ("goal", "indicator"):
        return False
    if chance >= _VERY_LIKELY or (name == "resources" and MONEY.search(statement.text)):
        return True
    elsewhere = any(_announces(other, statement.context, lexicon) for other in WEIGHED)
    return not elsewhere or _has_own_words(name, statement.text, lexicon)


def _has_own_words(name: ElementName, text: str, lexicon: Lexicon) -> bool:
    found = lexicon.vocabulary.find(text)
    people = lexicon.groups.values()
    job, mention = (
        [one for one in found.get(f"{name}{kind}", ()) if not any(group.search(one.strip("*")) for group in people)]
        for kind in (JOB, MENTION)
    )
    return len(job) >= _OWN_WORDS or (name == "human_resources" and bool(job or mention))


def _announces(name: ElementName, heading: str, lexicon: Lexicon) -> bool:
    return bool(heading and lexicon.elements[name].heading.search(heading))
