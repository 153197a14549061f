"""A conversation on the screen: its turns as chat messages, its goals and their ladders of whys beside it."""

import re
from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from assistant.app.guide_cards import reference_html
from assistant.app.tree_cards import notes_html, tree_html
from assistant.app.wiring import buttons_html
from assistant.chain import ANSWER_CLASSES, WhyChain, WhyStep, is_answer
from assistant.domain import Finding
from assistant.origin import Worded
from knowledge.lexicon import load_lexicon
from knowledge.phrasebook import Phrasebook, load_phrases
from knowledge.typesetting import keep_html_together, keep_together

if TYPE_CHECKING:
    from assistant.asking.conversation import Source, Turn
    from assistant.asking.showing import Conversation, GoalCard, Progress

Message = dict[str, str]

REMARKS = 3


def messages(conversation: "Conversation") -> list[Message]:
    """The turns as the chat takes them."""
    phrases = load_phrases(conversation.language)
    return [
        {"role": "user" if turn.speaker == "manager" else "assistant", "content": _turn_text(turn, phrases)}
        for turn in conversation.turns
    ]


def goals_html(conversation: "Conversation") -> str:
    """The goals in hand, the current one first, with its remarks; below them their tree and the journey's notes."""
    phrases = load_phrases(conversation.language)
    title = escape(phrases.say("refine", "goals"))
    notes = notes_html(conversation.notes, conversation.language)
    if not conversation.goals:
        empty = escape(phrases.say("refine", "goals_empty"))
        return notes or f'<div class="aw-empty"><h3>{title}</h3><p>{empty}</p></div>'
    ordered = sorted(conversation.goals, key=lambda goal: goal.id != conversation.current)
    cards = "".join(_goal_html(goal, phrases, current=goal.id == conversation.current) for goal in ordered)
    return keep_html_together(f"<h3>{title}</h3>{cards}{tree_html(conversation)}{notes}", conversation.language)


def replies_html(conversation: "Conversation") -> str:
    """How far the talk has come, a model's wordings on offer, and the answers that one press gives.

    First of all, where it is so, that the talk has moved on.
    """
    phrases, voice = load_phrases(conversation.language), load_lexicon(conversation.language).voice
    moved = f'<p class="aw-fault" role="status">{escape(voice["moved_on"])}</p>' if conversation.moved_on else ""
    offered = "".join(_offer_html(one, phrases) for one in conversation.suggested)
    progress = _progress_html(conversation.progress, phrases)
    replies = buttons_html("say", conversation.quick_replies)
    return keep_html_together(f"{moved}{offered}{progress}{replies}", conversation.language)


def _offer_html(one: Worded, phrases: Phrasebook) -> str:
    """A model's wording, said to be one, with the press that accepts it."""
    who = phrases.say("refine", "suggested", model=f"{one.origin.provider}:{one.origin.model}")
    return (
        f'<article class="aw-card aw-offer"><p class="aw-small">{escape(who)}</p><blockquote>{escape(one.text)}'
        f'</blockquote><button type="button" class="aw-chip" data-act="say" data-value="{escape(one.text)}">'
        f"{escape(phrases.say('refine', 'take'))}</button></article>"
    )


def _progress_html(progress: "Progress", phrases: Phrasebook) -> str:
    """The step, the goal, the why or the questions left, in one line; "" before there is any."""
    parts = [
        phrases.say("refine", name, number=place[0], count=place[1])
        for name, place in (("step_of", progress.step), ("goal_of", progress.goal))
        if place is not None
    ]
    if progress.whys is not None:
        asked, most = progress.whys
        parts.append(phrases.say("refine", "why_of", number=min(asked + 1, most), count=most))
    if progress.parts_left:
        parts.append(phrases.say("refine", "left", count=progress.parts_left))
    return f'<p class="aw-progress" role="status">{escape(" · ".join(parts))}</p>' if parts else ""


def _turn_text(turn: "Turn", phrases: Phrasebook) -> str:
    """The turn as plain text, each citation after it with its place."""
    ours = turn.speaker != "manager"
    told = keep_together(turn.text.strip(), phrases.code) if ours else turn.text.strip()
    said = "\n\n".join([told, *(_citation_text(citation, phrases) for citation in turn.citations)])
    return escape(said, quote=False)  # the chat would show HTML as HTML


def _citation_text(citation: "Source", phrases: Phrasebook) -> str:
    where = phrases.say("frame", "page", page=citation.page)
    title = citation.title
    if citation.section:
        title = phrases.say("refine", "cited", title=title, section=citation.section)
    return f"{phrases.say('frame', 'quoted', words=citation.quote)}\n– {title}, {where}"


def _goal_html(goal: "GoalCard", phrases: Phrasebook, *, current: bool) -> str:
    first = phrases.say("refine", "at_first", goal=goal.original) if goal.original != goal.text else ""
    was = f'<p class="aw-small">{escape(first)}</p>' if first else ""
    remarks = "".join(_remark_html(finding, phrases) for finding in goal.findings[:REMARKS]) if current else ""
    ladder = _ladder_html(goal.chain, goal.id, phrases) if goal.chain else ""
    parts = _origin_html(goal, phrases) + _parts_html(goal, phrases) + _grounds_html(goal, phrases)
    take_up = "" if current else _button_html("take_up", goal.id, phrases.say("refine", "take_up"))
    return (
        f'<article class="aw-card{" aw-current" if current else ""}"><p><span class="aw-state aw-{goal.state}">'
        f"{escape(phrases.say('goal_states', goal.state))}</span> {take_up}</p>"
        f"<blockquote>{_kept_html(goal, phrases)}</blockquote>{was}{parts}{ladder}{remarks}</article>"
    )


def _kept_html(goal: "GoalCard", phrases: Phrasebook) -> str:
    """The wording, with the manager's own words in it marked; what is not marked is the frame around them."""
    kept = sorted({phrase for phrase in goal.kept if phrase}, key=len, reverse=True)
    if not kept:
        return escape(goal.text)
    title = escape(phrases.say("refine", "own_words"))
    pieces = re.split(f"({'|'.join(map(re.escape, kept))})", goal.text)
    return "".join(
        f'<mark title="{title}">{escape(piece)}</mark>' if place % 2 else escape(piece)
        for place, piece in enumerate(pieces)
    )


def _origin_html(goal: "GoalCard", phrases: Phrasebook) -> str:
    """That a language model worded the goal, where one did."""
    if goal.origin is None:
        return ""
    who = phrases.say("refine", "taken_over", model=f"{goal.origin.provider}:{goal.origin.model}")
    return f'<p class="aw-small">{escape(who)}</p>'


def _parts_html(goal: "GoalCard", phrases: Phrasebook) -> str:
    """The parts that were asked for, the steps that lead there, and what was said beside, in a line each."""
    rows = [(phrases.say("parts", name), text) for name, text in goal.parts]
    said = {text for _, text in rows}
    rows += [(phrases.say("parts", "step"), action.text) for action in goal.actions if action.text not in said]
    rows += [(phrases.say("parts", "beside"), words) for words in goal.asides]
    lines = "".join(f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in rows)
    return f'<dl class="aw-parts">{lines}</dl>' if lines else ""


def _grounds_html(goal: "GoalCard", phrases: Phrasebook) -> str:
    """What the reason rests on: a passage, in its exact words, or the manager's word."""
    if not goal.reason:
        return ""
    if not goal.grounds:
        return f'<p class="aw-small">{escape(phrases.say("refine", "your_word"))}</p>'
    found = goal.grounds[0]
    where = phrases.say("refine", "rests_on", title=found.title, page=found.page)
    return (
        f'<details class="aw-guide"><summary>{escape(where)}</summary>'
        f"<div><blockquote>{escape(found.quote)}</blockquote></div></details>"
    )


def _ladder_html(chain: WhyChain, goal_id: str, phrases: Phrasebook) -> str:
    """Every why that was answered, with the answer, down to the reason; not to know is no answer."""
    rungs = "".join(
        _rung_html(step, f"{goal_id} {place}", phrases)
        for place, step in enumerate(chain.steps)
        if is_answer(step, phrases.code)
    )
    open_rung = f'<li class="aw-open"><p>{escape(chain.next_question)}</p></li>' if chain.next_question else ""
    label = escape(phrases.say("refine", "ladder"))
    return f'<ol class="aw-ladder" aria-label="{label}">{rungs}{open_rung}</ol>' if rungs or open_rung else ""


def _rung_html(step: WhyStep, place: str, phrases: Phrasebook) -> str:
    """A why, its answer, and how the answer was read, which the manager can overrule."""
    others = "".join(
        f"<li>{_button_html('overrule', f'{place} {name}', phrases.say('readings', name))}</li>"
        for name in ANSWER_CLASSES
        if name not in {step.answer_class, "unsure"}
    )
    read = phrases.say("refine", "read_as", reading=phrases.say("readings", step.answer_class))
    return (
        f"<li><p>{escape(step.question)}</p><blockquote>{escape(step.answer)}</blockquote><details class='aw-read'>"
        f"<summary>{escape(read)}</summary><p>{escape(phrases.say('refine', 'rather'))}</p><ul>{others}</ul>"
        "</details></li>"
    )


def _button_html(act: str, value: str, label: str) -> str:
    return (
        f'<button type="button" class="aw-link" data-act="{act}" data-value="{escape(value)}">{escape(label)}</button>'
    )


def _remark_html(finding: Finding, phrases: Phrasebook) -> str:
    words = phrases.say("severities", finding.severity)
    weight = f'<span class="aw-weight aw-is-{finding.severity}">{escape(words)}</span>'
    return (
        f'<div class="aw-brief"><p>{weight} {escape(finding.message)} <strong>{escape(finding.question)}</strong></p>'
        f"{reference_html(finding.guide, finding.message, phrases)}</div>"
    )


def accepted_goals(conversation: "Conversation") -> Sequence[str]:
    """The texts of the goals that the manager has accepted."""
    return [goal.text for goal in conversation.goals if goal.state == "accepted"]
