"""Finds the guide's elements of a strategy in a document (sections 3, 4 and 5), each with its evidence.

An element is present where a heading announces it and something stands below, or where several statements do its job;
weak where it is only touched; missing otherwise.
"""

from collections.abc import Iterator, Mapping, Sequence

from assistant.domain import ELEMENTS, Element, ElementName, ElementState, Goal, GuideRef, Kind, Period, Quote
from assistant.judging.quantities import find_years
from knowledge.document import Document
from knowledge.lexicon import Lexicon

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
# The kind of statement that does an element's job by itself, whatever heading it stands under.
_KIND_OF: Mapping[ElementName, Kind] = {
    "vision": "vision",
    "mission": "mission",
    "core_skills": "core_skill",
    "values": "value",
    "goals": "goal",
    "action_plan": "activity",
    "indicators": "indicator",
}
_SURE = 0.6
_MOST_EVIDENCE = 3
# What a statement is worth to an element, by what shows it; an element needs _PRESENT or _WEAK of these in all.
_UNDER_ITS_HEADING, _OF_ITS_KIND, _MENTION = 2.0, 1.0, 0.5
_PRESENT, _WEAK = 2.0, 0.5


def find_elements(
    document: Document, judged: Sequence[Goal], period: Period | None, lexicon: Lexicon
) -> tuple[Element, ...]:
    """The state of each of the guide's elements in `document`, in the guide's order.

    Args:
        document: as it was read.
        judged: its statements of every kind, judged.
        period: the years it covers, where it names them.
        lexicon: the cues of its language.
    """
    found = (
        _period(document, period) if name == "period" else _weigh(name, judged, lexicon, document) for name in ELEMENTS
    )
    return tuple(found)


def _weigh(name: ElementName, judged: Sequence[Goal], lexicon: Lexicon, document: Document) -> Element:
    """Add up what the statements are worth to an element; the weightiest, in reading order, are its evidence."""
    worth = sorted(_worths(name, judged, lexicon), key=lambda pair: -pair[0])
    total = sum(points for points, _ in worth)
    state: ElementState = "present" if total >= _PRESENT else "weak" if total >= _WEAK else "missing"
    best = sorted((goal.statement for _, goal in worth[:_MOST_EVIDENCE]), key=lambda statement: statement.span)
    evidence = tuple(Quote(document.quote(one.span), one.span, one.page) for one in best)
    return Element(name, state, evidence if state != "missing" else (), SOURCES[name])


def _worths(name: ElementName, judged: Sequence[Goal], lexicon: Lexicon) -> Iterator[tuple[float, Goal]]:
    cues = lexicon.elements.get(name)
    kind = _KIND_OF.get(name)
    for goal in judged:
        statement = goal.statement
        points = 0.0
        if cues and statement.context and cues.heading.search(statement.context):
            points += _UNDER_ITS_HEADING
        if kind and statement.kinds[kind] >= _SURE:
            points += _OF_ITS_KIND
        if cues and cues.body.search(statement.text):
            points += _MENTION
        if points:
            yield points, goal


def _period(document: Document, period: Period | None) -> Element:
    """Present where a range of years is named, weak where only a year to come is, missing otherwise."""
    years = find_years(document.text)
    latest = max(years, key=document.quote, default=None)
    span = period.span if period else latest
    evidence = (Quote(document.quote(span), span, document.page_at(span.start)),) if span else ()
    return Element("period", "present" if period else "weak" if span else "missing", evidence, SOURCES["period"])
