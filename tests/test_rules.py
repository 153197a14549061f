"""Every rule proves itself on its own examples."""

import pytest

from assistant.reviewing.critique import critique, judge_goal
from assistant.reviewing.goal_checks import GOAL_CHECKS, STATEMENT_CHECKS
from assistant.reviewing.set_checks import STRATEGY_CHECKS
from knowledge.digest import load_digest
from knowledge.lexicon import LANGUAGES
from knowledge.reading.files import read_bytes
from knowledge.rulebook import Example, Rule, load_rules

CASES = [(rule, example, True) for rule in load_rules() for example in rule.flags] + [
    (rule, example, False) for rule in load_rules() for example in rule.passes
]


def name(case: object) -> str:
    return case.id if isinstance(case, Rule) else ""


def fires(rule: Rule, example: Example) -> bool:
    if rule.target in ("goal", "statement"):
        findings = judge_goal(example.text, context=example.context, language="en").findings
    else:
        policies = [read_bytes(example.paper.encode(), "policy.txt")] if example.paper else []
        document = read_bytes(example.text.encode(), "example.txt")
        findings = critique(document, language="en", policies=policies).findings
    return rule.id in {finding.rule for finding in findings}


@pytest.mark.parametrize(("rule", "example", "flags"), CASES, ids=name)
def test_a_rule_flags_its_flags_and_passes_its_passes(rule: Rule, example: Example, flags: bool) -> None:
    assert fires(rule, example) is flags


@pytest.mark.parametrize("rule", load_rules(), ids=name)
def test_a_rule_names_a_section_that_the_guide_has(rule: Rule) -> None:
    assert rule.section in {entry.section for entry in load_digest()}


@pytest.mark.parametrize("rule", load_rules(), ids=name)
def test_a_rule_names_a_check_that_exists(rule: Rule) -> None:
    checks = {"goal": GOAL_CHECKS, "statement": STATEMENT_CHECKS}.get(rule.target, STRATEGY_CHECKS)
    assert rule.check in checks


@pytest.mark.parametrize("rule", load_rules(), ids=name)
def test_a_rule_speaks_all_nine_languages_with_the_same_holes(rule: Rule) -> None:
    for words in (rule.wording.messages, rule.wording.questions):
        assert set(words) == set(LANGUAGES)
        assert {frozenset(holes(text)) for text in words.values()} == {frozenset(holes(words["en"]))}


def holes(text: str) -> list[str]:
    return [part.split("}", 1)[0] for part in text.split("{")[1:]]
