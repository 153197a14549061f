"""What the manager decides about a critique: a remark dismissed, a statement's kind or an element's state overruled.

A decision is remembered with the words it is about, and holds in the next version wherever words much the same stand.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, cast

from assistant.domain import Element, Finding, Goal, Kind, Statement, Strategy
from assistant.judging.judge import judge, place_goal
from assistant.reviewing.beside import read_beside
from assistant.reviewing.versions import alike
from knowledge.lexicon import load_lexicon

Act = Literal["dismiss", "kind", "element"]
_MUCH_THE_SAME = 0.6


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision.

    `subject` is the rule dismissed, the kind a statement has, or the element that is there; `words` are the
    document's that it is about, "" for the document as a whole; `reason` is the manager's own; `at` is ISO 8601.
    """

    number: int
    at: str
    act: Act
    subject: str
    words: str
    reason: str


def words_about(finding: Finding, goals: Sequence[Goal]) -> str:
    """The words a finding is about: what it quotes, or else its goal; "" where it speaks of the whole."""
    if finding.goal is None:
        return ""
    named = next((goal.statement.text for goal in goals if goal.statement.id == finding.goal), "")
    return named or finding.quote.text


def dismiss(findings: Sequence[Finding], goals: Sequence[Goal], decisions: Sequence[Decision]) -> tuple[Finding, ...]:
    """The same findings, those that the manager set aside with the reason."""
    dismissals = [one for one in decisions if one.act == "dismiss"]
    return tuple(replace(one, dismissed=_reason(one, goals, dismissals)) for one in findings)


def overrule(strategy: Strategy, decisions: Sequence[Decision]) -> Strategy:
    """The strategy as the manager reads it: statements of the kinds named, elements there that are there."""
    kinds = [one for one in decisions if one.act == "kind"]
    there = {one.subject for one in decisions if one.act == "element"}
    if not kinds and not there:
        return strategy
    statements = tuple(_with_kind(one, kinds) for one in strategy.statements)
    return replace(
        strategy,
        statements=statements,
        goals=_goals(strategy, statements, kinds),
        elements=tuple(_with_state(one, there) for one in strategy.elements),
    )


def _reason(finding: Finding, goals: Sequence[Goal], dismissals: Sequence[Decision]) -> str | None:
    words = words_about(finding, goals)
    for one in reversed(dismissals):
        if one.subject == finding.rule and (one.words == words or _much_the_same(one.words, words)):
            return one.reason
    return None


def _much_the_same(first: str, second: str) -> bool:
    return bool(first and second) and alike(first, second) >= _MUCH_THE_SAME


def _ruled(text: str, kinds: Sequence[Decision]) -> Kind | None:
    for one in reversed(kinds):
        if one.words == text or _much_the_same(one.words, text):
            return cast("Kind", one.subject)
    return None


def _with_kind(statement: Statement, kinds: Sequence[Decision]) -> Statement:
    ruled = _ruled(statement.text, kinds)
    if ruled is None:
        return statement
    return replace(statement, kind=ruled, kinds={kind: float(kind == ruled) for kind in statement.kinds})


def _with_state(element: Element, there: set[str]) -> Element:
    return replace(element, state="present") if element.name in there else element


def _goals(strategy: Strategy, statements: Sequence[Statement], kinds: Sequence[Decision]) -> tuple[Goal, ...]:
    """The goals without those that the manager calls something else, and with those called goals."""
    kept = [goal for goal in strategy.goals if _ruled(goal.statement.text, kinds) in {None, "goal"}]
    spans = {goal.statement.span for goal in kept}
    added = [one for one in statements if one.span not in spans and _ruled(one.text, kinds) == "goal"]
    for one in added:
        judged = judge(one.text, context=one.context, language=one.language, page=one.page)
        kept.append(replace(place_goal(judged, one.span, ""), statement=one))
    kept.sort(key=lambda goal: goal.statement.span)
    if added:
        kept = [*read_beside(kept, statements, strategy.document, load_lexicon(added[0].language))]
    return tuple(
        replace(goal, statement=replace(goal.statement, id=f"g{number}")) for number, goal in enumerate(kept, start=1)
    )
