"""The dialogue's further moves: parts of a goal, the way there, undoing, goals as a set, the journey, and reasons."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.asking.conversation import Source, Talk
from assistant.asking.dialogue import Dialogue, open_dialogue
from assistant.asking.keeping import from_plain, to_plain
from assistant.asking.passing import rests_on
from assistant.asking.planning import move, plan_goal, remove, rename
from assistant.asking.showing import Conversation
from assistant.asking.tree import walk
from knowledge.document import Span
from knowledge.faults import EmptyText
from knowledge.lexicon import LANGUAGES, load_lexicon
from knowledge.steps import load_steps

KEPT = Path(__file__).parent / "kept"
GOAL = "We want more of our apprentices to work abroad for a while."
NEED = "The hotels on the coast cannot find staff who speak languages."
PLACES = [f"Goal number {place}: better courses for nurses" for place in range(1, 10)]
PLACE = Span(10, 84)
names = count()

Talker = Callable[..., Conversation]


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


@pytest.fixture(scope="module")
def dialogue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dialogue]:
    with open_dialogue(tmp_path_factory.mktemp("moves")) as opened:
        yield opened


@pytest.fixture
def say(dialogue: Dialogue) -> Talker:
    """Says several things in a conversation of its own, and gives what came of them."""
    name = f"talk {next(names)}"
    dialogue.start(name)

    def speak(*messages: str) -> Conversation:
        for message in messages:
            dialogue.say(name, message)
        talked = dialogue.load(name)
        assert talked is not None
        return talked

    return speak


def last(conversation: Conversation) -> str:
    return conversation.turns[-1].text


# ---- parts, then the sentence


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


# ---- the way there and the tree


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


def _planned(dialogue: Dialogue) -> str:
    name = f"tree {next(names)}"
    dialogue.start(name)
    dialogue.take_goals(name, [GOAL, "Our teachers speak better English."])
    for goal in ("g1", "g2"):
        dialogue.change(name, partial(plan_goal, goal_id=goal))
        for step in ("first", "second"):
            dialogue.say(name, f"{step} step of {goal}")
    return name


def test_a_node_is_renamed_removed_and_moved(dialogue: Dialogue) -> None:
    name = _planned(dialogue)
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
    name = _planned(dialogue)
    before = dialogue.load(name)
    assert before is not None
    assert len(dialogue.change(name, partial(remove, node_id="g2")).goals) == 1
    assert dialogue.undo(name).goals == before.goals


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


# ---- going back


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
    name = _planned(dialogue)
    dialogue.change(name, partial(remove, node_id="g2"))
    dialogue.take_goals(name, ["Every cook knows two kitchens."])
    assert [goal.id for goal in dialogue.undo(name).goals] == ["g1"]
    assert [goal.id for goal in dialogue.undo(name).goals] == ["g1", "g2"]


# ---- goals as a set


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


# ---- the journey


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


# ---- what a reason rests on


def test_a_reason_is_linked_to_the_passage_that_says_it(tmp_path: Path) -> None:
    with open_dialogue(tmp_path, lambda *_: Answered()) as opened:
        opened.start("a")
        opened.say("a", GOAL)
        grounds = opened.say("a", NEED).goals[0].grounds
    assert [(one.title, one.page) for one in grounds] == [("Survey of employers", 3)]


def test_the_strategy_itself_comes_before_the_library_and_the_guide_is_no_ground(tmp_path: Path) -> None:
    own = Source("plan", "Our plan", None, 2, "The coast's hotels have no staff with languages.", Span(0, 48))
    guide = Answered(citations=(Cited(section="4.1"),))
    with open_dialogue(tmp_path, lambda *_: guide) as opened:
        for name, elements in (("with", [own]), ("without", [])):
            opened.start(name)
            opened.take_goals(name, [GOAL], elements)
            opened.say(name, NEED)
        with_plan, without = opened.load("with"), opened.load("without")
    assert with_plan is not None
    assert without is not None
    assert with_plan.goals[0].grounds == (own,)
    assert without.goals[0].grounds == ()


def test_a_passage_about_something_else_is_no_ground() -> None:
    assert not rests_on(NEED, "The school was founded in 1921 and has a canteen.")
    assert rests_on(NEED, Cited().quote)


# ---- what is kept


def test_a_talk_of_the_first_version_is_read_goes_on_and_is_kept_anew() -> None:
    old = json.loads((KEPT / "talk_version_1.json").read_text(encoding="utf-8"))
    assert old["version"] == 1
    talk = from_plain(old)
    assert [goal.state for goal in talk.goals] == [goal["state"] for goal in old["goals"]]
    assert talk.goals[1].overruled == ((0, "higher_goal"),)
    assert talk.asked == old["asked"]
    assert from_plain(to_plain(talk)) == talk


def test_a_talk_with_everything_in_it_reads_back_the_same(dialogue: Dialogue) -> None:
    kept: list[Talk] = []

    def keep(talk: Talk) -> Talk:
        kept.append(talk)
        return talk

    name = _planned(dialogue)
    for message in ("That is all", "Start from nothing", "a note", "Go back"):
        dialogue.say(name, message)
    dialogue.change(name, keep)
    assert kept[0].past
    assert from_plain(json.loads(json.dumps(to_plain(kept[0])))) == kept[0]


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
