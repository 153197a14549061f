"""A critique as a page to read, print or send: Markdown or HTML, the manager's words beside the guide's section.

Words from a document are data: in Markdown they are escaped and in HTML quoted, so that nothing in them takes effect.
"""

import html
import re
from collections.abc import Iterator

from assistant.domain import Critique, Finding

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~&])")
_STATE_WORDS = {"present": "there", "weak": "only touched", "missing": "missing"}
_ELEMENT_NAMES = {
    "operating_environment": "The world around the school",
    "vision": "Vision",
    "mission": "Mission",
    "core_skills": "Core skills",
    "values": "Values",
    "goals": "Goals",
    "action_plan": "Action plan",
    "indicators": "Indicators",
    "organisation": "Who is responsible",
    "human_resources": "Staff and their training",
    "resources": "Money and working hours",
    "partnerships": "Partners",
    "curricula": "What is taught, and recognition",
    "evaluation": "Looking back and improving",
    "stakeholders": "Who was heard and who is told",
    "period": "The years it covers",
}
_STYLE = """
body { font: 16px/1.5 Georgia, serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; color: #1c2430 }
blockquote { margin: .3rem 0; padding-left: .8rem; border-left: 3px solid #4a6fa5; color: #33415c }
table { border-collapse: collapse; width: 100% } td, th { text-align: left; padding: .25rem .6rem .25rem 0 }
.finding { margin: 1rem 0 } .source { color: #5c677d; font-size: .9rem } h1, h2, h3 { line-height: 1.2 }
"""


def element_title(name: str) -> str:
    """An element's name as a manager would say it."""
    return _ELEMENT_NAMES[name]


def state_word(state: str) -> str:
    """An element's state in plain words."""
    return _STATE_WORDS[state]


def of_the_whole(critique: Critique) -> tuple[Finding, ...]:
    """The remarks that speak of no single goal."""
    goals = {goal.statement.id for goal in critique.strategy.goals}
    return tuple(one for one in critique.findings if one.goal not in goals)


def render_markdown(critique: Critique) -> str:
    """The critique as Markdown."""
    return "\n".join(_markdown(critique)) + "\n"


def render_html(critique: Critique) -> str:
    """The critique as one self-contained HTML page, without scripts and without anything from elsewhere."""
    name = html.escape(critique.strategy.document.name)
    body = "\n".join(_html(critique))
    return (
        f'<!doctype html>\n<html lang="{critique.strategy.document.language}">\n<head><meta charset="utf-8">'
        f"<title>Askwhy: {name}</title><style>{_STYLE}</style></head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def escape_markdown(text: str) -> str:
    """`text` on one line, with every character that Markdown could act on made harmless."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _markdown(critique: Critique) -> Iterator[str]:
    strategy = critique.strategy
    yield f"# Critique of {escape_markdown(strategy.document.name)}"
    yield ""
    yield f"**Score: {critique.score.total} of 100.** {escape_markdown(critique.score.reason)}"
    yield ""
    counted = f"{len(strategy.goals)} goals, {len(critique.findings)} remarks."
    yield f"{counted} Quotations are your own words, with the page."
    for warning in strategy.document.warnings:
        yield ""
        yield f"> Note: {escape_markdown(warning)}"
    yield ""
    yield "## The whole"
    for finding in of_the_whole(critique):
        yield from _finding_markdown(finding)
    for number, goal in enumerate(strategy.goals, start=1):
        yield ""
        yield f"## Goal {number} (page {goal.statement.page})"
        yield ""
        yield f"> {escape_markdown(goal.statement.text)}"
        for finding in goal.findings:
            yield from _finding_markdown(finding)
    yield ""
    yield "## The parts of a strategy"
    yield ""
    yield "| part | here | guide |"
    yield "|---|---|---|"
    for element in strategy.elements:
        yield f"| {element_title(element.name)} | {state_word(element.state)} | {element.guide.section} |"


def _finding_markdown(finding: Finding) -> Iterator[str]:
    yield ""
    yield f"- {escape_markdown(finding.message)} **{escape_markdown(finding.question)}**"
    quoted = f"“{escape_markdown(finding.quote.text)}” (page {finding.quote.page}) — " if finding.quote.text else ""
    yield f"  <br>{quoted}guide {finding.guide.section}, p. {finding.guide.page}"


def _html(critique: Critique) -> Iterator[str]:
    strategy = critique.strategy
    yield f"<h1>Critique of {html.escape(strategy.document.name)}</h1>"
    yield f"<p><strong>Score: {critique.score.total} of 100.</strong> {html.escape(critique.score.reason)}</p>"
    yield from (f"<p class='source'>Note: {html.escape(warning)}</p>" for warning in strategy.document.warnings)
    yield "<h2>The whole</h2>"
    for finding in of_the_whole(critique):
        yield finding_html(finding)
    for number, goal in enumerate(strategy.goals, start=1):
        yield f"<h2>Goal {number} (page {goal.statement.page})</h2>"
        yield f"<blockquote>{html.escape(goal.statement.text)}</blockquote>"
        yield from (finding_html(finding) for finding in goal.findings)
    yield "<h2>The parts of a strategy</h2><table><tr><th>part</th><th>here</th><th>guide</th></tr>"
    for element in strategy.elements:
        cells = (element_title(element.name), state_word(element.state), element.guide.section)
        yield "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in cells) + "</tr>"
    yield "</table>"


def finding_html(finding: Finding) -> str:
    """One remark: what is the matter, the question, the manager's words with their page, the guide's section."""
    quote = f"<blockquote>{html.escape(finding.quote.text)}</blockquote>" if finding.quote.text else ""
    place = f"your page {finding.quote.page} · " if finding.quote.text else ""
    return (
        f'<div class="finding {finding.severity}"><p>{html.escape(finding.message)} '
        f"<strong>{html.escape(finding.question)}</strong></p>{quote}"
        f'<p class="source">{place}guide {finding.guide.section}, page {finding.guide.page}</p></div>'
    )
