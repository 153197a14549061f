"""How much each signal counts, from `coverage/weights.yaml`."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from knowledge.datafile import Fields, list_data, read_fields

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Weights:
    """Coefficients by signal; `python -m evals.retrieval --fit` fits them to the project's own questions."""

    constant: float
    by_signal: Mapping[str, float]

    def logit(self, signals: Mapping[str, float]) -> float:
        """The weighted sum of single numbers."""
        return self.constant + sum(weight * signals[name] for name, weight in self.by_signal.items())

    def chance(self, signals: Mapping[str, float]) -> float:
        """The probability, 0 to 1, that the weighted sum stands for."""
        return 1 / (1 + math.exp(-self.logit(signals)))

    def logits(self, signals: Mapping[str, Numbers]) -> Numbers:
        """The weighted sum of arrays."""
        total: Numbers = np.sum([weight * signals[name] for name, weight in self.by_signal.items()], axis=0)
        return total + self.constant


@cache
def _settings() -> Fields:
    return next(read_fields(file) for file in list_data("coverage") if file.name == "weights.yaml")


@cache
def load_threshold(name: str) -> float:
    """The probability from which a question counts as covered by "guide" or "papers", always or in a certain case."""
    return _real(_settings().inner("thresholds"), name)


@cache
def load_weights(name: str) -> Weights:
    """The coefficients of one of the sets in the file: "rank", "guide", "paper_rank" or "papers".

    Raises:
        ValueError: if the file is malformed.
    """
    fields = _settings().inner(name)
    by_signal = {signal: _real(fields, signal) for signal in fields.values if signal != "constant"}
    return Weights(_real(fields, "constant"), by_signal)


def _real(fields: Fields, key: str) -> float:
    value = fields.values.get(key)
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise fields.fault(key, f"must be a number, not {value!r}")
    return float(value)
