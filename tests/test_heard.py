"""What a manager says in a talk beside goals and answers is heard as such, in all nine languages."""

from collections.abc import Iterator

import pytest
from talks import GOAL, NEED, hold_talk, names

from assistant.app.refine_cards import goals_html
from assistant.asking.composition import PARTS, Part
from assistant.asking.dialogue import Dialogue, open_dialogue
from assistant.asking.planning import plan_goal
from assistant.asking.showing import Conversation
from knowledge.heard import TOPICS, load_heard
from knowledge.lexicon import LANGUAGES, load_lexicon
from knowledge.phrasebook import load_phrases

GOALS = (GOAL, "Our teachers speak better English.", "The school has partners in every trade.")
COUNTED = {
    "en": "60 apprentices can talk to guests in German.",
    "fi": "60 opiskelijaa osaa palvella asiakkaita saksaksi.",
    "da": "60 lærlinge kan tale med gæster på tysk.",
    "nl": "60 leerlingen kunnen met gasten Duits spreken.",
    "de": "60 Auszubildende können mit Gästen Englisch sprechen.",
    "hu": "60 tanuló tud németül beszélni a vendégekkel.",
    "fr": "60 apprentis savent parler allemand avec les clients.",
    "es": "60 alumnos saben hablar alemán con los clientes.",
    "it": "60 studenti sanno parlare tedesco con gli ospiti.",
}
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
REASONS = {
    "en": REASON,
    "fi": "Puolet hotellien vieraista puhuu vain saksaa, eikä kukaan osaa palvella heitä.",
    "da": "Hotellerne kan ikke finde folk, der taler tysk.",
    "nl": "De hotels vinden geen mensen die Duits spreken.",
    "de": "Die Hotels finden niemanden, der Englisch kann.",
    "hu": "A szállodák nem találnak németül beszélő embert.",
    "fr": "La moitié de nos clients ne parlent que l'allemand.",
    "es": "Los hoteles no encuentran personal que hable alemán.",
    "it": "Gli alberghi non trovano personale che parli tedesco.",
}
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


def begin(dialogue: Dialogue, language: str, *goals: str) -> str:
    """The id of a conversation in a language that these goals were taken to."""
    name = f"heard {next(names)}"
    dialogue.start(name, language)
    dialogue.take_goals(name, goals)
    return name


def last(conversation: Conversation) -> str:
    return conversation.turns[-1].text


def answers(conversation: Conversation) -> int:
    chain = conversation.goals[0].chain
    return len(chain.steps) if chain else 0


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
