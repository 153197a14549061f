"""A score out of 100: plain arithmetic over findings, the same for the same findings in any order.

A family starts at 100 and loses 40 for an error, 15 for a warning and 4 for a remark; what is said of single goals is
averaged over the goals first, so that repeating a goal, good or bad, moves nothing. The total is the mean of the
families, each weighed by how much it says of a strategy.
"""

from collections.abc import Mapping, Sequence

from assistant.domain import FAMILIES, Family, Finding, Score, Severity

COSTS: Mapping[Severity, float] = {"error": 40.0, "warning": 15.0, "info": 4.0}
# What is wrong with the goals and with the whole weighs more than wording (goal-quality: words never decide).
WEIGHTS: Mapping[Family, int] = {
    "set": 3,
    "slots": 4,
    "level": 2,
    "wording": 1,
    "links": 2,
    "excess": 2,
    "structure": 4,
    "integrity": 1,
}
FAMILY_WORDS: Mapping[Family, str] = {
    "set": "how many goals there are, and what they cover",
    "slots": "saying for whom, what changes and for which need",
    "level": "keeping actions, visions and measures apart from goals",
    "wording": "plain words",
    "links": "the thread between the goals and the rest",
    "excess": "taking on less at once",
    "structure": "the parts that a strategy needs",
    "integrity": "a text that speaks only to its readers",
}
_FULL = 100.0
# A goal that draws two warnings in one family has lost that family.
_GOAL_SHARE = 3.0


def score_findings(findings: Sequence[Finding], goals: int, *, is_strategy: bool) -> Score:
    """The score that `findings` leave of a document with `goals` goals; 0 for what is no strategy."""
    if not is_strategy:
        return Score(0, dict.fromkeys(FAMILIES, 0), "This is not a strategy, so there is nothing to score.")
    by_family = {family: _score_family([one for one in findings if one.family == family], goals) for family in FAMILIES}
    total = sum(by_family[family] * weight for family, weight in WEIGHTS.items()) / sum(WEIGHTS.values())
    worst = min(FAMILIES, key=lambda family: (by_family[family] - _FULL) * WEIGHTS[family])
    reason = f"What would raise it most: {FAMILY_WORDS[worst]}." if total < _FULL else "Nothing is missing."
    return Score(round(total), {family: round(value) for family, value in by_family.items()}, reason)


def _score_family(findings: Sequence[Finding], goals: int) -> float:
    whole = sum(COSTS[one.severity] for one in findings if one.goal is None)
    each = sum(COSTS[one.severity] for one in findings if one.goal is not None) * _GOAL_SHARE / max(1, goals)
    return max(0.0, _FULL - whole - each)
