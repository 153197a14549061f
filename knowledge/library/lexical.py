"""Search by words beside search by meaning: BM25 over stems of the same language and over concepts across languages."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from knowledge.library.stems import content_stems, stem_and_sift
from knowledge.library.thesaurus import concepts_of, concepts_of_word

if TYPE_CHECKING:
    from bm25s import BM25

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class LexicalIndex:
    """BM25 of some texts; `vocabulary` holds every term that occurs in them."""

    index: "BM25"
    vocabulary: frozenset[str]
    size: int

    def scores(self, question: str, language: str) -> Numbers:
        """BM25 of each text for a question, 0 for a text that shares no term with it."""
        asked = [term for term in terms_of(question, language) if term in self.vocabulary]
        return self.index.get_scores(asked).astype(np.float64) if asked else np.zeros(self.size)


@dataclass(frozen=True, slots=True)
class TermIndex:
    """Short texts as sets of terms: where each term occurs, how rare it is, and each text's length by its rarities."""

    places: Mapping[str, NDArray[np.int_]]
    rarity: Mapping[str, float]
    lengths: Numbers

    def cosines(self, question: str, language: str) -> Numbers:
        """How alike a question and each text are in their terms, 0 to 1; terms that no text has are left aside."""
        asked = {term for term in terms_of(question, language) if term in self.places}
        shared = np.zeros(len(self.lengths))
        for term in asked:
            shared[self.places[term]] += self.rarity[term] ** 2
        length = math.sqrt(sum(self.rarity[term] ** 2 for term in asked)) or 1.0
        cosines: Numbers = shared / (self.lengths * length)
        return cosines


def index_terms(texts: Sequence[str], language: str) -> TermIndex:
    """Index short texts of one language by their words and concepts."""
    places: dict[str, list[int]] = {}
    for number, text in enumerate(texts):
        for term in set(terms_of(text, language)):
            places.setdefault(term, []).append(number)
    rarity = {term: math.log((len(texts) + 1) / (len(held) + 0.5)) for term, held in places.items()}
    squares = np.zeros(len(texts))
    for term, held in places.items():
        squares[held] += rarity[term] ** 2
    return TermIndex(
        {term: np.array(held) for term, held in places.items()}, rarity, np.sqrt(np.maximum(squares, 1e-9))
    )


def build_lexical(terms: Sequence[Sequence[str]]) -> LexicalIndex:
    """Index texts by their words and concepts.

    Args:
        terms: of each text (see `terms_of`); at least one of them has some.
    """
    from bm25s import BM25  # half a second that `import knowledge` need not take

    index = BM25()
    index.index(terms, show_progress=False)
    return LexicalIndex(index, frozenset(term for of_text in terms for term in of_text), len(terms))


def share_known(text: str, language: str, terms: frozenset[str]) -> float:
    """The share of a text's words of meaning found in `terms`, themselves or by a concept; 0 where it has none."""
    stems = set(content_stems(text, language))
    known = [
        f"{language}:{stem}" in terms
        or not terms.isdisjoint(f"#{concept}" for concept in concepts_of_word(stem, language))
        for stem in stems
    ]
    return sum(known) / len(known) if known else 0.0


def terms_of(text: str, language: str) -> list[str]:
    """What a text is found by: the stems of its words, each marked with the language, and the concepts they name.

    A stem meets only the same language's stems, so words that look alike in two languages do not; concepts meet
    across languages.
    """
    every, content = stem_and_sift(text, language)
    return [f"{language}:{stem}" for stem in content] + [f"#{one}" for one in concepts_of(every, language)]
