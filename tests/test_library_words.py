"""Search by words: BM25 as others compute it, the same however documents were counted, and soon after a change."""

from pathlib import Path

import numpy as np
import pytest
from bm25s import BM25
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.document import Document, Page, Span
from knowledge.library import catalogue, filing
from knowledge.library.filing import Filed, hash_term
from knowledge.library.lexical import build_lexical, count_terms, join_postings, terms_of
from knowledge.library.papers import count_asked, find_best, put_together
from knowledge.library.passages import Passage
from knowledge.library.records import Record
from knowledge.library.shelves import Shelves
from knowledge.library.store import connect, prepare

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


def test_after_a_change_only_the_documents_concerned_are_laid_out_and_that_for_every_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    laid: list[str] = []
    file_document = filing.file_document

    def watch(folder: Path, workspace: str, record: Record, passages: list[tuple[str, Passage]] | None) -> None:
        laid.append(f"{record.id} {record.document.digest}")
        file_document(folder, workspace, record, passages)

    monkeypatch.setattr(filing, "file_document", watch)
    prepare(tmp_path)
    kept = Shelves(tmp_path)

    def keep(name: str, words: str) -> None:
        document = Document(name, words, (Page(1, Span(0, len(words)), "text"),), (), "en", words)
        catalogue.save(tmp_path, "default", Record(name, document, 1), [name])

    def found(question: str, shelves: Shelves = kept) -> set[str]:
        held, asked = shelves.holding("default"), count_asked(question, "en")
        scores = held.papers.scores(held.papers.find(asked), asked, held.shelf.lexical)
        places = held.papers.places(np.flatnonzero(scores).tolist())
        return {place.document_id for place in places if place}

    keep("a", "Bakers leave for Lyon.")
    keep("b", "Ferrymen stay.")
    assert found("ferrymen") == {"b"}
    keep("c", "Ferrymen learn Danish.")
    assert found("ferrymen") == {"b", "c"}
    keep("b", "Carpenters stay.")
    assert found("ferrymen") == {"c"} == found("ferrymen", Shelves(tmp_path))
    catalogue.delete(tmp_path, "default", "c")
    assert found("ferrymen") == set()
    assert laid == [
        "a Bakers leave for Lyon.",
        "b Ferrymen stay.",
        "c Ferrymen learn Danish.",
        "b Carpenters stay.",
    ]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(text, min_size=1, max_size=4), min_size=1, max_size=4), text)
def test_on_disk_words_score_as_in_one_index_in_memory(
    tmp_path_factory: pytest.TempPathFactory, papers: list[list[str]], question: str
) -> None:
    folder = tmp_path_factory.mktemp("words")
    prepare(folder)
    for number, paragraphs in enumerate(papers):
        words = "\n\n".join(paragraphs)
        document = Document(f"{number}", words, (Page(1, Span(0, len(words)), "text"),), (), "en", f"{number}")
        catalogue.save(folder, "w", Record(f"{number}", document, 1), [])
    held, asked = Shelves(folder).holding("w"), count_asked(question, "en")
    scores = held.papers.scores(held.papers.find(asked), asked, held.shelf.lexical)
    places = held.papers.places(range(held.papers.size))
    own = count_terms([terms_of(place.passage.in_context, "en") for place in places if place])
    assert scores == pytest.approx(
        join_postings([own, *held.shelf.lexical.parts]).scores(question, "en")[: len(scores)]
    )


@settings(deadline=None)
@given(st.lists(st.integers(0, 5), max_size=30), st.integers(1, 40))
def test_the_best_are_those_that_sorting_all_would_give(scores: list[int], k: int) -> None:
    drawn = np.array(scores, np.float64)
    assert find_best(drawn, k).tolist() == np.argsort(-drawn, kind="stable")[:k].tolist()


@settings(deadline=None)
@given(st.lists(st.lists(st.booleans(), max_size=4), max_size=6))
def test_which_papers_have_one_of_some_passages_is_told_of_empty_papers_too(papers: list[list[bool]]) -> None:
    filed = [
        Filed(number, f"{number}", "", "en", is_guide=False, lengths=np.ones(len(marked), np.int32))
        for number, marked in enumerate(papers)
    ]
    marked = np.array([one for of_paper in papers for one in of_paper], np.bool_)
    assert put_together(Path(), "", filed).having(marked).tolist() == [any(of_paper) for of_paper in papers]


def test_what_another_version_laid_out_is_laid_out_anew(tmp_path: Path) -> None:
    prepare(tmp_path)
    document = Document("a", "Bakers leave.", (Page(1, Span(0, 13), "text"),), (), "en", "a")
    catalogue.save(tmp_path, "w", Record("a", document, 1), ["a"])
    first = Shelves(tmp_path).holding("w").papers.filed[0].number
    with connect(tmp_path) as database:
        database.execute("UPDATE filed SET made_by = 'an older Askwhy'")
    assert Shelves(tmp_path).holding("w").papers.filed[0].number > first
    with connect(tmp_path) as database:
        assert database.execute("SELECT count(DISTINCT paper) FROM posting").fetchone() == (1,)


def test_nothing_of_the_layout_of_a_removed_paper_is_left(tmp_path: Path) -> None:
    prepare(tmp_path)
    document = Document("a", "# Zanzibar\n\nBakers leave.", (Page(1, Span(0, 25), "text"),), (), "en", "a")
    catalogue.save(tmp_path, "w", Record("a", document, 1), ["a"])
    Shelves(tmp_path).holding("w")
    catalogue.delete(tmp_path, "w", "a")
    with connect(tmp_path) as database:
        left = database.execute(
            "SELECT (SELECT count(*) FROM filed), (SELECT count(*) FROM passage), (SELECT count(*) FROM posting)"
        ).fetchone()
    assert left == (0, 0, 0)
    kept = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert hash_term("en:baker").to_bytes(8, "big", signed=True) not in kept
    assert b"Zanzibar" not in kept
