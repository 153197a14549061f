"""Tables for spreadsheets: what a manager wrote in a cell stays text there, whatever it begins with."""

import csv
import io
from collections.abc import Iterable, Sequence

RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")


def write_csv(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table as comma-separated values, with the mark by which a spreadsheet reads it as UTF-8.

    Args:
        heads: the names of its columns.
        rows: their cells; one that a spreadsheet would take for a formula is given an apostrophe.
    """
    sheet = io.StringIO()
    csv.writer(sheet).writerows([heads, *([_tame(cell) for cell in row] for row in rows)])
    return f"\ufeff{sheet.getvalue()}"


def _tame(cell: str) -> str:
    return f"'{cell}" if cell.startswith(RISKY) else cell
