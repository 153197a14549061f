"""How near what two texts mean lies by e5, as seen from the middle of all goals; nothing where that model is missing.

All goals of schools lie in one corner of its space, where everything is like everything; seen from their middle, texts
that speak of the same lie in one direction.
"""

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from assistant.judging.meaning import has_meaning, read_meaning
from knowledge.library.embeddings import THREADS

Floats = NDArray[np.float64]


def compare(texts: Sequence[str], others: Sequence[str]) -> Floats | None:
    """How near each of `texts` (rows) lies to each of `others` (columns), -1 to 1; None where meaning is not read."""
    if not has_meaning() or not texts or not others:
        return None
    nearness: Floats = _directions(texts) @ _directions(others).T
    return nearness


def _directions(texts: Sequence[str]) -> Floats:
    with ThreadPoolExecutor(THREADS) as pool:
        read = [list(meaning.values()) for meaning in pool.map(read_meaning, texts)]
    vectors = np.array(read) - _load_middle()
    directions: Floats = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return directions


@cache
def _load_middle() -> Floats:
    """The middle of all goals, as `python -m evals.fit_overlaps` found it."""
    data = json.loads((files("knowledge") / "trained" / "overlaps.json").read_text(encoding="utf-8"))
    return np.array(data["middle"])
