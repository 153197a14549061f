"""A critique as files to keep, in every form there is."""

import json
import tempfile
from collections.abc import Callable
from pathlib import Path, PurePath

from assistant.app.workplace import Say, Workplace
from assistant.domain import Critique
from assistant.reviewing.annotation import Original, write_docx, write_pdf
from assistant.reviewing.diary import write_diary
from assistant.reviewing.record import critique_json
from assistant.reviewing.report import render_html, render_markdown
from assistant.reviewing.versions import Comparison
from knowledge.faults import BadInput, CorruptFile, NoSpace

MOST_OF_NAME = 60  # letters: a path may have 260 where it is short
# The endings of the files, and what the page calls each.
FORMS = {
    "docx": "as_word",
    "pdf": "as_pdf",
    "md": "as_markdown",
    "html": "as_page",
    "json": "as_data",
    "csv": "as_diary",
}


def write_files(
    workplace: Workplace, visitor: str, found: Critique, comparison: Comparison | None
) -> tuple[str | None, ...]:
    """The critique in each form, in a folder that the page hands out files from; None for a form it cannot have.

    What talks about its goals came to is in them. Of what is no strategy there are none.

    Raises:
        NoSpace: where they cannot be written.
    """
    if not found.strategy.is_strategy:
        return (None,) * len(FORMS)
    original = workplace.original(visitor) or Original(found.strategy.document.name, b"")
    talked = workplace.gather_talked(visitor, found)
    made: dict[str, str | bytes | None] = {
        "docx": _or_none(lambda: write_docx(found, original, talked)),
        "pdf": _or_none(lambda: write_pdf(found, original, talked)),
        "md": render_markdown(found, comparison, talked),
        "html": render_html(found, comparison, talked),
        "json": json.dumps(critique_json(found, comparison, talked), ensure_ascii=False, indent=1) + "\n",
        "csv": write_diary(workplace.diary().entries(), "csv"),
    }
    names = _name_files(found.strategy.document.name, workplace.say)
    try:
        folder = Path(tempfile.mkdtemp(prefix="critique-"))
        files: list[str | None] = []
        for ending in FORMS:
            content, file = made[ending], folder / f"{names[ending]}.{ending}"
            if content is not None:
                file.write_bytes(content.encode() if isinstance(content, str) else content)
            files.append(None if content is None else str(file))
    except OSError as fault:
        raise NoSpace("critique", f"it cannot be written ({fault.strerror})", "Make room on the disk.") from fault
    return tuple(files)


def _name_files(document: str, say: Say) -> dict[str, str]:
    """What the file of each form is called, after the document, without its ending; the diary is of all documents."""
    kept = "".join(sign if sign.isalnum() or sign in " ._-()" else "-" for sign in PurePath(document).stem)
    name = kept.strip(" .-")[:MOST_OF_NAME] or "strategy"
    return {form: say("file_diary" if form == "csv" else "file_critique", name=name) for form in FORMS}


def _or_none(write: Callable[[], bytes]) -> bytes | None:
    """The file with its comments; None where the format cannot carry them: the critique itself is not lost by that."""
    try:
        return write()
    except (BadInput, CorruptFile):
        return None
