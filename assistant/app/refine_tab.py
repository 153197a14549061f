"""The Refine tab: a conversation that asks why, with the goals and their reasons beside it."""

import unicodedata
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.app.refine_cards import accepted_goals, goals_html, messages, replies_html
from assistant.app.theme import html
from assistant.app.wiring import PRESSES, connect
from assistant.app.workplace import Workplace
from assistant.judging.judge import check_words
from knowledge.phrasebook import load_phrases

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.asking.conversation import Source, Stated, Talk
    from assistant.asking.dialogue import Dialogue
    from assistant.asking.showing import Conversation
    from assistant.domain import Critique

GROUNDS = ("operating_environment", "mission", "values", "vision")  # what a reason is (guide 4.4)
MOST_EARLIER = 20  # talks left for a new one that a browser remembers


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


def lead_on(workplace: Workplace, tab: RefineTab, conversation: gr.BrowserState, earlier: gr.BrowserState) -> None:
    """What each press and message leads to; `earlier` are the talks that this browser left for a new one."""
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
    connect(
        [tab.back.click],
        go_back,
        workplace,
        notice=tab.notice,
        inputs=[conversation, tab.seen, earlier],
        outputs=[*tab.shown, conversation, earlier],
        show_progress_on=[tab.chat],
    )
    connect(
        [tab.over.click],
        leave_for_new,
        workplace,
        notice=tab.notice,
        inputs=[conversation, earlier],
        outputs=[conversation, *tab.shown, earlier],
    )


def resume(workplace: Workplace, conversation_id: str | None, earlier: Sequence[str] | None = ()) -> tuple[Any, ...]:
    """The conversation this browser was in; a new one where it was in none, or the data folder has it no more."""
    with workplace.dialogue() as dialogue:
        kept = dialogue.load(conversation_id) if conversation_id else None
        back = any(_is_kept(dialogue, one) for one in reversed(earlier or ()))
    return (conversation_id, *show(kept, back=back)) if kept else start_over(workplace, back=back)


def start_over(workplace: Workplace, *, back: bool = False) -> tuple[Any, ...]:
    """A new conversation; the old one stays in the data folder. `back` says that a press leads back to it."""
    conversation_id = uuid.uuid4().hex
    with workplace.dialogue() as dialogue:
        begun = dialogue.start(conversation_id, language=workplace.settings.language)
        return conversation_id, *show(begun, back=back)


def leave_for_new(
    workplace: Workplace, conversation_id: str | None, earlier: Sequence[str] | None = ()
) -> tuple[Any, ...]:
    """A new conversation, and the earlier ones with that which it is left for, where something was said in that."""
    with workplace.dialogue() as dialogue:
        left = dialogue.load(conversation_id) if conversation_id else None
        fresh = [conversation_id] if left is not None and not _is_empty(left) else []
        known = [*(one for one in earlier or () if _is_kept(dialogue, one)), *fresh][-MOST_EARLIER:]
    return *start_over(workplace, back=bool(known)), known


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


def go_back(
    workplace: Workplace, conversation_id: str, seen: int, earlier: Sequence[str] | None = ()
) -> tuple[Any, ...]:
    """The conversation with its last turn taken back; from an empty one, the talk that was left for it.

    Then the id of the conversation shown, and the earlier ones that are left.
    """
    with workplace.dialogue() as dialogue:
        known, now = list(earlier or ()), dialogue.load(conversation_id)
        if now is None or not _is_empty(now) or len(now.turns) != seen:
            return *show(dialogue.undo(conversation_id, seen=seen), back=bool(known)), conversation_id, known
        known = [one for one in known if _is_kept(dialogue, one)]
        if not known:
            return *show(dialogue.undo(conversation_id, seen=seen)), conversation_id, known
        *known, conversation_id = known
        return *show(dialogue.start(conversation_id), back=bool(known)), conversation_id, known


def _is_empty(conversation: "Conversation") -> bool:
    """Whether there is nothing in a conversation that could be lost."""
    return not (conversation.can_undo or conversation.goals or conversation.notes)


def _is_kept(dialogue: "Dialogue", conversation_id: str) -> bool:
    """Whether the data folder has a conversation still."""
    return dialogue.recall(conversation_id) is not None


def take_goals(workplace: Workplace, conversation_id: str, visitor: str, goals: tuple[str, ...]) -> tuple[Any, ...]:
    """The conversation with the strategy's goals in it, on the Refine tab; its elements may bear out a reason."""
    latest = workplace.latest(visitor)
    elements = _quote_elements(latest, workplace.settings.language) if latest else ()
    stated = _quote_beside(latest) if latest else {}
    with workplace.dialogue() as dialogue:
        return gr.Tabs(selected="refine"), *show(dialogue.take_goals(conversation_id, goals, elements, stated))


def _quote_beside(critique: "Critique") -> "dict[str, Stated]":
    """What a strategy says beside each goal that the talk would ask for, and how much its critique remarks on it."""
    from assistant.asking.conversation import Stated

    found = {}
    for goal in critique.strategy.goals:
        beside = (goal.beside.need, goal.beside.beneficiary, goal.beside.means, goal.beside.indicator)
        reason, who, means, sign = (quote.text if quote else "" for quote in beside)
        remarks = sum(not one.dismissed and one.severity != "info" for one in goal.findings)
        found[goal.statement.text] = Stated(reason, who, means, sign, remarks)
    return found


def _quote_elements(critique: "Critique", language: str) -> tuple["Source", ...]:
    """The passages of a strategy on which a reason may rest: its environment, mission, values and vision.

    Their titles are in `language`.
    """
    from assistant.asking.conversation import Source

    document, phrases = critique.strategy.document, load_phrases(language)

    def entitle(name: str) -> str:
        return phrases.say("frame", "lead_in", about=document.name, words=phrases.say("elements", name))

    return tuple(
        Source(document.digest, entitle(element.name), None, quote.page, quote.text, quote.span)
        for element in critique.strategy.elements
        if element.name in GROUNDS
        for quote in element.evidence
    )


def show(conversation: "Conversation", field: str | None = None, *, back: bool = False) -> tuple[Any, ...]:
    """A conversation in the parts of the tab, their labels in its language.

    `field` is what the field for the manager's words is to hold; None leaves what is being written there. `back` says
    that there is a talk to go back to from an empty one.
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
        gr.Button(say("go_back_talk" if back and _is_empty(conversation) else "go_back")),
        gr.Button(say("start_over")),
    )
