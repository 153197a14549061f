"""Answers: quoted where they are cited, declined where nothing covers them, in the language of the question."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answer import PHRASES, Citation, answer_question
from assistant.origin import Origin, Worded
from knowledge.datafile import list_data, read_fields
from knowledge.digest import load_digest
from knowledge.faults import EmptyText, OversizedText
from knowledge.library import search
from knowledge.library.holdings import Library
from knowledge.translations import load_translations

GUIDE = Path(__file__).resolve().parents[2] / "shared" / "guide" / "go-international.md"
ORIGIN = Origin("scripted", "none", "answer", "0" * 64)
RULES = """# Travel rules of Birch Hill College

Staff receive a daily allowance of 42 euros when they travel for the college.

Receipts are handed to the cashier, Mr Olsen, within ten days.
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return Library(tmp_path_factory.mktemp("digest"))


@pytest.fixture(scope="module")
def library_with_guide(tmp_path_factory: pytest.TempPathFactory) -> Library:
    if not GUIDE.is_file():
        pytest.skip("the guide in ../shared is not here")
    library = Library(tmp_path_factory.mktemp("guide"))
    library.add(GUIDE)
    return library


def test_without_the_guide_the_digest_is_cited_with_section_and_page(library: Library) -> None:
    answer = answer_question("How many goals should a strategy have?", library)
    assert answer.answered
    first = answer.citations[0]
    assert (first.document, first.section) == ("digest", "4.4")
    assert first.page in {17, 18}
    for citation in answer.citations:
        assert library.text(citation.document)[citation.span.start : citation.span.end] == citation.quote
    assert len(answer.follow_ups) == 3


def test_with_the_guide_its_own_words_are_cited(library_with_guide: Library) -> None:
    answer = answer_question("How many goals should a strategy have?", library_with_guide, k=3)
    assert len(answer.citations) == 3
    first = answer.citations[0]
    assert (first.section, first.page) == ("4.4", 18)
    assert "eight" in first.quote
    wordless = {entry.title for entry in load_digest() if not entry.anchors}  # said in a figure alone
    for citation in answer.citations:
        assert citation.document != "digest" or citation.title in wordless
        assert library_with_guide.text(citation.document)[citation.span.start : citation.span.end] == citation.quote
        assert len(citation.quote) <= 1200
    assert first.quote in answer.text


@pytest.mark.parametrize(
    ("question", "entries"),
    [
        ("What's the difference between a vision and a mission?", ("mission-definition", "vision-definition")),
        ("How does an output differ from an outcome?", ("evaluation-outputs", "evaluation-outcomes")),
        ("Worin unterscheiden sich Werte und Mission?", ("mission-values-definition", "mission-definition")),
        ("What is a vision?", ("vision-definition",)),
    ],
)
def test_what_a_question_compares_is_told_side_by_side(
    library: Library, question: str, entries: tuple[str, ...]
) -> None:
    answer = answer_question(question, library)
    texts = load_translations(answer.language) or {entry.id: entry for entry in load_digest()}
    told = {entry for entry, spoken in texts.items() if spoken.text.split(". ")[0].rstrip(".") in answer.lead}
    assert told == set(entries)


def test_a_text_that_speaks_of_it_is_told_after_its_title(library: Library) -> None:
    for entry in load_digest():
        if re.match(r"(They|This|Their|Its|It(?! takes))\b", entry.text):
            assert entry.leans, entry.id
    mission = next(entry for entry in load_digest() if entry.id == "mission-definition")
    assert answer_question("What is a mission?", library).lead.startswith(f"{mission.title}. {mission.text.split()[0]}")


def test_a_question_that_nothing_covers_is_declined(library: Library) -> None:
    answer = answer_question("How long does rye bread stay in the oven?", library)
    assert not answer.answered
    assert answer.citations == ()
    assert "Neither the guide nor your library" in answer.text


@pytest.mark.parametrize(
    ("language", "question", "words"),
    [
        ("fi", "Montako tavoitetta strategiassa saa olla?", "Tiivistelmä on englanniksi"),
        ("de", "Wie viele Ziele sollte eine Strategie haben?", "auf Englisch"),
        ("fr", "Combien d'objectifs faut-il fixer dans une stratégie ?", "en anglais"),
        ("hu", "Milyen gyakran kell megújítani a cselekvési tervet?", "angol nyelven"),
        ("es", "¿Qué contiene un plan de acción?", "en inglés"),
    ],
)
def test_the_answer_comes_in_the_language_of_the_question(
    language: str, question: str, words: str, library: Library
) -> None:
    answer = answer_question(question, library)
    assert (answer.language, answer.answered) == (language, True)
    assert words in answer.text


def test_where_the_digest_is_translated_it_answers_and_asks_on_in_the_questions_language(
    library_with_guide: Library,
) -> None:
    answer = answer_question("Wie viele Ziele dürfen es höchstens sein?", library_with_guide)
    assert answer.lead == load_translations("de")["goals-few"].text
    assert "no more than eight" in answer.citations[0].quote
    german = {question for one in load_translations("de").values() for question in one.questions}
    assert set(answer.follow_ups) & german


def test_a_language_can_be_forced(library: Library) -> None:
    answer = answer_question("How do I bake bread?", library, language="es")
    assert answer.language == "es"
    assert "Ni la guía ni su biblioteca" in answer.text


def test_a_schools_own_file_is_cited_by_name_and_page(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "rules.md"
    path.write_text(RULES, encoding="utf-8")
    added = library.add(path, "birch")
    answer = answer_question("How high is the daily allowance for staff who travel?", library, workspace="birch")
    first = answer.citations[0]
    assert (first.document, first.title, first.section, first.page) == (added.id, "rules.md", None, 1)
    assert "42 euros" in first.quote
    assert library.text(added.id, "birch")[first.span.start : first.span.end] == first.quote
    elsewhere = answer_question("How high is the daily allowance for staff who travel?", library)
    assert all(citation.document != added.id for citation in elsewhere.citations)


def test_a_school_paper_that_says_otherwise_than_the_guide_is_shown_beside_it(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "plan.md"
    path.write_text("# Our plan\n\nOur school sets ten goals for the coming period.\n", encoding="utf-8")
    library.add(path, "ten")
    answer = answer_question("How many goals should our school set?", library, workspace="ten")
    assert {citation.section is None for citation in answer.citations} == {True, False}
    assert "do not say the same" in answer.text
    assert "ten goals" in answer.text


def test_a_refusal_shows_what_comes_nearest_in_the_schools_papers_where_it_is_near(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "rules.md"
    path.write_text(RULES, encoding="utf-8")
    library.add(path, "nearby")
    question = "How high is the daily allowance for staff who travel?"
    found = library.search(question, 5, "nearby")
    assert found.hits[0].place.section is None
    for confidence, shown in ((0.4, True), (0.05, False)):
        refused = replace(found, covered=False, confidence=confidence)
        monkeypatch.setattr(library, "search", lambda *_, refused=refused: refused)
        answer = answer_question(question, library, workspace="nearby")
        assert (answer.answered, answer.citations) == (False, ())
        assert "Neither the guide nor your library" in answer.text
        assert ("comes nearest in your papers" in answer.text) is shown
        assert (found.hits[0].quote in answer.text) is shown


@pytest.mark.parametrize("question", ["", "   \n", "?!"])
def test_an_empty_question_is_refused(question: str, library: Library) -> None:
    with pytest.raises(EmptyText):
        answer_question(question, library)


def test_an_endless_question_is_refused(library: Library) -> None:
    with pytest.raises(OversizedText, match="2,000 words"):
        answer_question("why " * 2001, library)


def test_every_language_has_every_phrase_and_section() -> None:
    fields = next(read_fields(file) for file in list_data("languages") if file.name == "answers.yaml")
    sections = {entry.section for entry in load_digest()}
    assert set(fields.values) == {"en", "fi", "da", "nl", "de", "hu", "fr", "es", "it"}
    for language in fields.values:
        inner = fields.inner(language)
        inner.allow(*PHRASES, "compares", "sections")
        assert inner.texts("compares", 3, 12)
        assert set(inner.inner("sections").values) == sections
        for phrase in PHRASES:
            inner.text(phrase).format(section="4.4", title="x", page=1, name="x", quote="x", count=1)


def test_a_lead_in_a_models_words_leaves_the_quotations_as_they_are(library: Library) -> None:
    question, told = "How many goals should a strategy have?", list[tuple[Citation, ...]]()
    plain = answer_question(question, library)

    def word(asked: str, language: str, citations: tuple[Citation, ...]) -> Worded | None:
        told.append(citations)
        return Worded(f"Five or six,\n\nin {language}, to: {asked}", ORIGIN)

    worded = answer_question(question, library, word_lead=word)
    assert worded.lead == f"Five or six, in en, to: {question}"
    assert worded.text.removeprefix(worded.lead) == plain.text.removeprefix(plain.lead)
    assert told == [plain.citations]
    assert worded.origin == ORIGIN
    assert replace(worded, text=plain.text, origin=None) == plain


def test_nothing_is_worded_where_there_is_nothing_to_word_it_from(library: Library) -> None:
    def word(*_: object) -> Worded | None:
        raise AssertionError("asked for words without passages")

    assert not answer_question("How long does rye bread stay in the oven?", library, word_lead=word).answered
    assert answer_question("How many goals?", library, word_lead=lambda *_: None) == answer_question(
        "How many goals?", library
    )


@pytest.mark.parametrize(("chance", "places"), [(0.1, []), (0.3, [4]), (0.9, [1])])
def test_a_paper_that_may_answer_has_the_last_place_and_one_that_does_takes_turns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chance: float, places: list[int]
) -> None:
    paper = tmp_path / "rules.md"
    paper.write_text(RULES)
    library = Library(tmp_path / "library")
    library.add(paper)
    monkeypatch.setattr(search, "_chance_of_papers", lambda *_: chance)
    answer = answer_question("How many goals should a strategy have?", library)
    assert [place for place, one in enumerate(answer.citations) if one.section is None] == places
    assert ("Another of your sources" in answer.text) == (places == [1])
