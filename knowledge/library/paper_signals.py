"""What speaks for a passage of the school's own papers answering a question, and for any of them doing so."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.library.lexical import LexicalIndex, find_units
from knowledge.library.likeness import Likeness
from knowledge.library.papers import Papers, count_asked, find_best
from knowledge.library.weighing import Weights

Numbers = NDArray[np.float64]
UNMEASURED = 0.0  # the likeness of a passage that was not among the likest: what unlike texts have
FEWEST, MOST = 4, 300  # passages of the libraries that the weights were fitted on; what more do is not known
LOOKED_AT = 200  # passages by their words, beside those that are likest by meaning


@dataclass(frozen=True, slots=True)
class PaperSignals:
    """The passages of papers that may answer, by their numbers, and what was measured of each, one number a passage.

    `absent` is the share of the question's words that name something which the passage's whole paper never names;
    `foreign` is 1 where the paper is in another language than the question. `size` is how many passages the papers have
    together.
    """

    numbers: NDArray[np.int_]
    each: Mapping[str, Numbers]
    absent: Numbers
    foreign: Numbers
    size: int

    def scores(self, weights: Weights) -> Numbers:
        """The weighted sum of each passage's signals."""
        return weights.logits(self.each)

    def decisive(self, rank: Weights, told: Mapping[str, float], guide: Weights) -> Mapping[str, float]:
        """The signals by which it is judged whether the best passage answers.

        What the guide answers, the papers seldom do; and the best of many passages is like a question more often by
        chance.

        Args:
            rank: how much each passage's signals count, which says which is the best.
            told: the signals by which it is judged whether the guide answers instead.
            guide: how much each of those counts.
        """
        scores = self.scores(rank)
        best = int(np.argmax(scores))
        others = np.delete(scores, best)
        return {
            "likeness": float(self.each["likeness"][best]),
            "words": float(self.each["words"][best]),
            "lead": float(scores[best] - others.max()) if len(others) else 0.0,
            "absent": float(self.absent[best]),
            "foreign": float(self.foreign[best]),
            **{name: told[name] for name in ("outside", "text", "margin", "known")},
            "guide": guide.logit(told),
            "size": math.log(min(max(self.size, FEWEST), MOST)),
        }


def read_papers(
    question: str, language: str, papers: Papers, likeness: Likeness, field: LexicalIndex
) -> PaperSignals | None:
    """Measure a question against a workspace's papers; None where there are none.

    Args:
        question: in any language.
        language: its code.
        papers: where to look.
        likeness: its cosines with the likest passages.
        field: the words of the guide or its digest, which tell how rare a word is.
    """
    if not papers.size:
        return None
    asked, units = count_asked(question, language), find_units(question, language)
    found = papers.find({*asked, *(term for unit in units for term in unit.terms)})
    measured = np.full(papers.size, UNMEASURED)
    measured[likeness.numbers] = likeness.papers
    words = papers.scores({term: held for term, held in found.items() if term in asked}, asked, field)
    named, absent = np.zeros(papers.size), np.zeros(len(papers.filed))
    for unit in units:
        held = np.zeros(papers.size, np.bool_)
        for term in unit.terms:
            held[found[term][0]] = True
        named += held / len(units)
        if unit.concepts:
            absent += ~papers.having(held) / len(units)
    numbers = np.union1d(find_best(words, LOOKED_AT), likeness.numbers)
    of = papers.paper_of(numbers)
    foreign = np.array([float(one.language != language) for one in papers.filed])
    each = {"likeness": measured[numbers], "words": np.log1p(words[numbers]), "named": named[numbers]}
    return PaperSignals(numbers, each, absent[of], foreign[of], papers.size)
