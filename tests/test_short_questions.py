"""What is said at the short questions: complaints, little words and people are no part of a goal that they are not."""

from collections.abc import Iterator

import pytest
from talks import COUNTED, REASONS, answers, begin, last

from assistant.asking.composition import PARTS, Part
from assistant.asking.dialogue import Dialogue, open_dialogue
from assistant.asking.planning import plan_goal
from assistant.asking.showing import Conversation
from knowledge.heard import load_heard
from knowledge.lexicon import LANGUAGES, load_lexicon

REASON = "Half of our guests speak only German."
COMPLAINTS = [
    ("en", "This is getting really annoying"), ("en", "You keep asking the same thing."),
    ("fi", "Tää alkaa olla aika rasittavaa"), ("fi", "Eikö teillä ole muuta tekemistä?"),
    ("da", "Det her er spild af tid"), ("nl", "Dit wordt echt vervelend."), ("de", "Sie fragen schon wieder dasselbe!"),
    ("hu", "Ez már nagyon idegesítő"), ("fr", "C'est pénible, à la fin."), ("fr", "Toujours la même question..."),
    ("es", "Esto es una pérdida de tiempo"), ("it", "Che noioso!"),
]  # fmt: skip
NO_COMPLAINTS = [
    ("en", "The students find the paperwork annoying"), ("en", "Less boring paperwork"),
    ("en", "It is frustrating to see applications fall every year"), ("fi", "Opettajat pitävät lomakkeita rasittavina"),
    ("fr", "Le travail à l'atelier est pénible"), ("de", "Die Betriebe finden die Papiere lästig"),
]  # fmt: skip
BROKEN_OFF = [
    ("en", "because"), ("fi", "ei kun siis"), ("da", "altså, fordi"), ("nl", "omdat..."), ("de", "Weil"),
    ("hu", "mert hát"), ("fr", "Parce que"), ("es", "porque"), ("it", "perché"),
]  # fmt: skip
ENOUGH = [
    ("en", "that's enough"), ("fi", "Se on kaikki"), ("da", "Nu er det nok"), ("nl", "Zo is het wel genoeg"),
    ("de", "Das reicht jetzt"), ("hu", "ennyi elég"), ("fr", "bon, ça suffit comme ça"), ("es", "ya es suficiente"),
    ("it", "basta così"),
]  # fmt: skip
MEANT = {
    "en": "What do you mean by that", "fi": "mitä tarkotat?", "da": "Hvad mener du?", "nl": "Wat bedoelt u",
    "de": "Was meinen Sie damit?", "hu": "Ezt hogy érti?", "fr": "Que voulez-vous dire ?", "es": "¿Qué quiere decir?",
    "it": "In che senso?",
}  # fmt: skip
TAGGED = [
    ("en", "Inclusion matters. It is one of our values, isn't it?"),
    ("fi", "Osallisuus on tärkeää. Se on arvomme, eikö niin?"),
    ("da", "Det er vigtigt. Det er en af vores værdier, ikke?"),
    ("nl", "Dat is belangrijk. Het is een van onze waarden toch?"),
    ("de", "Das ist wichtig. Es gehört zu unserem Leitbild, nicht wahr?"),
    ("hu", "Ez fontos. Ez az egyik értékünk, ugye?"), ("fr", "C'est important. C'est une de nos valeurs non ?"),
    ("es", "Es importante. Es uno de nuestros valores, ¿no?"), ("it", "È importante. È uno dei nostri valori, no?"),
]  # fmt: skip
SHRUGS = [
    ("en", "idk"), ("fi", "emt"), ("da", "aner det ikke"), ("nl", "geen idee"), ("de", "ka"), ("hu", "nemtom"),
    ("fr", "chais pas"), ("es", "ni idea"), ("it", "boh"),
]  # fmt: skip
PEOPLE = {
    "en": "our nursing students", "fi": "meidän lähihoitajaopiskelijat", "da": "vores elever", "nl": "onze leerlingen",
    "de": "unsere Pflegeschüler", "hu": "a tanulóink", "fr": "nos élèves infirmiers", "es": "nuestros alumnos",
    "it": "i nostri studenti",
}  # fmt: skip


@pytest.fixture(scope="module")
def dialogue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dialogue]:
    with open_dialogue(tmp_path_factory.mktemp("data")) as opened:
        yield opened


def fill(dialogue: Dialogue, language: str, *, part: Part | None = None) -> tuple[str, Conversation]:
    """A conversation about a goal that has its reason, at its first short question, or at the one for a part."""
    name = begin(dialogue, language, COUNTED[language])
    asked = dialogue.say(name, REASONS[language])
    assert asked.progress.parts_left, last(asked)
    voice = load_lexicon(language).voice
    for _ in range(PARTS.index(part) if part else 0):
        if voice[f"ask_{part}"].split("{")[0] not in last(asked):
            asked = dialogue.say(name, voice["reply_skip"])
    assert not part or voice[f"ask_{part}"].split("{")[0] in last(asked)
    return name, asked


@pytest.mark.parametrize(("language", "said"), COMPLAINTS)
def test_a_complaint_is_no_answer(dialogue: Dialogue, language: str, said: str) -> None:
    name, asked = fill(dialogue, language)
    told = dialogue.say(name, said)
    assert told.goals == asked.goals
    assert told.progress == asked.progress
    assert load_lexicon(language).voice["reply_stop"] in last(told)
    ended = dialogue.say(name, said)
    assert ended.progress.parts_left is None
    assert said not in ended.goals[0].text


@pytest.mark.parametrize(("language", "said"), NO_COMPLAINTS)
def test_what_is_annoying_to_others_is_an_answer(dialogue: Dialogue, language: str, said: str) -> None:
    name, asked = fill(dialogue, language)
    assert dialogue.say(name, said).goals != asked.goals


def test_what_is_said_beside_a_complaint_is_the_answer(dialogue: Dialogue) -> None:
    name, _ = fill(dialogue, "en")
    given = dialogue.say(name, "This is a waste of time. They take orders in German.")
    assert [words for _, words in given.goals[0].parts] == ["They take orders in German."]


@pytest.mark.parametrize(("language", "said"), BROKEN_OFF)
def test_little_words_alone_are_no_answer(dialogue: Dialogue, language: str, said: str) -> None:
    name = begin(dialogue, language, COUNTED[language])
    assert answers(dialogue.say(name, said)) == 0
    name, asked = fill(dialogue, language)
    assert dialogue.say(name, said).goals == asked.goals


@pytest.mark.parametrize(("language", "said"), ENOUGH)
def test_enough_ends_the_short_questions_and_the_steps(dialogue: Dialogue, language: str, said: str) -> None:
    name, _ = fill(dialogue, language)
    ended = dialogue.say(name, said)
    assert ended.progress.parts_left is None
    assert said not in ended.goals[0].text
    dialogue.change(name, lambda talk: plan_goal(talk, talk.goals[0].id))
    assert dialogue.say(name, said).goals[0].actions == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_asks_what_a_question_means_is_told_and_answers_nothing(dialogue: Dialogue, language: str) -> None:
    name = begin(dialogue, language, COUNTED[language])
    told = dialogue.say(name, MEANT[language])
    assert answers(told) == 0
    assert load_heard(language).says["need"] in told.turns[-2].text
    name, asked = fill(dialogue, language, part="means")
    nearer = dialogue.say(name, MEANT[language])
    assert last(nearer).endswith(load_lexicon(language).voice["hint_means"])
    again = dialogue.say(name, MEANT[language])
    assert again.progress == nearer.progress == asked.progress
    assert again.turns[-2].citations


@pytest.mark.parametrize("said", ["qu'est ce que vous entendez par besoin?", "c'est quoi un besoin"])
def test_what_a_need_is_can_be_asked_as_people_write_it(dialogue: Dialogue, said: str) -> None:
    told = dialogue.say(begin(dialogue, "fr", COUNTED["fr"]), said)
    assert load_heard("fr").says["need"] in told.turns[-2].text


@pytest.mark.parametrize(("language", "said"), TAGGED)
def test_a_question_that_only_asks_to_agree_is_an_answer(dialogue: Dialogue, language: str, said: str) -> None:
    told = dialogue.say(begin(dialogue, language, COUNTED[language]), said)
    assert answers(told) == 1
    assert "?" not in told.goals[0].chain.steps[0].answer  # type: ignore[union-attr] - it was answered


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "Is that a goal or no?"), ("en", "Is this goal right?"), ("it", "Si chiede un esame oppure no?")],
)
def test_a_real_question_that_ends_like_one_to_agree_stays_a_question(
    dialogue: Dialogue, language: str, said: str
) -> None:
    assert answers(dialogue.say(begin(dialogue, language, COUNTED[language]), said)) == 0


@pytest.mark.parametrize(("language", "said"), SHRUGS)
def test_not_to_know_can_be_said_in_short(dialogue: Dialogue, language: str, said: str) -> None:
    helped = dialogue.say(begin(dialogue, language, COUNTED[language]), said)
    assert last(helped).endswith(load_lexicon(language).voice["unsure_1"])
    name, asked = fill(dialogue, language)
    told = dialogue.say(name, said)
    assert told.goals[0].parts == asked.goals[0].parts
    assert told.progress == asked.progress


def test_the_reason_after_not_knowing_is_the_answer(dialogue: Dialogue) -> None:
    told = dialogue.say(begin(dialogue, "fr", COUNTED["fr"]), f"je sais pas trop, parce que {REASONS['fr'].lower()}")
    assert told.goals[0].state == "reformulated"
    assert "sais pas" not in told.goals[0].text
    own = dialogue.say(begin(dialogue, "en", COUNTED["en"]), "No idea, because I am new here")
    assert own.goals[0].state == "asking"


@pytest.mark.parametrize("language", LANGUAGES)
def test_people_are_no_means_but_those_who_gain(dialogue: Dialogue, language: str) -> None:
    name, asked = fill(dialogue, language, part="means")
    told = dialogue.say(name, PEOPLE[language])
    assert told.goals[0].parts == (*asked.goals[0].parts, ("who", PEOPLE[language]))
    assert told.goals[0].actions == ()
    assert told.progress == asked.progress
    assert load_lexicon(language).voice["ask_means"].split("{")[0] in last(told)


@pytest.mark.parametrize(
    "said", ["teacher exchanges", "our partner companies", "with our teachers", "a language course"]
)
def test_a_way_that_speaks_of_people_is_a_means(dialogue: Dialogue, said: str) -> None:
    name, _ = fill(dialogue, "en", part="means")
    assert ("means", said) in dialogue.say(name, said).goals[0].parts


@pytest.mark.parametrize(
    ("language", "more"),
    [("fi", "Ja sit kans siksi että hakijamäärät laskee"), ("en", "And also because fewer apply each year")],
)
def test_a_second_reason_joins_the_first(dialogue: Dialogue, language: str, more: str) -> None:
    together = dialogue.say(begin(dialogue, language, COUNTED[language]), f"{REASONS[language]} {more}.")
    assert more[4:] in together.goals[0].text
    name, asked = fill(dialogue, language)
    later = dialogue.say(name, more)
    assert later.progress == asked.progress
    assert later.goals[0].parts == ()
    assert more[4:] in later.goals[0].text
    assert later.goals[0].state == "reformulated"


def test_after_a_wording_no_more_questions_puts_no_goal_aside(dialogue: Dialogue) -> None:
    name = begin(dialogue, "en", COUNTED["en"], "Our teachers speak better English.")
    dialogue.say(name, REASON)
    dialogue.say(name, "Stop asking")
    told = dialogue.say(name, "Stop asking")
    assert told.goals[0].state == "reformulated"
    assert told.current == told.goals[0].id
    accepted = dialogue.say(name, "Accept")
    assert accepted.goals[0].state == "accepted"
    assert accepted.goals[0].actions == ()
