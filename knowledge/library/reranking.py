"""A second look at the best passages by a cross-encoder, where the owner of the machine names one.

It reads question and passage together, which takes seconds where vectors take milliseconds; so it works in a thread of
its own, and its order is used only if it arrives in time. Whether a question is covered it does not touch.
"""

import os
import queue
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from knowledge.faults import BadInput
from knowledge.library.embeddings import QUIET
from knowledge.library.search import NEAREST, SearchResult

CANDIDATES = 20  # passages that are looked at again
SECONDS = 2.0
BATCH = 8
Scorer = Callable[[str, Sequence[str]], Sequence[float]]


class Reranker:
    """Puts passages in the order of a scorer that may be slow; threads may share it.

    Args:
        open_scorer: gives what scores passages for a question, the higher the better; called once, in the thread.
        seconds: how long a question waits for it.
    """

    def __init__(self, open_scorer: Callable[[], Scorer], seconds: float = SECONDS) -> None:
        """Load nothing yet."""
        self._open = open_scorer
        self._seconds = seconds
        self._scorer: Scorer | None = None
        self._busy = threading.Lock()

    def rerank(self, found: SearchResult, k: int) -> SearchResult:
        """The `k` best of what was found, in the scorer's order where that is there in time, else as they were.

        Where nothing answers, nothing is put in another order. A question that comes while an earlier one is still
        being worked on, or the model loaded, does not wait.

        Raises:
            BadInput: if the model is not on this machine.
        """
        hits = found.hits
        if found.covered and len(hits) > 1 and self._busy.acquire(blocking=False):
            scores = self._score_in_time(found.question, [hit.place.passage.in_context for hit in hits])
            if scores is not None:
                order = sorted(range(len(hits)), key=lambda place: -scores[place])
                hits = tuple(hits[place] for place in order)
        return replace(found, hits=hits[:k], nearest=found.nearest[: max(k, NEAREST)])

    def _score_in_time(self, question: str, texts: Sequence[str]) -> Sequence[float] | None:
        """The scores, or None where they are late; the thread goes on until it is done, and then is free again."""
        done: queue.Queue[Sequence[float] | Exception] = queue.Queue()

        def work() -> None:
            try:
                scorer = self._scorer = self._scorer or self._open()
                outcome: Sequence[float] | Exception = scorer(question, texts)
            except Exception as error:  # noqa: BLE001 - raised again below, in the thread of who asked
                outcome = error
            self._busy.release()
            done.put(outcome)

        threading.Thread(target=work, name="rerank", daemon=True).start()
        try:
            outcome = done.get(timeout=self._seconds)
        except queue.Empty:
            return None
        if isinstance(outcome, Exception):
            raise outcome
        return outcome


def open_reranker(name: str | None) -> Reranker | None:
    """The reranker of a Sentence Transformers cross-encoder, by name or path, not loaded yet; None where none is named.

    Raises:
        BadInput: for a path where nothing is. (That a model known by name is missing shows with the first question.)
    """
    if name is None:
        return None
    if Path(name).is_absolute() and not Path(name).exists():
        raise _missing(name)
    return Reranker(lambda: _load(name))


def _load(name: str) -> Scorer:
    for key, value in QUIET.items():
        os.environ.setdefault(key, value)
    from sentence_transformers import CrossEncoder  # imports torch: seconds
    from transformers.utils import logging  # as above

    logging.disable_progress_bar()  # type: ignore[no-untyped-call] # - it has no annotations
    try:
        model = CrossEncoder(name, device="cpu", local_files_only=os.environ["HF_HUB_OFFLINE"] != "0")
    except (OSError, ValueError) as error:
        raise _missing(name) from error

    def scores(question: str, texts: Sequence[str]) -> Sequence[float]:
        pairs = [(question, text) for text in texts]
        return [float(one) for one in model.predict(pairs, batch_size=BATCH, show_progress_bar=False)]

    return scores


def _missing(name: str) -> BadInput:
    what = "it is not on this machine, or is not a cross-encoder"
    remedy = "Give ASKWHY_RERANKER the path of a downloaded one, or leave it empty."
    return BadInput(f"reranker {name!r}", what, remedy)
