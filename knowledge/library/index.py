"""Vectors in Chroma: embedded in a folder, or on a Chroma server; the only module that knows Chroma.

Nothing but ids and vectors is stored here, so losing it loses nothing: whatever a collection lacks is embedded again.
"""

import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from knowledge.faults import BadInput, LibraryFault, NoSpace

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.collection_configuration import CreateCollectionConfiguration
    from chromadb.api.models.Collection import Collection
    from chromadb.config import Settings

FOLDER = "vectors"
LOCK = "vectors.lock"
PATIENCE = 60.0  # seconds to wait for another process that is busy with the store
BATCH = 1000
HTTPS_PORT, CHROMA_PORT = 443, 8000
FULL = ("disk is full", "no space left", "readonly database")
Given = TypeVar("Given")
Vector = NDArray[np.float32]
Embed = Callable[[Sequence[str]], Sequence[Sequence[float]]]


class VectorIndex:
    """Collections of vectors by id, kept equal to what their owner says they should hold.

    Args:
        folder: the data folder; a damaged store in it is thrown away and begun anew.
        server: the address of a Chroma server ("http://host:8000") to use instead, or None.
    """

    def __init__(self, folder: Path, server: str | None = None) -> None:
        """Open nothing yet: importing Chroma takes a second."""
        self._folder = folder
        self._server = server
        self._opened: Client | None = None
        self._changes_seen = 0
        self._lock = threading.RLock()

    def align(self, collection: str, wanted: Mapping[str, str], embed: Embed) -> int:
        """Make a collection hold exactly the ids of `wanted`.

        Args:
            collection: its name; made where there is none.
            wanted: the text to embed for each id. An id must change when its text does.
            embed: gives the vectors of the texts that are missing, in order.

        Returns:
            How many texts were embedded.

        Raises:
            NoSpace: if the disk is full.
            LibraryFault: if the store fails twice, the second time newly made.
        """
        held = self._trying(lambda client: _ids(_collection(client, collection)))
        missing = [one for one in wanted if one not in held]
        vectors = embed([wanted[one] for one in missing]) if missing else []
        surplus = sorted(held - wanted.keys())
        if surplus:
            self.remove(collection, surplus)
        if missing:
            self.put(collection, missing, vectors)
        return len(missing)

    def size(self, collection: str) -> int:
        """How many vectors a collection holds."""
        return self._trying(lambda client: _collection(client, collection).count())

    def put(self, collection: str, ids: Sequence[str], vectors: Sequence[Sequence[float]]) -> None:
        """Add vectors to a collection, made where there is none; raises what `align` raises."""
        self._trying(lambda client: _put(_collection(client, collection), ids, vectors), writes=True)

    def remove(self, collection: str, ids: Sequence[str]) -> None:
        """Take vectors out of a collection; ids it does not hold are passed over."""
        self._trying(lambda client: _remove(_collection(client, collection), ids), writes=True)

    def vectors(self, collection: str) -> dict[str, Vector]:
        """Every vector of a collection, by id."""
        return self._trying(lambda client: _vectors(_collection(client, collection)))

    def nearest(self, collection: str, vector: Vector, most: int) -> dict[str, Vector]:
        """The vectors of a collection nearest to one by cosine, at most so many, by id, the nearest first."""
        return self._trying(lambda client: _nearest(_collection(client, collection), vector, most))

    def drop(self, collections: Callable[[str], bool]) -> None:
        """Delete every collection whose name `collections` accepts."""
        held = self._trying(lambda client: [found.name for found in client.list_collections()])
        for name in filter(collections, held):
            self._trying(partial(_drop, name), writes=True)

    def _trying(self, work: "Callable[[Client], Given]", *, writes: bool = False) -> Given:
        """Do it, on failure with the store opened again, on a second failure with a new store."""
        from chromadb.errors import ChromaError  # the import takes a second

        with self._lock, self._alone(writes=writes):
            for mend in (self._close, self._start_over):
                try:
                    return work(self._client())
                except ChromaError as error:
                    self._give_up_if_full(error)
                    mend()
            try:
                return work(self._client())
            except ChromaError as error:
                self._give_up_if_full(error)
                raise LibraryFault(
                    self._server or str(self._folder / FOLDER),
                    f"the vector store fails ({error})",
                    "Check the disk or the Chroma server, then try again.",
                ) from error

    @contextmanager
    def _alone(self, *, writes: bool) -> Iterator[None]:
        """Keep other processes off the folder, and see what they wrote since: an embedded store is made for one.

        The lock is SQLite's, which works everywhere; its file counts the writes, so that a store which another process
        has changed is opened again.
        """
        if self._server is not None:
            yield
            return
        with closing(_locked(self._folder)) as lock:
            changes = int(lock.execute("PRAGMA user_version").fetchone()[0])
            if changes != self._changes_seen:
                self._close()
            self._changes_seen = changes + writes
            yield
            if writes:
                lock.execute(f"PRAGMA user_version = {self._changes_seen}")
                lock.execute("COMMIT")

    def _client(self) -> "Client":
        if self._opened is None:
            import chromadb  # the import takes a second
            from chromadb.config import Settings  # as above

            quiet = Settings(anonymized_telemetry=False)
            if self._server is None:
                self._opened = cast("Client", chromadb.PersistentClient(str(self._newest_store()), settings=quiet))
            else:
                self._opened = _connect(self._server, quiet)
        return self._opened

    def _close(self) -> None:
        if self._opened is not None:
            self._opened.close()
        self._opened = None

    def _newest_store(self) -> Path:
        stores = sorted((self._folder / FOLDER).glob("[0-9]*"), key=lambda store: int(store.name))
        newest = stores[-1] if stores else self._folder / FOLDER / "1"
        newest.mkdir(parents=True, exist_ok=True)
        return newest

    def _start_over(self) -> None:
        """Throw a damaged store away; the next has another name, as Chroma remembers a failed one by its path."""
        self._close()
        if self._server is None:
            damaged = self._newest_store()
            (damaged.parent / str(int(damaged.name) + 1)).mkdir(exist_ok=True)
            shutil.rmtree(damaged, ignore_errors=True)

    def _give_up_if_full(self, error: Exception) -> None:
        if any(words in str(error).lower() for words in FULL):
            remedy = "Free some space or choose another data folder, then try again."
            raise NoSpace(str(self._folder), "the disk is full or not writable", remedy) from error


def _locked(folder: Path) -> sqlite3.Connection:
    try:
        lock = sqlite3.connect(folder / LOCK, timeout=PATIENCE, isolation_level=None)
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        remedy = "Wait for other work on this data folder to end, see that it can be written to, then try again."
        raise LibraryFault(str(folder / LOCK), f"the vector store cannot be locked ({error})", remedy) from error
    return lock


def _connect(server: str, settings: "Settings") -> "Client":
    import chromadb  # the import takes a second

    address = urlsplit(server)
    if address.scheme not in {"http", "https"} or not address.hostname:
        raise BadInput(server, "not the address of a Chroma server", "Give one like http://localhost:8000.")
    secure = address.scheme == "https"
    port = address.port or (HTTPS_PORT if secure else CHROMA_PORT)
    try:
        return cast("Client", chromadb.HttpClient(host=address.hostname, port=port, ssl=secure, settings=settings))
    except ValueError as error:
        raise LibraryFault(server, "no Chroma server answers there", "Start it with `chroma run`.") from error


def _collection(client: "Client", name: str) -> "Collection":
    configuration: CreateCollectionConfiguration = {"hnsw": {"space": "cosine"}}
    return client.get_or_create_collection(name, embedding_function=None, configuration=configuration)


def _drop(name: str, client: "Client") -> None:
    client.delete_collection(name)


def _ids(collection: "Collection") -> set[str]:
    return set(collection.get(include=[])["ids"])


def _put(collection: "Collection", ids: Sequence[str], vectors: Sequence[Sequence[float]]) -> None:
    for start in range(0, len(ids), BATCH):
        part = slice(start, start + BATCH)
        collection.upsert(ids=list(ids[part]), embeddings=list(vectors[part]))


def _remove(collection: "Collection", ids: Sequence[str]) -> None:
    for start in range(0, len(ids), BATCH):
        collection.delete(ids=list(ids[start : start + BATCH]))


def _vectors(collection: "Collection") -> dict[str, Vector]:
    held = collection.get(include=["embeddings"])
    return dict(zip(held["ids"], np.asarray(held["embeddings"], np.float32), strict=True))


def _nearest(collection: "Collection", vector: Vector, most: int) -> dict[str, Vector]:
    found = collection.query(query_embeddings=vector[None, :], n_results=most, include=["embeddings"])
    vectors = found["embeddings"]
    return dict(zip(found["ids"][0], np.asarray(vectors[0], np.float32), strict=True)) if vectors else {}
