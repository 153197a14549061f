"""Which documents a data folder holds, workspace by workspace: their whole texts and structure, and a diary of them.

The catalogue is the truth; vectors are rebuilt from it. A document is in it whole or not at all: each change is one
transaction, which also notes which vectors it makes needless (see `ledger`).
"""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from knowledge.document import Block, Document, Page, Span, Withheld
from knowledge.library import filing, ledger
from knowledge.library.records import Record
from knowledge.library.store import change, connect, scrub

DiaryStatus = Literal["added", "replaced", "removed"]


@dataclass(frozen=True, slots=True)
class Listing:
    """A document without its text. `indexed` names the collection that holds its vectors, "" while some are lacking."""

    id: str
    name: str
    digest: str
    language: str
    pages: int
    passages: int
    indexed: str


@dataclass(frozen=True, slots=True)
class DiaryEntry:
    """What became of a document, and when (ISO 8601, UTC). `digest` is the SHA-256 of the version concerned."""

    at: str
    document: str
    name: str
    digest: str
    status: DiaryStatus


def save(folder: Path, workspace: str, record: Record, keys: Iterable[str]) -> Record | None:
    """Keep a document in the place of one with the same id, its vectors still to be made.

    Args:
        folder: the data folder.
        workspace: whose document it is.
        record: the document.
        keys: the keys of its passages' vectors.

    Returns:
        The document whose place it took, or None.
    """
    with change(folder, workspace) as database:
        before = _find(database, workspace, record.id)
        _put(database, workspace, record, keys)
        _note(database, workspace, record, "added" if before is None else "replaced")
    return before


def undo_save(folder: Path, workspace: str, record: Record, before: Record | None, keys: Iterable[str]) -> None:
    """Take a save back, as if it had never been; nothing is done where the document has changed again since.

    Args:
        folder: the data folder.
        workspace: whose document it is.
        record: what was saved.
        before: what `save` gave back.
        keys: the keys of the passages of `before`.
    """
    with change(folder, workspace) as database:
        now = _find(database, workspace, record.id)
        if now is None or now.document.digest != record.document.digest:
            return
        if before is None:
            _drop(database, workspace, record.id)
        else:
            _put(database, workspace, before, keys)
        database.execute(
            "DELETE FROM diary WHERE number = (SELECT max(number) FROM diary WHERE workspace = ? AND document = ?)",
            (workspace, record.id),
        )
    scrub(folder)


def delete(folder: Path, workspace: str, document: str) -> bool:
    """Forget a document, its text overwritten on disk; whether there was one."""
    with change(folder, workspace) as database:
        record = _find(database, workspace, document)
        if record is not None:
            _drop(database, workspace, document)
            _note(database, workspace, record, "removed")
    scrub(folder)
    return record is not None


def read_diary(folder: Path, workspace: str) -> tuple[DiaryEntry, ...]:
    """What became of the workspace's documents, the oldest first."""
    query = "SELECT at, document, name, digest, status FROM diary WHERE workspace = ? ORDER BY number"
    with connect(folder) as database:
        rows = database.execute(query, (workspace,))
        return tuple(DiaryEntry(*row) for row in rows.fetchall())


def forget(folder: Path, workspace: str) -> int:
    """Delete every document of the workspace and its diary, overwritten on disk; how many documents there were.

    The revision stays: a process that holds an older one must still see that it changed.
    """
    with change(folder, workspace) as database:
        ids = [str(row[0]) for row in database.execute(f"{_LIST} WHERE workspace = ?", (workspace,)).fetchall()]
        for one in ids:
            _drop(database, workspace, one)
        database.execute("DELETE FROM diary WHERE workspace = ?", (workspace,))
    scrub(folder)
    return len(ids)


def revision(folder: Path, workspace: str) -> int:
    """A number that grows whenever the workspace's documents change; 0 for one never used."""
    with connect(folder) as database:
        row = database.execute("SELECT number FROM revision WHERE workspace = ?", (workspace,)).fetchone()
    return int(row[0]) if row else 0


def list_documents(folder: Path, workspace: str) -> tuple[Listing, ...]:
    """Every document of the workspace without its text, by name."""
    with connect(folder) as database:
        rows = database.execute(f"{_LIST} WHERE workspace = ? ORDER BY name", (workspace,)).fetchall()
    return tuple(Listing(*row) for row in rows)


def describe(folder: Path, workspace: str, document: str) -> Listing | None:
    """The document with that id without its text, or None."""
    with connect(folder) as database:
        row = database.execute(f"{_LIST} WHERE workspace = ? AND id = ?", (workspace, document)).fetchone()
    return Listing(*row) if row else None


def find(folder: Path, workspace: str, document: str) -> Record | None:
    """The document with that id, or None."""
    with connect(folder) as database:
        return _find(database, workspace, document)


_LIST = "SELECT id, name, digest, language, pages, passages, indexed FROM document"
_SELECT = "SELECT id, name, digest, language, passages, text, structure FROM document"


def _find(database: sqlite3.Connection, workspace: str, document: str) -> Record | None:
    row = database.execute(f"{_SELECT} WHERE workspace = ? AND id = ?", (workspace, document)).fetchone()
    return _record(row) if row else None


def _put(database: sqlite3.Connection, workspace: str, record: Record, keys: Iterable[str]) -> None:
    document = record.document
    values = (
        workspace, record.id, document.name, document.digest, document.language, len(document.pages), record.passages,
        document.text, _written(document), "",
    )  # fmt: skip
    database.execute("INSERT OR REPLACE INTO document VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
    ledger.replace_keys(database, workspace, record.id, keys)
    filing.unfile(database, workspace, record.id)


def _drop(database: sqlite3.Connection, workspace: str, document: str) -> None:
    database.execute("DELETE FROM document WHERE workspace = ? AND id = ?", (workspace, document))
    ledger.replace_keys(database, workspace, document, ())
    filing.unfile(database, workspace, document)


def _note(database: sqlite3.Connection, workspace: str, record: Record, status: DiaryStatus) -> None:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    values = (workspace, now, record.id, record.document.name, record.document.digest, status)
    database.execute(
        "INSERT INTO diary (workspace, at, document, name, digest, status) VALUES (?, ?, ?, ?, ?, ?)", values
    )


def _written(document: Document) -> str:
    return json.dumps(
        {
            "pages": [[page.span.start, page.span.end, page.source] for page in document.pages],
            "blocks": [[block.kind, block.span.start, block.span.end, block.level] for block in document.blocks],
            "warnings": document.warnings,
            "withheld": [[one.span.start, one.span.end, one.reason] for one in document.withheld],
        }
    )


def _record(row: tuple[Any, ...]) -> Record:
    identifier, name, digest, language, passages, text, structure = row
    kept = json.loads(structure)
    document = Document(
        name=name,
        text=text,
        pages=tuple(Page(n, Span(start, end), source) for n, (start, end, source) in enumerate(kept["pages"], start=1)),
        blocks=tuple(Block(kind, Span(start, end), level) for kind, start, end, level in kept["blocks"]),
        language=language,
        digest=digest,
        warnings=tuple(kept["warnings"]),
        withheld=tuple(Withheld(Span(start, end), reason) for start, end, reason in kept.get("withheld", ())),
    )
    return Record(identifier, document, passages)
