"""What closes the Library tab: take along all that is kept of the workspace, or delete it for good."""

import tempfile
import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from html import escape
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.app import critique_tab, following, library_tab, refine_tab
from assistant.app.theme import html
from assistant.app.wiring import PRESSES, connect
from assistant.app.workplace import Say, Workplace

if TYPE_CHECKING:
    from assistant.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Leaving:
    """The parts of the section."""

    notice: gr.HTML
    told: gr.HTML
    prepare: gr.Button
    archive: gr.DownloadButton
    delete: gr.HTML


def lay_out(say: Say) -> Leaving:
    """Put the section's parts where they belong."""
    with gr.Accordion(say("kept_title"), open=False):
        notice, told = html(classes="aw-notice"), html()
        html(f'<p class="aw-small">{escape(say("kept_what"))}</p>')
        prepare = gr.Button(say("kept_prepare"), size="sm", elem_classes="aw-quiet")
        archive = gr.DownloadButton(say("kept_download"), size="sm", visible=False, elem_classes="aw-quiet")
        delete = html(
            '<button type="button" class="aw-chip" data-act="delete" '
            f'data-confirm="{escape(say("kept_sure"))}">{escape(say("kept_delete"))}</button>',
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
        inputs=[parts.archive, *(one for one in emptied if isinstance(one, gr.DownloadButton))],
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


def delete_everything(workplace: Workplace, *offered: str | None) -> tuple[Any, ...]:
    """The page with nothing kept: a new conversation, no critique, no papers; a line says what went.

    Args:
        workplace: whose workspace is deleted.
        offered: the files that this visitor's page offers for download; they are deleted too. Those that it offered
            before, a table of proposed indicators and an upload that waits for its password cannot be told from other
            visitors'; they go when the app stops, as the uploads that were read went at once.
    """
    from assistant.workspace import delete_workspace

    for one in workplace.adding.underway():
        workplace.adding.cancel(one.ticket)
        workplace.adding.drop(one.document)
    with workplace.dialogue() as dialogue:
        gone = delete_workspace(_all_of(workplace, dialogue))
    workplace.forget()
    for file in filter(None, offered):
        _delete_file(Path(file))
    told = f'<p class="aw-small" role="status">{escape(workplace.say("kept_deleted", **asdict(gone)))}</p>'
    empty = critique_tab.clear(workplace.say), library_tab.show_documents(workplace), following.show_followed(workplace)
    return told, gr.DownloadButton(value=None, visible=False), *refine_tab.start_over(workplace), *chain(*empty)


def _delete_file(file: Path) -> None:
    """Delete a file of the folder for downloads, and the folder that was made for it once that is empty."""
    place = Path(tempfile.gettempdir()).resolve()
    if place not in file.resolve().parents or not file.is_file():
        return
    file.unlink()
    if file.parent.resolve() != place and not any(file.parent.iterdir()):
        file.parent.rmdir()


def _all_of(workplace: Workplace, dialogue: Any) -> "Workspace":
    from assistant.workspace import Workspace

    return Workspace(workplace.workspace, workplace.library(), dialogue, workplace.diary(), workplace.register())
