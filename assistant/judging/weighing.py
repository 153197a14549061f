"""The judge's small trained models: one weight per sign and label, summed and turned into probabilities.

The weights are fitted by `python -m evals.fit_judge` on the statements in `knowledge/statements/` and kept, with the
SHA-256 of those statements, in `knowledge/trained/judge.json`. Multinomial logistic regression: Hastie, Tibshirani,
Friedman, The Elements of Statistical Learning, section 4.4.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Head:
    """One question the models answer: its labels, a bias for each, and a row of weights for each sign."""

    labels: tuple[str, ...]
    bias: tuple[float, ...]
    weights: Mapping[str, tuple[float, ...]]

    def probabilities(self, signs: Mapping[str, float]) -> dict[str, float]:
        """Each label's probability, given the signs a statement shows and how strongly; they sum to 1."""
        totals = list(self.bias)
        for sign, strength in sorted(signs.items()):
            for place, weight in enumerate(self.weights.get(sign, ())):
                totals[place] += strength * weight
        powers = [math.exp(total - max(totals)) for total in totals]
        return {label: power / sum(powers) for label, power in zip(self.labels, powers, strict=True)}


def load_heads() -> Mapping[str, Head]:
    """The judge's heads by name ("kind", "vague", "measurable", "time_bound", "compound")."""
    return read_heads("judge.json")


@cache
def read_heads(file: str) -> Mapping[str, Head]:
    """The trained heads in `knowledge/trained/FILE`, by name."""
    data = json.loads((files("knowledge") / "trained" / file).read_text(encoding="utf-8"))
    return {
        name: Head(
            labels=tuple(head["labels"]),
            bias=tuple(head["bias"]),
            weights={sign: tuple(row) for sign, row in head["weights"].items()},
        )
        for name, head in data["heads"].items()
    }


def weigh_heads(signs: Mapping[str, float]) -> dict[str, dict[str, float]]:
    """What every head says of the same signs, by the head's name: as `Head.probabilities`, all in one pass."""
    table = _load_table()
    # Sorted, since the signs come out of sets and a sum of floats depends on its order.
    rows = sorted((table.rows[sign], strength) for sign, strength in signs.items() if sign in table.rows)
    places = [place for place, _ in rows]
    strengths = np.array([strength for _, strength in rows])
    totals = table.bias + (table.weights[places] * strengths[:, None]).sum(axis=0)
    likely = {}
    for name, (start, labels) in table.columns.items():
        own = totals[start : start + len(labels)]
        powers = np.exp(own - own.max())
        likely[name] = dict(zip(labels, (powers / powers.sum()).tolist(), strict=True))
    return likely


@dataclass(frozen=True, slots=True)
class _Table:
    """All heads side by side: a row of weights a sign, and for each head its first column and its labels."""

    rows: Mapping[str, int]
    weights: NDArray[np.float64]
    bias: NDArray[np.float64]
    columns: Mapping[str, tuple[int, tuple[str, ...]]]


@cache
def _load_table() -> _Table:
    heads = load_heads()
    signs = sorted({sign for head in heads.values() for sign in head.weights})
    rows = {sign: place for place, sign in enumerate(signs)}
    weights = np.zeros((len(signs), sum(len(head.labels) for head in heads.values())))
    columns, start = {}, 0
    for name, head in heads.items():
        columns[name] = (start, head.labels)
        for sign, row in head.weights.items():
            weights[rows[sign], start : start + len(row)] = row
        start += len(head.labels)
    bias = np.array([value for head in heads.values() for value in head.bias])
    return _Table(rows, weights, bias, columns)
