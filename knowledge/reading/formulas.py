"""The few formulas whose result can be told without a spreadsheet: sums and differences of cells on the same sheet."""

import re
from collections.abc import Mapping

Place = tuple[int, int]  # row and column, from 1

_CELL = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")
_RANGE = re.compile(rf"{_CELL.pattern}(?::{_CELL.pattern})?")
_SUM = re.compile(r"=?\s*SUM\(([^()]*)\)\s*", re.IGNORECASE)
_CHAIN = re.compile(rf"=?\s*[+-]?\s*{_CELL.pattern}(?:\s*[+-]\s*{_CELL.pattern})*\s*", re.IGNORECASE)
_TERM = re.compile(rf"([+-]?)\s*{_CELL.pattern}", re.IGNORECASE)
_LONGEST = 500  # characters


def solve(formula: str, numbers: Mapping[Place, float], unsolved: frozenset[Place] = frozenset()) -> float | None:
    """The result of `SUM(F5:F12)` or `B2+C2-D2`, or None where the formula is another or rests on an unsolved cell.

    Args:
        formula: as the file has it, with or without "=".
        numbers: what the sheet's cells hold, where that is a number; all others count as nothing, as they do in a sum.
        unsolved: cells whose own result is not known.
    """
    if len(formula) > _LONGEST:
        return None
    if found := _SUM.fullmatch(formula):
        return _sum_up(found[1].upper(), numbers, unsolved)
    if not _CHAIN.fullmatch(formula):
        return None
    terms = [(sign, place_of(column, row)) for sign, column, row in _TERM.findall(formula.upper())]
    if any(place in unsolved for _, place in terms):
        return None
    return sum(-numbers.get(place, 0.0) if sign == "-" else numbers.get(place, 0.0) for sign, place in terms)


def _sum_up(arguments: str, numbers: Mapping[Place, float], unsolved: frozenset[Place]) -> float | None:
    total = 0.0
    for argument in re.split("[,;]", arguments):
        found = _RANGE.fullmatch(argument.strip())
        if not found:
            return None
        first = place_of(found[1], found[2])
        last = place_of(found[3], found[4]) if found[3] else first
        if any(_within(place, first, last) for place in unsolved):
            return None
        total += sum(number for place, number in numbers.items() if _within(place, first, last))
    return total


def _within(place: Place, first: Place, last: Place) -> bool:
    return first[0] <= place[0] <= last[0] and first[1] <= place[1] <= last[1]


def read_place(words: str) -> Place | None:
    """Row and column of "F14", or None where it names no cell."""
    found = _CELL.fullmatch(words.upper())
    return place_of(found[1], found[2]) if found else None


def read_range(words: str) -> tuple[Place, Place] | None:
    """The first and the last cell of "A5:B6" (of "A5" twice the same), or None where it names no range."""
    found = _RANGE.fullmatch(words.upper())
    if not found:
        return None
    first = place_of(found[1], found[2])
    return first, place_of(found[3], found[4]) if found[3] else first


def place_of(column: str, row: str) -> Place:
    """Row and column in numbers of the column's letters and the row's figures."""
    number = 0
    for letter in column:
        number = number * 26 + ord(letter) - ord("A") + 1
    return int(row), number
