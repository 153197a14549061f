"""What the evaluations of talks share: held in a data folder of their own, and the manners that no talk may break."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from assistant.asking.dialogue import Dialogue, open_dialogue
from evals.figures import Figure, wilson_interval

MOST_TURNS = 8  # within which a reason is to be found
Case = TypeVar("Case")
Outcome = TypeVar("Outcome")


@dataclass(frozen=True, slots=True)
class Manners:
    """What went wrong in a talk: questions asked twice, words from nowhere, and messages that led nowhere."""

    repeated: tuple[str, ...]
    invented: tuple[str, ...]
    dead_ends: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """The part that is measured, and what it is held against."""

    part: str
    baseline: str

    def share(self, measured: str, count: int, n: int, usual: int) -> Figure:
        """A share of `n` talks of ours; `usual` is how many of them the baseline would have."""
        low, high = wilson_interval(count, n)
        return Figure(self.part, measured, "own", n, count / n, low, high, self.baseline, usual / n)

    def measure_manners(self, talks: Sequence[Manners], invented: str, repeats: int) -> Iterator[Figure]:
        """The shares of talks that broke a rule; `invented` names what may not be, the baseline repeats `repeats`."""
        for measured, count, usual in (
            ("talks with a question asked twice", sum(bool(one.repeated) for one in talks), repeats),
            (f"talks with {invented}", sum(bool(one.invented) for one in talks), 0),
            ("talks with a dead end", sum(bool(one.dead_ends) for one in talks), 0),
        ):
            yield self.share(measured, count, len(talks), usual)


def hold_all(hold: Callable[[Dialogue, Case], Outcome], cases: Sequence[Case]) -> list[Outcome]:
    """What came of each talk, in one dialogue of a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder, open_dialogue(Path(folder)) as dialogue:
        return [hold(dialogue, one) for one in cases]
