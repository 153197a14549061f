"""What talks about a document's goals came to stands in its critique: reasons at the goals, and their tree."""

import json
from functools import partial
from pathlib import Path

import pytest
from conftest import Run
from test_schema import hold_to_contract

from assistant.app import critique_tab, refine_tab
from assistant.app.workplace import Workplace
from assistant.asking.dialogue import open_dialogue
from assistant.asking.harvest import gather
from assistant.asking.planning import plan_goal
from assistant.domain import Critique
from assistant.reviewing.annotation import make_notes
from assistant.reviewing.critique import critique
from assistant.reviewing.record import critique_json
from assistant.reviewing.report import render_html, render_markdown
from assistant.reviewing.talked import Talked
from assistant.settings import Settings
from assistant.terminal.plain import critique_text
from knowledge.lexicon import load_lexicon
from knowledge.reading.files import read_bytes

PLAN = """# Strategy for international work 2027-2031

## Mission

We train bakers and cooks for the coast and its islands.

## Goals

- Our apprentice bakers speak Danish well enough to work across the border.
- Teachers of the college know how schools abroad teach baking.
- International mobility is strengthened.
"""
FIRST = "Our apprentice bakers speak Danish well enough to work across the border."
SECOND = "Teachers of the college know how schools abroad teach baking."
REASON = "The mills across the border cannot find anyone who <b>talks</b> with them."
VOICE = load_lexicon("en").voice


@pytest.fixture(scope="module")
def found() -> Critique:
    return critique(read_bytes(PLAN.encode(), "plan.md"))


def talk_about(folder: Path, found: Critique) -> Talked | None:
    """A talk in which the first goal reaches a reason and has a step, and the second is asked about and left."""
    with open_dialogue(folder) as dialogue:
        shown = dialogue.take_goals("one", [goal.statement.text for goal in found.strategy.goals])
        ids = {goal.original: goal.id for goal in shown.goals}
        dialogue.take_up("one", ids[FIRST])
        for message in (REASON, "Stop asking", "Accept"):
            dialogue.say("one", message)
        dialogue.change("one", partial(plan_goal, goal_id=ids[FIRST]))
        dialogue.say("one", "a month in Ribe")
        dialogue.take_up("one", ids[SECOND])
        dialogue.say("one", "So that our courses become better.")
        return gather(dialogue, [goal.statement for goal in found.strategy.goals], "en")


@pytest.fixture(scope="module")
def talked(found: Critique, tmp_path_factory: pytest.TempPathFactory) -> Talked:
    came_to = talk_about(tmp_path_factory.mktemp("talked"), found)
    assert came_to is not None
    return came_to


def test_each_goal_asked_about_has_its_reason_or_is_said_to_have_none(found: Critique, talked: Talked) -> None:
    told = {one.id: one for one in talked.goals}
    texts = {goal.statement.text: goal.statement.id for goal in found.strategy.goals}
    assert set(told) == {texts[FIRST], texts[SECOND]}, "the third was never asked about"
    assert told[texts[FIRST]].reason.rstrip(".") == REASON.rstrip(".")
    assert told[texts[FIRST]].label == VOICE["node_need"]
    assert (told[texts[SECOND]].reason, told[texts[SECOND]].label) == ("", VOICE["tree_loose"])


def test_goals_that_reach_nothing_stand_apart_in_the_tree(talked: Talked) -> None:
    loose = [line.text for line in talked.lines if line.loose]
    assert SECOND in loose
    assert not any(FIRST in text or "Ribe" in text for text in loose)
    assert [line.kind for line in talked.lines if not line.loose] == ["need", "goal", "action"]


def test_every_form_of_the_report_carries_reasons_and_tree(found: Critique, talked: Talked) -> None:
    words = ("The mills across the border", "a month in Ribe", VOICE["tree_loose"], VOICE["tree_title"])
    notes = "\n".join(note.text for note in make_notes(found, talked))
    page = render_html(found, talked=talked)
    for report in (page, render_markdown(found, talked=talked), critique_text(found, talked=talked), notes):
        assert [one for one in words if one not in report.replace("\\", "")] == []
    assert page.count("<svg ") == 1
    assert "<b>talks" not in page
    record = hold_to_contract(critique_json(found, talked=talked), "critique")
    assert [one["reason"] is None for one in record["talked"]["goals"]] == [False, True]
    assert {one["text"] for one in record["talked"]["tree"] if one["loose"]} >= {SECOND}


def test_without_a_talk_nothing_is_added(found: Critique, tmp_path: Path) -> None:
    with open_dialogue(tmp_path) as dialogue:
        dialogue.say("one", "Our cooks know the kitchens of three islands.")
        dialogue.take_goals("two", [FIRST, SECOND, "a third goal for our cooks"])
        statements = [goal.statement for goal in found.strategy.goals]
        assert gather(dialogue, statements, "en") is None, "goals that are only in the list were not talked about"
    assert VOICE["tree_title"] not in render_html(found)
    assert critique_json(found)["talked"] is None


def test_the_score_does_not_move_by_what_was_talked_about(found: Critique, talked: Talked) -> None:
    records = [critique_json(found), critique_json(found, talked=talked)]
    assert len({json.dumps({**one, "talked": None}) for one in records}) == 1


def test_the_pages_files_follow_the_talk(found: Critique, tmp_path: Path) -> None:
    workplace = Workplace(Settings(tmp_path))
    workplace.keep("v", found)
    critique_tab.show(workplace, "v", found)
    assert not [one for one in critique_tab.show_talked(workplace, "v") if hasattr(one, "value")]
    conversation_id = refine_tab.start_over(workplace)[0]
    refine_tab.take_goals(workplace, conversation_id, "v", (FIRST,))
    list(refine_tab.say(workplace, conversation_id, 2, REASON))
    files = critique_tab.show_talked(workplace, "v")
    page = next(Path(one.value["path"]) for one in files if one.value and str(one.value["path"]).endswith(".html"))
    assert "The mills across the border" in page.read_text(encoding="utf-8")
    assert not [one for one in critique_tab.show_talked(workplace, "v") if hasattr(one, "value")], "nothing new since"
    workplace.close()


def test_on_the_command_line_talks_are_added_where_they_are_asked_for(
    askwhy: Run, found: Critique, tmp_path: Path
) -> None:
    file = tmp_path / "plan.md"
    file.write_text(PLAN, encoding="utf-8")
    talk_about(tmp_path / "data", found)
    plain, told = askwhy("critique", str(file), "--json"), askwhy("critique", str(file), "--talked", "--json")
    assert plain.record["talked"] is None
    assert told.record["talked"]["goals"][0]["reason"].startswith("The mills")
    assert "<svg " in askwhy("critique", str(file), "--talked", "--format", "html").out
