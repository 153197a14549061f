"""Days as managers write them, in any of our languages: to the day, or as a month, a term or a year."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from knowledge.daywords import fold, load_day_words, load_ordinals
from knowledge.faults import BadInput

_CENTURY, _TWO_DIGITS = 2000, 99
_MONTHS = 12
_SCHOOL_YEAR = (8, 7)  # the month it begins in, and the one in which it ends a year later
_HOW = "Write it as 2026-06-15, 15.06.2026 or 15/06/2026."
# How the parts of a day may follow one another: D a day in figures, M a month and year in figures, S two years, d a
# number of one or two digits, y a year, m a month in words, t a term, s "school" (year).
_TO_THE_DAY = re.compile("dm[yd]|md[yd]|ymd")
_MONTH, _TERM, _SCHOOL = re.compile("my|ym"), re.compile("t[yd]|yt"), re.compile("s*Ss*")
_LETTERS = {"month": "m", "term": "t", "school": "s", "beside": ""}
# The groups of the figures' forms, the year first.
_FIGURES = (
    ("D", ("year", "month", "day")),
    ("D", ("year_first", "month_next", "day_last")),
    ("S", ("begun", "ended")),
    ("M", ("its_year", "month_alone")),
)


@dataclass(frozen=True, slots=True)
class _Part:
    """One part of a written day: what it is (see above), and the numbers or the first and last month it stands for."""

    kind: str
    numbers: tuple[int, ...]


def parse_day(words: str, today: date) -> date:
    """The day that was written, in figures or in words ("3 mars 2026", "15. syyskuuta 2026", "le 12.9.26").

    In figures it is 2026-06-15, 15.06.2026, 15.6.26, 15/06/2026, or the Hungarian 2026. 06. 15.; a year of two digits
    is of this century. A month ("juin 2026", "06/2026"), a term or season ("syksy 2026": August to December; spring
    ends with May, summer with August), a school year ("2025/26": to the end of July) and a year are read as their last
    day, or as `today` where they are not over.

    Raises:
        BadInput: it is no day, or one after `today`.
    """
    parts = _split(words.strip())
    try:
        stretch = _stretch(parts)
    except ValueError as fault:
        told = words.strip()
        raise BadInput("the day", f"“{told}” is no day of the calendar", _HOW, key="day_unreal", day=told) from fault
    if stretch is None:
        told = words.strip()
        raise BadInput("the day", f"“{told}” is no day that can be read", _HOW, key="day_unread", day=told)
    first, last = stretch
    if first > today:
        what, remedy = f"{first.isoformat()} lies ahead", "Write down what you have seen already."
        raise BadInput("the day", what, remedy, key="day_ahead", day=words.strip())
    return min(last, today)


def _stretch(parts: tuple[_Part, ...]) -> tuple[date, date] | None:
    """The first and the last day of what the parts name; None where they name nothing.

    Raises:
        ValueError: the calendar has no such day.
    """
    kinds = "".join(part.kind for part in parts)
    numbers = [part.numbers for part in parts]
    if kinds == "D":
        day = date(*numbers[0])
        return day, day
    if _TO_THE_DAY.fullmatch(kinds):
        year = numbers[kinds.index("y")][0] if "y" in kinds else _whole(numbers[-1][0])
        day = date(year, numbers[kinds.index("m")][0], numbers[kinds.index("d")][0])
        return day, day
    if kinds == "M":
        year, month = numbers[0]
        return _months(year, month, year, month)
    if _MONTH.fullmatch(kinds) or _TERM.fullmatch(kinds):
        named = kinds.index("m" if "m" in kinds else "t")
        year = _whole(numbers[1 - named][0])
        first, last = numbers[named]
        return _months(year, first, year, last)
    if _SCHOOL.fullmatch(kinds):
        begun, ended = numbers[kinds.index("S")]
        return _months(begun, _SCHOOL_YEAR[0], ended, _SCHOOL_YEAR[1])
    return _months(numbers[0][0], 1, numbers[0][0], _MONTHS) if kinds == "y" else None


def _split(words: str) -> tuple[_Part, ...]:
    """The parts of a written day without the words beside them; none where something else stands there."""
    parts: list[_Part] = []
    place = 0
    while place < len(words):
        found = _forms().match(words, place)
        part = _read(found) if found else None
        if found is None or part is None:
            return ()
        place = found.end()
        parts += [part] if part.kind else []
    return tuple(parts)


def _read(found: re.Match[str]) -> _Part | None:
    """What stands at one place; a part of no kind where it changes nothing, None where it is no part of a day."""
    named = found.groupdict()
    if word := named["word"]:
        meaning = load_day_words().get(fold(word))
        return _Part(_LETTERS[meaning.kind], (meaning.first, meaning.last)) if meaning else None
    if number := named["number"]:
        kind = {1: "d", 2: "d", 4: "y"}.get(len(number))
        return _Part(kind, (int(number),)) if kind else None
    for kind, names in _FIGURES:
        if all(named[name] for name in names):
            numbers = tuple(int(named[name]) for name in names)
            return _two(*numbers) if kind == "S" else _Part(kind, (_whole(numbers[0]), *numbers[1:]))
    return _Part("", ())


def _two(first: int, second: int) -> _Part:
    """A year and what stands behind it: the next year of a school year, or a month."""
    following = second if second >= _CENTURY else _CENTURY + second
    return _Part("S", (first, following)) if following == first + 1 else _Part("M", (first, second))


def _whole(year: int) -> int:
    return year if year > _TWO_DIGITS else _CENTURY + year


def _months(year: int, first: int, last_year: int, last: int) -> tuple[date, date]:
    """From the first day of one month to the last of another."""
    after = date(last_year + 1, 1, 1) if last == _MONTHS else date(last_year, last + 1, 1)
    return date(year, first, 1), after - timedelta(days=1)


@cache
def _forms() -> re.Pattern[str]:
    ordinals = "|".join(re.escape(one) for one in load_ordinals())
    digit = "[0-9]"
    return re.compile(
        rf"(?P<day>{digit}{{1,2}})(?P<mark>[./-])\s?(?P<month>{digit}{{1,2}})(?P=mark)\s?"
        rf"(?P<year>{digit}{{4}}|{digit}{{2}})(?!{digit})"
        rf"|(?P<year_first>{digit}{{4}})(?P<between>-|\.\s?)(?P<month_next>{digit}{{1,2}})(?:-|\.\s?)"
        rf"(?P<day_last>{digit}{{1,2}})(?![^\W_]|-)"
        rf"|(?P<begun>{digit}{{4}})\s?[./–-]\s?(?P<ended>{digit}{{4}}|{digit}{{1,2}})(?![^\W_]|[/–-])"
        rf"|(?P<month_alone>{digit}{{1,2}})\s?[./-]\s?(?P<its_year>{digit}{{4}})(?![^\W_]|[/–-])"
        rf"|(?P<number>{digit}+)(?:-?(?:{ordinals})(?![^\W\d_]))?"
        r"|(?P<word>[^\W\d_]+)"
        r"|[\s.,'’()]+",
        re.IGNORECASE,
    )
