"""Search by words: BM25 as others compute it, the same however documents were counted, and soon after a change."""

from pathlib import Path

import numpy as np
import pytest
from bm25s import BM25
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.document import Document, Page, Span
from knowledge.library import catalogue, shelves
from knowledge.library.catalogue import Record
from knowledge.library.lexical import build_lexical, count_terms, join_postings, terms_of
from knowledge.library.shelf import Row, set_row
from knowledge.library.shelves import Shelves
from knowledge.library.store import prepare

WORDS = ("bakers", "lyon", "spring", "teachers", "language", "partners", "harbour", "boats", "apprentices", "workshop")
text = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(st.lists(text, min_size=1, max_size=12), text)
def test_scores_are_those_of_bm25s(texts: list[str], question: str) -> None:
    terms = [terms_of(one, "en") for one in texts]
    index = BM25()
    index.index(terms, show_progress=False)
    known = {term for of_text in terms for term in of_text}
    asked = [term for term in terms_of(question, "en") if term in known]
    expected = index.get_scores(asked) if asked else np.zeros(len(texts))
    scores = build_lexical(terms).scores(question, "en")
    assert np.allclose(scores, expected, atol=1e-5)


@settings(max_examples=60, deadline=None)
@given(st.lists(text, min_size=2, max_size=12), st.data(), text)
def test_it_makes_no_difference_which_texts_were_counted_together(
    texts: list[str], data: st.DataObject, question: str
) -> None:
    terms = [terms_of(one, "en") for one in texts]
    cut = data.draw(st.integers(0, len(terms)))
    joined = join_postings([count_terms(terms[:cut]), count_terms(terms[cut:])])
    assert joined.scores(question, "en") == pytest.approx(build_lexical(terms).scores(question, "en"))


def test_after_a_change_only_the_documents_concerned_are_laid_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    laid: list[str] = []

    def watch(record: Record) -> Row:
        laid.append(f"{record.id} {record.document.digest}")
        return set_row(record)

    monkeypatch.setattr(shelves, "set_row", watch)
    prepare(tmp_path)
    kept = Shelves(tmp_path)

    def keep(name: str, words: str) -> None:
        document = Document(name, words, (Page(1, Span(0, len(words)), "text"),), (), "en", words)
        catalogue.save(tmp_path, "default", Record(name, document, 1), [name])

    def found(question: str) -> set[str]:
        shelf = kept.shelf("default")
        scores = zip(shelf.lexical.scores(question, "en"), shelf.places, strict=True)
        return {place.document_id for score, place in scores if score and place.section is None}

    keep("a", "Bakers leave for Lyon.")
    keep("b", "Ferrymen stay.")
    assert found("ferrymen") == {"b"}
    keep("c", "Ferrymen learn Danish.")
    assert found("ferrymen") == {"b", "c"}
    keep("b", "Carpenters stay.")
    assert found("ferrymen") == {"c"}
    catalogue.delete(tmp_path, "default", "c")
    assert found("ferrymen") == set()
    assert laid == [
        "a Bakers leave for Lyon.",
        "b Ferrymen stay.",
        "c Ferrymen learn Danish.",
        "b Carpenters stay.",
    ]
