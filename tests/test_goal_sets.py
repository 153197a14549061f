"""Goals as a set: which to begin with, which to join, which to keep."""

from talks import GOAL, last, names

from assistant.asking.dialogue import Dialogue

PLACES = [f"Goal number {place}: better courses for nurses" for place in range(1, 10)]


def _accepted(dialogue: Dialogue, texts: list[str]) -> str:
    name = f"set {next(names)}"
    dialogue.start(name)
    dialogue.take_goals(name, texts)
    if len(texts) > 2:
        dialogue.say(name, "1")
    for _ in texts:
        dialogue.say(name, "Stop asking")
        dialogue.say(name, "Accept")
        talked = dialogue.load(name)
        assert talked is not None
        if talked.current is None and len(talked.goals) > sum(goal.state == "accepted" for goal in talked.goals):
            dialogue.say(name, "Next goal")
    return name


def test_of_a_strategys_goals_the_one_that_would_gain_most_is_proposed_first(dialogue: Dialogue) -> None:
    name = f"pick {next(names)}"
    dialogue.start(name)
    goals = [
        "Every nursing student can talk with patients in a second language, so that ward staff need no interpreter.",
        "Promote quality, excellence and innovation",
        "Teachers of every trade have taught one module with a partner school, so that recognition is settled.",
    ]
    picked = dialogue.take_goals(name, goals)
    assert "Number 2" in last(picked)
    assert dialogue.say(name, "rather 3").current == "g3"


def test_to_a_goal_that_is_proposed_one_says_yes(dialogue: Dialogue) -> None:
    dialogue.start("yes")
    proposed = dialogue.take_goals("yes", [GOAL, "Better.", "Our cooks know three kitchens."])
    assert proposed.quick_replies[0] == "Yes"
    assert dialogue.say("yes", "Yes").progress.whys == (0, 5)


def test_a_journey_that_was_left_for_a_strategys_goals_is_not_where_the_talk_is(dialogue: Dialogue) -> None:
    dialogue.start("left")
    assert dialogue.say("left", "Start from nothing").progress.step == (1, 8)
    assert dialogue.take_goals("left", [GOAL]).progress.step is None


def test_two_goals_are_joined_by_their_numbers(dialogue: Dialogue) -> None:
    name = _accepted(dialogue, PLACES[:7])
    joined = dialogue.say(name, "2 and 5")
    assert [goal.state for goal in joined.goals].count("merged") == 1
    assert "number 5" in joined.turns[-1].text
    assert dialogue.undo(name).goals[4].state == "accepted"


def test_nine_goals_are_put_in_order_and_the_rest_put_aside(dialogue: Dialogue) -> None:
    name = _accepted(dialogue, PLACES)
    asked = dialogue.say(name, "Rank them")
    assert "(9)" in last(asked)
    ranked = dialogue.say(name, "4, 2, 9, 1 and 3")
    assert [goal.id for goal in ranked.goals[:5]] == ["g4", "g2", "g9", "g1", "g3"]
    assert [goal.state for goal in ranked.goals] == ["accepted"] * 5 + ["parked"] * 4


def test_goals_about_travelling_alone_raise_the_question_of_those_who_stay(dialogue: Dialogue) -> None:
    goals = ["More student placements abroad", "More study abroad for cooks", "More job shadowing by teachers"]
    name = _accepted(dialogue, goals)
    talked = dialogue.load(name)
    assert talked is not None
    assert "will not go abroad" in last(talked)


def test_a_reason_is_no_goal_and_begins_the_goal_that_was_proposed(dialogue: Dialogue) -> None:
    goals = ["More of our students go abroad.", "Teachers learn languages.", "We strengthen our partnerships."]
    dialogue.start("reason first")
    dialogue.take_goals("reason first", goals)
    said = dialogue.say("reason first", "Because the hotels on our coast cannot find staff who speak languages.")
    assert [goal.original for goal in said.goals] == goals
    begun = next(goal for goal in said.goals if goal.id == said.current)
    assert begun.chain is not None
    assert begun.chain.done
    dialogue.start("reason alone")
    assert dialogue.say("reason alone", "Because the hotels find no staff who speak languages.").goals == ()
