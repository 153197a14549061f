"""Excel workbooks (.xlsx, .xlsm): every sheet a page, its rows with the words that name their columns.

Read with lxml from the package itself: openpyxl has had no release since June 2024, and it lays out a merged range cell
by cell, so that one line of XML can fill the memory.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from knowledge.faults import OversizedFile
from knowledge.identification import identify_language
from knowledge.reading.cellformats import BUILT_IN, GENERAL
from knowledge.reading.draft import Draft, Source
from knowledge.reading.formulas import Place, read_range
from knowledge.reading.package import Package, each_element, open_package, package_kind
from knowledge.reading.pieces import Piece, compose_pages, hide
from knowledge.reading.worksheet import SHEET, Book, Look, read_sheet, string_of

_TOLD_BY = 200  # strings by which the language of the dates is told
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_UNTOLD_NAME = re.compile(r"[^\W\d_]+\s?\d{1,3}")  # "Sheet1", "Tabelle 2": the program's own name for a sheet
_TINY = 3.0  # points
_LARGER = 1.15  # times the size of the usual font and a cell counts as set in large letters
_WHITES = {"rgb": ("FFFFFFFF", "00FFFFFF", "FFFFFF"), "theme": ("0",), "indexed": ("1", "9")}
_MOST_NAMED = 3  # cells or sheets named in a warning before "and others"


@dataclass(slots=True)
class _Tally:
    """What was met in all sheets: filled cells, and what the reader is told of."""

    cells: int = 0
    comments: int = 0
    kept: bool = False
    unsolved: list[str] = field(default_factory=list)
    hidden_sheets: list[str] = field(default_factory=list)


def recognises_workbook(source: Source) -> bool:
    """Whether the file is a package that holds an Excel workbook."""
    return package_kind(source) == "Excel"


def read_workbook(source: Source) -> Draft:
    """The visible sheets of a workbook, each on a page of its own, as a reader sees them.

    Numbers and dates stand as their cells show them, formulas as the result that was stored or, where none was, as the
    sum that can be told from the sheet. What is merged over several rows is repeated in each. Hidden sheets, rows,
    columns and cells are kept apart; comments are left out; macros are never looked at.

    Raises:
        CorruptFile: if it is damaged.
        OversizedFile: if it unpacks to more than it should, or holds too many sheets, cells or characters.
    """
    with open_package(source) as package:
        root = package.parse(package.main)
        book = _read_book(package, root)
        links = package.relations(package.main)
        tally = _Tally()
        pages: list[list[Piece]] = []
        unseen: list[Piece] = []
        for place, entry in enumerate(root.iter(f"{SHEET}sheet")):
            if place >= source.limits.pages:
                raise OversizedFile(source.name, f"it has more than {source.limits.pages} sheets", "Split it.")
            link, name = links.get(entry.get(f"{_R}id", "")), entry.get("name", "")
            if link is None or link.role != "worksheet" or not package.holds(link.part):
                continue  # a sheet that is nothing but a chart, or a link to nowhere
            pieces = _sheet_pieces(package, book, link.part, tally)
            if entry.get("state", "visible") == "visible":
                pages.append(_under_name(pieces, name))
            else:
                tally.hidden_sheets.append(name)
                unseen += map(hide, pieces)
        pages = pages or [[]]
        return compose_pages(source, [*pages[:-1], [*pages[-1], *unseen]], tuple(_warnings(tally)))


def _read_book(package: Package, root: Any) -> Book:
    """What the sheets share; a workbook may come without strings or styles of its own."""
    strings = [
        string_of(element)
        for part in package.related(package.main, "sharedStrings")
        for element in each_element(package.read(part), f"{SHEET}si")
    ]
    styles = package.related(package.main, "styles")
    looks = _read_looks(package.parse(styles[0])) if styles else ()
    properties = root.find(f"{SHEET}workbookPr")
    since_1904 = properties is not None and properties.get("date1904") in {"1", "true"}
    return Book(tuple(strings), looks, since_1904, identify_language("\n".join(strings[:_TOLD_BY])))


def _read_looks(root: Any) -> tuple[Look, ...]:
    """The looks that cells name by number, in order."""
    codes = {one.get("numFmtId"): one.get("formatCode", GENERAL) for one in root.iter(f"{SHEET}numFmt")}
    fonts = list(root.iterfind(f"{SHEET}fonts/{SHEET}font"))
    fills = list(root.iterfind(f"{SHEET}fills/{SHEET}fill"))
    usual = _size_of(fonts[0]) if fonts else 0.0
    looks: list[Look] = []
    for style in root.iterfind(f"{SHEET}cellXfs/{SHEET}xf"):
        font = _nth(fonts, style.get("fontId"))
        number = style.get("numFmtId", "0")
        code = codes.get(number) or BUILT_IN.get(int(number), GENERAL)
        bold = font is not None and font.find(f"{SHEET}b") is not None
        bold = bold and font.find(f"{SHEET}b").get("val") not in {"0", "false"}
        large = font is not None and _size_of(font) > _LARGER * usual > 0
        unseen = not code.strip("; ") or _is_unseen(font, _nth(fills, style.get("fillId")))
        looks.append(Look(code, bold or large, unseen))
    return tuple(looks)


def _nth(elements: list[Any], number: str | None) -> Any:
    place = int(number or 0)
    return elements[place] if 0 <= place < len(elements) else None


def _size_of(font: Any) -> float:
    size = font.find(f"{SHEET}sz")
    return float(size.get("val", 0)) if size is not None else 0.0


def _is_unseen(font: Any, fill: Any) -> bool:
    """Whether letters are too small to see, white on an empty cell, or of the very colour behind them."""
    if font is None:
        return False
    if 0 < _size_of(font) < _TINY:
        return True
    colour = font.find(f"{SHEET}color")
    pattern = fill.find(f"{SHEET}patternFill") if fill is not None else None
    behind = pattern.find(f"{SHEET}fgColor") if pattern is not None and pattern.get("patternType") == "solid" else None
    if colour is None:
        return False
    if behind is None:
        return (pattern is None or pattern.get("patternType", "none") == "none") and _is_white(colour)
    return dict(colour.attrib) == dict(behind.attrib) or (_is_white(colour) and _is_white(behind))


def _is_white(colour: Any) -> bool:
    return colour.get("tint") is None and any(colour.get(name) in values for name, values in _WHITES.items())


def _sheet_pieces(package: Package, book: Book, part: str, tally: _Tally) -> list[Piece]:
    def count(cells: int) -> None:
        tally.cells += cells
        if tally.cells > package.source.limits.cells:
            most = f"{package.source.limits.cells:,}"
            raise OversizedFile(
                package.source.name, f"it has more than {most} filled cells", "Keep the sheets that matter."
            )

    sheet = read_sheet(package.read(part), book, count)
    for table in package.related(part, "table"):
        found = read_range(package.parse(table).get("ref", ""))
        if found and package.parse(table).get("headerRowCount") != "0":
            sheet.named.add(found[0][0])
    pieces = [*sheet.pieces(), *_drawn_pieces(package, part)]
    tally.comments += sum(
        len(list(package.parse(one).iter(f"{SHEET}comment"))) for one in package.related(part, "comments")
    )
    tally.kept = tally.kept or any(piece.hidden for piece in pieces)
    tally.unsolved += map(_named, sheet.unsolved)
    return pieces


def _drawn_pieces(package: Package, part: str) -> Iterator[Piece]:
    """What is written in text boxes and shapes that lie on a sheet."""
    for drawing in package.related(part, "drawing"):
        for paragraph in package.parse(drawing).iter(f"{_A}p"):
            yield Piece("".join(found.text or "" for found in paragraph.iter(f"{_A}t")), gap=True)


def _under_name(pieces: list[Piece], name: str) -> list[Piece]:
    """The pieces under the sheet's name as their heading, where it has been given one that says something."""
    if not pieces or _UNTOLD_NAME.fullmatch(name.strip()):
        return pieces
    return [Piece(name, "heading", 1), *pieces]


def _named(place: Place) -> str:
    row, column = place
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"


def _warnings(tally: _Tally) -> Iterator[str]:
    if tally.hidden_sheets:
        yield f"Hidden sheets are kept apart and not judged: {_some(tally.hidden_sheets)}."
    if tally.kept:
        yield "Hidden rows, columns or cells of this workbook are kept apart and not judged."
    if tally.comments:
        yield f"Comments in this workbook ({tally.comments}) are left out: they are no text of the sheets."
    if tally.unsolved:
        yield f"Formulas whose result the file does not hold are left empty: {_some(tally.unsolved)}."


def _some(names: list[str]) -> str:
    return ", ".join(names[:_MOST_NAMED]) + (" and others" if len(names) > _MOST_NAMED else "")
