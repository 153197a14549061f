"""The digest in other languages: whatever is there fits the English, and a fault in a file is named."""

import re

import pytest

from knowledge.datafile import Fields
from knowledge.digest import load_digest
from knowledge.identification import LANGUAGES, identify_language
from knowledge.translations import load_translations, read_section, translated_languages

ENTRIES = {entry.id: entry for entry in load_digest()}
each_language = pytest.mark.parametrize("language", translated_languages())


@each_language
def test_a_translation_is_of_our_languages_and_has_something_in_it(language: str) -> None:
    assert language in set(LANGUAGES) - {"en"}
    assert load_translations(language)


@each_language
def test_what_is_translated_fits_the_english_entry(language: str) -> None:
    for identifier, translation in load_translations(language).items():
        entry = ENTRIES[identifier]
        assert len(translation.questions) == len(entry.questions), identifier
        assert translation.title != entry.title, identifier
        assert translation.text != entry.text, identifier


@each_language
def test_no_question_is_asked_twice_in_a_language(language: str) -> None:
    asked = [question.casefold() for one in load_translations(language).values() for question in one.questions]
    assert sorted({question for question in asked if asked.count(question) > 1}) == []


@each_language
def test_a_translation_names_no_number_that_the_english_does_not(language: str) -> None:
    for identifier, translation in load_translations(language).items():
        known = set(re.findall(r"\d+", ENTRIES[identifier].text + ENTRIES[identifier].title))
        assert set(re.findall(r"\d+", translation.text + translation.title)) <= known, identifier


@each_language
def test_the_texts_are_in_the_language_of_their_folder(language: str) -> None:
    every = "\n".join(f"{one.title}. {one.text}" for one in load_translations(language).values())
    assert identify_language(every) == language


def test_a_language_without_a_translation_has_none() -> None:
    assert load_translations("en") == {}
    assert load_translations("sv") == {}


@pytest.mark.parametrize(
    ("file_name", "change", "fault"),
    [
        ("4-4.yaml", {"id": "goals-many"}, "the digest's section 4.4 has no such entry"),
        ("4-4.yaml", {"id": "vision-definition"}, "has no such entry"),
        ("4-4.yaml", {"questions": ["Wie viele?"]}, "questions: must be a list of 5 to 5 texts"),
        ("4-4.yaml", {"text": ""}, "text: must be a text"),
        ("4-4.yaml", {"titel": "Ziele"}, "unknown key"),
        ("4-5.yaml", {}, "section 4.4 belongs in 4-4.yaml"),
    ],
)
def test_a_translation_that_does_not_fit_is_refused_by_name(
    file_name: str, change: dict[str, object], fault: str
) -> None:
    questions = [f"Wie viele Ziele, {number}. Mal?" for number in range(5)]
    entry = {"id": "goals-few", "title": "Fünf oder sechs", "text": "Höchstens acht.", "questions": questions, **change}
    fields = Fields(f"de/{file_name}", {"section": "4.4", "entries": [entry]})
    with pytest.raises(ValueError, match=f"^de/{file_name}: .*{fault}"):
        list(read_section(fields, file_name, ENTRIES))
