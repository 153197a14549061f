"""From a question's likeness to everything on the shelf: what answers it best, and whether anything does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

import numpy as np
from numpy.typing import NDArray

from knowledge.digest import Entry, load_digest
from knowledge.document import Span
from knowledge.library.likeness import Likeness
from knowledge.library.papers import Papers
from knowledge.library.shelf import Place, Shelf
from knowledge.library.signals import Signals, read_signals
from knowledge.library.weighing import load_threshold, load_weights

Numbers = NDArray[np.float64]
NEAREST = 5
MUCH_SURER = 8  # times the odds: where one side is so much surer, the other's passages are left out
POSSIBLE = 0.2  # chance from which a side that does not cover a question has its best passage shown, as the last


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


def rank(question: str, language: str, shelf: Shelf, papers: Papers, likeness: Likeness, *, k: int) -> SearchResult:
    """The `k` best passages for a question, and whether it is covered.

    Where only the guide covers it, or only the school's papers, or one of them much more surely, the hits are its own,
    and the other has the last place at most; else their passages take turns, and the one that covers it more surely
    begins. Where the guide covers it, the papers must do so more surely than by themselves.

    Args:
        question: in any language.
        language: its code.
        shelf: what can be quoted of the guide and the digest.
        papers: the school's own.
        likeness: the question's cosines with the keys and passages.
        k: how many passages, and entries, to give at most.
    """
    signals = read_signals(question, language, shelf, papers, likeness)
    of_guide, of_papers = _guide_hits(shelf, signals, k), _paper_hits(papers, signals, k)
    told = signals.decisive(load_weights("rank"))
    by_guide = load_weights("guide").chance(told)
    by_papers = _chance_of_papers(signals, told)
    if by_papers > by_guide:
        sides = [(of_papers, by_papers, "papers"), (of_guide, by_guide, "guide")]
    else:
        sides = [(of_guide, by_guide, "guide"), (of_papers, by_papers, "papers")]
    surest = max(by_guide, by_papers)
    covers = by_guide >= load_threshold("guide")
    least = {"guide": load_threshold("guide"), "papers": load_threshold("papers beside guide" if covers else "papers")}
    covering = [
        hits
        for hits, chance, name in sides
        if hits and chance >= least[name] and MUCH_SURER * _odds(chance) >= _odds(surest)
    ]
    hits = take_turns(covering or [found for found, *_ in sides])[:k]
    others = [found[0] for found, chance, _ in sides if found and found not in covering and chance >= POSSIBLE]
    if len(covering) == 1 and others and k > 1:
        hits = (*hits[: k - 1], others[0])
    nearest = tuple(load_digest()[entry] for entry in np.argsort(-signals.entries, kind="stable")[: max(k, NEAREST)])
    return SearchResult(question, language, bool(covering), surest, hits, nearest)


def _guide_hits(shelf: Shelf, signals: Signals, k: int) -> tuple[Hit, ...]:
    """The best passages of the guide, or entries of the digest where the guide is not there."""
    logits = load_weights("rank").logits(signals.places)
    order = [int(place) for place in np.argsort(-logits, kind="stable")[:k]]
    return tuple(_hit(shelf.places[place], _chance(logits[place]), signals.entries) for place in order)


def _paper_hits(papers: Papers, signals: Signals, k: int) -> tuple[Hit, ...]:
    """The best passages of the school's papers, without those whose paper has gone in this moment."""
    if signals.papers is None:
        return ()
    logits = signals.papers.scores(load_weights("paper_rank"))
    order = np.argsort(-logits, kind="stable")[:k]
    places = papers.places(signals.papers.numbers[order].tolist())
    found = zip(places, logits[order], strict=True)
    return tuple(Hit(place, _chance(logit), None) for place, logit in found if place is not None)


def _chance_of_papers(signals: Signals, told: Mapping[str, float]) -> float:
    if signals.papers is None:
        return 0.0
    decisive = signals.papers.decisive(load_weights("paper_rank"), told, load_weights("guide"))
    return load_weights("papers").chance(decisive)


def take_turns(sides: Sequence[Sequence[Hit]]) -> tuple[Hit, ...]:
    """The first of each side, then the second of each, and so on."""
    return tuple(hit for turn in zip_longest(*sides) for hit in turn if hit is not None)


def _odds(chance: float) -> float:
    return chance / max(1e-9, 1 - chance)


def _chance(logit: float) -> float:
    return float(1 / (1 + np.exp(-logit)))


def _hit(place: Place, score: float, entries: Numbers) -> Hit:
    best = max(place.entries, key=lambda entry: float(entries[entry]), default=None)
    return Hit(place, score, None if best is None else load_digest()[best])
