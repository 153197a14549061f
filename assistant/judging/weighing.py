"""The judge's small trained models: one weight per sign and label, summed and turned into probabilities.

The weights are fitted by `python -m evals.fit_judge` on the statements in `knowledge/statements/` and kept, with the
SHA-256 of those statements, in `knowledge/trained/judge.json`. Multinomial logistic regression: Hastie, Tibshirani,
Friedman, The Elements of Statistical Learning, section 4.4.
"""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from assistant.judging.wording import LETTERS

Floats = NDArray[np.float64]
Places = NDArray[np.intp]
# The names of the numbers of a gist (gist.py) among the signs, each followed by its place.
GIST = "gist:"


@dataclass(frozen=True, slots=True)
class Head:
    """One question the models answer: its labels, a bias for each, and a row of weights for each sign."""

    labels: tuple[str, ...]
    bias: tuple[float, ...]
    weights: Mapping[str, tuple[float, ...]]

    def probabilities(self, signs: Mapping[str, float]) -> dict[str, float]:
        """Each label's probability, given the signs a statement shows and how strongly; they sum to 1."""
        known = [(strength, self.weights[sign]) for sign, strength in signs.items() if sign in self.weights]
        # Summed exactly, so that the order of the signs makes no difference.
        totals = [
            math.fsum((bias, *(strength * row[place] for strength, row in known)))
            for place, bias in enumerate(self.bias)
        ]
        return dict(zip(self.labels, _share_out(totals), strict=True))


@cache
def read_heads(file: str, part: str = "heads") -> Mapping[str, Head]:
    """The trained heads under `part` in `knowledge/trained/FILE`, by name."""
    data = json.loads((files("knowledge") / "trained" / file).read_text(encoding="utf-8"))
    return {
        name: Head(
            labels=tuple(head["labels"]),
            bias=tuple(head["bias"]),
            weights={sign: tuple(row) for sign, row in head["weights"].items()},
        )
        for name, head in data[part].items()
    }


class Found(NamedTuple):
    """The signs of a statement as rows of a panel's table, and how strongly each shows."""

    places: Places
    strengths: Floats


@dataclass(frozen=True, slots=True)
class Panel:
    """Several heads over one table, so that a statement's signs are looked up once for all of them.

    `labels` are those of each head, `places` the row of each sign, `letters` that of each group of letters; a row
    holds the weights for all labels, head after head. The first row is no sign's. `gist` is the same for the numbers of
    a gist; no rows where the heads were fitted without.
    """

    labels: Mapping[str, tuple[str, ...]]
    bias: Floats
    places: Mapping[str, int]
    letters: Mapping[str, int]
    rows: Floats
    gist: Floats

    def probabilities(
        self, signs: Mapping[str, float], gist: NDArray[np.float32] | None = None
    ) -> dict[str, dict[str, float]]:
        """Each label's probability, by head, given the signs, how strongly they show, and the gist if it was read."""
        return self.weigh(self.look_up(signs), gist)

    def look_up(self, signs: Mapping[str, float], groups: Iterable[str] = (), loudness: float = 0.0) -> "Found":
        """Where the signs that the heads know stand in the table, in its order: sums must not depend on the signs'.

        `groups` are groups of letters that are not among the signs, in the text's order, each showing with `loudness`.
        """
        by_place = dict(zip(map(self.places.get, signs), signs.values(), strict=True))
        by_place.pop(None, None)
        places = sorted(cast("dict[int, float]", by_place))
        letters = list(filter(None, map(self.letters.get, groups)))  # no group stands in the first row, 0
        strengths = [by_place[place] for place in places] + [loudness] * len(letters)
        return Found(np.array(places + letters, np.intp), np.array(strengths, np.float64))

    def weigh(self, found: "Found", gist: NDArray[np.float32] | None = None) -> dict[str, dict[str, float]]:
        """As `probabilities`, of signs that were looked up in this panel, or in one with the same places."""
        totals = self.bias + found.strengths @ self.rows.take(found.places, axis=0)
        if gist is not None:
            totals = totals + gist.astype(np.float64) @ self.gist
        said, left = {}, iter(totals.tolist())
        for name, labels in self.labels.items():
            said[name] = dict(zip(labels, _share_out(list(islice(left, len(labels)))), strict=True))
        return said


def _share_out(totals: Sequence[float]) -> list[float]:
    """Probabilities in the proportion of the powers of e to `totals`; they sum to 1."""
    most = max(totals)
    powers = [math.exp(total - most) for total in totals]
    whole = sum(powers)
    return [power / whole for power in powers]


def seat(heads: Mapping[str, Head], signs: Sequence[str] | None = None) -> Panel:
    """The panel of some heads, in their order; `signs` are the table's rows, where others are to share its places."""
    signs = list_signs(heads) if signs is None else signs
    numbers = sorted(
        {sign for head in heads.values() for sign in head.weights if sign.startswith(GIST)},
        key=lambda sign: int(sign.removeprefix(GIST)),
    )
    return Panel(
        labels={name: head.labels for name, head in heads.items()},
        bias=np.concatenate([np.array(head.bias, np.float64) for head in heads.values()]),
        places={sign: place for place, sign in enumerate(signs, start=1)},
        letters={sign[len(LETTERS) :]: place for place, sign in enumerate(signs, start=1) if sign.startswith(LETTERS)},
        rows=np.vstack([np.zeros(sum(len(head.labels) for head in heads.values())), _stack(heads, signs)]),
        gist=_stack(heads, numbers),
    )


def list_signs(*panels: Mapping[str, Head]) -> list[str]:
    """Every sign that the heads of some panels know, without the numbers of a gist, in order."""
    known = {sign for heads in panels for head in heads.values() for sign in head.weights}
    return sorted(sign for sign in known if not sign.startswith(GIST))


def _stack(heads: Mapping[str, Head], signs: Sequence[str]) -> Floats:
    columns = []
    for head in heads.values():
        none = (0.0,) * len(head.labels)
        rows = [head.weights.get(sign, none) for sign in signs]
        columns.append(np.array(rows, np.float64).reshape(len(signs), len(head.labels)))
    return np.concatenate(columns, axis=1)


class Panels(NamedTuple):
    """The judge's heads ("kind", "vague", "measurable", "time_bound", "compound") twice, with the same places.

    `without` are fitted without gists, `with_gist` with them.
    """

    without: Panel
    with_gist: Panel


@cache
def load_panels() -> Panels:
    """The judge's trained heads."""
    without, with_gist = read_heads("judge.json"), read_heads("judge.json", "heads_with_gist")
    signs = list_signs(without, with_gist)
    return Panels(seat(without, signs), seat(with_gist, signs))
