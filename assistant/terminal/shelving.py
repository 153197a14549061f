"""The commands of the library, and of a workspace as a whole."""

from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.schema import top_level
from assistant.settings import Settings
from assistant.terminal.outcome import Outcome, open_library, read_document, tell_text
from assistant.terminal.progress import telling
from knowledge.faults import UnreadableFile

if TYPE_CHECKING:
    from assistant.workspace import Workspace
    from knowledge.document import Document
    from knowledge.library.accounts import AddedDocument
    from knowledge.library.holdings import Library


def add_to_library(options: Namespace, settings: Settings) -> Outcome:
    """Add files, and the files in folders, to a workspace of the library; one that cannot be read stops no other.

    All are found by their words before the first is found by its meaning; whoever stops this in between keeps them so,
    and the next `add` makes the rest.
    """
    from knowledge.reading.isolation import close_servers

    library = open_library(settings)
    added = _add(library, _files(options.paths), options, settings)
    close_servers()  # what reads files need not hold memory while vectors are made
    library.complete(options.workspace, telling("passages embedded"))
    return Outcome(
        top_level({"documents": [asdict(one) for one in added]}),
        lambda: "".join(f"{one.status:9}  {one.id}  {one.name} ({one.pages} pages)\n" for one in added),
        tuple(one.message for one in added if one.message),
        failed=all(one.status == "failed" for one in added),
    )


def list_library(options: Namespace, settings: Settings) -> Outcome:
    """The documents of a workspace."""
    kept = open_library(settings).documents(options.workspace)
    return Outcome(
        top_level({"documents": [asdict(one) for one in kept]}),
        lambda: "".join(f"{one.id}  {one.name} ({one.pages} pages)\n" for one in kept) or "No documents.\n",
    )


def remove_from_library(options: Namespace, settings: Settings) -> Outcome:
    """Take a document out of a workspace, with everything that was made of it."""
    open_library(settings).remove(options.id, options.workspace)
    return Outcome(top_level({"removed": options.id}), lambda: f"{options.id} is removed.\n")


def show_library_text(options: Namespace, settings: Settings) -> Outcome:
    """The text of a document in the library, as it was read."""
    return tell_text(open_library(settings).document(options.id, options.workspace))


def export_all(options: Namespace, settings: Settings) -> Outcome:
    """Write all that is kept of a workspace to one ZIP file."""
    from assistant.terminal.batch import write_whole
    from assistant.workspace import export_workspace

    with _opened(options, settings) as workspace:
        archive = export_workspace(workspace)
    write_whole(Path(options.archive), archive)
    return Outcome(
        top_level({"archive": options.archive, "bytes": len(archive)}), lambda: f"{options.archive} is written.\n"
    )


def delete_all(options: Namespace, settings: Settings) -> Outcome:
    """Delete all that is kept of a workspace."""
    from assistant.workspace import delete_workspace

    with _opened(options, settings) as workspace:
        gone = delete_workspace(workspace)
    return Outcome(
        top_level({"deleted": asdict(gone)}),
        lambda: (
            f"Deleted: {gone.papers} papers, {gone.talks} talks, {gone.decisions} decisions, "
            f"{gone.followed} indicators.\n"
        ),
    )


@contextmanager
def _opened(options: Namespace, settings: Settings) -> Iterator["Workspace"]:
    from assistant.asking.dialogue import open_dialogue
    from assistant.following.register import Register
    from assistant.reviewing.diary import Diary
    from assistant.workspace import Workspace

    name, database = options.workspace, settings.database
    with open_dialogue(settings.data, workspace=name, database=database) as dialogue:
        yield Workspace(
            name,
            open_library(settings),
            dialogue,
            Diary(settings.data, name, database=database),
            Register(settings.data, name, database=database),
        )


def _files(paths: Sequence[str]) -> list[Path]:
    """The files named, and in alphabetical order those in the folders named; hidden ones are left out."""
    from assistant.terminal.batch import files_in

    return [file for path in map(Path, paths) for file in (files_in(path) if path.is_dir() else (path,))]


def _add(library: "Library", files: Sequence[Path], options: Namespace, settings: Settings) -> "list[AddedDocument]":
    """What became of each file; the pages of a single one are told as they are read, of several the files."""
    from knowledge.library.accounts import AddedDocument
    from knowledge.library.adding import add_all

    unlock = partial(_read, options, settings)
    if len(files) == 1:
        known = library.recognise(files[0], options.workspace)
        try:
            return [known or library.keep(unlock(files[0]), options.workspace, later=True)]
        except UnreadableFile as fault:
            return [AddedDocument("", files[0].name, 0, 0, "failed", str(fault))]
    tell = telling("files read")
    added: list[AddedDocument] = []
    for one in add_all(library, files, options.workspace, options.password, limits=settings.limits, unlock=unlock):
        added.append(one)
        if tell is not None:
            tell(len(added), len(files))
    return added


def _read(options: Namespace, settings: Settings, path: Path) -> "Document":
    return read_document(str(path), options, settings)
