"""Plans that we wrote and annotated ourselves, in nine languages: what the reading of documents is fitted on.

`evals/plans/README.md` is their data card, with the marks they carry. None of them comes from a real school.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.domain import ELEMENTS, ElementName, ElementState
from knowledge.document import Document, Span
from knowledge.reading.files import read_bytes

FOLDER = Path(__file__).parent / "plans"
_CODES: Mapping[str, ElementName] = {
    "oe": "operating_environment",
    "vi": "vision",
    "mi": "mission",
    "cs": "core_skills",
    "va": "values",
    "go": "goals",
    "ap": "action_plan",
    "in": "indicators",
    "or": "organisation",
    "hr": "human_resources",
    "re": "resources",
    "pa": "partnerships",
    "cu": "curricula",
    "ev": "evaluation",
    "st": "stakeholders",
    "pe": "period",
}
_TITLE = re.compile(r"^=== (\S+) \| ([\w ]+) \| (\S+)$", re.MULTILINE)
_MARK = re.compile(r"[ \t]*\{([a-z? ]+)\}|(\[\[)|(\]\])")


@dataclass(frozen=True, slots=True)
class Shown:
    """An element that the words right before `place` show: in full, or (`weak`) only touch."""

    place: int
    element: ElementName
    weak: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """One annotated document: its text without the marks, what its sentences show, and its goals' spans.

    `kind` is "strategy" or what it is instead; `period` the years it names ("2026-2030", "2030"), "" for none; `hand`
    says who wrote and marked it, by the end of the file's name, "" for ourselves.
    """

    hand: str
    name: str
    language: str
    kind: str
    period: str
    text: str
    shown: tuple[Shown, ...]
    goals: tuple[Span, ...]

    def read(self) -> Document:
        """The document our own reader makes of it; its offsets are those of `text`."""
        return read_bytes(self.text.encode(), f"{self.name}.txt")

    def state(self, element: ElementName) -> ElementState:
        """An element's state: present where some words show it in full, weak where some only touch it."""
        seen = [one.weak for one in self.shown if one.element == element]
        return "missing" if not seen else "weak" if all(seen) else "present"

    def states(self) -> dict[ElementName, ElementState]:
        """Every element's state."""
        return {element: self.state(element) for element in ELEMENTS}


@cache
def load_plans() -> tuple[Plan, ...]:
    """Every annotated plan that may be learnt from, by language and then in the file's order.

    Raises:
        ValueError: naming the plan and the mark, where a mark is none of ours.
    """
    return _load(FOLDER)


@cache
def load_further() -> tuple[Plan, ...]:
    """The plans by further hands from which the choice of goals alone is learnt; as `load_plans`."""
    return _load(FOLDER / "further")


@cache
def load_excerpts() -> tuple[Plan, ...]:
    """Excerpts by three more hands with few goals or none, that nothing is learnt from; as `load_plans`."""
    return _load(FOLDER / "excerpts")


@cache
def load_long() -> tuple[Plan, ...]:
    """Whole plans of six to nine pages by one hand, read for what is got wrong, that nothing is learnt from."""
    return _load(FOLDER / "long")


@cache
def load_unseen() -> tuple[Plan, ...]:
    """The plans by other hands that nothing is learnt from, and whose errors nobody has read; as `load_plans`."""
    return _load(FOLDER / "unseen")


def _load(folder: Path) -> tuple[Plan, ...]:
    return tuple(plan for file in sorted(folder.glob("*.txt")) for plan in _read(file))


def _read(file: Path) -> Iterator[Plan]:
    content = file.read_text(encoding="utf-8")
    titles = [*_TITLE.finditer(content)]
    ends = [title.start() for title in titles[1:]] + [len(content)]
    for title, end in zip(titles, ends, strict=True):
        yield _parse(title, file.stem, content[title.end() : end].strip())


def _parse(title: re.Match[str], stem: str, marked: str) -> Plan:
    language, _, hand = stem.partition("_")
    name, kind, period = title[1], title[2], title[3]
    text, shown, goals = "", [], []
    at, opened = 0, 0
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        at = mark.end()
        if mark[1]:
            shown += [_shown(name, len(text), code) for code in mark[1].split()]
        elif mark[2]:
            opened = len(text)
        else:
            goals.append(Span(opened, len(text)))
    return Plan(hand, name, language, kind, period.strip("-"), text + marked[at:], tuple(shown), tuple(goals))


def _shown(name: str, place: int, code: str) -> Shown:
    if code.rstrip("?") not in _CODES:
        raise ValueError(f"{name}: {code!r} marks no element; the marks are {', '.join(_CODES)}")
    return Shown(place, _CODES[code.rstrip("?")], code.endswith("?"))
