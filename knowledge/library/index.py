"""Vectors in Chroma: embedded in a folder, or on a Chroma server; the only module that knows Chroma.

Nothing but ids and vectors is stored here, so losing it loses nothing: whatever a collection lacks is embedded again.
"""

import threading
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from knowledge.faults import BadInput, LibraryFault, NoSpace
from knowledge.library.embedded import FOLDER, newest_store, replace_store, strike_notes
from knowledge.library.turns import take_turn
from knowledge.library.unused import clear_store, wipe_written

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.collection_configuration import CreateCollectionConfiguration, UpdateHNSWConfiguration
    from chromadb.api.models.Collection import Collection
    from chromadb.config import Settings

PATIENCE = 60.0  # seconds to wait for another process that is busy with the store
BATCH, COPIED = 1000, 2000  # vectors in a request; up to how many are copied to leave no trace of those taken out
LOCK, MARK, COPY = "vectors.lock", "mark", "-copy"
HTTPS_PORT, CHROMA_PORT = 443, 8000
FULL = ("disk is full", "no space left", "readonly database")
Given = TypeVar("Given")
Vector = NDArray[np.float32]
Vectors = Sequence[Sequence[float]] | NDArray[np.float32]
# How many changes Chroma collects before it writes its index to disk: as it is, and while something is erased.
USUALLY: "UpdateHNSWConfiguration" = {"sync_threshold": 1000, "batch_size": 100}
AT_ONCE: "UpdateHNSWConfiguration" = {"sync_threshold": 2, "batch_size": 2}


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
        self._wiped: dict[Path, int] = {}
        self._lock = threading.RLock()

    @property
    def is_embedded(self) -> bool:
        """Whether the vectors are kept in the folder, and not by a Chroma server."""
        return self._server is None

    def identify(self, collection: str) -> str:
        """What tells a collection from any other that bore or will bear its name; it is made where there is none.

        Raises:
            NoSpace: if the disk is full.
            LibraryFault: if the store fails twice, the second time newly made. The other methods raise the same.
        """
        return self._trying(lambda client: str((_collection(client, collection).metadata or {}).get(MARK, "")))

    def size(self, collection: str) -> int:
        """How many vectors a collection holds."""
        return self._trying(lambda client: _collection(client, collection).count())

    def held(self, collection: str, ids: Sequence[str] | None = None) -> frozenset[str]:
        """Those of some ids that a collection has a vector of; all that it has where None is given."""
        return self._trying(lambda client: _held(_collection(client, collection), ids))

    def put(self, collection: str, ids: Sequence[str], vectors: Vectors) -> None:
        """Add vectors to a collection, made where there is none, or put them in the place of those of the same ids."""
        self._trying(lambda client: _put(_collection(client, collection), ids, vectors), writes=True)

    def erase(self, collection: str, choose: Callable[[], Sequence[str]]) -> tuple[str, ...]:
        """Take vectors out of a collection and off the disk; on a Chroma server, whose disk it is, out and overwritten.

        `choose` gives the ids once no other process can write here; they are given back, held or not.
        """

        def work(client: "Client") -> tuple[str, ...]:
            ids = tuple(choose())
            if ids:
                _erase(client, collection, ids)
            return ids

        erased = self._trying(work, writes=True)
        if erased:
            self._vacuum()
        return erased

    def vectors(self, collection: str, ids: Sequence[str] | None = None) -> dict[str, Vector]:
        """The vectors of a collection, by id: all, or those of some ids that it has."""
        return self._trying(lambda client: _vectors(_collection(client, collection), ids))

    def nearest(self, collection: str, vector: Vector, most: int) -> dict[str, Vector]:
        """The vectors of a collection nearest to one by cosine, at most so many, by id, the nearest first."""
        return self._trying(lambda client: _nearest(_collection(client, collection), vector, most))

    def drop(self, collections: Callable[[str], bool]) -> None:
        """Delete every collection whose name `collections` accepts."""
        dropped = self._trying(lambda client: [one.name for one in client.list_collections() if collections(one.name)])
        for name in dropped:
            self._drop(name)
        if dropped:
            self._vacuum()

    def _drop(self, name: str) -> None:
        self._trying(lambda client: client.delete_collection(name), writes=True)

    def _vacuum(self) -> None:
        """Rid Chroma's files of what was deleted from them."""
        if self.is_embedded:
            with self._lock, self._alone(writes=True):
                self._close()
                clear_store(newest_store(self._folder))

    def _trying(self, work: "Callable[[Client], Given]", *, writes: bool = False) -> Given:
        """Do it, on failure with the store opened again, on a second failure with a new store."""
        from chromadb.errors import ChromaError  # the import takes a second

        with self._lock, self._alone(writes=writes):
            if writes and self.is_embedded:
                strike_notes(self._folder)
            for mend in (self._close, self._start_over):
                try:
                    return self._do(work)
                except ChromaError as error:
                    self._give_up_if_full(error)
                    mend()
            try:
                return self._do(work)
            except ChromaError as error:
                self._give_up_if_full(error)
                raise LibraryFault(
                    self._server or str(self._folder / FOLDER),
                    f"the vector store fails ({error})",
                    "Check the disk or the Chroma server, then try again.",
                ) from error

    def _do(self, work: "Callable[[Client], Given]") -> Given:
        """Do it, and leave in the files nothing of what lay in memory when Chroma wrote them."""
        done = work(self._client())
        if self.is_embedded:
            self._wiped = wipe_written(newest_store(self._folder), self._wiped)
        return done

    @contextmanager
    def _alone(self, *, writes: bool) -> Iterator[None]:
        """Keep other processes off the folder, and see what they wrote since: an embedded store is made for one.

        The lock's file counts the writes, so that a store which another process has changed is opened again.
        """
        if self._server is not None:
            yield
            return
        with take_turn(self._folder / LOCK, PATIENCE) as lock:
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
                self._opened = cast(
                    "Client", chromadb.PersistentClient(str(newest_store(self._folder)), settings=quiet)
                )
            else:
                self._opened = _connect(self._server, quiet)
        return self._opened

    def _close(self) -> None:
        if self._opened is not None:
            self._opened.close()
        self._opened = None

    def _start_over(self) -> None:
        """Throw a damaged store away."""
        self._close()
        if self.is_embedded:
            replace_store(self._folder)

    def _give_up_if_full(self, error: Exception) -> None:
        if any(words in str(error).lower() for words in FULL):
            remedy = "Free some space or choose another data folder, then try again."
            raise NoSpace(str(self._folder), "the disk is full or not writable", remedy) from error


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


def _collection(client: "Client", name: str, mark: str | None = None) -> "Collection":
    configuration: CreateCollectionConfiguration = {"hnsw": {"space": "cosine"}}
    metadata = {MARK: mark or uuid.uuid4().hex}  # kept as it is where the collection is there already
    return client.get_or_create_collection(
        name, embedding_function=None, configuration=configuration, metadata=metadata
    )


def _held(collection: "Collection", ids: Sequence[str] | None) -> frozenset[str]:
    return frozenset(one for part in _parts(ids) for one in collection.get(ids=part, include=[])["ids"])


def _put(collection: "Collection", ids: Sequence[str], vectors: Vectors) -> None:
    rows = np.asarray(vectors, np.float32)
    for part in (slice(start, start + BATCH) for start in range(0, len(ids), BATCH)):
        collection.upsert(ids=list(ids[part]), embeddings=rows[part])


def _erase(client: "Client", name: str, ids: Sequence[str]) -> None:
    """Take vectors out so that none of their bytes is left: deleting alone leaves them in Chroma's files."""
    collection = _collection(client, name)
    erased = _held(collection, ids)
    if not erased:
        return
    if collection.count() - len(erased) <= COPIED:
        _copy_without(client, collection, erased)
    else:
        _overwrite(collection, sorted(erased))


def _copy_without(client: "Client", collection: "Collection", erased: frozenset[str]) -> None:
    """Put a copy in the place of a small collection; where this is interrupted, its owner sees another mark."""
    name, mark = collection.name, str((collection.metadata or {}).get(MARK, ""))
    rest = {one: vector for one, vector in _vectors(collection, None).items() if one not in erased}
    if f"{name}{COPY}" in {found.name for found in client.list_collections()}:
        client.delete_collection(f"{name}{COPY}")
    copy = _collection(client, f"{name}{COPY}", mark)
    _put(copy, list(rest), np.array(list(rest.values()), np.float32))
    client.delete_collection(name)
    copy.modify(name=name)


def _overwrite(collection: "Collection", ids: Sequence[str]) -> None:
    """Write something else over vectors, then delete them, and have Chroma write its index down at once.

    It takes changes into its index when it is next asked something, and strikes them off its list at the next change.
    """
    (first,) = _vectors(collection, ids[:1]).values()
    blank = np.full((min(BATCH, len(ids)), len(first)), len(first) ** -0.5, np.float32)
    ask = partial(collection.query, query_embeddings=blank[:1], n_results=1, include=[])
    collection.modify(configuration={"hnsw": AT_ONCE})
    ask()
    for start in range(0, len(ids), BATCH):
        part = list(ids[start : start + BATCH])
        for _ in range(AT_ONCE["sync_threshold"]):  # a single change would stay unwritten
            collection.update(ids=part, embeddings=blank[: len(part)])
            ask()
        collection.delete(ids=part)
        ask()
    collection.modify(configuration={"hnsw": USUALLY})


def _vectors(collection: "Collection", ids: Sequence[str] | None) -> dict[str, Vector]:
    found: dict[str, Vector] = {}
    for part in _parts(ids):
        held = collection.get(ids=part, include=["embeddings"])
        found.update(zip(held["ids"], np.asarray(held["embeddings"], np.float32), strict=True))
    return found


def _parts(ids: Sequence[str] | None) -> list[list[str] | None]:
    """Ids in lots that one request takes; a single None for all there are."""
    return [None] if ids is None else [list(ids[start : start + BATCH]) for start in range(0, len(ids), BATCH)]


def _nearest(collection: "Collection", vector: Vector, most: int) -> dict[str, Vector]:
    found = collection.query(query_embeddings=vector[None, :], n_results=most, include=["embeddings"])
    vectors = found["embeddings"]
    return dict(zip(found["ids"][0], np.asarray(vectors[0], np.float32), strict=True)) if vectors else {}
