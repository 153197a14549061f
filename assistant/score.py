"""What a score is; assistant/reviewing/scoring.py works it out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.domain import Family


@dataclass(frozen=True, slots=True)
class Gain:
    """What answering every finding of one rule would add to the total, and the ids of those findings."""

    rule: str
    points: int
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """0 to 100 in all and per family of findings; plain arithmetic over findings, explained in `reason`.

    `goals` is the mean over the single goals, `set` what is left of the goals together and `whole` of the document:
    the total is made of these three. `gains` says what would raise it, most first.
    """

    total: int
    by_family: Mapping["Family", int]
    reason: str
    goals: int = 0
    set: int = 0
    whole: int = 0
    gains: tuple[Gain, ...] = ()
