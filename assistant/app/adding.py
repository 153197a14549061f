"""Papers on their way into the library, behind the page: read two at a time, then prepared to be found by meaning.

All papers given together are found by their words before the first is prepared; whatever ends the app in between, the
library is whole, and the next start prepares the rest.
"""

import threading
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.defects import tell_defect
from knowledge.faults import AskwhyError
from knowledge.lexicon import DEFAULT_LANGUAGE
from knowledge.library.accounts import AddedDocument
from knowledge.library.identity import DEFAULT_WORKSPACE
from knowledge.phrasebook import load_phrases
from knowledge.telling import tell_fault

if TYPE_CHECKING:
    from knowledge.library.holdings import Library

READ_AT_ONCE = 2
TOLD = 200  # outcomes remembered for whoever gave the papers


class Stopped(Exception):
    """The manager wants the paper no longer, or the app ends."""


@dataclass(frozen=True, slots=True)
class Underway:
    """A paper on its way: `done` of `total` pages read or, once it has the id of a document, passages prepared.

    `total` is 0 while it waits for its turn.
    """

    ticket: str
    name: str
    document: str = ""
    done: int = 0
    total: int = 0


class Adding:
    """The papers being added in one running app; threads may share it.

    Args:
        open_library: gives the library they go to.
        workspace: where in it.
        log: the file that keeps the traceback of a defect.
        language: of the lines that tell what went wrong.
    """

    def __init__(
        self,
        open_library: Callable[[], "Library"],
        log: Path,
        workspace: str = DEFAULT_WORKSPACE,
        language: str = DEFAULT_LANGUAGE,
    ) -> None:
        """Start nothing yet."""
        self._open_library, self._log, self._workspace, self._language = open_library, log, workspace, language
        self._lock = threading.Lock()
        self._reading = threading.Semaphore(READ_AT_ONCE)
        self._underway: dict[str, Underway] = {}
        self._outcomes: dict[str, AddedDocument] = {}
        self._closed = False

    def begin(self, paths: Sequence[Path], password: str | None) -> tuple[str, ...]:
        """Add files behind the page and delete each once it is read; the tickets to ask after them with."""
        files = {uuid.uuid4().hex: path for path in paths}
        with self._lock:
            self._underway |= {ticket: Underway(ticket, path.name) for ticket, path in files.items()}
        threading.Thread(target=self._add_all, args=(files, password), name="adding", daemon=True).start()
        return tuple(files)

    def underway(self) -> tuple[Underway, ...]:
        """What is on its way now, in the order given."""
        with self._lock:
            return tuple(self._underway.values())

    def outcomes(self, tickets: Sequence[str]) -> tuple[AddedDocument, ...]:
        """What became of the papers with these tickets, as far as it is known; none for one cancelled."""
        with self._lock:
            return tuple(self._outcomes[ticket] for ticket in tickets if ticket in self._outcomes)

    def cancel(self, ticket: str) -> None:
        """Add a paper no further and leave the library as it was; one that is in the library by now stays there."""
        with self._lock:
            if ticket in self._underway and not self._underway[ticket].document:
                del self._underway[ticket]

    def drop(self, document: str) -> None:
        """Prepare a document no further, because it is being removed."""
        with self._lock:
            for ticket in [one.ticket for one in self._underway.values() if one.document == document]:
                del self._underway[ticket]
                self._outcomes.pop(ticket, None)

    def close(self) -> None:
        """End all that is under way as soon as it looks up."""
        with self._lock:
            self._closed = True
            self._underway.clear()

    def _add_all(self, files: dict[str, Path], password: str | None) -> None:
        alike: dict[str, list[str]] = {}  # of two papers with one name the later stays, so they are read in turn
        for ticket, path in files.items():
            alike.setdefault(path.name, []).append(ticket)
        added: dict[str, AddedDocument | None] = {}

        waiting = iter(list(alike.values()))

        def add() -> None:
            for tickets in waiting:  # shared: each worker takes what comes next
                for ticket in tickets:
                    added[ticket] = self._add(ticket, files[ticket], password)

        workers = [threading.Thread(target=add, name="adding", daemon=True) for _ in range(READ_AT_ONCE)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        for ticket in files:
            document = added.get(ticket)
            if document is not None:
                self._prepare(ticket, document)

    def _add(self, ticket: str, path: Path, password: str | None) -> AddedDocument | None:
        """The paper, found by its words, or None where it was not added.

        Once it is kept it is asked about again, and what is wanted no longer then is taken out. So what was cancelled
        before that is not there, and who deletes a workspace after that finds it.
        """

        def read() -> AddedDocument:
            with self._reading:
                tell = partial(self._move, ticket)
                tell(0, 0)
                return self._open_library().add(
                    path, workspace=self._workspace, password=password, later=True, reading=tell, kept=tell
                )

        try:
            added = self._attempt(ticket, AddedDocument("", path.name, 0, 0, "failed", ""), read)
        finally:
            path.unlink(missing_ok=True)
        with self._lock:
            if ticket not in self._underway:
                self._outcomes.pop(ticket, None)
                return None
            if added is None or added.status == "failed" or self._closed:
                del self._underway[ticket]
                return None
            self._underway[ticket] = Underway(ticket, added.name, added.id)
        return added

    def _prepare(self, ticket: str, document: AddedDocument) -> None:
        """Make the paper found by its meaning."""

        def complete() -> AddedDocument:
            tell = partial(self._move, ticket)
            tell(0, 0)
            self._open_library().complete(self._workspace, progress=tell, document_id=document.id)
            return document

        self._attempt(ticket, document, complete)
        with self._lock:
            self._underway.pop(ticket, None)

    def _attempt(self, ticket: str, document: AddedDocument, act: Callable[[], AddedDocument]) -> AddedDocument | None:
        """What `act` makes of a document, remembered as its outcome, a fault as its message; None where it stopped."""
        try:
            outcome = act()
        except Stopped:
            return None
        except AskwhyError as fault:
            outcome = replace(document, message=tell_fault(fault, self._language))
        except Exception as defect:  # noqa: BLE001 - a thread has nobody to raise it to; it is logged and told
            tell_defect(self._log, type(defect), defect, defect.__traceback__)
            phrases = load_phrases(self._language)
            line = phrases.say("page", "defect", log=self._log)
            outcome = replace(document, message=phrases.say("frame", "lead_in", about=document.name, words=line))
        with self._lock:
            self._outcomes[ticket] = outcome
            while len(self._outcomes) > TOLD:
                del self._outcomes[next(iter(self._outcomes))]
        return outcome

    def _move(self, ticket: str, done: int, total: int) -> None:
        """Note how far a paper is; Stopped where it is wanted no longer."""
        with self._lock:
            if ticket not in self._underway:
                raise Stopped
            self._underway[ticket] = replace(self._underway[ticket], done=done, total=total)
