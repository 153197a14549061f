"""Faults told in the page's language, each by its key; and signs that stay with their word in French."""

import ast
from datetime import date
from pathlib import Path

import pytest
from conftest import ROOT

from assistant.following.days import parse_day
from assistant.judging.judge import check_words
from knowledge import faults
from knowledge.faults import AskwhyError, BadInput, EmptyFile, ModelBusy, NoSpace, OversizedFile
from knowledge.lexicon import LANGUAGES
from knowledge.phrasebook import load_phrases
from knowledge.telling import tell_fault
from knowledge.typesetting import keep_html_together, keep_together

KINDS = [one for one in vars(faults).values() if isinstance(one, type) and issubclass(one, AskwhyError)]
NO_BREAK = "\u00a0"


def keys_given(file: Path) -> set[str]:
    """The keys that a module gives where it makes a fault."""
    made = {kind.__name__ for kind in KINDS}
    return {
        str(word.value.value)
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in made
        for word in call.keywords
        if word.arg == "key" and isinstance(word.value, ast.Constant)
    }


def test_every_key_of_a_fault_has_its_phrase_and_every_phrase_its_fault() -> None:
    sources = [file for folder in ("assistant", "knowledge") for file in (ROOT / folder).rglob("*.py")]
    used = {key for file in sources for key in keys_given(file)} | {kind.key for kind in KINDS if kind.key}
    assert used == set(load_phrases("en").groups["faults"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_fault_is_told_in_one_line_with_its_place(language: str) -> None:
    fault = OversizedFile("plan.pdf", "it has 700 pages", "Split it.", key="file_pages", count=700, most=600)
    line = tell_fault(fault, language)
    assert "plan.pdf" in line
    assert "700" in line
    assert "\n" not in line
    assert (language == "en") == ("pages, more than" in line)


def test_the_command_line_keeps_the_english_line() -> None:
    assert str(EmptyFile("plan.pdf", "there is nothing in it", "Add it again.")) == (
        "plan.pdf: there is nothing in it. Add it again."
    )


def test_what_no_phrase_tells_stays_english() -> None:
    for fault in (ModelBusy("openai:m", "it is busy", "Wait."), BadInput("--port", "it is taken", "Choose another.")):
        assert tell_fault(fault, "fi") == str(fault)


def test_a_fault_of_a_language_without_words_is_told_in_english() -> None:
    assert tell_fault(NoSpace("the disk", "it is full", "Make room."), "sv").startswith("Nothing can be written")


def test_figures_in_a_fault_are_written_as_the_language_writes_them() -> None:
    fault = OversizedFile("a.pdf", "", "", key="file_bytes", size=31.5, most=30.0)
    assert "31.5 MB, more than 30 MB" in tell_fault(fault, "en")
    assert "31,5 Mt, enemmän kuin 30 Mt" in tell_fault(fault, "fi")
    long = OversizedFile("a.pdf", "", "", key="file_characters", most=3_000_000)
    assert "3,000,000 characters" in tell_fault(long, "en")
    assert f"3{NO_BREAK}000{NO_BREAK}000 Zeichen" in tell_fault(long, "de")


def test_a_day_that_cannot_be_read_is_told_with_the_managers_words() -> None:
    for words, line in (
        ("vor Ostern", "„vor Ostern“ lässt sich nicht als Tag lesen."),
        ("31.2.2026", "„31.2.2026“ steht nicht im Kalender."),
        ("1.1.2031", "„1.1.2031“ liegt in der Zukunft."),
    ):
        with pytest.raises(BadInput) as raised:
            parse_day(words, date(2026, 11, 28))
        assert tell_fault(raised.value, "de").startswith(line)


def test_a_message_that_is_empty_or_too_long_is_told_in_the_pages_language() -> None:
    for words, line in (("…", "Non c'è nessuna parola."), ("parola " * 2001, f"Sono 2{NO_BREAK}001 parole;")):
        with pytest.raises(AskwhyError) as raised:
            check_words(words, "your message")
        assert tell_fault(raised.value, "it").startswith(line)


# French spaces


def test_no_line_ends_between_a_french_sign_and_its_word() -> None:
    assert keep_together("Pourquoi « le besoin » ? Voici : un ; deux !", "fr") == (
        "Pourquoi «_le besoin_»_? Voici_: un_; deux_!".replace("_", NO_BREAK)
    )
    assert keep_together("Why « this » ?", "en") == "Why « this » ?"


def test_tags_and_quoted_blocks_keep_their_spaces() -> None:
    html = '<button data-value="Pourquoi ?">Pourquoi ?</button><blockquote>Quoi ?</blockquote>'
    assert keep_html_together(html, "fr") == html.replace(">Pourquoi ?<", f">Pourquoi{NO_BREAK}?<")


def test_every_french_phrase_holds_its_signs() -> None:
    for group, named in load_phrases("fr").groups.items():
        for name, phrase in named.items():
            assert not any(f" {sign}" in phrase for sign in "?!:;»"), (group, name)
            assert "« " not in phrase, (group, name)
