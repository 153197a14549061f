"""What is said first and what is not said twice: every finding stays, and each knows whether it is among the few shown.

A finding repeats another where both are about one matter (knowledge/matters.yaml), where both point at the same words,
or where the same rule already spoke of another goal: then one remark speaks for all of those goals.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from assistant.domain import Finding
from knowledge.datafile import read_fields

MOST_OF_A_GOAL = 3
MOST_OF_THE_WHOLE = 5


@dataclass(frozen=True, slots=True)
class _Matter:
    covered: frozenset[str]
    within_goal: bool


def mark_repeats(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The same findings in the same order, each that says nothing new naming the one that says it.

    Args:
        findings: with their ids, most important first; what is dismissed neither repeats nor is repeated.
    """
    heard: list[Finding] = []
    repeats: dict[str, str] = {}
    standing = [one for one in findings if one.dismissed is None]
    for finding in standing:
        said = _covering(finding, standing) or _heard(finding, heard)
        if said is None:
            heard.append(finding)
        else:
            repeats[finding.id] = said.id
    return tuple(replace(one, repeats=repeats.get(one.id)) for one in findings)


def mark_shown(findings: Sequence[Finding], goals: Collection[str]) -> tuple[Finding, ...]:
    """The same findings, `shown` for the first five about the whole and the first three about each of `goals`."""
    taken: Counter[str | None] = Counter()
    marked = []
    for finding in findings:
        shown = finding.repeats is None and finding.dismissed is None
        if shown:
            where = finding.goal if finding.goal in goals and len(goals_of(finding, findings)) == 1 else None
            taken[where] += 1
            shown = taken[where] <= (MOST_OF_THE_WHOLE if where is None else MOST_OF_A_GOAL)
        marked.append(replace(finding, shown=shown))
    return tuple(marked)


def spoken_by(finding: Finding, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The finding and those of the same rule that repeat it: the places that one remark speaks of."""
    repeating = (one for one in findings if one.repeats == finding.id and one.rule == finding.rule)
    return (finding, *repeating)


def goals_of(finding: Finding, findings: Sequence[Finding]) -> tuple[str, ...]:
    """The ids of the goals that one remark speaks of, each once."""
    return tuple(dict.fromkeys(one.goal for one in spoken_by(finding, findings) if one.goal is not None))


def _covering(finding: Finding, findings: Sequence[Finding]) -> Finding | None:
    """The finding whose matter covers this one's."""
    for other in findings:
        matter = _load_matters().get(other.rule)
        if matter is None or finding.rule not in matter.covered:
            continue
        if not matter.within_goal or (other.goal is not None and other.goal == finding.goal):
            return other
    return None


def _heard(finding: Finding, heard: Sequence[Finding]) -> Finding | None:
    """What was already said that this only says again: by the same rule of another goal, or of the same few words."""
    for other in heard:
        if other.rule == finding.rule and (finding.goal is not None or other.message == finding.message):
            return other
        # Only between two wordings: a remark on a whole goal and one on a word of it are two matters.
        if other.goal == finding.goal and other.family == finding.family == "wording" and _overlap(other, finding):
            return other
    return None


def _overlap(first: Finding, second: Finding) -> bool:
    return max(first.quote.span.start, second.quote.span.start) < min(first.quote.span.end, second.quote.span.end)


@cache
def _load_matters() -> Mapping[str, _Matter]:
    """The matters, by the rule that says them."""
    data = read_fields(files("knowledge") / "matters.yaml")
    data.allow("matters")
    matters: dict[str, _Matter] = {}
    for one in data.each("matters"):
        one.allow("id", "said", "covered", "within")
        within_goal = one.choice("within", ("goal", "document")) == "goal"
        matters[one.text("said")] = _Matter(frozenset(one.texts("covered", 1, 40)), within_goal)
    return matters
