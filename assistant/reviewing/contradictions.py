"""Finds two passages that cannot both hold: different numbers for the same thing, different years for one plan."""

import itertools
import re
from collections.abc import Iterator, Sequence

from assistant.domain import Contradiction, Goal, Quote, Statement, Strategy
from assistant.judging.quantities import find_numbers
from assistant.judging.similarity import likeness, profile
from assistant.reviewing.stated import Count, find_counts
from knowledge.counting import load_counting
from knowledge.lexicon import Lexicon

_SAME_GOAL = 0.75
# Sentences that plan a yearly number of the same people are about the same thing from here on, numbers left aside.
_SAME_PLAN = 0.3
_DIGITS = re.compile(r"\d+")
_RANGE = re.compile(r"(?<!\d)(20\d\d)\s*(?:[-–—/]|\b\w{1,3}\b)\s*(20\d\d)(?!\d)")
_FACT_KINDS = ("context", "core_skill")


def find_contradictions(goals: Sequence[Goal], others: Sequence[Goal]) -> tuple[Contradiction, ...]:
    """Pairs of nearly the same goal, one of `goals` and one of `others`, that name different numbers."""
    profiles = profile([goal.statement.text for goal in (*goals, *others)])
    left, right = list(zip(goals, profiles, strict=False)), list(zip(others, profiles[len(goals) :], strict=True))
    found = []
    for (one, first), (other, second) in itertools.product(left, right):
        same_place = goals is others and one.statement.span >= other.statement.span
        if same_place or likeness(first, second) < _SAME_GOAL:
            continue
        if _numbers(one) and _numbers(other) and not _numbers(one) & _numbers(other):
            found.append(Contradiction(one.statement.text, quote(one.statement), quote(other.statement)))
    return tuple(found)


def find_inner_contradictions(strategy: Strategy, lexicon: Lexicon) -> tuple[Contradiction, ...]:
    """Goals with different numbers, and sentences anywhere that plan different yearly numbers for the same thing."""
    among_goals = find_contradictions(strategy.goals, strategy.goals)
    taken = {(one.first.span, one.second.span) for one in among_goals}
    plans = [one for one in find_counts(strategy.statements, lexicon) if one.yearly and _plans(one.sentence)]
    profiles = profile([_DIGITS.sub("#", one.sentence.text) for one in plans])
    pairs = itertools.combinations(zip(plans, profiles, strict=True), 2)
    elsewhere = tuple(
        Contradiction(one.place.text, quote(one.sentence), quote(other.sentence))
        for (one, first), (other, second) in pairs
        if _differ(one, other)
        and likeness(first, second) >= _SAME_PLAN
        and (one.sentence.span, other.sentence.span) not in taken
    )
    return (*among_goals, *elsewhere)


def find_periods(strategy: Strategy, lexicon: Lexicon) -> Iterator[Contradiction]:
    """Where a sentence about this very plan names other years than its title does."""
    period = strategy.period
    if period is None:
        return
    document = strategy.document
    title = Quote(document.quote(period.span), period.span, document.page_at(period.span.start))
    ours = load_counting(lexicon.code).ours
    for statement in strategy.statements:
        said = _RANGE.search(statement.text)
        if said is None or not ours.search(statement.text) or statement.span.contains(period.span):
            continue
        if (int(said[1]), int(said[2])) != (period.start, period.end):
            yield Contradiction(title.text, title, quote(statement))


def quote(statement: Statement) -> Quote:
    """All the words of a statement."""
    return Quote(statement.text, statement.span, statement.page)


def _plans(statement: Statement) -> bool:
    return statement.kind not in _FACT_KINDS


def _differ(one: Count, other: Count) -> bool:
    same_sentence = one.sentence.span == other.sentence.span
    return one.group == other.group and one.value != other.value and not same_sentence


def _numbers(goal: Goal) -> set[str]:
    text = goal.statement.text
    return {text[span.start : span.end] for span in find_numbers(text)}
