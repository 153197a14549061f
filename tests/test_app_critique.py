"""The Critique tab without a browser: files good and bad, decisions, versions."""

from dataclasses import dataclass
from pathlib import Path

import gradio as gr
from conftest import BAKERY_PLAN
from pages import VISITOR, hurts, is_one_line, path_of, told

from assistant.app import critique_tab
from assistant.app.critique_cards import critique_html
from assistant.app.decision_cards import stamp
from assistant.app.workplace import CRITIQUES_KEPT, Workplace
from assistant.example import read_example
from assistant.reviewing.critique import critique
from evals.ranked import load_ranked
from knowledge.reading.files import read_bytes

# Decisions


@dataclass
class Decided:
    """A press on one of the critique's own buttons, with what was filled in beside it."""

    act: str
    value: str
    reason: str = ""
    critique: str = ""


def decide(workplace: Workplace, act: str, value: str, reason: str = "") -> str:
    """Press in the window that shows the latest critique; gives the critique shown then."""
    found = workplace.latest(VISITOR)
    assert found is not None
    pressed = Decided(act, value, reason, stamp(found))
    return critique_tab.decide_pressed(workplace, False, VISITOR, pressed)[1]  # type: ignore[arg-type] - what a press carries


def test_a_remark_is_dismissed_with_a_reason_and_taken_back(workplace: Workplace, bakery_plan: Path) -> None:
    critique_tab.criticise_file(workplace, str(bakery_plan), "", False, VISITOR)
    before = workplace.latest(VISITOR)
    assert before is not None
    loophole = next(one for one in before.findings if one.rule == "loophole")
    hostile = "<img src=x onerror=window.hurt=1> it depends"
    shown = decide(workplace, "dismiss", loophole.id, hostile)
    assert "it depends" in shown
    assert hurts(shown) == []
    after = workplace.latest(VISITOR)
    assert after is not None
    assert after.score == before.score
    dismissed = next(one for one in after.findings if one.dismissed)
    decide(workplace, "undo", dismissed.id)
    assert workplace.latest(VISITOR) == before


def test_a_remark_on_several_goals_is_dismissed_for_all_of_them(workplace: Workplace, bakery_plan: Path) -> None:
    critique_tab.criticise_file(workplace, str(bakery_plan), "", False, VISITOR)
    found = workplace.latest(VISITOR)
    assert found is not None
    lead = next(one for one in found.findings if one.rule == "need-missing" and one.repeats is None)
    decide(workplace, "dismiss", lead.id, "it is in the mission")
    after = workplace.latest(VISITOR)
    assert after is not None
    needs = [one for one in after.findings if one.rule == "need-missing"]
    assert len(needs) > 1
    assert all(one.dismissed for one in needs)
    assert after.managers is not None
    assert "need-missing" not in {gain.rule for gain in after.managers.gains}


def test_a_goal_is_overruled_and_an_element_is_said_to_be_there(workplace: Workplace, bakery_plan: Path) -> None:
    critique_tab.criticise_file(workplace, str(bakery_plan), "", False, VISITOR)
    decide(workplace, "overrule", "g2", "activity")
    decide(workplace, "there", "mission")
    found = workplace.latest(VISITOR)
    assert found is not None
    assert "Mobility is strengthened." not in {goal.statement.text for goal in found.strategy.goals}
    stands = next(one for one in found.findings if one.rule == "character-missing")
    assert "Mission" not in stands.message
    decide(workplace, "overrule", "g1", "no such kind")
    assert len(workplace.diary().entries()) == 2
    critique_tab.forget_diary(workplace, VISITOR)
    assert workplace.diary().entries() == ()
    assert workplace.latest(VISITOR).managers is None  # type: ignore[union-attr] - it was just shown


def test_what_was_overruled_is_taken_back_singly(workplace: Workplace, bakery_plan: Path) -> None:
    critique_tab.criticise_file(workplace, str(bakery_plan), "", False, VISITOR)
    before = workplace.latest(VISITOR)
    decide(workplace, "overrule", "g2", "activity")
    shown = decide(workplace, "there", "vision")
    kind, element = workplace.diary().entries()
    assert f'data-act="take_back" data-value="{kind.number}"' in shown
    decide(workplace, "take_back", str(kind.number))
    assert [one.act for one in workplace.diary().entries()] == ["element"]
    decide(workplace, "take_back", str(element.number))
    assert workplace.latest(VISITOR) == before


def test_a_press_in_a_window_that_shows_another_document_decides_nothing(
    workplace: Workplace, bakery_plan: Path, tmp_path: Path
) -> None:
    shown = critique_tab.criticise_file(workplace, str(bakery_plan), "", False, VISITOR)[1]
    first = workplace.latest(VISITOR)
    assert first is not None
    assert f'data-critique="{stamp(first)}"' in shown
    other = tmp_path / "other plan.md"
    other.write_text(BAKERY_PLAN.replace("Mobility is strengthened.", "Languages are promoted."), encoding="utf-8")
    critique_tab.criticise_file(workplace, str(other), "", False, VISITOR)
    latest = workplace.latest(VISITOR)
    for act, value in (("dismiss", "f1"), ("overrule", "g1"), ("there", "mission")):
        pressed = Decided(act, value, "activity", stamp(first))
        notice, *outputs = told(workplace, critique_tab.decide_pressed, False, VISITOR, pressed, outputs=10)
        assert is_one_line(notice)
        assert "other plan.md" in notice
        assert "nothing was recorded" in notice
        assert outputs == [gr.skip()] * 10
    assert workplace.diary().entries() == ()
    assert workplace.latest(VISITOR) is latest


def test_a_press_in_a_window_from_before_a_goal_was_overruled_decides_nothing(
    workplace: Workplace, bakery_plan: Path
) -> None:
    """The ids of the goals and remarks that follow have moved on."""
    critique_tab.criticise_file(workplace, str(bakery_plan), "", False, VISITOR)
    first = workplace.latest(VISITOR)
    assert first is not None
    decide(workplace, "overrule", "g2", "activity")
    pressed = Decided("overrule", "g2", "activity", stamp(first))
    assert is_one_line(told(workplace, critique_tab.decide_pressed, False, VISITOR, pressed, outputs=10)[0])
    assert len(workplace.diary().entries()) == 1


def test_the_next_version_is_held_against_the_one_before(
    workplace: Workplace, bakery_plan: Path, tmp_path: Path
) -> None:
    critique_tab.criticise_file(workplace, str(bakery_plan), "", False, VISITOR)
    again = tmp_path / "plan v2.md"
    again.write_text(BAKERY_PLAN.replace("- Mobility is strengthened.\n", ""), encoding="utf-8")
    shown = critique_tab.criticise_file(workplace, str(again), "", False, VISITOR)[1]
    assert "Since the version before" in shown
    assert "Was this goal dropped on purpose?" in shown


def test_a_finnish_upload_gets_a_finnish_critique(workplace: Workplace, tmp_path: Path) -> None:
    finnish = next(one for one in load_ranked() if one.id == "hyva")
    file = tmp_path / "hyva.txt"
    file.write_text(finnish.text, encoding="utf-8")
    shown = critique_tab.criticise_file(workplace, str(file), "", False, VISITOR)[1]
    assert "Tavoite tavoitteelta" in shown
    assert not [
        words for words in ("Goal by goal", "your page", "of 100", "Does not apply", "Propose") if words in shown
    ]


# Files


def test_the_example_shows_what_a_critique_is() -> None:
    found = critique(read_example())
    shown = critique_html(found)
    assert found.strategy.is_strategy
    assert found.set_state in {"many", "too_many"}
    assert any(not goal.findings for goal in found.strategy.goals)
    assert any(len(goal.findings) > 1 for goal in found.strategy.goals)
    for goal in found.strategy.goals:
        assert goal.statement.text.replace("'", "&#x27;") in shown


def test_an_upload_is_criticised_and_not_kept(workplace: Workplace, bakery_plan: Path) -> None:
    notice, goals, results, refine, keep, *rest = told(
        workplace, critique_tab.criticise_file, str(bakery_plan), "", False, VISITOR, outputs=14
    )
    assert notice == ""
    assert "Mobility is strengthened." in goals
    assert "Mobility is strengthened." in results
    assert refine.visible
    assert keep.visible
    docx, pdf, *others = rest[:6]
    assert not pdf.visible
    for download in (docx, *others[:3]):
        assert path_of(download).stat().st_size > 100
    assert not bakery_plan.exists()


def test_a_strategy_is_held_against_the_other_papers_in_the_library_when_asked(workplace: Workplace) -> None:
    document = read_bytes(BAKERY_PLAN.encode(), "plan.md")
    workplace.library().keep(document)
    workplace.library().keep(read_bytes(b"# Plan of the district\n\nEvery second baker works abroad.\n", "district.md"))
    assert [paper.name for paper in critique_tab._papers(workplace, document)] == ["district.md"]


def test_a_reload_shows_the_latest_critique_again(workplace: Workplace, bakery_plan: Path) -> None:
    critique_tab.criticise_file(workplace, str(bakery_plan), "", False, VISITOR)
    assert "Mobility is strengthened." in critique_tab.show_latest(workplace, VISITOR)[1]
    assert critique_tab.show_latest(workplace, "somebody else")[1] == gr.skip()


def test_only_so_many_critiques_are_remembered(workplace: Workplace) -> None:
    found = critique(read_example())
    for number in range(CRITIQUES_KEPT + 1):
        workplace.keep(str(number), found)
    assert workplace.latest("0") is None
    assert workplace.latest(str(CRITIQUES_KEPT)) is found
