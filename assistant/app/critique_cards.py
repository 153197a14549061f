"""A critique on the screen: the score, the whole, goal by goal, and the parts. All words are escaped."""

from collections.abc import Iterator, Sequence
from html import escape

from assistant.app.guide_cards import reference_html
from assistant.domain import Critique, Element, Finding, Goal, Quote, SetState, Severity
from assistant.reviewing.report import element_title, of_the_whole, state_word
from assistant.reviewing.scoring import FAMILY_WORDS

WEIGHT_WORDS: dict[Severity, str] = {"error": "first of all", "warning": "important", "info": "smaller"}
SET_WORDS: dict[SetState, str] = {
    "none": "No goal was found in it.",
    "ok": "a number that people can keep in mind.",
    "many": "more than the five or six that people keep in mind.",
    "too_many": "more than eight, and nobody sees the direction any more.",
}
TOPIC_WORDS = {
    "at_home": "international work at home",
    "beyond_mobility": "more than stays abroad",
    "lifelong_skills": "skills for life",
}
SHOWN = 3


def critique_html(critique: Critique) -> str:
    """Everything the critique says, most important first."""
    return "".join(_sections(critique))


def empty_html() -> str:
    """What stands where the critique will be."""
    return (
        '<div class="aw-empty"><h3>Your strategy, read as a careful colleague would</h3>'
        "<p>Add the document, or try the example. You will see</p>"
        "<ul><li>how it stands as a whole, and what would improve it most,</li>"
        "<li>each goal in your own words, with at most three remarks and a question to each,</li>"
        "<li>which parts of a strategy are there, and which are not.</li></ul>"
        "<p>Every remark names your page and the page of the guide. Nothing is rewritten for you.</p></div>"
    )


def _sections(critique: Critique) -> Iterator[str]:
    strategy, document = critique.strategy, critique.strategy.document
    yield f'<header class="aw-doc"><h2>{escape(document.name)}</h2><p class="aw-small">{_facts(critique)}</p></header>'
    yield from (f'<p class="aw-warning" role="note">{escape(warning)}</p>' for warning in document.warnings)
    if not strategy.is_strategy:
        yield (
            '<div class="aw-empty"><h3>This does not look like a strategy</h3>'
            f"<p>As far as Askwhy can tell, {escape(strategy.reason)}. So there is nothing to remark.</p>"
            "<p>If it is part of one, add the whole document.</p></div>"
        )
        return
    yield _score_html(critique)
    whole = of_the_whole(critique)
    if whole:
        yield f"<section><h3>The strategy as a whole</h3>{_remarks_html(whole)}</section>"
    yield from _clashes(critique)
    if strategy.goals:
        cards = "".join(_goal_html(goal, number) for number, goal in enumerate(strategy.goals, start=1))
        yield f"<section><h3>Goal by goal</h3>{cards}</section>"
    rows = "".join(_element_html(element) for element in strategy.elements)
    yield (
        "<section><h3>The parts of a strategy</h3>"
        '<table class="aw-table"><thead><tr><th>Part</th><th>In your text</th><th>Where</th><th>Guide</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></section>"
    )


def _facts(critique: Critique) -> str:
    strategy, pages = critique.strategy, len(critique.strategy.document.pages)
    facts = [f"{pages} page{'s' if pages != 1 else ''}"] if pages else []
    if strategy.period:
        facts.append(f"for {strategy.period.start} to {strategy.period.end}")
    if strategy.is_strategy:
        facts.append(_counted(len(strategy.goals), "goal"))
        facts.append(_counted(len(critique.findings), "remark"))
    return " · ".join(facts)


def _score_html(critique: Critique) -> str:
    score, count = critique.score, len(critique.strategy.goals)
    words = SET_WORDS[critique.set_state]
    state = words if count == 0 else f"{_counted(count, 'goal').capitalize()}: {words}"
    bars = "".join(_bar_html(FAMILY_WORDS[family], value) for family, value in score.by_family.items())
    return (
        f'<div class="aw-score"><div class="aw-total" aria-label="Score {score.total} of 100"><b>{score.total}</b>'
        f"<span>of 100</span></div><div><p class='aw-lead'>{escape(score.reason)}</p><p>{state}</p>"
        f"{_coverage_html(critique)}"
        f"<details><summary>How the score is made up</summary><div class='aw-bars'>{bars}</div>"
        "<p class='aw-small'>The same text always gets the same score. It measures what the text says, not the school."
        "</p></details></div></div>"
    )


def _bar_html(words: str, value: int) -> str:
    return (
        f'<div><span>{escape(words[0].upper() + words[1:])}</span><i style="--share:{value}%"></i><b>{value}</b></div>'
    )


def _coverage_html(critique: Critique) -> str:
    absent = [
        TOPIC_WORDS.get(topic, topic.replace("_", " ")) for topic, there in critique.coverage.items() if not there
    ]
    return f"<p>Your goals do not speak of {_listed(absent)}.</p>" if absent and critique.strategy.goals else ""


def _clashes(critique: Critique) -> Iterator[str]:
    numbers = {goal.statement.id: number for number, goal in enumerate(critique.strategy.goals, start=1)}
    pairs = [f"goals {numbers[one.first]} and {numbers[one.second]}" for one in critique.overlaps]
    clashes = "".join(
        f'<div class="aw-clash"><p>{escape(one.subject)}</p>{_quote_html(one.first)}{_quote_html(one.second)}</div>'
        for one in critique.contradictions
    )
    if pairs:
        yield f'<p class="aw-note">Much the same is said in {_listed(pairs)}.</p>'
    if clashes:
        yield f"<section><h3>What cannot both hold</h3>{clashes}</section>"


def _goal_html(goal: Goal, number: int) -> str:
    statement = goal.statement
    remarks = _remarks_html(goal.findings)
    good = '<p class="aw-good">Nothing to remark.</p>'
    return (
        f'<article class="aw-goal"><header><span class="aw-number">{number}</span><div>'
        f"<blockquote>{escape(statement.text)}</blockquote>"
        f'<p class="aw-small">your page {statement.page} {_slots_html(goal)}</p></div></header>{remarks or good}'
        f'<p class="aw-acts"><button type="button" class="aw-link" data-act="indicators" '
        f'data-value="{escape(statement.text)}">Propose indicators for this goal</button></p></article>'
    )


def _slots_html(goal: Goal) -> str:
    """Which of the guide's three parts of a goal are there; what is not there, the remarks ask for."""
    slots = goal.slots
    parts = (("for whom", slots.beneficiary), ("what changes", slots.change), ("which need", slots.need))
    return " ".join(f'<span class="aw-slot">says {name}</span>' for name, part in parts if part)


def _remarks_html(findings: Sequence[Finding]) -> str:
    """Three remarks, and the rest under "more"."""
    first, rest = findings[:SHOWN], findings[SHOWN:]
    shown = "".join(_remark_html(finding) for finding in first)
    if not rest:
        return shown
    hidden = "".join(_remark_html(finding) for finding in rest)
    return f'{shown}<details class="aw-more"><summary>{_counted(len(rest), "more remark")}</summary>{hidden}</details>'


def _remark_html(finding: Finding) -> str:
    """What is the matter and the question on one side; the manager's words and the guide on the other."""
    quote = _quote_html(finding.quote, "your page") if finding.quote.text else ""
    return (
        f'<div class="aw-remark"><p><span class="aw-weight aw-is-{finding.severity}">{WEIGHT_WORDS[finding.severity]}'
        f"</span> {escape(finding.message)} <strong>{escape(finding.question)}</strong></p>"
        f"<div>{quote}{reference_html(finding.guide, finding.message)}</div></div>"
    )


def _quote_html(quote: Quote, place: str = "page") -> str:
    return f"<blockquote>{escape(quote.text)}</blockquote><p class='aw-small'>{place} {quote.page}</p>"


def _element_html(element: Element) -> str:
    first = element.evidence[0] if element.evidence else None
    where = f"“{escape(_shortened(first.text))}” <span class='aw-small'>page {first.page}</span>" if first else "–"
    return (
        f"<tr><td>{escape(element_title(element.name))}</td>"
        f'<td><span class="aw-state aw-{element.state}">{escape(state_word(element.state))}</span></td>'
        f"<td>{where}</td><td>{reference_html(element.guide, element_title(element.name))}</td></tr>"
    )


def _shortened(text: str, most: int = 120) -> str:
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + " …"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _listed(words: Sequence[str]) -> str:
    shown = [escape(word) for word in words]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}" if shown else ""
