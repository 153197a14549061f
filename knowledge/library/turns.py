"""One process at a time: a lock on a file in the data folder, which a killed process gives back by dying.

The lock is SQLite's, which works everywhere; the file can also keep a number.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from knowledge.faults import LibraryFault


@contextmanager
def take_turn(path: Path, patience: float, waiting: Callable[[], None] | None = None) -> Iterator[sqlite3.Connection]:
    """Hold the lock on a file, made where there is none; what is written through the connection must be committed.

    Args:
        path: the file.
        patience: seconds to wait for another process that holds it, after which `waiting` is called.
        waiting: called before each further wait; what it raises ends the waiting. None to give up after the first.

    Raises:
        LibraryFault: if the lock is not to be had.
    """
    try:
        lock = sqlite3.connect(path, timeout=patience, isolation_level=None)
    except sqlite3.OperationalError as error:
        raise _refused(path, error) from error
    with closing(lock):
        while not _begin(lock, path, final=waiting is None):
            if waiting is not None:
                waiting()
        yield lock


def _begin(lock: sqlite3.Connection, path: Path, *, final: bool) -> bool:
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        if final or "locked" not in str(error):
            raise _refused(path, error) from error
        return False
    return True


def _refused(path: Path, error: sqlite3.Error) -> LibraryFault:
    remedy = "Wait for other work on this data folder to end, see that it can be written to, then try again."
    return LibraryFault(str(path), f"it cannot be locked ({error})", remedy)
