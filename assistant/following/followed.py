"""An indicator that is followed (guide 5.5): where it stood, where it is to go, and what was read of it since.

Every figure is the manager's, in the words it was given in; arithmetic is done where they are figures of one unit.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from assistant.following.spelling import PERCENT, Figure, read_figure

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


def find_unit(followed: Followed) -> str:
    """The unit that the figures of an indicator are compared in: PERCENT, another one, or "" for numbers of things.

    It is the formula's where that is a share; else that of the ends, or of the first reading while they are open.
    """
    if followed.unit.strip() == PERCENT:
        return PERCENT
    figures = _figures(followed)
    ends = [figure for words, figure in figures.items() if words in (followed.baseline, followed.target)]
    leading = ends or list(figures.values())[:1]
    if all(figure.unit == PERCENT for figure in leading):
        return PERCENT
    # "Twelve" leaves open of what: one that is named beside it names it for both.
    return next((one.unit for one in (*leading, *figures.values()) if one.unit not in ("", PERCENT)), "")


def read_followed(followed: Followed, words: str) -> float | None:
    """The figure in some words about an indicator, as the others can be compared with it; None where it cannot be.

    Beside shares it is one itself; a bare number is one where the formula is a share, unless heads are counted in the
    other figures ("12 of 60") or it may be a quotient ("0,7"). Beside heads "45 of 80" is 45 heads, and a percentage
    cannot be compared.
    """
    figure, unit = read_figure(words, followed.language), find_unit(followed)
    if figure is None:
        return None
    if unit != PERCENT:
        if figure.part is not None:
            return figure.part if not unit else None
        return figure.value if figure.unit in ("", unit) else None
    if figure.unit == PERCENT:
        return figure.value
    counted = any(one.part is not None for one in _figures(followed).values())
    bare = followed.unit.strip() == PERCENT and not figure.unit and not counted
    return figure.value if bare and not 0 < abs(figure.value) < 1 else None


def find_uncompared(followed: Followed) -> tuple[str, ...]:
    """The words that hold a figure in another unit than the one compared in, each once, the ends first."""
    return tuple(words for words in _figures(followed) if read_followed(followed, words) is None)


def find_unread(followed: Followed) -> tuple[str, ...]:
    """Which of the ends and the last reading are in words with no figure, where another of them is a figure."""
    said = [followed.baseline, followed.target, *(one.words for one in followed.readings[-1:])]
    without = tuple(dict.fromkeys(one for one in said if one and read_figure(one, followed.language) is None))
    return without if len(without) < len({one for one in said if one}) else ()


def measure_way(followed: Followed) -> float | None:
    """How much of the way from baseline to target the last reading has come: 0 none, 1 all of it.

    Below 0 where it went the other way, above 1 where it went farther; None where one of the three cannot be compared,
    or where there is no way to go.
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


def _figures(followed: Followed) -> dict[str, Figure]:
    """The figures by the words they are in: the ends, then the readings."""
    said = (followed.baseline, followed.target, *(one.words for one in followed.readings))
    read = {words: read_figure(words, followed.language) for words in said}
    return {words: figure for words, figure in read.items() if figure is not None}
