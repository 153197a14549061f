"""Figures and days as managers write them, in any of our languages."""

import re
from datetime import date

from assistant.reviewing.stated import parse_number
from knowledge.faults import BadInput

PERCENT = "%"
_GAP = "[ \u00a0\u202f'’]"
_NUMBER = rf"(?:\d{{1,3}}(?:(?:{_GAP}|[.,])\d{{3}}(?!\d))+(?:[.,]\d+)?|\d+(?:[.,]\d+)?)"
_FIGURE = re.compile(rf"[-\u2212]?{_NUMBER}", re.ASCII)
_GAPS, _MINUS = re.compile(_GAP), "\u2212"
_WORDS = r"(?:\s+[^\W\d_][\w'’-]*){0,2}?"
# "45 of 80", "45 Lernende von 80", "45/80". "De", "di" and Dutch "van" also join other things ("12 students of 30
# schools"), so that nothing may stand between.
_SHARE = re.compile(
    rf"(?<![\d.,/-])(?P<part>{_NUMBER})"
    rf"(?:{_WORDS}\s+(?:(?:out\s+)?of|von|(?:ud\s+)?af|op\s+de|sur|su)\s+|\s+(?:van(?:\s+de)?|de|di)\s+|\s*/\s*)"
    r"(?:(?:the|our|den|unseren|de|los|las|nos|nuestr[oa]s|vores|onze)\s+)?"
    rf"(?P<whole>{_NUMBER})(?![\d/%]|[.,-]\d)",
    re.IGNORECASE,
)
# Finnish "45 opiskelijaa 80:stä"; Hungarian "80 tanulóból 45", "80 közül 45" and "45 a 80-ból".
_SHARE_BY_ENDING = re.compile(
    rf"(?<![\d.,/-])(?:(?P<part>{_NUMBER}){_WORDS}\s+(?P<whole>{_NUMBER})(?::?st[aä]|-?b[óő]l)(?!\w)"
    rf"|(?P<whole_first>{_NUMBER})(?:(?:-?|{_WORDS}\s+[^\W\d_]+)b[óő]l|{_WORDS}\s+közül)\s+(?P<part_last>{_NUMBER}))",
    re.IGNORECASE,
)
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})", re.ASCII)
_DAY_FIRST = re.compile(r"(?P<day>\d{1,2})(?P<mark>[./-])\s?(?P<month>\d{1,2})(?P=mark)\s?(?P<year>\d{4})\.?", re.ASCII)
_HUNGARIAN = re.compile(r"(?P<year>\d{4})\.\s?(?P<month>\d{1,2})\.\s?(?P<day>\d{1,2})\.?", re.ASCII)


def read_figure(words: str) -> float | None:
    """The figure in some words: the share of 100 where one is written ("45 of 80": 56.25), else the first number."""
    share = _read_share(words)
    return read_number(words) if share is None else share


def read_number(words: str) -> float | None:
    """The first number in some words, as any of our languages writes it ("12,5 %": 12.5); None where there is none."""
    found = _FIGURE.search(words)
    return None if found is None else _parse(found[0])


def is_bare(words: str) -> bool:
    """Whether some words hold a number that is neither a percentage nor a share."""
    return PERCENT not in words and _read_share(words) is None and read_number(words) is not None


def parse_day(words: str, today: date) -> date:
    """The day that was written: 2026-06-15, 15.06.2026, 15.6.2026, 15/06/2026, or the Hungarian 2026. 06. 15.

    Raises:
        BadInput: it is no day, or one after `today`.
    """
    forms = (form.fullmatch(words.strip()) for form in (_ISO, _DAY_FIRST, _HUNGARIAN))
    found = next((form for form in forms if form), None)
    how = "Write it as 2026-06-15, 15.06.2026 or 15/06/2026."
    if found is None:
        raise BadInput("the day", f"“{words.strip()}” is no day that can be read", how)
    try:
        day = date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError as fault:
        raise BadInput("the day", f"“{words.strip()}” is no day of the calendar", how) from fault
    if day > today:
        raise BadInput("the day", f"{day.isoformat()} lies ahead", "Write down what you have seen already.")
    return day


def _read_share(words: str) -> float | None:
    """A part of a whole as a share of 100; None where none is written, or where the part would be the larger."""
    found = _SHARE.search(words) or _SHARE_BY_ENDING.search(words)
    if found is None or (PERCENT in words and found.start() > words.index(PERCENT)):
        return None
    named = found.groupdict()
    part = _parse(named.get("part") or named["part_last"])
    whole = _parse(named.get("whole") or named["whole_first"])
    return 100 * part / whole if whole > 0 and part <= whole else None


def _parse(number: str) -> float:
    return parse_number(_GAPS.sub("", number).replace(_MINUS, "-"))
