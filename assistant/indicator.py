"""What an indicator is (guide 5.5): what is measured, how it is worked out, and where it is proposed from."""

from dataclasses import dataclass
from typing import Literal

from assistant.domain import GuideRef

Level = Literal["output", "outcome", "impact"]
Nature = Literal["quantitative", "qualitative"]


@dataclass(frozen=True, slots=True)
class Example:
    """A worked figure, computed by code from invented counts: `numerator / denominator * 100` where the unit is %."""

    numerator: float
    denominator: float
    result: float


@dataclass(frozen=True, slots=True)
class Formula:
    """How a quantitative indicator is worked out, with a worked example."""

    numerator: str
    denominator: str
    unit: str
    example: Example


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is measured for a goal; how much of it (baseline, target) is the manager's to say and starts empty.

    `score` is how well it fits the goal, 0 to 1; `provenance` says who proposed it (guide, EQAVET, Askwhy, a bank).
    """

    id: str
    name: str
    family: str
    level: Level
    nature: Nature
    definition: str
    formula: Formula | None
    method: str | None
    data_source: str
    frequency: str
    limits: str
    guide: GuideRef | None
    provenance: str
    score: float
    baseline: float | None = None
    target: float | None = None
