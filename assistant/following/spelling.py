"""Figures as managers write them, in any of our languages, each with its unit."""

import re
from dataclasses import dataclass

from assistant.judging.quantities import MONEY, has_digit
from assistant.judging.quantities import PERCENT as PERCENTAGE
from assistant.reviewing.stated import parse_number
from knowledge.figurewords import load_figure_words

PERCENT, SUM = "%", "money"
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
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure and its unit: PERCENT, SUM, one of `figurewords.UNITS`, or "" for a bare number.

    A part of a whole ("45 of 80") is its share of 100, in PERCENT; `part` is then the 45, else None.
    """

    value: float
    unit: str
    part: float | None


def read_figure(words: str, language: str) -> Figure | None:
    """The first figure in some words ("12,5 %", "45 of 80", "1 200 €", "three weeks"); None where there is none.

    Figures are read as any of our languages writes them; a number in words, up to twenty, in `language`, where the
    words begin with it.
    """
    words = _in_figures(words, language)
    share = _read_share(words)
    if share is not None:
        part, whole = share
        return Figure(100 * part / whole, PERCENT, part)
    found = _FIGURE.search(words)
    return None if found is None else Figure(_parse(found[0]), _read_unit(words, found.end(), language), None)


def _read_unit(words: str, place: int, language: str) -> str:
    """The unit of the number that ends at `place`."""
    if PERCENT in words or PERCENTAGE.search(words):
        return PERCENT
    if MONEY.search(words):
        return SUM
    behind = words[place:].lstrip(" \u00a0\u202f-")
    units = load_figure_words(language).units
    return next((name for name, pattern in units.items() if pattern.match(behind)), "")


def _in_figures(words: str, language: str) -> str:
    """Words that begin with a number in words, with all such numbers in figures ("three of ten": "3 of 10").

    "One" is also an article in most languages: it is a number only where nothing follows, or what divides it
    ("un tiers").
    """
    if has_digit(words):
        return words
    known = load_figure_words(language)
    apart = _WORD.sub(lambda found: found[0] if _lower(found) in known.numbers else found[0].replace("-", " "), words)
    said = [one for one in _WORD.findall(apart.casefold()) if one not in known.about]
    alone = len(said) == 1 or (said[1:2] and said[1] in known.fractions)
    if not said or known.numbers.get(said[0], 0) < (1 if alone else 2):
        return words
    figures = {**known.numbers, **{word: f"/{below}" for word, below in known.fractions.items()}}
    return _WORD.sub(lambda found: str(figures.get(_lower(found), found[0])), apart)


def _lower(found: re.Match[str]) -> str:
    return found[0].casefold()


def _read_share(words: str) -> tuple[float, float] | None:
    """A part and its whole; None where none is written, or where the part would be the larger."""
    found = _SHARE.search(words) or _SHARE_BY_ENDING.search(words)
    if found is None or (PERCENT in words and found.start() > words.index(PERCENT)):
        return None
    named = found.groupdict()
    part = _parse(named.get("part") or named["part_last"])
    whole = _parse(named.get("whole") or named["whole_first"])
    return (part, whole) if whole > 0 and part <= whole else None


def _parse(number: str) -> float:
    return parse_number(_GAPS.sub("", number).replace(_MINUS, "-"))
