"""Measures what is taken for a strategy, on papers of our own that are none and strategies that look like them.

`evals/decoys/README.md` is their data card. Baseline: every document is a strategy.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.reviewing.parts import find_parts
from evals.figures import Figure, accuracy, wilson_interval
from knowledge.papers import PAPERS
from knowledge.phrasebook import load_phrases
from knowledge.reading.files import read_bytes

FOLDER = Path(__file__).parent / "decoys"
STRATEGY = "strategy"
_TITLE = re.compile(r"^=== (.+) \| (\w+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Decoy:
    """A document; `kind` is "strategy" or what it is instead."""

    name: str
    language: str
    kind: str
    text: str


@cache
def load_decoys() -> tuple[Decoy, ...]:
    """Every document, by language and then in the file's order."""
    return tuple(one for file in sorted(FOLDER.glob("*.txt")) for one in _read(file))


def measure() -> tuple[Figure, ...]:
    """The share told rightly from strategies, of papers and of strategies, and of papers called by their own name."""
    told = [(one, *recognise(one)) for one in load_decoys()]
    papers = [is_strategy for one, is_strategy, _ in told if one.kind != STRATEGY]
    strategies = [is_strategy for one, is_strategy, _ in told if one.kind == STRATEGY]
    named = [right for one, _, right in told if one.kind in PAPERS]
    always = accuracy([(str(one.kind == STRATEGY), "True") for one, _, _ in told])
    return (
        _share("papers told apart", [not one for one in papers], 0.0),
        _share("strategies kept", strategies, 1.0),
        _share("papers called by name", named, 0.0),
        _share("accuracy", [is_strategy == (one.kind == STRATEGY) for one, is_strategy, _ in told], always),
    )


def recognise(one: Decoy) -> tuple[bool, bool]:
    """Whether it is taken for a strategy, and whether the reason names the kind that it is."""
    found = find_parts(read_bytes(one.text.encode(), "paper.txt"), language=one.language)
    name = load_phrases(one.language).groups["papers"].get(one.kind)
    return found.is_strategy, name is not None and name in found.reason


def _share(measure_name: str, hits: Sequence[bool], baseline: float) -> Figure:
    n, right = len(hits), sum(hits)
    return Figure(
        "strategy or not", measure_name, "own decoys", n, right / n, *wilson_interval(right, n), "always", baseline
    )


def _read(file: Path) -> Iterator[Decoy]:
    content = file.read_text(encoding="utf-8")
    titles = [*_TITLE.finditer(content)]
    ends = [title.start() for title in titles[1:]] + [len(content)]
    for title, end in zip(titles, ends, strict=True):
        yield Decoy(title[1], file.stem, title[2], content[title.end() : end].strip())
