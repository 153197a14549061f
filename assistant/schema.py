"""The domain as the JSON objects of the command line's contract, version 1; `contract.schema.json` describes them.

Goals and critiques stand in reviewing/record.py.

Every function takes domain values and gives a dict that `json.dumps` takes as it is. Offsets are characters in the
text that was judged, pages are 1-based, shares and scores are rounded to four digits. Objects that stand alone carry
`"schema": 1`; the objects inside them do not.
"""

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from assistant.chain import Reformulation, WhyChain
from assistant.domain import GuideRef
from assistant.indicator import Formula, Indicator
from assistant.origin import Origin
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


def why_json(chain: WhyChain, origin: Origin | None = None) -> JsonObject:
    """A why ladder: each rung with its class, where it ended or what to ask next, and whose words the latter are."""
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
            "origin": asdict(origin) if origin else None,
        }
    )


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
            "pending": answer.pending,
            "origin": asdict(answer.origin) if answer.origin else None,
        }
    )


def figures_json(figures: Sequence["Figure"]) -> JsonObject:
    """What an evaluation measured: each figure with its 95 % interval and its baseline."""
    rows = [
        {name: round(value, DIGITS) if isinstance(value, float) else value for name, value in asdict(figure).items()}
        for figure in figures
    ]
    return top_level({"figures": rows})


def _reformulation(new: Reformulation | None) -> JsonObject | None:
    return {"text": new.text, "kept": list(new.kept), "invented": list(new.invented)} if new else None


def _stretch(document: Document, span: Span) -> JsonObject:
    return {"page": document.page_at(span.start), "start": span.start, "end": span.end}


def guide_json(reference: GuideRef) -> JsonObject:
    """A place in the guide."""
    return {"section": reference.section, "page": reference.page}


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
        "guide": guide_json(indicator.guide) if indicator.guide else None,
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
