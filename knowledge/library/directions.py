"""Which questions are asked of which entry of the digest: for each entry a direction, learnt from its questions.

Questions that ask the same may share no word, and their vectors may lie no nearer to each other than to others: what a
small model thinks important is not what tells our entries apart. So where the questions of an entry lie is learnt, over
the states of several layers at once, from all its questions in nine languages (`python -m evals.fit_directions`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.digest import load_digest
from knowledge.identification import LANGUAGES

Numbers = NDArray[np.float64]
LEARNT_FROM = "learnt from "
WHOLE = 127  # the largest number of a byte: directions are shipped as bytes times a scale of their own


@dataclass(frozen=True, slots=True)
class Directions:
    """The mean of questions in a language, and the direction of each entry, a row each, in the digest's order."""

    mean: Numbers
    entries: Numbers

    def compare(self, states: Numbers) -> Numbers:
        """How like a question is to what is asked of each entry, in no unit: what counts is which are likest.

        Args:
            states: the question's mean states, a row a layer (see `embeddings.ReadQuestion`).
        """
        likeness: Numbers = self.entries @ lay_side_by_side(states[None], self.mean)[0]
        return likeness


def lay_side_by_side(states: Numbers, mean: Numbers) -> Numbers:
    """Questions' states without their mean, each layer's of length 1, the layers of a question in one row.

    Args:
        states: of some questions, a row a layer for each.
        mean: of all questions in their language, the layers one after another.
    """
    centred = states - mean.reshape(states.shape[1:])
    units: Numbers = centred / np.maximum(np.linalg.norm(centred, axis=2, keepdims=True), 1e-9)
    return units.reshape(len(states), -1)


@cache
def load_directions(identity: str, language: str) -> Directions | None:
    """The directions for a model and questions in a language; None for a model that none were learnt for.

    An entry that came into the digest later has none, and is like no question. In a language that we do not speak the
    mean is that of ours together.
    """
    found = _read(identity)
    if not found:
        return None
    mean = found[language] if language in LANGUAGES else np.mean([found[one] for one in LANGUAGES], axis=0)
    nothing = np.zeros_like(found[LANGUAGES[0]])
    return Directions(mean, np.array([found.get(entry.id, nothing) for entry in load_digest()]))


@cache
def _read(identity: str) -> Mapping[str, Numbers]:
    file = files("knowledge") / "coverage" / _file_name(identity)
    if not file.is_file():
        return {}
    with file.open("rb") as stream:
        rows = np.load(stream, allow_pickle=False)
    return dict(zip(rows["name"].tolist(), rows["bytes"] * rows["scale"][:, None].astype(float), strict=True))


def learnt_from(identity: str) -> str:
    """The hash of what the directions for a model were learnt from; "" where there are none."""
    return next((name.removeprefix(LEARNT_FROM) for name in _read(identity) if name.startswith(LEARNT_FROM)), "")


def write_directions(
    identity: str, source: str, means: Mapping[str, Numbers], entries: Mapping[str, Numbers], folder: Path
) -> Path:
    """Write what was learnt for a model.

    Args:
        identity: the model's.
        source: a hash of what it was learnt from, which is kept as the name of an empty row.
        means: of questions, by language.
        entries: their directions, by their ids.
        folder: where to.
    """
    named = {**means, **entries}
    names = [*named, LEARNT_FROM + source]
    table = np.array([*named.values(), np.zeros_like(next(iter(named.values())))])
    scales = np.maximum(np.abs(table).max(axis=1), 1e-9) / WHOLE
    rows = np.empty(len(table), [("name", "U64"), ("scale", "<f4"), ("bytes", "i1", table.shape[1:])])
    rows["name"], rows["scale"], rows["bytes"] = names, scales, np.rint(table / scales[:, None])
    path = folder / _file_name(identity)
    np.save(path, rows)
    return path


def _file_name(identity: str) -> str:
    return f"{identity.replace('==', '-').replace('/', '-')}.directions.npy"
