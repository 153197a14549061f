"""A conversation on the screen: its turns as chat messages, its goals and their ladders of whys beside it."""

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from assistant.app.guide_cards import reference_html
from assistant.app.wiring import buttons_html
from assistant.domain import ANSWER_CLASSES, AnswerClass, Finding, WhyChain, WhyStep
from knowledge.lexicon import DEFAULT_LANGUAGE
from knowledge.phrasebook import load_phrases

if TYPE_CHECKING:
    from assistant.asking.conversation import Source, Turn
    from assistant.asking.showing import Conversation, GoalCard

Message = dict[str, str]

STATE_WORDS = {
    "new": "not asked yet",
    "asking": "asking why",
    "reformulated": "reworded",
    "accepted": "accepted",
    "parked": "put aside",
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
    """The goals in hand; the current one comes first, with its remarks."""
    if not conversation.goals:
        return (
            '<div class="aw-empty"><h3>Your goals</h3><p>They appear here as you name them, each with the whys that '
            "you have answered.</p></div>"
        )
    ordered = sorted(conversation.goals, key=lambda goal: goal.id != conversation.current)
    cards = "".join(_goal_html(goal, current=goal.id == conversation.current) for goal in ordered)
    return f"<h3>Your goals</h3>{cards}"


def replies_html(conversation: "Conversation") -> str:
    """The answers that one press gives."""
    return buttons_html("say", conversation.quick_replies)


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
    take_up = "" if current else _button_html("take_up", goal.id, "Go on with this goal")
    return (
        f'<article class="aw-card{" aw-current" if current else ""}"><p><span class="aw-state aw-{goal.state}">'
        f"{STATE_WORDS[goal.state]}</span> {take_up}</p><blockquote>{escape(goal.text)}</blockquote>{was}{ladder}"
        f"{remarks}</article>"
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
