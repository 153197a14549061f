"""A critique on the screen: the score, the whole, goal by goal, and the parts, in its own language. All is escaped."""

from collections.abc import Iterator, Sequence
from html import escape

from assistant.app.decision_cards import (
    dismiss_html,
    dismissed_html,
    overrule_html,
    ruled_html,
    stamp,
    there_html,
    versions_html,
)
from assistant.app.guide_cards import reference_html
from assistant.app.workplace import Say
from assistant.domain import Critique, Element, ElementName, ElementState, Quote
from assistant.reviewing.arrangement import Arrangement, GoalRemarks, Remark, Remarks, arrange
from assistant.reviewing.decisions import Decision
from assistant.reviewing.report import say_gains, say_remark
from assistant.reviewing.set_checks import says_incentives
from assistant.reviewing.versions import Comparison
from knowledge.lexicon import load_lexicon
from knowledge.phrasebook import Phrasebook, load_phrases
from knowledge.typesetting import keep_html_together

# What carries a change, and the element that shows it; of incentives the words are sought.
CARRIERS: tuple[tuple[str, ElementName | None], ...] = (
    ("vision", "vision"),
    ("skills", "human_resources"),
    ("incentives", None),
    ("resources", "resources"),
    ("action_plan", "action_plan"),
)


def critique_html(
    critique: Critique, comparison: Comparison | None = None, day: str = "", decisions: Sequence[Decision] = ()
) -> str:
    """Everything the critique says, most important first; with what became of the version of that `day`.

    Last stands what the manager decided, each decision with the way back.
    """
    phrases = load_phrases(critique.language)
    sections = _sections(critique, phrases, versions_html(comparison, day, phrases))
    return keep_html_together("".join([*sections, ruled_html(decisions, phrases), "</div>"]), critique.language)


def empty_html(say: Say) -> str:
    """What stands where the critique will be; `say` gives the page's phrases."""
    title, lead, whole, goals, parts, end = (
        escape(say(f"critique_empty{part}")) for part in ("", "_lead", "_whole", "_goals", "_parts", "_end")
    )
    return (
        f'<div class="aw-empty"><h3>{title}</h3><p>{lead}</p>'
        f"<ul><li>{whole}</li><li>{goals}</li><li>{parts}</li></ul><p>{end}</p></div>"
    )


def reading_html(say: Say) -> str:
    """What stands there while the example is read."""
    title, lead = escape(say("example_reading")), escape(say("example_lead"))
    return f'<div class="aw-empty" role="status"><h3>{title}</h3><p>{lead}</p></div>'


def _sections(critique: Critique, phrases: Phrasebook, versions: str) -> Iterator[str]:
    strategy, document = critique.strategy, critique.strategy.document
    yield (
        f'<div lang="{critique.language}" data-critique="{stamp(critique)}">'
        f'<header class="aw-doc"><h2>{escape(document.name)}</h2>'
        f'<p class="aw-small">{escape(_facts(critique, phrases))}</p></header>'
    )
    yield from (f'<p class="aw-warning" role="note">{escape(warning)}</p>' for warning in document.warnings)
    if strategy.is_strategy:
        yield from _strategy_sections(critique, arrange(critique), phrases, versions)
    else:
        reason = phrases.say("frame", "no_strategy_reason", reason=strategy.reason)
        yield (
            f'<div class="aw-empty"><h3>{_say(phrases, "no_strategy")}</h3><p>{escape(reason)}</p>'
            f"<p>{_say(phrases, 'no_strategy_part')}</p></div>"
        )


def _strategy_sections(critique: Critique, arranged: Arrangement, phrases: Phrasebook, versions: str) -> Iterator[str]:
    yield _score_html(critique, phrases)
    yield versions
    if arranged.whole.first:
        yield f"<section><h3>{_say(phrases, 'first_title')}</h3>{_remarks_html(arranged.whole, phrases)}</section>"
    yield from _clashes(critique, phrases)
    if arranged.goals:
        cards = "".join(_goal_html(one, phrases) for one in arranged.goals)
        yield f"<section><h3>{_say(phrases, 'goals_title')}</h3>{cards}</section>"
    rows = "".join(_element_html(element, phrases) for element in critique.strategy.elements)
    heads = "".join(f"<th>{_say(phrases, name)}</th>" for name in ("part", "in_text", "where", "guide_column"))
    yield (
        f"<section><h3>{_say(phrases, 'elements_title')}</h3>"
        f'<table class="aw-table"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></section>'
    )
    yield _change_html(critique, phrases)
    yield dismissed_html(arranged, phrases)


def _change_html(critique: Critique, phrases: Phrasebook) -> str:
    """What carries a change (guide 5.1, figure 8), as far as an element shows it; what is missing has its symptom."""
    states = {element.name: element.state for element in critique.strategy.elements}
    gain: ElementState = "present" if says_incentives(critique.strategy, load_lexicon(phrases.code)) else "missing"
    rows = "".join(_carrier_html(name, states[element] if element else gain, phrases) for name, element in CARRIERS)
    title, lead = (escape(phrases.say("change", name)) for name in ("title", "lead"))
    return f'<section><h3>{title}</h3><p>{lead}</p><table class="aw-table"><tbody>{rows}</tbody></table></section>'


def _carrier_html(name: str, state: ElementState, phrases: Phrasebook) -> str:
    """One thing that carries a change, and its symptom where it is missing."""
    shown = f'<span class="aw-state aw-{state}">{escape(phrases.say("states", state))}</span>'
    symptom = escape(phrases.say("change", f"without_{name}")) if state == "missing" else ""
    return f"<tr><td>{escape(phrases.say('change', name))}</td><td>{shown}</td><td>{symptom}</td></tr>"


def _facts(critique: Critique, phrases: Phrasebook) -> str:
    strategy, pages = critique.strategy, len(critique.strategy.document.pages)
    facts = [phrases.count("pages", pages)] if pages else []
    if strategy.period:
        facts.append(phrases.say("frame", "years", start=strategy.period.start, end=strategy.period.end))
    if strategy.is_strategy:
        said = sum(one.repeats is None and one.dismissed is None for one in critique.findings)
        facts += [phrases.count("goals", len(strategy.goals)), phrases.count("remarks", said)]
    if strategy.model:
        facts.append(phrases.say("models", strategy.model.kind))
    return " · ".join(facts)


def _score_html(critique: Critique, phrases: Phrasebook) -> str:
    score, count = critique.score, len(critique.strategy.goals)
    words = phrases.say("set", critique.set_state)
    state = words if count == 0 else phrases.say("frame", "lead_in", about=phrases.count("goals", count), words=words)
    gains = "".join(
        f"<li><b>{escape(points)}</b> {escape(said)}</li>"
        for points, said in say_gains(critique, critique.managers or score, phrases)
    )
    raised = f"<p class='aw-lead'>{_say(phrases, 'raise_most')}</p><ul class='aw-gains'>{gains}</ul>" if gains else ""
    bars = "".join(_bar_html(phrases.say("families", family), value) for family, value in score.by_family.items())
    whole = escape(phrases.say("frame", "score", total=score.total))
    decided = critique.managers.total if critique.managers else None
    told = escape(phrases.say("decisions", "managers_score", total=decided))
    managers = f"<p><strong>{told}</strong></p>" if decided is not None else ""
    return (
        f'<div class="aw-score"><div class="aw-total" aria-label="{whole}"><b>{score.total}</b>'
        f"<span>{_say(phrases, 'of_hundred')}</span></div><div>{managers}{raised}<p>{escape(state)}</p>"
        f"{_coverage_html(critique, phrases)}"
        f"<details><summary>{_say(phrases, 'score_made')}</summary><p class='aw-small'>{escape(score.reason)}</p>"
        f"<div class='aw-bars'>{bars}</div><p class='aw-small'>{_say(phrases, 'score_same')}</p></details></div></div>"
    )


def _bar_html(words: str, value: int) -> str:
    return (
        f'<div><span>{escape(words[0].upper() + words[1:])}</span><i style="--share:{value}%"></i><b>{value}</b></div>'
    )


def _coverage_html(critique: Critique, phrases: Phrasebook) -> str:
    absent = [phrases.say("topics", topic) for topic, there in critique.coverage.items() if not there]
    if not absent or not critique.strategy.goals:
        return ""
    return f"<p>{_say(phrases, 'topics_absent', topics=phrases.join(absent))}</p>"


def _clashes(critique: Critique, phrases: Phrasebook) -> Iterator[str]:
    clashes = "".join(
        f'<div class="aw-clash"><p>{escape(one.subject)}</p>{_quote_html(one.first, phrases)}'
        f"{_quote_html(one.second, phrases)}</div>"
        for one in critique.strategy.contradictions
    )
    if clashes:
        yield f"<section><h3>{_say(phrases, 'clashes_title')}</h3>{clashes}</section>"


def _goal_html(one: GoalRemarks, phrases: Phrasebook) -> str:
    statement = one.goal.statement
    remarks = _remarks_html(one.remarks, phrases)
    if one.echoed:
        remarks += f'<p class="aw-small aw-echo">{_say(phrases, "said_above")}</p>'
    elif not remarks:
        remarks = f'<p class="aw-good">{_say(phrases, "nothing")}</p>'
    return (
        f'<article class="aw-goal" id="aw-goal-{one.number}"><header><span class="aw-number">{one.number}</span><div>'
        f"<blockquote>{escape(statement.text)}</blockquote>"
        f'<p class="aw-small">{_say(phrases, "your_page", page=statement.page)} · '
        f"{_say(phrases, 'goal_score', score=one.goal.score)} {_slots_html(one, phrases)}</p></div></header>{remarks}"
        f'<p class="aw-acts"><button type="button" class="aw-link" data-act="indicators" '
        f'data-value="{escape(statement.text)}">{_say(phrases, "propose")}</button></p>'
        f"{overrule_html(one.goal, phrases)}</article>"
    )


def _slots_html(one: GoalRemarks, phrases: Phrasebook) -> str:
    """Which of the guide's three parts of a goal are there; what is not there, the remarks ask for."""
    parts = (name for name in ("beneficiary", "change", "need") if one.goal.says(name))
    return " ".join(f'<span class="aw-slot">{_say(phrases, f"says_{name}")}</span>' for name in parts)


def _remarks_html(remarks: Remarks, phrases: Phrasebook) -> str:
    """The first few, and the rest under "more"."""
    shown = "".join(_remark_html(remark, phrases) for remark in remarks.first)
    if not remarks.more:
        return shown
    hidden = "".join(_remark_html(remark, phrases) for remark in remarks.more)
    more = escape(phrases.count("more", len(remarks.more)))
    return f'{shown}<details class="aw-more"><summary>{more}</summary>{hidden}</details>'


def _remark_html(remark: Remark, phrases: Phrasebook) -> str:
    """What is the matter and the question on one side; the manager's words and the guide on the other."""
    finding = remark.finding
    quotes = "".join(_quote_html(quote, phrases) for quote in remark.places[:1])
    if len(remark.places) > 1:
        others = "".join(_quote_html(quote, phrases) for quote in remark.places[1:])
        count = f"+ {len(remark.places) - 1}"
        quotes += f'<details class="aw-places"><summary>{count}</summary>{others}</details>'
    return (
        f'<div class="aw-remark"><p><span class="aw-weight aw-is-{finding.severity}">'
        f"{escape(phrases.say('severities', finding.severity))}</span> {_said_html(remark, phrases)} "
        f"<strong>{escape(finding.question)}</strong></p>"
        f"<div>{quotes}{reference_html(finding.guide, finding.message, phrases)}"
        f"{dismiss_html(finding, phrases)}</div></div>"
    )


def _said_html(remark: Remark, phrases: Phrasebook) -> str:
    """The remark's words; where it speaks of several goals, each number leads to its goal."""
    if len(remark.goals) <= 1:  # one goal is named by the place where its remark stands
        return escape(say_remark(remark, phrases))
    links = phrases.join([f'<a href="#aw-goal-{number}">{number}</a>' for number in remark.goals])
    about = phrases.say("frame", "goals_listed", numbers="%")
    said = escape(phrases.say("frame", "lead_in", about=about, words="")).replace("%", links)
    return said + escape(remark.finding.message)


def _quote_html(quote: Quote, phrases: Phrasebook) -> str:
    place = _say(phrases, "your_page", page=quote.page)
    return f"<blockquote>{escape(quote.text)}</blockquote><p class='aw-small'>{place}</p>"


def _element_html(element: Element, phrases: Phrasebook) -> str:
    first = element.evidence[0] if element.evidence else None
    page = _say(phrases, "page", page=first.page) if first else ""
    quoted = _say(phrases, "quoted", words=_shortened(first.text)) if first else ""
    where = f"{quoted} <span class='aw-small'>{page}</span>" if first else "–"
    name = phrases.say("elements", element.name)
    return (
        f"<tr><td>{escape(name)}</td><td>"
        f'<span class="aw-state aw-{element.state}">{escape(phrases.say("states", element.state))}</span> '
        f"{there_html(element, phrases)}</td><td>{where}</td>"
        f"<td>{reference_html(element.guide, name, phrases)}</td></tr>"
    )


def _shortened(text: str, most: int = 120) -> str:
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + " …"


def _say(phrases: Phrasebook, name: str, /, **holes: object) -> str:
    """A phrase of the frame, escaped."""
    return escape(phrases.say("frame", name, **holes))
