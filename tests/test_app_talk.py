"""The Refine and Indicators tabs without a browser: odd words, the conversation, the tree."""

import re
from pathlib import Path

import gradio as gr
import pytest
from pages import VISITOR, Press, is_one_line, last_of, path_of, told

from assistant.app import indicators_tab, refine_tab
from assistant.app.indicator_cards import indicator_html
from assistant.app.refine_cards import goals_html, messages
from assistant.app.workplace import Workplace
from assistant.example import read_example
from assistant.reviewing.critique import critique
from assistant.settings import Settings
from knowledge.phrasebook import load_phrases

# Words


def test_an_empty_goal_gives_one_line(workplace: Workplace) -> None:
    notice, *_ = told(workplace, indicators_tab.propose_for, "  ", {}, outputs=29)
    assert is_one_line(notice)


@pytest.mark.parametrize("words", ["", "   ", "word " * 10_000])
def test_nothing_and_ten_thousand_words_give_one_line_and_stay_in_their_field(words: str, workplace: Workplace) -> None:
    conversation_id, *before = refine_tab.start_over(workplace)
    notice, *outputs = told(workplace, refine_tab.say, conversation_id, 1, words, outputs=9)
    assert is_one_line(notice)
    assert outputs == [gr.skip()] * 9
    assert refine_tab.resume(workplace, conversation_id)[1:6] == tuple(before)[:5]


def test_a_language_askwhy_does_not_know_is_answered_all_the_same(workplace: Workplace) -> None:
    conversation_id, *_ = refine_tab.start_over(workplace)
    notice, *_ = told(workplace, refine_tab.say, conversation_id, 1, "我们希望学生学习外语。", outputs=9)
    assert notice == ""
    assert told(workplace, indicators_tab.propose_for, "我们希望学生学习外语。", {}, outputs=29)[0] == ""


def test_proposals_are_cards_with_empty_fields_that_are_remembered(workplace: Workplace) -> None:
    goal = "Our apprentice bakers speak Danish, so that they can work across the border."
    shown = indicators_tab.propose_for(workplace, goal, {})
    found = shown[-2]
    assert 0 < len(found) <= indicators_tab.MOST
    assert shown[7] == indicator_html(found[0], 1, load_phrases("en"))
    assert {field.value for field in shown[12:22]} == {""}
    fields = ["12", *[""] * 4, "30", *[""] * 4]
    filled, download = indicators_tab.keep_fields(workplace, goal, found, {}, *fields)
    assert "12,30" in path_of(download).read_text(encoding="utf-8-sig")
    again = indicators_tab.propose_for(workplace, goal, filled)
    assert (again[12].value, again[17].value) == ("12", "30")


# The conversation


def test_a_conversation_goes_on_after_the_server_was_restarted(tmp_path: Path) -> None:
    goal = "Our apprentice bakers speak Danish."
    first = Workplace(Settings(tmp_path))
    conversation_id, *_ = refine_tab.start_over(first)
    turns, *_ = last_of(refine_tab.say(first, conversation_id, 1, goal))
    first.close()
    second = Workplace(Settings(tmp_path))
    resumed, turns_again, _, goals, *_ = refine_tab.resume(second, conversation_id)
    second.close()
    assert (resumed, turns_again) == (conversation_id, turns)
    assert goal in goals


def test_a_browser_of_another_data_folder_begins_anew(workplace: Workplace) -> None:
    resumed, turns, *_ = refine_tab.resume(workplace, "from elsewhere")
    assert resumed != "from elsewhere"
    assert len(turns) == 1


def test_the_goals_of_a_strategy_can_be_refined(workplace: Workplace) -> None:
    conversation_id, *_ = refine_tab.start_over(workplace)
    goals = ("Our apprentice bakers speak Danish.", "Mobility is strengthened.")
    tabs, _, _, shown, *_ = refine_tab.take_goals(workplace, conversation_id, VISITOR, goals)
    assert tabs.selected == "refine"
    assert all(goal in shown for goal in goals)


def test_the_manager_can_overrule_how_an_answer_was_read(workplace: Workplace) -> None:
    conversation_id, *_ = refine_tab.start_over(workplace)
    last_of(refine_tab.say(workplace, conversation_id, 1, "Our apprentice bakers speak Danish."))
    last_of(refine_tab.say(workplace, conversation_id, 3, "So that they work across the border."))
    with workplace.dialogue() as dialogue:
        goal = dialogue.load(conversation_id).goals[0]
    read_as = goal.chain.steps[0].answer_class
    other = "means_or_activity" if read_as != "means_or_activity" else "higher_goal"
    last_of(refine_tab.change_pressed(workplace, conversation_id, 5, Press("overrule", f"{goal.id} 0 {other}")))
    with workplace.dialogue() as dialogue:
        assert dialogue.load(conversation_id).goals[0].chain.steps[0].answer_class == other


def test_the_ladder_of_whys_and_three_remarks_stand_beside_the_chat(workplace: Workplace) -> None:
    conversation_id, *_ = refine_tab.start_over(workplace)
    last_of(refine_tab.say(workplace, conversation_id, 1, "Mobility is strengthened."))
    with workplace.dialogue() as dialogue:
        conversation = dialogue.say(conversation_id, "So that our students learn Danish.")
    shown = goals_html(conversation)
    assert "So that our students learn Danish." in shown
    assert shown.count("aw-brief") <= 3
    assert [one["role"] for one in messages(conversation)].count("user") == 2


def test_a_window_that_shows_an_older_state_changes_nothing_and_is_told(workplace: Workplace) -> None:
    conversation_id, *_ = refine_tab.start_over(workplace)
    last_of(refine_tab.say(workplace, conversation_id, 1, "Our apprentice bakers speak Danish."))
    first = last_of(refine_tab.say(workplace, conversation_id, 3, "So that they work across the border."))
    late = "Because the mills here sell to Denmark."
    turns, replies, goals, _, seen, field, *_ = last_of(refine_tab.say(workplace, conversation_id, 3, late))
    assert field.value is None, "what was written stays in its field"
    assert "moved on" in replies
    assert (turns, goals, seen) == (first[0], first[2], first[4])
    for late_press in (
        lambda: last_of(refine_tab.say_pressed(workplace, conversation_id, 3, Press("say", "Skip"))),
        lambda: last_of(refine_tab.change_pressed(workplace, conversation_id, 3, Press("remove", "g1"))),
        lambda: refine_tab.go_back(workplace, conversation_id, 3),
    ):
        shown = late_press()
        assert "moved on" in shown[1]
        assert shown[0] == turns
    assert "moved on" not in last_of(refine_tab.say(workplace, conversation_id, seen, late))[2]


def test_the_tree_is_drawn_saved_and_changed_beside_the_chat(workplace: Workplace) -> None:
    conversation_id, *_ = refine_tab.start_over(workplace)
    last_of(refine_tab.say(workplace, conversation_id, 1, "Our apprentice bakers speak Danish."))
    seen = last_of(refine_tab.change_pressed(workplace, conversation_id, 3, Press("plan", "g1")))[4]
    _, _, goals, _, seen, *_ = last_of(refine_tab.say(workplace, conversation_id, seen, "a month in Ribe"))
    drawn = re.search(r"<svg.*?</svg>", goals, re.DOTALL)
    assert drawn is not None
    assert "a month in Ribe" in drawn[0]
    press = Press("rename", "g1a1", "two months in Ribe")
    _, _, goals, _, seen, *_ = last_of(refine_tab.change_pressed(workplace, conversation_id, seen, press))
    assert "two months in Ribe" in goals
    _, _, goals, _, seen, *_ = refine_tab.go_back(workplace, conversation_id, seen)
    assert "two months in Ribe" not in goals


# A new talk beside the old one


def talk_of(workplace: Workplace, goal: str) -> str:
    """The id of a talk in which a goal was given."""
    conversation_id, *_ = refine_tab.start_over(workplace)
    last_of(refine_tab.say(workplace, conversation_id, 1, goal))
    return str(conversation_id)


def test_from_a_new_talk_one_press_leads_back_to_the_one_before(workplace: Workplace) -> None:
    goal = "Our apprentice bakers speak Danish."
    old = talk_of(workplace, goal)
    new, turns, *shown, earlier = refine_tab.leave_for_new(workplace, old, [])
    assert goal not in str(turns)
    assert (earlier, shown[-2].value) == ([old], "Back to the talk before")
    turns, *_, back, _, now, earlier = refine_tab.go_back(workplace, new, 1, earlier)
    assert goal in str(turns)
    assert (now, earlier, back.value) == (old, [], "Go back a step")


def test_in_a_new_talk_with_something_in_it_the_last_step_is_taken_back_first(workplace: Workplace) -> None:
    old = talk_of(workplace, "Our apprentice bakers speak Danish.")
    new, *_, earlier = refine_tab.leave_for_new(workplace, old, [])
    *_, back, _ = said = last_of(refine_tab.say(workplace, new, 1, "Our cooks speak Polish."))
    assert back.value == "Go back a step"
    *shown, now, earlier = refine_tab.go_back(workplace, new, said[4], earlier)
    assert (now, earlier, shown[-2].value) == (new, [old], "Back to the talk before")
    assert refine_tab.go_back(workplace, new, shown[4], earlier)[-2:] == (old, [])


def test_an_empty_talk_is_left_without_a_way_back_to_it(workplace: Workplace) -> None:
    old = talk_of(workplace, "Our apprentice bakers speak Danish.")
    new, *_, earlier = refine_tab.leave_for_new(workplace, old, [])
    assert refine_tab.leave_for_new(workplace, new, earlier)[-1] == [old]


def test_no_way_leads_back_to_a_talk_that_was_deleted(workplace: Workplace) -> None:
    old = talk_of(workplace, "Our apprentice bakers speak Danish.")
    new, *_, earlier = refine_tab.leave_for_new(workplace, old, [])
    with workplace.dialogue() as dialogue:
        dialogue.remove(old)
    assert refine_tab.resume(workplace, new, earlier)[-2].value == "Go back a step"
    assert refine_tab.go_back(workplace, new, 1, earlier)[-2:] == (new, [])


def test_a_part_of_the_strategy_is_quoted_by_its_name_in_the_pages_language(tmp_path: Path) -> None:
    workplace = Workplace(Settings(tmp_path, language="fi"))
    workplace.keep(VISITOR, critique(read_example()))
    goals = tuple(goal.statement.text for goal in critique(read_example()).strategy.goals)
    conversation_id, *_ = refine_tab.start_over(workplace)
    refine_tab.take_goals(workplace, conversation_id, VISITOR, goals)
    with workplace.dialogue() as dialogue:
        talk = dialogue.recall(conversation_id)
    assert talk is not None
    titles = {one.title.rpartition(": ")[2] for one in talk.elements}
    assert titles
    assert titles <= {load_phrases("fi").say("elements", name) for name in refine_tab.GROUNDS}
