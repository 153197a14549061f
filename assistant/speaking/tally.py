"""What became of the model's answers: how many were shown, why others were not, and the last fault."""

import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from knowledge.faults import ModelFault


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands with the model, for the page and the command line.

    `asked` counts the calls made; `shown` the answers that passed every check; `refused` those that did not, by the
    check; `cut` sentences taken out of answers that were shown, by the check; `shortened` the calls for which earlier
    talk or passages were left out for want of room; `fault` is the line of the last fault, "" once it answered again;
    `rests` the seconds for which it is not asked.
    """

    model: str
    here: bool
    asked: int
    shown: int
    refused: Mapping[str, int]
    cut: Mapping[str, int]
    faults: int
    shortened: int
    fault: str
    rests: float


@dataclass(slots=True)
class Tally:
    """Counts; threads may share it."""

    asked: int = 0
    shown: int = 0
    faults: int = 0
    shortened: int = 0
    fault: str = ""
    refused: Counter[str] = field(default_factory=Counter)
    cut: Counter[str] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def note_asked(self, *, shortened: bool) -> None:
        """A call was made, with something left out or not."""
        with self._lock:
            self.asked += 1
            self.shortened += shortened

    def note_answered(self) -> None:
        """The model answered."""
        with self._lock:
            self.fault = ""

    def note_fault(self, fault: ModelFault) -> None:
        """The model failed."""
        with self._lock:
            self.faults += 1
            self.fault = str(fault)

    def note_shown(self) -> None:
        """An answer passed every check."""
        with self._lock:
            self.shown += 1

    def note_refused(self, objections: tuple[str, ...]) -> None:
        """An answer failed these checks; the first is counted."""
        with self._lock:
            self.refused[objections[0]] += 1

    def note_cut(self, objections: tuple[str, ...]) -> None:
        """A sentence failed these checks and was taken out; the first is counted."""
        with self._lock:
            self.cut[objections[0]] += 1

    def standing(self, model: str, *, here: bool, rests: float) -> Standing:
        """The counts as they are now."""
        with self._lock:
            return Standing(
                model=model,
                here=here,
                asked=self.asked,
                shown=self.shown,
                refused=dict(self.refused),
                cut=dict(self.cut),
                faults=self.faults,
                shortened=self.shortened,
                fault=self.fault,
                rests=rests,
            )
