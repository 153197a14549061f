"""The domain as the JSON objects of the command line's contract, version 1; `contract.schema.json` describes them.

Every function takes domain values and gives a dict that `json.dumps` takes as it is. Offsets are characters in the
text that was judged, pages are 1-based, shares and scores are rounded to four digits. Objects that stand alone carry
`"schema": 1`; the objects inside them do not.
"""

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from assistant.domain import (
    Contradiction,
    Critique,
    Element,
    Finding,
    Formula,
    Goal,
    GuideRef,
    Indicator,
    Period,
    Quote,
    Reformulation,
    Slots,
    Statement,
    WhyChain,
)
from knowledge.document import Document, Span

if TYPE_CHECKING:
    from assistant.answer import Answer, Citation
    from evals.figures import Figure

JsonObject = dict[str, object]

VERSION = 1
DIGITS = 4


def top_level(fields: JsonObject) -> JsonObject:
    """`fields` as an object that stands alone, with the contract's version."""
    return {"schema": VERSION, **fields}


def text_json(document: Document) -> JsonObject:
    """A document as it was read: its text, where its pages lie, what could not be read and what is not judged."""
    pages = [{**_stretch(document, page.span), "page": page.number, "source": page.source} for page in document.pages]
    return top_level(
        {
            "name": document.name,
            "pages": pages,
            "language": document.language,
            "text": document.text,
            "warnings": list(document.warnings),
            "withheld": [{**_stretch(document, one.span), "reason": one.reason} for one in document.withheld],
        }
    )


def goal_json(goal: Goal) -> JsonObject:
    """A judged statement under its own id; the offsets of its slots and findings point into the text judged."""
    return top_level({"id": goal.statement.id, **_goal(goal)})


def why_json(chain: WhyChain) -> JsonObject:
    """A why ladder: each rung with its class, and where it ended or what to ask next."""
    rungs = [
        {
            "question": step.question,
            "answer": step.answer,
            "class": step.answer_class,
            "confidence": round(step.confidence, DIGITS),
        }
        for step in chain.steps
    ]
    return top_level(
        {
            "goal": chain.goal,
            "chain": rungs,
            "done": chain.done,
            "true_goal": chain.true_goal,
            "next_question": chain.next_question,
            "reformulation": _reformulation(chain.reformulation),
        }
    )


def critique_json(critique: Critique) -> JsonObject:
    """A whole critique; all its offsets point into the document's text."""
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
            "elements": [_element(element) for element in strategy.elements],
            "period": _period(strategy.period),
            "statements": [_statement(statement) for statement in strategy.statements],
            "goals": [_placed_goal(goal) for goal in strategy.goals],
            "set": {
                "count": len(strategy.goals),
                "state": critique.set_state,
                "overlaps": [[one.first, one.second, round(one.score, DIGITS)] for one in critique.overlaps],
                "contradictions": [_contradiction(one) for one in critique.contradictions],
                "coverage": dict(critique.coverage),
            },
            "findings": [finding_json(finding) for finding in critique.findings],
            "score": {
                "total": critique.score.total,
                "by_family": dict(critique.score.by_family),
                "reason": critique.score.reason,
            },
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
        "guide": _guide(finding.guide),
        "source": finding.source,
        "goal": finding.goal,
    }


def indicators_json(goal: str, indicators: Sequence[Indicator]) -> JsonObject:
    """The indicators proposed for `goal`, best first; baseline and target are the manager's to fill."""
    return top_level({"goal": goal, "indicators": [_indicator(indicator) for indicator in indicators]})


def answer_json(answer: "Answer") -> JsonObject:
    """An answer with its citations in rank order; none where the question was not answered."""
    return top_level(
        {
            "question": answer.question,
            "language": answer.language,
            "answered": answer.answered,
            "answer": answer.text,
            "citations": [_citation(citation) for citation in answer.citations],
            "follow_ups": list(answer.follow_ups),
        }
    )


def figures_json(figures: Sequence["Figure"]) -> JsonObject:
    """What an evaluation measured: each figure with its 95 % interval and its baseline."""
    rows = [
        {name: round(value, DIGITS) if isinstance(value, float) else value for name, value in asdict(figure).items()}
        for figure in figures
    ]
    return top_level({"figures": rows})


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
    }


def _placed_goal(goal: Goal) -> JsonObject:
    """A goal of a document: its id and place, then what the judge says of it."""
    return {**_place(goal.statement), **_goal(goal)}


def _reformulation(new: Reformulation | None) -> JsonObject | None:
    return {"text": new.text, "kept": list(new.kept), "invented": list(new.invented)} if new else None


def _slots(slots: Slots) -> JsonObject:
    def part(quote: Quote | None) -> JsonObject | None:
        return {"text": quote.text, "start": quote.span.start, "end": quote.span.end} if quote else None

    return {
        "beneficiary": part(slots.beneficiary),
        "change": part(slots.change),
        "direction": part(slots.direction),
        "object": part(slots.object),
        "scope": part(slots.scope),
        "means": [part(one) for one in slots.means],
        "need": part(slots.need),
        "time": part(slots.time),
        "amount": part(slots.amount),
        "owner": part(slots.owner),
    }


def _statement(statement: Statement) -> JsonObject:
    return {**_place(statement), "kind": statement.kind, "text": statement.text}


def _place(statement: Statement) -> JsonObject:
    span = statement.span
    return {"id": statement.id, "page": statement.page, "start": span.start, "end": span.end}


def _stretch(document: Document, span: Span) -> JsonObject:
    return {"page": document.page_at(span.start), "start": span.start, "end": span.end}


def _quote(quote: Quote) -> JsonObject:
    return {"quote": quote.text, "page": quote.page, "start": quote.span.start, "end": quote.span.end}


def _guide(reference: GuideRef) -> JsonObject:
    return {"section": reference.section, "page": reference.page}


def _element(element: Element) -> JsonObject:
    return {
        "element": element.name,
        "state": element.state,
        "evidence": [_quote(quote) for quote in element.evidence],
        "guide": _guide(element.guide),
    }


def _period(period: Period | None) -> JsonObject | None:
    return {"start": period.start, "end": period.end, "years": period.years} if period else None


def _contradiction(contradiction: Contradiction) -> JsonObject:
    return {
        "subject": contradiction.subject,
        "first": _quote(contradiction.first),
        "second": _quote(contradiction.second),
    }


def _indicator(indicator: Indicator) -> JsonObject:
    return {
        "id": indicator.id,
        "name": indicator.name,
        "family": indicator.family,
        "level": indicator.level,
        "nature": indicator.nature,
        "definition": indicator.definition,
        "formula": _formula(indicator.formula),
        "method": indicator.method,
        "data_source": indicator.data_source,
        "frequency": indicator.frequency,
        "baseline": indicator.baseline,
        "target": indicator.target,
        "limits": indicator.limits,
        "guide": _guide(indicator.guide) if indicator.guide else None,
        "provenance": indicator.provenance,
        "score": round(indicator.score, DIGITS),
    }


def _formula(formula: Formula | None) -> JsonObject | None:
    if formula is None:
        return None
    return {
        "numerator": formula.numerator,
        "denominator": formula.denominator,
        "unit": formula.unit,
        "example": {
            "numerator": formula.example.numerator,
            "denominator": formula.example.denominator,
            "result": round(formula.example.result, DIGITS),
        },
    }


def _citation(citation: "Citation") -> JsonObject:
    return {
        "document": citation.document,
        "title": citation.title,
        "section": citation.section,
        "page": citation.page,
        "quote": citation.quote,
        "start": citation.span.start,
        "end": citation.span.end,
        "score": round(citation.score, DIGITS),
    }
