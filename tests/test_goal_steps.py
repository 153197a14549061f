"""The way to a goal and the tree it makes, and taking back what was done."""

from functools import partial

import pytest
from talks import GOAL, NEED, Talker, begin_planning, last

from assistant.asking.dialogue import Dialogue
from assistant.asking.planning import move, plan_goal, remove, rename
from assistant.asking.tree import walk
from knowledge.faults import EmptyText


def test_steps_towards_an_accepted_goal_are_collected_until_that_is_all(say: Talker) -> None:
    planned = say(GOAL, NEED, *["Skip"] * 2, "Stop asking", "Accept")
    assert planned.current is None
    again = say("Skip")
    assert again.goals[0].actions == ()


def test_the_tree_hangs_the_goal_below_its_reason_and_the_steps_below_the_goal(say: Talker) -> None:
    talked = say(GOAL, "to become more independent", NEED, "cooks", "they cook abroad", "hotels say so", "Accept")
    assert "How would you reach" in last(talked)
    tree = say("three months in Kiel", "a partner in Tartu", "That is all").tree
    shown = [(node.kind, depth) for node, depth in walk(tree.rooted)]
    assert shown == [("need", 0), ("higher_goal", 1), ("goal", 2), ("action", 3), ("action", 3)]
    assert tree.loose == ()


def test_a_goal_without_a_reason_is_shown_as_hanging_in_the_air(say: Talker) -> None:
    tree = say(GOAL, "to become more independent").tree
    assert tree.rooted == ()
    assert [node.kind for node, _ in walk(tree.loose)] == ["higher_goal", "goal"]


def test_goals_with_the_same_reason_hang_from_one_node(say: Talker) -> None:
    tree = say(GOAL, NEED, "Stop asking", "Accept", "Our teachers speak better English.", NEED).tree
    assert len(tree.rooted) == 1
    assert [node.id for node in tree.rooted[0].below] == ["g1", "g2"]


def test_a_node_is_renamed_removed_and_moved(dialogue: Dialogue) -> None:
    name = begin_planning(dialogue)
    renamed = dialogue.change(name, partial(rename, node_id="g1a1", text="A  new name"))
    assert renamed.goals[0].actions[0].text == "A new name"
    moved = dialogue.change(name, partial(move, node_id="g1a1", under="g2a1"))
    assert [action.id for action in moved.goals[0].actions] == ["g1a2"]
    assert moved.goals[1].actions[-1].under == "g2a1"
    refused = dialogue.change(name, partial(move, node_id="g2a1", under="g1a1"))
    assert refused.goals == moved.goals, "a step cannot hang below what leads to it"
    removed = dialogue.change(name, partial(remove, node_id="g2a1"))
    assert [action.id for action in removed.goals[1].actions] == ["g2a2"]
    joined = dialogue.change(name, partial(move, node_id="g1", under="g2"))
    assert joined.goals[0].state == "merged"
    below = next(node for node, _ in walk(joined.tree.loose) if node.id == "g2").below
    assert [node.id for node in below] == ["g2a2", "g1"]
    assert dialogue.change(name, partial(move, node_id="g2", under="g1")).goals == joined.goals
    with pytest.raises(EmptyText):
        dialogue.change(name, partial(rename, node_id="g2", text=" "))
    with pytest.raises(KeyError):
        dialogue.change(name, partial(remove, node_id="g9"))


def test_a_goal_that_is_removed_comes_back_when_that_is_taken_back(dialogue: Dialogue) -> None:
    name = begin_planning(dialogue)
    before = dialogue.load(name)
    assert before is not None
    assert len(dialogue.change(name, partial(remove, node_id="g2")).goals) == 1
    assert dialogue.undo(name).goals == before.goals


def test_going_back_restores_goal_and_question_and_the_next_answer_counts(say: Talker) -> None:
    before = say(GOAL, "to become more independent")
    question = last(before)
    back = say(NEED, "Go back")
    assert back.goals == before.goals
    assert last(back).endswith(question)
    assert say(NEED).goals[0].state == "reformulated"


def test_everything_can_be_taken_back_to_the_beginning_and_no_further(say: Talker) -> None:
    say(GOAL, "to become more independent", NEED, "the cooks", "What is a mission?", "hello")
    for _ in range(4):
        back = say("undo")
    assert back.goals == ()
    assert not back.can_undo
    assert "nothing left" in last(say("undo"))


def test_a_new_goal_never_gets_the_number_of_one_that_was_taken_away(dialogue: Dialogue) -> None:
    name = begin_planning(dialogue)
    dialogue.change(name, partial(remove, node_id="g2"))
    dialogue.take_goals(name, ["Every cook knows two kitchens."])
    assert [goal.id for goal in dialogue.undo(name).goals] == ["g1"]
    assert [goal.id for goal in dialogue.undo(name).goals] == ["g1", "g2"]


def test_a_step_never_gets_the_id_of_one_that_was_moved_to_another_goal(dialogue: Dialogue) -> None:
    name = begin_planning(dialogue)
    dialogue.change(name, partial(move, node_id="g1a2", under="g2"))
    dialogue.change(name, partial(plan_goal, goal_id="g1"))
    goals = dialogue.say(name, "third step of g1").goals
    assert [action.id for goal in goals for action in goal.actions] == ["g1a1", "g1a3", "g2a1", "g2a2", "g1a2"]


def test_goals_hung_below_one_another_are_all_in_the_tree(dialogue: Dialogue) -> None:
    name = begin_planning(dialogue)
    dialogue.say(name, "That is all")
    dialogue.take_goals(name, ["Our cooks speak French with the guests."])
    dialogue.change(name, partial(move, node_id="g3", under="g2"))
    tree = dialogue.change(name, partial(move, node_id="g2", under="g1")).tree
    hung = [(node.id, depth) for node, depth in walk((*tree.rooted, *tree.loose)) if node.kind == "goal"]
    assert hung == [("g1", 0), ("g2", 1), ("g3", 2)]
