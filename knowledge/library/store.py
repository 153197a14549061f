"""The SQLite file of a data folder: its tables, its version, and connections that turn SQLite's complaints into faults.

Every call opens its own connection, so threads and a second process may use the same folder at once; where one thread
makes many calls in a row, it holds one connection for all. What is deleted is overwritten with zeros on disk.
"""

import errno
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from knowledge.faults import ForeignData, NoSpace

FILE = "library.sqlite"
APPLICATION = 0x41736B57  # "AskW": marks the file as ours, as SQLite's application_id is meant to
PATIENCE = 30.0  # seconds to wait for another process that is writing
TRIES, PAUSE = 20, 0.05  # how often, and how long after each other, a log is begun or emptied past its readers
TABLES = """
CREATE TABLE document (
    workspace TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, digest TEXT NOT NULL, language TEXT NOT NULL,
    pages INTEGER NOT NULL, passages INTEGER NOT NULL, text TEXT NOT NULL, structure TEXT NOT NULL,
    PRIMARY KEY (workspace, id)
);
CREATE TABLE revision (workspace TEXT PRIMARY KEY, number INTEGER NOT NULL);
CREATE TABLE library (id TEXT NOT NULL);
INSERT INTO library VALUES (lower(hex(randomblob(8))))
"""
KEYS = """
ALTER TABLE document ADD COLUMN indexed TEXT NOT NULL DEFAULT '';
CREATE TABLE passage_key (
    key TEXT NOT NULL, workspace TEXT NOT NULL, document TEXT NOT NULL, PRIMARY KEY (key, workspace, document)
) WITHOUT ROWID;
CREATE INDEX keys_of_document ON passage_key (workspace, document);
CREATE TABLE stale_key (workspace TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (workspace, key)) WITHOUT ROWID;
CREATE TABLE diary (
    number INTEGER PRIMARY KEY, workspace TEXT NOT NULL, at TEXT NOT NULL, document TEXT NOT NULL, name TEXT NOT NULL,
    digest TEXT NOT NULL, status TEXT NOT NULL
)
"""
WITHHELD = ""  # the same tables; the step keeps an older Askwhy from quoting what documents now withhold
# What is listed of documents stands behind their texts in the table, and would be read with them.
LISTING = """
CREATE INDEX listing ON document (workspace, name, id, digest, language, pages, passages, indexed)
"""
# Papers laid out for search (see `filing`): a place's passage, and, term by term, the places of each paper that has it.
FILING = """
CREATE TABLE filed (
    number INTEGER PRIMARY KEY AUTOINCREMENT, workspace TEXT NOT NULL, document TEXT NOT NULL, digest TEXT NOT NULL,
    made_by TEXT NOT NULL, language TEXT NOT NULL, is_guide INTEGER NOT NULL, lengths BLOB NOT NULL,
    terms BLOB NOT NULL, UNIQUE (workspace, document)
);
CREATE TABLE passage (
    paper INTEGER NOT NULL, place INTEGER NOT NULL, key TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
    page INTEGER NOT NULL, above TEXT NOT NULL, PRIMARY KEY (paper, place)
) WITHOUT ROWID;
CREATE INDEX place_of_key ON passage (key);
CREATE TABLE posting (
    workspace INTEGER NOT NULL, term INTEGER NOT NULL, paper INTEGER NOT NULL, places BLOB NOT NULL,
    PRIMARY KEY (workspace, term, paper)
) WITHOUT ROWID
"""
# A copy of a small workspace's vectors (see `at_hand`).
AT_HAND = """
CREATE TABLE at_hand (workspace TEXT PRIMARY KEY, collection TEXT NOT NULL, keys TEXT NOT NULL, vectors BLOB NOT NULL)
"""
# Each makes of a file of one version one of the next; an empty file is of version 0.
STEPS = (TABLES, WITHHELD, KEYS, LISTING, FILING, AT_HAND)
VERSION = len(STEPS)
FULL = ("disk is full", "readonly database", "unable to open database file", "no space left", "disk i/o error")


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
        application, version, tables = _look(database)
        if (application, version, tables) == (0, 0, 0):
            _write_ahead(database)
            _bring_up_to_date(database)
        elif application != APPLICATION:
            raise _foreign(folder, "it was not made by Askwhy", "Choose another data folder.")
        elif 0 < version < VERSION:
            _bring_up_to_date(database)
        elif version != VERSION:
            what = f"it is of version {version}, and this Askwhy knows version {VERSION}"
            raise _foreign(folder, what, "Update Askwhy, or choose another data folder.")
        return str(database.execute("SELECT id FROM library").fetchone()[0])


def _look(database: sqlite3.Connection) -> tuple[int, int, int]:
    """Whose the file is, its version and how many tables it has, all at one moment: another may be making them."""
    query = (
        "SELECT application_id, user_version, (SELECT count(*) FROM sqlite_master) "
        "FROM pragma_application_id, pragma_user_version"
    )
    application, version, tables = database.execute(query).fetchone()
    return int(application), int(version), int(tables)


def _write_ahead(database: sqlite3.Connection) -> None:
    """Give a new file its write-ahead log; SQLite itself waits for no other that opens the file at that moment."""
    for last in (*[False] * (TRIES - 1), True):
        try:
            database.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if last or "locked" not in str(error):
                raise
            time.sleep(PAUSE)
        else:
            return


def _bring_up_to_date(database: sqlite3.Connection) -> None:
    """Make the tables, or bring older ones to this version, unless another process just did."""
    database.execute("BEGIN EXCLUSIVE")
    _, version, _ = _look(database)
    for step in STEPS[version:]:
        for statement in step.strip().split(";\n"):
            database.execute(statement)
    database.execute(f"PRAGMA application_id = {APPLICATION}")
    database.execute(f"PRAGMA user_version = {VERSION}")
    database.execute("COMMIT")


@contextmanager
def connect(folder: Path) -> Iterator[sqlite3.Connection]:
    """A connection in autocommit mode, the one that the thread holds or a new one.

    What SQLite says of disk and file becomes one of our faults.
    """
    held = _HELD.connections.get(folder)
    with _telling_faults(folder):
        if held is not None:
            yield held
        else:
            with closing(_open(folder)) as database:
                yield database


@contextmanager
def hold(folder: Path) -> Iterator[None]:
    """Let this thread connect once for all that it does meanwhile: a connection takes a millisecond to open.

    Nor do others, while it is open, write the log back into the file each time they close theirs.
    """
    if folder in _HELD.connections:
        yield
        return
    with _telling_faults(folder):
        database = _open(folder)
    _HELD.connections[folder] = database
    try:
        yield
    finally:
        del _HELD.connections[folder]
        database.close()


class _Held(threading.local):
    """The connections that a thread holds, by their folders."""

    def __init__(self) -> None:
        self.connections: dict[Path, sqlite3.Connection] = {}


_HELD = _Held()


def _open(folder: Path) -> sqlite3.Connection:
    database = sqlite3.connect(folder / FILE, timeout=PATIENCE, isolation_level=None)
    database.execute("PRAGMA secure_delete = ON")
    # With a write-ahead log the file is whole after a loss of power too; only the last change may be undone.
    database.execute("PRAGMA synchronous = NORMAL")
    return database


@contextmanager
def _telling_faults(folder: Path) -> Iterator[None]:
    try:
        yield
    except (sqlite3.OperationalError, OSError) as error:
        if isinstance(error, OSError) or any(words in str(error).lower() for words in FULL):
            raise no_space(folder, error) from error
        raise
    except sqlite3.DatabaseError as error:
        remedy = "Choose another data folder, or move this file away and add the documents again."
        raise _foreign(folder, "it is damaged or not a catalogue", remedy) from error


@contextmanager
def transact(folder: Path) -> Iterator[sqlite3.Connection]:
    """One transaction, all or nothing, by the only writer."""
    with connect(folder) as database:
        database.execute("BEGIN IMMEDIATE")
        try:
            yield database
            database.execute("COMMIT")
        except BaseException:
            if database.in_transaction:
                database.execute("ROLLBACK")
            raise


@contextmanager
def change(folder: Path, workspace: str) -> Iterator[sqlite3.Connection]:
    """One transaction on a workspace, all or nothing, that also moves its revision on and drops its vectors' copy."""
    with transact(folder) as database:
        yield database
        database.execute(
            "INSERT INTO revision VALUES (?, 1) ON CONFLICT (workspace) DO UPDATE SET number = number + 1",
            (workspace,),
        )
        database.execute("DELETE FROM at_hand WHERE workspace = ?", (workspace,))


def scrub(folder: Path) -> None:
    """Empty the write-ahead log, which still holds what was deleted; readers in the way are waited for a second."""
    with connect(folder) as database:
        for _ in range(TRIES):
            busy, *_ = database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if not busy:
                return
            time.sleep(PAUSE)


def no_space(folder: Path, error: Exception) -> NoSpace:
    """The fault for a data folder that cannot take what is to be written."""
    full = "space" in str(error).lower() or "full" in str(error).lower()
    full = full or (isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT})
    what = "the disk is full" if full else "the data folder cannot be written to"
    return NoSpace(str(folder), what, "Free some space or choose another data folder, then try again.")


def _foreign(folder: Path, what: str, remedy: str) -> ForeignData:
    return ForeignData(str(folder / FILE), what, remedy)
