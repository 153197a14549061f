"""What a document states about itself in numbers: its students and staff, its money, what it means to do a year."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from assistant.domain import Quote, Statement
from assistant.judging.quantities import MONEY, find_numbers
from knowledge.counting import Counting, load_counting
from knowledge.document import Span
from knowledge.lexicon import Lexicon
from knowledge.papers import load_international

Group = Literal["students", "staff", "stays"]
GROUPS: tuple[Group, ...] = ("students", "staff", "stays")
# Words between a number and what it counts ("420 new students").
_NEXT_WORDS = re.compile(r"(?:[ \t]+[^\W\d_][\w'’-]*){1,3}")
_FIRST_WORD = re.compile(r"\S+")
_DIGITS = re.compile(r"\d(?:.*\d)?")
_PLAN_KINDS = ("goal", "activity", "indicator", "vision")


@dataclass(frozen=True, slots=True)
class Count:
    """A number of people or journeys, and the sentence that names it; `yearly` where it is of every year."""

    group: Group
    value: float
    place: Quote
    sentence: Statement
    yearly: bool


@dataclass(frozen=True, slots=True)
class Money:
    """A sum of money, what it is in the document's words, and the sentence that names it."""

    role: Literal["budget", "cost"]
    value: float
    unit: str
    sentence: Statement


def find_counts(statements: Sequence[Statement], lexicon: Lexicon) -> tuple[Count, ...]:
    """Every count of students, staff or journeys, in reading order."""
    return tuple(count for statement in statements for count in _counts(statement, lexicon))


def find_own_number(counts: Sequence[Count], group: Group, lexicon: Lexicon) -> Count | None:
    """How many of a group the school says it has: the largest count in a sentence about itself and not about plans.

    None where it does not say.
    """
    own = [
        count
        for count in counts
        if count.group == group
        and not count.yearly
        and count.sentence.kind not in _PLAN_KINDS
        and _is_own(count, lexicon)
        and not _is_of_journey(count, lexicon)
    ]
    return max(own, key=lambda count: count.value, default=None)


def find_money(statements: Sequence[Statement], lexicon: Lexicon) -> tuple[Money, ...]:
    """The sums that a sentence calls its budget, and those it calls a cost."""
    return tuple(money for statement in statements for money in _money(statement, lexicon))


def parse_number(number: str) -> float:
    """A number as written in any of our languages: "1.200", "1,200" and "1 200" are all twelve hundred."""
    digits = re.sub(r"[ \u00a0\u202f.,](?=\d{3}(?!\d))", "", number)
    return float(digits.replace(",", "."))


def _counts(statement: Statement, lexicon: Lexicon) -> Iterator[Count]:
    text = statement.text
    counting = load_counting(lexicon.code)
    written = [Span(*found.span()) for found in _number_words(lexicon.code).finditer(text)]
    numbers = sorted([*find_numbers(text), *written])
    if not numbers:
        return
    yearly = counting.yearly.search(text) is not None
    taken = [Span(*found.span()) for found in MONEY.finditer(text)]
    for number in numbers:
        following = _NEXT_WORDS.match(text, number.end)
        if following is None or any(one.contains(number) for one in taken):
            continue
        value = _value(text[number.start : number.end], counting.numbers)
        counted = _name_counted(following[0], lexicon, counting)
        if counted:
            group, found = counted
            span = Span(number.start, number.end + found.end())
            quote = Quote(text[span.start : span.end], span.shifted(statement.span.start), statement.page)
            yield Count(group, value, quote, statement, yearly)


def _name_counted(words: str, lexicon: Lexicon, counting: Counting) -> tuple[Group, re.Match[str]] | None:
    """What the words after a number say that it counts, and where."""
    if found := lexicon.groups["students"].search(words):
        return "students", found
    if found := lexicon.groups["staff"].search(words):
        return "staff", found
    return ("stays", found) if (found := counting.stays.search(words)) else None


@cache
def _number_words(language: str) -> re.Pattern[str]:
    """Two, three … in words; "one" is also an article in most languages and left out."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(load_counting(language).numbers[1:])})(?!\w)", re.IGNORECASE)


def _value(number: str, words: Sequence[str]) -> float:
    word = number.casefold()
    return words.index(word) + 1 if word in words else parse_number(number)


def _is_own(count: Count, lexicon: Lexicon) -> bool:
    text = count.sentence.text
    return lexicon.groups["institution"].search(text) is not None or lexicon.has("we", text)


def _is_of_journey(count: Count, lexicon: Lexicon) -> bool:
    """Whether the sentence tells of people who went somewhere: "the first mobility, it was eight pupils"."""
    text = count.sentence.text
    return lexicon.has("past", text) and bool(
        load_counting(lexicon.code).stays.search(text) or load_international(lexicon.code).search(text)
    )


def _money(statement: Statement, lexicon: Lexicon) -> Iterator[Money]:
    counting = load_counting(lexicon.code)
    text = statement.text
    budget, cost = counting.budget.search(text), counting.cost.search(text)
    for found in MONEY.finditer(text):
        digits = _DIGITS.search(found[0])
        if digits is None:
            continue
        unit = found[0].replace(digits[0], "").strip().casefold()[:3]
        value = parse_number(digits[0])
        # The word nearest before the sum says what it is; a cost named later in the same sentence is none of it.
        if cost and (budget is None or cost.start() < found.start() or budget.start() > found.start()):
            yield Money("cost", value, unit, statement)
        elif budget:
            yield Money("budget", value, unit, statement)
