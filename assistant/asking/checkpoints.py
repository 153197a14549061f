"""Where conversations are kept: an SQLite file in the data folder, or a PostgreSQL database shared by several machines.

LangGraph's own checkpointers write; here they are opened, turns are taken one after the other by threads and processes
alike, and what SQLite, PostgreSQL and the disk complain of becomes one plain line.
"""

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from knowledge.faults import ForeignData, LibraryFault, NoSpace

if TYPE_CHECKING:
    from langgraph.checkpoint.base import BaseCheckpointSaver

FILE = "conversations.sqlite"
LOCK = "conversations.lock"
_SCHEMA = 1
_WAIT = 10  # seconds for another process to finish its turn, or for the database server to answer
_SETTING_UP = 0x41736B57  # "AskW": the advisory lock while the server's tables are made
_CONNECTIONS = 4
# LangGraph's saver for SQLite keeps every step of a conversation, and has no way to let the earlier ones go.
_PRUNE = (
    """DELETE FROM checkpoints WHERE thread_id = :thread
       AND checkpoint_id < (SELECT max(checkpoint_id) FROM checkpoints WHERE thread_id = :thread)""",
    """DELETE FROM writes WHERE thread_id = :thread
       AND checkpoint_id NOT IN (SELECT checkpoint_id FROM checkpoints WHERE thread_id = :thread)""",
)


@dataclass(frozen=True, slots=True)
class Checkpoints:
    """The open place.

    `name` is what a manager calls it; `threads` lists the conversations that are kept; `prune` deletes all steps of one
    but the last, which holds all that going back and going on need; `forget` deletes one with every step of it, and
    overwrites its words in the file; `turn` holds one conversation for one speaker: whoever comes
    meanwhile waits, in whatever process.
    """

    name: str
    saver: "BaseCheckpointSaver[Any]"
    threads: Callable[[], list[str]]
    prune: Callable[[str], None]
    forget: Callable[[str], None]
    turn: Callable[[str], AbstractContextManager[None]]


@contextmanager
def open_checkpoints(folder: Path, database: str | None = None) -> Iterator[Checkpoints]:
    """Open the conversations of a data folder, or of the PostgreSQL database at a URL.

    Raises:
        ForeignData: where the file is damaged, or was written by a later version.
        NoSpace: where the folder cannot be written to, or the disk is full.
        LibraryFault: where the database server does not answer or refuses.
    """
    opened = _open_server(database) if database else _open_file(folder)
    with opened as checkpoints:
        yield checkpoints


@contextmanager
def _open_file(folder: Path) -> Iterator[Checkpoints]:
    from filelock import FileLock
    from langgraph.checkpoint.sqlite import SqliteSaver

    path = folder / FILE
    with _told_of_file(path):
        folder.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=_WAIT, check_same_thread=False)
    threads, between = Lock(), FileLock(folder / LOCK, timeout=_WAIT)
    try:
        with _told_of_file(path), between:  # of several that begin together, one makes the tables
            _check_version(connection)
            saver = SqliteSaver(connection, serde=_plain_values())
            connection.execute("PRAGMA secure_delete = ON")
            saver.setup()

        @contextmanager
        def turn(_: str) -> Iterator[None]:
            with threads, _told_of_file(path), between:
                yield

        def forget(thread: str) -> None:
            saver.delete_thread(thread)
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # the log beside the file holds the words too

        def prune(thread: str) -> None:
            with saver.cursor() as cursor:
                for statement in _PRUNE:
                    cursor.execute(statement, {"thread": thread})

        yield Checkpoints(path.name, saver, partial(_list_threads, connection), prune, forget, turn)
    finally:
        connection.close()


@contextmanager
def _open_server(database: str) -> Iterator[Checkpoints]:
    import psycopg
    from langgraph.checkpoint.postgres import PostgresSaver
    from psycopg.rows import dict_row
    from psycopg_pool import ConnectionPool

    name = name_database(database)
    as_it_writes = {"autocommit": True, "prepare_threshold": 0, "row_factory": dict_row, "connect_timeout": _WAIT}
    pool: ConnectionPool[Any] = ConnectionPool(
        database, kwargs=as_it_writes, min_size=1, max_size=_CONNECTIONS, timeout=_WAIT, open=False,
        check=ConnectionPool.check_connection, reconnect_timeout=_WAIT,
    )  # fmt: skip
    try:
        with _told_of_server(name):
            psycopg.connect(database, connect_timeout=_WAIT).close()  # the pool would try again and again
            pool.open(wait=True, timeout=_WAIT)
            saver = PostgresSaver(pool, serde=_plain_values())
            with pool.connection() as connection:
                connection.execute("SELECT pg_advisory_lock(%s)", (_SETTING_UP,))
                try:
                    saver.setup()
                finally:
                    connection.execute("SELECT pg_advisory_unlock(%s)", (_SETTING_UP,))

        threads = Lock()  # one turn at a time, so that waiting ones cannot take every connection

        def list_threads() -> list[str]:
            with pool.connection() as connection:
                rows = connection.execute("SELECT DISTINCT thread_id FROM checkpoints").fetchall()
                return [str(row["thread_id"]) for row in rows]

        @contextmanager
        def turn(conversation_id: str) -> Iterator[None]:
            key = int.from_bytes(hashlib.sha256(conversation_id.encode()).digest()[:8], signed=True)
            with threads, _told_of_server(name), pool.connection() as connection:
                connection.execute("SELECT pg_advisory_lock(%s)", (key,))
                try:
                    yield
                finally:
                    connection.execute("SELECT pg_advisory_unlock(%s)", (key,))

        def prune(thread: str) -> None:
            saver.prune([thread], strategy="keep_latest")

        yield Checkpoints(name, saver, list_threads, prune, saver.delete_thread, turn)
    finally:
        pool.close()


def name_database(database: str) -> str:
    """A database's URL as it may be shown: the server and the database, never the password."""
    from urllib.parse import urlsplit

    parts = urlsplit(database)
    return f"the database {parts.hostname or 'of this machine'}{parts.path}"


def _plain_values() -> Any:
    """Plain values need none of the classes that a checkpoint could otherwise bring back to life."""
    from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer

    return JsonPlusSerializer(allowed_msgpack_modules=None)


def _list_threads(connection: sqlite3.Connection) -> list[str]:
    return [str(row[0]) for row in connection.execute("SELECT DISTINCT thread_id FROM checkpoints")]


def _check_version(connection: sqlite3.Connection) -> None:
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if version == 0 and not tables:
        connection.execute(f"PRAGMA user_version = {_SCHEMA}")
    elif version != _SCHEMA:
        what = f"{FILE} was written by another version of Askwhy, or by another program"
        raise ForeignData("the conversations", what, "Restore the data folder from a copy, or name another one.")


@contextmanager
def _told_of_file(path: Path) -> Iterator[None]:
    """Turn what SQLite and the disk complain of into one plain line."""
    from filelock import Timeout

    try:
        yield
    except Timeout as error:
        raise _busy(path) from error
    except sqlite3.OperationalError as error:
        raise (_busy(path) if "locked" in str(error) else _no_space(path)) from error
    except sqlite3.DatabaseError as error:
        what = f"{path.name} is damaged or no file of Askwhy's"
        remedy = "Restore the data folder from a copy, or name another one."
        raise ForeignData("the conversations", what, remedy) from error
    except OSError as error:
        raise _no_space(path) from error


@contextmanager
def _told_of_server(name: str) -> Iterator[None]:
    """Turn what PostgreSQL complains of into one plain line."""
    import psycopg
    from psycopg_pool import PoolTimeout

    try:
        yield
    except (psycopg.OperationalError, PoolTimeout) as error:
        what = "the server does not answer, or does not let Askwhy in"
        raise LibraryFault(name, what, "Check ASKWHY_DATABASE and whether the server runs.") from error
    except psycopg.Error as error:
        what = f"the server refused ({str(error).splitlines()[0]})"
        raise LibraryFault(name, what, "Give Askwhy a database of its own, where it may make tables.") from error


def _busy(path: Path) -> LibraryFault:
    remedy = "Close the other Askwhy and try again."
    return LibraryFault(path.name, "another program is writing to it", remedy, key="data_busy")


def _no_space(path: Path) -> NoSpace:
    return NoSpace(str(path.parent), "nothing can be written there", "Free some space, or choose another data folder.")
