"""Search by words beside search by meaning: BM25 over stems of the same language and over concepts across languages."""

import math
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.library.stems import content_stems, stem_and_sift
from knowledge.library.thesaurus import concepts_of, concepts_of_word

Numbers = NDArray[np.float64]
SATURATION, LENGTH = 1.5, 0.75  # BM25's k1 and b


@dataclass(frozen=True, slots=True)
class Postings:
    """Where the terms of some texts occur: those of one document, which need not be counted anew beside others'.

    `numbers` gives each term its number; from `bounds[number]` to `bounds[number + 1]` stand in `texts` the places of
    the texts that have it, and in `counts` how often. `lengths` are the texts' lengths in terms.
    """

    numbers: Mapping[str, int]
    bounds: NDArray[np.int32]
    texts: NDArray[np.int32]
    counts: NDArray[np.int32]
    lengths: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class LexicalIndex:
    """BM25 over texts of several documents (in Lucene's form, as Kamphuis et al. 2020 have it), put together at once.

    A document more or less changes how rare a term is, not where it occurs; so that is worked out for each question.
    """

    parts: tuple[Postings, ...]
    size: int

    def scores(self, question: str, language: str) -> Numbers:
        """BM25 of each text for a question, 0 for a text that shares no term with it."""
        scores = np.zeros(self.size)
        lengths = np.concatenate([part.lengths for part in self.parts]) if self.parts else np.zeros(0)
        damping = SATURATION * (1 - LENGTH + LENGTH * lengths / max(1.0, float(lengths.sum()) / max(1, self.size)))
        for term, times in Counter(terms_of(question, language)).items():
            texts, counts = self._find(term)
            if len(texts):
                rarity = math.log(1 + (self.size - len(texts) + 0.5) / (len(texts) + 0.5))
                scores[texts] += times * rarity * counts / (damping[texts] + counts)
        return scores

    @property
    def length(self) -> int:
        """How many terms the texts have together."""
        return sum(int(part.lengths.sum()) for part in self.parts)

    def count(self, term: str) -> int:
        """How many texts have a term."""
        return len(self._find(term)[0])

    def _find(self, term: str) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """The places of the texts that have a term, and how often they do."""
        texts: list[NDArray[np.int32]] = []
        counts: list[NDArray[np.int32]] = []
        before = 0
        for part in self.parts:
            number = part.numbers.get(term)
            if number is not None:
                held = slice(part.bounds[number], part.bounds[number + 1])
                texts.append(part.texts[held] + np.int32(before))
                counts.append(part.counts[held])
            before += len(part.lengths)
        if not texts:
            return np.zeros(0, np.int32), np.zeros(0, np.int32)
        return np.concatenate(texts), np.concatenate(counts)


@dataclass(frozen=True, slots=True)
class Unit:
    """A word or phrase of a question that carries meaning: the terms that stand for it, the concepts' among them."""

    terms: frozenset[str]
    concepts: frozenset[str]


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
    """Index texts by their words and concepts, given as the terms of each (see `terms_of`)."""
    return join_postings([count_terms(terms)])


def join_postings(parts: Sequence[Postings]) -> LexicalIndex:
    """One index over the texts of all, in their order."""
    return LexicalIndex(tuple(parts), sum(len(part.lengths) for part in parts))


def count_terms(texts: Sequence[Sequence[str]]) -> Postings:
    """Count the terms of texts, given as the terms of each (see `terms_of`)."""
    numbers: dict[str, int] = {}
    counted = [Counter(of_text) for of_text in texts]
    terms = np.array([numbers.setdefault(term, len(numbers)) for of_text in counted for term in of_text], np.int_)
    counts = np.array([times for of_text in counted for times in of_text.values()], np.int32)
    owners = np.repeat(np.arange(len(texts), dtype=np.int32), [len(of_text) for of_text in counted])
    order = np.argsort(terms, kind="stable")
    bounds = np.concatenate([[0], np.cumsum(np.bincount(terms, minlength=len(numbers)))]).astype(np.int32)
    lengths = np.array([len(of_text) for of_text in texts], np.int32)
    named = {sys.intern(term): number for term, number in numbers.items()}
    return Postings(named, bounds, owners[order], counts[order], lengths)


def share_known(text: str, language: str, terms: frozenset[str]) -> float:
    """The share of a text's words of meaning found in `terms`, themselves or by a concept; 0 where it has none."""
    stems = set(content_stems(text, language))
    known = [
        f"{language}:{stem}" in terms
        or not terms.isdisjoint(f"#{concept}" for concept in concepts_of_word(stem, language))
        for stem in stems
    ]
    return sum(known) / len(known) if known else 0.0


def find_units(question: str, language: str) -> tuple[Unit, ...]:
    """The words of meaning in a question, each once, and the phrases whose concept none of the words names."""
    every, content = stem_and_sift(question, language)
    units: list[Unit] = []
    for stem in dict.fromkeys(content):
        concepts = frozenset(f"#{one}" for one in concepts_of_word(stem, language))
        units.append(Unit(concepts | {f"{language}:{stem}"}, concepts))
    told = {concept for unit in units for concept in unit.concepts}
    phrases = dict.fromkeys(f"#{one}" for one in concepts_of(every, language))
    return (*units, *(Unit(frozenset({one}), frozenset({one})) for one in phrases if one not in told))


def share_absent(units: Sequence[Unit], terms: frozenset[str]) -> float:
    """The share of a question's words of meaning that name something of which `terms` have nothing."""
    absent = sum(bool(unit.concepts) and terms.isdisjoint(unit.concepts) for unit in units)
    return absent / len(units) if units else 0.0


def terms_of(text: str, language: str) -> list[str]:
    """What a text is found by: the stems of its words, each marked with the language, and the concepts they name.

    A stem meets only the same language's stems, so words that look alike in two languages do not; concepts meet
    across languages.
    """
    every, content = stem_and_sift(text, language)
    return [f"{language}:{stem}" for stem in content] + [f"#{one}" for one in concepts_of(every, language)]
