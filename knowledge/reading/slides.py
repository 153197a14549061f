"""PowerPoint files (.pptx, .ppsx, .pptm): each slide a page, its title a heading, its bullets items, its tables rows.

Read with lxml from the package itself: python-pptx has had no release since August 2024, and brings an Excel writer.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from knowledge.faults import OversizedFile
from knowledge.reading.draft import Draft, Source
from knowledge.reading.numbering import write_number
from knowledge.reading.package import Package, open_package, package_kind
from knowledge.reading.pieces import GridCell, Piece, compose_pages, hide
from knowledge.reading.tables import Row, table_pieces

_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TITLES = frozenset({"title", "ctrTitle"})
_FURNITURE = frozenset({"dt", "ftr", "sldNum", "hdr"})
_BULLETS = (f"{_A}buNone", f"{_A}buChar", f"{_A}buAutoNum", f"{_A}buBlip")
_TINY = 300  # hundredths of a point
_DEEPEST = 8
_BELOW = 9  # all titles, in the order of what stands on a slide
_COUNTED = re.compile(r"(arabic|alphaLc|alphaUc|romanLc|romanUc)(ParenBoth|ParenR|Period|Plain)")
_NUMBERS = {
    "arabic": "decimal", "alphaLc": "lowerLetter", "alphaUc": "upperLetter", "romanLc": "lowerRoman",
    "romanUc": "upperRoman",
}  # fmt: skip
_AROUND = {"ParenBoth": "({})", "ParenR": "{})", "Period": "{}.", "Plain": "{}"}


@dataclass(slots=True)
class _Deck:
    """A presentation as far as it was read: its size, and what was met that the reader is told of."""

    package: Package
    width: int
    height: int
    cells: int = 0
    hidden: list[int] = field(default_factory=list)
    notes: int = 0
    comments: int = 0


@dataclass(frozen=True, slots=True)
class _Slide:
    """A slide: its part, its links, and the layout and master that its placeholders take their bullets from."""

    part: str
    layout: Any
    master: Any


def recognises_slides(source: Source) -> bool:
    """Whether the file is a package that holds a PowerPoint presentation."""
    return package_kind(source) == "PowerPoint"


def read_slides(source: Source) -> Draft:
    """The slides of a presentation in their order, each on a page of its own.

    Hidden slides and shapes, and what lies off the slide, are kept apart; dates, footers, speaker notes and comments
    are left out; macros are never looked at. White letters are taken to stand on a colour, as they do on most slides.

    Raises:
        CorruptFile: if it is damaged.
        OversizedFile: if it unpacks to more than it should, or holds too many slides, cells or characters.
    """
    with open_package(source) as package:
        root = package.parse(package.main)
        links = package.relations(package.main)
        size = root.find(f"{_P}sldSz")
        deck = _Deck(package, _whole(size, "cx", 12_192_000), _whole(size, "cy", 6_858_000))
        pages: list[list[Piece]] = []
        for number, entry in enumerate(root.iter(f"{_P}sldId"), start=1):
            if number > source.limits.pages:
                raise OversizedFile(source.name, f"it has more than {source.limits.pages} slides", "Split it.")
            link = links.get(entry.get(f"{_R}id", ""))
            pages.append(_read_slide(deck, link.part, number) if link and package.holds(link.part) else [])
        return compose_pages(source, pages or [[]], tuple(_warnings(deck)))


def _warnings(deck: _Deck) -> Iterator[str]:
    if deck.hidden:
        yield f"Hidden slides are kept apart and not judged: {', '.join(map(str, deck.hidden[:10]))}."
    if deck.notes:
        yield f"The speaker's notes ({deck.notes}) are left out: no one sees them on the slides."
    if deck.comments:
        yield f"Comments in this presentation ({deck.comments}) are left out: they are no text of the slides."


def _read_slide(deck: _Deck, part: str, number: int) -> list[Piece]:
    package = deck.package
    root = package.parse(part)
    layouts = package.related(part, "slideLayout")
    masters = package.related(layouts[0], "slideMaster") if layouts else []
    layout = package.parse(layouts[0]) if layouts else None
    slide = _Slide(part, layout, package.parse(masters[0]) if masters else None)
    pieces = [piece for tree in root.iterfind(f"{_P}cSld/{_P}spTree") for piece in _shapes(deck, slide, tree, 0)]
    pieces.sort(key=lambda piece: piece.level if piece.kind == "heading" else _BELOW)
    deck.notes += any(_says_notes(package.parse(one)) for one in package.related(part, "notesSlide"))
    deck.comments += sum(len(list(package.parse(one).iter("{*}cm"))) for one in package.related(part, "comments"))
    if root.get("show") in {"0", "false"}:
        deck.hidden.append(number)
        return [hide(piece) for piece in pieces]
    return pieces


def _says_notes(root: Any) -> bool:
    return any(
        "".join(found.text or "" for found in shape.iter(f"{_A}t")).strip()
        for shape in root.iter(f"{_P}sp")
        if _placeholder(shape) == "body"
    )


def _shapes(deck: _Deck, slide: _Slide, tree: Any, depth: int) -> Iterator[Piece]:
    for shape in tree:
        if shape.tag == _FALLBACK:
            continue
        pieces: Iterator[Piece] = iter(())
        if shape.tag == f"{_P}sp":
            pieces = _text_shape(slide, shape)
        elif shape.tag == f"{_P}graphicFrame":
            pieces = _graphic(deck, slide, shape)
        elif shape.tag == f"{_P}grpSp" or shape.tag.endswith(("}AlternateContent", "}Choice")):
            pieces = _shapes(deck, slide, shape, depth + 1)
        unseen = _is_hidden(shape) or (depth == 0 and _is_off(deck, shape))
        yield from (hide(piece) if unseen else piece for piece in pieces)


def _is_hidden(shape: Any) -> bool:
    named = shape.find(f"*/{_P}cNvPr")
    return named is not None and named.get("hidden") in {"1", "true"}


def _is_off(deck: _Deck, shape: Any) -> bool:
    """Whether a shape lies wholly beside the slide."""
    place = shape.find(f"{_P}spPr/{_A}xfrm")
    place = shape.find(f"{_P}xfrm") if place is None else place
    if place is None or place.find(f"{_A}off") is None or place.find(f"{_A}ext") is None:
        return False
    left, top = _whole(place.find(f"{_A}off"), "x", 0), _whole(place.find(f"{_A}off"), "y", 0)
    right, bottom = left + _whole(place.find(f"{_A}ext"), "cx", 0), top + _whole(place.find(f"{_A}ext"), "cy", 0)
    return right <= 0 or bottom <= 0 or left >= deck.width or top >= deck.height


def _placeholder(shape: Any) -> str | None:
    """What a shape is a placeholder for; "obj" where it is one for anything; None where it is none."""
    found = shape.find(f"{_P}nvSpPr/{_P}nvPr/{_P}ph")
    return None if found is None else found.get("type", "obj")


def _text_shape(slide: _Slide, shape: Any) -> Iterator[Piece]:
    kind = _placeholder(shape)
    body = shape.find(f"{_P}txBody")
    if body is None or kind in _FURNITURE:
        return
    if kind in _TITLES:
        words = "\n".join(_said(paragraph)[0] for paragraph in body.iterchildren(f"{_A}p"))
        yield Piece(words, "heading", 1 if kind == "ctrTitle" else 2)
        return
    counts: dict[int, int] = {}
    for paragraph in body.iterchildren(f"{_A}p"):
        words, hidden, strong = _said(paragraph)
        level = min(_whole(paragraph.find(f"{_A}pPr"), "lvl", 0), _DEEPEST)
        bullet = _bullet(slide, shape, paragraph, level, kind) if words.strip() else None
        for deeper in [one for one in counts if one > level or (one == level and bullet is None)]:
            del counts[deeper]
        if bullet is not None:
            counts[level] = counts.get(level, _whole(bullet, "startAt", 1) - 1) + 1
            yield Piece(words, "item", level + 1, strong=strong, sign=_sign(bullet, counts[level]))
        elif kind == "subTitle" and words.strip():
            yield Piece(words, "heading", 2)
        elif words.strip():
            yield Piece(words, strong=strong, gap=True)
        if hidden:
            yield Piece(hidden, hidden=True)


def _said(paragraph: Any) -> tuple[str, str, bool]:
    """The words of a paragraph, those no reader sees, and whether all of it is bold."""
    shown: list[str] = []
    hidden: list[str] = []
    strong = True
    for run in paragraph:
        if run.tag == f"{_A}br":
            shown.append("\n")
        elif run.tag in {f"{_A}r", f"{_A}fld"}:
            words = run.findtext(f"{_A}t") or ""
            properties = run.find(f"{_A}rPr")
            (hidden if _is_unseen(properties) else shown).append(words)
            bold = properties is not None and properties.get("b") in {"1", "true"}
            strong = strong and (bold or not words.strip())
    return "".join(shown), "".join(hidden), strong


def _is_unseen(properties: Any) -> bool:
    if properties is None:
        return False
    alpha = properties.find(f"{_A}solidFill/*/{_A}alpha")
    clear = alpha is not None and alpha.get("val") in {"0", "0%"}
    return clear or properties.find(f"{_A}noFill") is not None or _whole(properties, "sz", _TINY) < _TINY


def _bullet(slide: _Slide, shape: Any, paragraph: Any, level: int, kind: str | None) -> Any:
    """The element that gives a paragraph its bullet, by itself or from the shape, layout or master; None for none."""
    name = f"{_A}lvl{level + 1}pPr"
    givers = [paragraph.find(f"{_A}pPr"), shape.find(f"{_P}txBody/{_A}lstStyle/{name}")]
    if kind is not None:
        twin = _twin(slide.layout, shape)
        givers.append(twin.find(f"{_P}txBody/{_A}lstStyle/{name}") if twin is not None else None)
    if kind in {"body", "obj", "subTitle"} and slide.master is not None:
        givers.append(slide.master.find(f"{_P}txStyles/{_P}bodyStyle/{name}"))
    for giver in givers:
        found = next((one for one in giver if one.tag in _BULLETS), None) if giver is not None else None
        if found is not None:
            return None if found.tag == f"{_A}buNone" else found
    return None


def _twin(layout: Any, shape: Any) -> Any:
    """The placeholder of the layout that a slide's placeholder fills."""
    own = shape.find(f"{_P}nvSpPr/{_P}nvPr/{_P}ph")
    for other in layout.iter(f"{_P}sp") if layout is not None else ():
        ph = other.find(f"{_P}nvSpPr/{_P}nvPr/{_P}ph")
        if ph is not None and (ph.get("idx", "0"), ph.get("type", "obj")) == (
            own.get("idx", "0"),
            own.get("type", "obj"),
        ):
            return other
    return None


def _sign(bullet: Any, number: int) -> str:
    found = _COUNTED.fullmatch(bullet.get("type", "")) if bullet.tag == f"{_A}buAutoNum" else None
    return _AROUND[found[2]].format(write_number(number, _NUMBERS[found[1]])) if found else ""


def _graphic(deck: _Deck, slide: _Slide, frame: Any) -> Iterator[Piece]:
    """A table, or what is written in a diagram; a chart or picture says nothing that can be read."""
    for table in frame.iter(f"{_A}tbl"):
        yield from _table(deck, table)
    for relation in frame.iter(f"{_DIAGRAM}relIds"):
        link = deck.package.relations(slide.part).get(relation.get(f"{_R}dm", ""))
        if link is not None and deck.package.holds(link.part):
            for point in deck.package.parse(link.part).iter(f"{_DIAGRAM}pt"):
                for paragraph in point.iterfind(f"{_DIAGRAM}t/{_A}p"):
                    words, hidden, strong = _said(paragraph)
                    yield Piece(words, "item", 1, strong=strong)
                    yield Piece(hidden, hidden=True)


def _table(deck: _Deck, table: Any) -> Iterator[Piece]:
    rows: list[Row] = []
    for line in table.iterchildren(f"{_A}tr"):
        cells: list[GridCell] = []
        own = list(line.iterchildren(f"{_A}tc"))
        for column, cell in enumerate(own):
            if cell.get("hMerge") in {"1", "true"}:
                continue
            if cell.get("vMerge") in {"1", "true"}:
                cells += [replace(one, repeated=True) for one in (rows[-1] if rows else ()) if one.column == column]
                continue
            said = [_said(paragraph) for paragraph in cell.iterfind(f"{_A}txBody/{_A}p")]
            words = "\n".join(words for words, _, _ in said if words.strip())
            if words:
                strong = all(bold for words, _, bold in said if words.strip())
                cells.append(GridCell(words, column, min(_whole(cell, "gridSpan", 1), len(own)), strong=strong))
        deck.cells += len(cells)
        if deck.cells > deck.package.source.limits.cells:
            most = f"{deck.package.source.limits.cells:,}"
            raise OversizedFile(deck.package.source.name, f"it has more than {most} filled cells", "Split it.")
        rows.append(tuple(cells))
    first = table.find(f"{_A}tblPr")
    named = first is not None and first.get("firstRow") in {"1", "true"} and bool(rows) and len(rows[0]) > 1
    yield from table_pieces([row for row in rows if row], frozenset({0}) if named else frozenset())


def _whole(element: Any, name: str, usual: int) -> int:
    """The whole number in an attribute; `usual` where the element or the attribute is not there."""
    written = element.get(name) if element is not None else None
    return int(written) if written is not None and len(written) < 12 else usual  # noqa: PLR2004 - digits
