"""A critique in the order in which it is read: the whole first, then goal by goal, a few remarks open, the rest folded.

The report and the Critique tab are written from the same arrangement, so that both say the same things first.
"""

from dataclasses import dataclass

from assistant.domain import Critique, Finding, Goal, Quote
from assistant.reviewing.emphasis import goals_of, spoken_by


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to say: the finding, the numbers of the goals it speaks of, and the words it points at.

    `goals` is empty where it speaks of the set or the document; `places` holds each goal's or word's quote once.
    """

    finding: Finding
    goals: tuple[int, ...]
    places: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Remarks:
    """The few that stand open, and the rest behind one click."""

    first: tuple[Remark, ...]
    more: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class GoalRemarks:
    """One goal with what is said of it alone; `echoed` where a remark on the whole speaks of it too."""

    number: int
    goal: Goal
    remarks: Remarks
    echoed: bool


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The remarks on the whole, on each goal, and what the manager dismissed."""

    whole: Remarks
    goals: tuple[GoalRemarks, ...]
    dismissed: tuple[Finding, ...]


def arrange(critique: Critique) -> Arrangement:
    """The critique's remarks, each said once, where a reader looks for it."""
    numbers = {goal.statement.id: number for number, goal in enumerate(critique.strategy.goals, start=1)}
    whole: list[Remark] = []
    single: dict[int, list[Remark]] = {number: [] for number in numbers.values()}
    echoed: set[int] = set()
    for finding in critique.findings:
        if finding.repeats is not None or finding.dismissed is not None:
            continue
        remark = _remark(finding, critique, numbers)
        if len(remark.goals) == 1:
            single[remark.goals[0]].append(remark)
        else:
            whole.append(remark)
            echoed.update(remark.goals)
    return Arrangement(
        whole=_fold(whole),
        goals=tuple(
            GoalRemarks(number, goal, _fold(single[number]), number in echoed)
            for number, goal in enumerate(critique.strategy.goals, start=1)
        ),
        dismissed=tuple(one for one in critique.findings if one.dismissed is not None),
    )


def _remark(finding: Finding, critique: Critique, numbers: dict[str, int]) -> Remark:
    spoken = spoken_by(finding, critique.findings)
    goals = sorted(numbers[one] for one in goals_of(finding, critique.findings) if one in numbers)
    places = dict.fromkeys(one.quote for one in sorted(spoken, key=lambda one: one.quote.span) if one.quote.text)
    return Remark(finding, tuple(goals), tuple(places))


def _fold(remarks: list[Remark]) -> Remarks:
    first = tuple(one for one in remarks if one.finding.shown)
    return Remarks(first, tuple(one for one in remarks if not one.finding.shown))
