"""From a question's likeness to everything on the shelf: what answers it best, and whether anything does."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.digest import Entry, load_digest
from knowledge.document import Span
from knowledge.library.likeness import Likeness
from knowledge.library.shelf import Place, Shelf
from knowledge.library.signals import read_signals
from knowledge.library.weighing import load_threshold, load_weights

Numbers = NDArray[np.float64]
NEAREST = 5


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that may answer; `score` runs from 0 to 1.

    `entry` is the digest's entry that the question resembles most among those the passage bears out, or None.
    """

    place: Place
    score: float
    entry: Entry | None

    @property
    def quote(self) -> str:
        """The passage's exact words."""
        return self.place.passage.text

    @property
    def span(self) -> Span:
        """Where they stand in the document's text."""
        return self.place.passage.span


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What was found for a question: the best passages first, and the digest's entries that it comes nearest to.

    `covered` says whether the hits answer; `confidence` is the estimated probability, 0 to 1, that they do; `pending`
    is how many passages of the workspace could be found by their words alone, their vectors still to be made.
    """

    question: str
    language: str
    covered: bool
    confidence: float
    hits: tuple[Hit, ...]
    nearest: tuple[Entry, ...]
    pending: int = 0


def rank(question: str, language: str, shelf: Shelf, likeness: Likeness, *, k: int) -> SearchResult:
    """The `k` best passages for a question, and whether it is covered.

    Where only the guide covers it, or only a file, no passage of the other is among the hits; where both do, the best
    passage of the one that does so more surely comes first.

    Args:
        question: in any language.
        language: its code.
        shelf: what can be quoted.
        likeness: the question's cosines with the keys and passages.
        k: how many passages, and entries, to give at most.
    """
    signals = read_signals(question, language, shelf, likeness)
    by_guide = load_weights("guide").chance(signals.guide)
    by_file = load_weights("file").chance(signals.file) if signals.file else 0.0
    covered = max(by_guide, by_file) >= load_threshold()
    scores = 1 / (1 + np.exp(-load_weights("rank").logits(signals.places)))
    order = np.argsort(-scores, kind="stable")
    if covered:
        is_file = shelf.layout.is_file
        order = order[np.where(is_file, by_file >= load_threshold(), by_guide >= load_threshold())[order]]
        first = order[is_file[order] == (by_file > by_guide)][0]
        order = np.array([first, *order[order != first]])
    hits = tuple(_hit(shelf.places[int(place)], float(scores[place]), signals.entries) for place in order[:k])
    nearest = tuple(load_digest()[entry] for entry in np.argsort(-signals.entries, kind="stable")[: max(k, NEAREST)])
    return SearchResult(question, language, covered, max(by_guide, by_file), hits, nearest)


def _hit(place: Place, score: float, entries: Numbers) -> Hit:
    best = max(place.entries, key=lambda entry: float(entries[entry]), default=None)
    return Hit(place, score, None if best is None else load_digest()[best])
