"""The vectors of a small workspace, all of them, in the catalogue's own file: Chroma takes a second and a half to open.

They are a copy, kept when a workspace lacks none of its vectors. Whatever changes its documents takes the copy away in
the same transaction (see `store.change`), and what it held is overwritten on disk like all else there.
"""

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from knowledge.library.index import Vector
from knowledge.library.store import connect

MOST = 2000  # passages of a workspace up to which all of its vectors are copied, and held in memory: 3 MB each


def keep(folder: Path, workspace: str, revision: int, collection: str, vectors: Mapping[str, Vector]) -> None:
    """Keep a copy of a workspace's vectors, by id, unless its documents have changed since they were read.

    Args:
        folder: the data folder.
        workspace: whose vectors.
        revision: the workspace's when they were read.
        collection: the name of the collection that has them.
        vectors: all that its documents need.
    """
    rows = np.array(list(vectors.values()), np.float32)
    with connect(folder) as database:
        database.execute("BEGIN IMMEDIATE")
        now = database.execute("SELECT number FROM revision WHERE workspace = ?", (workspace,)).fetchone()
        if now == (revision,):
            values = (workspace, collection, " ".join(vectors), rows.tobytes())
            database.execute("INSERT OR REPLACE INTO at_hand VALUES (?, ?, ?, ?)", values)
        database.execute("COMMIT")


def find(folder: Path, workspace: str, revision: int, collection: str) -> Mapping[str, Vector] | None:
    """The vectors kept of a workspace at a revision, by id; None where none of that collection are."""
    query = (
        "SELECT keys, vectors FROM at_hand JOIN revision USING (workspace) "
        "WHERE workspace = ? AND number = ? AND collection = ?"
    )
    with connect(folder) as database:
        row = database.execute(query, (workspace, revision, collection)).fetchone()
    if row is None:
        return None
    keys = row[0].split()
    return dict(zip(keys, np.frombuffer(row[1], np.float32).reshape(len(keys), -1), strict=True))
