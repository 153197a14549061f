"""The critique of whole documents."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain import ELEMENTS, Critique
from assistant.reviewing.critique import critique
from assistant.reviewing.parts import find_parts
from assistant.reviewing.report import render_html, render_markdown
from assistant.reviewing.set_checks import name_set_state
from evals.fit_elements import digest
from evals.plans import load_excerpts, load_further, load_long, load_plans, load_unseen
from knowledge.document import Document
from knowledge.faults import UnreadableFile
from knowledge.reading.files import read_bytes, read_file

GOALS = (
    "Every nursing student can talk with patients in a second language.",
    "Half of the teachers have worked with a partner school by 2029.",
    "Companies in the harbour find apprentices who know how ships are repaired elsewhere.",
    "Students from migrant families use their languages in class.",
)


def read(text: str) -> Document:
    return read_bytes(text.encode(), "plan.txt")


def plan(goals: Sequence[str]) -> Document:
    return read("Strategy of Lindby College 2027-2031\n\nOur goals\n\n" + "\n".join(f"- {goal}" for goal in goals))


def every_quote_is_true(document: Document, result: Critique) -> bool:
    quotes = [finding.quote for finding in result.findings]
    quotes += [quote for element in result.strategy.elements for quote in element.evidence]
    quotes += [quote for pair in result.strategy.contradictions for quote in (pair.first, pair.second)]
    return all(quote.text == document.quote(quote.span) for quote in quotes) and all(
        statement.text == document.quote(statement.span) for statement in result.strategy.statements
    )


def test_many_goals_that_say_the_same_overlap_three_times_each_at_most() -> None:
    goals = [f"Every nursing student of course {place} can talk with patients in Danish." for place in range(60)]
    overlaps = critique(plan(goals)).strategy.overlaps
    told = Counter(name for one in overlaps for name in (one.first, one.second))
    assert len(told) == len(goals)
    assert len(overlaps) <= 3 * len(goals)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=120), max_size=12))
def test_every_quote_is_an_exact_substring_whatever_the_document(lines: list[str]) -> None:
    try:
        document = read_bytes(b"Plan\n\n" + "\n".join(lines).encode("utf-8", "ignore"), "plan.txt")
    except UnreadableFile:
        return
    assert every_quote_is_true(document, critique(document))


def test_the_goals_are_the_points_listed_under_goals() -> None:
    assert [goal.statement.text for goal in find_parts(plan(GOALS)).goals] == list(GOALS)


def test_points_under_a_goal_are_not_goals_of_their_own() -> None:
    text = (
        "Plan\n\nOur goals\n\n- Students speak English\n   - films in English\n   - guests in class\n- Teachers travel"
    )
    goals = [goal.statement.text for goal in find_parts(read(text)).goals]
    assert goals == ["Students speak English", "Teachers travel"]


def test_a_heading_can_carry_a_goal() -> None:
    text = (
        "Plan of the college\n\nGoal 1: Every student has met a partner class\n\nWe will write to schools in Riga.\n\n"
        "Goal 2: Companies find skilled people\n\nWe will visit the port."
    )
    goals = [goal.statement.text for goal in find_parts(read(text)).goals]
    assert goals == ["Every student has met a partner class", "Companies find skilled people"]


def test_a_goal_repeated_over_its_chapter_counts_once() -> None:
    assert len(find_parts(plan([*GOALS, GOALS[0]])).goals) == len(GOALS)


def test_the_period_is_the_one_named_with_the_strategy() -> None:
    document = read("Strategy 2027-2031\n\nOur goals\n\n- Students travel\n\nThe Erasmus programme runs 2021-2027.")
    period = find_parts(document).period
    assert period is not None
    assert (period.start, period.end) == (2027, 2031)


def test_a_period_named_by_its_first_day_is_quoted_and_never_in_the_way() -> None:
    document = read(
        "Strategy of Lindby College, 01.09.2027-2028\n\nOur goals\n\n- Students speak English\n- Teachers travel"
    )
    result = critique(document)
    evidence = next(element.evidence for element in result.strategy.elements if element.name == "period")
    assert evidence[0].text == "2027-2028"
    assert "period-unusual" in {finding.rule for finding in result.findings}


@pytest.mark.parametrize(
    ("named", "years"),
    [
        ("The plan runs over the school years 2027/28 to 2030/31.", (2027, 2031)),
        ("Plan of the centre (courses 2025-2026 to 2028-2029).", (2025, 2029)),
        ("The plan is valid from 1 September 2025 until 31 August 2028.", (2025, 2028)),
        ("What we will do between 2026 and 2030 is told below.", (2026, 2030)),
        ("Trips were made in 2023 and 2025 by our students.", None),
    ],
)
def test_a_period_may_be_named_by_school_years_days_or_between(named: str, years: tuple[int, int] | None) -> None:
    period = find_parts(read(f"Our plan\n\n{named}\n\nOur aim is that every baker dares to speak French.")).period
    assert ((period.start, period.end) if period else None) == years


def test_a_school_year_in_running_text_is_no_period() -> None:
    document = read(
        "Our goals\n\n- Students speak English\n- Teachers travel\n\nFrom 2026/27 on there are hours for it."
    )
    assert find_parts(document).period is None


@pytest.mark.parametrize(
    ("count", "state"), [(0, "none"), (1, "ok"), (6, "ok"), (7, "many"), (8, "many"), (9, "too_many")]
)
def test_the_set_is_held_against_the_guides_number(count: int, state: str) -> None:
    assert name_set_state(count) == state


def test_every_element_of_the_guide_is_reported_once_and_in_order() -> None:
    assert tuple(element.name for element in find_parts(plan(GOALS)).elements) == ELEMENTS


def test_what_is_no_strategy_gets_one_polite_remark_and_no_score() -> None:
    text = "Pancakes\n\nWhisk 200 g flour with sugar and two eggs, melt the butter and bake. Serve with chopped nuts."
    result = critique(read(text))
    assert not result.strategy.is_strategy
    assert [finding.rule for finding in result.findings] == ["strategy-absent"]
    assert result.score.total == 0


def test_findings_come_with_errors_first_and_ids_in_order() -> None:
    findings = critique(plan([*GOALS, *(f"Class {n} knows port number {n}0 in autumn" for n in range(7))])).findings
    weights = [("error", "warning", "info").index(finding.severity) for finding in findings]
    assert weights == sorted(weights)
    assert [finding.id for finding in findings] == [f"f{n}" for n in range(1, len(findings) + 1)]


def test_a_policy_with_another_number_for_the_same_goal_is_a_contradiction() -> None:
    ours = plan([*GOALS, "By 2029, 40 students a year work abroad for at least two weeks"])
    policy = plan(["By 2029, 90 students a year work abroad for at least two weeks"])
    result = critique(ours, policies=[policy])
    assert any("90 students" in pair.second.text for pair in result.strategy.contradictions)


def test_scripts_and_markup_in_a_document_do_nothing_in_a_report() -> None:
    hostile = plan(
        [*GOALS, "Students <script>alert(1)</script> [click](javascript:alert(1)) meet <img src=x onerror=a>"]
    )
    result = critique(replace(hostile, name="<b>plan</b>.txt"))
    page = render_html(result)
    assert "<script" not in page
    assert "<img" not in page
    assert "<b>plan" not in page
    assert "](javascript" not in render_markdown(result)


def test_every_real_strategy_is_criticised_with_true_quotes(shared_strategies: tuple[Path, ...]) -> None:
    for path in shared_strategies:
        document = read_file(path)
        result = critique(document)
        assert every_quote_is_true(document, result), path.name


def test_the_weights_for_elements_belong_to_the_plans_as_they_are() -> None:
    weights = json.loads((files("knowledge") / "trained" / "elements.json").read_text(encoding="utf-8"))
    assert weights["sha256"] == digest(load_plans()), "run: python -m evals.fit_elements"


def test_the_weights_for_goals_belong_to_the_plans_as_they_are() -> None:
    weights = json.loads((files("knowledge") / "trained" / "goals.json").read_text(encoding="utf-8"))
    learnt = [plan for plan in (*load_plans(), *load_further()) if plan.kind == "strategy"]
    assert weights["sha256"] == digest(learnt), "run: python -m evals.fit_goals"


def test_what_is_no_strategy_has_none_of_its_elements() -> None:
    text = "Pancakes\n\nWhisk 200 g flour with sugar and two eggs, melt the butter and bake. Serve with chopped nuts."
    assert {element.state for element in find_parts(read(text)).elements} == {"missing"}


def test_plans_that_are_only_counted_are_not_learnt_from() -> None:
    assert (len(load_unseen()), len(load_long()), len(load_excerpts())) == (56, 4, 48)
    counted = {plan.text for plan in (*load_unseen(), *load_long(), *load_excerpts())}
    assert not counted & {plan.text for plan in (*load_plans(), *load_further())}


@pytest.mark.parametrize(
    ("goals", "told"),
    [
        (("All cooks can explain a menu in French", "All bakers can explain a menu in French"), False),
        (("All cooks can explain a menu in French", "All students can explain a menu in French"), True),
    ],
)
def test_the_same_for_cooks_and_for_bakers_is_two_goals(goals: tuple[str, str], *, told: bool) -> None:
    text = "International strategy 2027-2031\n\nOur goals\n\n" + "".join(f"- {goal}.\n" for goal in goals)
    found = critique(read_bytes(f"{text}- Teachers have taught at a partner school.\n".encode(), "plan.txt"))
    assert bool(found.strategy.overlaps) is told
