"""Which documents a data folder holds, workspace by workspace: their whole texts and structure, in one SQLite file.

The catalogue is the truth; vectors are rebuilt from it. Every call opens its own connection, so threads and a second
process may use the same folder at once.
"""

import errno
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.document import Block, Document, Page, Span, Withheld
from knowledge.faults import ForeignData, NoSpace

FILE = "library.sqlite"
APPLICATION = 0x41736B57  # "AskW": marks the file as ours, as SQLite's application_id is meant to
VERSION = 2
OLDEST = 1  # before anything was withheld; its documents are read as they are
PATIENCE = 30.0  # seconds to wait for another process that is writing
SCHEMA = """
CREATE TABLE document (
    workspace TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, digest TEXT NOT NULL, language TEXT NOT NULL,
    pages INTEGER NOT NULL, passages INTEGER NOT NULL, text TEXT NOT NULL, structure TEXT NOT NULL,
    PRIMARY KEY (workspace, id)
);
CREATE TABLE revision (workspace TEXT PRIMARY KEY, number INTEGER NOT NULL);
CREATE TABLE library (id TEXT NOT NULL);
INSERT INTO library VALUES (lower(hex(randomblob(8))));
"""
NOT_WRITABLE = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOTDIR, errno.EEXIST}
FULL = ("disk is full", "readonly database", "unable to open database file", "no space left", "disk i/o error")


@dataclass(frozen=True, slots=True)
class Record:
    """A document as it is kept, with its id and how many passages it was cut into."""

    id: str
    document: Document
    passages: int


def prepare(folder: Path) -> str:
    """Make `folder` a data folder of this version, or see that it is one.

    Returns:
        The library's own id, made up when the folder was.

    Raises:
        NoSpace: if the folder cannot be made or written to.
        ForeignData: if its catalogue is not ours, is damaged, or was made by a newer Askwhy.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise no_space(folder, error) from error
    with connect(folder) as database:
        application = database.execute("PRAGMA application_id").fetchone()[0]
        version = database.execute("PRAGMA user_version").fetchone()[0]
        tables = database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if (application, version, tables) == (0, 0, 0):
            database.execute("PRAGMA journal_mode = WAL")
            _create(database)
        elif application != APPLICATION:
            raise _foreign(folder, "it was not made by Askwhy", "Choose another data folder.")
        elif OLDEST <= version < VERSION:
            database.execute(f"PRAGMA user_version = {VERSION}")  # so that an older Askwhy does not quote the withheld
        elif version != VERSION:
            what = f"it is of version {version}, and this Askwhy knows version {VERSION}"
            raise _foreign(folder, what, "Update Askwhy, or choose another data folder.")
        return str(database.execute("SELECT id FROM library").fetchone()[0])


def _create(database: sqlite3.Connection) -> None:
    database.execute("BEGIN EXCLUSIVE")
    if database.execute("PRAGMA user_version").fetchone()[0] == 0:
        for statement in SCHEMA.strip().split(";\n"):
            database.execute(statement)
        database.execute(f"PRAGMA application_id = {APPLICATION}")
        database.execute(f"PRAGMA user_version = {VERSION}")
    database.execute("COMMIT")


@contextmanager
def connect(folder: Path) -> Iterator[sqlite3.Connection]:
    """A connection in autocommit mode; what SQLite says of disk and file becomes one of our faults."""
    try:
        with closing(sqlite3.connect(folder / FILE, timeout=PATIENCE, isolation_level=None)) as database:
            database.execute("PRAGMA secure_delete = ON")
            yield database
    except (sqlite3.OperationalError, OSError) as error:
        if isinstance(error, OSError) or any(words in str(error).lower() for words in FULL):
            raise no_space(folder, error) from error
        raise
    except sqlite3.DatabaseError as error:
        remedy = "Choose another data folder, or move this file away and add the documents again."
        raise _foreign(folder, "it is damaged or not a catalogue", remedy) from error


def save(folder: Path, workspace: str, record: Record) -> None:
    """Keep a document, in the place of one with the same id."""
    document = record.document
    values = (
        workspace, record.id, document.name, document.digest, document.language, len(document.pages), record.passages,
        document.text, _written(document),
    )  # fmt: skip
    with connect(folder) as database, _changing(database, workspace):
        database.execute("INSERT OR REPLACE INTO document VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", values)


def delete(folder: Path, workspace: str, document: str) -> bool:
    """Forget a document, its text overwritten on disk; whether there was one."""
    with connect(folder) as database:
        with _changing(database, workspace):
            place = (workspace, document)
            gone = database.execute("DELETE FROM document WHERE workspace = ? AND id = ?", place).rowcount > 0
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    return gone


def revision(folder: Path, workspace: str) -> int:
    """A number that grows whenever the workspace's documents change; 0 for one never used."""
    with connect(folder) as database:
        row = database.execute("SELECT number FROM revision WHERE workspace = ?", (workspace,)).fetchone()
    return int(row[0]) if row else 0


def records(folder: Path, workspace: str) -> tuple[Record, ...]:
    """Every document of the workspace, by name."""
    with connect(folder) as database:
        rows = database.execute(f"{_SELECT} WHERE workspace = ? ORDER BY name", (workspace,)).fetchall()
    return tuple(_record(row) for row in rows)


def find(folder: Path, workspace: str, document: str) -> Record | None:
    """The document with that id, or None."""
    with connect(folder) as database:
        row = database.execute(f"{_SELECT} WHERE workspace = ? AND id = ?", (workspace, document)).fetchone()
    return _record(row) if row else None


def no_space(folder: Path, error: Exception) -> NoSpace:
    """The fault for a data folder that cannot take what is to be written."""
    full = "space" in str(error).lower() or "full" in str(error).lower()
    what = "the disk is full" if full else "the data folder cannot be written to"
    return NoSpace(str(folder), what, "Free some space or choose another data folder, then try again.")


_SELECT = "SELECT id, name, digest, language, passages, text, structure FROM document"


@contextmanager
def _changing(database: sqlite3.Connection, workspace: str) -> Iterator[None]:
    """One transaction that also moves the workspace's revision on."""
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
        database.execute(
            "INSERT INTO revision VALUES (?, 1) ON CONFLICT (workspace) DO UPDATE SET number = number + 1", (workspace,)
        )
    except BaseException:
        if database.in_transaction:
            database.execute("ROLLBACK")
        raise
    database.execute("COMMIT")


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


def _foreign(folder: Path, what: str, remedy: str) -> ForeignData:
    return ForeignData(str(folder / FILE), what, remedy)
