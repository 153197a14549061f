"""A goal in the manager's own words: which frame it gets, and that nothing is added."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.asking.reformulation import frame_words, invented_words, reformulate
from knowledge.lexicon import LANGUAGES, load_lexicon

REASON = "The mills here sell to buyers in nine countries."


@pytest.mark.parametrize(
    ("goal", "start"),
    [
        (
            "We want to open our courses to foreign students.",
            "We want to open our courses to foreign students, because",
        ),
        ("Strengthen the language skills of nurses", "Our aim is to strengthen the language skills of nurses, because"),
        ("to raise the quality of placements", "Our aim is to raise the quality of placements, because"),
        ("so that every learner meets other cultures", "Our aim is that every learner meets other cultures, because"),
        ("A wider outlook", "Our aim: a wider outlook, because"),
        ("Raising the level of skills", "Our aim: Raising the level of skills, because"),
        ("For a good name in town", "Our aim: a good name in town, because"),
    ],
)
def test_a_goal_gets_the_frame_its_form_needs(goal: str, start: str) -> None:
    assert reformulate(goal, REASON, "en").text.startswith(start)


@pytest.mark.parametrize(
    ("reason", "end"),
    [
        (REASON, ", because the mills here sell to buyers in nine countries."),
        ("Since nobody speaks Polish", ", since nobody speaks Polish."),
        ("because of the shortage of carers", ", because of the shortage of carers."),
        ("lack of carers", " – the reason: lack of carers."),
        ("well, the reason is that nobody speaks Polish", ", because nobody speaks Polish."),
        ("Fridtun has lost its shipyard", ". The reason: Fridtun has lost its shipyard."),
    ],
)
def test_a_reason_is_joined_as_its_form_allows(reason: str, end: str) -> None:
    assert reformulate("We want more exchanges", reason, "en").text == f"We want more exchanges{end}"


def test_a_goal_of_several_sentences_stays_whole() -> None:
    made = reformulate("We want more exchanges. We want 40 by 2031.", REASON, "en")
    assert made.text == f"We want more exchanges. We want 40 by 2031. The reason: {REASON.replace('The', 'the', 1)}"


@pytest.mark.parametrize(
    ("language", "goal", "reason", "expected"),
    [
        ("de", "Wir wollen mehr Austausch.", "Weil die Betriebe Leute suchen.", ", weil die Betriebe Leute suchen."),
        ("de", "Wir wollen mehr Austausch.", "Die Betriebe suchen Leute.", ", denn die Betriebe suchen Leute."),
        ("nl", "Wij willen meer uitwisseling.", "De bedrijven zoeken mensen.", ", want de bedrijven zoeken mensen."),
        ("da", "Vi vil have mere udveksling.", "Der mangler folk.", ", for der mangler folk."),
        ("fi", "Haluamme lisää vaihtoja.", "Yritykset etsivät väkeä.", ", koska yritykset etsivät väkeä."),
        ("hu", "Több cserét szeretnénk.", "A cégek embereket keresnek.", ", mert a cégek embereket keresnek."),
        (
            "fr",
            "Nous voulons plus d'échanges.",
            "Les hôtels cherchent du monde.",
            ", car les hôtels cherchent du monde.",
        ),
        ("es", "Queremos más intercambios.", "Las empresas buscan gente.", ", ya que las empresas buscan gente."),
        ("it", "Vogliamo più scambi.", "Le aziende cercano gente.", ", perché le aziende cercano gente."),
    ],
)
def test_each_language_joins_in_its_own_way(language: str, goal: str, reason: str, expected: str) -> None:
    made = reformulate(goal, reason, language)
    assert made.text == goal.rstrip(".") + expected
    assert made.invented == ()


@given(st.text(max_size=120), st.text(max_size=120), st.sampled_from(LANGUAGES))
@settings(deadline=None)
def test_nothing_is_ever_invented(goal: str, reason: str, language: str) -> None:
    made = reformulate(goal, reason, language)
    assert made.invented == ()
    assert all(kept in made.text for kept in made.kept)


@given(st.text(alphabet="abc XYZ", max_size=40), st.integers(100, 10**6))
def test_a_number_or_name_from_nowhere_is_found_out(source: str, number: int) -> None:
    text = f"{source} Norrvik {number}"
    frame = {*frame_words(load_lexicon("en")), str(number)}
    assert invented_words(text, [source], frame) == ("norrvik", str(number))


def test_words_of_the_sources_are_never_invented_whatever_their_capitals() -> None:
    assert invented_words("More NURSES abroad", ["more nurses", "Abroad"]) == ()
