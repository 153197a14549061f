"""A judged goal and a critique as the JSON objects of the contract; assistant/schema.py has the others.

Offsets are characters in the text that was judged, pages are 1-based, shares are rounded to four digits.
"""

from dataclasses import asdict, fields

from assistant.domain import Contradiction, Critique, Element, Finding, Goal, Model, Period, Quote, Slots, Statement
from assistant.reviewing.talked import Talked
from assistant.reviewing.versions import Comparison
from assistant.schema import DIGITS, JsonObject, guide_json, top_level
from assistant.score import Score


def goal_json(goal: Goal) -> JsonObject:
    """A judged statement under its own id; the offsets of its slots and findings point into the text judged."""
    return top_level({"id": goal.statement.id, **_goal(goal)})


def critique_json(critique: Critique, comparison: Comparison | None = None, talked: Talked | None = None) -> JsonObject:
    """A whole critique; all its offsets point into the document's text.

    With a comparison, "versions" says what changed; there "before" and "mended" point into the earlier text. "talked"
    says what talks about the goals came to: the reasons, and the tree line by line.
    """
    strategy, document = critique.strategy, critique.strategy.document
    return top_level(
        {
            "document": {
                "name": document.name,
                "pages": len(document.pages),
                "language": document.language,
                "characters": len(document.text),
            },
            "is_strategy": strategy.is_strategy,
            "reason": strategy.reason,
            "model": _model(strategy.model) if strategy.model else None,
            "elements": [_element(element) for element in strategy.elements],
            "period": _period(strategy.period),
            "statements": [_statement(statement) for statement in strategy.statements],
            "goals": [_placed_goal(goal) for goal in strategy.goals],
            "set": {
                "count": len(strategy.goals),
                "state": critique.set_state,
                "overlaps": [[one.first, one.second, round(one.score, DIGITS)] for one in strategy.overlaps],
                "contradictions": [_contradiction(one) for one in strategy.contradictions],
                "coverage": dict(critique.coverage),
            },
            "findings": [finding_json(finding) for finding in critique.findings],
            "score": {**_score(critique.score), "managers": critique.managers.total if critique.managers else None},
            "versions": _versions(comparison) if comparison else None,
            "talked": _talked(talked) if talked else None,
            "warnings": list(document.warnings),
        }
    )


def finding_json(finding: Finding) -> JsonObject:
    """One remark; about something absent, its quote is "" and start == end."""
    return {
        "id": finding.id,
        "rule": finding.rule,
        "family": finding.family,
        "severity": finding.severity,
        "message": finding.message,
        "question": finding.question,
        **_quote(finding.quote),
        "guide": guide_json(finding.guide),
        "source": finding.source,
        "goal": finding.goal,
        "shown": finding.shown,
        "repeats": finding.repeats,
        "dismissed": finding.dismissed,
        "origin": asdict(finding.origin) if finding.origin else None,
    }


def _goal(goal: Goal) -> JsonObject:
    statement = goal.statement
    return {
        "text": statement.text,
        "language": statement.language,
        "kind": statement.kind,
        "kinds": {kind: round(probability, DIGITS) for kind, probability in statement.kinds.items()},
        "slots": _slots(goal.slots),
        "vague": goal.vague,
        "specificity": round(goal.specificity, DIGITS),
        "measurable": goal.measurable,
        "time_bound": goal.time_bound,
        "compound": goal.compound,
        "themes": list(goal.themes),
        "findings": [finding_json(finding) for finding in goal.findings],
        "score": goal.score,
    }


def _score(score: Score) -> JsonObject:
    return {
        "total": score.total,
        "by_family": dict(score.by_family),
        "reason": score.reason,
        "goals": score.goals,
        "set": score.set,
        "whole": score.whole,
        "raise_most": [
            {"rule": gain.rule, "points": gain.points, "findings": list(gain.findings)} for gain in score.gains
        ],
    }


def _versions(comparison: Comparison) -> JsonObject:
    return {
        "against": comparison.name,
        "score": {"before": comparison.before, "after": comparison.after},
        "goals": [
            {
                "state": one.fate if one.fate != "added" else "new",
                "before": [_quote(quote) for quote in one.before],
                "now": _quote(one.now) if one.now else None,
            }
            for one in comparison.goals
        ],
        "mended": [finding_json(finding) for finding in comparison.mended],
        "new": list(comparison.new),
        "standing": list(comparison.standing),
    }


def _talked(talked: Talked) -> JsonObject:
    return {
        "goals": [{"id": one.id, "wording": one.wording or None, "reason": one.reason or None} for one in talked.goals],
        "tree": [{"depth": one.depth, "kind": one.kind, "text": one.text, "loose": one.loose} for one in talked.lines],
    }


def _placed_goal(goal: Goal) -> JsonObject:
    """A goal of a document: its id and place, what the judge says of it, and what stands beside it."""
    beside = {one.name: _part(getattr(goal.beside, one.name)) for one in fields(goal.beside)}
    return {**_place(goal.statement), **_goal(goal), "beside": beside}


def _part(quote: Quote | None) -> JsonObject | None:
    return {"text": quote.text, "start": quote.span.start, "end": quote.span.end} if quote else None


def _slots(slots: Slots) -> JsonObject:
    return {
        "beneficiary": _part(slots.beneficiary),
        "change": _part(slots.change),
        "direction": _part(slots.direction),
        "object": _part(slots.object),
        "scope": _part(slots.scope),
        "means": [_part(one) for one in slots.means],
        "need": _part(slots.need),
        "time": _part(slots.time),
        "amount": _part(slots.amount),
        "owner": _part(slots.owner),
    }


def _statement(statement: Statement) -> JsonObject:
    return {**_place(statement), "kind": statement.kind, "text": statement.text}


def _place(statement: Statement) -> JsonObject:
    span = statement.span
    return {"id": statement.id, "page": statement.page, "start": span.start, "end": span.end}


def _quote(quote: Quote) -> JsonObject:
    return {"quote": quote.text, "page": quote.page, "start": quote.span.start, "end": quote.span.end}


def _element(element: Element) -> JsonObject:
    return {
        "element": element.name,
        "state": element.state,
        "evidence": [_quote(quote) for quote in element.evidence],
        "guide": guide_json(element.guide),
    }


def _model(model: Model) -> JsonObject:
    return {"kind": model.kind, "evidence": [_quote(quote) for quote in model.evidence]}


def _period(period: Period | None) -> JsonObject | None:
    return {"start": period.start, "end": period.end, "years": period.years} if period else None


def _contradiction(contradiction: Contradiction) -> JsonObject:
    return {
        "subject": contradiction.subject,
        "first": _quote(contradiction.first),
        "second": _quote(contradiction.second),
        "paper": contradiction.paper,
    }
