"""The set of goals and the whole, held against what the document says of itself."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.judging.judge import judge
from assistant.judging.quantities import MONEY
from assistant.reviewing.critique import critique
from assistant.reviewing.nearness import Floats, compare
from assistant.reviewing.overlaps import find_overlaps
from assistant.reviewing.parts import find_parts
from assistant.reviewing.stated import find_counts, find_money, find_own_number, parse_number
from evals.critic import SECTIONS, load_cases, without_section
from evals.sets import FAULTS, RULES, WATCHED, CleanStrategy, load_clean
from knowledge.document import Document
from knowledge.lexicon import LANGUAGES, load_lexicon
from knowledge.reading.files import read_bytes
from knowledge.rulebook import load_rules

ENGLISH = next(one for one in load_clean() if one.name == "en-joinery")

SIZED = (
    "Strategy 2027-2031\n\nAbout us\n\nThe college has 300 students.\n\n"
    "Goals\n\n- Students speak Polish\n- Staff speak it too"
)


def read(text: str) -> Document:
    return read_bytes(text.encode(), "plan.txt")


def rules_of(text: str, language: str) -> set[str]:
    return {finding.rule for finding in critique(read(text), language=language).findings}


@pytest.mark.parametrize("clean", load_clean(), ids=lambda one: one.name)
def test_a_clean_strategy_draws_no_remark_on_its_set(clean: CleanStrategy) -> None:
    assert not rules_of(clean.text, clean.language) & WATCHED


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_planted_in_an_english_strategy_is_found(fault: str) -> None:
    assert rules_of(FAULTS[fault](ENGLISH), "en") & set(RULES[fault])


def test_the_school_is_as_large_as_it_says_of_itself_and_not_as_it_plans() -> None:
    text = "Our school\n\nThe school has 80 students.\n\nPlan\n\nWe will send 120 students a year abroad."
    lexicon = load_lexicon("en")
    counts = find_counts(find_parts(read(text), language="en").statements, lexicon)
    assert [count.value for count in counts] == [80, 120]
    own = find_own_number(counts, "students", lexicon)
    assert own is not None
    assert own.value == 80


def test_a_sum_is_a_budget_or_a_cost_as_its_sentence_says() -> None:
    text = "Money\n\nThe budget is 40.000 euro a year.\n\nStays cost 35,000 euro."
    statements = find_parts(read(text), language="en").statements
    assert [(one.role, one.value) for one in find_money(statements, load_lexicon("en"))] == [
        ("budget", 40_000),
        ("cost", 35_000),
    ]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("Budget for mobility 2027\t21,000 EUR", 21_000),
        ("Budget 2027 21,000 EUR", 21_000),
        ("The budget of 31.12.2027, 5 000 EUR", 5_000),
        ("A budget of £5,000.", 5_000),
        ("Budget: 1.200,50 €", 1_200.5),
        ("The budget is 1\u00a0200\u00a0€ a year", 1_200),
        ("Budget: 900 000 Ft", 900_000),
    ],
)
def test_a_sum_is_read_apart_from_the_numbers_beside_it(words: str, value: float) -> None:
    statements = find_parts(read(f"Money\n\n{words}"), language="en").statements
    assert [one.value for one in find_money(statements, load_lexicon("en"))] == [value]


@given(st.text(alphabet="0123 .,\u00a0\t\n/-€£", max_size=30))
def test_any_sum_that_is_found_is_a_number(words: str) -> None:
    for found in MONEY.finditer(f"budget {words} EUR"):
        assert parse_number(found[0].strip("€£EUR \u00a0")) >= 0


def test_two_numbers_for_one_plan_are_quoted_both() -> None:
    result = critique(read(FAULTS["two numbers"](ENGLISH)), language="en")
    [pair] = result.strategy.contradictions
    assert "20 students" in pair.first.text
    assert "45 students" in pair.second.text


def test_goals_labelled_in_running_lines_are_goals_without_their_label() -> None:
    text = "Plan of the college\n\nGoal 1: Every student has met a partner class.\nGoal 2: Teachers speak English.\n"
    goals = [goal.statement.text for goal in find_parts(read(text)).goals]
    assert goals == ["Every student has met a partner class.", "Teachers speak English."]


def test_a_goal_that_answers_a_need_the_document_names_is_not_asked_for_one() -> None:
    goals = "Goals\n\n- Nurses can calm a patient in another language\n- Apprentices weld pipes as in Gdańsk"
    need = "Where we start\n\nHospitals lack nurses who can talk with a patient in another language."
    plan = "Strategy of Lindby College 2027-2031\n\n{need}" + goals
    asked = [
        sum(one.rule == "need-missing" for one in critique(read(plan.format(need=words)), language="en").findings)
        for words in ("", need + "\n\n")
    ]
    assert asked == [2, 1]


def test_what_another_paper_says_otherwise_is_quoted_from_both_and_the_paper_named() -> None:
    ours = read(SIZED)
    paper = read_bytes(b"Quality policy\n\nAbout us\n\nThe college has 900 students and 40 teachers.", "quality.txt")
    result = critique(ours, language="en", policies=[paper])
    said = next(one for one in result.findings if one.rule == "policy-contradicts")
    assert said.quote.text == "The college has 300 students."
    assert "quality.txt" in said.message
    assert "900 students" in said.message
    assert [one.paper for one in result.strategy.contradictions] == ["quality.txt"]


def test_sizes_that_differ_by_a_few_are_no_contradiction() -> None:
    ours = read(SIZED)
    paper = read_bytes(b"Quality policy\n\nAbout us\n\nThe college has 310 students.", "quality.txt")
    assert not critique(ours, language="en", policies=[paper]).strategy.contradictions


def test_goals_without_an_indicator_are_named_by_their_numbers() -> None:
    text = FAULTS["too many goals"](ENGLISH)
    said = next(one for one in critique(read(text), language="en").findings if one.rule == "goals-unmeasured")
    assert said.message.startswith("Goals without an indicator: 6")
    assert said.quote.text == ENGLISH.extra[0]


def test_the_critics_cases_name_rules_that_exist_in_every_language() -> None:
    rules = {rule.id for rule in load_rules()}
    assert {rule for one in load_cases() for rule in one.must | one.must_not} <= rules
    assert {one.language for one in load_cases()} == set(LANGUAGES)
    assert set(SECTIONS.values()) <= rules


def test_a_strategy_without_its_vision_is_told_so_and_nothing_else_is_missed() -> None:
    said = rules_of(without_section(ENGLISH, 2), "en") & set(SECTIONS.values())
    assert said == {"vision-missing"}


def test_meanings_are_compared_only_where_a_goal_may_have_nothing_to_do_with_the_aims(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compared: list[str] = []

    def watch(texts: Sequence[str], others: Sequence[str]) -> Floats | None:
        compared.extend(texts)
        return compare(texts, others)

    monkeypatch.setattr("assistant.reviewing.links.compare", watch)
    rules_of(ENGLISH.text, "en")
    assert compared == []
    assert "goals-untied" in rules_of(FAULTS["untied goal"](ENGLISH), "en")
    assert set(compared) == {ENGLISH.untied.rstrip(".")}


TRAVELS = "Send 200 apprentices abroad on a long placement in 2027"
DROPOUTS = "Cut the share of students who come back from a placement abroad too early from 14 to 8 per cent"
OTHERS = ("Every cook can serve guests in German", "Half of the teachers have taught one module in English")


@pytest.mark.parametrize(("near", "told"), [(0.34, False), (0.36, True)])
def test_goals_that_share_concepts_are_one_only_where_their_meanings_are_not_far(
    monkeypatch: pytest.MonkeyPatch, near: float, told: bool
) -> None:
    monkeypatch.setattr("assistant.reviewing.overlaps.compare", lambda some, _: np.full((len(some), len(some)), near))
    goals = [judge(text, language="en") for text in (TRAVELS, DROPOUTS, *OTHERS)]
    named = [replace(one, statement=replace(one.statement, id=f"g{n}")) for n, one in enumerate(goals, start=1)]
    assert (("g1", "g2") in {(one.first, one.second) for one in find_overlaps(named)}) is told


@pytest.mark.parametrize("other", ["45 %", "0 %"])
def test_two_shares_wanted_of_the_same_people_are_quoted_both(other: str) -> None:
    text = (
        "# Strategy 2026-2029\n\n## Goals\n\n"
        "- By 2028, 55 % of our teachers hold a B1 certificate in English.\n"
        "- Every cook apprentice can take an order in Swedish.\n\n"
        f"## Follow-up\n\nBy 2028, {other} of our teachers will hold a B1 certificate in English. "
        "By 2029, 60 % of our teachers will hold a B1 certificate in English.\n"
    )
    (found,) = [one for one in critique(read(text)).findings if one.rule == "goals-contradict"]
    assert other in found.message
    assert "55 %" in found.message


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "Care students dare to speak English at work.", "Logistics students dare to speak English at work."),
        (
            "fi",
            "Lähihoitajaopiskelijat uskaltavat puhua englantia.",
            "Logistiikan opiskelijat uskaltavat puhua englantia.",
        ),
        ("de", "Pflegeschüler sprechen Englisch im Betrieb.", "Lernende der Logistik sprechen Englisch im Betrieb."),
    ],
)
def test_the_same_wished_for_two_fields_of_training_is_two_goals(language: str, one: str, other: str) -> None:
    goals = [
        replace(goal, statement=replace(goal.statement, id=str(place)))
        for place, goal in enumerate(judge(text, language=language) for text in (one, other))
    ]
    assert find_overlaps(goals) == ()


def test_what_is_said_of_a_point_among_the_goals_is_said_of_that_goal() -> None:
    text = (
        "# Strategy 2026-2029\n\n## Goals\n\n"
        "- Every baker apprentice can serve guests in a second language by 2028.\n"
        "- Half of the workshop teachers have worked in a firm abroad by 2029.\n"
        "- In May 2027 we send four teachers to a fair in Riga.\n"
    )
    found = critique(read(text))
    about = [one.goal for one in found.findings if one.rule == "activity-among-goals"]
    ids = {goal.statement.span: goal.statement.id for goal in found.strategy.goals}
    spans = {one.id: one.span for one in found.strategy.statements}
    assert about
    assert all(one in ids.values() or spans[one or ""] not in ids for one in about)
