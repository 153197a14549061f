"""Chapters numbered without a full stop ("3 Goals"): told by the row their numbers make over the whole document."""

import re
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import replace

from knowledge.document import Span
from knowledge.reading.lines import Line, fold, is_title
from knowledge.reading.marks import Mark

# "3 Goals"; before a small letter the number counts something.
_NUMBERED = re.compile(r"(\d{1,2})\s+(?=[^\W\d_a-zà-ÿ])")
_FEWEST = 3  # chapters in a row
_FIRST = (0, 1)


def mark_chapters(text: str, lines: Sequence[Line]) -> list[Line]:
    """The lines, those that number the chapters from 0 or 1 on with their number as a mark, and their words without it.

    There are three at least, or fewer where one has sections of its own ("3.1 …") below it. `text` is what the
    lines' spans point into.
    """
    marked = [*lines]
    numbered = {
        index: found
        for index, line in enumerate(lines)
        if line.kind is None
        and line.mark is None
        and is_title(line.words)
        and (found := _NUMBERED.match(text, line.span.start, line.span.end))
    }
    numbers = {index: int(found[1]) for index, found in numbered.items()}
    marks = [(index, line.mark.number) for index, line in enumerate(lines) if line.mark is not None]
    sections = [(index, mark) for index, mark in marks if len(mark) > 1]
    for row in _rows(numbers):
        if len(row) >= _FEWEST or any(_has_sections(index, numbers[index], sections) for index in row):
            for index in row:
                span = Span(numbered[index].end(), lines[index].span.end)
                words, mark = fold(text[span.start : span.end]), Mark("chapter", (numbers[index],))
                marked[index] = replace(lines[index], mark=mark, span=span, words=words)
    return marked


def _rows(numbers: dict[int, int]) -> Iterator[list[int]]:
    """The places of numbers that count on from 0 or 1, each row by itself; what counts nothing lies between unseen."""
    row: list[int] = []
    for index, number in numbers.items():
        if row and number == numbers[row[-1]] + 1:
            row.append(index)
        elif number in _FIRST:
            yield row
            row = [index]
    yield row


def _has_sections(index: int, number: int, sections: Sequence[tuple[int, tuple[int, ...]]]) -> bool:
    """Whether the first of the sections below a chapter, given with their places, is its own."""
    below = bisect(sections, (index,))
    return below < len(sections) and sections[below][1] == (number, 1)
