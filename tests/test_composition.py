"""The parts of a goal in one wording: who and what as one sentence where their forms allow it, and nothing added."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.asking.composition import PARTS, compose, count_people, list_wordings
from knowledge.lexicon import LANGUAGES
from knowledge.persons import load_persons

GOAL = "More mobility for our learners"
REASON = "The shipyards here hire from Poland."
texts = st.text(max_size=60)
given_parts = st.dictionaries(st.sampled_from(PARTS), texts, max_size=4)


@pytest.mark.parametrize(
    ("who", "change", "sentence"),
    [
        ("the welders", "they can read drawings", "the welders can read drawings"),
        ("the welders", "read drawings", "the welders can read drawings"),
        ("the welders", "to be able to read drawings", "the welders can read drawings"),
        ("for the welders", "can read drawings", "the welders can read drawings"),
        ("The welders", "need fewer interpreters", "the welders need fewer interpreters"),
        ("apprentices who will travel", "that they read drawings", "apprentices who will travel read drawings"),
        ("the welders", "Nobody needs an interpreter.", "nobody needs an interpreter"),
    ],
)
def test_who_and_what_become_one_sentence(who: str, change: str, sentence: str) -> None:
    made = compose(GOAL, REASON, {"who": who, "change": change}, "en")
    assert made.text.startswith(f"{GOAL}: {sentence}, because the shipyards here hire from Poland.")
    assert made.invented == ()


@pytest.mark.parametrize(
    ("language", "who", "change", "sentence"),
    [
        ("fi", "toisen vuoden hitsaajat", "lukea piirustuksia", "toisen vuoden hitsaajat osaavat lukea piirustuksia"),
        ("fi", "jokainen hitsaaja", "lukea piirustuksia", "jokainen hitsaaja osaa lukea piirustuksia"),
        ("da", "svejserne", "at læse tegninger", "svejserne kan læse tegninger"),
        ("nl", "de lassers", "tekeningen lezen", "de lassers kunnen tekeningen lezen"),
        ("nl", "elke lasser", "tekeningen kunnen lezen", "elke lasser kan tekeningen lezen"),
        ("de", "die Schweißer im dritten Jahr", "Zeichnungen lesen können", "können Zeichnungen lesen"),
        ("de", "jede Klasse", "ein Projekt machen", "jede Klasse kann ein Projekt machen"),
        ("hu", "a hegesztők", "Bergenben gyakorlaton vannak", "a hegesztők Bergenben gyakorlaton vannak"),
        ("fr", "les soudeurs de deuxième année", "lire des plans", "les soudeurs de deuxième année peuvent lire"),
        ("fr", "chaque soudeur", "ils lisent des plans", "chaque soudeur lisent des plans"),
        ("es", "los soldadores", "Leer planos", "los soldadores pueden leer planos"),
        ("it", "ogni saldatore", "leggere disegni", "ogni saldatore può leggere disegni"),
    ],
)
def test_each_language_says_who_can_do_it_in_its_own_way(language: str, who: str, change: str, sentence: str) -> None:
    made = compose("Bergen", "", {"who": who, "change": change}, language)
    assert sentence in made.text
    assert made.invented == ()


def test_what_does_not_go_together_stands_after_its_label() -> None:
    made = compose(GOAL, REASON, {"who": "the welders", "change": "better English", "sign": "fewer complaints"}, "en")
    assert "Who gains by it: the welders. What will be different: better English." in made.text
    assert made.text.endswith("We will see it in this: fewer complaints.")


def test_an_aim_that_speaks_of_them_names_them() -> None:
    made = compose("so that they see other bakeries", REASON, {"who": "all bakers"}, "en")
    assert made.text.startswith("All bakers see other bakeries, because")


def test_one_because_does_not_follow_another() -> None:
    reason = "the yards hire from Poland because our welders cannot read drawings"
    made = compose(GOAL, reason, {"who": "the welders", "change": "read drawings"}, "en")
    assert made.text.count("because") == 1


def test_every_phrase_of_the_manager_is_kept_as_it_stands() -> None:
    parts = {"who": "the welders", "change": "read drawings", "means": "three weeks in Gdynia", "sign": "yards say so"}
    made = compose(GOAL, REASON, parts, "en")
    assert set(parts.values()) <= set(made.kept)
    assert all(phrase in made.text for phrase in made.kept)


@pytest.mark.parametrize(
    ("language", "who", "number"),
    [
        ("de", "die Schule", "one"), ("de", "die Köche im zweiten Jahr", "many"), ("de", "der Koch", "one"),
        ("nl", "de klas", "one"), ("nl", "onze docenten", "many"), ("fi", "opettaja", None),
        ("fi", "opettajat", "many"),
        ("fr", "la classe des soudeurs", "one"), ("it", "i cuochi", "many"), ("hu", "a szakácsok", None),
    ],
)  # fmt: skip
def test_one_and_many_are_told_apart_or_left_open(language: str, who: str, number: str | None) -> None:
    assert count_people(who, load_persons(language)) == number


@given(texts, texts, given_parts, st.sampled_from(LANGUAGES))
@settings(deadline=None, max_examples=150)
def test_nothing_is_ever_invented_in_any_wording(goal: str, reason: str, parts: dict[str, str], language: str) -> None:
    for made in list_wordings(goal, reason, parts, language):  # type: ignore[arg-type]  # the keys are drawn from PARTS
        assert made.invented == ()
        assert all(kept in made.text for kept in made.kept)
