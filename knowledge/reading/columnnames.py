"""Which cell of a table's rows is named by which: the way from a row's spans to its cells."""

from collections.abc import Iterator, Sequence

from knowledge.document import Cell, Span
from knowledge.reading.pieces import GridCell
from knowledge.reading.tables import table_pieces

PlacedRow = Sequence[tuple[int, Span]]  # the filled cells of a row: the column of each, from 0, and where its words are


def name_cells(text: str, rows: Sequence[PlacedRow]) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    """For each row of one table, where it starts in `text`, and its cells, each with the one that names its column."""
    grid = [
        [
            GridCell(words, column, figures=any(map(str.isdigit, words)))
            for column, span in row
            for words in (text[span.start : span.end],)
        ]
        for row in rows
    ]
    heads: dict[int, Span] = {}
    for row, piece in zip(rows, table_pieces(grid), strict=True):
        if piece.names == "own":
            heads = dict(row)
        elif piece.names == "none":
            heads = {}
        yield row[0][1].start, tuple(Cell(span, heads.get(column)) for column, span in row)
