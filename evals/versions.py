"""Measures the alignment of goals between two versions, on pairs that we edited by hand in nine languages.

Baseline: a goal lives on only where exactly its words stand in the later version.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from assistant.domain import Quote
from assistant.reviewing.versions import Comparison, Snapshot, compare
from evals.figures import Figure, accuracy, bootstrap_interval
from knowledge.datafile import read_fields
from knowledge.document import Span

CASES = Path(__file__).with_name("cases") / "versions.yaml"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two versions' goals, and for each earlier one the number of the later that holds it, 0 for none."""

    id: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    fates: tuple[int, ...]


def load_pairs() -> tuple[Pair, ...]:
    """The pairs."""
    return tuple(
        Pair(
            one.text("id"),
            one.texts("before", 1, 20),
            one.texts("after", 1, 20),
            tuple(cast("list[int]", one.values["fates"])),
        )
        for one in read_fields(CASES).each("pairs")
    )


def measure() -> tuple[Figure, ...]:
    """The share of earlier goals whose fate is told rightly, and of later goals told rightly to be new or not."""
    pairs = load_pairs()
    told = {pair.id: find_fates(pair) for pair in pairs}
    rows = [(str(gold), str(said)) for pair in pairs for gold, said in zip(pair.fates, told[pair.id], strict=True)]
    words = [
        (str(gold), str(pair.after.index(goal) + 1 if goal in pair.after else 0))
        for pair in pairs
        for gold, goal in zip(pair.fates, pair.before, strict=True)
    ]
    return (
        Figure(
            "versions",
            "goals aligned rightly",
            "own, edited by hand",
            len(rows),
            accuracy(rows),
            *bootstrap_interval(rows, accuracy),
            "the same words",
            accuracy(words),
        ),
    )


def find_fates(pair: Pair) -> tuple[int, ...]:
    """For each earlier goal the number of the later one that our comparison links it to, 0 for none."""
    compared = compare(_taken("before.txt", pair.before), _taken("after.txt", pair.after))
    heirs = _heirs(compared, pair.after)
    return tuple(heirs.get(goal, 0) for goal in pair.before)


def _heirs(compared: Comparison, after: tuple[str, ...]) -> Mapping[str, int]:
    later = [(one, after.index(one.now.text) + 1) for one in compared.goals if one.now is not None]
    return {quote.text: place for one, place in later for quote in one.before}


def _taken(name: str, goals: tuple[str, ...]) -> Snapshot:
    return Snapshot(name, name, 0, tuple(Quote(goal, Span(0, len(goal))) for goal in goals), ())
