"""Measures how specific the judge finds goals: whether what it says ranks them, and can be taken at its word.

The goals are our own, each judged by models fitted without its source; a goal labelled vague is one where two or more
of "what will be different, for whom, by when, how much" are missing. The ranking is set against counting figures and
capitals, the error against always saying the share of specific goals, and calibration against a plain yes or no.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from assistant.judging.certainty import settle_specificity
from evals.figures import Figure, bootstrap_interval, wilson_interval
from knowledge.labelled import Labelled

Likely = Mapping[str, Mapping[str, float]]
CASES = "own goals, sources held out"
EDGES = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
SHORT = 8  # words
_TELLING = re.compile(r"\d+|(?<=\s)[A-ZÄÖÅÆØÉ]\w+")
_EVEN = 0.5


class Goal(NamedTuple):
    """Whether a reader found a goal specific, how specific the judge finds it (0 to 1), and its words."""

    specific: bool
    said: float
    text: str


def measure_specificity(judged: Sequence[tuple[Labelled, Likely]]) -> tuple[Figure, ...]:
    """Ranking, error and calibration of the specificity of goals, its curve, and the short goals called vague."""
    goals = [
        Goal(not one.vague, settle_specificity(likely["vague"]["no"], likely["measurable"]["yes"]), one.text)
        for one, likely in judged
        if one.kind == "goal" and one.vague is not None
    ]
    share = sum(one.specific for one in goals) / len(goals)
    counted = [Goal(one.specific, len(_TELLING.findall(one.text)), one.text) for one in goals]
    plain = [Goal(one.specific, float(one.said > _EVEN), one.text) for one in goals]
    short = [one for one in goals if one.specific and len(one.text.split()) <= SHORT]
    missed = sum(one.said <= _EVEN for one in short)
    figures = [
        Figure("specificity", name, CASES, len(goals), score(goals), *bootstrap_interval(goals, score), beside, than)
        for name, score, beside, than in (
            ("area under the curve", rank, "figures and capitals counted", rank(counted)),
            ("Brier score", brier, "always the share", brier([Goal(one.specific, share, "") for one in goals])),
            ("calibration error", calibration_error, "a plain yes or no", calibration_error(plain)),
        )
    ]
    for low, high in pairwise(EDGES):
        said = [one.specific for one in goals if _lies(one.said, low, high)]
        held = sum(said) / len(said) if said else 0.0
        measure = f"share specific where {low:.1f}–{high:.1f} is said"
        interval = wilson_interval(sum(said), len(said))
        figures.append(Figure("specificity", measure, CASES, len(said), held, *interval, "all goals", share))
    interval = wilson_interval(missed, len(short))
    told = Figure(
        "specificity",
        f"specific goals of up to {SHORT} words called vague",
        CASES,
        len(short),
        missed / max(1, len(short)),
        *interval,
        "aim",
        0.1,
    )
    return (*figures, told)


def rank(goals: Sequence[Goal]) -> float:
    """How often a specific goal is put above a vague one; ties count half."""
    values = sorted({one.said for one in goals})
    place = {value: number for number, value in enumerate(values)}
    vague = [0] * len(values)
    for one in goals:
        vague[place[one.said]] += not one.specific
    below, passed = [], 0
    for count in vague:
        below.append(passed + count / 2)
        passed += count
    specific = [place[one.said] for one in goals if one.specific]
    return sum(below[at] for at in specific) / (passed * len(specific)) if passed and specific else _EVEN


def brier(goals: Sequence[Goal]) -> float:
    """The mean squared distance of what is said from 1 for specific goals and from 0 for vague ones."""
    return sum((one.said - one.specific) ** 2 for one in goals) / len(goals)


def calibration_error(goals: Sequence[Goal]) -> float:
    """How far what is said lies from the share that holds, in five bins, each weighing as many goals as it has."""
    bins = [[one for one in goals if _lies(one.said, low, high)] for low, high in pairwise(EDGES)]
    return sum(abs(sum(one.said - one.specific for one in some)) for some in bins) / len(goals)


def _lies(value: float, low: float, high: float) -> bool:
    return low <= value < high or value == high == 1
