"""Reads a file in a process of its own, which time and memory limits can stop: no file takes the caller down.

A server process is started when first needed and kept warm; for every file it forks a child that has its limits, says
what it found and ends. It also forks a twin of itself, so that two files are read at a time. Where there is no fork
(Windows) a server reads by itself and is replaced after a file that had to be stopped; memory is limited on Linux
alone, time everywhere. The servers end with the process they serve, and a child notices at once when that is gone.
"""

import atexit
import contextlib
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, cast

from knowledge import faults
from knowledge.document import Document
from knowledge.faults import CorruptFile, CostlyFile, UnreadableFile
from knowledge.reading.draft import Limits, PageTold
from knowledge.reading.files import load_file, read_bytes
from knowledge.reading.messages import GRACE, Spoken, receive, send

USUAL_LIMITS = Limits()
_MOST_SERVERS = 2
_AT_ONCE = 9  # the signal that no process outlives, which Windows has no name for
HEAD = 1024  # bytes of a file by which it is decided where it is read
_ARCHIVES = (b"PK", b"\xd0\xcf\x11\xe0")
_ENDED_BY_TIME = {"SIGALRM", "SIGXCPU"}


class ReadingDefect(RuntimeError):
    """A defect of ours in the process that reads; its traceback is the message."""


def read_apart(
    path: Path, *, password: str | None = None, limits: Limits = USUAL_LIMITS, progress: PageTold | None = None
) -> Document:
    """The document that a file holds, as `read_file` gives it, read where it can be stopped.

    Args:
        path: the file.
        password: what opens it, where it is locked; it is handed over a pipe, never on a command line.
        limits: how much is read, and for how long (seconds) and with how much memory (bytes).
        progress: called with the pages read, of how many; what it raises stops the reading and is raised here.

    Raises:
        CostlyFile: if it takes more time or memory than the limits allow.
        UnreadableFile: as `read_file` does.
    """
    data = load_file(path, limits)
    return read_bytes_apart(data, path.name, password=password, limits=limits, progress=progress)


def read_bytes_apart(
    data: bytes,
    name: str,
    *,
    password: str | None = None,
    limits: Limits = USUAL_LIMITS,
    progress: PageTold | None = None,
) -> Document:
    """As `read_apart`, for the bytes of a file. What is neither PDF nor packed is read at once: it cannot swell."""
    if not is_read_apart(data[:HEAD]):
        return read_bytes(data, name, password=password, limits=limits)
    with _server() as server:
        return server.read((data, name, password, limits), progress)


def is_read_apart(head: bytes) -> bool:
    """Whether a file that begins so, its first `HEAD` bytes, is read in another process, being a PDF or packed."""
    return b"%PDF-" in head or head.startswith(_ARCHIVES)


def prepare_to_read() -> None:
    """Start a server that is ready when the first file comes; its second or two pass beside whatever else is done."""
    with _LOCK:
        if not _IDLE:
            _IDLE.append(_start())


class _Server:
    """A process that reads one file after the other, and the thread that listens to it.

    Args:
        to: where it hears.
        from_: where it is heard.
        process: it, where it is a child of this process and no twin.
        twin: one that it forks off when it has the first file to read, or None.
    """

    def __init__(
        self,
        to: IO[bytes],
        from_: IO[bytes],
        process: "subprocess.Popen[bytes] | None" = None,
        twin: "_Server | None" = None,
    ) -> None:
        self._to, self._from = to, from_
        self._process = process
        self.twin = twin
        self._number: int | None = None
        self._said: queue.SimpleQueue[tuple[Any, ...] | None] = queue.SimpleQueue()
        self._listening = threading.Thread(target=self._listen, daemon=True)
        self._listening.start()

    @property
    def alive(self) -> bool:
        return self._listening.is_alive() and (self._process is None or self._process.poll() is None)

    def read(self, request: tuple[bytes, str, str | None, Limits], progress: PageTold | None) -> Document:
        name, limits = request[1], request[3]
        try:
            send(self._to, request)
        except OSError as fault:
            raise UnreadableFile(name, "the process that reads files has gone", "Try again.") from fault
        deadline = time.monotonic() + limits.seconds
        child: int | None = None
        outcome: tuple[Any, ...] = ("ended", 0)
        finished = False
        try:
            while not finished:
                said = self._hear(deadline)
                if said is None:
                    raise _too_long(name, limits)
                if said[0] == "began":
                    child = said[1]
                    deadline = time.monotonic() + limits.seconds
                elif said[0] == "page":
                    if progress is not None:
                        progress(said[1], said[2])
                elif said[0] == "ended":
                    finished = True
                    outcome = outcome if outcome[0] != "ended" else said
                else:
                    outcome = said
        finally:
            if not finished:
                self._stop(child)
        return _result(outcome, name, limits)

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        elif self._number is not None and self.alive:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._number, _AT_ONCE)
        with contextlib.suppress(OSError):  # what was still to be sent to it has nowhere to go
            self._to.close()
        if self.twin is not None:
            self.twin.close()

    def _hear(self, deadline: float) -> tuple[Any, ...] | None:
        try:
            said = self._said.get(timeout=max(0.01, deadline - time.monotonic()))
        except queue.Empty:
            return None
        return ("ended", None) if said is None else said

    def _stop(self, child: int | None) -> None:
        """End the child that reads, and the server too where it cannot do without."""
        if child is not None and child != self._number:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child, _AT_ONCE)
            until = time.monotonic() + GRACE
            while (said := self._hear(until)) is not None:
                if said[0] == "ended":
                    return
        self.close()

    def _listen(self) -> None:
        while (said := receive(self._from, Spoken)) is not None:
            if said[0] == "serves":
                self._number = said[1]
            else:
                self._said.put(said)
        self._said.put(None)


def _start() -> _Server:
    """A new server, with a twin to come where it can fork."""
    root = str(Path(__file__).resolve().parents[2])
    paths = os.pathsep.join(part for part in (root, os.environ.get("PYTHONPATH", "")) if part)
    pipes = [os.pipe() for _ in range(2)] if hasattr(os, "fork") else []
    theirs = [pipes[0][0], pipes[1][1]] if pipes else []
    process = subprocess.Popen(  # noqa: S603 - our own words
        [sys.executable, "-m", "knowledge.reading.isolated", *map(str, theirs)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": paths, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
        start_new_session=True,
        pass_fds=theirs,
    )
    for end in theirs:
        os.close(end)
    twin = _Server(os.fdopen(pipes[0][1], "wb"), os.fdopen(pipes[1][0], "rb")) if pipes else None
    return _Server(cast("IO[bytes]", process.stdin), cast("IO[bytes]", process.stdout), process, twin)


_IDLE: list[_Server] = []
_FREE = threading.Semaphore(_MOST_SERVERS)
_LOCK = threading.Lock()


@contextmanager
def _server() -> Iterator[_Server]:
    """A server for one file; others wait while all are busy."""
    with _FREE:
        with _LOCK:  # held until the twin waits among the others, so that a second file does not start a server too
            server = _IDLE.pop() if _IDLE else None
            if server is None or not server.alive:
                server = _start()
            if server.twin is not None:  # which it forks now
                _IDLE.append(server.twin)
                server.twin = None
        try:
            yield server
        finally:
            if server.alive:
                with _LOCK:
                    _IDLE.append(server)


@atexit.register
def close_servers() -> None:
    """End all servers that wait; a later file starts a new one."""
    with _LOCK:
        servers = _IDLE[:]
        _IDLE.clear()
    for server in servers:
        server.close()


def _result(outcome: tuple[Any, ...], name: str, limits: Limits) -> Document:
    match outcome:
        case ("read", Document() as document):
            return document
        case ("fault", str(kind), str(where), str(what), str(remedy), str(key), dict(holes)):
            raise getattr(faults, kind)(where, what, remedy, key=key, **holes)
        case ("memory",) | ("ended", "SIGABRT"):  # PDFium aborts when it is given no more
            what = f"it takes more than {limits.memory // 1_000_000:,} MB of memory to read"
            raise CostlyFile(name, what, "Split it, or save it again in a simpler form.")
        case ("defect", str(traceback)):
            raise ReadingDefect(traceback)
        case ("ended", str(signal)) if signal in _ENDED_BY_TIME:
            raise _too_long(name, limits)
    raise CorruptFile(name, "it is damaged in a way that breaks its reader", "Save it again from its source.")


def _too_long(name: str, limits: Limits) -> CostlyFile:
    what = f"it takes longer than {limits.seconds:g} seconds to read"
    return CostlyFile(name, what, "Split it, or save it again in a simpler form.")
