"""What a manager says in a talk beside goals and answers is heard as such, in all nine languages."""

from collections.abc import Iterator

import pytest
from talks import COUNTED, GOAL, NEED, answers, begin, hold_talk, last, names

from assistant.app.refine_cards import goals_html
from assistant.asking.dialogue import Dialogue, open_dialogue
from knowledge.heard import TOPICS, load_heard
from knowledge.lexicon import LANGUAGES, load_lexicon
from knowledge.phrasebook import load_phrases

GOALS = (GOAL, "Our teachers speak better English.", "The school has partners in every trade.")
BEGUN = [
    ("en", "Yes, let's start with that one."), ("en", "Let's start with it"), ("fi", "Kyllä, aloitetaan siitä."),
    ("da", "Ja, lad os begynde med det."), ("nl", "Ja, laten we daarmee beginnen."), ("de", "Ja, fangen wir an."),
    ("de", "Gern, beginnen wir damit."), ("hu", "Igen, kezdjük ezzel."), ("fr", "Oui, commençons par celui-là."),
    ("es", "Sí, empecemos por ese."), ("it", "Sì, cominciamo"),
]  # fmt: skip
PLAIN = [
    ("en", "Sorry, I got that wrong: it is 45, not 60."), ("en", "It's 45, not 60."),
    ("fi", "Anteeksi, erehdyin: niitä on 45, ei 60."), ("da", "Undskyld, jeg tog fejl: det er 45, ikke 60."),
    ("nl", "Sorry, ik heb me vergist: het zijn er 45, niet 60."),
    ("de", "Moment, ich habe mich vertan: es sind 45 Auszubildende, nicht 60."), ("de", "Nicht 60, sondern 45."),
    ("hu", "Bocsánat, tévedtem: 45, nem 60."), ("fr", "Pardon, je me suis trompé : c'est 45, pas 60."),
    ("es", "Perdón, me he equivocado: son 45, no 60."), ("it", "Scusi, ho sbagliato: sono 45, non 60."),
]  # fmt: skip
ANNOUNCED = [
    ("en", "Sorry, I got that wrong: it is only for the fourth year."),
    ("fi", "Anteeksi, erehdyin: se koskee vain neljännen vuoden opiskelijoita."),
    ("da", "Undskyld, jeg tog fejl: det gælder kun fjerde år."),
    ("nl", "Sorry, ik heb me vergist: het geldt alleen voor het vierde jaar."),
    ("de", "Moment, ich habe mich vertan: es geht nur um das vierte Lehrjahr."),
    ("hu", "Bocsánat, tévedtem: csak a negyedikesekről van szó."),
    ("fr", "Pardon, je me suis trompé : cela ne concerne que les quatrièmes années."),
    ("es", "Perdón, me he equivocado: solo afecta al cuarto curso."),
    ("it", "ho sbagliato: riguarda solo le classi quarte"),
]
ASKED = {
    "en": (
        "Why do you ask that? What is a need anyway?", "Can you give me an example?",
        "What is the difference between a goal and an activity?",
    ),
    "fi": (
        "Miksi te kysytte tätä? Mikä on tarve?", "Voitteko antaa esimerkin?",
        "Mikä ero on tavoitteella ja toimenpiteellä?",
    ),
    "da": (
        "Hvorfor spørger I egentlig om det? Hvad er et behov?", "Kan I give mig et eksempel?",
        "Hvad er forskellen på et mål og en aktivitet?",
    ),
    "nl": (
        "Waarom vraagt u dat eigenlijk? Wat is dan een behoefte?", "Kunt u mij een voorbeeld geven?",
        "Wat is het verschil tussen een doel en een activiteit?",
    ),
    "de": (
        "Warum fragen Sie das eigentlich? Was ist denn ein Bedarf?", "Können Sie mir ein Beispiel geben?",
        "Was ist der Unterschied zwischen Ziel und Maßnahme?",
    ),
    "hu": (
        "Miért kérdezi ezt? Mi az a szükséglet?", "Tudna mondani egy példát?",
        "Mi a különbség a cél és a tevékenység között?",
    ),
    "fr": (
        "Pourquoi demandez-vous cela ? Qu'est-ce qu'un besoin ?", "Pouvez-vous me donner un exemple ?",
        "Quelle est la différence entre un objectif et une action ?",
    ),
    "es": (
        "¿Por qué lo pregunta? ¿Qué es una necesidad?", "¿Puede darme un ejemplo?",
        "¿Cuál es la diferencia entre un objetivo y una actividad?",
    ),
    "it": (
        "Perché lo chiede? Che cos'è un bisogno?", "Può farmi un esempio?",
        "Qual è la differenza tra obiettivo e attività?",
    ),
}  # fmt: skip
UNKNOWN = [
    ("en", "No idea, to be honest"), ("fi", "En osaa sanoa, rehellisesti sanottuna"),
    ("da", "Det ved jeg ærlig talt ikke"), ("nl", "Eerlijk gezegd geen idee"), ("de", "Keine Ahnung, ehrlich gesagt"),
    ("hu", "Őszintén szólva fogalmam sincs"), ("fr", "Aucune idée, franchement"), ("es", "La verdad, ni idea"),
    ("it", "Non saprei"),
]  # fmt: skip
REASON = "Half of our guests speak only German."


@pytest.fixture(scope="module")
def dialogue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dialogue]:
    with open_dialogue(tmp_path_factory.mktemp("data")) as opened:
        yield opened


@pytest.mark.parametrize(("language", "said"), BEGUN)
def test_yes_to_the_goal_proposed_begins_with_it(dialogue: Dialogue, language: str, said: str) -> None:
    name = begin(dialogue, language, *GOALS)
    talked = dialogue.say(name, said)
    assert [goal.text for goal in talked.goals] == list(GOALS)
    assert [goal.state for goal in talked.goals].count("asking") == 1
    assert talked.progress.whys == (0, 5)


@pytest.mark.parametrize("said", ["Yes, but the second one.", "No, let's start with the other one."])
def test_a_yes_that_means_another_goal_does_not_begin_with_it(dialogue: Dialogue, said: str) -> None:
    talked = dialogue.say(begin(dialogue, "en", *GOALS), said)
    assert all(goal.state == "new" for goal in talked.goals)


@pytest.mark.parametrize(("language", "said"), BEGUN)
def test_to_begin_is_no_answer_where_the_talk_has_begun(dialogue: Dialogue, language: str, said: str) -> None:
    name = begin(dialogue, language, COUNTED[language])
    before = dialogue.load(name)
    talked = dialogue.say(name, said)
    assert before is not None
    assert talked.goals == before.goals
    assert str(talked.goals[0].chain.next_question) in last(talked)  # type: ignore[union-attr] - it was asked about


def test_yes_is_no_part_of_a_goal(dialogue: Dialogue) -> None:
    name = begin(dialogue, "en", COUNTED["en"])
    asked = dialogue.say(name, REASON)
    assert asked.progress.parts_left
    assert dialogue.say(name, "Yes, please.").goals == asked.goals


def test_yes_with_more_words_of_yes_accepts_a_wording(dialogue: Dialogue) -> None:
    name = begin(dialogue, "de", COUNTED["de"])
    dialogue.say(name, load_lexicon("de").voice["reply_stop"])
    talked = dialogue.say(name, "Ja, das passt so.")
    assert talked.goals[0].state == "accepted"
    assert talked.goals[0].asides == ()


@pytest.mark.parametrize(("language", "said"), PLAIN)
def test_a_plain_correction_changes_the_goal_and_answers_nothing(dialogue: Dialogue, language: str, said: str) -> None:
    name = begin(dialogue, language, COUNTED[language])
    before = dialogue.load(name)
    assert before is not None
    talked = dialogue.say(name, said)
    assert talked.goals[0].text == COUNTED[language].replace("60", "45")
    assert answers(talked) == 0
    assert talked.progress == before.progress
    assert "45" in last(talked)
    assert "60" not in last(talked)


@pytest.mark.parametrize(("language", "said"), ANNOUNCED)
def test_any_other_correction_asks_for_the_goal_in_its_right_words(
    dialogue: Dialogue, language: str, said: str
) -> None:
    name = begin(dialogue, language, COUNTED[language])
    talked = dialogue.say(name, said)
    assert answers(talked) == 0
    assert last(talked).endswith(load_lexicon(language).voice["edit"])
    right = COUNTED[language].replace("60", "45")
    after = dialogue.say(name, right)
    assert after.goals[0].text == after.goals[0].original == right
    assert after.progress.whys == (0, 5)


def test_a_goal_asked_for_in_its_right_words_can_be_corrected_plainly(dialogue: Dialogue) -> None:
    name = begin(dialogue, "en", COUNTED["en"])
    dialogue.say(name, "Wait, I made a mistake")
    talked = dialogue.say(name, "45, not 60.")
    assert talked.goals[0].text == COUNTED["en"].replace("60", "45")
    assert talked.progress.whys == (0, 5)


def test_a_correction_is_neither_a_means_nor_a_sign(dialogue: Dialogue) -> None:
    name = begin(dialogue, "en", COUNTED["en"])
    filling = dialogue.say(name, REASON)
    assert filling.progress.parts_left
    corrected = dialogue.say(name, "Sorry, I got that wrong: it is 45, not 60.")
    assert corrected.progress.parts_left == filling.progress.parts_left
    assert corrected.goals[0].parts == corrected.goals[0].actions == ()
    assert "45 apprentices" in corrected.goals[0].text
    assert "wrong" not in corrected.goals[0].text
    asked = dialogue.say(name, "Wait, I made a mistake there")
    assert asked.goals[0].parts == ()
    after = dialogue.say(name, "45 apprentices of ours can talk to guests in German.")
    assert after.progress.parts_left == filling.progress.parts_left
    assert after.goals[0].original == "45 apprentices of ours can talk to guests in German."
    assert dialogue.undo(name).goals[0].original == "45 apprentices can talk to guests in German."


@pytest.mark.parametrize("said", ["English, not Danish.", "They need 45 hours, not 3, to learn it."])
def test_what_no_goal_holds_is_an_answer_and_no_correction(dialogue: Dialogue, said: str) -> None:
    assert answers(dialogue.say(begin(dialogue, "en", COUNTED["en"]), said)) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_about_the_talk_is_answered_from_the_guide_and_answers_nothing(
    dialogue: Dialogue, language: str
) -> None:
    name = begin(dialogue, language, COUNTED[language])
    before = dialogue.load(name)
    assert before is not None
    for question in ASKED[language]:
        talked = dialogue.say(name, question)
        answer, back = talked.turns[-2:]
        assert answer.speaker == "assistant"
        assert answer.citations
        assert all(one.section in {"4.4", "4.5"} for one in answer.citations)
        assert talked.goals == before.goals
        assert talked.goals[0].chain is not None
        assert back.text.count(str(talked.goals[0].chain.next_question)) == 1


def test_what_was_acknowledged_is_not_said_again_after_a_question(dialogue: Dialogue) -> None:
    name = begin(dialogue, "en", COUNTED["en"])
    asked = dialogue.say(name, "because it is important")
    assert last(asked).startswith("That says the goal once more.")
    again = last(dialogue.say(name, "Can you give me an example?"))
    assert "once more" not in again
    assert "what happens if you leave it out" in again
    assert not dialogue.undo(name).goals[0].chain.steps  # type: ignore[union-attr] - it was asked about


def test_a_question_at_the_end_of_an_answer_leaves_it_an_answer(dialogue: Dialogue) -> None:
    assert answers(hold_talk(dialogue, f"heard {next(names)}", GOAL, f"{NEED} Is that an example of a reason?")) == 1


@pytest.mark.parametrize(("language", "said"), UNKNOWN)
def test_not_to_know_is_no_answer_in_the_summary(dialogue: Dialogue, language: str, said: str) -> None:
    name = begin(dialogue, language, COUNTED[language])
    helped = dialogue.say(name, said)
    voice = load_lexicon(language).voice
    assert last(helped).endswith(voice["unsure_1"])
    summed = dialogue.say(name, voice["reply_sum"])
    assert summed.turns[-2].speaker == "manager"
    assert said not in last(summed)
    assert load_phrases(language).say("readings", "unsure") not in goals_html(helped)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_what_is_answered_with_the_same_holes(language: str) -> None:
    says = load_heard(language).says
    assert "{text}" in says["corrected"]
    assert "{goal}" in says["correction"]
    assert all(load_heard(language).topics[topic].pattern for topic in TOPICS)
