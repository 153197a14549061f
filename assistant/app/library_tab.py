"""The Library tab: the school's own papers, and questions to them and to the guide."""

from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.app.library_cards import added_html, answer_html, documents_html, question_empty_html
from assistant.app.theme import html
from assistant.app.wiring import PRESSES, PROGRESS
from assistant.app.workplace import Workplace
from knowledge.faults import AskwhyError

if TYPE_CHECKING:
    from knowledge.library.accounts import AddedDocument
    from knowledge.library.holdings import Library


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


def lay_out(limits: str) -> LibraryTab:
    """Put the tab's parts where they belong; `limits` says how much of a file is read."""
    notice = html(classes="aw-notice")
    with gr.Row(elem_classes="aw-columns"):
        with gr.Column(scale=4, min_width=320):
            html("<h3>Ask the guide and your papers</h3>")
            with gr.Row(elem_classes="aw-ask"):
                question = gr.Textbox(
                    show_label=False, label="Your question", placeholder="Your question, in your language", scale=5,
                    container=False,
                )  # fmt: skip
                ask = gr.Button("Ask", variant="primary", scale=0, min_width=96)
            answer = html(question_empty_html(), js_on_load=PRESSES, elem_id="aw-answer")
        with gr.Column(scale=3, min_width=300):
            html("<h3>Your papers</h3>")
            documents = html(documents_html(()), js_on_load=PRESSES, elem_id="aw-documents")
            upload = gr.File(label="Add papers", file_count="multiple", height=140, elem_id="aw-library-file")
            html(f'<p class="aw-small">Each {escape(limits)}.</p>')
            added = html()
            with gr.Accordion("A paper is locked?", open=False):
                password = gr.Textbox(label="Its password, before you add it", type="password")
    return LibraryTab(notice, question, ask, answer, upload, password, added, documents)


def answer_asked(workplace: Workplace, question: str, progress: gr.Progress = PROGRESS) -> tuple[Any, ...]:
    """The answer to a question, which stays in its field to be changed.

    Raises:
        EmptyText, OversizedText: as `answer_question` does.
        LibraryFault: where the data folder cannot be used.
    """
    from assistant.answer import answer_question

    progress(0.2, desc="Looking it up; the first time takes some seconds longer")
    return (answer_html(answer_question(question, workplace.library())),)


def answer_pressed(workplace: Workplace, pressed: gr.EventData, progress: gr.Progress = PROGRESS) -> tuple[Any, ...]:
    """The answer to a question on a button, and the question for the field."""
    return (*answer_asked(workplace, pressed.value, progress), pressed.value)


def add_files(
    workplace: Workplace, paths: list[str] | None, password: str, progress: gr.Progress = PROGRESS
) -> tuple[Any, ...]:
    """Add the uploaded files; each that cannot be read is told of in a line, and the library stays as it was.

    The uploads are deleted: the library has their text.
    """
    library = workplace.library()
    told = [_add(library, Path(path), password or None, progress) for path in paths or ()]
    return added_html(told), documents_html(library.documents()), ""


def remove_pressed(workplace: Workplace, pressed: gr.EventData) -> tuple[Any, ...]:
    """Remove the document whose button was pressed.

    Raises:
        UnknownDocument: where it is gone already.
    """
    library = workplace.library()
    library.remove(pressed.value)
    return "", documents_html(library.documents())


def show_documents(workplace: Workplace) -> tuple[Any, ...]:
    """The documents as they are now."""
    return (documents_html(workplace.library().documents()),)


def _add(library: "Library", path: Path, password: str | None, progress: gr.Progress) -> "AddedDocument":
    def tell(done: int, total: int) -> None:
        progress((done, total), desc=f"{path.name}: reading its passages")

    from knowledge.library.accounts import AddedDocument

    progress(0, desc=f"{path.name}: opening it")
    try:
        return library.add(path, password=password, progress=tell)
    except AskwhyError as fault:
        return AddedDocument("", path.name, 0, 0, "failed", str(fault))
    finally:
        path.unlink(missing_ok=True)
