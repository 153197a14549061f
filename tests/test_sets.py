"""The set of goals and the whole, held against what the document says of itself."""

import pytest

from assistant.reviewing.critique import critique
from assistant.reviewing.parts import find_parts
from assistant.reviewing.stated import find_counts, find_money, find_own_number
from evals.sets import FAULTS, RULES, WATCHED, CleanStrategy, load_clean
from knowledge.document import Document
from knowledge.lexicon import load_lexicon
from knowledge.reading.files import read_bytes

ENGLISH = next(one for one in load_clean() if one.name == "en-joinery")


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


def test_two_numbers_for_one_plan_are_quoted_both() -> None:
    result = critique(read(FAULTS["two numbers"](ENGLISH)), language="en")
    [pair] = result.strategy.contradictions
    assert "20 students" in pair.first.text
    assert "45 students" in pair.second.text


def test_goals_labelled_in_running_lines_are_goals_without_their_label() -> None:
    text = "Plan of the college\n\nGoal 1: Every student has met a partner class.\nGoal 2: Teachers speak English.\n"
    goals = [goal.statement.text for goal in find_parts(read(text)).goals]
    assert goals == ["Every student has met a partner class.", "Teachers speak English."]
