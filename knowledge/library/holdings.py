"""The school's documents and the guide in a data folder: added, listed, removed, searched, workspace by workspace."""

import hashlib
import re
import threading
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from knowledge.document import Document
from knowledge.faults import AskwhyError, BadInput, UnknownDocument, UnreadableFile
from knowledge.identification import identify_language
from knowledge.library import catalogue
from knowledge.library.catalogue import Record
from knowledge.library.embeddings import open_embeddings
from knowledge.library.index import VectorIndex
from knowledge.library.keys import DIGEST_LANGUAGE
from knowledge.library.likeness import DigestVectors, Likeness, compare, open_digest
from knowledge.library.search import SearchResult, rank
from knowledge.library.shelf import DIGEST, Shelf, build_shelf, digest_document, passage_texts
from knowledge.reading.files import read_file

Status = Literal["added", "unchanged", "replaced", "failed"]
Progress = Callable[[int, int], None]
DEFAULT_WORKSPACE = "default"
WORKSPACE_LENGTH = 100
INDEX_VERSION = 1  # raised when the same text would be embedded otherwise
EMBEDDED_AT_ONCE = 16
LOOKED_UP = 200  # passages of a workspace whose likeness is measured for one question


@dataclass(frozen=True, slots=True)
class AddedDocument:
    """What became of a file that was to be added; `message` is for the reader, "" where there is nothing to say."""

    id: str
    name: str
    pages: int
    passages: int
    status: Status
    message: str


@dataclass(frozen=True, slots=True)
class ListedDocument:
    """A document of a workspace."""

    id: str
    name: str
    pages: int
    passages: int
    language: str


class Library:
    """The documents in one data folder. Opening it is cheap; threads may share it, and processes the folder.

    Args:
        folder: the data folder, made where there is none.
        embeddings_name: which model embeds (see `open_embeddings`); None for the default. Where the folder was
            indexed with another, the index is built anew at the next search, from the texts that are kept.
        chroma: the address of a Chroma server, or None to keep the vectors in the folder.

    Raises:
        NoSpace: if the folder cannot be written.
        ForeignData: if it is not a data folder of this version.
        BadInput: if the embeddings are not to be had.
    """

    def __init__(self, folder: Path, embeddings_name: str | None = None, *, chroma: str | None = None) -> None:
        """Open the catalogue; load no model and no vectors."""
        self.folder = folder
        self._embeddings = open_embeddings(embeddings_name)
        self._names = f"askwhy-{catalogue.prepare(folder)}-"
        self._index = VectorIndex(folder, chroma)
        self._shelves: dict[str, tuple[int, Shelf]] = {}
        self._in_step: set[str] = set()
        self._digests: dict[str, DigestVectors] = {}
        self._lock = threading.RLock()

    def add(
        self,
        path: Path,
        workspace: str = DEFAULT_WORKSPACE,
        password: str | None = None,
        progress: Progress | None = None,
    ) -> AddedDocument:
        """Read a file and keep it, in the place of an earlier one of the same name.

        A file that cannot be read is told of as "failed" and leaves the library as it was.

        Args:
            path: the file.
            workspace: whose document it becomes.
            password: what opens it, where it is locked.
            progress: called with how many passages are embedded, of how many; what it raises ends the adding, and
                the library is as it was.

        Raises:
            BadInput: if the workspace's name is empty or too long.
            NoSpace: if the disk is full; the library is as it was.
        """
        _check(workspace)
        try:
            document = read_file(path, password=password)
        except UnreadableFile as error:
            return AddedDocument(_identify(path.name), path.name, 0, 0, "failed", str(error))
        return self.keep(document, workspace, progress)

    def keep(
        self, document: Document, workspace: str = DEFAULT_WORKSPACE, progress: Progress | None = None
    ) -> AddedDocument:
        """Keep a document that has been read, as `add` does."""
        _check(workspace)
        identifier = _identify(document.name)
        before = catalogue.find(self.folder, workspace, identifier)
        if before is not None and before.document.digest == document.digest:
            return _added(before, "unchanged", "The library already has this very file.")
        texts = passage_texts(identifier, document)
        vectors = self._embed(list(texts.values()), progress)
        record = Record(identifier, document, len(texts))
        with self._lock:
            catalogue.save(self.folder, workspace, record)
            try:
                if texts:
                    self._index.put(self._collection(workspace), list(texts), vectors)
            except AskwhyError:
                if before is None:
                    catalogue.delete(self.folder, workspace, identifier)
                else:
                    catalogue.save(self.folder, workspace, before)
                raise
            if before is not None:
                self._forget(workspace, before)
        return _added(record, "added" if before is None else "replaced", " ".join(document.warnings))

    def documents(self, workspace: str = DEFAULT_WORKSPACE) -> tuple[ListedDocument, ...]:
        """The documents of a workspace, by name."""
        _check(workspace)
        return tuple(
            ListedDocument(one.id, one.document.name, len(one.document.pages), one.passages, one.document.language)
            for one in catalogue.records(self.folder, workspace)
        )

    def document(self, document_id: str, workspace: str = DEFAULT_WORKSPACE) -> Document:
        """A document as it was read; Askwhy's digest of the guide under the id "digest".

        Raises:
            UnknownDocument: if the workspace has none with that id.
        """
        _check(workspace)
        if document_id == DIGEST:
            return digest_document()
        return self._record(document_id, workspace).document

    def text(self, document_id: str, workspace: str = DEFAULT_WORKSPACE) -> str:
        """The whole text of a document, into which every citation's span points.

        Raises:
            UnknownDocument: if the workspace has none with that id.
        """
        return self.document(document_id, workspace).text

    def remove(self, document_id: str, workspace: str = DEFAULT_WORKSPACE) -> None:
        """Forget a document: its text, its structure and its vectors.

        Raises:
            UnknownDocument: if the workspace has none with that id.
        """
        _check(workspace)
        with self._lock:
            record = self._record(document_id, workspace)
            catalogue.delete(self.folder, workspace, document_id)
            self._forget(workspace, record)

    def search(
        self, question: str, k: int = 5, workspace: str = DEFAULT_WORKSPACE, language: str | None = None
    ) -> SearchResult:
        """The passages that answer a question best, and whether they do.

        Args:
            question: in any language.
            k: how many passages to give at most.
            workspace: whose documents to search beside the digest; no other's are looked at.
            language: the question's language, where it is known.
        """
        spoken = language or identify_language(question)
        spoken = DIGEST_LANGUAGE if spoken == "und" else spoken
        shelf, likeness = self.compare(question, workspace, spoken)
        return rank(question, spoken, shelf, likeness, k=k)

    def compare(
        self, question: str, workspace: str = DEFAULT_WORKSPACE, language: str = DIGEST_LANGUAGE
    ) -> tuple[Shelf, Likeness]:
        """All that a workspace can be quoted from, and how like a question in a language it is."""
        _check(workspace)
        with self._lock:
            shelf = self._shelf(workspace)
            return shelf, self._measure(question, language, shelf, workspace)

    def warm_up(self) -> None:
        """Load the model and the digest's vectors ahead of the first question."""
        with self._lock:
            self._measure("?", DIGEST_LANGUAGE, build_shelf(()), DEFAULT_WORKSPACE)

    def _measure(self, question: str, language: str, shelf: Shelf, workspace: str) -> Likeness:
        digest = self._digests.get(language) or open_digest(self._embeddings, language, self.folder)
        self._digests[language] = digest
        vector = np.array(self._embeddings.embed_query(question))
        if not shelf.texts():
            return compare(vector, digest, {})
        self._bring_in_step(self._collection(workspace), shelf.texts(), self._embed)
        probe = digest.english.space.probe(vector).astype(np.float32)
        return compare(vector, digest, self._index.nearest(self._collection(workspace), probe, LOOKED_UP))

    def _shelf(self, workspace: str) -> Shelf:
        """The workspace as it is now, laid out anew where a document has come or gone."""
        now = catalogue.revision(self.folder, workspace)
        held = self._shelves.get(workspace)
        if held is None or held[0] != now:
            held = (now, build_shelf(catalogue.records(self.folder, workspace)))
            self._shelves[workspace] = held
            self._in_step.discard(self._collection(workspace))
        return held[1]

    def _bring_in_step(
        self, collection: str, texts: Mapping[str, str], embed: Callable[[Sequence[str]], list[list[float]]]
    ) -> None:
        """Embed what a collection lacks, where its texts or its size have changed; drop other models' vectors."""
        if collection not in self._in_step or self._index.size(collection) != len(texts):
            self._index.align(collection, texts, embed)
            self._index.drop(lambda name: name.startswith(self._names) and not name.startswith(self._names_of_model()))
            self._in_step.add(collection)

    def _embed(self, texts: Sequence[str], progress: Progress | None = None) -> list[list[float]]:
        vectors: list[list[float]] = []
        for start in range(0, len(texts), EMBEDDED_AT_ONCE):
            vectors += self._embeddings.embed_documents(list(texts[start : start + EMBEDDED_AT_ONCE]))
            if progress is not None:
                progress(len(vectors), len(texts))
        return vectors

    def _forget(self, workspace: str, record: Record) -> None:
        """Take a document's vectors away; where the workspace has no other document, the whole collection."""
        if catalogue.records(self.folder, workspace):
            self._index.remove(self._collection(workspace), list(passage_texts(record.id, record.document)))
        else:
            self._index.drop(lambda name: name == self._collection(workspace))

    def _record(self, document_id: str, workspace: str) -> Record:
        record = catalogue.find(self.folder, workspace, document_id)
        if record is None:
            raise UnknownDocument(
                f"document {document_id!r}",
                f"there is none with that id in workspace {workspace!r}",
                "List the library to see the ids.",
            )
        return record

    def _collection(self, workspace: str) -> str:
        """The name of a workspace's collection; it tells library, version and model apart."""
        return self._names_of_model() + _hash(workspace)

    def _names_of_model(self) -> str:
        return f"{self._names}{INDEX_VERSION}-{_hash(self._embeddings.identity)}-"


def _check(workspace: str) -> None:
    if not workspace.strip() or len(workspace) > WORKSPACE_LENGTH:
        remedy = f"Give it a name of 1 to {WORKSPACE_LENGTH} characters."
        raise BadInput("workspace", "its name is empty or too long", remedy)


def _identify(name: str) -> str:
    """An id that stays the same for a file's name: readable, safe in a shell, and different for each name."""
    ascii_name = unicodedata.normalize("NFKD", name.rsplit(".", 1)[0]).encode("ascii", "ignore").decode().lower()
    readable = re.sub(r"[^a-z0-9]+", "-", ascii_name)[:40].strip("-")
    return f"{readable}-{_hash(name)[:6]}" if readable else _hash(name)[:6]


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _added(record: Record, status: Status, message: str) -> AddedDocument:
    document = record.document
    return AddedDocument(record.id, document.name, len(document.pages), record.passages, status, message)
