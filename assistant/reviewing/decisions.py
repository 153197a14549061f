"""What the manager decides about a critique: a remark dismissed, a statement's kind or an element's state overruled.

A decision is remembered with the words it is about, and holds in the next version for the same words; where they stand
no more, for the one place whose words are much the same.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, cast

from assistant.domain import Element, Finding, Goal, Kind, Statement, Strategy
from assistant.judging.judge import judge, place_goal
from assistant.reviewing.beside import read_beside
from assistant.reviewing.versions import MUCH_THE_SAME, alike, alike_in_numbers, speaks_of_whole
from knowledge.lexicon import load_lexicon

Act = Literal["dismiss", "kind", "element"]


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision.

    `subject` is the rule dismissed, the kind a statement has, or the element that is there; `words` are the
    document's that it is about, "" for what is missing or the document as a whole; `reason` is the manager's own; `at`
    is ISO 8601. Earlier versions of Askwhy wrote "" of every remark that is about no single goal: such a decision
    holds for what is missing and for the whole, and for no remark that quotes its own words.
    """

    number: int
    at: str
    act: Act
    subject: str
    words: str
    reason: str


def words_about(finding: Finding, goals: Sequence[Goal]) -> str:
    """The words a finding is about: its goal's, or else what it quotes; "" where it misses something or speaks of all.

    What a remark on all goals quotes is an example: the remark is the same when that goal is edited or moved.
    """
    if finding.goal is None:
        return "" if speaks_of_whole(finding.rule) else finding.quote.text
    named = next((goal.statement.text for goal in goals if goal.statement.id == finding.goal), "")
    return named or finding.quote.text


def dismiss(findings: Sequence[Finding], goals: Sequence[Goal], decisions: Sequence[Decision]) -> tuple[Finding, ...]:
    """The same findings, those that the manager set aside with the reason."""
    held = find_dismissals(findings, goals, decisions)
    return tuple(replace(one, dismissed=held[one.id][-1].reason if one.id in held else None) for one in findings)


def find_dismissals(
    findings: Sequence[Finding], goals: Sequence[Goal], decisions: Sequence[Decision]
) -> dict[str, Sequence[Decision]]:
    """The decisions that set a finding aside, by its id; the last of them gives the reason.

    A remark on a goal stays dismissed when the goal is reworded a little; any other, as long as its numbers stay, for
    they are what it speaks of.
    """
    held: dict[str, Sequence[Decision]] = {}
    for rule in dict.fromkeys(one.subject for one in decisions if one.act == "dismiss"):
        about = {one.id: words_about(one, goals) for one in findings if one.rule == rule}
        of_goals = any(one.goal is not None for one in findings if one.rule == rule)
        # A goal of which the rule says nothing any more keeps what was decided of it from its siblings.
        places = [*about.values(), *(goal.statement.text for goal in goals if of_goals)]
        dismissals = [one for one in decisions if one.act == "dismiss" and one.subject == rule]
        settled = _settle(dismissals, places, alike if of_goals else alike_in_numbers)
        held |= {finding: settled[words] for finding, words in about.items() if words in settled}
    return held


def overrule(strategy: Strategy, decisions: Sequence[Decision]) -> Strategy:
    """The strategy as the manager reads it: statements of the kinds named, elements there that are there."""
    kinds = [one for one in decisions if one.act == "kind"]
    there = {one.subject for one in decisions if one.act == "element"}
    if not kinds and not there:
        return strategy
    texts = [one.text for one in (*strategy.statements, *(goal.statement for goal in strategy.goals))]
    ruled = {words: cast("Kind", held[-1].subject) for words, held in _settle(kinds, texts, alike).items()}
    statements = tuple(_with_kind(one, ruled) for one in strategy.statements)
    return replace(
        strategy,
        statements=statements,
        goals=_goals(strategy, statements, ruled),
        elements=tuple(_with_state(one, there) for one in strategy.elements),
    )


def _settle(
    decisions: Sequence[Decision], places: Sequence[str], likeness: Callable[[str, str], float]
) -> dict[str, Sequence[Decision]]:
    """The decisions that hold for the words of each of the `places`, the one that counts last.

    A decision whose words stand there holds for them alone. Any other holds for the place most like them, if that is
    much the same, and counts less than what was decided of that place's own words.
    """
    exact: dict[str, list[Decision]] = {words: [] for words in places}
    near: dict[str, list[Decision]] = {words: [] for words in places}
    for one in decisions:
        if one.words in exact:
            exact[one.words].append(one)
        elif one.words and exact:
            score, words = max(((likeness(one.words, words), words) for words in exact), key=lambda row: row[0])
            if score >= MUCH_THE_SAME:
                near[words].append(one)
    return {words: [*near[words], *exact[words]] for words in exact if near[words] or exact[words]}


def _with_kind(statement: Statement, ruled: Mapping[str, Kind]) -> Statement:
    named = ruled.get(statement.text)
    if named is None:
        return statement
    return replace(statement, kind=named, kinds={kind: float(kind == named) for kind in statement.kinds})


def _with_state(element: Element, there: set[str]) -> Element:
    return replace(element, state="present") if element.name in there else element


def _goals(strategy: Strategy, statements: Sequence[Statement], ruled: Mapping[str, Kind]) -> tuple[Goal, ...]:
    """The goals without those that the manager calls something else, and with those called goals."""
    kept = [goal for goal in strategy.goals if ruled.get(goal.statement.text) in {None, "goal"}]
    spans = {goal.statement.span for goal in kept}
    added = [one for one in statements if one.span not in spans and ruled.get(one.text) == "goal"]
    for one in added:
        judged = judge(one.text, context=one.context, language=one.language, page=one.page)
        kept.append(replace(place_goal(judged, one.span, ""), statement=one))
    kept.sort(key=lambda goal: goal.statement.span)
    if added:
        kept = [*read_beside(kept, statements, strategy.document, load_lexicon(added[0].language))]
    return tuple(
        replace(goal, statement=replace(goal.statement, id=f"g{number}")) for number, goal in enumerate(kept, start=1)
    )
