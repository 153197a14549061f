"""What is measured of a question against a shelf, before any weighing: one number a place, and some for the whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from knowledge.digest import load_digest
from knowledge.library.keys import DIGEST_LANGUAGE, digest_keys
from knowledge.library.lexical import (
    LexicalIndex,
    TermIndex,
    build_lexical,
    find_units,
    index_terms,
    share_absent,
    share_known,
    terms_of,
)
from knowledge.library.likeness import Likeness, kinds_and_owners
from knowledge.library.paper_signals import PaperSignals, read_papers
from knowledge.library.papers import Papers
from knowledge.library.shelf import Shelf
from knowledge.library.weighing import Weights
from knowledge.translations import load_translations

Numbers = NDArray[np.float64]
NEIGHBOURS = 3
NATIVE_SHARE = 0.6  # of an entry's likeness, that with its words in the question's language, where it has some
SMALLEST = 1e-12
UNLIKE = -3.0  # standard deviations: what is assumed of a likeness that was not measured
# Of an entry's words, and of what was learnt, beside its questions, where entries are compared with each other.
TEXT_SHARE, LEARNT_SHARE = 0.7, 1.0


@dataclass(frozen=True, slots=True)
class Signals:
    """What was measured of a question, before any weighing.

    `places` has an array for each ranking signal, one number a place on the shelf; `whole` what was measured of the
    question against all that the guide covers and does not; `papers` those of the school's own papers, None where there
    are none; `entries` has one number a digest entry.
    """

    places: Mapping[str, Numbers]
    whole: Mapping[str, float]
    papers: PaperSignals | None
    entries: Numbers

    def decisive(self, rank: Weights) -> Mapping[str, float]:
        """The signals by which it is judged whether the guide covers the question.

        Beside those of the whole: how many words the best place shares with it, and over how many places the ranking is
        undecided (the entropy of its shares).

        Args:
            rank: how much each place's signals count, which says which is the best.
        """
        scores = rank.logits(self.places)
        shares = np.exp(scores - scores.max())
        shares /= shares.sum()
        undecided = float(-(shares * np.log(np.maximum(shares, SMALLEST))).sum())
        return {**self.whole, "words": float(self.places["words"][np.argmax(scores)]), "undecided": undecided}


def read_signals(question: str, language: str, shelf: Shelf, papers: Papers, likeness: Likeness) -> Signals:
    """Measure a question against the shelf and the papers.

    Cosines are put in standard deviations above the mean over the digest's keys of the same kind, for this question:
    they lie in a narrow band that moves with the question and its language, so none means much by itself.
    """
    kinds, owners = kinds_and_owners(DIGEST_LANGUAGE)
    cosines = likeness.keys
    questions, texts = cosines[kinds == "question"], cosines[kinds == "text"]
    outside = _standard(cosines[kinds == "outside"], questions)
    by_question, by_two = _best_and_second(owners[kinds == "question"], _standard(questions, questions))
    by_text, _ = _best_and_second(owners[kinds == "text"], _standard(texts, texts))
    if len(likeness.native):
        by_question, by_two = _with_native(language, "question", likeness, (by_question, by_two))
        by_text, _ = _with_native(language, "text", likeness, (by_text, by_text))
    learnt = _standard(likeness.learnt, likeness.learnt) if len(likeness.learnt) else by_two
    measured = _standard(shelf.layout.by_key(likeness.passages), texts)
    of_text = _over_places(shelf, by_text, measured)
    passage = np.where(np.isnan(measured), of_text, measured)
    words = np.log1p(np.maximum(shelf.lexical.scores(question, language), _native_words(question, language, shelf)))
    asked = _asked(question, language)
    places = {
        "questions": _over_places(shelf, by_two, passage),
        "learnt": _over_places(shelf, learnt, passage),
        "text": of_text,
        "passage": passage,
        "words": words,
        "asked": _over_places(shelf, asked, np.zeros(len(shelf.places))),
        "asks": shelf.layout.asks,
    }
    whole = {
        "margin": float(by_question.max() - outside.max()),
        "margin_of_three": float(np.sort(by_question)[-NEIGHBOURS:].mean() - np.sort(outside)[-NEIGHBOURS:].mean()),
        "outside": float(outside.max()),
        "text": float(by_text.max()),
        "learnt": float(learnt.max()),
        "known": share_known(question, language, shelf.field_terms),
        "absent": share_absent(find_units(question, language), shelf.field_terms),
        "foreign": float(language != DIGEST_LANGUAGE),
    }
    of_papers = read_papers(question, language, papers, likeness, shelf.lexical)
    return Signals(places, whole, of_papers, by_two + TEXT_SHARE * by_text + LEARNT_SHARE * learnt)


def _with_native(
    language: str, kind: str, likeness: Likeness, english: tuple[Numbers, Numbers]
) -> tuple[Numbers, Numbers]:
    """Each entry's best value and the mean of its two best, its words in the question's language taken in.

    Likeness within a language runs higher than across. So it is given the mean and spread that the English keys of
    the same entries have, which also holds where few entries are translated, all of one topic.
    """
    kinds, owners = kinds_and_owners(DIGEST_LANGUAGE)
    native_kinds, native_owners = kinds_and_owners(language)
    mine, at_home = native_kinds == kind, likeness.native[native_kinds == kind]
    every = _standard(likeness.keys[kinds == kind], likeness.keys[kinds == kind])
    same = every[np.isin(owners[kinds == kind], native_owners[mine])]
    level = _standard(at_home, at_home) * np.std(same) + np.mean(same)
    translated = np.isin(np.arange(len(load_digest())), native_owners[mine])
    both = zip(english, _best_and_second(native_owners[mine], level), strict=True)
    best, two = (np.where(translated, NATIVE_SHARE * own + (1 - NATIVE_SHARE) * other, other) for other, own in both)
    return best, two


def _native_words(question: str, language: str, shelf: Shelf) -> Numbers:
    """For each place the best BM25 of its entries' words in the question's language, 0 where there are none."""
    if not load_translations(language):
        return np.zeros(len(shelf.places))
    return np.nan_to_num(shelf.layout.over_places(_native_index(language).scores(question, language)))


@cache
def _native_index(language: str) -> LexicalIndex:
    """BM25 over the digest in another language, a text an entry."""
    translations = load_translations(language)
    found = [translations.get(entry.id) for entry in load_digest()]
    return build_lexical(
        [terms_of("\n".join((one.title, one.text, *one.questions)), language) if one else [] for one in found]
    )


def _asked(question: str, language: str) -> Numbers:
    """How like each entry's likest question is in its words, 0 to 1, in English or in the question's language."""
    best = np.zeros(len(load_digest()))
    for one in {DIGEST_LANGUAGE, language}:
        index, owners = _question_index(one)
        np.maximum.at(best, owners, index.cosines(question, language))
    return best


@cache
def _question_index(language: str) -> tuple[TermIndex, NDArray[np.int_]]:
    """The digest's questions in a language by their terms, and the entry of each."""
    questions = [key for key in digest_keys(language) if key.kind == "question"]
    return index_terms([key.text for key in questions], language), np.array([key.entry for key in questions], np.int_)


def _over_places(shelf: Shelf, by_entry: Numbers, own: Numbers) -> Numbers:
    """For each place the best of its entries, or what is `own` to it where it bears out none."""
    best = shelf.layout.over_places(by_entry)
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
