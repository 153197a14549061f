"""Whatever is said in whatever order, there is an open question, and nothing is invented."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from talks import GOAL, NEED, names

from assistant.asking.dialogue import Dialogue
from knowledge.lexicon import load_lexicon

SAYINGS = [
    GOAL, NEED, "the cooks", "they can advise guests", "What is a vision?", "yes", "no", "I don't know", "Skip",
    "Park this goal", "Stop asking", "Accept", "Edit", "Another wording", "Next goal", "Go back", "That is all",
    "Start from nothing", "Next step", "Previous step", "Where am I?", "Rank them", "Begin this goal again", "2 1",
]  # fmt: skip


@given(st.lists(st.sampled_from(SAYINGS), max_size=14))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_said_there_is_an_open_question_and_nothing_is_invented(
    dialogue: Dialogue, messages: list[str]
) -> None:
    name = f"any {next(names)}"
    shown = dialogue.start(name)
    for message in messages:
        before = len(shown.turns)
        shown = dialogue.say(name, message)
        assert len(shown.turns) > before + 1, message
    assert "?" in " ".join(turn.text for turn in shown.turns[-3:])
    known = {word.casefold().strip(".,:“”") for text in [*SAYINGS] for word in text.split()}
    frames = {word.casefold().strip(".,:“”") for text in load_lexicon("en").voice.values() for word in text.split()}
    for goal in shown.goals:
        assert {word.casefold().strip(".,:“”") for word in goal.text.split()} <= known | frames
