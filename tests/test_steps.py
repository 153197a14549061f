"""The eight steps of the strategy journey."""

import re

import pytest

from assistant.domain import ELEMENTS
from knowledge.digest import load_digest
from knowledge.lexicon import LANGUAGES
from knowledge.steps import load_steps


def test_the_journey_has_eight_steps_in_order() -> None:
    assert [step.number for step in load_steps()] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert len({step.id for step in load_steps()}) == 8


def test_every_step_has_a_purpose_a_tool_of_its_own_and_questions() -> None:
    steps = load_steps()
    assert len({step.tool for step in steps}) == len(steps)
    for step in steps:
        assert step.purpose.endswith("."), step.id
        assert 3 <= len(step.questions) <= 5, step.id
        assert all(question.endswith("?") for question in step.questions), step.id


def test_every_step_names_an_element_of_a_strategy_or_none() -> None:
    assert [step.id for step in load_steps() if step.element is not None and step.element not in ELEMENTS] == []
    made = [step.element for step in load_steps()]
    for element in ("vision", "goals", "action_plan"):
        assert made.count(element) == 1


def test_every_step_has_its_entry_in_the_digest() -> None:
    digest = {entry.id: entry for entry in load_digest()}
    for step in load_steps():
        entry = digest[f"journey-step-{step.number}"]
        assert entry.kind == "step"
        assert (entry.section, entry.page) == (step.section, step.page)


def test_the_tools_are_those_of_the_guide() -> None:
    named = ["timeline", "table", "survey", "mission", "workshop", "goal", "action plan", "communication"]
    for step, word in zip(load_steps(), named, strict=True):
        assert re.search(word, step.tool), step.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_steps_are_told_in_every_language(language: str) -> None:
    ours, english = load_steps(language), load_steps()
    assert [step.id for step in ours] == [step.id for step in english]
    for step, original in zip(ours, english, strict=True):
        assert step.purpose.endswith("."), step.id
        assert not step.title.endswith("."), step.id
        assert all(question.endswith("?") for question in step.questions), step.id
        assert (step.number, step.element, step.page) == (original.number, original.element, original.page)
        assert language == "en" or not {step.title, step.tool, *step.questions} & {original.title, original.tool}
