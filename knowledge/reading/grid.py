"""A spreadsheet's cells laid out as rows: merged cells told in each of their rows, unused columns and rows left out."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from knowledge.reading.pieces import GridCell
from knowledge.reading.tables import Row

Cells = Mapping[int, Mapping[int, GridCell]]  # by row, then by column


@dataclass(frozen=True, slots=True)
class Reach:
    """A merged cell: its first row and column, and its last of each."""

    row: int
    column: int
    last_row: int
    last_column: int


def lay_out(cells: Cells, reaches: Sequence[Reach]) -> tuple[list[Row], list[int]]:
    """The filled rows in order, an empty one for every gap, and the sheet's own number of each row (0 for a gap).

    A merged cell's words are repeated in each further row that it reaches down to and that holds anything else;
    `column` and `width` of the cells count the columns in use. The work is bounded by the filled cells, not by what
    the ranges claim.
    """
    filled = {row: dict(line) for row, line in cells.items() if line}
    used = sorted({column for line in filled.values() for column in line})
    numbers = sorted(filled)
    budget = sum(map(len, filled.values()))
    for reach in reaches:
        corner = filled.get(reach.row, {}).get(reach.column)
        if corner is None or corner.width > 1:
            continue
        width = bisect_right(used, reach.last_column) - bisect_left(used, reach.column)
        filled[reach.row][reach.column] = corner = replace(corner, width=max(1, width))
        for row in numbers[bisect_right(numbers, reach.row) : bisect_right(numbers, reach.last_row)]:
            if budget <= 0:
                break
            filled[row].setdefault(reach.column, replace(corner, repeated=True))
            budget -= 1
    places = {column: place for place, column in enumerate(used)}
    rows: list[Row] = []
    told: list[int] = []
    for number in numbers:
        if told and number > told[-1] + 1:
            rows.append(())
            told.append(0)
        line = sorted(filled[number].items())
        rows.append(tuple(replace(cell, column=places[column]) for column, cell in line))
        told.append(number)
    return rows, told
