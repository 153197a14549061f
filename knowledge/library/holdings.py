"""The school's documents and the guide in a data folder: added, listed, removed, searched, workspace by workspace."""

import threading
from dataclasses import replace
from pathlib import Path

from knowledge.digest import recognises_guide
from knowledge.document import Document
from knowledge.faults import UnknownDocument, UnreadableFile
from knowledge.identification import identify_language
from knowledge.library import catalogue
from knowledge.library.accounts import AddedDocument, ListedDocument, Status
from knowledge.library.catalogue import DiaryEntry, Listing
from knowledge.library.embeddings import open_embeddings
from knowledge.library.filing import file_document
from knowledge.library.identity import DEFAULT_WORKSPACE, check_workspace, digest_of, identify_name, make_legible
from knowledge.library.index import VectorIndex
from knowledge.library.keys import DIGEST_LANGUAGE
from knowledge.library.likeness import NOTHING_PLACED, DigestVectors, Likeness, compare, open_digest
from knowledge.library.meaning import Meaning, Progress
from knowledge.library.nearby import Nearby
from knowledge.library.papers import NO_PAPERS, find_by_words
from knowledge.library.records import Record
from knowledge.library.reranking import CANDIDATES, Reranker
from knowledge.library.search import SearchResult, rank
from knowledge.library.shelf import DIGEST, Place, build_shelf, digest_document, paper_passages, passage_texts
from knowledge.library.shelves import Holding, Shelves
from knowledge.library.store import hold, prepare
from knowledge.reading.draft import Limits

USUAL_LIMITS = Limits()
ALREADY = "The library already has this very file."


def limit_filing(limits: Limits) -> Limits:
    """The limits with which a file for the library is read: among dozens none waits for OCR of its pictures."""
    return replace(limits, pictures=0)


class Library:
    """The documents in one data folder. Opening it is cheap; threads may share it, and processes the folder.

    Args:
        folder: the data folder, made where there is none.
        embeddings_name: which model embeds (see `open_embeddings`); None for the default. Where the folder was
            indexed with another, the vectors are made anew, from the texts that are kept.
        chroma: the address of a Chroma server, or None to keep the vectors in the folder.
        limits: how much is read of a file that is added, for how long and in how much memory.
        reranker: what looks at the best passages again, or None.

    Raises:
        NoSpace: if the folder cannot be written.
        ForeignData: if it is not a data folder of this version.
        BadInput: if the embeddings are not to be had.
    """

    def __init__(
        self,
        folder: Path,
        embeddings_name: str | None = None,
        *,
        chroma: str | None = None,
        limits: Limits = USUAL_LIMITS,
        reranker: Reranker | None = None,
    ) -> None:
        """Open the catalogue; load no model and no vectors."""
        self.folder = folder
        self._limits = limit_filing(limits)
        self._reranker = reranker
        self._embeddings = open_embeddings(embeddings_name)
        library = prepare(folder)
        self._index = VectorIndex(folder, chroma)
        self._meaning = Meaning(folder, self._embeddings, self._index, library)
        self._shelves = Shelves(folder)
        self._nearby = Nearby(self._meaning, self._index)
        self._digests: dict[str, DigestVectors] = {}
        self._lock = threading.RLock()

    def add(
        self,
        path: Path,
        workspace: str = DEFAULT_WORKSPACE,
        password: str | None = None,
        progress: Progress | None = None,
        *,
        later: bool = False,
        reading: Progress | None = None,
        kept: Progress | None = None,
    ) -> AddedDocument:
        """Read a file and keep it, in the place of an earlier one of the same name.

        It is found by its words as soon as it is read, by any process, and by its meaning when this returns. A file
        that cannot be read is told of as "failed" and leaves the library as it was; one that the library has is not
        read again.

        Args:
            path: the file.
            workspace: whose document it becomes.
            password: what opens it, where it is locked.
            progress: called with how many passages are embedded, of how many; what it raises ends the adding, and
                the library is as it was.
            later: return as soon as it is found by its words; `complete` does the rest.
            reading: called with how many pages are read, of how many; what it raises ends the adding too.
            kept: called once with the pages when the document is found by its words; what it raises undoes that.

        Raises:
            BadInput: if the workspace's name is empty or too long.
            NoSpace: if the disk is full; the library is as it was.
        """
        with hold(self.folder):
            known = self.recognise(path, workspace)
            if known is not None:
                if not later:
                    self._meaning.complete(workspace, known.id, progress)
                return known
        from knowledge.reading.isolation import read_apart  # a third of a second that asking need not wait

        try:
            document = read_apart(path, password=password, limits=self._limits, progress=reading)
        except UnreadableFile as error:
            return AddedDocument(identify_name(path.name), path.name, 0, 0, "failed", str(error))
        return self.keep(document, workspace, progress, later=later, kept=kept)

    def recognise(self, path: Path, workspace: str = DEFAULT_WORKSPACE) -> AddedDocument | None:
        """What is told of a file that the workspace has under this very name, its bytes the same; None for another."""
        check_workspace(workspace)
        listing = catalogue.describe(self.folder, workspace, identify_name(path.name))
        try:
            same = listing is not None and listing.digest == digest_of(path)
        except OSError:
            return None  # reading it will say why
        return _told(listing, "unchanged", ALREADY) if listing is not None and same else None

    def keep(
        self,
        document: Document,
        workspace: str = DEFAULT_WORKSPACE,
        progress: Progress | None = None,
        *,
        later: bool = False,
        kept: Progress | None = None,
    ) -> AddedDocument:
        """Keep a document that has been read, as `add` does; what `kept`, called with its pages, raises undoes it."""
        check_workspace(workspace)
        with hold(self.folder):
            identifier = identify_name(document.name)
            listing = catalogue.describe(self.folder, workspace, identifier)
            if listing is not None and listing.digest == document.digest:
                if not later:
                    self._meaning.complete(workspace, identifier, progress)
                return _told(listing, "unchanged", ALREADY)
            document = replace(document, name=make_legible(document.name))
            passages = paper_passages(document)
            texts = passage_texts(document, passages)
            record = Record(identifier, document, len(texts))
            before = catalogue.save(self.folder, workspace, record, texts)
            try:
                file_document(self.folder, workspace, record, passages)
                if kept is not None:
                    kept(len(document.pages), len(document.pages))
                if not later:
                    self._meaning.complete(workspace, identifier, progress)
            except BaseException:
                keys = passage_texts(before.document) if before else {}
                catalogue.undo_save(self.folder, workspace, record, before, keys)
                self._meaning.sweep(workspace)
                raise
            status: Status = "added" if before is None else "replaced"
            message = " ".join(document.warnings)
            return AddedDocument(identifier, document.name, len(document.pages), len(texts), status, message)

    def complete(
        self, workspace: str = DEFAULT_WORKSPACE, progress: Progress | None = None, document_id: str | None = None
    ) -> None:
        """Make what is still lacking of the vectors of a document, or of all: after adding, or a process was killed."""
        check_workspace(workspace)
        if catalogue.revision(self.folder, workspace):
            self._meaning.complete(workspace, document_id, progress)

    def documents(self, workspace: str = DEFAULT_WORKSPACE) -> tuple[ListedDocument, ...]:
        """The documents of a workspace, by name."""
        check_workspace(workspace)
        return tuple(
            ListedDocument(one.id, one.name, one.pages, one.passages, one.language, bool(one.indexed))
            for one in catalogue.list_documents(self.folder, workspace)
        )

    def papers(self, workspace: str = DEFAULT_WORKSPACE) -> tuple[Document, ...]:
        """The school's own papers, by name: every document of a workspace but the guide, whoever asks for them."""
        kept = (self.document(one.id, workspace) for one in self.documents(workspace))
        return tuple(one for one in kept if not recognises_guide(one))

    def diary(self, workspace: str = DEFAULT_WORKSPACE) -> tuple[DiaryEntry, ...]:
        """Which documents were added, replaced and removed, the oldest first."""
        check_workspace(workspace)
        return catalogue.read_diary(self.folder, workspace)

    def document(self, document_id: str, workspace: str = DEFAULT_WORKSPACE) -> Document:
        """A document as it was read; Askwhy's digest of the guide under the id "digest".

        Raises:
            UnknownDocument: if the workspace has none with that id.
        """
        check_workspace(workspace)
        if document_id == DIGEST:
            return digest_document()
        record = catalogue.find(self.folder, workspace, document_id)
        if record is None:
            raise _unknown(document_id, workspace)
        return record.document

    def text(self, document_id: str, workspace: str = DEFAULT_WORKSPACE) -> str:
        """The whole text of a document, into which every citation's span points.

        Raises:
            UnknownDocument: if the workspace has none with that id.
        """
        return self.document(document_id, workspace).text

    def remove(self, document_id: str, workspace: str = DEFAULT_WORKSPACE) -> None:
        """Forget a document: its text, its structure and its vectors, on disk too.

        Raises:
            UnknownDocument: if the workspace has none with that id.
        """
        check_workspace(workspace)
        if not catalogue.delete(self.folder, workspace, document_id):
            raise _unknown(document_id, workspace)
        self._meaning.sweep(workspace)

    def forget(self, workspace: str = DEFAULT_WORKSPACE) -> int:
        """Forget every document of a workspace and that it ever was there, on disk too; how many there were."""
        check_workspace(workspace)
        count = catalogue.forget(self.folder, workspace)
        self._meaning.sweep(workspace)
        return count

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
        most = max(k, CANDIDATES) if self._reranker else k
        with hold(self.folder):
            held, likeness, pending = self.compare(question, workspace, spoken)
            found = rank(question, spoken, held.shelf, held.papers, likeness, k=most)
        if self._reranker:
            found = self._reranker.rerank(found, k)
        return replace(found, pending=pending)

    def compare(
        self, question: str, workspace: str = DEFAULT_WORKSPACE, language: str = DIGEST_LANGUAGE
    ) -> tuple[Holding, Likeness, int]:
        """All that a workspace can be quoted from, how like a question is to it, and how many vectors it lacks."""
        check_workspace(workspace)
        with self._lock, hold(self.folder):
            held = self._shelves.holding(workspace)
            return held, *self._measure(question, language, held, workspace)

    def find_words(self, text: str, language: str, k: int = 5, workspace: str = DEFAULT_WORKSPACE) -> tuple[Place, ...]:
        """The passages of the workspace's own files with most of a text's words, the best first; none of the guide's.

        No model is asked, so that it takes milliseconds once the shelf is laid out.
        """
        check_workspace(workspace)
        with hold(self.folder):
            with self._lock:
                held = self._shelves.holding(workspace)
            return find_by_words(held.papers, held.shelf.lexical, text, language, k)

    def warm_up(self) -> None:
        """Load the model and the digest's vectors ahead of the first question."""
        with self._lock:
            self._measure("?", DIGEST_LANGUAGE, Holding(0, build_shelf(()), NO_PAPERS), DEFAULT_WORKSPACE)

    def _measure(self, question: str, language: str, held: Holding, workspace: str) -> tuple[Likeness, int]:
        digest = self._digests.get(language) or open_digest(self._embeddings, language, self.folder)
        self._digests[language] = digest
        read = self._embeddings.read_question(question)
        if held.is_empty:
            return compare(read, digest, NOTHING_PLACED), 0
        near, lacking = self._nearby.near(held, workspace, digest, read.vector, (question, language))
        return compare(read, digest, near), lacking


def _told(listing: Listing, status: Status, message: str) -> AddedDocument:
    return AddedDocument(listing.id, listing.name, listing.pages, listing.passages, status, message)


def _unknown(document_id: str, workspace: str) -> UnknownDocument:
    what = f"there is none with that id in workspace {workspace!r}"
    return UnknownDocument(f"document {document_id!r}", what, "List the library to see the ids.")
