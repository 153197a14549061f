"""An indicator that is followed (guide 5.5): where it stood, where it is to go, and what was read of it since.

Every figure is the manager's, in the words it was given in; arithmetic is done where those words begin with a number.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from assistant.following.spelling import PERCENT, is_bare, read_figure, read_number

LONGEST = timedelta(days=365)  # guide 5.5: looked at every six months or every year


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


def read_followed(followed: Followed, words: str) -> float | None:
    """The figure in some words about an indicator; "45 of 80" is a share of 100, unless its other figures count heads.

    They do where the unit is no share and one of them is a bare number, neither a percentage nor a share.
    """
    given = (followed.baseline, followed.target, *(one.words for one in followed.readings))
    counts = followed.unit.strip() != PERCENT and any(is_bare(one) for one in given)
    return read_number(words) if counts else read_figure(words)


def measure_way(followed: Followed) -> float | None:
    """How much of the way from baseline to target the last reading has come: 0 none, 1 all of it.

    Below 0 where it went the other way, above 1 where it went farther; None where one of the three is no number, or
    where there is no way to go.
    """
    if not followed.readings:
        return None
    start, end = read_followed(followed, followed.baseline), read_followed(followed, followed.target)
    now = read_followed(followed, followed.readings[-1].words)
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
