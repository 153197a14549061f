"""A conversation on the screen: its turns as chat messages, its goals and their ladders of whys beside it."""

import re
from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from assistant.app.guide_cards import reference_html
from assistant.app.tree_cards import notes_html, tree_html
from assistant.app.wiring import buttons_html
from assistant.domain import ANSWER_CLASSES, AnswerClass, Finding, WhyChain, WhyStep
from knowledge.lexicon import DEFAULT_LANGUAGE, load_lexicon
from knowledge.phrasebook import load_phrases

if TYPE_CHECKING:
    from assistant.asking.composition import Part
    from assistant.asking.conversation import Source, Turn
    from assistant.asking.showing import Conversation, GoalCard, Progress

Message = dict[str, str]

STATE_WORDS = {
    "new": "not asked yet",
    "asking": "asking why",
    "reformulated": "reworded",
    "accepted": "accepted",
    "parked": "put aside",
    "merged": "joined to another",
}
PART_WORDS: "dict[Part, str]" = {
    "who": "Who gains",
    "change": "What will be different",
    "means": "The way there",
    "sign": "Seen by",
}
CLASS_WORDS: dict[AnswerClass, str] = {
    "need_or_reason": "a need, so a reason",
    "higher_goal": "a further goal",
    "means_or_activity": "a way to get there",
    "circular": "the goal once more",
    "mandate_or_funding": "a duty or money",
    "value_or_mission": "a value or the mission",
    "unsure": "not clear",
}
REMARKS = 3


def messages(conversation: "Conversation") -> list[Message]:
    """The turns as the chat takes them."""
    return [
        {"role": "user" if turn.speaker == "manager" else "assistant", "content": _turn_text(turn)}
        for turn in conversation.turns
    ]


def goals_html(conversation: "Conversation") -> str:
    """The goals in hand, the current one first, with its remarks; below them their tree and the journey's notes."""
    notes = notes_html(conversation.notes, conversation.language)
    if not conversation.goals:
        return notes or (
            '<div class="aw-empty"><h3>Your goals</h3><p>They appear here as you name them, each with the whys that '
            "you have answered, and how they hang together.</p></div>"
        )
    ordered = sorted(conversation.goals, key=lambda goal: goal.id != conversation.current)
    cards = "".join(_goal_html(goal, current=goal.id == conversation.current) for goal in ordered)
    return f"<h3>Your goals</h3>{cards}{tree_html(conversation)}{notes}"


def replies_html(conversation: "Conversation") -> str:
    """How far the talk has come, and the answers that one press gives; first of all, that it has moved on."""
    voice = load_lexicon(conversation.language).voice
    moved = f'<p class="aw-fault" role="status">{escape(voice["moved_on"])}</p>' if conversation.moved_on else ""
    return f"{moved}{_progress_html(conversation.progress)}{buttons_html('say', conversation.quick_replies)}"


def _progress_html(progress: "Progress") -> str:
    """The step, the goal, the why or the questions left, in one line; "" before there is any."""
    parts = [
        f"{name} {place[0]} of {place[1]}"
        for name, place in (("Step", progress.step), ("Goal", progress.goal))
        if place is not None
    ]
    if progress.whys is not None:
        asked, most = progress.whys
        parts.append(f"Why {min(asked + 1, most)} of at most {most}")
    if progress.parts_left:
        parts.append(f"Short questions left: {progress.parts_left}")
    return f'<p class="aw-progress" role="status">{" · ".join(parts)}</p>' if parts else ""


def _turn_text(turn: "Turn") -> str:
    """The turn as plain text, each citation after it with its place."""
    said = "\n\n".join([turn.text.strip(), *(_citation_text(citation) for citation in turn.citations)])
    return escape(said, quote=False)  # the chat would show HTML as HTML


def _citation_text(citation: "Source") -> str:
    section = f", section {citation.section}" if citation.section else ""
    return f"“{citation.quote}”\n– {citation.title}{section}, page {citation.page}"


def _goal_html(goal: "GoalCard", *, current: bool) -> str:
    was = f'<p class="aw-small">At first: {escape(goal.original)}</p>' if goal.original != goal.text else ""
    remarks = "".join(_remark_html(finding) for finding in goal.findings[:REMARKS]) if current else ""
    ladder = _ladder_html(goal.chain, goal.id) if goal.chain else ""
    parts = _parts_html(goal) + _grounds_html(goal)
    take_up = "" if current else _button_html("take_up", goal.id, "Go on with this goal")
    return (
        f'<article class="aw-card{" aw-current" if current else ""}"><p><span class="aw-state aw-{goal.state}">'
        f"{STATE_WORDS[goal.state]}</span> {take_up}</p><blockquote>{_kept_html(goal)}</blockquote>{was}{parts}{ladder}"
        f"{remarks}</article>"
    )


def _kept_html(goal: "GoalCard") -> str:
    """The wording, with the manager's own words in it marked; what is not marked is the frame around them."""
    kept = sorted({phrase for phrase in goal.kept if phrase}, key=len, reverse=True)
    if not kept:
        return escape(goal.text)
    pieces = re.split(f"({'|'.join(map(re.escape, kept))})", goal.text)
    return "".join(
        f'<mark title="your words">{escape(piece)}</mark>' if place % 2 else escape(piece)
        for place, piece in enumerate(pieces)
    )


def _parts_html(goal: "GoalCard") -> str:
    """How it will be seen, and the steps that lead there, in a line each."""
    rows = [(PART_WORDS[name], text) for name, text in goal.parts]
    said = {text for _, text in rows}
    rows += [("Step", action.text) for action in goal.actions if action.text not in said]
    lines = "".join(f"<dt>{name}</dt><dd>{escape(text)}</dd>" for name, text in rows)
    return f'<dl class="aw-parts">{lines}</dl>' if lines else ""


def _grounds_html(goal: "GoalCard") -> str:
    """What the reason rests on: a passage, in its exact words, or the manager's word."""
    if not goal.reason:
        return ""
    if not goal.grounds:
        return '<p class="aw-small">The reason rests on your word.</p>'
    found = goal.grounds[0]
    return (
        f'<details class="aw-guide"><summary>The reason rests on {escape(found.title)}, page {found.page}</summary>'
        f"<div><blockquote>{escape(found.quote)}</blockquote></div></details>"
    )


def _ladder_html(chain: WhyChain, goal_id: str) -> str:
    """Every why that was asked, with its answer, down to the reason."""
    rungs = "".join(_rung_html(step, f"{goal_id} {place}") for place, step in enumerate(chain.steps))
    open_rung = f'<li class="aw-open"><p>{escape(chain.next_question)}</p></li>' if chain.next_question else ""
    return f'<ol class="aw-ladder" aria-label="The whys so far">{rungs}{open_rung}</ol>' if rungs or open_rung else ""


def _rung_html(step: WhyStep, place: str) -> str:
    """A why, its answer, and how the answer was read, which the manager can overrule."""
    others = "".join(
        f"<li>{_button_html('overrule', f'{place} {name}', CLASS_WORDS[name])}</li>"
        for name in ANSWER_CLASSES
        if name not in {step.answer_class, "unsure"}
    )
    return (
        f"<li><p>{escape(step.question)}</p><blockquote>{escape(step.answer)}</blockquote><details class='aw-read'>"
        f"<summary>read as {CLASS_WORDS[step.answer_class]}</summary><p>No, it is</p><ul>{others}</ul></details></li>"
    )


def _button_html(act: str, value: str, label: str) -> str:
    return (
        f'<button type="button" class="aw-link" data-act="{act}" data-value="{escape(value)}">{escape(label)}</button>'
    )


def _remark_html(finding: Finding) -> str:
    words = load_phrases(DEFAULT_LANGUAGE).say("severities", finding.severity)
    weight = f'<span class="aw-weight aw-is-{finding.severity}">{escape(words)}</span>'
    return (
        f'<div class="aw-brief"><p>{weight} {escape(finding.message)} <strong>{escape(finding.question)}</strong></p>'
        f"{reference_html(finding.guide, finding.message)}</div>"
    )


def accepted_goals(conversation: "Conversation") -> Sequence[str]:
    """The texts of the goals that the manager has accepted."""
    return [goal.text for goal in conversation.goals if goal.state == "accepted"]
