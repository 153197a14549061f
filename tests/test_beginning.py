"""A talk that begins from a strategy's goal does not ask for what the strategy says beside it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.app import refine_tab
from assistant.app.workplace import Workplace
from assistant.asking.conversation import Stated
from assistant.asking.dialogue import Dialogue, open_dialogue
from assistant.domain import Critique
from assistant.reviewing.critique import critique
from assistant.settings import Settings
from knowledge.lexicon import LANGUAGES, load_lexicon
from knowledge.reading.files import read_bytes

PLAN = """# International strategy of Harbour College 2027-2031

## Goals

| Goal | Why | For whom | Measures | Indicator |
|---|---|---|---|---|
| {bread} | {reason} | apprentice bakers | four weeks in Ribe | breads passed |
| Teachers speak Danish | – | | | |
"""
BREAD = "Apprentice bakers bake rye bread as their neighbours do"
REASON = "The mills across the border find no bakers"


@pytest.fixture(scope="module")
def found() -> Critique:
    return critique(read_bytes(PLAN.format(bread=BREAD, reason=REASON).encode(), "plan.md"))


@pytest.fixture
def dialogue(tmp_path: Path) -> Iterator[Dialogue]:
    with open_dialogue(tmp_path) as opened:
        yield opened


def answers(dialogue: Dialogue) -> list[tuple[str, ...]]:
    talk = dialogue.recall("a")
    assert talk is not None
    return [goal.answers for goal in talk.goals]


def test_the_reason_beside_a_goal_is_the_first_answer_to_why(dialogue: Dialogue) -> None:
    shown = dialogue.take_goals("a", [BREAD], stated={BREAD: Stated(reason=REASON)})
    assert answers(dialogue) == [(REASON,)]
    said = shown.turns[-1].text
    assert f"Beside it your strategy says: “{REASON}”." in said
    assert load_lexicon("en").voice["found_need"] in said


def test_no_part_is_asked_for_that_stands_beside_the_goal(dialogue: Dialogue) -> None:
    stated = Stated(who="apprentice bakers", means="four weeks in Ribe", sign="breads passed by a master")
    shown = dialogue.take_goals("a", [BREAD], stated={BREAD: stated})
    assert load_lexicon("en").voice["why_first"].format(goal=BREAD) in shown.turns[-1].text
    last = dialogue.say("a", REASON + ", and they ask us for them")
    assert last.goals[0].state == "reformulated"
    assert "four weeks in Ribe" in last.goals[0].text
    assert "breads passed by a master" in last.goals[0].text


def test_the_managers_own_answer_comes_before_the_reason_in_the_strategy(dialogue: Dialogue) -> None:
    goals = [BREAD, "Teachers speak Danish", "Cooks know two kitchens"]
    dialogue.take_goals("a", goals, stated=dict.fromkeys(goals, Stated(reason=REASON, sign="breads passed")))
    mine = "Because our own customers ask for it every day."
    last = dialogue.say("a", mine)
    assert sorted(answers(dialogue)) == [(), (), (mine,)]
    assert REASON not in last.turns[-1].text
    assert "“breads passed”" in last.turns[-1].text


def test_what_stands_beside_a_goal_is_taken_back_with_the_turn_and_told_again(dialogue: Dialogue) -> None:
    told = f"“{REASON}”"
    shown = dialogue.take_goals("a", ["Cooks know two kitchens", BREAD], stated={BREAD: Stated(reason=REASON)})
    bread = shown.goals[1].id
    assert told not in shown.turns[-1].text
    assert told in dialogue.take_up("a", bread).turns[-1].text
    assert answers(dialogue) == [(), (REASON,)]
    dialogue.say("a", "Go back")
    assert answers(dialogue) == [(), ()]
    assert told in dialogue.take_up("a", bread).turns[-1].text


def test_the_app_takes_it_from_the_latest_critique(found: Critique, tmp_path: Path) -> None:
    workplace = Workplace(Settings(tmp_path))
    workplace.keep("v", found)
    conversation_id = refine_tab.start_over(workplace)[0]
    goals = tuple(goal.statement.text for goal in found.strategy.goals)
    refine_tab.take_goals(workplace, conversation_id, "v", goals)
    with workplace.dialogue() as dialogue:
        talk = dialogue.recall(conversation_id)
    assert talk is not None
    bread, danish = talk.goals
    assert bread.answers == (REASON,)
    given = {"who": "apprentice bakers", "means": "four weeks in Ribe", "sign": "breads passed"}
    assert dict(bread.parts) == given
    assert (danish.answers, danish.parts) == ((), ())
    assert danish.stated == Stated(remarks=1), "nothing stands beside it; its critique remarks on it once"
    workplace.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_told_in_each_language(language: str) -> None:
    voice = load_lexicon(language).voice
    assert "{words}" in voice["stated"]
    assert "{words}" in voice["stated_words"]
