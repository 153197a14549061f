"""What the passages of a workspace mean, as vectors: made where they lack, erased where no document needs them."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from pathlib import Path

import numpy as np

from knowledge.library import at_hand, catalogue, ledger
from knowledge.library.embedded import note_settled, read_note
from knowledge.library.embeddings import NamedEmbeddings
from knowledge.library.index import Vector, VectorIndex, Vectors
from knowledge.library.records import Record
from knowledge.library.shelf import passage_texts
from knowledge.library.turns import take_turn

LOCK = "meaning.lock"
PATIENCE = 0.5  # seconds between two tries to be the one that embeds
INDEX_VERSION = 3  # raised when documents are cut into other passages, or the same passage would be embedded otherwise
PUT_AT_ONCE = 64  # passages embedded and stored together; what a killed process has stored is not made again
Progress = Callable[[int, int], None]


class Meaning:
    """The vectors of a data folder's workspaces. The catalogue says which there should be; this makes it so.

    Threads may share it, and processes the folder: what two of them make at once is the same.

    Args:
        folder: the data folder.
        embeddings: what makes vectors of texts.
        index: where they are kept.
        library: the library's own id.
    """

    def __init__(self, folder: Path, embeddings: NamedEmbeddings, index: VectorIndex, library: str) -> None:
        """Remember them; load nothing."""
        self._folder = folder
        self._embeddings = embeddings
        self._index = index
        self._of_library = f"askwhy-{library}-"
        self._of_model = f"{self._of_library}{INDEX_VERSION}-{_hash(embeddings.identity)}-"
        self._looked_at: set[str] = set()

    def complete(self, workspace: str, document: str | None = None, progress: Progress | None = None) -> None:
        """Make every vector that a document lacks, or all documents of a workspace, and erase what none of them needs.

        One process at a time does so; the others wait for it, and make what it leaves.

        Args:
            workspace: whose.
            document: the document's id; None for all.
            progress: called with how many of a document's passages have a vector, of how many, and now and then while
                waiting; what it raises ends the work, and what is done by then is kept.

        Raises:
            NoSpace, LibraryFault: if the vectors cannot be stored.
        """
        name = self.collection(workspace)
        if self._index.is_embedded and self._lacks_nothing(workspace, read_note(self._folder, name)):
            return
        with take_turn(self._folder / LOCK, PATIENCE, lambda: progress(0, 0) if progress else None):
            mark = self._index.identify(name)
            for identifier in ledger.pending(self._folder, workspace, mark):
                record = catalogue.find(self._folder, workspace, identifier)
                if record is not None and document in {None, identifier}:
                    self._complete(workspace, record, progress)
            self._look_at(workspace)
            self.sweep(workspace)
            if self._index.is_embedded and self._lacks_nothing(workspace, mark):
                note_settled(self._folder, name, mark)
        self._copy(workspace)

    def _lacks_nothing(self, workspace: str, mark: str) -> bool:
        """Whether the collection with that mark has every vector that it should, and none to be erased."""
        waiting = mark and ledger.pending(self._folder, workspace, mark)
        return waiting == () and not ledger.stale_keys(self._folder, workspace)

    def _copy(self, workspace: str) -> None:
        """Put a small workspace's vectors at hand where none lacks; with a Chroma server they stay there."""
        revision, name = catalogue.revision(self._folder, workspace), self.collection(workspace)
        if not self._index.is_embedded or ledger.count_needed(self._folder, workspace) > at_hand.MOST:
            return
        if not self.lacking(workspace) and at_hand.find(self._folder, workspace, revision, name) is None:
            keys = ledger.every_key(self._folder, workspace)
            vectors = self._index.vectors(name, keys)
            if keys and len(vectors) == len(keys):
                at_hand.keep(self._folder, workspace, revision, name, vectors)

    def at_hand(self, workspace: str, revision: int) -> Mapping[str, Vector] | None:
        """The vectors of a workspace's passages at a revision, by their keys, if a copy of all is kept."""
        return at_hand.find(self._folder, workspace, revision, self.collection(workspace))

    def _complete(self, workspace: str, record: Record, progress: Progress | None) -> None:
        texts = passage_texts(record.document)
        ledger.set_keys(self._folder, workspace, record.id, record.document.digest, texts)
        try:
            self._fill(workspace, texts, progress)
            whole = self._index.identify(self.collection(workspace))
        except BaseException:
            whole = ""
            raise
        finally:
            # Whoever removed the document meanwhile could not erase what was stored after that.
            if not ledger.mark_indexed(self._folder, workspace, record.id, record.document.digest, whole):
                ledger.add_stale(self._folder, workspace, texts)
                self.sweep(workspace)

    def make(self, workspace: str, texts: Mapping[str, str]) -> None:
        """Make the vectors of some passages, given by their keys, that the workspace lacks."""
        self._fill(workspace, texts, None)
        gone = ledger.needless(self._folder, workspace, texts)
        if gone:  # whoever removed them meanwhile could not erase what was stored after that
            ledger.add_stale(self._folder, workspace, gone)
            self.sweep(workspace)

    def lacking(self, workspace: str) -> tuple[str, ...]:
        """The keys of the passages that have no vector yet, in the order of their documents."""
        name = self.collection(workspace)
        if self._index.is_embedded and self._lacks_nothing(workspace, read_note(self._folder, name)):
            return ()
        waiting = ledger.pending(self._folder, workspace, self._index.identify(name))
        if not waiting:
            return ()
        keys = ledger.keys_of(self._folder, workspace, waiting)
        held = self._index.held(name, keys)
        return tuple(key for key in keys if key not in held)

    def sweep(self, workspace: str) -> None:
        """Erase the vectors that no document needs any more, from search and from disk."""
        stale = ledger.stale_keys(self._folder, workspace)
        if stale:
            self._erase(workspace, stale)
            self._copy(workspace)

    def _look_at(self, workspace: str) -> None:
        """Once in a process: erase what a killed process may have left behind, and drop other models' vectors."""
        if workspace in self._looked_at:
            return
        self._looked_at.add(workspace)
        name = self.collection(workspace)
        self._drop_others()
        if self._index.size(name) > ledger.count_needed(self._folder, workspace):
            self._erase(workspace, tuple(self._index.held(name)))

    def _erase(self, workspace: str, keys: Sequence[str]) -> None:
        name = self.collection(workspace)
        erased = self._index.erase(name, lambda: ledger.needless(self._folder, workspace, keys))
        ledger.forget_stale(self._folder, workspace, keys, erased)

    def _fill(self, workspace: str, texts: Mapping[str, str], progress: Progress | None) -> None:
        name = self.collection(workspace)
        held = self._index.held(name, tuple(texts))
        missing = [key for key in texts if key not in held]
        missing = self._take_from_elsewhere(workspace, missing)
        missing.sort(key=lambda key: len(texts[key]))  # texts of one length are embedded with nothing wasted
        done = len(texts) - len(missing)
        if progress is not None and texts:
            progress(done, len(texts))
        for start in range(0, len(missing), PUT_AT_ONCE):
            keys = missing[start : start + PUT_AT_ONCE]
            vectors = self._embeddings.embed_documents([texts[key] for key in keys])
            self._index.put(name, keys, vectors)
            if progress is not None:
                progress(done + start + len(keys), len(texts))

    def _take_from_elsewhere(self, workspace: str, missing: Sequence[str]) -> list[str]:
        """Copy the vectors that other workspaces have of the same words; the keys still missing."""
        places = ledger.find_elsewhere(self._folder, workspace, missing)
        taken: set[str] = set()
        for other, keys in groupby(sorted(places, key=places.__getitem__), places.__getitem__):
            vectors = self._index.vectors(self.collection(other), list(keys))
            if vectors:
                rows: Vectors = np.array(list(vectors.values()), np.float32)
                self._index.put(self.collection(workspace), list(vectors), rows)
                taken.update(vectors)
        return [key for key in missing if key not in taken]

    def collection(self, workspace: str) -> str:
        """The name of a workspace's collection; it tells library, version and model apart."""
        return self._of_model + _hash(workspace)

    def _drop_others(self) -> None:
        self._index.drop(lambda name: name.startswith(self._of_library) and not name.startswith(self._of_model))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
