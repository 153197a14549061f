"""What was said for a goal can be taken back by saying so, and a new wording drops what it no longer holds."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from talks import REASONS, last, names

from assistant.asking.composition import Part
from assistant.asking.conversation import Stated
from assistant.asking.dialogue import Dialogue, open_dialogue
from assistant.asking.showing import Conversation
from knowledge.heard import load_heard
from knowledge.lexicon import LANGUAGES, load_lexicon

GOALS = {
    "en": "Our apprentices can talk to guests in German.",
    "fi": "Opiskelijamme osaavat palvella asiakkaita saksaksi.",
    "da": "Vores lærlinge kan tale med gæster på tysk.",
    "nl": "Onze leerlingen kunnen met gasten Duits spreken.",
    "de": "Unsere Auszubildenden können mit Gästen Englisch sprechen.",
    "hu": "Tanulóink tudnak németül beszélni a vendégekkel.",
    "fr": "Nos apprentis savent parler allemand avec les clients.",
    "es": "Nuestros alumnos saben hablar alemán con los clientes.",
    "it": "I nostri studenti sanno parlare tedesco con gli ospiti.",
}
WAY = "Rostock"
TAKEN_BACK = [
    ("en", "no wait, scrap the Rostock bit"), ("en", "Please remove the part about Rostock."),
    ("fi", "hetkinen, unohda se Rostock"), ("fi", "Sekava lause, poistakaa kohta Rostock"),
    ("da", "Glem Rostock"), ("nl", "Schrap dat stuk over Rostock"), ("de", "Streichen Sie bitte den Teil mit Rostock"),
    ("hu", "Felejtsük el Rostock nevét"), ("fr", "c'est illisible, enlevez la partie sur Rostock"),
    ("es", "Olvide lo de Rostock"), ("it", "tolga la parte su Rostock"),
]  # fmt: skip


@pytest.fixture
def dialogue(tmp_path: Path) -> Iterator[Dialogue]:
    with open_dialogue(tmp_path) as opened:
        yield opened


def fill(dialogue: Dialogue, language: str, parts: dict[Part, str]) -> tuple[str, Conversation]:
    """A goal with its reason and these parts, at the wording on offer."""
    name = f"taken back {next(names)}"
    dialogue.start(name, language)
    dialogue.take_goals(name, [GOALS[language]])
    asked = dialogue.say(name, REASONS[language])
    voice = load_lexicon(language).voice
    while asked.progress.parts_left:
        open_part = next((part for part in parts if voice[f"ask_{part}"].split("{")[0] in last(asked)), None)
        asked = dialogue.say(name, parts[open_part] if open_part else voice["reply_skip"])
    return name, asked


@pytest.mark.parametrize(("language", "said"), TAKEN_BACK)
def test_a_part_is_taken_out_of_the_wording_and_of_the_steps_by_saying_so(
    dialogue: Dialogue, language: str, said: str
) -> None:
    name, offered = fill(dialogue, language, {"means": WAY})
    assert WAY in offered.goals[0].text
    assert [one.text for one in offered.goals[0].actions] == [WAY]
    left = dialogue.say(name, said)
    assert WAY not in left.goals[0].text
    assert left.goals[0].parts == left.goals[0].actions == left.goals[0].asides == ()
    assert load_heard(language).says["unsaid"].format(words=WAY) in last(left)
    assert left.goals[0].text in last(left)
    assert dialogue.undo(name).goals[0].text == offered.goals[0].text


def test_a_part_taken_back_among_the_short_questions_is_asked_for_again(dialogue: Dialogue) -> None:
    name = f"taken back {next(names)}"
    dialogue.start(name)
    dialogue.take_goals(name, [GOALS["en"]])
    dialogue.say(name, REASONS["en"])
    asked = dialogue.say(name, "a course in Kiel")
    assert asked.goals[0].parts == (("means", "a course in Kiel"),)
    again = dialogue.say(name, "sorry, forget the course")
    assert again.goals[0].parts == again.goals[0].actions == ()
    assert load_lexicon("en").voice["ask_means"].split("{")[0] in last(again)
    other = dialogue.say(name, "a visit to Lyon")
    instead = dialogue.say(name, "scrap the visit, four weeks at a hotel")
    assert instead.goals[0].parts == (("means", "four weeks at a hotel"),)
    assert instead.progress == other.progress


def test_of_two_reasons_the_one_that_is_taken_back_goes(dialogue: Dialogue) -> None:
    name = f"taken back {next(names)}"
    dialogue.start(name)
    dialogue.take_goals(name, [GOALS["en"]])
    dialogue.say(name, f"{REASONS['en']} And also because fewer young people apply.")
    left = dialogue.say(name, "wait, I didn't mean the young people")
    assert left.goals[0].reason == REASONS["en"]
    assert left.goals[0].state == "reformulated"
    assert "young" not in left.goals[0].text
    none = dialogue.say(name, "forget the hotels")
    assert none.goals[0].state == "asking"
    assert none.goals[0].text == GOALS["en"]


@pytest.mark.parametrize("said", ["Remove the fear of speaking", "Delete old course books", "Cut the waiting time"])
def test_a_step_may_be_to_remove_something(dialogue: Dialogue, said: str) -> None:
    name = f"taken back {next(names)}"
    dialogue.start(name)
    dialogue.take_goals(name, [GOALS["en"]])
    dialogue.say(name, REASONS["en"])
    assert said in dict(dialogue.say(name, said).goals[0].parts).values()


def test_forgetting_in_an_answer_to_why_is_an_answer(dialogue: Dialogue) -> None:
    name = f"taken back {next(names)}"
    dialogue.start(name)
    dialogue.take_goals(name, [GOALS["en"]])
    dialogue.say(name, "We get money for it.")
    told = dialogue.say(name, "No, forget the money, the hotels here cannot find staff who speak German.")
    assert told.goals[0].chain is not None
    assert len(told.goals[0].chain.steps) == 2


def test_a_wholly_new_wording_keeps_no_part_that_it_does_not_hold(dialogue: Dialogue) -> None:
    name, _ = fill(dialogue, "en", {"change": "they advise guests", "means": "four weeks in Rostock"})
    dialogue.say(name, "Edit")
    worded = dialogue.say(name, "Four weeks in Rostock make every waiter fluent.")
    assert worded.goals[0].parts == (("means", "four weeks in Rostock"),)
    assert [one.text for one in worded.goals[0].actions] == ["four weeks in Rostock"]
    dialogue.say(name, "Edit")
    bare = dialogue.say(name, "Every waiter is fluent.")
    assert bare.goals[0].parts == bare.goals[0].actions == ()
    accepted = dialogue.say(name, "Accept")
    assert accepted.goals[0].text == "Every waiter is fluent."
    assert "Rostock" not in last(accepted)


def test_a_small_change_of_the_wording_keeps_its_parts(dialogue: Dialogue) -> None:
    name, offered = fill(dialogue, "en", {"change": "they advise guests", "means": "four weeks in Rostock"})
    dialogue.say(name, "Edit")
    changed = dialogue.say(name, offered.goals[0].text.replace("guests", "all guests"))
    assert changed.goals[0].parts == offered.goals[0].parts
    assert changed.goals[0].actions == offered.goals[0].actions


@pytest.mark.parametrize(
    ("language", "reason"),
    [("fi", "Hakijamäärä laskee"), ("it", "Calano le iscrizioni"), ("nl", "Aanmeldingen dalen")],
)
def test_what_a_strategy_calls_a_reason_is_read_as_one(dialogue: Dialogue, language: str, reason: str) -> None:
    goal = GOALS[language]
    dialogue.start("stated", language)
    told = dialogue.take_goals("stated", [goal], stated={goal: Stated(reason=reason)})
    assert told.goals[0].state == "reformulated"
    assert told.goals[0].reason == reason


def test_a_higher_goal_in_the_place_of_a_reason_stays_a_goal(dialogue: Dialogue) -> None:
    goal = GOALS["en"]
    told = dialogue.take_goals("stated", [goal], stated={goal: Stated(reason="To improve language skills")})
    assert told.goals[0].state == "asking"


def test_the_goal_with_most_remarks_in_its_critique_is_proposed_to_begin_with(dialogue: Dialogue) -> None:
    goals = [GOALS["en"], "Our teachers speak better English.", "The school has partners in every trade."]
    stated = {goal: Stated(remarks=remarks) for goal, remarks in zip(goals, (0, 1, 4), strict=True)}
    assert "Number 3" in last(dialogue.take_goals("picked", goals, stated=stated))


def test_of_goals_alike_the_one_without_a_reason_is_proposed_to_begin_with(dialogue: Dialogue) -> None:
    goals = [f"Our {trade} can talk to guests in German." for trade in ("cooks", "waiters", "bakers")]
    stated = {goal: Stated(reason=REASONS["en"]) for goal in goals[:2]}
    assert "Number 3" in last(dialogue.take_goals("picked", goals, stated=stated))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_told_of_a_message_has_the_same_holes_in_every_language(language: str) -> None:
    says = load_heard(language).says
    assert "{stop}" in says["complaint"]
    assert all("{words}" in says[name] for name in ("unsaid", "people", "named"))
