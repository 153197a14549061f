"""The journey from nothing to a strategy by chat."""

from dataclasses import dataclass
from pathlib import Path

from talks import GOAL, NEED, Talker, last

from assistant.asking.dialogue import open_dialogue
from knowledge.document import Span
from knowledge.steps import load_steps

PLACE = Span(10, 84)


@dataclass(frozen=True)
class Cited:
    """A passage of the school's own papers."""

    document: str = "d1"
    title: str = "Survey of employers"
    section: str | None = None
    page: int = 3
    quote: str = "Hotels along the coast say that staff who speak languages cannot be found."
    span: Span = PLACE


@dataclass(frozen=True)
class Answered:
    """An answer such as the library gives."""

    text: str = "It says."
    citations: tuple[Cited, ...] = (Cited(),)


def test_the_journey_goes_through_eight_steps_and_keeps_what_is_answered(say: Talker) -> None:
    begun = say("Start from nothing")
    assert begun.progress.step == (1, 8)
    first = load_steps()[0]
    assert first.tool.split()[-1] in last(begun)
    assert last(begun).endswith(first.questions[0])
    noted = say("An exchange with Tartu since 2011, two projects", "Skip")
    assert [note.text for note in noted.notes] == ["An exchange with Tartu since 2011, two projects"]
    assert last(noted).endswith(first.questions[2])
    assert say("Next step").progress.step == (2, 8)
    assert say("Previous step").progress.step == (1, 8)
    assert "step 1 of 8" in last(say("Where am I?"))
    seen = {say("Next step").progress.step for _ in range(6)}
    assert seen == {(step, 8) for step in range(2, 8)} | {(7, 8)}


def test_the_step_of_the_goals_climbs_the_ladder_and_leads_on(say: Talker) -> None:
    asked = say("Start from nothing", *["Next step"] * 5)
    assert asked.progress.step == (6, 8)
    assert last(asked).endswith("?")
    assert say(GOAL).progress.whys == (0, 5)
    closed = say(NEED, "Stop asking", "Accept")
    assert "Next step" in closed.quick_replies
    assert say("Next step").progress.step == (7, 8)
    assert say("Next step", "Next step").progress.step is None


def test_a_vision_of_today_and_a_mission_for_nobody_are_remarked_on(say: Talker) -> None:
    say("Start from nothing", *["Next step"] * 3)
    assert "for whom the school exists" in last(say("To be excellent."))
    say("Next step", "We have two partners.")
    assert "five or ten years" in last(say("There are two partner schools, and both are fine."))


def test_a_question_about_the_guide_is_answered_on_the_journey_too(tmp_path: Path) -> None:
    with open_dialogue(tmp_path, lambda *_: Answered()) as opened:
        opened.start("a")
        begun = opened.say("a", "Start from nothing")
        asked = opened.say("a", "What is a mission?")
        assert asked.notes == ()
        assert last(asked).endswith(load_steps()[0].questions[0])
        assert begun.progress == asked.progress
