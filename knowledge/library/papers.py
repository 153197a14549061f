"""The school's own papers as one question sees them: their words, read from disk as far as it asks for them."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.library import catalogue, filing
from knowledge.library.catalogue import Listing
from knowledge.library.filing import Counts, Filed, FiledPassage
from knowledge.library.lexical import LENGTH, SATURATION, LexicalIndex, terms_of
from knowledge.library.passages import Passage
from knowledge.library.records import Record
from knowledge.library.shelf import Place, paper_passages

Numbers = NDArray[np.float64]
Places = NDArray[np.int_]
RECORDS_REMEMBERED = 50


@dataclass(frozen=True, slots=True)
class Papers:
    """The papers of a workspace that are laid out, one after the other, so that each of their passages has a number.

    `starts` are the numbers of the papers' first passages, and after them how many passages there are; `filed_as` the
    papers' numbers on disk, ascending; `lengths` the passages' lengths in terms.
    """

    folder: Path
    workspace: str
    filed: tuple[Filed, ...]
    starts: Places
    filed_as: Places
    lengths: Counts

    @property
    def size(self) -> int:
        """How many passages there are."""
        return int(self.starts[-1])

    def find(self, terms: Iterable[str]) -> Mapping[str, tuple[Places, Places]]:
        """For each of some terms: the numbers of the passages that have it, and how often they do."""
        found = filing.find_postings(self.folder, self.workspace, terms) if self.size else {}
        return {term: self._joined(*held) for term, held in found.items()}

    def _joined(self, papers: Places, places: Counts) -> tuple[Places, Places]:
        at = np.minimum(np.searchsorted(self.filed_as, papers), len(self.filed_as) - 1)
        known = self.filed_as[at] == papers  # a paper that another process has just laid out is none of these
        return self.starts[at[known]] + places[known, 0], places[known, 1]

    def scores(
        self, found: Mapping[str, tuple[Places, Places]], times: Mapping[str, int], field: LexicalIndex
    ) -> Numbers:
        """BM25 of each passage for terms that were found, as if all stood in one index with the field's texts."""
        scores = np.zeros(self.size)
        size, total = field.size + self.size, field.length + float(self.lengths.sum())
        damping = SATURATION * (1 - LENGTH + LENGTH * self.lengths / max(1.0, total / max(1, size)))
        for term, (places, counts) in found.items():
            if len(places):
                holding = len(places) + field.count(term)
                rarity = math.log(1 + (size - holding + 0.5) / (holding + 0.5))
                scores[places] += times[term] * rarity * counts / (damping[places] + counts)
        return scores

    def paper_of(self, numbers: Places) -> Places:
        """Which of the papers each of some passages is of."""
        papers: Places = np.searchsorted(self.starts, numbers, side="right") - 1
        return papers

    def having(self, passages: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """For each of the papers, whether it has one of some passages, told by a truth value for each passage."""
        so_far = np.concatenate([[0], np.cumsum(passages)])
        having: NDArray[np.bool_] = so_far[self.starts[1:]] > so_far[self.starts[:-1]]
        return having

    def keyed(self, keys: Iterable[str]) -> Mapping[str, Places]:
        """The numbers of the passages whose vectors have some keys, by key."""
        return self._numbered(filing.find_keys(self.folder, keys))

    def every_key(self) -> Mapping[str, Places]:
        """The numbers of all passages by the keys of their vectors."""
        return self._numbered(filing.list_keys(self.folder, [one.number for one in self.filed]))

    def _numbered(self, rows: Iterable[tuple[str, int, int]]) -> Mapping[str, Places]:
        start_of = dict(zip(self.filed_as.tolist(), self.starts[:-1].tolist(), strict=True))
        found: dict[str, list[int]] = {}
        for key, number, place in rows:
            if number in start_of:
                found.setdefault(key, []).append(start_of[number] + place)
        return {key: np.array(numbers, np.int_) for key, numbers in found.items()}

    def places(self, numbers: Sequence[int]) -> list[Place | None]:
        """Passages by their numbers; None for one whose paper has gone or changed in this moment."""
        papers = self.paper_of(np.array(numbers, np.int_)).tolist()
        filed = [self.filed[paper] for paper in papers]
        wanted = [
            (one.number, number - int(self.starts[paper]))
            for one, number, paper in zip(filed, numbers, papers, strict=True)
        ]
        found = zip(filed, filing.read_passages(self.folder, wanted), strict=True)
        return [self._place(one, passage) if passage else None for one, passage in found]

    def _place(self, filed: Filed, found: FiledPassage) -> Place | None:
        record = _find(self.folder, self.workspace, filed.document, filed.digest)
        if record is None:
            return None
        document = record.document
        passage = Passage(found.span, found.page, document.quote(found.span), found.headings, found.lead_in)
        return Place(filed.document, document, passage, None, document.name, found.page, (), found.key)


def put_together(folder: Path, workspace: str, filed: Sequence[Filed]) -> Papers:
    """The papers of a workspace that are laid out as `filed` says."""
    lengths = np.concatenate([np.zeros(0, np.int32), *(one.lengths for one in filed)])
    starts = np.cumsum([0, *(len(one.lengths) for one in filed)])
    return Papers(folder, workspace, tuple(filed), starts, np.array([one.number for one in filed], np.int_), lengths)


NO_PAPERS = put_together(Path(), "", ())


def find_best(scores: Numbers, k: int) -> Places:
    """The numbers of the `k` highest scores, the highest first, of equal ones the first; not all need be sorted."""
    least = np.partition(scores, len(scores) - k)[len(scores) - k] if k < len(scores) else -np.inf
    eligible = np.flatnonzero(scores >= least)
    best: Places = eligible[np.argsort(-scores[eligible], kind="stable")[:k]]
    return best


def count_asked(question: str, language: str) -> Mapping[str, int]:
    """The terms of a question, and how often it has each."""
    return Counter(terms_of(question, language))


def find_by_words(papers: Papers, field: LexicalIndex, text: str, language: str, k: int) -> tuple[Place, ...]:
    """The passages of the papers that have most of a text's words, at most `k`, the best first."""
    asked = count_asked(text, language)
    scores = papers.scores(papers.find(asked), asked, field)
    best = [number for number in find_best(scores, k).tolist() if scores[number] > 0]
    return tuple(place for place in papers.places(best) if place is not None) if best else ()


def open_papers(folder: Path, workspace: str, listed: Sequence[Listing]) -> tuple[Papers, tuple[str, ...]]:
    """The papers among the documents of a workspace, and the ids of those that are the guide.

    Those that are not laid out yet are laid out now.
    """
    current = {(one.id, one.digest) for one in listed}
    known = {(one.document, one.digest) for one in filing.list_filed(folder, workspace)}
    for identifier, digest in sorted(current - known):
        record = catalogue.find(folder, workspace, identifier)
        if record is not None and record.document.digest == digest:
            filing.file_document(folder, workspace, record, paper_passages(record.document))
    every = [one for one in filing.list_filed(folder, workspace) if (one.document, one.digest) in current]
    filed = tuple(one for one in every if not one.is_guide)
    guides = tuple(one.document for one in every if one.is_guide)
    return put_together(folder, workspace, filed), guides


@lru_cache(maxsize=RECORDS_REMEMBERED)
def _find(folder: Path, workspace: str, document: str, digest: str) -> Record | None:
    record = catalogue.find(folder, workspace, document)
    return record if record is not None and record.document.digest == digest else None
