"""Which vectors a workspace needs, and which are left over: the ledger between the catalogue and the vector store.

A passage's key is a hash of its words, so the same words have one vector however often they stand in a workspace. A
key that no document needs any more is stale from the moment (the same transaction) it became so, until its vector is
seen to be erased; a process that is killed in between leaves the rest of the work to the next.
"""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from knowledge.library.store import connect


def replace_keys(database: sqlite3.Connection, workspace: str, document: str, keys: Iterable[str]) -> None:
    """Let a document need exactly these keys; the others it needed become stale. Part of the caller's transaction."""
    place = (workspace, document)
    database.execute(
        "INSERT OR IGNORE INTO stale_key SELECT workspace, key FROM passage_key WHERE workspace = ? AND document = ?",
        place,
    )
    database.execute("DELETE FROM passage_key WHERE workspace = ? AND document = ?", place)
    database.executemany(
        "INSERT OR IGNORE INTO passage_key (key, workspace, document) VALUES (?, ?, ?)", [(key, *place) for key in keys]
    )


def set_keys(folder: Path, workspace: str, document: str, digest: str, keys: Iterable[str]) -> None:
    """Let a document need exactly these keys, unless it is gone or has changed since it had that digest."""
    wanted = set(keys)
    with connect(folder) as database:
        place = (workspace, document)
        held = database.execute("SELECT key FROM passage_key WHERE workspace = ? AND document = ?", place).fetchall()
        if {row[0] for row in held} == wanted:
            return
        database.execute("BEGIN IMMEDIATE")
        row = database.execute("SELECT digest FROM document WHERE workspace = ? AND id = ?", place).fetchone()
        if row is not None and row[0] == digest:
            replace_keys(database, workspace, document, wanted)
        database.execute("COMMIT")


def pending(folder: Path, workspace: str, collection: str) -> tuple[str, ...]:
    """The ids of the documents whose vectors are not, or not all, in that collection (see `VectorIndex.identify`)."""
    with connect(folder) as database:
        rows = database.execute(
            "SELECT id FROM document WHERE workspace = ? AND indexed != ? ORDER BY name", (workspace, collection)
        ).fetchall()
    return tuple(row[0] for row in rows)


def mark_indexed(folder: Path, workspace: str, document: str, digest: str, collection: str) -> bool:
    """Note that a document's vectors are all in a collection; False where it is gone or has changed since."""
    with connect(folder) as database:
        changed = database.execute(
            "UPDATE document SET indexed = ? WHERE workspace = ? AND id = ? AND digest = ?",
            (collection, workspace, document, digest),
        )
        return changed.rowcount > 0


def add_stale(folder: Path, workspace: str, keys: Iterable[str]) -> None:
    """Let keys be looked at by the next sweep."""
    with connect(folder) as database:
        database.execute("BEGIN IMMEDIATE")
        database.executemany("INSERT OR IGNORE INTO stale_key VALUES (?, ?)", [(workspace, key) for key in keys])
        database.execute("COMMIT")


def stale_keys(folder: Path, workspace: str) -> tuple[str, ...]:
    """The keys to be looked at, whether or not a document needs them again."""
    with connect(folder) as database:
        return _column(database, "SELECT key FROM stale_key WHERE workspace = ?", workspace)


def needless(folder: Path, workspace: str, keys: Iterable[str]) -> tuple[str, ...]:
    """Those of some keys that no document of the workspace needs."""
    with connect(folder) as database:
        return tuple(key for key in keys if not database.execute(_NEEDED, (key, workspace)).fetchone())


def forget_stale(folder: Path, workspace: str, looked_at: Iterable[str], erased: Iterable[str]) -> None:
    """Strike off the keys that were erased, and those looked at that a document needs again."""
    with connect(folder) as database:
        database.execute("BEGIN IMMEDIATE")
        strike = "DELETE FROM stale_key WHERE key = ? AND workspace = ?"
        database.executemany(strike, [(key, workspace) for key in erased])
        again = [(key, workspace) for key in looked_at if database.execute(_NEEDED, (key, workspace)).fetchone()]
        database.executemany(strike, again)
        database.execute("COMMIT")


def keys_of(folder: Path, workspace: str, documents: Iterable[str]) -> tuple[str, ...]:
    """The keys that some documents need, each once, in the order of the documents."""
    query = "SELECT key FROM passage_key WHERE workspace = ? AND document = ?"
    with connect(folder) as database:
        rows = [row for one in documents for row in database.execute(query, (workspace, one)).fetchall()]
    return tuple(dict.fromkeys(row[0] for row in rows))


def every_key(folder: Path, workspace: str) -> tuple[str, ...]:
    """The keys that the workspace's documents need, each once."""
    with connect(folder) as database:
        return _column(database, "SELECT DISTINCT key FROM passage_key WHERE workspace = ? ORDER BY key", workspace)


def count_needed(folder: Path, workspace: str) -> int:
    """How many vectors the workspace's documents need."""
    with connect(folder) as database:
        row = database.execute("SELECT count(DISTINCT key) FROM passage_key WHERE workspace = ?", (workspace,))
        return int(row.fetchone()[0])


def find_elsewhere(folder: Path, workspace: str, keys: Sequence[str]) -> Mapping[str, str]:
    """For keys that another workspace's indexed documents need too: that workspace, by key."""
    query = (
        "SELECT passage_key.workspace FROM passage_key JOIN document "
        "ON document.workspace = passage_key.workspace AND document.id = passage_key.document "
        "WHERE key = ? AND passage_key.workspace != ? AND indexed != '' LIMIT 1"
    )
    with connect(folder) as database:
        found = {key: database.execute(query, (key, workspace)).fetchone() for key in keys}
    return {key: row[0] for key, row in found.items() if row}


_NEEDED = "SELECT 1 FROM passage_key WHERE key = ? AND workspace = ? LIMIT 1"


def _column(database: sqlite3.Connection, query: str, workspace: str) -> tuple[str, ...]:
    return tuple(row[0] for row in database.execute(query, (workspace,)).fetchall())
