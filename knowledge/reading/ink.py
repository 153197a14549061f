"""What PDFium tells of a page's letters and drawings, gathered with few calls, which cost more than they do."""

import ctypes
import math
import re
import sys
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from knowledge.reading.sheet import Box, Colour, Fill, Style, Word
from knowledge.reading.veils import address_of, is_on_layer, read_clip

_WORD = re.compile(r"[^\s\x00\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
# Accents that a font prints by themselves, and the combining ones that mean the same.
_COMBINING = {
    "´": "\u0301",
    "`": "\u0300",
    "¨": "\u0308",
    "ˆ": "\u0302",
    "˜": "\u0303",
    "ˇ": "\u030c",
    "˝": "\u030b",
    "˚": "\u030a",
}
_ACCENT = re.compile(f"[{''.join(_COMBINING)}]")
_DOTLESS = {"ı": "i", "ȷ": "j"}
_LINE_END_HYPHEN = "\x02"  # what PDFium gives for a hyphen that divides a word
_BOLD_WEIGHT = 600
_BOLD_NAME = re.compile("bold|black|heavy|demi", re.IGNORECASE)
_FORCE_BOLD = 1 << 18  # a flag of the font descriptor (ISO 32000-1, 9.8.2)
_STROKED_TOO = 2  # render mode of letters filled and stroked: bold made by hand
_UNSEEN_MODES = frozenset({3, 7})
_MOST_OBJECTS = 5_000  # a page with more is a drawing; what lies beyond is not looked at
_MOST_SEGMENTS = 400  # of a path, the same
_THIN = 3.0  # points: a filled box no thicker is a line
_SHORTEST_RULE = 8.0  # points
_ASCENT, _DESCENT = 0.9, 0.25  # of a letter's height, above and below the line: as usual fonts have it
_UPRIGHT = 0.02  # radians from the horizontal up to which letters stand upright
_USUAL_WIDTH = 0.8  # of a letter's height: no wider, and no gap within a word is looked for
_WIDEST = 0.6  # times their height: letters farther apart are not one word


class Ink:
    """PDFium's functions for letters, bound so that a call takes a third of the time the usual way takes.

    They take a text page's address, a letter's place and, for a box, the address to write it to.
    """

    def __init__(self, raw: Any) -> None:
        """Bind them."""
        self.raw = raw
        page, place, target = ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p
        self.drawn_by = ctypes.CFUNCTYPE(ctypes.c_void_p, page, place)(_address(raw.FPDFText_GetTextObject))
        self._loose_box = ctypes.CFUNCTYPE(ctypes.c_int, page, place, target)(_address(raw.FPDFText_GetLooseCharBox))
        self._room = (ctypes.c_float * 4)()
        self._start = ctypes.addressof(self._room)

    def box(self, text: Any, place: int) -> Box:
        """Where one upright letter stands: as high as its font."""
        self._loose_box(text, place, self._start)
        left, top, right, bottom = self._room
        return Box(left, bottom, right, top)


def _address(function: Any) -> int:
    return ctypes.cast(function, ctypes.c_void_p).value or 0


def read_words(ink: Ink, text: Any, orders: Mapping[int, int]) -> Iterator[Word]:
    """The words of a text page, in the order in which the file draws them; `orders` are those of `read_drawn`."""
    raw = ink.raw
    count = raw.FPDFText_CountChars(text)
    if count <= 0:
        return
    letters = _letters(raw, text, count)
    if _ACCENT.search(letters):
        letters = _put_accents(ink, text, letters)
    page = ctypes.cast(text, ctypes.c_void_p).value
    styles: dict[int | None, Style] = {}
    for found in _WORD.finditer(letters):
        first, end = found.span()
        begun, ended = ink.drawn_by(page, first), ink.drawn_by(page, end - 1)
        runs = ((first, end, begun),) if begun == ended else _same(ink, page, first, end)
        for begin, stop, drawn in runs:
            style = styles.get(drawn)
            if style is None:
                style = styles[drawn] = _read_style(raw, text, begin, orders.get(drawn or 0, -1))
            yield from _set(ink, text, letters, style, begin, stop)


def _letters(raw: Any, text: Any, count: int) -> str:
    """The page's characters, one for each place in PDFium's list."""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = raw.FPDFText_GetText(text, 0, count, buffer)
    whole = bytes(buffer)[: 2 * max(0, written - 1)].decode("utf-16-le", "replace")
    if len(whole) != count:  # characters left out, or two units for one
        codes = [raw.FPDFText_GetUnicode(text, place) for place in range(count)]
        whole = "".join(chr(code) if 0 < code <= sys.maxunicode else "\0" for code in codes)
    return whole.replace(_LINE_END_HYPHEN, "-").replace("\ufffe", "-")


def _put_accents(ink: Ink, text: Any, letters: str) -> str:
    """The letters with accents that are printed over them by themselves as combining ones, each after its letter."""
    signs = list(letters)
    for found in _ACCENT.finditer(letters):
        at = found.start()
        accent = ink.box(text, at)
        middle = (accent.left + accent.right) / 2
        for other in (at - 1, at + 1):
            if 0 <= other < len(signs) and (box := ink.box(text, other)).left <= middle <= box.right:
                letter = _DOTLESS.get(signs[other], signs[other])
                whole = unicodedata.normalize("NFC", letter + _COMBINING[found[0]])
                if letter.isalpha() and len(whole) == 1:
                    signs[min(at, other)], signs[max(at, other)] = letter, _COMBINING[found[0]]
                    break
    return "".join(signs)


def _same(ink: Ink, page: int | None, first: int, end: int) -> Iterator[tuple[int, int, int | None]]:
    """The stretches of letters from `first` to `end` that the file draws in one go, each with what draws it."""
    drawn = [ink.drawn_by(page, place) for place in range(first, end)]
    start = 0
    for stop in range(1, len(drawn) + 1):
        if stop == len(drawn) or drawn[stop] != drawn[start]:
            yield first + start, first + stop, drawn[start]
            start = stop


def _set(ink: Ink, text: Any, letters: str, style: Style, first: int, end: int) -> Iterator[Word]:
    """Letters of one style as the word they are, or as several where they lie too far apart."""
    upright = abs(style.angle) < _UPRIGHT
    if upright:
        box, last = ink.box(text, first), ink.box(text, end - 1)
        if 0 < last.right - box.left <= (end - first) * _USUAL_WIDTH * style.size and abs(last.bottom - box.bottom) < 1:
            yield Word(letters[first:end], box.left, last.bottom, last.right, last.top, style, range(first, end))
            return
    boxes = [ink.box(text, at) if upright else _turned_box(ink.raw, text, at, style) for at in range(first, end)]
    begin = 0
    for at in range(1, len(boxes) + 1):
        if at < len(boxes) and _near(boxes[at - 1], boxes[at], style.size):
            continue
        lefts, bottoms, rights, tops = zip(*boxes[begin:at], strict=True)
        places = range(first + begin, first + at)
        yield Word(letters[places.start : places.stop], min(lefts), min(bottoms), max(rights), max(tops), style, places)
        begin = at


def _near(one: tuple[float, ...], two: tuple[float, ...], size: float) -> bool:
    """Whether the second letter stands right beside the first."""
    reach = _WIDEST * max(size, 1.0)
    return (
        two[0] - one[2] <= reach and one[0] - two[2] <= reach and two[1] - one[3] <= reach and one[1] - two[3] <= reach
    )


def _turned_box(raw: Any, text: Any, place: int, style: Style) -> Box:
    """Where one letter of a turned line stands: as long as its ink and, at a quarter turn, as high as its line."""
    box = read_letter_box(raw, text, place)
    across, up = round(math.cos(style.angle), 3), round(math.sin(style.angle), 3)
    if across and up:
        return box
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text, place, x, y)
    one, two = -_DESCENT * style.size, _ASCENT * style.size
    if up:  # the line runs up or down, its letters reach to the left or the right
        left, right = sorted((x.value - up * one, x.value - up * two))
        return Box(left, box.bottom, right, box.top)
    bottom, top = sorted((y.value + across * one, y.value + across * two))
    return Box(box.left, bottom, box.right, top)


def read_letter_box(raw: Any, text: Any, place: int) -> Box:
    """Where the ink of one letter is."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    raw.FPDFText_GetCharBox(text, place, left, right, bottom, top)
    return Box(left.value, bottom.value, right.value, top.value)


def _read_style(raw: Any, text: Any, place: int, order: int) -> Style:
    drawn = raw.FPDFText_GetTextObject(text, place)
    matrix = raw.FS_MATRIX()
    scale, angle = 1.0, 0.0
    if raw.FPDFText_GetMatrix(text, place, matrix):
        scale, angle = math.hypot(matrix.c, matrix.d), math.atan2(matrix.b, matrix.a)
    size = raw.FPDFText_GetFontSize(text, place) * scale
    red, green, blue, solid = (ctypes.c_uint() for _ in range(4))
    colour: Colour = (0, 0, 0, 255)
    if raw.FPDFText_GetFillColor(text, place, red, green, blue, solid):
        colour = (red.value, green.value, blue.value, solid.value)
    if not drawn:
        return Style(round(abs(size), 2), angle, bold=False, colour=colour, shown=True, font="")
    mode = raw.FPDFTextObj_GetTextRenderMode(drawn)
    name, bold = _font(raw, drawn)
    shown = mode not in _UNSEEN_MODES and colour[3] > 0
    weight = bold or mode == _STROKED_TOO
    veils = (order, read_clip(raw, drawn), is_on_layer(raw, drawn))
    return Style(round(abs(size), 2), angle, weight, colour, shown, name, *veils)


def _font(raw: Any, drawn: Any) -> tuple[str, bool]:
    """The name of a text object's font, and whether it is a bold one."""
    font = raw.FPDFTextObj_GetFont(drawn)
    if not font:
        return "", False
    buffer = ctypes.create_string_buffer(128)
    raw.FPDFFont_GetBaseFontName(font, buffer, len(buffer))
    name = buffer.value.decode("utf-8", "replace")
    bold = _BOLD_NAME.search(name) or raw.FPDFFont_GetFlags(font) & _FORCE_BOLD
    return name, bool(bold) or raw.FPDFFont_GetWeight(font) >= _BOLD_WEIGHT


def read_drawn(raw: Any, page: Any) -> tuple[tuple[Box, ...], tuple[Fill, ...], dict[int, int]]:
    """The straight lines of a page, each as a thin box, its filled areas and pictures, and when its texts are drawn.

    The last by their addresses; of what is drawn as one with other things it is not known.
    """
    rules: list[Box] = []
    fills: list[Fill] = []
    orders: dict[int, int] = {}
    for index in range(min(raw.FPDFPage_CountObjects(page), _MOST_OBJECTS)):
        drawn = raw.FPDFPage_GetObject(page, index)
        kind = raw.FPDFPageObj_GetType(drawn)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            _read_path(raw, drawn, index, rules, fills)
        elif kind == raw.FPDF_PAGEOBJ_TEXT:
            orders[address_of(drawn)] = index
        elif kind == raw.FPDF_PAGEOBJ_IMAGE and (box := _bounds(raw, drawn)):
            fills.append(Fill(box, None, index))
    return tuple(rules), tuple(fills), orders


def _bounds(raw: Any, drawn: Any) -> Box | None:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not raw.FPDFPageObj_GetBounds(drawn, left, bottom, right, top):
        return None
    return Box(left.value, bottom.value, right.value, top.value)


def _read_path(raw: Any, drawn: Any, order: int, rules: list[Box], fills: list[Fill]) -> None:
    box = _bounds(raw, drawn)
    if box is None:
        return
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(drawn, mode, stroked)
    width, height = box.right - box.left, box.top - box.bottom
    if min(width, height) <= _THIN:
        if max(width, height) >= _SHORTEST_RULE and (mode.value or stroked.value):
            rules.append(box)
        return
    if mode.value:
        red, green, blue, solid = (ctypes.c_uint() for _ in range(4))
        raw.FPDFPageObj_GetFillColor(drawn, red, green, blue, solid)
        fills.append(Fill(box, (red.value, green.value, blue.value, solid.value), order))
    if stroked.value:
        rules.extend(_stroked(raw, drawn))


def _stroked(raw: Any, drawn: Any) -> Iterator[Box]:
    """The straight pieces of a path that is more than one line: a frame, or a grid drawn in one go."""
    count = raw.FPDFPath_CountSegments(drawn)
    if not 0 < count <= _MOST_SEGMENTS:
        return
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(drawn, matrix)
    begun = last = (0.0, 0.0)
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(drawn, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        here = (matrix.a * x.value + matrix.c * y.value + matrix.e, matrix.b * x.value + matrix.d * y.value + matrix.f)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            begun = here
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield from _rule(last, here)
        last = here
        if raw.FPDFPathSegment_GetClose(segment):
            yield from _rule(last, begun)


def _rule(one: tuple[float, float], two: tuple[float, float]) -> Iterator[Box]:
    (left, right), (bottom, top) = sorted((one[0], two[0])), sorted((one[1], two[1]))
    if min(right - left, top - bottom) <= 1 and max(right - left, top - bottom) >= _SHORTEST_RULE:
        yield Box(left, bottom, right, top)
