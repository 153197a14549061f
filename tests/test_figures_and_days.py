"""Figures and days as managers write them: which number, of which unit, on which day."""

from contextlib import suppress
from dataclasses import replace
from datetime import date
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.app.followed_cards import followed_html
from assistant.app.indicator_cards import indicator_html
from assistant.following.days import parse_day
from assistant.following.followed import (
    find_uncompared,
    find_unread,
    measure_way,
    read_followed,
)
from assistant.following.spelling import read_figure
from assistant.indicators import propose
from knowledge.counting import load_counting
from knowledge.datenames import load_date_names
from knowledge.daywords import TERMS, load_day_words, write_day
from knowledge.faults import BadInput
from knowledge.figurewords import load_figure_words, write_number, write_percentage
from knowledge.lexicon import LANGUAGES
from knowledge.phrasebook import load_phrases
from tests.readings import DAY, followed, read_value

LATE = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("words", "figure"),
    [
        ("12,5 %", 12.5), ("12.5%", 12.5), ("1 200", 1200.0), ("1.200", 1200.0), ("1,200.5", 1200.5),
        ("\u22123", -3.0), ("-3", -3.0), ("about 30 of 40", 75.0), ("1’000 Franken", 1000.0), ("hardly any", None),
        ("", None), ("2026 30", 2026.0),
    ],
)  # fmt: skip
def test_figures_are_read_as_any_of_our_languages_writes_them(words: str, figure: float | None) -> None:
    assert read_value(words) == figure


@pytest.mark.parametrize(
    "words",
    [
        "45 of 80", "45 out of 80 students", "45 opiskelijaa 80:stä", "45 af 80 elever", "45 van de 80 leerlingen",
        "45 von 80 Lernenden", "80 tanulóból 45", "80 közül 45", "45 élèves sur 80", "45 de 80", "45 su 80", "45/80",
    ],
)  # fmt: skip
def test_a_part_of_a_whole_is_the_share_it_makes(words: str) -> None:
    assert read_value(words) == pytest.approx(56.25)
    assert measure_way(followed(words, baseline="40 %", target="72,5 %")) == pytest.approx(0.5)


@pytest.mark.parametrize("words", ["12 alumnos de 30 empresas", "12 of 5", "12 of 0"])
def test_what_is_no_part_of_a_whole_is_the_number_it_begins_with(words: str) -> None:
    assert read_value(words) == 12


def test_a_part_of_a_whole_beside_counted_heads_is_counted() -> None:
    heads = replace(followed("20 of 40", baseline="10", target="30"), unit="students")
    assert measure_way(heads) == pytest.approx(0.5)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_in_words_is_read_up_to_twenty(language: str) -> None:
    words = load_figure_words(language)
    assert sorted(set(words.numbers.values())) == list(range(1, 21))
    for word, value in words.numbers.items():
        assert read_value(word.capitalize(), language) == value
    assert words.numbers[load_counting(language).numbers[11]] == 12


@pytest.mark.parametrize(
    ("words", "language", "figure"),
    [
        ("kymmenen", "fi", 10), ("noin kymmenen opiskelijaa", "fi", 10), ("at least ten", "en", 10), ("to", "da", 2),
        ("three of ten", "en", 30), ("dix-sept élèves", "fr", 17), ("mindestens fünfzehn", "de", 15),
        ("trois quarts", "fr", 75), ("two-thirds of them", "en", 200 / 3), ("kolme neljäsosaa", "fi", 75),
        ("drei Viertel", "de", 75), ("un cuarto", "es", 25), ("ten percent", "en", 10),
        ("un peu mieux", "fr", None), ("een beetje beter", "nl", None), ("no one", "en", None),
        ("un poste neuf", "fr", None),
    ],
)  # fmt: skip
def test_words_that_begin_with_a_number_are_that_number(words: str, language: str, figure: float | None) -> None:
    assert read_value(words, language) == (None if figure is None else pytest.approx(figure))


def test_figures_of_different_units_are_not_compared() -> None:
    one = replace(
        followed("22,5 %", "entre 30 et 35", baseline="12 élèves sur 60", target="les 3/4", language="fr"), unit=""
    )
    assert [read_followed(one, words) for words in ("12 élèves sur 60", "les 3/4", "22,5 %")] == [20, 75, 22.5]
    assert find_uncompared(one) == ("entre 30 et 35",)
    assert measure_way(one) is None
    assert measure_way(replace(one, readings=one.readings[:1])) == pytest.approx(2.5 / 55)
    assert read_followed(one, "0,7") is None


@pytest.mark.parametrize(
    ("unit", "baseline", "target", "read", "left_out"),
    [
        ("%", "12 of 60", "three of four", "20", "20"),
        ("%", "10 %", "30 %", "0.7", "0.7"),
        ("students", "12", "75 %", "20", "75 %"),
        ("students", "12", "30", "20 percent", "20 percent"),
        ("", "2 weeks", "4 weeks", "1 month", "1 month"),
        ("", "200 €", "400 €", "3 weeks", "3 weeks"),
    ],
)
def test_the_page_says_which_figure_is_not_compared(
    unit: str, baseline: str, target: str, read: str, left_out: str
) -> None:
    one = replace(followed(read, baseline=baseline, target=target), unit=unit)
    assert (find_uncompared(one), measure_way(one)) == ((left_out,), None)
    shown = followed_html([one], DAY, load_phrases("en"))
    assert f"Not compared, because it is in another unit: “{left_out}”." in shown
    assert "of the way" not in shown


@pytest.mark.parametrize(
    ("unit", "baseline", "target", "read"),
    [("%", "10", "30", "15 %"), ("students", "10 students", "30", "15"), ("", "10 weeks", "30 weeks", "15")],
)
def test_a_bare_number_has_the_unit_of_those_beside_it(unit: str, baseline: str, target: str, read: str) -> None:
    one = replace(followed(read, baseline=baseline, target=target), unit=unit)
    assert (find_uncompared(one), measure_way(one)) == ((), pytest.approx(0.25))


def test_words_without_a_figure_are_named_where_the_others_are_figures() -> None:
    assert find_unread(followed("15 %", target="clearly more")) == ("clearly more",)
    assert find_unread(followed("better", "15 %")) == ()
    assert find_unread(followed("better", baseline="hardly any", target="most of them")) == ()
    one = replace(followed("5", baseline="2", target="kymmenen", language="fi"), unit="")
    assert find_unread(one) == ()
    assert measure_way(one) == pytest.approx(3 / 8)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_left_out_is_said_in_the_language_of_the_goal(language: str) -> None:
    one = followed("0,7", "better", baseline="2 %", target="3 %", language=language)
    shown, said = followed_html([one], DAY, load_phrases("en")), load_figure_words(language).said
    for name in ("mixed", "unread"):
        assert escape(said[name].partition("{")[0]) in shown
    assert said["ends"].format(baseline="2 %", target="3 %") in shown
    assert [write_number(value, language) for value in (7.5, 1200, 0.125, 30)] in (
        ["7.5", "1200", "0.12", "30"],
        ["7,5", "1200", "0,12", "30"],
    )
    assert read_value(write_percentage(7.5, language)) == 7.5


def test_a_formula_has_the_decimal_mark_of_its_language() -> None:
    for indicator in propose("Lähihoitajaopiskelijat uskaltavat puhua englantia potilaiden kanssa.", k=5):
        shown = indicator_html(indicator, 1, load_phrases("fi")).partition("aw-formula")[2].partition("</div>\n")[0]
        if indicator.formula and indicator.formula.example.result % 1:
            assert f"= {indicator.formula.example.result:g}".replace(".", ",") in shown


@pytest.mark.parametrize(
    "words",
    [
        "2026-06-15", "15.06.2026", "15.6.2026", "15. 6. 2026", "15/06/2026", "15-06-2026", "2026. 06. 15.", "15.06.26",
        "le 15/6/26", "15 June 2026", "June 15th, 2026", "the 15th of June 2026", "Monday 15 June 26",
        "15. kesäkuuta 2026", "kesäkuun 15. päivänä 2026", "ma 15.6.2026", "den 15. juni 2026", "op 15 juni 2026",
        "am 15. Juni 2026", "2026. június 15-én", "15 juin 2026", "15 de junio de 2026", "15 giugno 2026",
    ],
)  # fmt: skip
def test_a_day_is_read_as_it_is_usually_written(words: str) -> None:
    assert parse_day(words, LATE) == date(2026, 6, 15)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("juin 2026", date(2026, 6, 30)), ("fin juin 2026", date(2026, 6, 30)), ("kesäkuussa 2026", date(2026, 6, 30)),
        ("2026 júniusában", date(2026, 6, 30)), ("06/2026", date(2026, 6, 30)), ("2026-06", date(2026, 6, 30)),
        ("février 2024", date(2024, 2, 29)), ("aout 2026", date(2026, 8, 31)), ("December 2025", date(2025, 12, 31)),
        ("kevät 2026", date(2026, 5, 31)), ("kesä 2026", date(2026, 8, 31)), ("autumn term 2025", date(2025, 12, 31)),
        ("l’automne 2025", date(2025, 12, 31)), ("najaar 25", date(2025, 12, 31)),
        ("őszi félév 2025", date(2025, 12, 31)), ("2025/26", date(2026, 7, 31)),
        ("année scolaire 2025-2026", date(2026, 7, 31)), ("lukuvuosi 2025–26", date(2026, 7, 31)),
        ("2025", date(2025, 12, 31)), ("syksy 2026", LATE), ("December 2026", LATE), ("2026", LATE),
    ],
)  # fmt: skip
def test_a_month_a_term_and_a_year_are_their_last_day_or_today(words: str, day: date) -> None:
    assert parse_day(words, LATE) == day


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_month_and_term_is_read_and_a_day_is_written_as_it_is_read(language: str) -> None:
    for month, name in enumerate(load_date_names()[language].months, start=1):
        assert parse_day(f"{name} 2025", LATE).month == month
        assert parse_day(f"3. {name} 2025", LATE) == date(2025, month, 3)
        assert parse_day(write_day(date(2025, month, 28), language), LATE) == date(2025, month, 28)
    words = load_day_words()
    assert {(word.first, word.last) for word in words.values() if word.kind == "term"} == set(TERMS.values())


@pytest.mark.parametrize(
    "words",
    [
        "", "soon", "06/15/2026", "31.02.2026", "2026-06-15 or so", "15.06/2026", "15.06.", "juin", "juin 26", "3 mars",
        "winter 2025", "32 juin 2026", "2026-13", "3–5 mars 2026", "0000", "décembre 9999", "12 of 60", "20266",
        "٣ juin 2026", "2026/27 2027",
    ],
)  # fmt: skip
def test_what_is_no_day_is_refused_in_one_line(words: str) -> None:
    with pytest.raises(BadInput, match="no day") as fault:
        parse_day(words, LATE)
    assert "\n" not in str(fault.value)


@pytest.mark.parametrize("words", ["2 December 2026", "tammikuu 2027", "spring 2027", "2027", "2027/28"])
def test_what_has_not_begun_is_refused(words: str) -> None:
    with pytest.raises(BadInput, match="lies ahead"):
        parse_day(words, LATE)


@given(st.text(max_size=40))
def test_no_words_are_too_odd_to_look_for_a_day_in(words: str) -> None:
    with suppress(BadInput):
        assert parse_day(words, LATE) <= LATE


@given(st.text(max_size=40))
def test_no_words_are_too_odd_to_look_for_a_figure_in(words: str) -> None:
    for language in LANGUAGES:
        assert read_figure(words, language) is None or words.strip()
