"""The dialogue: a goal from first words to accepted, and in passing a question."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from talks import GOAL, NEED, hold_talk

from assistant.asking.dialogue import Dialogue, open_dialogue
from assistant.asking.showing import Conversation
from knowledge.document import Span
from knowledge.faults import NoSpace
from knowledge.lexicon import LANGUAGES, load_lexicon
from knowledge.telling import tell_fault

SPAN = Span(3, 26)


@dataclass(frozen=True)
class Cited:
    """A citation such as the library gives."""

    document: str = "digest"
    title: str = "The guide"
    section: str | None = "4.3"
    page: int = 16
    quote: str = "why the school is there"
    span: Span = SPAN


@dataclass(frozen=True)
class Answered:
    """An answer such as the library gives."""

    text: str
    citations: tuple[Cited, ...] = (Cited(),)


@pytest.fixture(scope="module")
def dialogue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dialogue]:
    with open_dialogue(tmp_path_factory.mktemp("data"), lambda question, _: Answered(f"On “{question}”.")) as opened:
        yield opened


def _last(conversation: Conversation) -> str:
    return conversation.turns[-1].text


def test_a_conversation_begins_with_one_question(dialogue: Dialogue) -> None:
    begun = dialogue.start("begin")
    assert len(begun.turns) == 1
    assert _last(begun).count("?") == 1
    assert dialogue.start("begin") == begun


def test_a_goal_goes_from_first_words_to_accepted(dialogue: Dialogue) -> None:
    asked = hold_talk(dialogue, "whole", GOAL)
    assert asked.goals[0].state == "asking"
    assert "I don't know" in asked.quick_replies
    higher = dialogue.say("whole", "to become more independent")
    assert higher.goals[0].chain is not None
    assert higher.goals[0].chain.steps[0].answer_class == "higher_goal"
    filling = dialogue.say("whole", NEED)
    assert filling.goals[0].state == "reformulated"
    assert "Who exactly" in _last(filling)
    dialogue.say("whole", "the apprentices in the hotel trade")
    dialogue.say("whole", "they can advise guests in two languages")
    offered = dialogue.say("whole", "The hotels hire half of them.")
    assert offered.goals[0].text in _last(offered)
    assert "the apprentices in the hotel trade can advise guests in two languages" in offered.goals[0].text
    assert offered.quick_replies == ("Accept", "Edit", "Another wording", "Next goal")
    accepted = dialogue.say("whole", "Accept")
    assert accepted.goals[0].state == "accepted"
    assert accepted.goals[0].original == GOAL
    assert accepted.current == accepted.goals[0].id
    planned = dialogue.say("whole", "two weeks in a hotel in Kiel")
    assert [action.text for action in planned.goals[0].actions] == ["two weeks in a hotel in Kiel"]
    assert dialogue.say("whole", "That is all").current is None


def test_an_edited_wording_replaces_the_text(dialogue: Dialogue) -> None:
    hold_talk(dialogue, "edit", GOAL, NEED, "Stop asking", "Edit")
    edited = dialogue.say("edit", "Every apprentice works abroad once, so that hotels find staff.")
    assert edited.goals[0].text == "Every apprentice works abroad once, so that hotels find staff."
    assert dialogue.say("edit", "yes").goals[0].state == "accepted"


def test_a_question_is_answered_with_its_source_and_the_ladder_goes_on(dialogue: Dialogue) -> None:
    before = hold_talk(dialogue, "question", GOAL)
    after = dialogue.say("question", "What is a mission?")
    answer, back = after.turns[-2:]
    assert answer.citations[0].section == "4.3"
    assert answer.citations[0].span == SPAN
    assert before.goals == after.goals
    assert before.goals[0].chain is not None
    assert str(before.goals[0].chain.next_question) in back.text
    assert dialogue.say("question", NEED).goals[0].state == "reformulated"


def test_a_fault_while_looking_something_up_is_told_in_its_line(tmp_path: Path) -> None:
    def fail(_: str, __: str) -> Answered:
        raise NoSpace("the disk", "there is no room left on it", "Make some, then try again.")

    line = tell_fault(NoSpace("the disk", "", ""), "en")
    with open_dialogue(tmp_path, fail) as opened:
        assert line in _last(hold_talk(opened, "a", "What is a vision?"))


def test_a_goal_can_be_parked_skipped_and_taken_up_again(dialogue: Dialogue) -> None:
    parked = hold_talk(dialogue, "park", GOAL, "Park this goal")
    assert parked.goals[0].state == "parked"
    assert parked.current is None
    again = dialogue.take_up("park", parked.goals[0].id)
    assert again.goals[0].state == "asking"
    assert dialogue.say("park", "Skip").current is None


def test_five_answers_without_a_reason_end_in_a_choice(dialogue: Dialogue) -> None:
    stuck = hold_talk(dialogue, "stuck", GOAL, *["I don't know"] * 5)
    assert stuck.quick_replies == ("Park this goal", "Edit", "Next goal")
    again = dialogue.say("stuck", "Apprentices in every trade can work with foreign guests.")
    assert again.goals[0].chain is not None
    assert again.goals[0].chain.steps == ()


def test_stopping_leaves_the_goal_as_it_is(dialogue: Dialogue) -> None:
    stopped = hold_talk(dialogue, "stop", GOAL, "Stop asking")
    assert GOAL in _last(stopped)
    assert dialogue.say("stop", "Accept").goals[0].text == GOAL


def test_the_manager_overrules_a_reading(dialogue: Dialogue) -> None:
    asked = hold_talk(dialogue, "overrule", GOAL, "it is important")
    ruled = dialogue.overrule("overrule", asked.goals[0].id, 0, "need_or_reason")
    assert ruled.goals[0].state == "reformulated"


def test_goals_of_a_strategy_come_one_after_the_other_and_only_once(dialogue: Dialogue) -> None:
    texts = ["More placements abroad", "Better language skills of all teachers", "More placements abroad", " ", "…"]
    dialogue.start("taken")
    taken = dialogue.take_goals("taken", texts)
    assert [goal.state for goal in taken.goals] == ["asking", "new"]
    assert taken.goals[1].chain is None
    assert len(dialogue.take_goals("taken", texts).goals) == 2
    assert dialogue.say("taken", "Park this goal").current == taken.goals[1].id


def test_goals_taken_amid_another_goal_come_first_and_that_goal_keeps_its_ladder(dialogue: Dialogue) -> None:
    hold_talk(dialogue, "amid", GOAL, "to become more independent")
    taken = dialogue.take_goals("amid", ["More placements abroad for bakers"])
    assert taken.current == taken.goals[-1].id
    assert taken.goals[0].chain is not None
    assert taken.goals[0].chain.steps[0].answer == "to become more independent"


def test_more_goals_than_the_guide_advises_raise_one_question(dialogue: Dialogue) -> None:
    dialogue.start("many")
    dialogue.take_goals("many", [f"Goal number {place}: better courses for nurses" for place in range(9)])
    for _ in range(7):
        dialogue.say("many", "Stop asking")
        talked = dialogue.say("many", "Accept")
    assert "7" in _last(talked)
    assert "4.4" in _last(talked)
    assert _last(talked).count("?") == 1
    assert dialogue.say("many", "Next goal").current == "g8"


def test_an_empty_message_and_a_book_lose_nothing(dialogue: Dialogue) -> None:
    before = hold_talk(dialogue, "odd", GOAL)
    for message in ("", "   ", "word " * 2001):
        after = dialogue.say("odd", message)
        assert after.goals == before.goals
        assert after.quick_replies == before.quick_replies
    assert "2,000" in _last(after)
    assert all(len(turn.text) < 1000 for turn in after.turns)


def test_a_hello_is_no_goal(dialogue: Dialogue) -> None:
    assert hold_talk(dialogue, "hello", "Hello!").goals == ()


def test_a_goal_in_another_of_the_nine_languages_changes_the_language(dialogue: Dialogue) -> None:
    talked = hold_talk(dialogue, "language", "Wir wollen mehr Auszubildende für einige Wochen ins Ausland schicken.")
    assert talked.language == "de"
    assert _last(talked).endswith("?")
    assert "Überspringen" in talked.quick_replies


def test_a_language_that_is_not_ours_is_answered_in_english_and_told_so(dialogue: Dialogue) -> None:
    begun = dialogue.start("estonian", "et")
    assert begun.language == "en"
    assert load_lexicon("en").voice["unknown_language"] in _last(begun)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_quick_replies_of_each_language_are_understood(dialogue: Dialogue, language: str) -> None:
    voice = load_lexicon(language).voice
    name = f"replies-{language}"
    dialogue.start(name, language)
    dialogue.take_goals(name, [GOAL])
    assert dialogue.say(name, voice["reply_unsure"]).goals[0].chain is not None
    dialogue.say(name, voice["reply_stop"])
    assert dialogue.say(name, voice["reply_accept"]).goals[0].state == "accepted"


def test_a_wording_needs_words(dialogue: Dialogue) -> None:
    talked = hold_talk(dialogue, "no words", GOAL, NEED, "Stop asking", "Edit", "?")
    assert talked.goals[0].text
    assert talked.goals[0].text != "?"


def test_a_reason_that_ends_in_a_question_is_still_a_reason(dialogue: Dialogue) -> None:
    talked = hold_talk(dialogue, "enough", GOAL, f"{NEED} Is that enough?")
    assert talked.goals[0].state == "reformulated"


def test_what_is_no_goal_does_not_take_the_place_of_a_goal(dialogue: Dialogue) -> None:
    asked = ["I don't know"] * 5
    talked = hold_talk(dialogue, "as I said", GOAL, *asked, "as I said")
    assert talked.goals[0].original == GOAL


def test_who_asks_to_stop_twice_has_the_goal_parked(dialogue: Dialogue) -> None:
    talked = hold_talk(dialogue, "stop stop", GOAL, "Stop asking", "Stop asking")
    assert talked.goals[0].state == "parked"


def test_a_few_words_said_again_are_taken_for_the_goal(dialogue: Dialogue) -> None:
    talked = hold_talk(dialogue, "few words", "the Malta thing")
    assert not talked.goals
    assert hold_talk(dialogue, "few words", "the Malta thing").goals[0].state == "asking"


SAYINGS = [
    GOAL, NEED, "", "hello", "to become better", "it is important", "What is a vision?", "why not?", "yes", "no",
    "I don't know", "Skip", "Park this goal", "Stop asking", "Accept", "Edit", "Next goal", "for our students", "?",
]  # fmt: skip


@given(st.lists(st.sampled_from(SAYINGS), max_size=10), st.integers(0, 10**9))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_said_the_same_thing_is_never_said_twice_in_a_row(
    dialogue: Dialogue, messages: list[str], number: int
) -> None:
    talked = hold_talk(dialogue, f"any-{number}-{len(messages)}", *messages)
    said = [turn.text for turn in talked.turns if turn.speaker == "assistant"]
    assert all(first != second for first, second in pairwise(said))
    assert all(text.strip() for text in said)
