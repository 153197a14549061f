"""Measures the score against our own ranking: strategies that we wrote from bad to excellent, ranked before any score.

Kendall's tau over all pairs of one language that the ranking tells apart: 1 where the score keeps every order, 0 where
it keeps as many as it turns. Baseline: the longer document is the better one.
"""

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.reviewing.critique import critique
from evals.figures import Figure, bootstrap_interval
from knowledge.datafile import read_fields
from knowledge.reading.files import read_bytes

CASES = Path(__file__).with_name("cases") / "ranked_strategies.yaml"


@dataclass(frozen=True, slots=True)
class Ranked:
    """One strategy and its rank among those of its language; 1 is the worst."""

    id: str
    language: str
    rank: int
    text: str


def load_ranked() -> tuple[Ranked, ...]:
    """The ranked strategies, their line breaks kept."""
    data = read_fields(CASES)
    return tuple(
        Ranked(one.text("id"), one.text("language"), one.number("rank"), str(one.values["text"]))
        for one in data.each("strategies")
    )


def measure() -> tuple[Figure, ...]:
    """Kendall's tau of the score, the mean score of the best and of the worst of each language."""
    ranked = load_ranked()
    totals = {one.id: critique(read_bytes(one.text.encode(), f"{one.id}.txt")).score.total for one in ranked}
    pairs = _pairs(ranked, lambda one: float(totals[one.id]))
    lengths = _pairs(ranked, lambda one: float(len(one.text)))
    best = [one for one in ranked if one.rank == max(other.rank for other in ranked if other.language == one.language)]
    worst = [one for one in ranked if one.rank == 1]
    gap = min(totals[one.id] for one in best) - max(totals[one.id] for one in worst)
    return (
        Figure(
            "score", "Kendall's tau", "own, ranked by hand", len(pairs), _tau(pairs), *bootstrap_interval(pairs, _tau),
            "the longer the better", _tau(lengths),
        ),
        Figure("score", "points from the best soft one to the worst good one", "own, ranked by hand", len(ranked),
               float(gap), float(gap), float(gap), "none", 0.0),
    )  # fmt: skip


def _pairs(ranked: Sequence[Ranked], value: Callable[[Ranked], float]) -> list[int]:
    """For each pair of one language with different ranks: 1 where the value keeps the order, -1 where it turns it."""
    signs = []
    for one, other in itertools.combinations(ranked, 2):
        if one.language != other.language or one.rank == other.rank:
            continue
        lower, higher = sorted((one, other), key=lambda ranked: ranked.rank)
        signs.append((value(higher) > value(lower)) - (value(higher) < value(lower)))
    return signs


def _tau(signs: Sequence[int]) -> float:
    return sum(signs) / len(signs) if signs else 0.0
