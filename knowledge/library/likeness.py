"""How like a question is to the digest, in English and in its own language, and to passages: cosines."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.library.directions import Directions, load_directions
from knowledge.library.embeddings import NamedEmbeddings, ReadQuestion
from knowledge.library.keys import DIGEST_LANGUAGE, digest_keys, load_vectors
from knowledge.library.levels import Level, load_levels
from knowledge.library.space import Space, measure_space

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Likeness:
    """A question's cosine with every key of the digest, in order, and with the passages that were looked up, by key.

    `native` are its cosines with the keys in its own language, in their order; none where there are none. `learnt` is
    how like it is to what is asked of each entry, in no unit (see `directions.py`); empty for a model without. `papers`
    has the cosines of the passages of papers among those looked up, `numbers` which passages those are.
    """

    keys: Numbers
    passages: Mapping[str, float]
    native: Numbers
    learnt: Numbers
    numbers: NDArray[np.int_]
    papers: Numbers


@dataclass(frozen=True, slots=True)
class PlacedPassages:
    """Passages' vectors in the space of the digest, a row a key.

    `numbers` are those of papers' passages (see `papers.py`), `owners` the row of each.
    """

    keys: tuple[str, ...]
    rows: Numbers
    numbers: NDArray[np.int_]
    owners: NDArray[np.int_]


@dataclass(frozen=True, slots=True)
class Placed:
    """The digest's keys in a language, in order, as vectors of the space that they span."""

    space: Space
    keys: Numbers


@dataclass(frozen=True, slots=True)
class DigestVectors:
    """The English digest, and the same in the language of a question; None for English and a language without it.

    `question` is the space of questions in that language; `levels` are the languages' (see `levels.py`); `directions`
    those that were learnt for the entries, None for a model without.
    """

    english: Placed
    native: Placed | None
    question: Space
    levels: Mapping[str, Level]
    directions: Directions | None

    def probe(self, vector: Numbers) -> NDArray[np.float32]:
        """What to look up texts with for a question as its model embeds it: they are stored as the model made them."""
        return self.question.probe(vector).astype(np.float32)


def open_digest(embeddings: NamedEmbeddings, language: str, folder: Path) -> DigestVectors:
    """The digest's vectors for questions in a language (see `load_vectors`), placed in their space."""
    raw = load_vectors(embeddings, DIGEST_LANGUAGE, folder).astype(np.float64)
    kinds, _ = kinds_and_owners(DIGEST_LANGUAGE)
    space = measure_space(raw[kinds != "text"], raw[kinds == "text"])
    english = Placed(space, _place(raw, kinds, space))
    levels = load_levels(embeddings.identity)
    own, directions = _space_of(language, space, levels), load_directions(embeddings.identity, language)
    if language == DIGEST_LANGUAGE or not digest_keys(language):
        return DigestVectors(english, None, own, levels, directions)
    translated = load_vectors(embeddings, language, folder).astype(np.float64)
    return DigestVectors(english, _place_beside(language, translated, raw, space), own, levels, directions)


def place_passages(
    digest: DigestVectors,
    vectors: Mapping[str, NDArray[np.float32]],
    languages: Mapping[str, str],
    numbers: Mapping[str, NDArray[np.int_]],
) -> PlacedPassages:
    """Passages placed where any question can be compared with them.

    Args:
        digest: opened for any language.
        vectors: by key, as the model made them.
        languages: the language of each text, by key; a passage that has just been removed has none, and is left out.
        numbers: the numbers of the papers' passages that have a key.
    """
    keys = tuple(key for key in vectors if key in languages)
    spoken = np.array([languages[key] for key in keys])
    raw = np.array([vectors[key] for key in keys], np.float64)
    rows = np.zeros_like(raw)
    for language in set(spoken.tolist()):
        own = spoken == language
        rows[own] = _space_of(language, digest.english.space, digest.levels).of_texts(raw[own])
    pairs = [(number, row) for row, key in enumerate(keys) if key in numbers for number in numbers[key].tolist()]
    table = np.array(pairs, np.int_).reshape(-1, 2)
    return PlacedPassages(keys, rows, table[:, 0], table[:, 1])


NOTHING_PLACED = PlacedPassages((), np.zeros((0, 0)), np.zeros(0, np.int_), np.zeros(0, np.int_))


def compare(question: ReadQuestion, digest: DigestVectors, passages: PlacedPassages) -> Likeness:
    """How like a question is to the digest and to some passages.

    Args:
        question: as its model reads it.
        digest: opened for the question's language.
        passages: those that were looked up.
    """
    english, native = digest.english, digest.native
    vector = question.vector[None, :]
    placed = digest.question.of_questions(vector)[0]
    at_home = native.keys @ native.space.of_questions(vector)[0] if native else np.empty(0)
    learnt = digest.directions.compare(question.states) if digest.directions and question.states.size else np.empty(0)
    cosines = passages.rows @ placed if passages.keys else np.empty(0)
    by_key = dict(zip(passages.keys, cosines.tolist(), strict=True))
    return Likeness(english.keys @ placed, by_key, at_home, learnt, passages.numbers, cosines[passages.owners])


def _space_of(language: str, space: Space, levels: Mapping[str, Level]) -> Space:
    return space.moved(levels[language].question, levels[language].text) if language in levels else space


def _place_beside(language: str, translated: Numbers, english: Numbers, space: Space) -> Placed:
    """Keys in another language, in the English space moved by what the language adds to the same entries' keys."""
    kinds, owners = kinds_and_owners(language)
    english_kinds, english_owners = kinds_and_owners(DIGEST_LANGUAGE)
    same = np.isin(english_owners, owners)
    by_question, by_text = (
        translated[kinds == kind].mean(axis=0) - english[same & (english_kinds == kind)].mean(axis=0)
        for kind in ("question", "text")
    )
    moved = space.moved(by_question, by_text)
    return Placed(moved, _place(translated, kinds, moved))


def _place(raw: Numbers, kinds: NDArray[np.str_], space: Space) -> Numbers:
    return np.where((kinds == "text")[:, None], space.of_texts(raw), space.of_questions(raw))


@cache
def kinds_and_owners(language: str) -> tuple[NDArray[np.str_], NDArray[np.int_]]:
    """The kind and the entry of each key of the digest in a language, in their order."""
    keys = digest_keys(language)
    return np.array([key.kind for key in keys]), np.array([key.entry for key in keys])
