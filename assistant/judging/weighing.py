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


@cache
def load_heads() -> Mapping[str, Head]:
    """The trained heads by name ("kind", "vague", "measurable", "time_bound", "compound")."""
    data = json.loads((files("knowledge") / "trained" / "judge.json").read_text(encoding="utf-8"))
    return {
        name: Head(
            labels=tuple(head["labels"]),
            bias=tuple(head["bias"]),
            weights={sign: tuple(row) for sign, row in head["weights"].items()},
        )
        for name, head in data["heads"].items()
    }
