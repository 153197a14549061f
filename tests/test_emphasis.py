"""Quiet: few remarks first, nothing said twice, nothing lost."""

from collections import Counter
from dataclasses import replace
from functools import cache

from hypothesis import given
from hypothesis import strategies as draw

from assistant.domain import FAMILIES, Critique, Finding, GuideRef, Quote
from assistant.reviewing.arrangement import arrange
from assistant.reviewing.critique import critique
from assistant.reviewing.emphasis import MOST_OF_A_GOAL, MOST_OF_THE_WHOLE, mark_repeats, mark_shown
from assistant.reviewing.report import render_html, render_markdown
from evals.ranked import load_ranked
from knowledge.document import Span
from knowledge.phrasebook import load_phrases
from knowledge.reading.files import read_bytes
from knowledge.rulebook import load_rules

RULES = tuple(rule.id for rule in load_rules())


@cache
def ranked() -> tuple[Critique, ...]:
    return tuple(critique(read_bytes(one.text.encode(), f"{one.id}.txt")) for one in load_ranked())


def finding(number: int, rule: str, goal: str | None, span: Span, family: str = "slots") -> Finding:
    words = Quote("x" * (span.end - span.start), span)
    assert family in FAMILIES
    return Finding(f"f{number}", rule, family, "info", f"about {rule}", "?", words, GuideRef("4.4", 17), goal=goal)  # type: ignore[arg-type] - checked above


findings = draw.lists(
    draw.tuples(draw.sampled_from(RULES), draw.sampled_from([None, "g1", "g2", "g3", "s9"]), draw.integers(0, 40)),
    max_size=30,
).map(lambda rows: [finding(n, rule, goal, Span(at, at + 5)) for n, (rule, goal, at) in enumerate(rows, start=1)])


@given(findings)
def test_few_are_shown_and_none_is_lost(found: list[Finding]) -> None:
    marked = mark_shown(mark_repeats(found), ("g1", "g2", "g3"))
    assert [replace(one, shown=True, repeats=None) for one in marked] == found
    ids = {one.id for one in marked}
    assert all(one.repeats in ids - {one.id} for one in marked if one.repeats is not None)
    assert not [one for one in marked if one.shown and one.repeats]
    assert sum(one.shown for one in marked) <= MOST_OF_THE_WHOLE + 3 * MOST_OF_A_GOAL


@given(findings)
def test_no_rule_is_shown_saying_the_same_twice(found: list[Finding]) -> None:
    shown = Counter(one.message for one in mark_shown(mark_repeats(found), ("g1", "g2", "g3")) if one.shown)
    assert all(count == 1 for count in shown.values())


def test_of_real_critiques_at_most_three_remarks_stand_first_with_a_goal_and_five_with_the_whole() -> None:
    for found in ranked():
        arranged = arrange(found)
        assert len(arranged.whole.first) <= MOST_OF_THE_WHOLE
        assert all(len(one.remarks.first) <= MOST_OF_A_GOAL for one in arranged.goals)


def test_every_remark_that_repeats_nothing_has_its_place() -> None:
    for found in ranked():
        arranged = arrange(found)
        placed = [*arranged.whole.first, *arranged.whole.more]
        placed += [one for goal in arranged.goals for one in (*goal.remarks.first, *goal.remarks.more)]
        assert {one.finding.id for one in placed} == {one.id for one in found.findings if one.repeats is None}


def test_the_same_remark_on_several_goals_is_made_once_for_all_of_them() -> None:
    wish_list = next(found for found in ranked() if found.strategy.document.name == "wish-list.txt")
    need = next(one for one in arrange(wish_list).whole.first if one.finding.rule == "need-missing")
    assert need.goals == tuple(range(1, 12))
    assert "Goals 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 11: " in render_html(wish_list)


def test_for_whom_is_not_asked_of_a_goal_that_says_nothing_will_change() -> None:
    both = [
        finding(1, "change-empty", "g1", Span(0, 5)),
        finding(2, "beneficiary-missing", "g1", Span(9, 9)),
        finding(3, "beneficiary-missing", "g2", Span(19, 19)),
    ]
    assert [one.repeats for one in mark_repeats(both)] == [None, "f1", None]


def test_two_wordings_at_the_same_words_are_one_remark() -> None:
    rows = [
        finding(1, "quality-undefined", "g1", Span(10, 24), "wording"),
        finding(2, "comparative-baseless", "g1", Span(10, 16), "wording"),
        finding(3, "loophole", "g1", Span(30, 40), "wording"),
    ]
    assert [one.repeats for one in mark_repeats(rows)] == [None, "f1", None]


def test_what_is_dismissed_is_not_shown_and_hides_nothing() -> None:
    rows = [
        replace(finding(1, "change-empty", "g1", Span(0, 5)), dismissed="we mean it"),
        finding(2, "beneficiary-missing", "g1", Span(9, 9)),
    ]
    marked = mark_shown(mark_repeats(rows), ("g1",))
    assert [(one.shown, one.repeats) for one in marked] == [(False, None), (True, None)]


def test_a_matter_names_only_rules_that_exist() -> None:
    from assistant.reviewing.emphasis import _load_matters

    named = {rule for said, matter in _load_matters().items() for rule in (said, *matter.covered)}
    assert named <= set(RULES)


def test_a_finnish_strategy_gets_a_finnish_report() -> None:
    good = next(found for found in ranked() if found.strategy.document.name == "hyva.txt")
    finnish, english = load_phrases("fi"), load_phrases("en")
    for page in (render_html(good), render_markdown(good).replace("\\", "")):
        for name in ("elements_title", "first_title", "raise_most"):
            assert finnish.say("frame", name) in page
            assert english.say("frame", name) not in page
        assert not [name for name in english.groups["elements"].values() if len(name.split()) > 2 and name in page]
