"""An indicator that is followed (guide 5.5): where it stood, where it is to go, and what was read of it since.

Every figure is the manager's, in the words it was given in; arithmetic is done where those words begin with a number.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from assistant.reviewing.stated import parse_number

LONGEST = timedelta(days=365)  # guide 5.5: looked at every six months or every year
_GAP = "[ \u00a0\u202f'’]"
_FIGURE = re.compile(rf"[-\u2212]?(?:\d{{1,3}}(?:(?:{_GAP}|[.,])\d{{3}}(?!\d))+(?:[.,]\d+)?|\d+(?:[.,]\d+)?)", re.ASCII)
_GAPS, _MINUS = re.compile(_GAP), "\u2212"


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of an indicator on a day, in the manager's words, with a note or ""."""

    number: int
    day: date
    words: str
    note: str


@dataclass(frozen=True, slots=True)
class Followed:
    """One indicator followed for one goal.

    `indicator` and `name` are the proposal's; `unit` is its formula's or ""; `language` is the goal's. `baseline` and
    `target` are the manager's words, "" while they are not given. `readings` are in the order of their days.
    """

    number: int
    since: date
    goal: str
    indicator: str
    name: str
    unit: str
    language: str
    baseline: str
    target: str
    readings: tuple[Reading, ...]


def read_figure(words: str) -> float | None:
    """The first number in some words, as any of our languages writes it ("12,5 %": 12.5); None where there is none."""
    found = _FIGURE.search(words)
    if found is None:
        return None
    number = _GAPS.sub("", found[0]).replace(_MINUS, "-")
    return parse_number(number)


def measure_way(followed: Followed) -> float | None:
    """How much of the way from baseline to target the last reading has come: 0 none, 1 all of it.

    Below 0 where it went the other way, above 1 where it went farther; None where one of the three is no number, or
    where there is no way to go.
    """
    if not followed.readings:
        return None
    start, end = read_figure(followed.baseline), read_figure(followed.target)
    now = read_figure(followed.readings[-1].words)
    if start is None or end is None or now is None or start == end:
        return None
    return (now - start) / (end - start)


def is_due(followed: Followed, today: date) -> bool:
    """Whether the indicator was not looked at for more than a year (guide 5.5)."""
    last = followed.readings[-1].day if followed.readings else followed.since
    return today - last > LONGEST


def today() -> date:
    """The day it is where this program runs."""
    return datetime.now(UTC).astimezone().date()
