"""Colours in a Word file: those named, those of its theme made lighter or darker, and what lies under letters."""

import re
from collections.abc import Mapping
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"

PAPER = "FFFFFF"
UNKNOWN = "unknown"  # some colour that is not told here: a pattern, a box, a table's style
_AUTOMATIC = "auto"  # Word sets such letters dark on light ground and light on dark
_COLOUR = re.compile("[0-9A-F]{6}", re.IGNORECASE)
_SHARE = re.compile("[0-9A-F]{1,2}", re.IGNORECASE)
_NEAR = 24  # of 255 in red, green and blue each: two colours that look the same
# What the theme calls its colours, by what a text calls them (ECMA-376-1, 17.18.97, with the usual mapping).
_NAMES = {
    "background1": "lt1", "text1": "dk1", "background2": "lt2", "text2": "dk2", "light1": "lt1", "dark1": "dk1",
    "light2": "lt2", "dark2": "dk2", "hyperlink": "hlink", "followedHyperlink": "folHlink",
}  # fmt: skip
# The same, by what a drawing calls them.
_DRAWN = {"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2"}
_USUAL = {"lt1": PAPER, "dk1": "000000"}  # where the file has no theme
_MARKERS = {
    "yellow": "FFFF00", "green": "00FF00", "cyan": "00FFFF", "magenta": "FF00FF", "blue": "0000FF", "red": "FF0000",
    "darkBlue": "000080", "darkCyan": "008080", "darkGreen": "008000", "darkMagenta": "800080", "darkRed": "800000",
    "darkYellow": "808000", "darkGray": "808080", "lightGray": "C0C0C0", "black": "000000", "white": PAPER,
}  # fmt: skip


def read_theme(root: Any) -> dict[str, str]:
    """The colours of a theme by their names there ("lt1"), as six hexadecimal digits; the usual two without a theme."""
    found = dict(_USUAL)
    scheme = next(root.iter(f"{_A}clrScheme"), None) if root is not None else None
    for colour in scheme if scheme is not None else ():
        for value in colour:
            written = value.get("lastClr") or value.get("val")
            if isinstance(colour.tag, str) and written and _COLOUR.fullmatch(written):
                found[colour.tag.rpartition("}")[2]] = written.upper()
    return found


def colour_of(element: Any, theme: Mapping[str, str]) -> str | None:
    """The colour that a `w:color` gives letters: six hexadecimal digits, "auto", or None where it says nothing.

    A colour of the theme goes before one written out, as in Word.
    """
    return None if element is None else _resolved(element, theme, "val", "theme", "themeColor")


def ground_of(shade: Any, theme: Mapping[str, str]) -> str | None:
    """The colour that a `w:shd` lays under letters; `UNKNOWN` for a pattern, None where it lays none."""
    if shade is None:
        return None
    if shade.get(f"{W}val") not in {None, "clear", "nil"}:
        return UNKNOWN
    fill = _resolved(shade, theme, "fill", "themeFill", "themeFill")
    return None if fill == _AUTOMATIC else fill


def fill_of(shape: Any, theme: Mapping[str, str]) -> str:
    """The colour that a drawn shape (its `spPr`, or a VML shape) is filled with; `UNKNOWN` where it is not told."""
    if shape.get("fillcolor"):
        written = shape.get("fillcolor").split(" ")[0].lstrip("#").replace("white", PAPER)
        return written if _COLOUR.fullmatch(written) else UNKNOWN
    fill = shape.find(f"{_A}solidFill")
    colour = fill[0] if fill is not None and len(fill) else None
    if colour is None or len(colour):  # made lighter, darker or transparent
        return UNKNOWN
    name = colour.get("val", "")
    found = theme.get(_DRAWN.get(name, name)) if colour.tag == f"{_A}schemeClr" else name
    return found if found and _COLOUR.fullmatch(found) else UNKNOWN


def marker_of(name: str | None) -> str | None:
    """The colour of a text marker (`w:highlight`) of that name; None for none."""
    return None if name in {None, "none"} else _MARKERS.get(name or "", UNKNOWN)


def look_alike(one: str | None, two: str | None) -> bool:
    """Whether two colours can hardly be told apart; what is no colour of its own looks like nothing."""
    if one is None or two is None or not (_COLOUR.fullmatch(one) and _COLOUR.fullmatch(two)):
        return False
    return all(abs(a - b) <= _NEAR for a, b in zip(bytes.fromhex(one), bytes.fromhex(two), strict=True))


def _resolved(element: Any, theme: Mapping[str, str], plain: str, prefix: str, named: str) -> str | None:
    name = element.get(f"{W}{named}")
    colour = theme.get(_NAMES.get(name, name)) if name else None
    if colour is None:
        written = element.get(f"{W}{plain}")
        return written if written == _AUTOMATIC or (written and _COLOUR.fullmatch(written)) else None
    for change, towards in ((f"{prefix}Tint", 255), (f"{prefix}Shade", 0)):
        share = element.get(f"{W}{change}")
        if share and _SHARE.fullmatch(share):
            kept = int(share, 16) / 255
            colour = bytes(round(kept * one + (1 - kept) * towards) for one in bytes.fromhex(colour)).hex().upper()
    return colour
