"""Numbers, shares, money, years and dates in a text, whatever its language."""

import re
from functools import lru_cache

from knowledge.document import Span

YEAR = re.compile(r"(?<![\d.,/])(?:19[5-9]\d|20\d\d)(?![\d%]|[.,]\d)")
_PERCENT_WORDS = (
    r"per\s?cents?|percentages?|prosent\w*|procent\w*|prozent\w*|pour\s?cent|por\s?ciento|per\s?cento|százalék\w*"
)
PERCENT = re.compile(rf"(?<![\w.,])\d+(?:[.,]\d+)?\s?(?:%|(?:{_PERCENT_WORDS})(?!\w))", re.IGNORECASE)
_BLANK = "[ \\u00a0\\u202f]"  # between thousands too; a tab or a new line begins something else
# One number as people write it ("3 200", "1.200,50", "40"); the one before it is another ("2026 21,000").
_SUM = rf"(?<![\d.,/])(?:\d{{1,3}}(?:(?:[.,]|{_BLANK})\d{{3}})+|\d+)(?:[.,]\d{{1,2}})?(?!\d)"
MONEY = re.compile(
    rf"(?:€|\$|£){_BLANK}?{_SUM}|"
    rf"{_SUM}{_BLANK}?(?:€|(?:eur|euros?|euroa|dkk|kroner|kr|huf|(?:millió |ezer )?(?:ft|forint\w*))(?!\w))",
    re.IGNORECASE,
)
DATE = re.compile(
    r"(?<!\d)\d{1,2}[./]\s?\d{1,2}[./]\s?(?:\d{4}|\d\d)(?!\d)|(?<!\d)\d{4}-\d\d-\d\d(?!\d)|(?<!\d)20\d\d[/–-]\d\d(?!\d)"
)
_BEFORE = (
    r"by|until|till|before|no later than|bis|spätestens|inden|senest|frem (?:mod|til)|tegen|uiterlijk|vóór|d['’]ici|"
    r"avant|à l['’]horizon|jusqu['’](?:en|à)|hasta|para|antes de|entro"
)
# A year that is named as the end of something: "by the end of June 2029", "kesään 2029 mennessä", "2029-ig".
_DEADLINE = re.compile(
    rf"\b(?:{_BEFORE})(?:\s+[^\W\d_]+\.?){{0,4}}?\s+(20\d\d)(?!\d)"
    r"|(?<!\d)(20\d\d)(?:\s+[^\W\d_]+){0,2}\s+mennessä\b"
    r"|(?<!\d)(20\d\d)(?:-(?:ig|re|ra)\b|\.?\s+[^\W\d_]{3,}ig\b)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<![\w.,/-])\d+(?:[., ]\d{3})*(?:[.,]\d+)?(?![\w/]|-\d|[.,]\d)")
_LIST_MARK = re.compile(r"\s*(?:\(?\d+(?:\.\d+)*[.):]|\d{1,2}\.\d{1,2}(?=\s(?:[A-ZÀ-Þ]|\d)))\s")
_LONGEST_NAME_NUMBER = 2
_NAMED_NUMBER = re.compile(r"[^\W\d_]{3,}\s$")
_DIGIT = re.compile(r"\d")
_REMEMBERED = 2048  # texts: slots, signs, remarks and sums all ask for the numbers of a statement


def has_digit(text: str) -> bool:
    """Whether there is a digit in `text`; where there is none, no pattern of this module need be tried."""
    return _DIGIT.search(text) is not None


@lru_cache(_REMEMBERED)
def find_numbers(text: str) -> tuple[Span, ...]:
    """The counts in `text`: no years, no dates, no list marks ("3."), no numbered names ("Goal 2")."""
    if not has_digit(text):
        return ()
    taken = [Span(*found.span()) for pattern in (DATE, YEAR) for found in pattern.finditer(text)]
    mark = _LIST_MARK.match(text)
    if mark:
        taken.append(Span(*mark.span()))
    spans = (Span(*found.span()) for found in _NUMBER.finditer(text))
    return tuple(span for span in spans if not any(one.contains(span) for one in taken) and not _is_name(text, span))


def find_years(text: str) -> tuple[Span, ...]:
    """The years 1950–2099 in `text`."""
    return tuple(Span(*found.span()) for found in YEAR.finditer(text))


def find_deadlines(text: str) -> tuple[Span, ...]:
    """The years in `text` by which something is to be reached, in any of the nine languages."""
    return tuple(Span(*one.span(one.lastindex or 0)) for one in _DEADLINE.finditer(text))


def _is_name(text: str, number: Span) -> bool:
    """Whether the number numbers a thing ("Indicator 2", "Leitaktion 1") and counts none ("Train 12 teachers")."""
    before = _NAMED_NUMBER.search(text[: number.start])
    after = text[number.end :].lstrip()
    short = number.end - number.start <= _LONGEST_NAME_NUMBER
    return bool(before and short and text[before.start()].isupper() and not after[:1].islower() and after[:1] != "%")
