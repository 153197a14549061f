"""The Critique tab: a document in, its critique on the screen and as files to keep."""

import json
import tempfile
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.app.critique_cards import critique_html, empty_html
from assistant.app.theme import html
from assistant.app.wiring import PRESSES, PROGRESS
from assistant.app.workplace import Workplace
from assistant.domain import Critique
from assistant.reviewing.record import critique_json
from assistant.reviewing.report import render_html, render_markdown
from knowledge.faults import LockedFile, NoSpace, UnreadableFile

if TYPE_CHECKING:
    from knowledge.document import Document

FORMS = {"md": "Markdown", "html": "Web page", "json": "Data (JSON)"}


@dataclass(frozen=True, slots=True)
class CritiqueTab:
    """The parts of the tab; `shown` are those that a new critique changes, in the order that `show` gives them."""

    notice: gr.HTML
    upload: gr.File
    compare: gr.Checkbox
    example: gr.Button
    locked: gr.Column
    locked_line: gr.HTML
    password: gr.Textbox
    unlock: gr.Button
    kept: gr.State
    goals: gr.State
    refine: gr.Button
    results: gr.HTML
    downloads: tuple[gr.DownloadButton, ...]
    keep: gr.Column

    @property
    def shown(self) -> list[Any]:
        """What `show` fills."""
        return [self.goals, self.results, self.refine, self.keep, *self.downloads]

    @property
    def read(self) -> list[Any]:
        """What an upload fills: what `show` fills, and the fields for a locked file."""
        return [*self.shown, self.kept, self.locked, self.locked_line, self.password]


def lay_out(megabytes: int) -> CritiqueTab:
    """Put the tab's parts where they belong; `megabytes` is the largest file taken."""
    goals, kept = gr.State(()), gr.State()
    notice = html(classes="aw-notice")
    with gr.Row(elem_classes="aw-columns"):
        with gr.Column(scale=2, min_width=280, elem_classes="aw-side"):
            upload = gr.File(label="Your strategy", height=150, elem_id="aw-strategy-file")
            html(
                f'<p class="aw-small">PDF, Word, Markdown, text or web page, up to {megabytes} MB. '
                "It is read whole, and not kept.</p>"
            )
            with gr.Column(visible=False, elem_classes="aw-locked") as locked:
                locked_line = html()
                password = gr.Textbox(label="Password of the file", type="password")
                unlock = gr.Button("Open it", variant="primary")
            compare = gr.Checkbox(label="Compare it with the papers in your library", container=False)
            example = gr.Button("Try the example", elem_id="aw-example")
            refine = gr.Button("Refine these goals", variant="primary", visible=False)
            with gr.Column(visible=False, elem_classes="aw-keep") as keep:
                html('<p class="aw-label">Keep this critique</p>')
                downloads = tuple(gr.DownloadButton(name, size="sm") for name in FORMS.values())
        with gr.Column(scale=5, min_width=320):
            results = html(empty_html(), elem_id="aw-critique", js_on_load=PRESSES)
    return CritiqueTab(
        notice,
        upload,
        compare,
        example,
        locked,
        locked_line,
        password,
        unlock,
        kept,
        goals,
        refine,
        results,
        downloads,
        keep,
    )


def criticise_example(
    workplace: Workplace, compare: bool, visitor: str, progress: gr.Progress = PROGRESS
) -> tuple[Any, ...]:
    """The critique of the example that ships."""
    from assistant.example import read_example

    return _criticise(read_example(), workplace, compare, visitor, progress)


def criticise_file(
    workplace: Workplace, path: str | None, password: str, compare: bool, visitor: str, progress: gr.Progress = PROGRESS
) -> tuple[Any, ...]:
    """The critique of an uploaded file; for a locked one, the field for its password.

    The upload is deleted once it has been read, or cannot be.

    Raises:
        UnreadableFile: where the file gives no document.
    """
    from knowledge.reading.files import read_file

    if not path:
        return (gr.skip(),) * (4 + len(FORMS) + 4)
    progress(0.1, desc="Reading the document")
    file = Path(path)
    try:
        document = read_file(file, password=password or None)
    except LockedFile as fault:
        line = f'<p class="aw-fault" role="alert">{escape(str(fault))}</p>'
        return (*_unread(), path, gr.Column(visible=True), line, "")
    except UnreadableFile:
        file.unlink(missing_ok=True)
        raise
    file.unlink(missing_ok=True)
    shown = _criticise(document, workplace, compare, visitor, progress)
    return (*shown, None, gr.Column(visible=False), "", "")


def show_latest(workplace: Workplace, visitor: str) -> tuple[Any, ...]:
    """What a visitor saw last, after a reload; nothing changes where there is nothing."""
    latest = workplace.latest(visitor)
    return show(latest) if latest else _unread()


def show(found: Critique) -> tuple[Any, ...]:
    """A critique in the parts of the tab."""
    goals = tuple(goal.statement.text for goal in found.strategy.goals) if found.strategy.is_strategy else ()
    files = _written(found) if found.strategy.is_strategy else (None,) * len(FORMS)
    return (
        goals,
        critique_html(found),
        gr.Button(visible=bool(goals)),
        gr.Column(visible=found.strategy.is_strategy),
        *(gr.DownloadButton(value=file) for file in files),
    )


def _criticise(
    document: "Document", workplace: Workplace, compare: bool, visitor: str, progress: gr.Progress
) -> tuple[Any, ...]:
    from assistant.reviewing.critique import critique

    progress(0.4, desc="Weighing it, goal by goal")
    found = critique(document, policies=_papers(workplace, document) if compare else ())
    workplace.keep(visitor, found)
    return show(found)


def _papers(workplace: Workplace, document: "Document") -> "list[Document]":
    """The school's own papers: what is in the library, but for the document itself and the guide."""
    from knowledge.digest import recognises_guide

    library = workplace.library()
    papers = [library.document(one.id) for one in library.documents()]
    return [paper for paper in papers if paper.digest != document.digest and not recognises_guide(paper)]


def _unread() -> tuple[Any, ...]:
    return tuple(gr.skip() for _ in range(4 + len(FORMS)))


def _written(found: Critique) -> tuple[str, ...]:
    """The critique in each form, in a folder that the page hands out files from."""
    texts = {
        "md": render_markdown(found),
        "html": render_html(found),
        "json": json.dumps(critique_json(found), ensure_ascii=False, indent=1) + "\n",
    }
    try:
        folder = Path(tempfile.mkdtemp(prefix="critique-"))
        files = [folder / f"critique.{ending}" for ending in FORMS]
        for file, text in zip(files, texts.values(), strict=True):
            file.write_text(text, encoding="utf-8")
    except OSError as fault:
        raise NoSpace("critique", f"it cannot be written ({fault.strerror})", "Make room on the disk.") from fault
    return tuple(map(str, files))
