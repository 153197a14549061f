"""OpenDocument files (.odt, .ods, .odp and their flat forms), read with lxml: odfpy has had no release since 2020."""

import re
from collections.abc import Iterator
from typing import Any

from knowledge.faults import CorruptFile, LockedFile, OversizedFile
from knowledge.reading.draft import Draft, Source
from knowledge.reading.odfstyles import DRAW, OFFICE, SHOW, TABLE, TEXT, Styles, read_styles
from knowledge.reading.odftext import Place, Reading, element_pieces, note_pieces, table_rows
from knowledge.reading.package import DAMAGE, open_package, package_kind, parse_xml
from knowledge.reading.pieces import Piece, compose_pages, hide

_FLAT = b"urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_OPENING = 4000
_BELOW = 9  # all titles, in the order of what stands on a slide
_UNTOLD_NAME = re.compile(r"[^\W\d_]+\s?\d{1,3}")  # "Sheet1", "Tabelle 2": the program's own name for a sheet


def recognises_opendocument(source: Source) -> bool:
    """Whether the file is an OpenDocument text, spreadsheet or presentation, packed or flat."""
    if source.data.lstrip()[:5] == b"<?xml" and _FLAT in source.data[:_OPENING]:
        return b"office:document" in source.data[:_OPENING]
    return package_kind(source) in {"text", "spreadsheet", "presentation"}


def read_opendocument(source: Source) -> Draft:
    """The text of an OpenDocument file: a text on one page, each sheet or slide on one of its own.

    Tracked changes are read as accepted. Notes stand at the end of a text. Hidden text, sheets and slides are kept
    apart; comments, headers, footers and speaker notes are left out; macros are never looked at.

    Raises:
        LockedFile: if it is encrypted.
        CorruptFile: if it is damaged.
        OversizedFile: if it unpacks to more than it should, or holds too much.
    """
    if not source.data.startswith(b"PK"):
        try:
            root = parse_xml(source.data)
            return _read(source, root.find(f"{OFFICE}body"), read_styles(root))
        except DAMAGE as fault:
            raise CorruptFile(source.name, "its XML is damaged", "Save it again from its program.") from fault
    with open_package(source) as package:
        if package.holds("META-INF/manifest.xml") and b"encryption-data" in package.read("META-INF/manifest.xml"):
            remedy = "Save it without one, or as PDF."
            raise LockedFile(source.name, "it is locked with a password", remedy, key="sealed_file")
        root = package.parse(package.main)
        roots = [package.parse("styles.xml")] if package.holds("styles.xml") else []
        return _read(source, root.find(f"{OFFICE}body"), read_styles(*roots, root))


def _read(source: Source, body: Any, styles: Styles) -> Draft:
    text = Reading(source, styles)
    warnings: list[str] = []
    comments = sum(1 for _ in body.iter(f"{OFFICE}annotation"))
    if comments:
        warnings.append(f"Comments in this file ({comments}) are left out: they are no text of the document.")
    if next(body.iter(f"{TEXT}changed-region"), None) is not None:
        warnings.append("This file holds tracked changes: it is read as if all of them were accepted.")
    holder = next(iter(body))
    if holder.tag == f"{OFFICE}spreadsheet":
        pages = _sheets(holder, text, warnings)
    elif holder.tag == f"{OFFICE}presentation":
        pages = _slides(holder, text, warnings)
    else:
        pages = [list(element_pieces(holder, text, Place()))]
        pages[0] += note_pieces(text)
    return compose_pages(source, pages, warnings)


def _sheets(holder: Any, text: Reading, warnings: list[str]) -> list[list[Piece]]:
    pages: list[list[Piece]] = []
    unseen: list[Piece] = []
    hidden: list[str] = []
    kept = False
    for sheet in holder.iterchildren(f"{TABLE}table"):
        pieces = list(table_rows(sheet, text, Place()))
        for shapes in sheet.iterchildren(f"{TABLE}shapes"):
            pieces += _shapes(shapes, text, Place(coloured=True))
        name = sheet.get(f"{TABLE}name", "")
        kept = kept or any(piece.hidden for piece in pieces)
        if text.styles.find("table", sheet.get(f"{TABLE}style-name")).collapsed:
            unseen += map(hide, pieces)
            hidden.append(name)
            continue
        titled = bool(pieces) and not _UNTOLD_NAME.fullmatch(name.strip())
        pages.append([Piece(name, "heading", 1), *pieces] if titled else pieces)
        if len(pages) > text.source.limits.pages:
            raise OversizedFile(text.source.name, f"it has more than {text.source.limits.pages} sheets", "Split it.")
    if hidden:
        warnings.append(f"Hidden sheets are kept apart and not judged: {', '.join(hidden[:3])}.")
    if kept:
        warnings.append("Hidden rows, columns or cells of this workbook are kept apart and not judged.")
    pages = pages or [[]]
    return [*pages[:-1], [*pages[-1], *unseen]]


def _slides(holder: Any, text: Reading, warnings: list[str]) -> list[list[Piece]]:
    pages: list[list[Piece]] = []
    hidden: list[int] = []
    spoken = 0
    for number, slide in enumerate(holder.iterchildren(f"{DRAW}page"), start=1):
        if number > text.source.limits.pages:
            raise OversizedFile(text.source.name, f"it has more than {text.source.limits.pages} slides", "Split it.")
        style = text.styles.find("drawing-page", slide.get(f"{DRAW}style-name"))
        pieces = list(_shapes(slide, text, Place(coloured=True)))
        pieces.sort(key=lambda piece: piece.level if piece.kind == "heading" else _BELOW)
        pages.append([hide(piece) for piece in pieces] if style.collapsed else pieces)
        hidden += [number] if style.collapsed else []
        notes = slide.find(f"{SHOW}notes")
        spoken += notes is not None and any("".join(one.itertext()).strip() for one in notes.iter(f"{TEXT}p"))
    if hidden:
        warnings.append(f"Hidden slides are kept apart and not judged: {', '.join(map(str, hidden[:10]))}.")
    if spoken:
        warnings.append(f"The speaker's notes ({spoken}) are left out: no one sees them on the slides.")
    return pages or [[]]


def _shapes(parent: Any, text: Reading, place: Place) -> Iterator[Piece]:
    """What is written in the frames, shapes and groups of a slide or sheet, in order; titles as headings."""
    for shape in parent:
        if shape.tag in {f"{SHOW}notes", f"{OFFICE}annotation"} or shape.get(f"{SHOW}placeholder") == "true":
            continue
        kind = shape.get(f"{SHOW}class")
        if kind in {"title", "subtitle"}:
            words = "\n".join(piece.words for piece in element_pieces(shape, text, place) if not piece.hidden)
            yield Piece(words, "heading", 1 if kind == "title" else 2)
        elif kind in {"date-time", "footer", "page-number", "header"}:
            continue
        elif shape.tag in {f"{DRAW}g", f"{DRAW}frame", f"{DRAW}a"}:
            yield from _shapes(shape, text, place)
        elif shape.tag == f"{TABLE}table":
            yield from table_rows(shape, text, place)
        else:
            yield from element_pieces(shape, text, place)
