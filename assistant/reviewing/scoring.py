"""A score out of 100: plain arithmetic over findings, the same for the same findings in any order.

Three things are scored, each from 100 down: every goal by the remarks on it, the goals together by those on the set,
the document by those on its parts. The total is made of the mean over the goals, the set and the document in the
shares of `SHARES`; so a goal said twice, good or bad, moves nothing, and neither does a remark made twice.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Literal

from assistant.domain import FAMILIES, Family, Finding, Severity
from assistant.score import Gain, Score
from knowledge.phrasebook import load_phrases
from knowledge.sentences import fold_letters

Part = Literal["goals", "set", "whole"]
# Goals are the heart of the guide (4.4); then the parts around them (4, 5); how many they are shows in every goal.
SHARES: Mapping[Part, float] = {"goals": 0.45, "set": 0.20, "whole": 0.35}
# What a remark costs of the 100 of its part. Of a goal that says neither for whom, nor what changes, nor why, a
# quarter is left; a document that has none of the guide's parts has nothing left.
COSTS: Mapping[Part, Mapping[Severity, float]] = {
    "goals": {"error": 40.0, "warning": 25.0, "info": 5.0},
    "set": {"error": 60.0, "warning": 20.0, "info": 5.0},
    "whole": {"error": 40.0, "warning": 10.0, "info": 3.0},
}
# What stands in a goal's place and is none (an activity, guide 4.5) has lost half of it.
_NO_GOAL = 50.0
_SET_FAMILIES: tuple[Family, ...] = ("set", "links", "excess")
_NO_GOALS = "goals-none"
_FULL = 100.0
_LEAST_GAIN = 0.5


def score_goal(findings: Sequence[Finding]) -> int:
    """What is left of 100 for one goal, or for a statement offered as one, after all that is said of it."""
    return round(_left(findings, "goals"))


def score_findings(findings: Sequence[Finding], goals: Sequence[str], *, is_strategy: bool, language: str) -> Score:
    """The score that `findings` leave of a document.

    Args:
        findings: all that is said of it, in any order.
        goals: the ids of its goals; a document without any gets nothing for its goals, singly or together.
        is_strategy: whether it is one; nothing else is scored.
        language: the language of the reason.
    """
    phrases = load_phrases(language)
    if not is_strategy:
        return Score(0, dict.fromkeys(FAMILIES, 0), phrases.say("frame", "score_absent"))
    counted = _once(findings, goals)
    parts = _parts(counted, goals)
    rounded = {name: round(value) for name, value in parts.items()}
    total = round(_total(parts))
    return Score(
        total=total,
        by_family={family: _family(counted, goals, family) for family in FAMILIES},
        reason=phrases.say("frame", "score_reason", **rounded) if counted else phrases.say("frame", "score_full"),
        goals=rounded["goals"],
        set=rounded["set"],
        whole=rounded["whole"],
        gains=_gains(counted, goals),
    )


def weigh_rules(findings: Sequence[Finding], goals: Sequence[str]) -> dict[str, float]:
    """What each rule's findings together take from the total: what it would rise by if all of them were answered."""
    counted = _once(findings, goals)
    total = _total(_parts(counted, goals))
    cost = {}
    for rule in sorted({one.rule for one in counted}):
        rest = [one for one in counted if one.rule != rule]
        cost[rule] = _total(_parts(rest, goals or (("",) if rule == _NO_GOALS else ()))) - total
    return cost


def _place(finding: Finding) -> Part:
    """Which of the three a finding counts against."""
    if finding.goal is not None:
        return "goals"
    return "set" if finding.family in _SET_FAMILIES else "whole"


def _once(findings: Sequence[Finding], goals: Sequence[str]) -> tuple[Finding, ...]:
    """Each remark once, however often it is made."""
    return tuple({(one.rule, _unit(one, goals), one.message): one for one in findings}.values())


def _unit(finding: Finding, goals: Sequence[str]) -> str | None:
    """What a finding counts against: its goal; where something else was offered as a goal, its words, said once."""
    if finding.goal is None or finding.goal in goals:
        return finding.goal
    return fold_letters(finding.quote.text)


def _parts(findings: Sequence[Finding], goals: Sequence[str]) -> dict[Part, float]:
    """The three scores, unrounded; what is offered as a goal and is none counts among the goals."""
    if not goals:
        return {"goals": 0.0, "set": 0.0, "whole": _left([one for one in findings if _place(one) == "whole"], "whole")}
    said: dict[str, list[Finding]] = {goal: [] for goal in goals}
    for finding in findings:
        unit = _unit(finding, goals)
        if unit is not None:
            said.setdefault(unit, []).append(finding)
    return {
        "goals": sum(_left(each, "goals") for each in said.values()) / len(said),
        "set": _left([one for one in findings if _place(one) == "set"], "set"),
        "whole": _left([one for one in findings if _place(one) == "whole"], "whole"),
    }


def _left(findings: Sequence[Finding], part: Part) -> float:
    """What is left of 100; counted by cost first, so that the sum does not depend on the order."""
    costs = Counter(_cost(one, part) for one in findings)
    return max(0.0, _FULL - sum(cost * count for cost, count in sorted(costs.items())))


def _cost(finding: Finding, part: Part) -> float:
    if finding.family == "level" and finding.severity == "warning":
        return _NO_GOAL
    return COSTS[part][finding.severity]


def _total(parts: Mapping[Part, float]) -> float:
    return sum(SHARES[name] * value for name, value in parts.items())


def _family(findings: Sequence[Finding], goals: Sequence[str], family: Family) -> int:
    """What is left of 100 where only this family spoke: its parts' losses added, so that a fault shows in full."""
    parts = _parts([one for one in findings if one.family == family], goals or ("",))
    return max(0, round(_FULL - sum(_FULL - value for value in parts.values())))


def _gains(findings: Sequence[Finding], goals: Sequence[str]) -> tuple[Gain, ...]:
    """What each rule's findings cost the total, most first; those that cost less than half a point are left out."""
    gains = [
        Gain(rule, round(cost), tuple(one.id for one in findings if one.rule == rule))
        for rule, cost in weigh_rules(findings, goals).items()
        if cost >= _LEAST_GAIN
    ]
    return tuple(sorted(gains, key=lambda gain: (-gain.points, gain.rule)))
