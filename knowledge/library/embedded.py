"""The store that Chroma keeps in a data folder: where it is, and notes beside it of collections that lack nothing.

A note says that a collection, known by its mark, holds what it should and nothing else. It spares opening Chroma to
learn that there is nothing to do. It lies in the store's own folder, so that it goes with it, and whoever writes to the
store strikes all notes first; a process that is killed then leaves none.
"""

import shutil
from pathlib import Path

FOLDER = "vectors"
NOTE = "settled-"


def newest_store(folder: Path) -> Path:
    """Where the store of a data folder is, made where there is none."""
    stores = sorted((folder / FOLDER).glob("[0-9]*"), key=lambda store: int(store.name))
    newest = stores[-1] if stores else folder / FOLDER / "1"
    newest.mkdir(parents=True, exist_ok=True)
    return newest


def replace_store(folder: Path) -> None:
    """Throw a damaged store away; the next has another name, as Chroma remembers a failed one by its path."""
    damaged = newest_store(folder)
    (damaged.parent / str(int(damaged.name) + 1)).mkdir(exist_ok=True)
    shutil.rmtree(damaged, ignore_errors=True)


def note_settled(folder: Path, collection: str, mark: str) -> None:
    """Note that a collection lacks nothing."""
    (newest_store(folder) / f"{NOTE}{collection}").write_text(mark, "ascii")


def read_note(folder: Path, collection: str) -> str:
    """The mark of a collection that is noted to lack nothing, "" where no note is."""
    try:
        return (newest_store(folder) / f"{NOTE}{collection}").read_text("ascii")
    except FileNotFoundError:
        return ""


def strike_notes(folder: Path) -> None:
    """Take all notes away: something is about to be written."""
    for note in newest_store(folder).glob(f"{NOTE}*"):
        note.unlink(missing_ok=True)
