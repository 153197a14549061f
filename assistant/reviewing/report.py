"""A critique as a page to read, print or send: Markdown or HTML, the manager's words beside the guide's section.

Words from a document are data: in Markdown they are escaped and in HTML quoted, so that nothing in them takes effect.
The words around them are in the language of the critique.
"""

import html
import re
from collections.abc import Iterator

from assistant.domain import Critique, GuideRef, Quote
from assistant.reviewing.arrangement import Remark, Remarks, arrange
from assistant.reviewing.talked import Talked, list_lines, say_goal
from assistant.reviewing.versions import Comparison
from assistant.score import Score
from knowledge.phrasebook import Phrasebook, load_phrases

GAINS_SHOWN = 3
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~&])")
_STYLE = """
body { font: 16px/1.5 Georgia, serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; color: #1c2430 }
blockquote { margin: .3rem 0; padding-left: .8rem; border-left: 3px solid #4a6fa5; color: #33415c }
table { border-collapse: collapse; width: 100% } td, th { text-align: left; padding: .25rem .6rem .25rem 0 }
.finding { margin: 1rem 0 } .source { color: #5c677d; font-size: .9rem } h1, h2, h3 { line-height: 1.2 }
summary { cursor: pointer }
"""


def render_markdown(critique: Critique, comparison: Comparison | None = None, talked: Talked | None = None) -> str:
    """The critique as Markdown, every remark in it, with what talks about its goals came to."""
    phrases = load_phrases(critique.language)
    changed = [f"- {escape_markdown(line)}" for line in say_versions(comparison, phrases)]
    title = ["", f"## {phrases.say('versions', 'title')}", ""] if changed else []
    return "\n".join([*_markdown(critique, phrases, talked), *title, *changed, *_tree_markdown(talked)]) + "\n"


def render_html(critique: Critique, comparison: Comparison | None = None, talked: Talked | None = None) -> str:
    """The critique as one self-contained HTML page, without scripts and without anything from elsewhere.

    `talked` is what talks about its goals came to: the reasons stand at the goals, the tree at the end.
    """
    name = html.escape(critique.strategy.document.name)
    phrases = load_phrases(critique.language)
    changed = "".join(f"<li>{html.escape(line)}</li>" for line in say_versions(comparison, phrases))
    title = html.escape(phrases.say("versions", "title"))
    tree = f"<h2>{html.escape(talked.title)}</h2>{talked.picture}" if talked else ""
    body = "\n".join(
        [*_html(critique, phrases, talked), f"<h2>{title}</h2><ul>{changed}</ul>" if changed else "", tree]
    )
    return (
        f'<!doctype html>\n<html lang="{critique.language}">\n<head><meta charset="utf-8">'
        f"<title>Askwhy: {name}</title><style>{_STYLE}</style></head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def escape_markdown(text: str) -> str:
    """`text` on one line, with every character that Markdown could act on made harmless."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def say_remark(remark: Remark, phrases: Phrasebook) -> str:
    """What is the matter, with the goals it speaks of named before it where there are several."""
    if len(remark.goals) <= 1:  # one goal is named by the place where its remark stands
        return remark.finding.message
    numbers = phrases.join([str(number) for number in remark.goals])
    return f"{phrases.say('frame', 'goals_listed', numbers=numbers)}: {remark.finding.message}"


def say_gains(critique: Critique, score: Score, phrases: Phrasebook) -> Iterator[tuple[str, str]]:
    """What would raise the score most: the points, and the remark to answer for them, with the goals it is about."""
    by_id = {finding.id: finding for finding in critique.findings}
    numbers = {goal.statement.id: number for number, goal in enumerate(critique.strategy.goals, start=1)}
    for gain in score.gains[:GAINS_SHOWN]:
        finding = by_id[gain.findings[0]]
        about = sorted({numbers[goal] for one in gain.findings if (goal := by_id[one].goal) in numbers})
        listed = phrases.join([str(number) for number in about])
        named = f"{phrases.say('frame', 'goals_listed', numbers=listed)}: " if len(about) > 1 else ""
        points = phrases.say("frame", "raise_points", points=gain.points)
        yield points, f"{named}{finding.message} {finding.question}"


def say_versions(comparison: Comparison | None, phrases: Phrasebook) -> Iterator[str]:
    """What changed since the earlier version, a line each: the score, every goal that changed, what was mended."""
    if comparison is None:
        return
    yield phrases.say("versions", "moved", before=comparison.before, after=comparison.after)
    for one in comparison.goals:
        if one.fate == "same":
            continue
        quotes = [(phrases.say("versions", "before"), quote) for quote in one.before]
        quotes += [(phrases.say("versions", "now"), one.now)] if one.now else []
        told = "; ".join(f"{when}: {_say_quote(quote.text, quote.page, phrases)}" for when, quote in quotes)
        asked = f" {phrases.say('versions', 'vanished_question')}" if one.fate == "vanished" else ""
        yield f"{_capital(phrases.say('versions', one.fate))} – {told}.{asked}"
    mended = list(dict.fromkeys(one.message for one in comparison.mended))
    yield from (f"{phrases.say('versions', 'mended')}: {message}" for message in mended)


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]


def say_guide(reference: GuideRef, phrases: Phrasebook) -> str:
    """The guide's section and page."""
    return phrases.say("frame", "guide", section=reference.section, page=reference.page)


def say_talked(talked: Talked | None, goal_id: str, phrases: Phrasebook) -> Iterator[str]:
    """What a talk about a goal came to, a line each: its reason, or that it has none yet, and its new wording."""
    for goal in talked.goals if talked else ():
        if goal.id == goal_id:
            yield from say_goal(goal, phrases.say("refine", "talked", text="{text}"))


def _tree_markdown(talked: Talked | None) -> Iterator[str]:
    if talked is not None:
        yield from ("", f"## {escape_markdown(talked.title)}", "")
        yield from (f"{'  ' * depth}- {escape_markdown(words)}" for depth, words in list_lines(talked))


def _markdown(critique: Critique, phrases: Phrasebook, talked: Talked | None) -> Iterator[str]:
    strategy, arranged = critique.strategy, arrange(critique)
    yield f"# {escape_markdown(phrases.say('frame', 'title', name=strategy.document.name))}"
    yield ""
    score = phrases.say("frame", "score", total=critique.score.total)
    yield f"**{escape_markdown(score)}.** {escape_markdown(critique.score.reason)}"
    yield ""
    yield escape_markdown(_counted(critique, phrases))
    if critique.managers is not None:
        yield from ("", escape_markdown(phrases.say("decisions", "managers_score", total=critique.managers.total)))
    for warning in strategy.document.warnings:
        yield ""
        yield f"> {phrases.say('frame', 'note')}: {escape_markdown(warning)}"
    gains = list(say_gains(critique, critique.managers or critique.score, phrases))
    if gains:
        yield from ("", f"## {phrases.say('frame', 'raise_most')}", "")
        yield from (f"- **{escape_markdown(points)}** {escape_markdown(words)}" for points, words in gains)
    yield from ("", f"## {phrases.say('frame', 'first_title')}")
    yield from _remarks_markdown(arranged.whole, phrases)
    for one in arranged.goals:
        title = phrases.say("frame", "goal", number=one.number)
        left = phrases.say("frame", "goal_score", score=one.goal.score)
        yield from ("", f"## {escape_markdown(f'{title} ({left})')}", "")
        where = phrases.say("frame", "page", page=one.goal.statement.page)
        yield f"> {escape_markdown(one.goal.statement.text)} ({where})"
        for line in say_talked(talked, one.goal.statement.id, phrases):
            yield from ("", escape_markdown(line))
        yield from _remarks_markdown(one.remarks, phrases)
        if not one.remarks.first and not one.remarks.more:
            yield from ("", phrases.say("frame", "said_above" if one.echoed else "nothing"))
    yield from ("", f"## {phrases.say('frame', 'elements_title')}", "")
    heads = (phrases.say("frame", name) for name in ("part", "in_text", "guide_column"))
    yield f"| {' | '.join(heads)} |"
    yield "|---|---|---|"
    for element in strategy.elements:
        name, state = phrases.say("elements", element.name), phrases.say("states", element.state)
        yield f"| {name} | {state} | {element.guide.section} |"


def _remarks_markdown(remarks: Remarks, phrases: Phrasebook) -> Iterator[str]:
    for remark in remarks.first:
        yield from _remark_markdown(remark, phrases)
    if remarks.more:
        yield from ("", f"**{phrases.count('more', len(remarks.more))}**")
    for remark in remarks.more:
        yield from _remark_markdown(remark, phrases)


def _say_quote(words: str, page: int, phrases: Phrasebook) -> str:
    """The document's words between quotation marks, with their page."""
    return f"{phrases.say('frame', 'quoted', words=words)} ({phrases.say('frame', 'page', page=page)})"


def _remark_markdown(remark: Remark, phrases: Phrasebook) -> Iterator[str]:
    yield ""
    yield f"- {escape_markdown(say_remark(remark, phrases))} **{escape_markdown(remark.finding.question)}**"
    for quote in remark.places:
        yield f"  <br>{_say_quote(escape_markdown(quote.text), quote.page, phrases)}"
    yield f"  <br>{escape_markdown(say_guide(remark.finding.guide, phrases))}"


def _html(critique: Critique, phrases: Phrasebook, talked: Talked | None) -> Iterator[str]:
    strategy, arranged = critique.strategy, arrange(critique)

    def say(name: str, /, **holes: object) -> str:
        return html.escape(phrases.say("frame", name, **holes))

    yield f"<h1>{say('title', name=strategy.document.name)}</h1>"
    yield f"<p><strong>{say('score', total=critique.score.total)}.</strong> {html.escape(critique.score.reason)}</p>"
    yield f"<p>{html.escape(_counted(critique, phrases))}</p>"
    for warning in strategy.document.warnings:
        yield f"<p class='source'>{say('note')}: {html.escape(warning)}</p>"
    gains = [
        f"<li><b>{html.escape(points)}</b> {html.escape(words)}</li>"
        for points, words in say_gains(critique, critique.managers or critique.score, phrases)
    ]
    if gains:
        yield f"<h2>{say('raise_most')}</h2><ul>{''.join(gains)}</ul>"
    yield f"<h2>{say('first_title')}</h2>{_remarks_html(arranged.whole, phrases)}"
    for one in arranged.goals:
        yield f"<h2>{say('goal', number=one.number)} ({say('goal_score', score=one.goal.score)})</h2>"
        yield _quote_html(one.goal.statement.text, say("page", page=one.goal.statement.page))
        yield from (f"<p>{html.escape(line)}</p>" for line in say_talked(talked, one.goal.statement.id, phrases))
        yield _remarks_html(one.remarks, phrases)
        if not one.remarks.first and not one.remarks.more:
            yield f"<p>{say('said_above' if one.echoed else 'nothing')}</p>"
    yield f"<h2>{say('elements_title')}</h2>"
    yield f"<table><tr><th>{say('part')}</th><th>{say('in_text')}</th><th>{say('guide_column')}</th></tr>"
    for element in strategy.elements:
        name, state = phrases.say("elements", element.name), phrases.say("states", element.state)
        yield f"<tr><td>{html.escape(name)}</td><td>{html.escape(state)}</td><td>{element.guide.section}</td></tr>"
    yield "</table>"


def _remarks_html(remarks: Remarks, phrases: Phrasebook) -> str:
    """The first few, and the rest behind one click."""
    shown = "".join(_remark_html(remark, phrases) for remark in remarks.first)
    if not remarks.more:
        return shown
    rest = "".join(_remark_html(remark, phrases) for remark in remarks.more)
    return f"{shown}<details><summary>{html.escape(phrases.count('more', len(remarks.more)))}</summary>{rest}</details>"


def _remark_html(remark: Remark, phrases: Phrasebook) -> str:
    """What is the matter, the question, the manager's words with their pages, the guide's section."""
    quotes = "".join(_place_html(quote, phrases) for quote in remark.places)
    return (
        f'<div class="finding {remark.finding.severity}"><p>{html.escape(say_remark(remark, phrases))} '
        f"<strong>{html.escape(remark.finding.question)}</strong></p>{quotes}"
        f'<p class="source">{html.escape(say_guide(remark.finding.guide, phrases))}</p></div>'
    )


def _place_html(quote: Quote, phrases: Phrasebook) -> str:
    return _quote_html(quote.text, html.escape(phrases.say("frame", "your_page", page=quote.page)))


def _quote_html(words: str, place: str) -> str:
    return f'<blockquote>{html.escape(words)} <span class="source">{place}</span></blockquote>'


def _counted(critique: Critique, phrases: Phrasebook) -> str:
    said = sum(one.repeats is None and one.dismissed is None for one in critique.findings)
    counted = f"{phrases.count('goals', len(critique.strategy.goals))}, {phrases.count('remarks', said)}."
    model = critique.strategy.model
    followed = f" {_capital(phrases.say('models', model.kind))}." if model else ""
    return f"{counted}{followed} {phrases.say('frame', 'quotations')}"
