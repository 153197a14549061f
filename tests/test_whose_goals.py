"""Goals that a document denies, or that are the ministry's or the EU's, are none of the school's."""

import pytest

from assistant.reviewing.announcements import is_disowned
from assistant.reviewing.parts import find_parts
from knowledge.lexicon import load_lexicon
from knowledge.reading.files import read_bytes

LIST = "- Every baker apprentice can serve guests in a second language\n- Half of the teachers have worked abroad"


def chosen(text: str, language: str) -> list[str]:
    document = read_bytes(text.encode(), "plan.txt")
    return [" ".join(goal.statement.text.split()) for goal in find_parts(document, language=language).goals]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "It is not our goal to become the largest sender of the region."),
        ("en", "The European Union's goal is that 12 % of learners go abroad by 2030."),
        ("fi", "Euroopan unionin tavoitteena on, että 12 prosenttia opiskelijoista lähtee ulkomaille."),
        ("da", "Regeringens mål er, at flere unge vælger en erhvervsuddannelse."),
        ("nl", "Het is niet ons doel om de grootste te worden."),
        ("de", "Das Ziel der Bundesregierung ist, dass zwölf Prozent der Lernenden ins Ausland gehen."),
        ("hu", "Nem célunk, hogy minden áron növeljük az utazások számát."),
        ("fr", "L'objectif du ministère est de doubler le nombre de départs."),
        ("es", "El objetivo del Ministerio es duplicar el número de salidas."),
        ("it", "Il nostro obiettivo non è diventare la scuola più grande."),
    ],
)
def test_a_goal_that_is_denied_or_anothers_is_none_of_the_schools(language: str, sentence: str) -> None:
    assert is_disowned(sentence, load_lexicon(language))
    assert sentence not in chosen(f"{sentence}\n\n{LIST if language == 'en' else sentence}", language)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Our goal is not only to send bakers abroad, it is to bring back recipes."),
        ("en", "Together with the ministry we aim at a second language for every baker."),
        ("fr", "Notre objectif n'est pas d'envoyer plus d'élèves, mais de mieux les préparer."),
        ("de", "Unser Ziel ist es, dass nicht nur die Besten reisen."),
        ("es", "Nuestro objetivo no es viajar más, sino aprender más de cada viaje."),
    ],
)
def test_what_is_denied_for_something_better_is_still_a_goal(language: str, sentence: str) -> None:
    assert not is_disowned(sentence, load_lexicon(language))
