"""Finds the parts of a goal: who changes, what changes, which way, so that which need, by when, how much.

The slots are the guide's own good goal taken apart (section 4.4) with those of its action plan (4.5) beside them.
Cues come from the language's data file; where they overlap the first in the text wins.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from assistant.domain import Quote, Slots
from assistant.judging.quantities import DATE, MONEY, PERCENT, find_numbers, find_years, has_digit
from knowledge.document import Span
from knowledge.lexicon import Lexicon, load_lexicon

_REMEMBERED = 512  # texts
_FEWEST_REASON_WORDS = 3  # "And therefore" is none
_FEWEST_CLAUSE_WORDS = 4
DIRECTIONS = ("up", "down", "keep", "reach")
# Those who learn and teach at the school are better off wherever they are named; others only where nothing is done to
# or with them ("strengthen ties with companies").
_OWN, _OTHERS = ("students", "staff"), ("employers", "community")
_CLAUSE_END = re.compile(r"[;:.!?](?=\s|$)|,\s|\s[–—-]\s|$")
_SENTENCE_END = re.compile(r"[;!?](?=\s|$)|\.(?=\s|$)|$")
# A short word after a figure is none that it counts ("25 a year", "30 om året").
_NEXT_WORD = re.compile(r"\s+[^\W\d_][\w'’-]{3,}")
# Between words that belong together: "all the students", "by the summer of 2027", "senest i sommeren 2027".
_LITTLE_GAP = re.compile(r"\s(?:\w{1,3}\s)?")
_LAST_WORD = re.compile(r"[^\W\d_]+\s$")
# Units of time, in nine languages, as they stand after a figure.
_LENGTH = re.compile(
    r"days?|weeks?|months?|years?|tagen?|wochen?|monaten?|jahren?|jours?|semaines?|mois|ans?|années?|días?|semanas?|"
    r"mes(?:es)?|años?|giorn[io]|settiman[ae]|mes[ei]|ann[io]|dagen?|dage|uger?|måned(?:er)?|år|weken|weeks?|maanden?|"
    r"ja(?:ar|ren)|päivää|viikkoa|kuukautta|vuotta|nap(?:ot)?|hét|hetet|hónap(?:ot)?|éve?t?",
    re.IGNORECASE,
)
_FIGURE_BEFORE = re.compile(r"\d\s$")
_LITTLE_WORD = re.compile(r"(?:^|\s+)[^\W\d_]{1,3}$")


def find_slots(text: str, lexicon: Lexicon) -> Slots:
    """The slots of one statement; every span is an offset into `text`."""
    need, body = _part_need(text, lexicon)
    means = tuple(
        span for found in lexicon.find_all("means_connective", body) if (span := _clause(body, found, _CLAUSE_END))
    )
    direction = _find_direction(body, lexicon)
    stop = min([span.start for span in means if direction and span.start >= direction.end] + [len(body)])
    owner, scope, time = lexicon.find("owner", text), lexicon.find("scope", text), find_time(text, lexicon)
    amount = find_amount(body, lexicon)
    ranges = [whole for whole, _, _ in find_from_to(body, lexicon)]
    object_ = _cut(text, _object(text, direction, stop), (scope, time, *find_numbers(body), *ranges))
    change = _cover(direction, object_)
    aside = [span for span in (need, owner, *means) if span]
    return Slots(
        beneficiary=_quote(text, find_beneficiary(text, lexicon, aside, acted_on=bool(direction or owner))),
        change=_quote(text, change),
        direction=_quote(text, direction),
        object=_quote(text, object_),
        scope=_quote(text, scope),
        means=tuple(Quote(text[span.start : span.end], span) for span in means),
        need=_quote(text, need),
        time=_quote(text, time),
        amount=_quote(text, amount),
        owner=_quote(text, owner),
    )


def _find_direction(text: str, lexicon: Lexicon) -> Span | None:
    """Which way it is to go; none is said by a word of an amount ("al menos")."""
    amounts = lexicon.find_all("quantifier", text)
    return _first(
        next(
            (
                span
                for span in lexicon.find_all(name, text)
                if not any(one.contains(span) and one != span for one in amounts)
            ),
            None,
        )
        for name in DIRECTIONS
    )


def _part_need(text: str, lexicon: Lexicon) -> tuple[Span | None, str]:
    """Where the reason stands, and the text without it, its offsets kept: after "because", but before "therefore"."""
    # "Mulighed for at" is a chance to, though "for at" is "in order to".
    fixed = lexicon.find_all("fixed_wording", text)
    connectives = lexicon.find_all("need_connective", text)
    said = next((span for span in connectives if not any(one.contains(span) for one in fixed)), None)
    hence = lexicon.find("hence", text)
    # "Siksi, että" is "because", though "siksi" is "therefore".
    if hence is None or (said is not None and (said.start < hence.start or (said.contains(hence) and said != hence))):
        need = _clause(text, said, _SENTENCE_END)
        return need, text[: need.start] if need else text
    before = text[: hence.start].rstrip(" ,;:–—-\n")
    need = Span(0, len(before)) if len(before.split()) >= _FEWEST_REASON_WORDS else None
    return need, " " * hence.end + text[hence.end :]


def leave_out_need(text: str, need: Span | None) -> str:
    """What stands ahead of the reason in `text`, or after it where it opens the text; all of it if that is nothing."""
    if need is None:
        return text
    return text[: need.start] or text[need.end :] or text


def find_beneficiary(text: str, lexicon: Lexicon, aside: Sequence[Span] = (), *, acted_on: bool = False) -> Span | None:
    """Who is to be better off: the first group named, with the quantifier before it ("every student").

    Groups in the spans `aside` (owner, means, need) are passed over; so is what is nobody ("the labour market"), and
    whoever is not of the school where something is done to or with them (`acted_on`), or where somebody of the school
    is named as well.
    """
    found = _first(_outside(lexicon, group, text, aside) for group in _OWN)
    if found is None and not acted_on:
        found = _first(_outside(lexicon, group, text, aside) for group in _OTHERS)
    if found is None:
        return None
    before = [
        span
        for span in lexicon.find_all("quantifier", text[: found.start])
        if _LITTLE_GAP.fullmatch(text, span.end, found.start)
    ]
    return Span(before[-1].start, found.end) if before else found


def counts_group(slots: Slots, lexicon: Lexicon) -> bool:
    """Whether those who are better off are told by number or to the last ("twelve trainees", "every student")."""
    if slots.beneficiary is None:
        return False
    quantifier = lexicon.find("quantifier", slots.beneficiary.text)
    return quantifier is not None and quantifier.start == 0


def _outside(lexicon: Lexicon, group: str, text: str, aside: Sequence[Span]) -> Span | None:
    pattern = lexicon.groups.get(group)
    spans = [Span(*found.span()) for found in pattern.finditer(text)] if pattern else []
    nobody = lexicon.find_all("no_people", text) if spans else ()
    return next((span for span in spans if not any(one.contains(span) for one in (*aside, *nobody))), None)


def find_time(text: str, lexicon: Lexicon) -> Span | None:
    """When: a date, a year, or a phrase of the language's own ("every term"); the widest reading of the first."""
    dates = [*(Span(*found.span()) for found in DATE.finditer(text)), *find_years(text)] if has_digit(text) else []
    read: list[Span] = []
    for span in sorted([*dates, *_find_times(text, lexicon.code)]):
        if read and (span.start - read[-1].end <= 1 or _LITTLE_GAP.fullmatch(text, read[-1].end, span.start)):
            read[-1] = Span(read[-1].start, max(read[-1].end, span.end))
        else:
            read.append(span)
    return read[0] if read else None


def find_amount(text: str, lexicon: Lexicon) -> Span | None:
    """How much: a share, a sum, a count with the word it counts, or a quantifier ("half", "every").

    What tells the time counts nothing ("every spring", "twice a year").
    """
    times = _find_times(text, lexicon.code)
    patterns = (PERCENT, MONEY) if has_digit(text) else ()
    exact = [Span(*found.span()) for pattern in patterns for found in pattern.finditer(text)]
    numbers = [span for span in find_numbers(text) if not _numbers_goal(text, span, lexicon)]
    counts = [_with_next_word(text, span, times) for span in numbers if not _overlaps(span, times)]
    quantifiers = (span for span in lexicon.find_all("quantifier", text) if not _overlaps(span, times))
    # "From 15 to 5": the first is today's state.
    today = [first for _, first, _ in find_from_to(text, lexicon)]
    return _first(span for span in (*exact, *counts) if not _overlaps(span, today)) or next(quantifiers, None)


def find_from_to(text: str, lexicon: Lexicon) -> Iterator[tuple[Span, Span, Span]]:
    """Every "from … to …" in `text` with its two numbers, today's and the one to be reached: all, first and last."""
    numbers = find_numbers(text)
    for found in lexicon.find_all("from_to", text) if len(numbers) > 1 else ():
        first, last = next(((one, two) for one, two in pairwise(numbers) if one.start >= found.start), (None, None))
        if first and last and first.end <= found.end and last.start <= found.end:
            yield Span(found.start, last.end), first, last


def _numbers_goal(text: str, number: Span, lexicon: Lexicon) -> bool:
    """Whether a number only says which goal is meant ("with goal 1")."""
    before = _LAST_WORD.search(text[: number.start])
    return before is not None and lexicon.has("goal_label", before[0])


@lru_cache(_REMEMBERED)
def _find_times(text: str, language: str) -> tuple[Span, ...]:
    """The language's own phrases for a time; both time and amount ask for them. "8 weeks" says how long, not when."""
    times = load_lexicon(language).find_all("time", text)
    return tuple(one for one in times if not (_LENGTH.fullmatch(text, one.start, one.end) and _counts(text, one)))


def _counts(text: str, unit: Span) -> bool:
    return _FIGURE_BEFORE.search(text[: unit.start]) is not None


def _overlaps(span: Span, others: Iterable[Span]) -> bool:
    return any(one.start < span.end and span.start < one.end for one in others)


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

    A long one is a clause itself ("that the region's employers need"). None where the connective stands alone.
    """
    if connective is None:
        return None
    end = ends.search(text, connective.end)
    span = _trim(text, Span(connective.start, end.start() if end else len(text)))
    if span and (span.end > connective.end or len(text[span.start : span.end].split()) >= _FEWEST_CLAUSE_WORDS):
        return span
    start = _trim(text, Span(_clause_start(text, connective.start), connective.end))
    return start if start and start.start < connective.start else None


def _clause_start(text: str, before: int) -> int:
    """Where the clause begins that reaches up to `before`."""
    ends = [found.end() for found in _CLAUSE_END.finditer(text, 0, before) if found.end() < before]
    return ends[-1] if ends else 0


def _cut(text: str, object_: Span | None, others: Iterable[Span | None]) -> Span | None:
    """The object without the place, time or amount that follows it, and the little word before that ("to 25")."""
    if object_ is None:
        return None
    starts = [span.start for span in others if span and object_.start < span.start < object_.end]
    if not starts:
        return object_
    words = text[object_.start : min(starts)].rstrip(" \t\n,")
    little = _LITTLE_WORD.search(words)
    left = _trim(text, Span(object_.start, object_.start + (little.start() if little else len(words))))
    # Nothing is left of "van 15 naar 5", but in "a külföldön tanulók száma" the place belongs to the object.
    return left if left or has_digit(text[object_.start : object_.end]) else object_


def _with_next_word(text: str, span: Span, times: Iterable[Span]) -> Span:
    following = _NEXT_WORD.match(text, span.end)
    if following is None or _overlaps(Span(span.end, following.end()), times):
        return span
    return Span(span.start, following.end())


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
