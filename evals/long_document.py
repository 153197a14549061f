"""Times the critique of strategies of forty pages, once everything is loaded: `python -m evals.long_document`.

They are put together from English plans of other hands, whose statements the judge has not learnt and nothing has read
before: each is criticised once, in a process of its own, so that nothing is remembered of it.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator

from assistant.reviewing.critique import critique
from evals.figures import Figure
from evals.plans import load_excerpts, load_further, load_unseen
from evals.sets import load_clean
from knowledge.reading.files import read_bytes

PAGES, PAGE_WORDS = 40, 350
_AIM = 2.0


def measure_speed() -> tuple[Figure, Figure]:
    """Seconds on the clock and of the processor, both cores together, for one critique: the middle of all documents."""
    command = [sys.executable, "-m", "evals.long_document"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own words
    clock, processor = json.loads(done.stdout)
    return _figure("seconds, 40 pages", clock), _figure("processor seconds, 40 pages", processor)


def write_long() -> Iterator[str]:
    """The documents, in Markdown, each of forty pages; nothing is said twice."""
    plans = (*load_unseen(), *load_further(), *load_excerpts())
    words, parts = 0, []
    for part in (part for plan in plans if plan.language == "en" for part in plan.text.split("\n\n")):
        parts.append(part)
        words += len(part.split())
        if words >= PAGES * PAGE_WORDS:
            yield "\n\n".join(parts)
            words, parts = 0, []


def main() -> None:
    """Print the seconds that each document takes, on the clock and of the processor, as JSON."""
    documents = [read_bytes(text.encode(), "long.md") for text in write_long()]
    critique(read_bytes(load_clean()[0].text.encode(), "short.txt"))
    clock, processor = [], []
    for document in documents:
        begun, spent = time.perf_counter(), time.process_time()
        critique(document)
        clock.append(time.perf_counter() - begun)
        processor.append(time.process_time() - spent)
    print(json.dumps([clock, processor]))


def _figure(measure: str, seconds: list[float]) -> Figure:
    middle = sorted(seconds)[len(seconds) // 2]
    return Figure("critique", measure, "other hands'", len(seconds), middle, min(seconds), max(seconds), "aim", _AIM)


if __name__ == "__main__":
    main()
