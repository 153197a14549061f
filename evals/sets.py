"""Clean strategies of our own, and the faults that can be planted in each: what the set rules are measured on.

`measure` plants one fault at a time and asks whether a rule for it speaks; and counts what the same rules say of the
clean documents, where all they say is a false alarm. Overlaps in other words have cases of their own (overlaps.py).
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.domain import Critique
from assistant.reviewing.critique import critique
from evals import overlaps
from evals.figures import Figure, bootstrap_interval, wilson_interval
from knowledge.datafile import read_fields
from knowledge.reading.files import read_bytes

FOLDER = Path(__file__).parent / "sets"
OWN = "own, planted"
_ITEM = re.compile(r"^(?:- |Goal \d: )(.*)$", re.MULTILINE)
_MOST = 20
# What counts as finding each fault: any of these rules.
RULES: Mapping[str, tuple[str, ...]] = {
    "too many goals": ("goals-too-many", "goals-many"),
    "overlap": ("goals-overlap",),
    "untied goal": ("goals-untied",),
    "two numbers": ("goals-contradict",),
    "two periods": ("periods-contradict",),
    "activity among goals": ("activity-among-goals",),
    "vision among goals": ("vision-among-goals",),
    "only mobility": ("goals-only-mobility",),
    "leap": ("leap-large",),
    "more than the students": ("target-beyond-students",),
    "more than the budget": ("budget-exceeded",),
    "all in one year": ("deadlines-together",),
}


@dataclass(frozen=True, slots=True)
class CleanStrategy:
    """A strategy without a fault, with the words that make one: goals to add, sentences to put in."""

    name: str
    language: str
    text: str
    overlap: str
    untied: str
    numbers: str
    dates: str
    activity: str
    vision: str
    mobility: tuple[str, ...]
    leap: str
    beyond: str
    budget: str
    extra: tuple[str, ...]

    def with_goals(self, *goals: str) -> str:
        """The text with goals added after its own."""
        *_, last = _ITEM.finditer(self.text)
        mark = self.text[last.start() : last.start(1)]
        count = len(_ITEM.findall(self.text))
        lines = [mark.replace(str(count), str(count + 1 + place)) + goal for place, goal in enumerate(goals)]
        return "\n".join([self.text[: last.end()], *lines]) + self.text[last.end() :]

    def with_sentence(self, sentence: str) -> str:
        """The text with a sentence as its last paragraph."""
        return f"{self.text}\n\n{sentence}"

    def with_only(self, goals: tuple[str, ...]) -> str:
        """The text with `goals` instead of its own."""
        first, *_, last = _ITEM.finditer(self.text)
        return self.text[: first.start()] + "\n".join(f"- {goal}" for goal in goals) + self.text[last.end() :]

    def with_year(self) -> str:
        """The text with the same year after each goal."""
        return _ITEM.sub(lambda found: found[0].rstrip(".") + " (2028).", self.text)


FAULTS: Mapping[str, Callable[[CleanStrategy], str]] = {
    "too many goals": lambda one: one.with_goals(*one.extra),
    "overlap": lambda one: one.with_goals(one.overlap),
    "untied goal": lambda one: one.with_goals(one.untied),
    "two numbers": lambda one: one.with_sentence(one.numbers),
    "two periods": lambda one: one.with_sentence(one.dates),
    "activity among goals": lambda one: one.with_goals(one.activity),
    "vision among goals": lambda one: one.with_goals(one.vision),
    "only mobility": lambda one: one.with_only(one.mobility),
    "leap": lambda one: one.with_goals(one.leap),
    "more than the students": lambda one: one.with_sentence(one.beyond),
    "more than the budget": lambda one: one.with_sentence(one.budget),
    "all in one year": lambda one: one.with_year(),
}
WATCHED = frozenset(rule for rules in RULES.values() for rule in rules) | {"hands-few", "changes-several"}


@cache
def load_clean() -> tuple[CleanStrategy, ...]:
    """Every clean strategy, by file name.

    Raises:
        ValueError: naming the file and the key, where a file has not the form it must have.
    """
    return tuple(_read(path) for path in sorted(FOLDER.glob("*.yaml")))


def measure() -> tuple[Figure, ...]:
    """The share of planted faults found, in all and by fault; false alarms a clean document."""
    found = {fault: [_finds(one, fault) for one in load_clean()] for fault in FAULTS}
    every = [hit for hits in found.values() for hit in hits]
    alarms = [len(list(_alarms(one))) for one in load_clean()]

    def mean(counts: object) -> float:
        values = list(counts) if isinstance(counts, list | tuple) else []
        return sum(values) / len(values) if values else 0.0

    return (
        Figure(
            "set faults",
            "found",
            OWN,
            len(every),
            mean(every),
            *wilson_interval(sum(every), len(every)),
            "saying nothing",
            0,
        ),
        *(
            Figure(
                "set faults",
                f"found: {fault}",
                OWN,
                len(hits),
                mean(hits),
                *wilson_interval(sum(hits), len(hits)),
                "saying nothing",
                0,
            )
            for fault, hits in found.items()
        ),
        Figure(
            "set faults",
            "false alarms a clean document",
            "own, clean",
            len(alarms),
            mean(alarms),
            *bootstrap_interval(alarms, mean),
            "saying nothing",
            0,
        ),
        *overlaps.measure(),
    )


def judge_text(text: str, language: str) -> Critique:
    """The critique of a text as a file of its own."""
    return critique(read_bytes(text.encode(), "plan.txt"), language=language)


def _finds(one: CleanStrategy, fault: str) -> bool:
    said = {finding.rule for finding in judge_text(FAULTS[fault](one), one.language).findings}
    return bool(said & set(RULES[fault]))


def _alarms(one: CleanStrategy) -> Iterator[str]:
    return (finding.rule for finding in judge_text(one.text, one.language).findings if finding.rule in WATCHED)


def _read(path: Path) -> CleanStrategy:
    data = read_fields(path)
    text = data.values.get("text")
    if not isinstance(text, str):
        raise data.fault("text", "must be a text")
    return CleanStrategy(
        name=data.text("id"),
        language=data.text("language"),
        text=text.strip(),
        mobility=data.texts("mobility", 1, _MOST),
        extra=data.texts("extra", 1, _MOST),
        **{
            key: data.text(key)
            for key in ("overlap", "untied", "numbers", "dates", "activity", "vision", "leap", "beyond", "budget")
        },
    )
