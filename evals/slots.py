"""Measures the slots: how much of what a reader marked is found, and how much of what is found was marked.

The cases are our own, in nine languages; nothing was fitted on them. Overlap is counted in characters over all cases of
a slot. The baseline takes the first words as the beneficiary, the next as the change, and reads years and figures.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

from assistant.judging.slots import find_slots
from evals.figures import Figure, bootstrap_interval
from knowledge.datafile import read_fields
from knowledge.document import Span
from knowledge.lexicon import LANGUAGES, load_lexicon

SLOTS = {
    "b": "beneficiary", "d": "direction", "o": "object", "s": "scope", "m": "means",
    "n": "need", "t": "time", "a": "amount", "w": "owner",
}  # fmt: skip
CASES, BASELINE = "own, nine languages", "first words, years, figures"
_MARK = re.compile(r"\[([a-z]):|\]")
_MOST = 1000
_WORDS = re.compile(r"\w+\W+\w+")
_YEAR = re.compile(r"\S+ 20\d\d")
_FIGURE = re.compile(r"\d+(?: ?%)?")


@dataclass(frozen=True, slots=True)
class Marked:
    """A statement and where a reader saw each slot."""

    text: str
    language: str
    spans: Mapping[str, Sequence[Span]]


@dataclass(frozen=True, slots=True)
class Overlap:
    """Characters marked, found, and both, for one statement and one slot."""

    marked: int
    found: int
    both: int


def measure_slots() -> tuple[Figure, ...]:
    """F1 of overlap of each slot, and of all together; beside it that of the baseline."""
    cases = load_marked()
    said = [_found(one) for one in cases]
    thumb = [_thumb(one.text) for one in cases]
    figures = []
    for names, part in [(tuple(SLOTS.values()), "slots"), *(((name,), f"slot {name}") for name in SLOTS.values())]:
        ours = [_overlap(one, found, name) for one, found in zip(cases, said, strict=True) for name in names]
        theirs = [_overlap(one, found, name) for one, found in zip(cases, thumb, strict=True) for name in names]
        interval = bootstrap_interval(ours, overlap_f1)
        figures.append(
            Figure(part, "F1 of overlap", CASES, len(cases), overlap_f1(ours), *interval, BASELINE, overlap_f1(theirs))
        )
    return tuple(figures)


def overlap_f1(overlaps: Sequence[Overlap]) -> float:
    """Twice the characters that are both marked and found, over all marked and all found; 0.0 where there are none."""
    total = sum(one.marked + one.found for one in overlaps)
    return 2 * sum(one.both for one in overlaps) / total if total else 0.0


def load_marked() -> tuple[Marked, ...]:
    """The statements of `evals/cases/slots.yaml`, their marks taken out and kept as spans."""
    fields = read_fields(files("evals") / "cases" / "slots.yaml")
    return tuple(read_marks(one, code) for code in LANGUAGES for one in fields.texts(code, 1, _MOST))


def read_marks(marked: str, language: str) -> Marked:
    """The statement without its marks, and the spans they stood around.

    Raises:
        ValueError: where a mark is not closed, closes nothing, or names no slot.
    """
    text, last = "", 0
    opened: list[tuple[str, int]] = []
    spans: dict[str, list[Span]] = {}
    for mark in _MARK.finditer(marked):
        text, last = text + marked[last : mark.start()], mark.end()
        if mark[1]:
            opened.append((mark[1], len(text)))
        elif opened:
            letter, start = opened.pop()
            spans.setdefault(SLOTS[letter], []).append(Span(start, len(text)))
        else:
            raise ValueError(f"evals/cases/slots.yaml: a mark closes nothing in {marked!r}")
    if opened:
        raise ValueError(f"evals/cases/slots.yaml: a mark is not closed in {marked!r}")
    return Marked(text + marked[last:], language, spans)


def _found(one: Marked) -> dict[str, list[Span]]:
    slots = find_slots(one.text, load_lexicon(one.language))
    single = {name: getattr(slots, name) for name in SLOTS.values() if name != "means"}
    found = {name: [quote.span] for name, quote in single.items() if quote}
    return {**found, "means": [quote.span for quote in slots.means]}


def _thumb(text: str) -> dict[str, list[Span]]:
    words = [Span(*found.span()) for found in _WORDS.finditer(text)]
    year, figure = _YEAR.search(text), _FIGURE.search(text)
    return {
        "beneficiary": words[:1],
        "object": words[1:2],
        "time": [Span(*year.span())] if year else [],
        "amount": [Span(*figure.span())] if figure else [],
    }


def _overlap(one: Marked, found: Mapping[str, Sequence[Span]], name: str) -> Overlap:
    marked, seen = _characters(one.spans.get(name, ())), _characters(found.get(name, ()))
    return Overlap(len(marked), len(seen), len(marked & seen))


def _characters(spans: Sequence[Span]) -> frozenset[int]:
    return frozenset(place for span in spans for place in range(span.start, span.end))
