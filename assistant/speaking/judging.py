"""The few rules that only a model can judge, asked of it about the goals of a strategy, where the manager wants that.

What it says becomes our remark about the manager's own words, with the model's name behind it wherever it is shown.
It is added to a finished critique: the score, and every remark of the rules, stand before the model is asked.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import cast

from assistant.domain import Critique, Family, Finding, Goal, GuideRef, Quote
from assistant.speaking.cited import FEWEST_QUOTED
from assistant.speaking.speaker import Speaker, Task
from assistant.speaking.structured import MOST_VERDICTS, Verdict, read_verdicts, verdicts_schema
from knowledge.document import Document, Span
from knowledge.faults import ModelFault
from knowledge.judged import JudgedRule, load_judged_rules

PROMPT = "judge"
MOST_TOKENS = 300
MOST_GOALS = 12  # in one call; a strategy with more has another remark coming


def judge_with(speaker: Speaker, found: Critique) -> Critique:
    """A critique with the model's remarks after its own, its score as it was; unchanged where the model fails.

    Args:
        speaker: the model.
        found: the critique of a strategy; of a document that is none, nothing is asked.
    """
    goals = found.strategy.goals[:MOST_GOALS]
    if not found.strategy.is_strategy or not goals:
        return found
    remarks = [one for rule in load_judged_rules() for one in _judge(speaker, rule, found, goals)]
    number = len(found.findings)
    added = tuple(replace(one, id=f"f{number + place}") for place, one in enumerate(remarks, start=1))
    return replace(found, findings=(*found.findings, *added))


def _judge(speaker: Speaker, rule: JudgedRule, found: Critique, goals: tuple[Goal, ...]) -> Iterator[Finding]:
    if speaker.is_resting():
        return
    task = Task(
        prompt=PROMPT,
        words={"criterion": rule.criterion, "most": str(MOST_VERDICTS)},
        data={"goals": tuple(goal.statement.text for goal in goals)},
        most_tokens=MOST_TOKENS,
        schema=verdicts_schema(len(goals)),
    )
    try:
        verdicts = speaker.read(task, lambda answer: read_verdicts(answer, len(goals), speaker.who))
    except ModelFault:
        return  # counted and kept to be told by the speaker
    speaker.tally.note_shown()
    for verdict in verdicts:
        goal = goals[verdict.passage - 1]
        quote = _find(verdict, goal, found.strategy.document)
        if quote is None:
            speaker.tally.note_cut(("quotation",))
            continue
        yield Finding(
            id="",
            rule=rule.id,
            family=cast("Family", rule.family),
            severity="info",
            message=f"{rule.wording.message(found.language)} [{speaker.who}]",
            question=rule.wording.question(found.language),
            quote=quote,
            guide=GuideRef(rule.section, rule.page),
            source="model",
            goal=goal.statement.id,
            shown=False,
            origin=speaker.origin(PROMPT),
        )


def _find(verdict: Verdict, goal: Goal, document: Document) -> Quote | None:
    """Where a verdict's words stand in the document; None where they are not the goal's, or too few to be told by."""
    statement = goal.statement
    at = document.text[statement.span.start : statement.span.end].find(verdict.quotation)
    if at < 0 or len(verdict.quotation.split()) < FEWEST_QUOTED:
        return None
    start = statement.span.start + at
    return Quote(verdict.quotation, Span(start, start + len(verdict.quotation)), statement.page)
