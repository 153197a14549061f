"""What speaks for a passage of the school's own papers answering a question, and for any of them doing so."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.library.lexical import find_units
from knowledge.library.likeness import Likeness
from knowledge.library.shelf import Place, Shelf
from knowledge.library.weighing import Weights

Numbers = NDArray[np.float64]
UNMEASURED = 0.0  # the likeness of a passage that was not among the likest: what unlike texts have


@dataclass(frozen=True, slots=True)
class PaperSignals:
    """The passages of papers that may answer, and what was measured of each, one number a passage.

    `absent` is the share of the question's words that name something which the passage's whole paper never names;
    `foreign` is 1 where the paper is in another language than the question.
    """

    places: tuple[Place, ...]
    each: Mapping[str, Numbers]
    absent: Numbers
    foreign: Numbers

    def scores(self, weights: Weights) -> Numbers:
        """The weighted sum of each passage's signals."""
        return weights.logits(self.each)

    def decisive(self, scores: Numbers) -> Mapping[str, float]:
        """The signals by which it is judged whether the best passage answers, `scores` saying which that is."""
        best = int(np.argmax(scores))
        others = np.delete(scores, best)
        return {
            "likeness": float(self.each["likeness"][best]),
            "lead": float(scores[best] - others.max()) if len(others) else 0.0,
            "named": float(self.each["named"][best]),
            "absent": float(self.absent[best]),
            "foreign": float(self.foreign[best]),
        }


def read_papers(question: str, language: str, shelf: Shelf, likeness: Likeness) -> PaperSignals | None:
    """Measure a question against the papers on a shelf; None where there are none."""
    numbers = np.flatnonzero(shelf.layout.is_file)
    if not len(numbers):
        return None
    places = tuple(shelf.places[int(number)] for number in numbers)
    measured = shelf.layout.by_key(likeness.passages)[numbers]
    papers = np.unique([place.document_id for place in places], return_inverse=True)[1]
    named, absent = np.zeros(len(places)), np.zeros(len(places))
    units = find_units(question, language)
    for unit in units:
        held = shelf.lexical.holding(unit.terms)[numbers]
        named += held / len(units)
        if unit.concepts:
            absent += ~(np.bincount(papers, held) > 0)[papers] / len(units)
    each = {
        "likeness": np.where(np.isnan(measured), UNMEASURED, measured),
        "words": np.log1p(shelf.lexical.scores(question, language)[numbers]),
        "named": named,
    }
    foreign = np.array([float(place.document.language != language) for place in places])
    return PaperSignals(places, each, absent, foreign)
