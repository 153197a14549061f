"""Deciding about a critique on the command line: set aside, overruled, taken back, and heeded in the next version."""

from pathlib import Path

import pytest
from conftest import Run

PLAN = """# Strategy for international work 2026-2030

## Vision

By the end of the period our kitchens are known on both shores.

## Goals

- Raise the quality of our cooperation.
- Our apprentice cooks handle complaints in Swedish, so that the ferry kitchens find staff close to home.
- Teachers bring dishes of partner schools into their lessons.
"""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    file = tmp_path / "plan v1.md"
    file.write_text(PLAN, encoding="utf-8")
    return file


@pytest.fixture
def next_plan(tmp_path: Path) -> Path:
    file = tmp_path / "plan v2.md"
    file.write_text(
        PLAN.replace("Teachers bring", "All teachers bring") + "\nThe team meets in May.\n", encoding="utf-8"
    )
    return file


def standing(critique: Run, file: Path, rule: str) -> list[str]:
    findings = critique("critique", str(file), "--json").record["findings"]
    return [one["id"] for one in findings if one["rule"] == rule and one["dismissed"] is None]


def test_a_remark_dismissed_stays_so_in_the_next_version_until_it_is_taken_back(
    askwhy: Run, plan: Path, next_plan: Path
) -> None:
    [remark] = standing(askwhy, plan, "change-empty")
    decided = askwhy("decisions", "dismiss", str(plan), remark, "--reason", "we know", "--json")
    assert decided.code == 0
    [decision] = decided.record["decisions"]
    assert (decision["subject"], decision["reason"]) == ("change-empty", "we know")
    assert standing(askwhy, plan, "change-empty") == []
    assert standing(askwhy, next_plan, "change-empty") == []
    assert askwhy("decisions", "take-back", str(decision["number"]), "--json").record["decisions"] == []
    assert standing(askwhy, next_plan, "change-empty") != []


def test_a_goal_is_overruled_and_an_element_affirmed_and_both_are_taken_back(askwhy: Run, plan: Path) -> None:
    before = askwhy("critique", str(plan), "--json").record
    assert askwhy("decisions", "overrule", str(plan), "g1", "activity").code == 0
    assert askwhy("decisions", "affirm", str(plan), "mission").code == 0
    ruled = askwhy("critique", str(plan), "--json").record
    assert len(ruled["goals"]) == len(before["goals"]) - 1
    assert {one["element"]: one["state"] for one in ruled["elements"]}["mission"] == "present"
    for decision in askwhy("decisions", "list", "--json").record["decisions"]:
        assert askwhy("decisions", "take-back", str(decision["number"])).code == 0
    assert askwhy("critique", str(plan), "--json").record == before


def test_a_decision_moves_the_manager_s_score_and_not_the_other(askwhy: Run, plan: Path) -> None:
    before = askwhy("critique", str(plan), "--json").record["score"]
    [remark] = standing(askwhy, plan, "change-empty")
    askwhy("decisions", "dismiss", str(plan), remark)
    after = askwhy("critique", str(plan), "--json").record["score"]
    assert after["total"] == before["total"]
    assert after["managers"] > before["total"]


@pytest.mark.parametrize(
    "words", [("dismiss", "f99"), ("overrule", "g1", "wish"), ("overrule", "g9", "goal"), ("affirm", "canteen")]
)
def test_what_is_not_there_cannot_be_decided(words: tuple[str, ...], askwhy: Run, plan: Path) -> None:
    act, *rest = words
    said = askwhy("decisions", act, str(plan), *rest)
    assert said.code == 1
    assert said.err.count("\n") == 1
    assert askwhy("decisions", "list").out == "Nothing was decided.\n"


def test_another_workspace_keeps_its_own_decisions(askwhy: Run, plan: Path) -> None:
    [remark] = standing(askwhy, plan, "change-empty")
    askwhy("decisions", "dismiss", str(plan), remark, "--workspace", "other")
    assert standing(askwhy, plan, "change-empty") == [remark]
    assert askwhy("decisions", "take-back", "1").code == 1
