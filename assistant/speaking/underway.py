"""The questions that a model is putting into words just now, so that a page can show them as they come."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Underway:
    """The words so far, by conversation. Threads may share it."""

    def __init__(self) -> None:
        """Nothing is under way."""
        self._lock = threading.Lock()
        self._words: dict[str, str] = {}

    @contextmanager
    def of(self, conversation_id: str) -> Iterator[Callable[[str], None]]:
        """What is to be told the words of a conversation as they come; afterwards they are forgotten."""

        def show(words: str) -> None:
            with self._lock:
                self._words[conversation_id] = words

        try:
            yield show
        finally:
            with self._lock:
                self._words.pop(conversation_id, None)

    def words(self, conversation_id: str | None) -> str:
        """The words so far in a conversation; "" where none have come, or none are under way."""
        with self._lock:
            return self._words.get(conversation_id or "", "")
