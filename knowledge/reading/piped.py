"""Tables that plain text draws with upright strokes: "| Goal | Indicator |", and a line of dashes under the names.

Where the strokes stand between the cells alone ("Goal | Indicator"), three lines with as many strokes make a table. So
do three lines whose cells are set apart by tabs, as text has them that was copied out of a table in Word or Excel.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from knowledge.document import Block, Cell, Span
from knowledge.reading.columnnames import name_cells

_ROW = re.compile(r"^[ \t]*\|.*\|[ \t]*$", re.MULTILINE)
_OPEN_ROW = re.compile(r"^[ \t]*[^|\s][^|\n]*[ \t]\|[ \t](?:[^\n]*[^|\s])?[ \t]*$", re.MULTILINE)
_TABBED_ROW = re.compile(r"^[^|\n]*[^|\s]\t+[^|\s][^|\n]*$", re.MULTILINE)
_RULE = re.compile(r"[\s|:+=-]+")
_FEWEST_ROWS, _FEWEST_OPEN_ROWS = 2, 3
_FEWEST_TABS = 2  # a mark and its point, or a chapter and its page, have one between them


def lay_piped_rows(text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks of `text` with the rows of such tables in place of the lines they were taken for.

    A line that no block covers (it is withheld) stays without one; a block that reaches beyond its table keeps what
    stands outside it.
    """
    tables = sorted((*_tables(text), *_open_tables(text), *_tabbed_tables(text)), key=lambda table: table[0])
    drawn = [line for table in tables for line in table]
    if not drawn:
        return tuple(blocks)
    kept = [rest for block in blocks for rest in _beside(text, block, drawn)]
    covered = [block.span for block in sorted(blocks, key=lambda block: block.span)]
    rows = [row for table in tables for row in _rows(text, table) if _met(row.span, covered)]
    return tuple(sorted((*kept, *rows), key=lambda block: block.span))


def _tables(text: str) -> Iterator[list[Span]]:
    """The tables whose lines stand between strokes."""
    return (lines for lines in _neighbours(text, _ROW) if len(lines) >= _FEWEST_ROWS)


def _open_tables(text: str) -> Iterator[list[Span]]:
    """The tables with strokes between their cells alone."""
    for lines in _neighbours(text, _OPEN_ROW):
        for _, group in groupby(lines, key=lambda line: text.count("|", line.start, line.end)):
            table = list(group)
            if len(table) >= _FEWEST_OPEN_ROWS:
                yield table


def _tabbed_tables(text: str) -> Iterator[list[Span]]:
    """The tables with tabs between their cells: none of their lines has more than the first, which names them all."""
    for lines in _neighbours(text, _TABBED_ROW):
        tabs = [text.count("\t", line.start, line.end) for line in lines]
        end = next((place for place, count in enumerate(tabs) if count > tabs[0]), len(lines))
        if tabs[0] >= _FEWEST_TABS and end >= _FEWEST_OPEN_ROWS:
            yield lines[:end]


def _neighbours(text: str, row: re.Pattern[str]) -> Iterator[list[Span]]:
    """The lines of a form that follow one another without a blank."""
    lines: list[Span] = []
    for line in (Span(*found.span()) for found in row.finditer(text)):
        if lines and text[lines[-1].end : line.start] != "\n":
            yield lines
            lines = []
        lines.append(line)
    if lines:
        yield lines


def _rows(text: str, table: Sequence[Span]) -> Iterator[Block]:
    told = [line for line in table if not _RULE.fullmatch(text, line.start, line.end)]
    placed = [row for line in told if (row := list(_cells(text, line)))]
    ruled = len(table) > 1 and bool(_RULE.fullmatch(text, table[1].start, table[1].end))
    heads = dict(placed[0]) if placed else {}
    for row, (_, named) in zip(placed, name_cells(text, placed), strict=True):
        cells = tuple(Cell(span, heads.get(column)) for column, span in row) if ruled else named
        yield Block("row", Span(row[0][1].start, row[-1][1].end), 0, cells)


def _cells(text: str, line: Span) -> Iterator[tuple[int, Span]]:
    """The filled cells of a row, each with its column."""
    words = text[line.start : line.end]
    sign = "|" if "|" in words else "\t"
    bars = [place for place in range(line.start, line.end) if text[place] == sign]
    if words.strip()[0] != "|":
        bars = [line.start - 1, *bars, line.end]
    for column, (left, right) in enumerate(pairwise(bars)):
        words = text[left + 1 : right]
        if words.strip():
            start = left + 1 + len(words) - len(words.lstrip())
            yield column, Span(start, start + len(words.strip()))


def _beside(text: str, block: Block, drawn: Sequence[Span]) -> Iterator[Block]:
    """What of a block stands outside the lines drawn: before them, and after them."""
    met = _met(block.span, drawn)
    if not met:
        yield block
        return
    for start, end in ((block.span.start, met[0].start), (met[-1].end, block.span.end)):
        words = text[start:end]
        if start < end and words.strip():
            begin = start + len(words) - len(words.lstrip())
            yield replace(block, span=Span(begin, begin + len(words.strip())))


def _met(span: Span, others: Sequence[Span]) -> Sequence[Span]:
    """Those of `others`, in order and apart from one another, that share a place with `span`."""
    first = bisect_right(others, span.start, key=lambda other: other.end)
    last = bisect_left(others, span.end, key=lambda other: other.start)
    return others[first:last]
