"""A model that keeps failing is left alone for a while, so that no turn waits for it in vain."""

import threading
import time
from collections.abc import Callable

FAULTS_BEFORE_REST = 3
FIRST_REST, LONGEST_REST = 60.0, 900.0  # seconds; each rest is twice as long as the one before


class Rest:
    """Counts faults in a row, and says how long the model still rests. Threads may share it.

    Args:
        clock: gives the time in seconds, never going back.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin awake."""
        self._clock = clock
        self._lock = threading.Lock()
        self._faults = 0
        self._rests = 0
        self._until = 0.0

    def left(self) -> float:
        """Seconds that the model still rests; 0 where it may be asked.

        After a rest one fault is enough for the next, longer one.
        """
        with self._lock:
            return max(0.0, self._until - self._clock())

    def note_fault(self) -> None:
        """The model failed."""
        with self._lock:
            self._faults += 1
            if self._faults >= FAULTS_BEFORE_REST or self._rests:
                self._until = self._clock() + min(FIRST_REST * 2**self._rests, LONGEST_REST)
                self._rests += 1
                self._faults = 0

    def note_answer(self) -> None:
        """The model answered, whatever it said."""
        with self._lock:
            self._faults = self._rests = 0
            self._until = 0.0
