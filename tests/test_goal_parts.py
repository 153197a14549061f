"""The parts of a goal after its reason, one by one, and then the sentence they make."""

from functools import partial

import pytest
from talks import GOAL, NEED, Talker, last

from assistant.app.refine_cards import goals_html
from assistant.asking.dialogue import Dialogue
from assistant.asking.planning import plan_goal
from assistant.asking.report import render_talk
from knowledge.lexicon import LANGUAGES, load_lexicon


def test_after_the_reason_each_missing_part_is_asked_for_once_and_then_the_wording_is_offered(say: Talker) -> None:
    given = ("they can advise guests in two languages", "three months in Kiel", "hotels hire half of them")
    asked = [last(say(GOAL, NEED)), *(last(say(words)) for words in given)]
    assert len(set(asked)) == len(asked)
    text = say().goals[0].text
    for words in ("they can advise guests in two languages", "hotels on the coast", "hotels hire half of them"):
        assert words in text
    assert text in asked[-1]


def test_what_the_goal_says_itself_is_not_asked_for(say: Talker) -> None:
    assert "Who exactly" not in last(say("All nursing students can talk with patients in Swedish.", NEED))


def test_who_does_not_know_is_helped_once_and_then_left_alone(say: Talker) -> None:
    asked = last(say(GOAL, NEED))
    hinted = last(say("I don't know"))
    passed = last(say("no idea"))
    assert len({asked, hinted, passed}) == 3
    assert say().goals[0].parts == ()


def test_to_stop_asking_offers_the_wording_as_it_is(say: Talker) -> None:
    offered = say(GOAL, NEED, "enough questions")
    assert offered.goals[0].text in last(offered)
    assert "Accept" in offered.quick_replies
    assert say("Accept").current is None, "who wants no questions is not asked how either"


def test_what_is_said_beside_the_wording_is_kept_with_the_goal_until_it_is_taken_back(say: Talker) -> None:
    noted = say(GOAL, NEED, "enough questions", "the ferry line pays")
    assert noted.goals[0].asides == ("the ferry line pays",)
    assert "the ferry line pays" not in noted.goals[0].text
    assert "the ferry line pays" in goals_html(noted)
    assert "Also said: the ferry line pays" in render_talk(noted)
    assert say("yes").goals[0].state == "accepted"
    assert say("Go back", "Go back").goals[0].asides == ()


def test_another_wording_comes_only_when_asked_for_and_only_from_the_managers_words(say: Talker) -> None:
    first = say(GOAL, NEED, "they can advise guests", "Skip", "Skip").goals[0].text
    second = say("Another wording").goals[0].text
    assert second != first
    for _ in range(4):
        say("Another wording")
    words = {word.casefold().strip(".,:") for word in f"{GOAL} {NEED} they can advise guests".split()}
    frame = {"that", "is", "why", "we", "aim", "at", "this", "because", "our", "to"}
    assert {word.casefold().strip(".,:") for word in second.split()} <= words | frame


def test_a_goal_can_be_begun_again_from_its_first_words(say: Talker) -> None:
    again = say(GOAL, "to become more independent", "Begin this goal again")
    assert again.goals[0].chain is not None
    assert again.goals[0].chain.steps == ()
    assert again.goals[0].text == GOAL


@pytest.mark.parametrize("language", LANGUAGES)
def test_parts_are_asked_for_in_every_language(dialogue: Dialogue, language: str) -> None:
    voice, name = load_lexicon(language).voice, f"parts {language}"
    dialogue.start(name, language)
    dialogue.take_goals(name, [GOAL])
    dialogue.say(name, NEED)
    dialogue.overrule(name, "g1", 0, "need_or_reason")
    said = [dialogue.say(name, voice["reply_unsure"]).turns[-1].text for _ in range(3)]
    assert len(set(said)) == 3
    assert voice["reply_other"] in dialogue.say(name, voice["reply_stop"]).quick_replies


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_more_to_say_is_no_step_and_no_part(dialogue: Dialogue, language: str) -> None:
    voice, name = load_lexicon(language).voice, f"nothing more {language}"
    for said in (*voice["ends"].split("|"), *voice["noes"].split("|"), voice["reply_unsure"]):
        dialogue.remove(name)
        dialogue.start(name, language)
        dialogue.take_goals(name, [GOAL])
        dialogue.change(name, partial(plan_goal, goal_id="g1"))
        talked = dialogue.say(name, said)
        assert talked.goals[0].actions == (), said
        assert talked.current is None, said
