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


@pytest.mark.parametrize(
    ("language", "wrong", "right"),
    [
        ("en", "Raise the share of teachers who worked abroad from 20 % to 12 % by 2028.", ("20 %", "12 %")),
        ("fi", "Ulkomailla työskennelleiden opettajien osuus nostetaan 20 prosentista 12 prosenttiin.", ("20", "12")),
        ("da", "Andelen af lærere med ophold i udlandet skal øges fra 20 % til 12 % i 2028.", ("20 %", "12 %")),
        ("nl", "Het aandeel docenten met buitenlandervaring stijgt van 20 % naar 12 % in 2028.", ("20 %", "12 %")),
        ("de", "Der Anteil der Lehrkräfte mit Auslandserfahrung soll von 20 % auf 12 % steigen.", ("20 %", "12 %")),
        ("hu", "A külföldön járt oktatók arányának növelése 20%-ról 12%-ra 2028-ig.", ("20%", "12%")),
        ("fr", "Augmenter la part des enseignants partis à l'étranger de 20 % à 12 %.", ("20 %", "12 %")),
        ("es", "Aumentar la proporción de docentes con estancia en el extranjero del 20 % al 12 %.", ("20 %", "12 %")),
        ("it", "Aumentare la quota di docenti con esperienza all'estero dal 20 % al 12 %.", ("20 %", "12 %")),
    ],
)
def test_a_number_that_is_to_rise_and_falls_is_told_in_every_language(
    language: str, wrong: str, right: tuple[str, str]
) -> None:
    def told(text: str) -> bool:
        return "target-reversed" in {one.rule for one in judge_goal(text, language=language).findings}

    first, last = right
    assert told(wrong)
    assert not told(wrong.replace(first, "#").replace(last, first).replace("#", last))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Les élèves de cuisine n'ont plus peur de parler à un client étranger."),
        ("fr", "Le séjour à l'étranger ne reste plus une exception pour les élèves."),
        ("it", "Gli studenti di cucina non hanno più paura di parlare con un cliente straniero."),
    ],
)
def test_no_longer_compares_nothing(language: str, text: str) -> None:
    assert "comparative-baseless" not in {one.rule for one in judge_goal(text, language=language).findings}
