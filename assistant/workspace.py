"""All that is kept of one workspace, in one hand: to take along as a ZIP file, or to delete for good."""

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from assistant.asking.dialogue import Dialogue
from assistant.following.register import Register
from assistant.reviewing.diary import Diary, write_diary
from knowledge.library.holdings import Library

_CONTENTS = """All that Askwhy keeps of the workspace "{name}".

papers.json           your papers: id, name, pages, language
papers/ID.txt         the text of each, as it was read; the files themselves are not kept
papers-diary.json     what was added, replaced and removed, and when
conversations/N.json  each conversation: what was said, the goals with their reasons
decisions.json        what you decided about remarks, and why
followed.json         the indicators that you follow, with what was read of them
"""


@dataclass(frozen=True, slots=True)
class Workspace:
    """A workspace by its name, with what keeps its papers, conversations, decisions and indicators."""

    name: str
    library: Library
    dialogue: Dialogue
    diary: Diary
    register: Register


@dataclass(frozen=True, slots=True)
class Deleted:
    """How many papers, conversations, decisions and followed indicators were deleted."""

    papers: int
    talks: int
    decisions: int
    followed: int


def export_workspace(workspace: Workspace) -> bytes:
    """A ZIP file with all that is kept of a workspace, readable without Askwhy."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in _list_files(workspace):
            archive.writestr(name, text)
    return written.getvalue()


def delete_workspace(workspace: Workspace) -> Deleted:
    """Delete all that is kept of a workspace; its words are overwritten on disk."""
    talks = workspace.dialogue.conversations()
    for one in talks:
        workspace.dialogue.remove(one.id)
    decisions = len(workspace.diary.entries())
    workspace.diary.forget()
    followed = len(workspace.register.entries())
    workspace.register.forget()
    return Deleted(workspace.library.forget(workspace.name), len(talks), decisions, followed)


def _list_files(workspace: Workspace) -> Iterator[tuple[str, str]]:
    """Each file of the export: its name and its text."""
    library, name = workspace.library, workspace.name
    papers = library.documents(name)
    yield "README.txt", _CONTENTS.format(name=name)
    yield "papers.json", _plain([asdict(one) for one in papers])
    for paper in papers:
        yield f"papers/{paper.id}.txt", library.text(paper.id, name)
    yield "papers-diary.json", _plain([asdict(one) for one in library.diary(name)])
    for number, one in enumerate(workspace.dialogue.conversations(), start=1):
        talk = workspace.dialogue.load(one.id)
        if talk is not None:
            yield f"conversations/{number}.json", _plain({**asdict(talk), "last_activity": one.last_activity})
    yield "decisions.json", write_diary(workspace.diary.entries(), "json")
    yield "followed.json", _plain([asdict(one) for one in workspace.register.entries()])


def _plain(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, default=str) + "\n"
