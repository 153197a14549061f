"""Times the critique of a strategy of forty pages in which nothing is said twice, everything loaded.

Its text is our own: the English plans, then the English statements under their headings, until there is enough. What is
remembered of a statement from one run to the next (its gist) is forgotten before each.
"""

import itertools
import time
from collections.abc import Iterator

from assistant.judging.gist import read_gist
from assistant.reviewing.critique import critique
from evals.figures import Figure
from evals.plans import load_plans
from evals.sets import load_clean
from knowledge.labelled import load_labelled
from knowledge.reading.files import read_bytes

PAGES, PAGE_WORDS = 40, 350
_RUNS = 3
_AIM = 2.0


def measure_speed() -> tuple[Figure, Figure]:
    """Seconds on the clock and of the processor, both cores together, for one critique: the middle of three runs."""
    document = read_bytes(write_long().encode(), "long.md")
    critique(read_bytes(load_clean()[0].text.encode(), "short.txt"))
    clock, processor = [], []
    for _ in range(_RUNS):
        read_gist.cache_clear()
        begun, spent = time.perf_counter(), time.process_time()
        critique(document)
        clock.append(time.perf_counter() - begun)
        processor.append(time.process_time() - spent)
    return _figure("seconds, 40 pages", clock), _figure("processor seconds, 40 pages", processor)


def write_long() -> str:
    """The text, in Markdown."""
    words, parts = 0, []
    for part in _parts():
        parts.append(part)
        words += len(part.split())
        if words >= PAGES * PAGE_WORDS:
            break
    return "\n\n".join(parts)


def _parts() -> Iterator[str]:
    yield from (plan.text for plan in load_plans() if plan.language == "en" and plan.kind == "strategy")
    english = dict.fromkeys((one.source, one.context, one.text) for one in load_labelled() if one.language == "en")
    for (_, heading), group in itertools.groupby(english, key=lambda one: one[:2]):
        points = [text for _, _, text in group]
        if heading:
            yield f"# {heading}"
        yield points[0] if len(points) == 1 else "\n".join(f"- {point}" for point in points)


def _figure(measure: str, seconds: list[float]) -> Figure:
    middle = sorted(seconds)[len(seconds) // 2]
    return Figure("critique", measure, "own", len(seconds), middle, min(seconds), max(seconds), "aim", _AIM)
