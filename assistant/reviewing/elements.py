"""Finds the guide's elements of a strategy in a document (sections 3, 4 and 5), each with its evidence.

Each statement gives signs of each element (element_signs.py); a small model weighs them, and the statements' weights
add up to whether the document has it: present, weak where it is only touched, missing otherwise.
"""

import math
import re
from collections.abc import Mapping, Sequence

from assistant.domain import ELEMENTS, Element, ElementName, ElementState, GuideRef, Period, Quote, Statement
from assistant.judging.quantities import find_deadlines, find_years
from assistant.reviewing.element_signs import ElementModel, heads, load_element_model, may_show, names_sum, weigh
from knowledge.document import Document, Span
from knowledge.reading.lines import fold

SOURCES: Mapping[ElementName, GuideRef] = {
    "operating_environment": GuideRef("4.1", 13),
    "vision": GuideRef("4.2", 15),
    "mission": GuideRef("4.3", 16),
    "core_skills": GuideRef("4.3", 16),
    "values": GuideRef("4.3", 16),
    "goals": GuideRef("4.4", 17),
    "action_plan": GuideRef("4.5", 19),
    "indicators": GuideRef("5.5", 28),
    "organisation": GuideRef("5.1", 21),
    "human_resources": GuideRef("5.2", 24),
    "resources": GuideRef("4.5", 19),
    "partnerships": GuideRef("5.3", 25),
    "curricula": GuideRef("5.4", 26),
    "evaluation": GuideRef("5.5", 28),
    "stakeholders": GuideRef("4", 12),
    "period": GuideRef("3", 11),
}
_MOST_EVIDENCE = 3
# A statement as likely as not to show an element adds less than half: many doubtful ones make no sure one, the less so
# the more statements there are (evals/LOG.md).
_DOUBT, _DOUBT_GROWS, _FEW_STATEMENTS = 1.5, 0.8, 40
# What stands under an element's own heading is at least so likely to be the element.
_UNDER_ITS_HEADING = 0.6
# A sum of money touches resources, in whatever words: likely enough for the document to count as touching them.
_NAMES_SUM = 0.5
# Evidence is at least so likely, beside the best there is.
_WORTH_QUOTING = 0.3

# Of a plan, if not of a goal, "in 2030" says what year is to be reached as well as "by 2030" does.
_IN_YEAR = re.compile(
    r"\b(?:in|vuoteen|op [\d\w ]{3,14}|al|nel)(?: the year| het jaar| l'an)?\s+(20[2-9]\d)\b", re.IGNORECASE
)
_EARLIEST_END = "2020"
_FIRST_BLOCKS = 3

Seen = Mapping[str, float]


def find_elements(
    document: Document, statements: Sequence[Statement], seen: Sequence[Seen], period: Period | None
) -> tuple[Element, ...]:
    """The state of each of the guide's elements in `document`, in the guide's order.

    Args:
        document: as it was read.
        statements: its statements of every kind.
        seen: what is seen of each of them (`element_signs.see`), in the same order.
        period: the years it covers, where it names them.
    """
    model = load_element_model()
    # What is said again says no more: each wording counts once, where it stands last.
    wordings = {fold(one.text).casefold(): place for place, one in enumerate(statements)}
    heard = sorted(wordings.values())
    found = (
        _period(document, period)
        if name == "period"
        else _weigh(name, statements, rate(name, seen, model), heard, document, model)
        for name in ELEMENTS
    )
    return tuple(found)


def miss_elements() -> tuple[Element, ...]:
    """Every element as missing: what is no strategy has none of a strategy's parts."""
    return tuple(Element(name, "missing", (), SOURCES[name]) for name in ELEMENTS)


def rate(name: ElementName, seen: Sequence[Seen], model: ElementModel) -> list[float]:
    """How likely each statement shows the element, 0 where nothing speaks for it."""
    return [_chance(name, one, model) for one in seen]


def _chance(name: ElementName, seen: Seen, model: ElementModel) -> float:
    if not may_show(name, seen):
        return 0.0
    chance = 1 / (1 + math.exp(-weigh(name, seen, model)))
    if names_sum(name, seen):
        chance = max(chance, _NAMES_SUM)
    return max(chance, _UNDER_ITS_HEADING) if heads(name, seen) else chance


def sum_up(likely: Sequence[float]) -> float:
    """How surely a document has an element, given how likely each of its statements shows it; 0 to 1."""
    doubt = _DOUBT + _DOUBT_GROWS * max(0.0, math.log(max(1, len(likely)) / _FEW_STATEMENTS))
    return 1 - math.prod(1 - math.pow(one, doubt) for one in likely)


def _weigh(
    name: ElementName,
    statements: Sequence[Statement],
    likely: Sequence[float],
    heard: Sequence[int],
    document: Document,
    model: ElementModel,
) -> Element:
    """Sum up the statements at the places `heard`; the likeliest, in reading order, are the evidence."""
    total = sum_up([likely[place] for place in heard])
    state: ElementState = "present" if total >= model.present else "weak" if total >= model.weak else "missing"
    if state == "missing":
        return Element(name, state, (), SOURCES[name])
    ranked = sorted(zip(likely, statements, strict=True), key=lambda pair: -pair[0])
    best = [statement for chance, statement in ranked[:_MOST_EVIDENCE] if chance >= ranked[0][0] * _WORTH_QUOTING]
    best.sort(key=lambda statement: statement.span)
    return Element(
        name, state, tuple(Quote(document.quote(one.span), one.span, one.page) for one in best), SOURCES[name]
    )


def _period(document: Document, period: Period | None) -> Element:
    """Present where a range of years is named, weak where only a year to be reached is, missing otherwise."""
    ends = [year for year in find_deadlines(document.text) if document.quote(year) >= _EARLIEST_END]
    ends += [Span(*found.span(1)) for found in _IN_YEAR.finditer(document.text)]
    titles = [block.span for block in document.blocks[:_FIRST_BLOCKS] if block.kind == "heading"]
    ends += [year for year in find_years(document.text) if any(title.contains(year) for title in titles)]
    span = period.span if period else max(ends, key=document.quote, default=None)
    evidence = (Quote(document.quote(span), span, document.page_at(span.start)),) if span else ()
    return Element("period", "present" if period else "weak" if span else "missing", evidence, SOURCES["period"])
