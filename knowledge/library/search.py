"""From a question's likeness to everything on the shelf: what answers it best, and whether anything does."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from knowledge.datafile import Fields, list_data, read_fields
from knowledge.digest import Entry, load_digest
from knowledge.document import Span
from knowledge.library.keys import digest_keys
from knowledge.library.lexical import share_known, terms_of
from knowledge.library.shelf import Place, Shelf
from knowledge.library.space import Space, measure_space

Numbers = NDArray[np.float64]
NEIGHBOURS = 3
DIGEST_LANGUAGE = "en"
NEAREST = 5
UNLIKE = -3.0  # standard deviations: what is assumed of a likeness that was not measured
TEXT_SHARE = 0.7  # of an entry's words beside its questions, where entries are compared with each other


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

    `covered` says whether the hits answer; `confidence` is the estimated probability, 0 to 1, that they do.
    """

    question: str
    language: str
    covered: bool
    confidence: float
    hits: tuple[Hit, ...]
    nearest: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Likeness:
    """A question's cosine with every key of the digest, in order, and with the passages that were looked up, by key."""

    keys: Numbers
    passages: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class DigestVectors:
    """The digest's keys, in order, as vectors of the space that they span."""

    space: Space
    keys: Numbers


@dataclass(frozen=True, slots=True)
class Signals:
    """What was measured of a question, before any weighing.

    `places` has an array for each ranking signal, one number a place on the shelf; `guide` and `file` are the signals
    by which it is judged whether the guide, or a file, covers the question; `entries` has one number a digest entry.
    """

    places: Mapping[str, Numbers]
    guide: Mapping[str, float]
    file: Mapping[str, float]
    entries: Numbers


@dataclass(frozen=True, slots=True)
class Weights:
    """Coefficients by signal; `python -m evals.retrieval --fit` fits them to the project's own questions."""

    constant: float
    by_signal: Mapping[str, float]

    def logit(self, signals: Mapping[str, float]) -> float:
        """The weighted sum of single numbers."""
        return self.constant + sum(weight * signals[name] for name, weight in self.by_signal.items())

    def logits(self, signals: Mapping[str, Numbers]) -> Numbers:
        """The weighted sum of arrays."""
        total: Numbers = np.sum([weight * signals[name] for name, weight in self.by_signal.items()], axis=0)
        return total + self.constant


def place_digest(vectors: Mapping[str, NDArray[np.float32]]) -> DigestVectors:
    """Measure the space of the digest's vectors, given by the ids of its keys, and place them in it."""
    kinds, _ = _kinds_and_owners()
    raw = np.array([vectors[key.id] for key in digest_keys()], np.float64)
    space = measure_space(raw[kinds != "text"], raw[kinds == "text"])
    return DigestVectors(space, np.where((kinds == "text")[:, None], space.of_texts(raw), space.of_questions(raw)))


def compare(question: Numbers, digest: DigestVectors, passages: Mapping[str, NDArray[np.float32]]) -> Likeness:
    """How like a question, as its model embeds it, is to the digest and to some passages, given by their keys."""
    placed = digest.space.of_questions(question[None, :])[0]
    if not passages:
        return Likeness(digest.keys @ placed, {})
    cosines = digest.space.of_texts(np.array(list(passages.values()), np.float64)) @ placed
    return Likeness(digest.keys @ placed, dict(zip(passages, cosines.tolist(), strict=True)))


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
    by_guide = _chance("guide", signals.guide)
    by_file = _chance("file", signals.file) if signals.file else 0.0
    covered = max(by_guide, by_file) >= _threshold()
    scores = 1 / (1 + np.exp(-_weights("rank").logits(signals.places)))
    order = [int(place) for place in np.argsort(-scores, kind="stable")]
    if covered:
        of_file, of_guide = by_file >= _threshold(), by_guide >= _threshold()
        order = [place for place in order if (of_file if shelf.places[place].section is None else of_guide)]
        order.remove(first := next(one for one in order if (shelf.places[one].section is None) == (by_file > by_guide)))
        order.insert(0, first)
    hits = tuple(_hit(shelf.places[place], float(scores[place]), signals.entries) for place in order[:k])
    nearest = tuple(load_digest()[entry] for entry in np.argsort(-signals.entries, kind="stable")[: max(k, NEAREST)])
    return SearchResult(question, language, covered, max(by_guide, by_file), hits, nearest)


def read_signals(question: str, language: str, shelf: Shelf, likeness: Likeness) -> Signals:
    """Measure a question against the shelf.

    Cosines are put in standard deviations above the mean over the digest's keys of the same kind, for this question:
    they lie in a narrow band that moves with the question and its language, so none means much by itself.
    """
    kinds, owners = _kinds_and_owners()
    cosines = likeness.keys
    questions, texts = cosines[kinds == "question"], cosines[kinds == "text"]
    outside = _standard(cosines[kinds == "outside"], questions)
    by_question, by_two = _best_and_second(owners[kinds == "question"], _standard(questions, questions))
    by_text, _ = _best_and_second(owners[kinds == "text"], _standard(texts, texts))
    measured = _standard(np.array([likeness.passages.get(place.key or "", np.nan) for place in shelf.places]), texts)
    of_text = _over_places(shelf, by_text, measured)
    passage = np.where(np.isnan(measured), of_text, measured)
    words = np.log1p(shelf.lexical.scores(question, language))
    places = {
        "questions": _over_places(shelf, by_two, passage),
        "text": of_text,
        "passage": passage,
        "words": words,
        "asks": np.array([_share_asking(place) for place in shelf.places]),
    }
    guide = {
        "margin": float(by_question.max() - outside.max()),
        "margin_of_three": float(np.sort(by_question)[-NEIGHBOURS:].mean() - np.sort(outside)[-NEIGHBOURS:].mean()),
        "text": float(by_text.max()),
        "known": share_known(question, language, shelf.field_terms),
        "foreign": float(language != DIGEST_LANGUAGE),
    }
    file = _file_signals(question, language, shelf, passage, words, float(outside.max()))
    return Signals(places, guide, file, by_two + TEXT_SHARE * by_text)


def _file_signals(
    question: str, language: str, shelf: Shelf, passage: Numbers, words: Numbers, outside: float
) -> Mapping[str, float]:
    """What speaks for a school's file answering; nothing where the shelf has none."""
    files = [number for number, place in enumerate(shelf.places) if place.section is None]
    if not files:
        return {}
    best = max(files, key=lambda number: float(passage[number] + words[number]))
    place = shelf.places[best]
    terms = frozenset(terms_of(place.passage.in_context, place.document.language))
    return {
        "passage": float(passage[best]),
        "margin": float(passage[best]) - outside,
        "lift": float(passage[best] - np.mean(passage[files])),
        "known": share_known(question, language, terms),
        "foreign": float(language != place.document.language),
    }


@cache
def _kinds_and_owners() -> tuple[NDArray[np.str_], NDArray[np.int_]]:
    keys = digest_keys()
    return np.array([key.kind for key in keys]), np.array([key.entry for key in keys])


def _over_places(shelf: Shelf, by_entry: Numbers, own: Numbers) -> Numbers:
    """For each place the best of its entries, or what is `own` to it where it bears out none, as in a school's file."""
    best = [max((by_entry[entry] for entry in place.entries), default=np.nan) for place in shelf.places]
    found = np.where(np.isnan(best), own, best)
    return np.where(np.isnan(found), UNLIKE, found)


def _standard(values: Numbers, background: Numbers) -> Numbers:
    spread = float(np.std(background)) or 1.0
    standard: Numbers = (values - np.mean(background)) / spread
    return standard


def _best_and_second(owners: NDArray[np.int_], values: Numbers) -> tuple[Numbers, Numbers]:
    """Each entry's highest value, and the mean of its two highest (the highest where it has but one)."""
    order = np.lexsort((-values, owners))
    owners, values = owners[order], values[order]
    entries, first = np.unique(owners, return_index=True)
    best = np.full(len(load_digest()), UNLIKE)
    best[entries] = values[first]
    second = np.minimum(first + 1, len(values) - 1)
    two = best.copy()
    two[entries] = (values[first] + np.where(owners[second] == entries, values[second], values[first])) / 2
    return best, two


def _share_asking(place: Place) -> float:
    """The share of a place's entries that only put a question to the reader."""
    digest = load_digest()
    asking = sum(digest[entry].kind == "question" for entry in place.entries)
    return asking / len(place.entries) if place.entries else 0.0


def _hit(place: Place, score: float, entries: Numbers) -> Hit:
    best = max(place.entries, key=lambda entry: float(entries[entry]), default=None)
    return Hit(place, score, None if best is None else load_digest()[best])


def _chance(name: str, signals: Mapping[str, float]) -> float:
    return 1 / (1 + math.exp(-_weights(name).logit(signals)))


@cache
def _settings() -> Fields:
    return next(read_fields(file) for file in list_data("coverage") if file.name == "weights.yaml")


@cache
def _threshold() -> float:
    return _real(_settings(), "threshold")


@cache
def _weights(name: str) -> Weights:
    fields = _settings().inner(name)
    by_signal = {signal: _real(fields, signal) for signal in fields.values if signal != "constant"}
    return Weights(_real(fields, "constant"), by_signal)


def _real(fields: Fields, key: str) -> float:
    value = fields.values.get(key)
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise fields.fault(key, f"must be a number, not {value!r}")
    return float(value)
