"""Looks at the goals together and at the document whole; each check is named by the rules that use it."""

from collections.abc import Iterator, Mapping, Sequence

from assistant.domain import Goal, Quote, SetState, Strategy
from assistant.reviewing.contradictions import find_periods
from assistant.reviewing.excess_checks import EXCESS_CHECKS, StrategyCheck
from assistant.reviewing.goal_checks import Hit, whole
from assistant.reviewing.links import find_unanswered, find_unmeasured, find_untied
from assistant.reviewing.overlaps import list_facts
from knowledge.counting import load_stays
from knowledge.document import Span
from knowledge.lexicon import Lexicon
from knowledge.phrasebook import load_phrases

# Guide 4.4: between five and six goals, never more than eight.
FEW_GOALS, MOST_GOALS = 6, 8
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
_FEWEST_INDICATORS = 2
_GROUPS = ("students", "staff")
_SURE = 0.5
_SCREEN_LINE = 120  # characters


def name_set_state(count: int) -> SetState:
    """What the guide (4.4) makes of a number of goals."""
    if count == 0:
        return "none"
    return "ok" if count <= FEW_GOALS else "many" if count <= MOST_GOALS else "too_many"


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
        yield Hit(_head_goals(strategy), {"count": str(len(strategy.goals))})


def _head_goals(strategy: Strategy) -> Quote:
    """The heading or lead-in above the first goal; the last goal where there is none."""
    if not strategy.goals:
        return _end(strategy)
    first = strategy.goals[0].statement.span
    headings = [block.span for block in strategy.document.blocks if block.kind == "heading"]
    above = [span for span in headings if span.end <= first.start]
    if not above:
        return whole(strategy.goals[-1])
    return Quote(strategy.document.quote(above[-1]), above[-1], strategy.document.page_at(above[-1].start))


def overlap(strategy: Strategy, lexicon: Lexicon, _: Mapping[str, str]) -> Iterator[Hit]:
    """Two goals that say much the same, in the same words or in others; and what is particular about each."""
    phrases = load_phrases(lexicon.code)
    goals = {goal.statement.id: goal for goal in strategy.goals}
    for pair in strategy.overlaps:
        first, second = goals[pair.first], goals[pair.second]
        facts = phrases.join([phrases.say("frame", "quoted", words=fact) for fact in list_facts(first, second)])
        keep = phrases.say("frame", "merged", facts=facts) if facts else ""
        yield Hit(whole(second), {"first": _short(first), "quote": _short(second), "keep": keep})


def contradict(strategy: Strategy, _: Lexicon, __: Mapping[str, str]) -> Iterator[Hit]:
    """Two goals, or two sentences about one plan, that name different numbers for the same thing."""
    for pair in strategy.contradictions:
        if pair.paper is None:
            yield Hit(pair.second, {"first": pair.first.text, "quote": pair.second.text})


def contradict_paper(strategy: Strategy, _: Lexicon, __: Mapping[str, str]) -> Iterator[Hit]:
    """A sentence that another paper of the school contradicts: other numbers or years for the same thing."""
    for pair in strategy.contradictions:
        if pair.paper is not None:
            yield Hit(pair.first, {"first": pair.second.text, "paper": pair.paper})


def contradict_period(strategy: Strategy, lexicon: Lexicon, _: Mapping[str, str]) -> Iterator[Hit]:
    """A sentence about this plan that names other years than its title."""
    for pair in find_periods(strategy, lexicon):
        yield Hit(pair.second, {"first": pair.first.text, "quote": pair.second.text})


def only_mobility(strategy: Strategy, _: Lexicon, __: Mapping[str, str]) -> Iterator[Hit]:
    """At least two goals, all of them about sending or receiving people (guide 4.4: more than mobility)."""
    goals = strategy.goals
    if len(goals) > 1 and all(
        set(goal.themes) & set(_MOBILITY) and not set(goal.themes) & set(_BEYOND_MOBILITY) for goal in goals
    ):
        yield Hit(whole(goals[0]), {"count": str(len(goals))})


def leave_topics(strategy: Strategy, lexicon: Lexicon, options: Mapping[str, str]) -> Iterator[Hit]:
    """At least `options["least"]` of the topics in `options["topics"]` are in none of the goals.

    Topics are separated by blanks; of some joined by "+" any will do, and the first gives them their name.
    """
    covered = find_coverage(strategy.goals, lexicon)
    phrases = load_phrases(lexicon.code)
    topics = [one.split("+") for one in options["topics"].split()]
    absent = [phrases.say("topics", names[0]) for names in topics if not any(covered[name] for name in names)]
    if len(strategy.goals) > 1 and len(absent) >= int(options["least"]):
        yield Hit(_end(strategy), {"missing": phrases.join(absent)})


def ask_mobility(strategy: Strategy, lexicon: Lexicon, __: Mapping[str, str]) -> Iterator[Hit]:
    """The first goal about student mobility, where not all of the guide's conditions (5.4) are spoken of."""
    students = lexicon.groups["students"]
    mobile = [
        goal for goal in strategy.goals if "student_mobility" in goal.themes and students.search(goal.statement.text)
    ]
    texts = [statement.text for statement in strategy.statements]
    conditions = load_stays(lexicon.code).conditions
    missing = [name for name, words in conditions.items() if not any(words.search(text) for text in texts)]
    if mobile and missing:
        yield Hit(whole(mobile[0]), {"missing": load_phrases(lexicon.code).join(missing)})


def miss_incentives(strategy: Strategy, lexicon: Lexicon, _: Mapping[str, str]) -> Iterator[Hit]:
    """A plan of what is done and by whom, and no word of what people gain by it (guide 5.1, figure 8)."""
    there = {element.name for element in strategy.elements if element.state == "present"}
    if "action_plan" in there and not says_incentives(strategy, lexicon):
        yield Hit(_end(strategy))


def says_incentives(strategy: Strategy, lexicon: Lexicon) -> bool:
    """Whether any sentence has a word of what people gain by the change; no element of the guide shows it."""
    words = load_stays(lexicon.code).incentives
    return any(words.search(statement.text) for statement in strategy.statements)


def leave_unmeasured(strategy: Strategy, lexicon: Lexicon, _: Mapping[str, str]) -> Iterator[Hit]:
    """Goals that none of the document's indicators, two at least, has anything to do with (guide 5.5)."""
    indicators = [one for one in strategy.statements if one.kind == "indicator"]
    apart = find_unmeasured(strategy, lexicon) if len(indicators) >= _FEWEST_INDICATORS else ()
    if apart:
        numbers = load_phrases(lexicon.code).join([str(number) for number, _ in apart])
        first = apart[0][1]
        yield Hit(whole(first), {"goals": numbers, "quote": _short(first)})


def leave_untied(strategy: Strategy, lexicon: Lexicon, _: Mapping[str, str]) -> Iterator[Hit]:
    """Goals that have nothing to do with the vision or the mission, all in one remark (guide 4.4)."""
    untied = find_untied(strategy, lexicon)
    if untied:
        phrases = load_phrases(lexicon.code)
        numbers = [str(number) for number, _ in untied]
        named = (
            phrases.say("frame", "goals_listed", numbers=phrases.join(numbers))
            if len(numbers) > 1
            else phrases.say("frame", "goal", number=numbers[0])
        )
        yield Hit(whole(untied[0][1]), {"goals": named, "quote": _short(untied[0][1])})


def leave_need(strategy: Strategy, lexicon: Lexicon, _: Mapping[str, str]) -> Iterator[Hit]:
    """The first need that the document names and no goal takes up, where other needs are answered (guide 4.4)."""
    unanswered = find_unanswered(strategy, lexicon)
    if unanswered:
        need = unanswered[0]
        yield Hit(Quote(need.text, need.span, need.page), {"quote": _shortened(need.text)})


def miss_element(strategy: Strategy, _: Lexicon, options: Mapping[str, str]) -> Iterator[Hit]:
    """The element `options["element"]` is missing from the document."""
    if any(element.name == options["element"] and element.state == "missing" for element in strategy.elements):
        yield Hit(_end(strategy))


def miss_elements(strategy: Strategy, lexicon: Lexicon, options: Mapping[str, str]) -> Iterator[Hit]:
    """Some of the elements in `options["elements"]`, separated by blanks, are missing: all of them in one remark."""
    phrases = load_phrases(lexicon.code)
    missing = {element.name for element in strategy.elements if element.state == "missing"}
    named = [name for name in options["elements"].split() if name in missing]
    absent = [_within(phrases.say("elements", name), lexicon) for name in named]
    if absent:
        asked = " ".join(phrases.say("element_questions", name) for name in named)
        yield Hit(_end(strategy), {"missing": phrases.join(absent), "asked": asked})


def _within(name: str, lexicon: Lexicon) -> str:
    """The name of an element as it stands within a sentence; German keeps the capitals of its nouns."""
    return name if lexicon.code == "de" else name[0].lower() + name[1:]


def be_general(strategy: Strategy, _: Lexicon, __: Mapping[str, str]) -> Iterator[Hit]:
    """A plan for the whole school in which international work has no part (guide 3)."""
    if strategy.model is not None and strategy.model.kind == "general":
        yield Hit(_end(strategy))


def blur_vision(strategy: Strategy, lexicon: Lexicon, _: Mapping[str, str]) -> Iterator[Hit]:
    """Every vision in the document is made of praise: no people, no number, no place in it (guide 4.2)."""
    visions = [one for one in strategy.statements if one.kind == "vision" and one.kinds["vision"] >= _SURE]
    if visions and all(_only_praises(one.text, lexicon) for one in visions):
        first = visions[0]
        yield Hit(Quote(first.text, first.span, first.page), {"quote": _shortened(first.text)})


def _only_praises(text: str, lexicon: Lexicon) -> bool:
    praise = any(lexicon.has(cue, text) for cue in ("soft_quality", "buzzword"))
    people = any(lexicon.groups[group].search(text) for group in lexicon.groups if group != "institution")
    return praise and not people and not any(character.isdigit() for character in text)


def fall_outside_period(strategy: Strategy, _: Lexicon, options: Mapping[str, str]) -> Iterator[Hit]:
    """The period is shorter than `options["least"]` or longer than `options["most"]` years (guide 3: 3 to 5).

    "2026 to 2028" may be two years or three: what fits by either count fits.
    """
    period = strategy.period
    if period is None or int(options["least"]) - 1 <= period.years <= int(options["most"]):
        return
    evidence = next(element.evidence for element in strategy.elements if element.name == "period")
    yield Hit(evidence[0], {"start": str(period.start), "end": str(period.end)})


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


def _short(goal: Goal) -> str:
    return _shortened(goal.statement.text)


def _shortened(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _SCREEN_LINE else words[: _SCREEN_LINE - 1].rsplit(" ", 1)[0] + " …"


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
    "contradict_paper": contradict_paper,
    "contradict_period": contradict_period,
    "only_mobility": only_mobility,
    "leave_topics": leave_topics,
    "ask_mobility": ask_mobility,
    "miss_incentives": miss_incentives,
    "leave_unmeasured": leave_unmeasured,
    "leave_untied": leave_untied,
    "leave_need": leave_need,
    "miss_elements": miss_elements,
    "be_general": be_general,
    "blur_vision": blur_vision,
    "miss_element": miss_element,
    "fall_outside_period": fall_outside_period,
    "be_no_strategy": be_no_strategy,
    **EXCESS_CHECKS,
    "hold_withheld": hold_withheld,
}
