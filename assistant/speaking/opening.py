"""A model is opened in a thread of its own: a large file takes minutes to load, and no turn waits so long for it."""

import threading
from collections.abc import Callable

from assistant.speaking.request import Model
from knowledge.faults import ModelSlow


class Opening:
    """The model once it is open. Threads may share it.

    Args:
        open_model: opens it; called again at the next `get` where it raised.
        who: the model, for the line of a fault.
    """

    def __init__(self, open_model: Callable[[], Model], who: str) -> None:
        """Open nothing yet."""
        self._open_model = open_model
        self._who = who
        self._lock = threading.Lock()
        self._model: Model | None = None
        self._error: Exception | None = None
        self._done: threading.Event | None = None

    def begin(self) -> threading.Event:
        """Begin to open it, where nobody has; the event is set once it is open, or has failed to."""
        with self._lock:
            if self._done is None:
                self._done = threading.Event()
                threading.Thread(target=self._run, args=(self._done,), name="open-language-model", daemon=True).start()
            return self._done

    def get(self, seconds: float) -> Model:
        """The model, waited for so long.

        Raises:
            ModelSlow: where it is not open by then; it goes on opening.
            ModelFault: where it cannot be opened; the next call tries anew.
        """
        if not self.begin().wait(seconds):
            raise ModelSlow(self._who, f"it is still loading after {seconds:g} seconds", "It will be there in a while.")
        with self._lock:
            if self._model is not None:
                return self._model
            error, self._error, self._done = self._error, None, None
        if error is not None:
            raise error
        return self.get(seconds)  # another thread has taken the error, and begun anew or not

    def _run(self, done: threading.Event) -> None:
        try:
            self._model = self._open_model()
        except Exception as error:  # noqa: BLE001 - raised again in `get`, in the thread of who asked
            self._error = error
        finally:
            done.set()
