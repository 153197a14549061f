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
    heard = _Heard()
    repeats: dict[str, str] = {}
    standing = [one for one in findings if one.dismissed is None]
    covers = _cover(standing)
    for finding in standing:
        said = covers.get((finding.rule, None)) or covers.get((finding.rule, finding.goal)) or heard.find(finding)
        if said is None:
            heard.note(finding)
        else:
            repeats[finding.id] = said.id
    return tuple(replace(one, repeats=repeats.get(one.id)) for one in findings)


def mark_shown(findings: Sequence[Finding], goals: Collection[str]) -> tuple[Finding, ...]:
    """The same findings, `shown` for the first five about the whole and the first three about each of `goals`."""
    taken: Counter[str | None] = Counter()
    spoken: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.repeats is not None:
            spoken.setdefault(finding.repeats, []).append(finding)
    marked = []
    for finding in findings:
        shown = finding.repeats is None and finding.dismissed is None
        if shown:
            one_goal = len(goals_of(finding, spoken.get(finding.id, ()))) == 1
            where = finding.goal if finding.goal in goals and one_goal else None
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


def _cover(findings: Sequence[Finding]) -> Mapping[tuple[str, str | None], Finding]:
    """The first finding whose matter covers a rule: of one goal, or of the whole document with None for the goal."""
    covers: dict[tuple[str, str | None], Finding] = {}
    for finding in findings:
        matter = _load_matters().get(finding.rule)
        if matter is not None and not (matter.within_goal and finding.goal is None):
            for rule in matter.covered:
                covers.setdefault((rule, finding.goal if matter.within_goal else None), finding)
    return covers


class _Heard:
    """What was already said, by what a later finding may only say again."""

    def __init__(self) -> None:
        self._by_rule: dict[tuple[str, str | None], Finding] = {}
        self._wordings: dict[str | None, list[Finding]] = {}

    def note(self, finding: Finding) -> None:
        """Remember a finding that said something new."""
        self._by_rule.setdefault((finding.rule, None), finding)
        self._by_rule.setdefault((finding.rule, finding.message), finding)
        if finding.family == "wording":
            self._wordings.setdefault(finding.goal, []).append(finding)

    def find(self, finding: Finding) -> Finding | None:
        """What says it already: the same rule of another goal, or another wording of the same few words."""
        said = self._by_rule.get((finding.rule, finding.message if finding.goal is None else None))
        # Only between two wordings: a remark on a whole goal and one on a word of it are two matters.
        if said is not None or finding.family != "wording":
            return said
        return next((one for one in self._wordings.get(finding.goal, ()) if _overlap(one, finding)), None)


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
