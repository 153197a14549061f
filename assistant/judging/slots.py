"""Finds the parts of a goal: who changes, what changes, which way, so that which need, by when, how much.

The slots are the guide's own good goal taken apart (section 4.4) with those of its action plan (4.5) beside them.
Cues come from the language's data file; where they overlap the first in the text wins.
"""

import re
from collections.abc import Iterable

from assistant.domain import Quote, Slots
from assistant.judging.quantities import DATE, MONEY, PERCENT, find_numbers, find_years
from knowledge.document import Span
from knowledge.lexicon import Lexicon

DIRECTIONS = ("up", "down", "keep", "reach")
# The school itself comes last: a goal that names students as well is about the students.
_BENEFICIARIES = ("students", "staff", "employers", "community", "management", "partners")
_CLAUSE_END = re.compile(r"[;:.!?](?=\s|$)|,\s|\s[–—-]\s|$")
_SENTENCE_END = re.compile(r"[;!?](?=\s|$)|\.(?=\s|$)|$")
# A short word after a figure is none that it counts ("25 a year", "30 om året").
_NEXT_WORD = re.compile(r"\s+[^\W\d_][\w'’-]{3,}")


def find_slots(text: str, lexicon: Lexicon) -> Slots:
    """The slots of one statement; every span is an offset into `text`."""
    need = _clause(text, lexicon.find("need_connective", text), _SENTENCE_END)
    body = text[: need.start] if need else text
    means = tuple(
        span for found in lexicon.find_all("means_connective", body) if (span := _clause(body, found, _CLAUSE_END))
    )
    direction = _first(lexicon.find(name, body) for name in DIRECTIONS)
    stop = min([span.start for span in means if direction and span.start >= direction.end] + [len(body)])
    object_ = _object(text, direction, stop)
    change = _cover(direction, object_)
    return Slots(
        beneficiary=_quote(text, find_beneficiary(text, lexicon)),
        change=_quote(text, change),
        direction=_quote(text, direction),
        object=_quote(text, object_),
        scope=_quote(text, lexicon.find("scope", text)),
        means=tuple(Quote(text[span.start : span.end], span) for span in means),
        need=_quote(text, need),
        time=_quote(text, find_time(text, lexicon)),
        amount=_quote(text, find_amount(text, lexicon)),
        owner=_quote(text, lexicon.find("owner", text)),
    )


def find_beneficiary(text: str, lexicon: Lexicon) -> Span | None:
    """Who is to be better off: the first group named, with the quantifier before it ("every student")."""
    found = _first(_search(lexicon.groups.get(group), text) for group in _BENEFICIARIES)
    if found is None:
        return None
    quantifiers = [span for span in lexicon.find_all("quantifier", text[: found.start]) if span.end >= found.start - 1]
    return Span(quantifiers[-1].start, found.end) if quantifiers else found


def find_time(text: str, lexicon: Lexicon) -> Span | None:
    """When: a date, a year, or a phrase of the language's own ("every term"); the widest reading of the first."""
    dates = [Span(*found.span()) for found in DATE.finditer(text)]
    spans = sorted([*dates, *find_years(text), *lexicon.find_all("time", text)])
    if not spans:
        return None
    start, end = spans[0].start, spans[0].end
    for span in spans[1:]:
        if span.start - end > 1:
            break
        end = max(end, span.end)
    return Span(start, end)


def find_amount(text: str, lexicon: Lexicon) -> Span | None:
    """How much: a share, a sum, a count with the word it counts, or a quantifier ("half", "every")."""
    exact = [Span(*found.span()) for pattern in (PERCENT, MONEY) for found in pattern.finditer(text)]
    counts = [_with_next_word(text, span) for span in find_numbers(text)]
    return _first([*exact, *counts]) or lexicon.find("quantifier", text)


def _cover(direction: Span | None, object_: Span | None) -> Span | None:
    """Direction and object together, from the first word of either to the last."""
    if direction is None or object_ is None:
        return direction
    return Span(min(direction.start, object_.start), max(direction.end, object_.end))


def _object(text: str, direction: Span | None, stop: int) -> Span | None:
    """What is to change: the words after the direction to the end of its clause.

    Where none follow, as in Finnish and Hungarian ("the courage of students strengthening"), those before it.
    """
    if direction is None:
        return None
    end = _SENTENCE_END.search(text, direction.end, stop)
    after = _trim(text, Span(direction.end, end.start() if end else stop))
    return after or _trim(text, Span(_clause_start(text, direction.start), direction.start))


def _clause(text: str, connective: Span | None, ends: re.Pattern[str]) -> Span | None:
    """From a connective to the end of its clause; up to it where it closes the clause ("with the help of" in Finnish).

    None where the connective stands alone.
    """
    if connective is None:
        return None
    end = ends.search(text, connective.end)
    span = _trim(text, Span(connective.start, end.start() if end else len(text)))
    if span and span.end > connective.end:
        return span
    start = _trim(text, Span(_clause_start(text, connective.start), connective.end))
    return start if start and start.start < connective.start else None


def _clause_start(text: str, before: int) -> int:
    """Where the clause begins that reaches up to `before`."""
    ends = [found.end() for found in _CLAUSE_END.finditer(text, 0, before) if found.end() < before]
    return ends[-1] if ends else 0


def _with_next_word(text: str, span: Span) -> Span:
    following = _NEXT_WORD.match(text, span.end)
    return Span(span.start, following.end()) if following else span


def _search(pattern: re.Pattern[str] | None, text: str) -> Span | None:
    found = pattern.search(text) if pattern else None
    return Span(*found.span()) if found else None


def _first(spans: Iterable[Span | None]) -> Span | None:
    return min((span for span in spans if span), key=lambda span: (span.start, -span.end), default=None)


def _trim(text: str, span: Span) -> Span | None:
    """The span without white space and commas at its ends; None where nothing is left."""
    words = text[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip(" \t\n,"))
    end = span.start + len(words.rstrip(" \t\n,"))
    return Span(start, end) if start < end else None


def _quote(text: str, span: Span | None) -> Quote | None:
    return Quote(text[span.start : span.end], span) if span else None
