"""What closes the Library tab: take along all that is kept of the workspace, or delete it for good."""

import tempfile
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.app import critique_tab, following, library_tab, refine_tab
from assistant.app.theme import html
from assistant.app.wiring import PRESSES, connect
from assistant.app.workplace import Workplace

if TYPE_CHECKING:
    from assistant.workspace import Workspace

_SURE = (
    "This deletes your papers, talks, decisions and what you follow for good. Nothing brings them back. "
    "Delete everything?"
)


@dataclass(frozen=True, slots=True)
class Leaving:
    """The parts of the section."""

    notice: gr.HTML
    told: gr.HTML
    prepare: gr.Button
    archive: gr.DownloadButton
    delete: gr.HTML


def lay_out() -> Leaving:
    """Put the section's parts where they belong."""
    with gr.Accordion("Everything that is kept here", open=False):
        notice, told = html(classes="aw-notice"), html()
        html(
            '<p class="aw-small">Your papers as text, your conversations and goals, what you decided and why, '
            "what you follow: one ZIP file, readable without Askwhy.</p>"
        )
        prepare = gr.Button("Prepare the file", size="sm", elem_classes="aw-quiet")
        archive = gr.DownloadButton("Download it", size="sm", visible=False, elem_classes="aw-quiet")
        delete = html(
            '<button type="button" class="aw-chip" data-act="delete" '
            f'data-confirm="{_SURE}">Delete everything</button>',
            js_on_load=PRESSES,
            elem_id="aw-delete",
        )
    return Leaving(notice, told, prepare, archive, delete)


def lead_out(workplace: Workplace, parts: Leaving, emptied: Sequence[Any]) -> None:
    """Let the buttons do what they say; `emptied` is what shows what is kept, in the order of `delete_everything`."""
    connect([parts.prepare.click], prepare_archive, workplace, notice=parts.notice, outputs=[parts.archive])
    connect(
        [parts.delete.click],
        delete_everything,
        workplace,
        notice=parts.notice,
        outputs=[parts.told, parts.archive, *emptied],
    )


def prepare_archive(workplace: Workplace) -> tuple[Any, ...]:
    """The workspace as a file to download; it lies in the app's own folder until the app stops."""
    from assistant.workspace import export_workspace

    with workplace.dialogue() as dialogue:
        packed = export_workspace(_all_of(workplace, dialogue))
    folder = Path(tempfile.mkdtemp())
    file = folder / f"askwhy-{uuid.uuid4().hex[:6]}.zip"
    file.write_bytes(packed)
    return (gr.DownloadButton(value=str(file), visible=True),)


def delete_everything(workplace: Workplace) -> tuple[Any, ...]:
    """The page with nothing kept: a new conversation, no critique, no papers; a line says what went."""
    from assistant.workspace import delete_workspace

    for one in workplace.adding.underway():
        workplace.adding.cancel(one.ticket)
        workplace.adding.drop(one.document)
    with workplace.dialogue() as dialogue:
        gone = delete_workspace(_all_of(workplace, dialogue))
    workplace.forget()
    line = f"Deleted: {gone.papers} papers, {gone.talks} talks, {gone.decisions} decisions, {gone.followed} indicators."
    told = f'<p class="aw-small" role="status">{line}</p>'
    empty = critique_tab.clear(), library_tab.show_documents(workplace), following.show_followed(workplace)
    return told, gr.DownloadButton(visible=False), *refine_tab.start_over(workplace), *chain(*empty)


def _all_of(workplace: Workplace, dialogue: Any) -> "Workspace":
    from assistant.workspace import Workspace

    return Workspace(workplace.workspace, workplace.library(), dialogue, workplace.diary(), workplace.register())
