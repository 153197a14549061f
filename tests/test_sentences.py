"""Sentences: split where a reader would, and every offset true."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.identification import LANGUAGES
from knowledge.sentences import split_sentences


def sentences(text: str, language: str) -> list[str]:
    return [text[span.start : span.end] for span in split_sentences(text, language)]


def test_two_sentences_are_two() -> None:
    text = "Trainees spend a month abroad.  Their tutors visit them!"
    assert sentences(text, "en") == ["Trainees spend a month abroad.", "Their tutors visit them!"]


def test_a_line_break_ends_no_sentence_but_a_blank_line_does() -> None:
    text = "Trainees spend\na month abroad. Tutors\nvisit\n\nAnd they come back"
    assert sentences(text, "en") == ["Trainees spend\na month abroad.", "Tutors\nvisit", "And they come back"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("hu", "A csere 2027. január 5-én indul, kb. 12 tanulóval."),
        ("de", "Am 5. Juni 2027 fahren z.B. die Azubis der 2. Klasse nach Turku."),
        ("fi", "Vaihto alkaa 5. kesäkuuta 2027 ja kestää n. 3 viikkoa."),
        ("da", "Rejsen starter d. 5. juni 2027 og varer ca. 3 uger."),
        ("nl", "De uitwisseling begint op 5 juni, d.w.z. na de examens, met dhr. Jansen."),
        ("fr", "Le séjour de Mme. Aubry commence le 5 juin, cf. annexe."),
        ("es", "El viaje empieza el 5 de junio, p. ej. con la Sra. Ruiz."),
        ("it", "Il viaggio inizia il 5 giugno con la dott. Rossi, ca. 20 allievi."),
        ("en", "Staff, e.g. tutors such as Dr. Lund, travel on approx. 12 days."),
    ],
)
def test_dates_and_short_forms_end_no_sentence(language: str, text: str) -> None:
    assert sentences(text, language) == [text]


def test_a_number_at_the_start_stays_with_its_sentence() -> None:
    assert sentences("1. Send tutors abroad. 2. Invite guests.", "en") == [
        "1. Send tutors abroad.",
        "2. Invite guests.",
    ]


def test_a_name_in_small_letters_begins_a_sentence() -> None:
    assert len(sentences("We use the platform daily. eTwinning is free.", "en")) == 2


@pytest.mark.parametrize("text", ["", " \n\n \t", "\n"])
def test_nothing_has_no_sentences(text: str) -> None:
    assert split_sentences(text, "en") == ()


@given(st.text(max_size=300), st.sampled_from([*LANGUAGES, "und", "xx"]))
def test_sentences_cover_the_text_but_for_white_space_in_order(text: str, language: str) -> None:
    spans = split_sentences(text, language)
    quotes = [text[span.start : span.end] for span in spans]
    assert all(quote and quote == quote.strip() for quote in quotes)
    assert all(one.end <= two.start for one, two in pairwise(spans))
    assert "".join("".join(quotes).split()) == "".join(text.split())
