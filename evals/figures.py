"""What an evaluation reports: a figure, its 95 % interval, how many cases stand behind it, and a baseline beside it."""

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

Z_95 = 1.959963984540054
RESAMPLES = 1000
Case = TypeVar("Case")


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number.

    `part` names what was measured ("kinds"), `measure` how ("macro-F1"), `cases` the set it was measured on
    ("own", "shared sample"), `n` its size. `value`, `low`, `high` and `baseline` share one unit, named in `measure`
    where it is not a share between 0 and 1.
    """

    part: str
    measure: str
    cases: str
    n: int
    value: float
    low: float
    high: float
    baseline_name: str
    baseline: float


def wilson_interval(hits: int, n: int) -> tuple[float, float]:
    """The Wilson score interval (95 %) of a share `hits / n`; (0, 1) where there are no cases."""
    if n == 0:
        return 0.0, 1.0
    share = hits / n
    centre = share + Z_95**2 / (2 * n)
    margin = Z_95 * math.sqrt(share * (1 - share) / n + Z_95**2 / (4 * n * n))
    scale = 1 + Z_95**2 / n
    return max(0.0, (centre - margin) / scale), min(1.0, (centre + margin) / scale)


def bootstrap_interval(cases: Sequence[Case], score: Callable[[Sequence[Case]], float]) -> tuple[float, float]:
    """The percentile bootstrap interval (95 %, 1,000 resamples, a fixed seed) of `score` over `cases`."""
    if not cases:
        return 0.0, 1.0
    draw = random.Random(2017)  # noqa: S311 - resampling needs a repeatable sequence, not a secret one
    values = sorted(score(draw.choices(cases, k=len(cases))) for _ in range(RESAMPLES))
    return values[int(0.025 * RESAMPLES)], values[int(0.975 * RESAMPLES) - 1]


def macro_f1(pairs: Sequence[tuple[str, str]]) -> float:
    """The mean F1 over the classes that occur in the gold of `(gold, said)` pairs; 0.0 for none."""
    classes = {gold for gold, _ in pairs}
    return sum(f1(pairs, one) for one in classes) / len(classes) if classes else 0.0


def f1(pairs: Sequence[tuple[str, str]], positive: str) -> float:
    """F1 of class `positive` over `(gold, said)` pairs; 0.0 where it is neither in the gold nor said."""
    hit = sum(gold == said == positive for gold, said in pairs)
    wrong = sum((gold == positive) != (said == positive) for gold, said in pairs)
    return 2 * hit / (2 * hit + wrong) if hit or wrong else 0.0


def accuracy(pairs: Sequence[tuple[str, str]]) -> float:
    """The share of `(gold, said)` pairs that agree; 0.0 for none."""
    return sum(gold == said for gold, said in pairs) / len(pairs) if pairs else 0.0
