"""The Library tab: the school's own papers, and questions to them and to the guide."""

from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.app.library_cards import added_html, answer_html, documents_html, question_empty_html
from assistant.app.theme import html
from assistant.app.wiring import PRESSES, PROGRESS
from assistant.app.workplace import Say, Workplace

LOOK_AGAIN = 1.0  # seconds between two looks at papers under way


@dataclass(frozen=True, slots=True)
class LibraryTab:
    """The parts of the tab."""

    notice: gr.HTML
    question: gr.Textbox
    ask: gr.Button
    answer: gr.HTML
    upload: gr.File
    password: gr.Textbox
    added: gr.HTML
    documents: gr.HTML
    papers_notice: gr.HTML
    tickets: gr.State
    clock: gr.Timer

    @property
    def papers(self) -> list[gr.components.Component]:
        """What shows how the papers are."""
        return [self.added, self.documents, self.clock]


def lay_out(say: Say, limits: str) -> LibraryTab:
    """Put the tab's parts where they belong; `say` gives the page's phrases, `limits` how much of a file is read."""
    notice, tickets, clock = html(classes="aw-notice"), gr.State(()), gr.Timer(LOOK_AGAIN, active=False)
    with gr.Row(elem_classes="aw-columns"):
        with gr.Column(scale=4, min_width=320):
            html(f"<h3>{escape(say('ask_title'))}</h3>")
            with gr.Row(elem_classes="aw-ask"):
                question = gr.Textbox(
                    show_label=False, label=say("question"), placeholder=say("question_hint"), scale=5,
                    container=False,
                )  # fmt: skip
                ask = gr.Button(say("ask"), variant="primary", scale=0, min_width=96)
            answer = html(question_empty_html(say), js_on_load=PRESSES, elem_id="aw-answer")
        with gr.Column(scale=3, min_width=300):
            html(f"<h3>{escape(say('papers_title'))}</h3>")
            papers_notice = html(classes="aw-notice")
            documents = html(documents_html((), say=say), js_on_load=PRESSES, elem_id="aw-documents")
            upload = gr.File(label=say("add_papers"), file_count="multiple", height=140, elem_id="aw-library-file")
            html(f'<p class="aw-small">{escape(say("each", limits=limits))}</p>')
            added = html()
            with gr.Accordion(say("locked"), open=False):
                password = gr.Textbox(label=say("locked_password"), type="password")
    return LibraryTab(notice, question, ask, answer, upload, password, added, documents, papers_notice, tickets, clock)


def answer_asked(workplace: Workplace, question: str, progress: gr.Progress = PROGRESS) -> tuple[Any, ...]:
    """The answer to a question, which stays in its field to be changed.

    Raises:
        EmptyText, OversizedText: as `answer_question` does.
        LibraryFault: where the data folder cannot be used.
    """
    progress(0.2, desc=workplace.say("looking_up"))
    return (answer_html(workplace.answer(question)),)


def answer_pressed(workplace: Workplace, pressed: gr.EventData, progress: gr.Progress = PROGRESS) -> tuple[Any, ...]:
    """The answer to a question on a button, and the question for the field."""
    return (*answer_asked(workplace, pressed.value, progress), pressed.value)


def add_files(workplace: Workplace, paths: list[str] | None, password: str) -> tuple[Any, ...]:
    """Begin to add the uploaded files behind the page; their tickets, what is under way, and an empty password.

    The uploads are deleted once read: the library has their text.
    """
    tickets = workplace.adding.begin([Path(path) for path in paths or ()], password or None)
    return tickets, *show_documents(workplace, tickets), ""


def documents_pressed(workplace: Workplace, tickets: tuple[str, ...], pressed: gr.EventData) -> tuple[Any, ...]:
    """Cancel the paper, or remove the document, whose button was pressed.

    Raises:
        UnknownDocument: where it is gone already.
    """
    if pressed.act == "cancel":
        workplace.adding.cancel(pressed.value)
    else:
        workplace.adding.drop(pressed.value)
        workplace.library().remove(pressed.value, workplace.workspace)
        tickets = ()
    return tickets, *show_documents(workplace, tickets)


def show_documents(workplace: Workplace, tickets: tuple[str, ...] = ()) -> tuple[Any, ...]:
    """What became of the papers with these tickets, the documents as they are now, and whether to look again soon."""
    underway = workplace.adding.underway()
    documents = workplace.library().documents(workplace.workspace)
    busy = bool(underway) or not all(one.complete for one in documents)
    told = added_html(workplace.adding.outcomes(tickets), workplace.say)
    return told, documents_html(documents, underway, say=workplace.say), gr.Timer(active=busy)
