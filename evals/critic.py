"""Measures the critic as a whole: what it must say and says, what it must not say and says, on our own cases.

Three sets of cases: single goals with labels written before the critic read them (cases/critic.yaml); clean strategies
with one section taken out, whose absence must be said; the clean strategies themselves, of which none of the rules for
sections may speak. T are remarks rightly made, F false alarms, as proselint counts: a critic's score is T·(T/(F+T))²,
given here for each remark that was due, so that 1 is a critic that says all of it and nothing else. Baselines: saying
everything that any label names, of every case.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.reviewing.critique import judge_goal
from evals.figures import Figure, bootstrap_interval, wilson_interval
from evals.sets import CleanStrategy, judge_text, load_clean
from knowledge.datafile import Fields, read_fields

CASES = Path(__file__).with_name("cases") / "critic.yaml"
HEADINGS = {
    "en": "Goals",
    "fi": "Tavoitteet",
    "da": "Mål",
    "nl": "Doelen",
    "de": "Ziele",
    "hu": "Célok",
    "fr": "Objectifs",
    "es": "Objetivos",
    "it": "Obiettivi",
}
# The clean strategies hold their sections in one order; what must be said where one is missing. Their goals stay; so
# do owners and partners, whom other sections name.
SECTIONS: Mapping[int, str] = {
    0: "environment-missing",
    1: "character-missing",
    2: "vision-missing",
    3: "character-missing",
    4: "character-missing",
    6: "action-plan-missing",
    7: "indicators-missing",
    9: "staff-skills-missing",
    10: "resources-missing",
    12: "curricula-missing",
    13: "evaluation-missing",
    14: "stakeholders-missing",
}
GOALS, PARTS = "own goals", "own sections"
_MOST = 12


@dataclass(frozen=True, slots=True)
class Case:
    """A goal under a heading that announces goals, and the rules that must and must not speak of it."""

    id: str
    language: str
    text: str
    must: frozenset[str]
    must_not: frozenset[str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Of one case: the rules due, those rightly said, and those said that must not be."""

    due: frozenset[str]
    right: frozenset[str]
    wrong: frozenset[str]


@cache
def load_cases() -> tuple[Case, ...]:
    """The labelled goals, in the file's order."""
    return tuple(_read(one) for one in read_fields(CASES).each("cases"))


def measure() -> tuple[Figure, ...]:
    """Recall, precision and the critic's score, of single goals and of sections; precision of each rule with labels."""
    goals, parts = judge_goals(), judge_parts()
    every = frozenset(rule for one in load_cases() for rule in one.must | one.must_not)
    loud = [Verdict(one.must, one.must, one.must_not & every) for one in load_cases()]
    named = sorted({rule for one in goals for rule in one.right | one.wrong})
    return (
        *_figures(GOALS, goals, loud),
        *_figures(PARTS, parts, ()),
        *(_precision_of(rule, goals) for rule in named),
    )


def judge_goals() -> list[Verdict]:
    """What the critic says of each labelled goal."""
    verdicts = []
    for one in load_cases():
        goal = judge_goal(one.text, context=HEADINGS[one.language], language=one.language)
        said = {finding.rule for finding in goal.findings}
        verdicts.append(Verdict(one.must, one.must & said, one.must_not & said))
    return verdicts


def judge_parts() -> list[Verdict]:
    """What it says of each clean strategy, whole and without one of its sections."""
    verdicts = []
    for one in load_clean():
        rules = frozenset(SECTIONS.values())
        verdicts.append(Verdict(frozenset(), frozenset(), rules & _said(one.text, one.language)))
        for place, rule in SECTIONS.items():
            said = rules & _said(without_section(one, place), one.language)
            verdicts.append(Verdict(frozenset({rule}), frozenset({rule}) & said, said - {rule}))
    return verdicts


def without_section(one: CleanStrategy, place: int) -> str:
    """The strategy without its section of that number, heading and all."""
    blocks = one.text.split("\n\n")
    heads = [number for number, block in enumerate(blocks) if _is_heading(block) and number >= _first(blocks)]
    start = heads[place]
    end = heads[place + 1] if place + 1 < len(heads) else len(blocks)
    return "\n\n".join([*blocks[:start], *blocks[end:]])


def _first(blocks: Sequence[str]) -> int:
    """Where the first section begins: the title may take two lines."""
    return next(number for number, block in enumerate(blocks) if number and not _is_heading(block)) - 1


def _is_heading(block: str) -> bool:
    return "\n" not in block and not re.search(r"[.;:!?]$|^- |^Goal \d", block) and len(block.split()) <= _MOST


def _said(text: str, language: str) -> frozenset[str]:
    return frozenset(finding.rule for finding in judge_text(text, language).findings)


def _figures(cases: str, verdicts: Sequence[Verdict], loud: Sequence[Verdict]) -> tuple[Figure, ...]:
    due = sum(len(one.due) for one in verdicts)
    return tuple(
        Figure(
            *("critic", name, cases, due, value(verdicts), *bootstrap_interval(verdicts, value)),
            *("saying everything" if loud else "saying nothing", value(loud) if loud else 0.0),
        )
        for name, value in (("recall", _recall), ("precision", _precision), ("T·(T/(F+T))² a remark due", _score))
    )


def _precision_of(rule: str, verdicts: Sequence[Verdict]) -> Figure:
    right, wrong = (
        sum(rule in said for said in one) for one in zip(*((v.right, v.wrong) for v in verdicts), strict=True)
    )
    n = right + wrong
    return Figure("critic", f"precision: {rule}", GOALS, n, right / n, *wilson_interval(right, n), "none", 0.0)


def _recall(verdicts: Sequence[Verdict]) -> float:
    due = sum(len(one.due) for one in verdicts)
    return sum(len(one.right) for one in verdicts) / due if due else 0.0


def _precision(verdicts: Sequence[Verdict]) -> float:
    right, wrong = sum(len(one.right) for one in verdicts), sum(len(one.wrong) for one in verdicts)
    return right / (right + wrong) if right + wrong else 0.0


def _score(verdicts: Sequence[Verdict]) -> float:
    return float(_recall(verdicts) * _precision(verdicts) ** 2)


def _read(one: Fields) -> Case:
    one.allow("id", "language", "text", "must", "must_not")
    return Case(
        id=one.text("id"),
        language=one.text("language"),
        text=one.text("text"),
        must=frozenset(one.texts("must", 0, _MOST)),
        must_not=frozenset(one.texts("must_not", 0, _MOST)),
    )
