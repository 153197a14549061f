"""An answer within a time: the model speaks in a thread of its own, which nobody waits for beyond the limit."""

import queue
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assistant.speaking.request import Hear, Piece
from knowledge.faults import ModelSlow


@dataclass(frozen=True, slots=True)
class Patience:
    """How long an answer may take, in seconds: to its first word, and to its end."""

    first: float
    whole: float


@dataclass(frozen=True, slots=True)
class _Failed:
    """How the model's thread ended, where it did not end well: a fault of the model, or a defect of ours."""

    error: Exception


class _Late:
    """The time is over."""


def hear_within(speak: Callable[[Hear], None], patience: Patience, who: str) -> Iterator[Piece]:
    """The pieces that `speak` gives, as they come.

    A reader that stops early, or the end of the time, tells `speak` to stop at its next piece; a server that is
    silent is left to the time limit of its own connection.

    Args:
        speak: speaks until done, or until what it calls with each piece says to stop.
        patience: how long it may take.
        who: the model, for the line of a fault.

    Raises:
        ModelSlow: beyond the time.
        ModelFault: as `speak` raises it.
    """
    said: queue.Queue[Piece | _Failed | None] = queue.Queue()
    stop = threading.Event()

    def hear(piece: Piece) -> bool:
        said.put(piece)
        return stop.is_set()

    def run() -> None:
        try:
            speak(hear)
        except Exception as error:  # noqa: BLE001 - raised again below, in the thread of who asked
            said.put(_Failed(error))
        else:
            said.put(None)

    begun = time.monotonic()
    threading.Thread(target=run, name="language-model", daemon=True).start()
    limit, what = patience.first, "it has not begun to answer"
    try:
        while True:
            piece = _next(said, begun + limit)
            if isinstance(piece, _Late):
                remedy = "Set ASKWHY_MODEL_SECONDS higher, or choose a smaller model."
                raise ModelSlow(who, f"{what} within {limit:g} seconds", remedy)
            if piece is None:
                return
            if isinstance(piece, _Failed):
                raise piece.error
            if piece.text:
                limit, what = patience.whole, "it has not finished"
            yield piece
    finally:
        stop.set()


def _next(said: "queue.Queue[Piece | _Failed | None]", until: float) -> Piece | _Failed | _Late | None:
    """What is said next, where it is said before `until`; an endless answer keeps the queue full and is late too."""
    left = until - time.monotonic()
    if left <= 0:
        return _Late()
    try:
        return said.get(timeout=left)
    except queue.Empty:
        return _Late()
