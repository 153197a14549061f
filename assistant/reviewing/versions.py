"""What became of a strategy from one version to the next: its goals aligned, its remarks mended, new or still standing.

Goals are aligned by the letter groups they share (judging/similarity.py), the most alike first; an earlier goal whose
words have gone into a later one beside another's was merged; what has no counterpart vanished, or is new. Remarks are
the same where a rule says it of the same goal or the same words; what it says of the whole it says once.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from assistant.domain import Critique, Finding, Quote
from assistant.judging.similarity import Profile, likeness, profile
from knowledge.rulebook import load_rules

_Key = tuple[str, str | None, str]  # the rule, the goal, the words
Fate = Literal["same", "reworded", "merged", "vanished", "added"]
REWORDED = 0.35
MUCH_THE_SAME = 0.6
_CONTAINED = 0.55
# Checks that make one remark at most and quote no more than an example: they speak of all goals, or of the document.
_OF_THE_WHOLE = {
    "ask_mobility",
    "be_no_strategy",
    "count_goals",
    "end_together",
    "leave_unmeasured",
    "leave_untied",
    "only_mobility",
}
# The same, but what they quote is the matter: other words are another remark to dismiss, and no other matter to mend.
_OF_ONE_MATTER = {"blur_vision", "fall_outside_period"}
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What is kept of a critique to compare the next version with: no text but the goals and the quoted words."""

    name: str
    digest: str
    total: int
    goals: tuple[Quote, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class GoalFate:
    """What became of one goal: `before` quotes the earlier version (two or more where merged), `now` the later."""

    fate: Fate
    before: tuple[Quote, ...]
    now: Quote | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions held against each other.

    `mended` are findings of the earlier version; `new` and `standing` ids of the later one's. A remark on a goal that
    vanished is not mended: it went with the goal.
    """

    name: str
    before: int
    after: int
    goals: tuple[GoalFate, ...]
    mended: tuple[Finding, ...]
    new: tuple[str, ...]
    standing: tuple[str, ...]


def snapshot(critique: Critique) -> Snapshot:
    """What is to be kept of a critique."""
    document = critique.strategy.document
    goals = tuple(
        Quote(goal.statement.text, goal.statement.span, goal.statement.page) for goal in critique.strategy.goals
    )
    return Snapshot(document.name, document.digest, critique.score.total, goals, critique.findings)


def compare(earlier: Snapshot, later: Snapshot) -> Comparison:
    """What changed from one version to the next; what is dismissed is neither new, standing nor mended."""
    links = _align([goal.text for goal in earlier.goals], [goal.text for goal in later.goals])
    heirs: dict[str, str] = {f"g{old + 1}": f"g{new + 1}" for old, new in links.items()}
    became = {goal.text: later.goals[links[place]].text for place, goal in enumerate(earlier.goals) if place in links}
    before = [one for one in earlier.findings if _stays(one, heirs)]
    gone, new = _unmatched(
        [_key(one, heirs.get(one.goal or ""), became.get(one.quote.text, one.quote.text)) for one in before],
        [_key(one, one.goal, one.quote.text) for one in later.findings],
    )
    after = [(place, one) for place, one in enumerate(later.findings) if one.dismissed is None]
    return Comparison(
        name=earlier.name,
        before=earlier.total,
        after=later.total,
        goals=tuple(_fates(earlier, later, links)),
        mended=tuple(one for place, one in enumerate(before) if place in gone),
        new=tuple(one.id for place, one in after if place in new),
        standing=tuple(one.id for place, one in after if place not in new),
    )


def continues(earlier: Snapshot, later: Snapshot) -> bool:
    """Whether two documents are versions of one: of the same name, or at least half of the goals are kept."""
    if _stem(earlier.name) and _stem(earlier.name) == _stem(later.name):
        return True
    links = _align([goal.text for goal in earlier.goals], [goal.text for goal in later.goals])
    return bool(links) and 2 * len(links) >= max(len(earlier.goals), len(set(links.values())))


def alike(first: str, second: str) -> float:
    """How alike two texts are by themselves, 0 to 1."""
    one, other = profile([first, second])
    return likeness(one, other)


def alike_in_numbers(first: str, second: str) -> float:
    """How alike two quotes are, 0 to 1; 0 where their numbers differ, for then another thing is said."""
    return alike(first, second) if _NUMBER.findall(first) == _NUMBER.findall(second) else 0.0


def speaks_of_whole(rule: str) -> bool:
    """Whether a rule speaks of all goals or of the document, once, so that what it quotes is only an example."""
    return rule in _rules_with(frozenset(_OF_THE_WHOLE))


@cache
def _rules_with(checks: frozenset[str]) -> frozenset[str]:
    return frozenset(rule.id for rule in load_rules() if rule.check in checks)


def _align(earlier: Sequence[str], later: Sequence[str]) -> dict[int, int]:
    """For each earlier goal that lives on, the place of the later one that holds it."""
    profiles = profile([*earlier, *later])
    old, new = profiles[: len(earlier)], profiles[len(earlier) :]
    scored = sorted(
        ((likeness(one, other), a, b) for a, one in enumerate(old) for b, other in enumerate(new)),
        key=lambda row: (-row[0], row[1], row[2]),
    )
    links: dict[int, int] = {}
    for score, a, b in scored:
        if score >= REWORDED and a not in links and b not in links.values():
            links[a] = b
    for a, one in enumerate(old):
        if a in links or not new:
            continue
        share, b = max((_contained(one, other), -b) for b, other in enumerate(new))
        if share >= _CONTAINED:
            links[a] = -b
    return links


def _contained(inner: Profile, outer: Profile) -> float:
    """How much of the one profile is in the other, 0 to 1."""
    size = sum(inner.values())
    return sum(min(value, outer.get(group, 0.0)) for group, value in inner.items()) / size if size else 0.0


def _fates(earlier: Snapshot, later: Snapshot, links: dict[int, int]) -> list[GoalFate]:
    fates = []
    for place, now in enumerate(later.goals):
        before = tuple(earlier.goals[old] for old in sorted(links) if links[old] == place)
        if not before:
            fates.append(GoalFate("added", (), now))
        elif len(before) > 1:
            fates.append(GoalFate("merged", before, now))
        else:
            same = _letters(before[0].text) == _letters(now.text)
            fates.append(GoalFate("same" if same else "reworded", before, now))
    fates += [GoalFate("vanished", (goal,), None) for place, goal in enumerate(earlier.goals) if place not in links]
    return fates


def _stays(finding: Finding, heirs: dict[str, str]) -> bool:
    of_no_goal = finding.goal is None or not finding.goal.startswith("g")
    return finding.dismissed is None and (of_no_goal or finding.goal in heirs)


def _key(finding: Finding, goal: str | None, words: str) -> _Key:
    """What makes two findings the same remark: the rule and the goal, or the words of anything else that it quotes.

    Of what is missing, and of the whole, a rule makes one remark: it is the same though its wording names fewer.
    """
    if finding.goal is not None and finding.goal.startswith("g"):
        return finding.rule, goal, ""
    once = finding.rule in _rules_with(frozenset(_OF_THE_WHOLE | _OF_ONE_MATTER))
    return finding.rule, None, "" if once else _folded(words)


def _unmatched(earlier: Sequence[_Key], later: Sequence[_Key]) -> tuple[set[int], set[int]]:
    """The places of the keys that have no counterpart: the same, or else, each once, words that are much the same."""
    gone = {place for place, key in enumerate(earlier) if key not in set(later)}
    new = {place for place, key in enumerate(later) if key not in set(earlier)}
    pairs = [(a, b) for a in gone for b in new if earlier[a][:2] == later[b][:2]]
    scored = ((alike_in_numbers(earlier[a][2], later[b][2]), a, b) for a, b in pairs)
    for score, a, b in sorted(scored, key=lambda row: (-row[0], row[1], row[2])):
        if score >= MUCH_THE_SAME and a in gone and b in new:
            gone.remove(a)
            new.remove(b)
    return gone, new


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def _stem(name: str) -> str:
    """A file's name without ending, numbers and the words for a version."""
    words = "".join(character if character.isalpha() else " " for character in name.rsplit(".", 1)[0].casefold())
    return " ".join(word for word in words.split() if word not in {"v", "version", "draft", "final", "copy", "new"})
