"""Holds what a strategy wants against what it says it has: people, students, money, years. It asks, it never judges."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from assistant.domain import Element, Goal, Quote, Strategy
from assistant.judging.quantities import find_deadlines, find_years
from assistant.reviewing.contradictions import quote
from assistant.reviewing.goal_checks import Hit, whole
from assistant.reviewing.stated import Count, find_counts, find_money, find_own_number, parse_number
from knowledge.counting import load_counting
from knowledge.document import Span
from knowledge.lexicon import Lexicon

# Guide 4.4: up to six goals are well; more for one, two or three people is a question.
_MANY_GOALS = 7
_FEW_PEOPLE = 3
_FEWEST_DATED = 4
_NEAR = 300
_PLANNING = ("goal", "activity", "indicator")

StrategyCheck = Callable[[Strategy, Lexicon, Mapping[str, str]], Iterator[Hit]]


def outgrow_students(strategy: Strategy, lexicon: Lexicon, _: Mapping[str, str]) -> Iterator[Hit]:
    """More students or journeys a year than the school says it has students."""
    counts = find_counts(strategy.statements, lexicon)
    own = find_own_number(counts, "students", lexicon)
    if own is None:
        return
    wanted = [one for one in counts if one.group in ("students", "stays") and one.yearly and one.value > own.value]
    yield from (_beyond(one, own) for one in wanted[:1])


def outgrow_staff(strategy: Strategy, lexicon: Lexicon, _: Mapping[str, str]) -> Iterator[Hit]:
    """A goal for more teachers than the school says it has."""
    counts = find_counts(strategy.statements, lexicon)
    own = find_own_number(counts, "staff", lexicon)
    if own is None:
        return
    wanted = [
        one for one in counts if one.group == "staff" and one.value > own.value and one.sentence.kind in _PLANNING
    ]
    yield from (_beyond(one, own) for one in wanted[:1])


def exceed_budget(strategy: Strategy, lexicon: Lexicon, _: Mapping[str, str]) -> Iterator[Hit]:
    """Costs named together that come to more than the largest sum called the budget, in the same money."""
    money = find_money(strategy.statements, lexicon)
    budgets = [one for one in money if one.role == "budget"]
    if not budgets:
        return
    budget = max(budgets, key=lambda one: one.value)
    yearly = load_counting(lexicon.code).yearly
    costs = [one for one in money if one.role == "cost" and one.unit == budget.unit]
    for sentence in dict.fromkeys(one.sentence.id for one in costs):
        named = [one for one in costs if one.sentence.id == sentence]
        total = sum(one.value for one in named)
        place = quote(named[0].sentence)
        alike = bool(yearly.search(place.text)) == bool(yearly.search(budget.sentence.text))
        near = abs(place.span.start - budget.sentence.span.end) <= _NEAR
        if total > budget.value and (alike or near):
            yield Hit(place, {"quote": place.text, "first": budget.sentence.text, "total": f"{total:,.0f}"})
            return


def lack_hands(strategy: Strategy, lexicon: Lexicon, _: Mapping[str, str]) -> Iterator[Hit]:
    """Seven goals or more, and three people or fewer named for the work: which come first?"""
    if len(strategy.goals) < _MANY_GOALS:
        return
    organisation = next(element for element in strategy.elements if element.name == "organisation")
    for people, place in _people(organisation, lexicon):
        if people <= _FEW_PEOPLE:
            yield Hit(place, {"count": str(len(strategy.goals)), "people": f"{people:.0f}", "quote": place.text})
            return


def end_together(strategy: Strategy, _: Lexicon, __: Mapping[str, str]) -> Iterator[Hit]:
    """Four goals or more that name a year, all the same one, in a strategy of several years.

    The year in the name of a column ("Target 2030") dates the plan, not each of its goals.
    """
    columns = Counter(goal.beside.time.span for goal in strategy.goals if goal.beside.time)
    dated = [(goal, years) for goal in strategy.goals if (years := _years(goal, columns))]
    if len(dated) < _FEWEST_DATED or len(dated) <= len(strategy.goals) // 2:
        return
    last = {max(years) for _, years in dated}
    if len(last) == 1:
        yield Hit(whole(dated[-1][0]), {"count": str(len(dated)), "year": last.pop()})


def end_outside(strategy: Strategy, _: Lexicon, __: Mapping[str, str]) -> Iterator[Hit]:
    """The last date by which a goal is to be reached lies before the plan's first year or after its last."""
    period = strategy.period
    for goal in strategy.goals if period else ():
        said = max(_deadlines(goal), key=lambda one: one.text, default=None)
        if period and said and not period.start <= int(said.text) <= period.end:
            yield Hit(said, {"quote": said.text, "start": str(period.start), "end": str(period.end)})


def _deadlines(goal: Goal) -> Iterator[Quote]:
    """The years by which a goal is to be reached, in its own words or beside them."""
    statement, time = goal.statement, goal.beside.time
    for year in find_deadlines(statement.text):
        yield Quote(statement.text[year.start : year.end], year.shifted(statement.span.start), statement.page)
    if time:
        for year in find_years(time.text):
            yield Quote(time.text[year.start : year.end], year.shifted(time.span.start), time.page)


def _beyond(wanted: Count, own: Count) -> Hit:
    place = quote(wanted.sentence)
    return Hit(place, {"first": own.place.text, "quote": wanted.place.text})


def _people(organisation: Element, lexicon: Lexicon) -> Iterator[tuple[float, Quote]]:
    """The small numbers of people in what the document says of who does the work, as figures or words."""
    words = load_counting(lexicon.code).numbers
    named = "|".join(re.escape(word) for word in words[1:])
    number = re.compile(rf"(?<![\w.,])(\d{{1,2}}|{named})[ \t]+(?:[^\W\d_]+[ \t]+){{0,2}}?([^\W\d_]+)", re.IGNORECASE)
    for evidence in organisation.evidence:
        for found in number.finditer(evidence.text):
            if lexicon.groups["staff"].search(found[2]):
                word = found[1].casefold()
                value = words.index(word) + 1 if word in words else parse_number(word)
                yield value, evidence


def _years(goal: Goal, columns: Mapping[Span, int]) -> set[str]:
    """The years that a goal names, in its own words or beside them; not those of a column that several share."""
    time = goal.beside.time
    texts = [goal.statement.text, *([time.text] if time and columns[time.span] == 1 else [])]
    return {text[span.start : span.end] for text in texts for span in find_years(text)}


EXCESS_CHECKS: Mapping[str, StrategyCheck] = {
    "outgrow_students": outgrow_students,
    "outgrow_staff": outgrow_staff,
    "exceed_budget": exceed_budget,
    "lack_hands": lack_hands,
    "end_together": end_together,
    "end_outside": end_outside,
}
