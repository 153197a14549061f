"""The Refine tab: a conversation that asks why, with the goals and their reasons beside it."""

import unicodedata
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.app.refine_cards import accepted_goals, goals_html, messages, replies_html
from assistant.app.theme import html
from assistant.app.wiring import PRESSES, connect
from assistant.app.workplace import Workplace
from assistant.judging.judge import check_words
from knowledge.lexicon import DEFAULT_LANGUAGE
from knowledge.phrasebook import load_phrases

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.asking.conversation import Source, Stated, Talk
    from assistant.asking.showing import Conversation
    from assistant.domain import Critique

GROUNDS = ("operating_environment", "mission", "values", "vision")  # what a reason is (guide 4.4)


@dataclass(frozen=True, slots=True)
class RefineTab:
    """The parts of the tab."""

    notice: gr.HTML
    chat: gr.Chatbot
    replies: gr.HTML
    said: gr.Textbox
    send: gr.Button
    back: gr.Button
    over: gr.Button
    goals: gr.HTML
    accepted: gr.State
    seen: gr.State

    @property
    def shown(self) -> list[Any]:
        """What `show` fills."""
        labelled = (self.said, self.send, self.back, self.over)
        return [self.chat, self.replies, self.goals, self.accepted, self.seen, *labelled]


def lay_out(language: str) -> RefineTab:
    """Put the tab's parts where they belong; until the manager speaks, its labels are in `language`."""
    accepted, seen = gr.State(()), gr.State(0)
    say = partial(load_phrases(language).say, "refine")
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
                    show_label=False, label=say("your_words"), placeholder=say("write_here"), lines=1, max_lines=6,
                    scale=5, container=False, autofocus=True,
                )  # fmt: skip
                send = gr.Button(say("send"), variant="primary", scale=0, min_width=96)
            with gr.Row(elem_classes="aw-under"):
                back = gr.Button(say("go_back"), size="sm", elem_classes="aw-quiet")
                over = gr.Button(say("start_over"), size="sm", elem_classes="aw-quiet")
        with gr.Column(scale=3, min_width=300):
            goals = html(js_on_load=PRESSES, elem_id="aw-goals")
    return RefineTab(notice, chat, replies, said, send, back, over, goals, accepted, seen)


def lead_on(workplace: Workplace, tab: RefineTab, conversation: gr.BrowserState) -> None:
    """What each press and message leads to."""
    connect(
        [tab.send.click, tab.said.submit],
        say,
        workplace,
        notice=tab.notice,
        inputs=[conversation, tab.seen, tab.said],
        outputs=tab.shown,
        show_progress_on=[tab.chat],
    )
    presses = (
        (tab.replies.click, say_pressed),
        (tab.goals.click, change_pressed),
        (tab.back.click, go_back),
    )
    for pressed, handler in presses:
        connect(
            [pressed],
            handler,
            workplace,
            notice=tab.notice,
            inputs=[conversation, tab.seen],
            outputs=tab.shown,
            show_progress_on=[tab.chat],
        )
    connect([tab.over.click], start_over, workplace, notice=tab.notice, outputs=[conversation, *tab.shown])


def resume(workplace: Workplace, conversation_id: str | None) -> tuple[Any, ...]:
    """The conversation this browser was in; a new one where it was in none, or the data folder has it no more."""
    with workplace.dialogue() as dialogue:
        kept = dialogue.load(conversation_id) if conversation_id else None
    return (conversation_id, *show(kept)) if kept else start_over(workplace)


def start_over(workplace: Workplace) -> tuple[Any, ...]:
    """A new conversation; the old one stays in the data folder."""
    conversation_id = uuid.uuid4().hex
    with workplace.dialogue() as dialogue:
        return conversation_id, *show(dialogue.start(conversation_id, language=workplace.settings.language))


def say(workplace: Workplace, conversation_id: str, seen: int, words: str) -> Iterator[tuple[Any, ...]]:
    """The conversation after the manager has said `words`; the field for them is emptied.

    Where a language model is asked, it is given as far as that has come, too. `seen` is how many turns this window
    showed: words meant for a question that is open no more are not applied, and stay in their field.

    Raises:
        EmptyText, OversizedText: where `words` are none, or too many for one turn; they then stay in their field.
    """
    check_words(words, "your message")
    # Pasted letters may have their accents beside them, which no list of words knows.
    heard = unicodedata.normalize("NFC", words)
    with workplace.dialogue() as dialogue:
        for place, said in enumerate(dialogue.saying(conversation_id, heard, seen=seen)):
            # Emptied once: the next words may be in it by the time that a model has done.
            yield show(said, field=None if place or said.moved_on else "")


def say_pressed(
    workplace: Workplace, conversation_id: str, seen: int, pressed: gr.EventData
) -> Iterator[tuple[Any, ...]]:
    """The conversation after a press on one of its answers, given as by `say`."""
    with workplace.dialogue() as dialogue:
        yield from map(show, dialogue.saying(conversation_id, pressed.value, seen=seen))


def change_pressed(
    workplace: Workplace, conversation_id: str, seen: int, pressed: gr.EventData
) -> Iterator[tuple[Any, ...]]:
    """The conversation after a press beside a goal or in the tree: to go on with it, or to change it; as by `say`."""
    from assistant.asking import climbing, planning

    node_id, *rest = pressed.value.split()
    changes: dict[str, Callable[[Talk], Talk]] = {
        "take_up": partial(climbing.choose_goal, goal_id=node_id),
        "plan": partial(planning.plan_goal, goal_id=node_id),
        "rename": partial(planning.rename, node_id=node_id, text=pressed.reason),
        "remove": partial(planning.remove, node_id=node_id),
        "move": partial(planning.move, node_id=node_id, under=pressed.reason),
    }
    if pressed.act == "overrule":
        place, answer_class = rest
        changes["overrule"] = partial(climbing.overrule, goal_id=node_id, place=int(place), answer_class=answer_class)
    with workplace.dialogue() as dialogue:
        yield from map(show, dialogue.changing(conversation_id, changes[pressed.act], seen=seen))


def go_back(workplace: Workplace, conversation_id: str, seen: int) -> tuple[Any, ...]:
    """The conversation with its last turn taken back."""
    with workplace.dialogue() as dialogue:
        return show(dialogue.undo(conversation_id, seen=seen))


def take_goals(workplace: Workplace, conversation_id: str, visitor: str, goals: tuple[str, ...]) -> tuple[Any, ...]:
    """The conversation with the strategy's goals in it, on the Refine tab; its elements may bear out a reason."""
    latest = workplace.latest(visitor)
    elements = _quote_elements(latest) if latest else ()
    stated = _quote_beside(latest) if latest else {}
    with workplace.dialogue() as dialogue:
        return gr.Tabs(selected="refine"), *show(dialogue.take_goals(conversation_id, goals, elements, stated))


def _quote_beside(critique: "Critique") -> "dict[str, Stated]":
    """What a strategy says beside each of its goals that the talk would ask for, by the goal's text."""
    from assistant.asking.conversation import Stated

    found = {}
    for goal in critique.strategy.goals:
        beside = (goal.beside.need, goal.beside.beneficiary, goal.beside.means, goal.beside.indicator)
        if any(beside):
            found[goal.statement.text] = Stated(*(quote.text if quote else "" for quote in beside))
    return found


def _quote_elements(critique: "Critique") -> tuple["Source", ...]:
    """The passages of a strategy on which a reason may rest: its environment, mission, values and vision."""
    from assistant.asking.conversation import Source

    document = critique.strategy.document
    return tuple(
        Source(document.digest, f"{document.name}: {load_phrases(DEFAULT_LANGUAGE).say('elements', element.name)}",
               None, quote.page, quote.text, quote.span)
        for element in critique.strategy.elements
        if element.name in GROUNDS
        for quote in element.evidence
    )  # fmt: skip


def show(conversation: "Conversation", field: str | None = None) -> tuple[Any, ...]:
    """A conversation in the parts of the tab, their labels in its language.

    `field` is what the field for the manager's words is to hold; None leaves what is being written there.
    """
    say = partial(load_phrases(conversation.language).say, "refine")
    label, placeholder = say("your_words"), say("write_here")
    emptied = gr.Textbox(label=label, placeholder=placeholder)
    if field is not None:
        emptied = gr.Textbox(field, label=label, placeholder=placeholder)
    return (
        messages(conversation),
        replies_html(conversation),
        goals_html(conversation),
        tuple(accepted_goals(conversation)),
        len(conversation.turns),
        emptied,
        gr.Button(say("send")),
        gr.Button(say("go_back")),
        gr.Button(say("start_over")),
    )
