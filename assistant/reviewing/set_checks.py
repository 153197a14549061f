"""Looks at the goals together and at the document whole; each check is named by the rules that use it."""

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence

from assistant.domain import Contradiction, Goal, Overlap, Quote, SetState, Strategy
from assistant.judging.quantities import find_numbers
from assistant.judging.similarity import likeness, profile
from assistant.reviewing.goal_checks import Hit, whole
from knowledge.document import Span
from knowledge.lexicon import Lexicon

# Guide 4.4: between five and six goals, never more than eight.
FEW_GOALS, MOST_GOALS = 6, 8
OVERLAP = 0.55
_CONTRADICTION = 0.75
# Guide 4.4 and 5.5: what a set of goals ought to touch; "beyond_mobility" is any of the topics after it.
TOPICS = (
    "languages",
    "multicultural_work",
    "knowledge_of_cultures",
    "working_life",
    "students",
    "staff",
    "management",
    "at_home",
    "lifelong_skills",
    "beyond_mobility",
)
_BEYOND_MOBILITY = ("curricula", "at_home", "projects", "staff_competences", "partnerships", "lifelong_skills")
_MOBILITY = ("student_mobility", "staff_mobility")
_GROUPS = ("students", "staff")

StrategyCheck = Callable[[Strategy, Lexicon, Mapping[str, str]], Iterator[Hit]]


def name_set_state(count: int) -> SetState:
    """What the guide (4.4) makes of a number of goals."""
    if count == 0:
        return "none"
    return "ok" if count <= FEW_GOALS else "many" if count <= MOST_GOALS else "too_many"


def find_overlaps(goals: Sequence[Goal]) -> tuple[Overlap, ...]:
    """The pairs of goals that say much the same, the most alike first."""
    profiles = profile([goal.statement.text for goal in goals])
    pairs = itertools.combinations(zip(goals, profiles, strict=True), 2)
    overlaps = (
        Overlap(first.statement.id, second.statement.id, likeness(one, other))
        for (first, one), (second, other) in pairs
    )
    return tuple(sorted((o for o in overlaps if o.score >= OVERLAP), key=lambda o: (-o.score, o.first, o.second)))


def find_contradictions(goals: Sequence[Goal], others: Sequence[Goal]) -> tuple[Contradiction, ...]:
    """Pairs of nearly the same goal, one of `goals` and one of `others`, that name different numbers."""
    profiles = profile([goal.statement.text for goal in (*goals, *others)])
    left, right = list(zip(goals, profiles, strict=False)), list(zip(others, profiles[len(goals) :], strict=True))
    found = []
    for (one, first), (other, second) in itertools.product(left, right):
        same_place = goals is others and one.statement.span >= other.statement.span
        if same_place or likeness(first, second) < _CONTRADICTION:
            continue
        if _numbers(one) and _numbers(other) and not _numbers(one) & _numbers(other):
            found.append(Contradiction(one.statement.text, whole(one), whole(other)))
    return tuple(found)


def find_coverage(goals: Sequence[Goal], lexicon: Lexicon) -> dict[str, bool]:
    """Which of the guide's topics the goals touch."""
    themes = {theme for goal in goals for theme in goal.themes}
    texts = [goal.statement.text for goal in goals]
    groups = {group for group in _GROUPS for text in texts if lexicon.groups[group].search(text)}
    beyond = bool(themes & set(_BEYOND_MOBILITY))
    return {topic: beyond if topic == "beyond_mobility" else topic in themes | groups for topic in TOPICS}


def count_goals(strategy: Strategy, _: Lexicon, options: Mapping[str, str]) -> Iterator[Hit]:
    """The number of goals puts the set in the state `options["state"]`."""
    if name_set_state(len(strategy.goals)) == options["state"]:
        place = whole(strategy.goals[-1]) if strategy.goals else _end(strategy)
        yield Hit(place, {"count": str(len(strategy.goals))})


def overlap(strategy: Strategy, _: Lexicon, __: Mapping[str, str]) -> Iterator[Hit]:
    """Two goals that say much the same."""
    goals = {goal.statement.id: goal for goal in strategy.goals}
    for pair in find_overlaps(strategy.goals):
        yield Hit(whole(goals[pair.second]), {"first": _short(goals[pair.first]), "quote": _short(goals[pair.second])})


def contradict(strategy: Strategy, _: Lexicon, __: Mapping[str, str]) -> Iterator[Hit]:
    """Two goals that name different numbers for the same thing."""
    for pair in find_contradictions(strategy.goals, strategy.goals):
        yield Hit(pair.second, {"first": pair.first.text, "quote": pair.second.text})


def only_mobility(strategy: Strategy, _: Lexicon, __: Mapping[str, str]) -> Iterator[Hit]:
    """At least two goals, all of them about sending or receiving people (guide 4.4: more than mobility)."""
    goals = strategy.goals
    if len(goals) > 1 and all(
        set(goal.themes) & set(_MOBILITY) and not set(goal.themes) & set(_BEYOND_MOBILITY) for goal in goals
    ):
        yield Hit(whole(goals[0]), {"count": str(len(goals))})


def leave_topic(strategy: Strategy, lexicon: Lexicon, options: Mapping[str, str]) -> Iterator[Hit]:
    """None of the goals touches any of the topics in `options["topics"]` (separated by blanks)."""
    covered = find_coverage(strategy.goals, lexicon)
    if len(strategy.goals) > 1 and not any(covered[topic] for topic in options["topics"].split()):
        yield Hit(_end(strategy))


def ask_mobility(strategy: Strategy, _: Lexicon, __: Mapping[str, str]) -> Iterator[Hit]:
    """The first goal about student mobility, where no statement speaks of recognition (guide 5.4)."""
    mobile = [goal for goal in strategy.goals if "student_mobility" in goal.themes]
    recognised = any(element.name == "curricula" and element.state != "missing" for element in strategy.elements)
    if mobile and not recognised:
        yield Hit(whole(mobile[0]))


def miss_element(strategy: Strategy, _: Lexicon, options: Mapping[str, str]) -> Iterator[Hit]:
    """The element `options["element"]` is missing from the document."""
    if any(element.name == options["element"] and element.state == "missing" for element in strategy.elements):
        yield Hit(_end(strategy))


def fall_outside_period(strategy: Strategy, _: Lexicon, options: Mapping[str, str]) -> Iterator[Hit]:
    """The period is shorter than `options["least"]` or longer than `options["most"]` years (guide 3: 3 to 5)."""
    period = strategy.period
    if period is None or int(options["least"]) <= period.years <= int(options["most"]):
        return
    evidence = next(element.evidence for element in strategy.elements if element.name == "period")
    yield Hit(evidence[0], {"start": str(period.start), "end": str(period.end), "years": str(period.years)})


def be_no_strategy(strategy: Strategy, _: Lexicon, __: Mapping[str, str]) -> Iterator[Hit]:
    """The document is something else."""
    if not strategy.is_strategy:
        yield Hit(_start(strategy), {"reason": strategy.reason})


def hold_withheld(strategy: Strategy, _: Lexicon, options: Mapping[str, str]) -> Iterator[Hit]:
    """The document holds words that are withheld for `options["reason"]`."""
    document = strategy.document
    for one in document.withheld:
        if one.reason == options["reason"]:
            words = document.quote(one.span)
            yield Hit(Quote(words, one.span, document.page_at(one.span.start)), {"quote": _shortened(words)})


def _numbers(goal: Goal) -> set[str]:
    text = goal.statement.text
    return {text[span.start : span.end] for span in find_numbers(text)}


def _short(goal: Goal) -> str:
    return _shortened(goal.statement.text)


def _shortened(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 120 else words[:119].rsplit(" ", 1)[0] + " …"  # noqa: PLR2004 - a line of screen


def _start(strategy: Strategy) -> Quote:
    first = strategy.statements[0] if strategy.statements else None
    return Quote(first.text, first.span, first.page) if first else Quote("", Span(0, 0), 1)


def _end(strategy: Strategy) -> Quote:
    """The place after the last word: what is absent has no words of its own."""
    end = len(strategy.document.text)
    return Quote("", Span(end, end), max(1, len(strategy.document.pages)))


STRATEGY_CHECKS: Mapping[str, StrategyCheck] = {
    "count_goals": count_goals,
    "overlap": overlap,
    "contradict": contradict,
    "only_mobility": only_mobility,
    "leave_topic": leave_topic,
    "ask_mobility": ask_mobility,
    "miss_element": miss_element,
    "fall_outside_period": fall_outside_period,
    "be_no_strategy": be_no_strategy,
    "hold_withheld": hold_withheld,
}
