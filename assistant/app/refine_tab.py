"""The Refine tab: a conversation that asks why, with the goals and their reasons beside it."""

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.app.refine_cards import accepted_goals, goals_html, messages, replies_html
from assistant.app.theme import html
from assistant.app.wiring import PRESSES
from assistant.app.workplace import Workplace
from assistant.judging.judge import check_words

if TYPE_CHECKING:
    from assistant.asking.showing import Conversation

LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class RefineTab:
    """The parts of the tab."""

    notice: gr.HTML
    chat: gr.Chatbot
    replies: gr.HTML
    said: gr.Textbox
    send: gr.Button
    over: gr.Button
    goals: gr.HTML
    accepted: gr.State

    @property
    def shown(self) -> list[Any]:
        """What `show` fills."""
        return [self.chat, self.replies, self.goals, self.accepted]


def lay_out() -> RefineTab:
    """Put the tab's parts where they belong."""
    accepted = gr.State(())
    notice = html(classes="aw-notice")
    with gr.Row(elem_classes="aw-columns"):
        with gr.Column(scale=5, min_width=320):
            chat = gr.Chatbot(
                show_label=False, label="Conversation", height="min(54vh, 520px)", buttons=[], feedback_options=None,
                render_markdown=False, layout="bubble", group_consecutive_messages=False, elem_id="aw-chat",
            )  # fmt: skip
            replies = html(js_on_load=PRESSES, elem_id="aw-replies")
            with gr.Row(elem_classes="aw-ask"):
                said = gr.Textbox(
                    show_label=False, label="Your words", placeholder="Write here", lines=1, max_lines=6, scale=5,
                    container=False, autofocus=True,
                )  # fmt: skip
                send = gr.Button("Send", variant="primary", scale=0, min_width=96)
            over = gr.Button("Start over", size="sm", elem_classes="aw-quiet")
        with gr.Column(scale=3, min_width=300):
            goals = html(js_on_load=PRESSES, elem_id="aw-goals")
    return RefineTab(notice, chat, replies, said, send, over, goals, accepted)


def resume(workplace: Workplace, conversation_id: str | None) -> tuple[Any, ...]:
    """The conversation this browser was in; a new one where it was in none, or the data folder has it no more."""
    with workplace.dialogue() as dialogue:
        kept = dialogue.load(conversation_id) if conversation_id else None
    return (conversation_id, *show(kept)) if kept else start_over(workplace)


def start_over(workplace: Workplace) -> tuple[Any, ...]:
    """A new conversation; the old one stays in the data folder."""
    conversation_id = uuid.uuid4().hex
    with workplace.dialogue() as dialogue:
        return conversation_id, *show(dialogue.start(conversation_id, language=LANGUAGE))


def say(workplace: Workplace, conversation_id: str, words: str) -> tuple[Any, ...]:
    """The conversation after the manager has said `words`; the field for them is emptied.

    Raises:
        EmptyText, OversizedText: where `words` are none, or too many for one turn; they then stay in their field.
    """
    check_words(words, "your message")
    with workplace.dialogue() as dialogue, workplace.wording.of(conversation_id) as show_words:
        return "", *show(dialogue.say(conversation_id, words, show_words))


def say_pressed(workplace: Workplace, conversation_id: str, pressed: gr.EventData) -> tuple[Any, ...]:
    """The conversation after a press on one of its answers."""
    with workplace.dialogue() as dialogue, workplace.wording.of(conversation_id) as show_words:
        return show(dialogue.say(conversation_id, pressed.value, show_words))


def change_pressed(workplace: Workplace, conversation_id: str, pressed: gr.EventData) -> tuple[Any, ...]:
    """The conversation after a press beside a goal: to go on with it, or to read an answer otherwise."""
    goal_id, *rest = pressed.value.split()
    with workplace.dialogue() as dialogue:
        if pressed.act == "take_up":
            return show(dialogue.take_up(conversation_id, goal_id))
        place, answer_class = rest
        return show(dialogue.overrule(conversation_id, goal_id, int(place), answer_class))


def take_goals(workplace: Workplace, conversation_id: str, goals: tuple[str, ...]) -> tuple[Any, ...]:
    """The conversation with the strategy's goals in it, on the Refine tab."""
    with workplace.dialogue() as dialogue:
        return gr.Tabs(selected="refine"), *show(dialogue.take_goals(conversation_id, goals))


def show(conversation: "Conversation") -> tuple[Any, ...]:
    """A conversation in the parts of the tab."""
    return (
        messages(conversation),
        replies_html(conversation),
        goals_html(conversation),
        tuple(accepted_goals(conversation)),
    )
