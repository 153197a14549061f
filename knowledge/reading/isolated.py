"""The process that reads files for another (see isolation.py): warm itself, and for each file a child with limits."""

import contextlib
import os
import pickle
import sys
import threading
from collections.abc import Sequence
from typing import IO, Any

from knowledge.address_cues import load_address_cues
from knowledge.addressing import find_addressed
from knowledge.faults import UnreadableFile
from knowledge.reading.draft import Limits
from knowledge.reading.files import read_bytes
from knowledge.reading.messages import GRACE, receive, send

# A short PDF: a page with a heading, a list and a sentence, and an empty one.
_LINES = b"(Our goals) (1. Half of the apprentices work abroad by 2030.) (The school gains partners, as said above.)"
_SET = b"BT/F 12 Tf 14 TL 50 700 Td " + _LINES.replace(b") (", b")' (") + b"' ET"
_PAGES = (
    b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>endobj "
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 5 0 R/Resources<</Font<</F 6 0 R>>>>>>endobj "
    b"4 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj "
    b"5 0 obj<</Length %d>>stream\n%s\nendstream endobj 6 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
    b"trailer<</Size 7/Root 1 0 R>>\nstartxref\n0\n%%%%EOF\n" % (len(_SET), _SET)
)
NO_MEMORY = 3  # how a child exits that had no memory left to say anything


def serve(twin: Sequence[int]) -> None:
    """The server's side: read what is asked for on standard input, until that ends.

    Args:
        twin: where a second server hears and answers, as numbers of open files; it is forked off, warm as this one is,
            when the first file comes. None where there is no fork.
    """
    incoming, outgoing = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is not an answer
    os.dup2(2, 0)
    _warm_up()
    send(outgoing, ("serves", os.getpid()))
    warm = False
    while True:
        if not warm and not _is_waited_for(incoming):
            _learn_cues()
            warm = True
        if (request := receive(incoming, pickle.Unpickler)) is None:
            return
        if twin:
            ours, theirs = (incoming, outgoing), (os.fdopen(twin[0], "rb"), os.fdopen(twin[1], "wb"))
            twin = ()
            born = os.fork() == 0
            for unused in ours if born else theirs:
                unused.close()
            if born:
                incoming, outgoing = theirs
                send(outgoing, ("serves", os.getpid()))
                continue
        if not hasattr(os, "fork"):
            send(outgoing, ("began", os.getpid()))
            _read_here(outgoing, *request)
            send(outgoing, ("ended", None))
            continue
        child = os.fork()
        if child == 0:
            _be_child(incoming, outgoing, *request)
        _, status = os.waitpid(child, 0)
        if os.waitstatus_to_exitcode(status) == NO_MEMORY:
            send(outgoing, ("memory",))
        send(outgoing, ("ended", _signal_name(status)))


def _warm_up() -> None:
    """Load, once, what every child would load again: the readers, their patterns and the identifier's model."""
    with contextlib.suppress(UnreadableFile):  # being read is all it is for
        read_bytes(_PAGES, "pages.pdf")
    _share_memory()


def _learn_cues() -> None:
    """Compile, while nobody waits, the patterns of sentences to a machine in all languages: a third of a second."""
    find_addressed("\n\n".join(flag for cues in load_address_cues().values() for flag in cues.flags))
    _share_memory()


def _share_memory() -> None:
    """Let what is there stay shared between the server and its children, whose collectors would else write to it."""
    import gc

    gc.freeze()


def _is_waited_for(incoming: IO[bytes]) -> bool:
    """Whether a request has come already; where that cannot be told, as of pipes on Windows, it counts as come."""
    import select

    return not hasattr(os, "fork") or bool(select.select([incoming], [], [], 0)[0])


def _be_child(
    incoming: IO[bytes], outgoing: IO[bytes], data: bytes, name: str, password: str | None, limits: Limits
) -> None:
    """Read one file under its limits and end; never returns."""
    try:
        os.setpgid(0, 0)
        send(outgoing, ("began", os.getpid()))
        threading.Thread(target=_end_with, args=(incoming.fileno(),), daemon=True).start()
        _limit(limits)
        _read_here(outgoing, data, name, password, limits)
    except MemoryError:  # not even enough left to say so
        os._exit(NO_MEMORY)
    finally:
        os._exit(0)


def _read_here(outgoing: IO[bytes], data: bytes, name: str, password: str | None, limits: Limits) -> None:
    import traceback

    def tell(done: int, total: int) -> None:
        send(outgoing, ("page", done, total))

    said: tuple[Any, ...]
    try:
        said = ("read", read_bytes(data, name, password=password, limits=limits, progress=tell))
    except UnreadableFile as fault:
        said = ("fault", type(fault).__name__, fault.where, fault.what, fault.remedy, fault.key, fault.holes)
    except MemoryError:
        said = ("memory",)
    except Exception:  # noqa: BLE001 - it is told to the caller, who raises it
        said = ("defect", traceback.format_exc())
    send(outgoing, said)


def _limit(limits: Limits) -> None:
    """Hold this process to its time, and on Linux to its memory."""
    import resource
    import signal

    seconds = int(limits.seconds + GRACE) + 1
    signal.alarm(seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_DATA, (limits.memory, limits.memory))


def _end_with(caller: int) -> None:
    """End this process and all it started once the caller's end of the pipe is closed."""
    if not os.read(caller, 1):
        os.killpg(0, 9)


def _signal_name(status: int) -> str | None:
    import signal

    return signal.Signals(os.WTERMSIG(status)).name if os.WIFSIGNALED(status) else None


if __name__ == "__main__":
    serve([int(number) for number in sys.argv[1:]])
