"""Word files (.docx), read with python-docx: the accepted text, its headings, lists and tables."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from knowledge.document import BlockKind
from knowledge.faults import CorruptFile, OversizedFile
from knowledge.reading.draft import Draft, Source
from knowledge.reading.pieces import CELL_SEPARATOR, Piece, compose

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PART = "word/document.xml"
# Deleted and moved-away text is not part of the accepted text; a fallback repeats its choice; a text box is read
# after the paragraph it hangs on.
_PASSED_OVER = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}txbxContent", f"{_W}rPr", f"{_W}pPr", _FALLBACK})
_BREAKS = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": "\t", f"{_W}noBreakHyphen": "-"}
_CONTAINERS = frozenset({f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}moveTo", f"{_W}customXml", f"{_W}smartTag"})
_LARGER = 1.15  # times the size of body text and a line counts as set in large letters
_MOSTLY = 0.7  # of a line's characters in bold or large letters and the line is meant to be so
_USUAL_SIZE = 22  # half points: Word's default, where the file names none
_SMALL_ENOUGH = 10_000_000  # unpacked bytes below which no ratio is suspicious
_MOST_PARTS = 10_000
_BODY_TEXT = 9  # the outline level that means "no heading"

# What python-docx, lxml and zipfile let through on damaged files: parts that are missing or named wrongly (KeyError
# and its kin), XML that does not parse (SyntaxError, of which lxml's is one), text in no known encoding (ValueError),
# archives cut short or of a kind that cannot be unpacked (BadZipFile, zlib.error, EOFError, RuntimeError, OSError).
DAMAGE = (
    KeyError,
    IndexError,
    AttributeError,
    TypeError,
    ValueError,
    AssertionError,
    SyntaxError,
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    RuntimeError,
    OSError,
)


@dataclass(frozen=True, slots=True)
class _Style:
    """A paragraph style as far as it matters here, with what it takes over from the style it is based on."""

    name: str
    outline: int | None
    listed: bool
    bold: bool
    size: int | None


@dataclass(frozen=True, slots=True)
class _Styles:
    by_id: dict[str, _Style]
    usual: _Style


def recognises_word(source: Source) -> bool:
    """Whether the file is a packed one that holds a Word text."""
    if not source.data.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
            return _PART in archive.namelist()
    except DAMAGE:
        return False


def read_word(source: Source) -> Draft:
    """The text of a Word file as if every tracked change were accepted, on one page: Word itself stores no pages.

    Headings come from styles and outline levels whatever their language, items from list formatting, and each
    table row is one block, its cells joined by " | "; the paragraphs of a cell keep their line breaks. A table of
    one column is only a frame and is read through. Comments, headers, footers and notes are left out.

    Raises:
        CorruptFile: if it is damaged.
        OversizedFile: if it unpacks to more than it should, or its text is too long.
    """
    import docx
    from docx.opc.exceptions import OpcError

    _check_unpacked(source)
    try:
        body = docx.Document(io.BytesIO(source.data))
        pieces = list(_pieces(body.element.body, _read_styles(body.styles.element)))
    except (*DAMAGE, OpcError) as fault:
        raise CorruptFile(
            source.name, "the Word file is damaged and cannot be opened", "Save it again from Word, or as PDF."
        ) from fault
    return compose(source, pieces)


def _check_unpacked(source: Source) -> None:
    """Refuse an archive that unpacks to far more than its size, before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
            sizes = [part.file_size for part in archive.infolist()]
    except DAMAGE as fault:
        raise CorruptFile(source.name, "the Word file is damaged", "Save it again from Word, or as PDF.") from fault
    swollen = sum(sizes) > max(_SMALL_ENOUGH, source.limits.ratio * len(source.data))
    if sum(sizes) > source.limits.unpacked or swollen or len(sizes) > _MOST_PARTS:
        raise OversizedFile(
            source.name, "it unpacks to far more than a document holds", "Save it again from Word, or as PDF."
        )


def _read_styles(root: Any) -> _Styles:
    raw = {style.get(f"{_W}styleId"): style for style in root.iter(f"{_W}style")}
    by_id = {key: _style(key, raw) for key in raw if key}
    default = next(
        (key for key, style in raw.items() if style.get(f"{_W}type") == "paragraph" and style.get(f"{_W}default")), None
    )
    usual = by_id.get(default or "", _Style("", None, listed=False, bold=False, size=None))
    return _Styles(by_id, usual)


def _style(key: str, raw: dict[str, Any]) -> _Style:
    """A style with its ancestors' properties, the nearest first; a circle of styles ends where it closes."""
    name, outline, listed, bold, size = "", None, None, None, None
    seen: set[str] = set()
    while key in raw and key not in seen:
        seen.add(key)
        style = raw[key]
        name = name or _value(style, "name") or ""
        outline = outline if outline is not None else _number(_value(style, "pPr", "outlineLvl"))
        if listed is None and (numbered := _value(style, "pPr", "numPr", "numId")) is not None:
            listed = numbered != "0"
        bold = bold if bold is not None else _is_on(style.find(f"{_W}rPr/{_W}b"))
        size = size if size is not None else _number(_value(style, "rPr", "sz"))
        key = _value(style, "basedOn") or ""
    return _Style(name.lower(), outline, bool(listed), bool(bold), size)


def _value(element: Any, *path: str) -> str | None:
    found = element.find("/".join(f"{_W}{name}" for name in path))
    value = None if found is None else found.get(f"{_W}val")
    return value if isinstance(value, str) else None


def _number(value: str | None) -> int | None:
    return int(value) if value and value.isdigit() else None


def _is_on(element: Any) -> bool | None:
    return None if element is None else element.get(f"{_W}val") not in {"0", "false", "off"}


def _pieces(parent: Any, styles: _Styles) -> Iterator[Piece]:
    """The paragraphs and tables inside an element, in order; nesting is bounded by what lxml parses (256 deep)."""
    gap = False
    for child in parent:
        if child.tag == f"{_W}p":
            piece = _paragraph(child, styles, gap=gap)
            gap = not piece.words.strip()
            if not gap:
                yield piece
            for box in _boxes(child):
                yield from _pieces(box, styles)
        elif child.tag == f"{_W}tbl":
            yield from _rows(child, styles)
        elif child.tag in _CONTAINERS:
            yield from _pieces(child, styles)


def _boxes(paragraph: Any) -> Iterator[Any]:
    """The text boxes that hang on a paragraph, without the copies kept for older programs."""
    for box in paragraph.iter(f"{_W}txbxContent"):
        above = [parent.tag for parent in box.iterancestors()]
        until = above[: above.index(f"{_W}p")] if f"{_W}p" in above else above
        if _FALLBACK not in until:
            yield box


def _rows(table: Any, styles: _Styles) -> Iterator[Piece]:
    for row in table.iter(f"{_W}tr"):
        if next(row.iterancestors(f"{_W}tbl")) is not table:
            continue  # a table inside a cell is read with its cell
        cells = [cell for cell in row.iter(f"{_W}tc") if next(cell.iterancestors(f"{_W}tr")) is row]
        if len(cells) == 1:
            yield from _pieces(cells[0], styles)
            continue
        words = ["\n".join(piece.words.strip() for piece in _pieces(cell, styles)) for cell in cells]
        if any(words):
            yield Piece(CELL_SEPARATOR.join(words), "row")


def _paragraph(paragraph: Any, styles: _Styles, *, gap: bool) -> Piece:
    runs = [(run, "".join(_words(run))) for run in _runs(paragraph)]
    words = "".join(text for _, text in runs)
    style = styles.by_id.get(_value(paragraph, "pPr", "pStyle") or "", styles.usual)
    if style.name.startswith(("toc ", "table of figures", "index ")):
        return Piece(words, gap=gap, listed=False)
    kind, level = _role(paragraph, style)
    usual = styles.usual.size or _USUAL_SIZE
    strong = sum(len(text) for run, text in runs if text.strip() and _is_strong(run, style, usual))
    return Piece(words, kind, level, strong=strong > _MOSTLY * len(words), gap=gap)


def _role(paragraph: Any, style: _Style) -> tuple[BlockKind | None, int]:
    """The kind and level that style, outline level and list formatting give a paragraph, if they give any."""
    if style.name == "title":
        return "heading", 1
    if style.name == "subtitle":
        return "heading", 2
    own = _number(_value(paragraph, "pPr", "outlineLvl"))
    outline = own if own is not None else style.outline
    if outline is not None and outline < _BODY_TEXT:
        return "heading", outline + 1
    if style.name.startswith("heading "):
        return "heading", _number(style.name.removeprefix("heading ")) or 1
    numbered = _value(paragraph, "pPr", "numPr", "numId")
    if numbered not in {None, "0"} or (numbered is None and (style.listed or style.name.startswith("list "))):
        depth = _number(_value(paragraph, "pPr", "numPr", "ilvl")) or 0
        return "item", max(depth + 1, _number(style.name[-1:]) or 1 if style.name.startswith("list ") else 1)
    return None, 0


def _runs(element: Any) -> Iterator[Any]:
    """The runs of accepted text in an element, in order: through links, insertions and fields."""
    for child in element:
        if child.tag == f"{_W}r":
            yield child
        elif child.tag not in _PASSED_OVER:
            yield from _runs(child)


def _words(run: Any) -> Iterator[str]:
    for child in run:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _BREAKS:
            yield _BREAKS[child.tag]


def _is_strong(run: Any, style: _Style, usual: int) -> bool:
    own = _is_on(run.find(f"{_W}rPr/{_W}b"))
    size = _number(_value(run, "rPr", "sz")) or style.size or usual
    return (style.bold if own is None else own) or size > _LARGER * usual
