"""Where the boxes and lines of a Word file stand: those that lie beside the paper, or are squeezed to nothing."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from knowledge.reading.wordcolours import UNKNOWN, W, fill_of

_D = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_V = "{urn:schemas-microsoft-com:vml}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_EMU = 635  # to a twentieth of a point, in which Word measures paper
_A4 = (11_906, 16_838)
_INCH = 1_440
_LOWEST = 60  # twentieths of a point: lines held to less height show no letters
_UNITS = {"pt": 20.0, "in": 1_440.0, "cm": 566.9, "mm": 56.69, "px": 15.0, "": 15.0}
_LENGTH = re.compile(r"(-?\d{1,6}(?:\.\d{1,4})?)(pt|in|cm|mm|px|)")


@dataclass(frozen=True, slots=True)
class Paper:
    """A page's width and height and its margins at the left and above, in twentieths of a point."""

    wide: int = _A4[0]
    high: int = _A4[1]
    left: int = _INCH
    above: int = _INCH


@dataclass(frozen=True, slots=True)
class Box:
    """A text box: the element that holds its text, the colour under it, and whether a reader sees it."""

    content: Any
    ground: str
    seen: bool


def read_paper(root: Any) -> Paper:
    """The paper of a document: that of its last section."""
    sections = list(root.iter(f"{W}sectPr"))
    size = sections[-1].find(f"{W}pgSz") if sections else None
    margin = sections[-1].find(f"{W}pgMar") if sections else None
    return Paper(
        _number(size, f"{W}w", _A4[0]),
        _number(size, f"{W}h", _A4[1]),
        _number(margin, f"{W}left", _INCH),
        _number(margin, f"{W}top", _INCH),
    )


def find_boxes(paragraph: Any, paper: Paper, theme: Mapping[str, str]) -> Iterator[Box]:
    """The text boxes that hang on a paragraph; the copies kept for older programs are passed over."""
    for content in paragraph.iter(f"{W}txbxContent"):
        above = list(content.iterancestors())
        own = next((at for at, parent in enumerate(above) if parent.tag == f"{W}p"), len(above))
        if any(parent.tag == _FALLBACK for parent in above[:own]):
            continue
        shapes = [shape for parent in above[:own] for shape in (parent, *parent.iterchildren("{*}spPr"))]
        grounds = (fill_of(shape, theme) for shape in shapes)
        ground = next((one for one in grounds if one != UNKNOWN), UNKNOWN)
        yield Box(content, ground, seen=not any(_is_away(parent, paper) for parent in above[:own]))


def is_away(paragraph: Any, paper: Paper) -> bool:
    """Whether a paragraph is set beside the paper, or in lines too low to show its letters."""
    frame = paragraph.find(f"{W}pPr/{W}framePr")
    indent = paragraph.find(f"{W}pPr/{W}ind")
    spacing = paragraph.find(f"{W}pPr/{W}spacing")
    exact = spacing is not None and spacing.get(f"{W}lineRule") == "exact"
    if exact and _number(spacing, f"{W}line", _LOWEST) < _LOWEST:
        return True
    if max(_number(indent, f"{W}left", 0), _number(indent, f"{W}start", 0)) >= paper.wide:
        return True
    if frame is None:
        return False
    across, down, wide = (_number(frame, f"{W}{name}", 0) for name in ("x", "y", "w"))
    over = 0 if frame.get(f"{W}hAnchor") == "page" else paper.left
    return _misses(over + across, wide, paper.wide) or (
        frame.get(f"{W}vAnchor") == "page" and _misses(down, _number(frame, f"{W}h", 0), paper.high)
    )


def _is_away(parent: Any, paper: Paper) -> bool:
    """Whether a drawing is hidden or lies beside the paper."""
    if parent.tag in {f"{_D}anchor", f"{_D}inline"}:
        named = parent.find(f"{_D}docPr")
        return (named is not None and named.get("hidden") in {"1", "true"}) or _is_anchored_away(parent, paper)
    return isinstance(parent.tag, str) and parent.tag.startswith(_V) and _is_styled_away(parent.get("style", ""), paper)


def _is_anchored_away(anchor: Any, paper: Paper) -> bool:
    extent = anchor.find(f"{_D}extent")
    for way, size, length, margin in (
        ("H", "cx", paper.wide, paper.left),
        ("V", "cy", paper.high, paper.above),
    ):
        position = anchor.find(f"{_D}position{way}")
        written = position.findtext(f"{_D}posOffset") if position is not None else None
        if position is None or written is None or re.fullmatch(r"-?\d{1,12}", written.strip()) is None:
            continue
        start, reach = int(written) // _EMU, _number(extent, size, 0) // _EMU
        begin = {"page": 0, "leftMargin": 0, "topMargin": 0, "margin": margin, "column": margin}.get(
            position.get("relativeFrom", "")
        )
        # What hangs on a paragraph or line may stand anywhere on the page: it is away if it is so from all of it.
        if all(_misses(at + start, reach, length) for at in ((0, length) if begin is None else (begin,))):
            return True
    return False


def _is_styled_away(style: str, paper: Paper) -> bool:
    says = {name.strip(): value.strip() for name, _, value in (one.partition(":") for one in style.split(";"))}
    if says.get("visibility") == "hidden" or says.get("display") == "none":
        return True
    if says.get("position") != "absolute":
        return False
    over = 0 if says.get("mso-position-horizontal-relative") == "page" else paper.left
    across = _length(says.get("margin-left") or says.get("left"))
    down = _length(says.get("margin-top") or says.get("top"))
    return _misses(over + across, _length(says.get("width")), paper.wide) or not (
        -paper.high < down + _length(says.get("height")) and down < paper.high
    )


def _misses(start: int, reach: int, length: int) -> bool:
    """Whether what begins at `start` and reaches so far shares nothing with a side of the paper of that length."""
    return start + reach <= 0 or start >= length


def _length(written: str | None) -> int:
    found = _LENGTH.fullmatch(written or "")
    return round(float(found[1]) * _UNITS[found[2]]) if found else 0


def _number(element: Any, name: str, usual: int) -> int:
    written = element.get(name) if element is not None else None
    return int(written) if written is not None and re.fullmatch(r"-?\d{1,12}", written) else usual
