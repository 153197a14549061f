"""The passages whose meaning a question is compared with, and the embedding of some that it cannot wait to have made.

The guide's are held in memory, and a small workspace's all: asking Chroma takes longer than comparing with them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.library.at_hand import MOST
from knowledge.library.index import Vector, VectorIndex
from knowledge.library.likeness import DigestVectors, PlacedPassages, place_passages
from knowledge.library.meaning import Meaning
from knowledge.library.papers import Places, count_asked
from knowledge.library.shelves import Holding

LOOKED_UP = 200  # passages of a larger one whose likeness is measured for one question
CAUGHT_UP = 32  # passages without a vector that a question waits for


@dataclass(frozen=True, slots=True)
class _Held:
    """The passages held of a workspace at one revision, whole: none lacked a vector."""

    revision: int
    passages: PlacedPassages


class Nearby:
    """Looks passages up; whoever uses it lets one thread in at a time.

    Args:
        meaning: which vectors there should be, and what makes them.
        index: where they are kept.
    """

    def __init__(self, meaning: Meaning, index: VectorIndex) -> None:
        """Hold nothing yet."""
        self._meaning = meaning
        self._index = index
        self._held: dict[str, _Held] = {}

    def near(
        self,
        holding: Holding,
        workspace: str,
        digest: DigestVectors,
        vector: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
        question: tuple[str, str],
    ) -> tuple[PlacedPassages, int]:
        """The passages to compare a question with, and how many have no vector yet.

        Args:
            holding: the workspace as it is now.
            workspace: its name.
            digest: opened for the question's language.
            vector: the question as its model embeds it.
            question: the question and its language.
        """
        small = holding.papers.size <= MOST
        held = self._held.get(workspace)
        whole = held is not None and held.revision == holding.revision
        if held is not None and whole and small:
            return held.passages, 0
        copied = self._meaning.at_hand(workspace, holding.revision) if small else None
        if copied is not None:
            held = self._held[workspace] = self._hold(holding, digest, copied, holding.papers.every_key())
            return held.passages, 0
        lacking = frozenset(self._meaning.lacking(workspace))
        if lacking:
            lacking -= self._catch_up(holding, workspace, lacking, question)
        if held is None or not whole:
            numbers = holding.papers.every_key() if small else {}
            held = self._hold(
                holding, digest, self._look_up(workspace, [*holding.shelf.layout.texts, *numbers]), numbers
            )
            if not lacking:
                self._held[workspace] = held
        if small:
            return held.passages, len(lacking)
        found = self._index.nearest(self._meaning.collection(workspace), digest.probe(vector), LOOKED_UP)
        numbers = holding.papers.keyed(found)
        likest = place_passages(digest, found, _languages(holding, numbers), numbers)
        return _join(held.passages, likest), len(lacking)

    def _look_up(self, workspace: str, keys: Sequence[str]) -> Mapping[str, Vector]:
        wanted = list(dict.fromkeys(keys))
        return self._index.vectors(self._meaning.collection(workspace), wanted) if wanted else {}

    @staticmethod
    def _hold(
        holding: Holding, digest: DigestVectors, vectors: Mapping[str, Vector], numbers: Mapping[str, Places]
    ) -> _Held:
        languages = {**_languages(holding, numbers), **holding.shelf.layout.languages}
        return _Held(holding.revision, place_passages(digest, vectors, languages, numbers))

    def _catch_up(
        self, holding: Holding, workspace: str, lacking: frozenset[str], question: tuple[str, str]
    ) -> frozenset[str]:
        """Make the vectors that lack of passages like the question by their words, as many as it can wait for."""
        shelf, papers, asked = holding.shelf, holding.papers, count_asked(*question)
        of_guide = shelf.lexical.scores(*question)
        scores = {key: of_guide[places].max() for key, places in shelf.layout.keyed.items() if key in lacking}
        words, keyed = papers.scores(papers.find(asked), asked, shelf.lexical), papers.keyed(lacking - scores.keys())
        scores.update({key: words[numbers].max() for key, numbers in keyed.items()})
        likest = sorted(scores, key=lambda key: -float(scores[key]))[:CAUGHT_UP]
        texts = {key: shelf.layout.texts[key] for key in likest if key in shelf.layout.texts}
        places = papers.places([int(keyed[key][0]) for key in likest if key in keyed])
        texts.update({place.key: place.passage.in_context for place in places if place and place.key})
        self._meaning.make(workspace, texts)
        return frozenset(texts)


def _join(held: PlacedPassages, likest: PlacedPassages) -> PlacedPassages:
    return PlacedPassages(
        held.keys + likest.keys,
        np.concatenate([held.rows, likest.rows]) if held.keys else likest.rows,
        np.concatenate([held.numbers, likest.numbers]),
        np.concatenate([held.owners, likest.owners + len(held.keys)]),
    )


def _languages(holding: Holding, numbers: Mapping[str, Places]) -> Mapping[str, str]:
    papers = holding.papers
    firsts = np.array([int(of_key[0]) for of_key in numbers.values()], np.int_)
    return {
        key: papers.filed[paper].language for key, paper in zip(numbers, papers.paper_of(firsts).tolist(), strict=True)
    }
