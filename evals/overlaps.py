"""Measures whether goals that say the same in other words are told, on sets of goals of ours (cases/overlaps.yaml).

Each set holds one such pair; every other pair is to pass in silence. Baseline: the letters that two goals share.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.domain import Goal
from assistant.judging.judge import judge
from assistant.judging.similarity import likeness, profile
from assistant.reviewing.overlaps import OVERLAP, find_overlaps
from evals.figures import Figure, wilson_interval
from knowledge.datafile import Fields, read_fields

CASES = Path(__file__).with_name("cases") / "overlaps.yaml"
OWN = "own, paraphrased"
_MOST = 9


@dataclass(frozen=True, slots=True)
class GoalSet:
    """A set of goals, two of which say much the same: their places, from 0."""

    language: str
    goals: tuple[str, ...]
    same: tuple[int, int]

    def judge(self) -> tuple[Goal, ...]:
        """The goals as the judge reads them, with ids that are their places."""
        judged = (judge(goal, language=self.language) for goal in self.goals)
        return tuple(
            replace(goal, statement=replace(goal.statement, id=str(place))) for place, goal in enumerate(judged)
        )


def load_sets() -> tuple[GoalSet, ...]:
    """The sets of goals, in the file's order."""
    return tuple(_read(one) for one in read_fields(CASES).each("sets"))


def measure() -> tuple[Figure, ...]:
    """The share of the pairs found, and of the other pairs that are told all the same."""
    sets = load_sets()
    said = [{(int(one.first), int(one.second)) for one in find_overlaps(each.judge())} for each in sets]
    plain = [_by_letters(each.goals) for each in sets]
    return (
        _figure("overlaps found", sets, said, plain, same=True),
        _figure("pairs told that differ", sets, said, plain, same=False),
    )


def _figure(
    name: str,
    sets: Sequence[GoalSet],
    said: Sequence[set[tuple[int, int]]],
    plain: Sequence[set[tuple[int, int]]],
    *,
    same: bool,
) -> Figure:
    asked = [
        (pair in ours, pair in theirs)
        for each, ours, theirs in zip(sets, said, plain, strict=True)
        for pair in itertools.combinations(range(len(each.goals)), 2)
        if (pair == each.same) is same
    ]
    ours, letters = (sum(one) for one in zip(*asked, strict=True))
    n = len(asked)
    return Figure("set faults", name, OWN, n, ours / n, *wilson_interval(ours, n), "letters shared", letters / n)


def _by_letters(goals: Sequence[str]) -> set[tuple[int, int]]:
    profiles = profile(goals)
    pairs = itertools.combinations(range(len(goals)), 2)
    return {(one, other) for one, other in pairs if likeness(profiles[one], profiles[other]) >= OVERLAP}


def _read(one: Fields) -> GoalSet:
    one.allow("language", "goals", "same")
    same = one.inner("same")
    return GoalSet(
        one.text("language"), one.texts("goals", 2, _MOST), (same.number("first") - 1, same.number("second") - 1)
    )
