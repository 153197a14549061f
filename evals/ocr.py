"""How well scans are read: pages drawn from our own statements in nine languages, spoilt in three ways, and read again.

The character error rate is the edit distance to what was drawn, by the length of that, white space folded. The
baseline reads every page with English letters, as a program does that is not told the language.
"""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import mean

import numpy as np

from evals.figures import Figure, bootstrap_interval
from evals.pictures import draw_page
from knowledge.labelled import load_labelled
from knowledge.lexicon import LANGUAGES
from knowledge.reading.ocr import ocr_languages, read_picture

CHARACTERS = 900  # on a page
PAGE_WIDTH = 80  # characters


@dataclass(frozen=True, slots=True)
class Condition:
    """How a page is spoilt before it is read."""

    name: str
    dpi: int = 200
    turned: float = 0.0
    noise: float = 0.0


CONDITIONS = (
    Condition("clean"),
    Condition("100 dpi", dpi=100),
    Condition("turned by 1.5 degrees", turned=1.5),
    Condition("blurred and specked", noise=0.01),
)


def measure() -> tuple[Figure, ...]:
    """The character error rate under each condition, a page a language; none where the languages' data is not here."""
    if set(LANGUAGES) - ocr_languages():
        return ()
    return tuple(_measure(condition, list(_pages())) for condition in CONDITIONS)


def _measure(condition: Condition, pages: Sequence[tuple[str, str]]) -> Figure:
    rates: list[tuple[float, float]] = []
    for language, text in pages:
        lines = textwrap.wrap(text, PAGE_WIDTH)
        picture = draw_page(lines, dpi=condition.dpi, turned=condition.turned, noise=condition.noise)
        told = read_picture(picture, language, dpi=condition.dpi).text
        untold = read_picture(picture, "en", dpi=condition.dpi).text
        rates.append((error_rate(text, told), error_rate(text, untold)))
    low, high = bootstrap_interval(rates, _mean)
    return Figure(
        part="ocr",
        measure="character error rate",
        cases=f"own text, nine languages, {condition.name}",
        n=len(rates),
        value=_mean(rates),
        low=low,
        high=high,
        baseline_name="read as English",
        baseline=mean(untold for _, untold in rates),
    )


def error_rate(drawn: str, read: str) -> float:
    """The edit distance between the two, white space folded, by the length of what was drawn."""
    one, other = (np.frombuffer(" ".join(text.split()).encode("utf-32-le"), np.uint32) for text in (drawn, read))
    steps = np.arange(len(other) + 1)
    row = steps.copy()
    for count, sign in enumerate(one, start=1):
        changed = np.minimum(row[1:] + 1, row[:-1] + (other != sign))
        row = np.minimum.accumulate(np.concatenate(([count], changed)) - steps) + steps
    return float(row[-1]) / max(1, len(one))


def _mean(rates: Sequence[tuple[float, float]]) -> float:
    return mean(told for told, _ in rates)


def _pages() -> Iterator[tuple[str, str]]:
    """A page of our own statements in each language, white space folded."""
    for language in LANGUAGES:
        words = " ".join(one.text for one in load_labelled() if one.language == language)
        yield language, " ".join(words.split())[:CHARACTERS].strip()
