"""The same results for reading in a terminal: short lines of plain text, nothing that the JSON does not hold."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, get_args

from assistant.chain import WhyChain
from assistant.domain import Critique, ElementState, Finding, Goal, GuideRef, Quote
from assistant.indicator import Indicator
from assistant.reviewing.arrangement import Remarks, arrange
from assistant.reviewing.report import say_gains, say_guide, say_remark, say_talked, say_versions
from assistant.reviewing.talked import Talked, list_lines
from assistant.reviewing.versions import Comparison
from knowledge.phrasebook import Phrasebook, load_phrases

if TYPE_CHECKING:
    from assistant.answer import Answer
    from evals.figures import Figure


def goal_text(goal: Goal) -> str:
    """What the statement is, which parts of a goal it has, and the remarks with their questions."""
    statement = goal.statement
    lines = [
        f"“{statement.text}”",
        f"Most likely {_article(statement.kind)} ({statement.kinds[statement.kind]:.0%}).",
        "",
    ]
    lines += [f"{label}: {words}" for label, words in _parts(goal)]
    lines += _remarks(goal.findings)
    return _joined(lines)


def critique_text(critique: Critique, comparison: Comparison | None = None, talked: Talked | None = None) -> str:
    """The score and what would raise it, the remarks each said once with all that it is about, and the elements."""
    strategy, phrases, arranged = critique.strategy, load_phrases(critique.language), arrange(critique)
    lines = [strategy.document.name, strategy.reason, phrases.say("frame", "score", total=critique.score.total)]
    lines += [
        f"  {points}  {words}" for points, words in say_gains(critique, critique.managers or critique.score, phrases)
    ]
    changed = list(say_versions(comparison, phrases))
    lines += ["", phrases.say("versions", "title"), *(f"  {line}" for line in changed)] if changed else []
    lines += _remark_lines(arranged.whole, phrases)
    for one in arranged.goals:
        left = phrases.say("frame", "goal_score", score=one.goal.score)
        lines += ["", f"{phrases.say('frame', 'goal', number=one.number)} ({left}): “{one.goal.statement.text}”"]
        lines += [f"  {line}" for line in say_talked(talked, one.goal.statement.id, phrases)]
        lines += _remark_lines(one.remarks, phrases)
    for state in get_args(ElementState):
        names = [phrases.say("elements", element.name) for element in strategy.elements if element.state == state]
        said = phrases.say("states", state)
        lines += ["", f"{said[0].upper()}{said[1:]}: {', '.join(names)}"] if names else []
    if talked is not None:
        lines += ["", talked.title, *(f"  {'  ' * depth}{line}" for depth, line in list_lines(talked))]
    return _joined(lines)


def _remark_lines(remarks: Remarks, phrases: Phrasebook) -> list[str]:
    lines: list[str] = []
    for remark in (*remarks.first, *remarks.more):
        lines += ["", say_remark(remark, phrases), *(f"  “{quote.text}”" for quote in remark.places)]
        lines += [f"  {remark.finding.question}", f"  ({say_guide(remark.finding.guide, phrases)})"]
    return lines


def chain_text(chain: WhyChain) -> str:
    """The ladder from the first goal on, then the true goal or the next question."""
    lines = [f"“{chain.goal}”", ""]
    for step in chain.steps:
        lines += [step.question, f"  “{step.answer}”", f"  → {_words(step.answer_class)} ({step.confidence:.0%})"]
    lines.append("")
    if chain.true_goal:
        lines.append(f"The goal behind it: {chain.true_goal}")
    if chain.reformulation:
        lines.append(f"In your own words: {chain.reformulation.text}")
    if chain.next_question:
        lines.append(f"Next: {chain.next_question}")
    return _joined(lines)


def indicators_text(indicators: Sequence[Indicator]) -> str:
    """Each indicator with what it measures and how; baseline and target stay open."""
    if not indicators:
        return "No indicator fits this goal.\n"
    lines: list[str] = []
    for rank, indicator in enumerate(indicators, start=1):
        lines.append(f"{rank}. {indicator.name} ({indicator.level}, {indicator.nature})")
        known = {
            "": indicator.definition,
            "How: ": indicator.method,
            "Data: ": ", ".join(part for part in (indicator.data_source, indicator.frequency) if part),
            "Mind: ": indicator.limits,
        }
        lines += [f"   {label}{words}" for label, words in known.items() if words]
        if indicator.formula:
            formula = indicator.formula
            lines.append(f"   Formula: {formula.numerator} / {formula.denominator} ({formula.unit})")
        source = f", {_guide(indicator.guide)}" if indicator.guide else ""
        lines += [f"   Baseline: ____  Target: ____   ({indicator.provenance}{source})", ""]
    return _joined(lines)


def answer_text(answer: "Answer") -> str:
    """The answer, then each passage it rests on with where it stands."""
    lines = [answer.lead, ""]
    for rank, citation in enumerate(answer.citations, start=1):
        section = f", section {citation.section}" if citation.section else ""
        lines += [f"[{rank}] {citation.title}{section}, page {citation.page}", f"    “{citation.quote}”"]
    lines += ["", answer.note] if answer.note else []
    if answer.follow_ups:
        lines += ["", "You could ask next:", *(f"- {question}" for question in answer.follow_ups)]
    return _joined(lines)


def figures_text(figures: Sequence["Figure"]) -> str:
    """One line a figure: the value, its 95 % interval, its cases and its baseline."""
    return _joined(
        f"{figure.part}, {figure.measure}: {figure.value:.3f} [{figure.low:.3f}, {figure.high:.3f}] "
        f"on {figure.n} cases ({figure.cases}); {figure.baseline_name}: {figure.baseline:.3f}"
        for figure in figures
    )


def _parts(goal: Goal) -> list[tuple[str, str]]:
    """The parts of a goal that the statement has, each under the question it answers."""
    slots = goal.slots
    rows: tuple[tuple[str, tuple[Quote | None, ...]], ...] = (
        ("Who benefits", (slots.beneficiary,)),
        ("What changes", (slots.change,)),
        ("Which way", (slots.direction,)),
        ("In what", (slots.object,)),
        ("Where or among whom", (slots.scope,)),
        ("By what means", slots.means),
        ("For which need", (slots.need,)),
        ("By when", (slots.time,)),
        ("How much", (slots.amount,)),
        ("Who sees to it", (slots.owner,)),
    )
    return [(label, "; ".join(quote.text for quote in found if quote)) for label, found in rows if any(found)]


def _remarks(findings: Iterable[Finding]) -> list[str]:
    lines: list[str] = []
    for finding in findings:
        quote = f" “{finding.quote.text}”" if finding.quote.text else ""
        lines += ["", f"{finding.message}{quote}", f"  {finding.question}", f"  ({_guide(finding.guide)})"]
    return lines


def _guide(reference: GuideRef) -> str:
    return f"guide {reference.section}, page {reference.page}"


def _article(kind: str) -> str:
    name = _words(kind)
    return f"an {name}" if name[0] in "aeiou" else f"a {name}"


def _words(name: str) -> str:
    return name.replace("_", " ")


def _joined(lines: Iterable[str]) -> str:
    return "\n".join(lines).rstrip() + "\n"
