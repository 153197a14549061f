"""What may keep letters from being seen though they are drawn: a clipping path, a layer, what is drawn after them."""

import ctypes
from typing import Any

from knowledge.reading.sheet import Box

_MOST_SEGMENTS = 100  # of a clipping path: what is cut out more finely is no way to hide words
_LAYER = "OC"  # the tag of optional content (ISO 32000-1, 8.11.3.2)
_MOST_MARKS = 8
_NAME_SIZE = 64  # bytes


def address_of(drawn: Any) -> int:
    """What tells one thing that a page draws from another."""
    return ctypes.cast(drawn, ctypes.c_void_p).value or 0


def read_clip(raw: Any, drawn: Any) -> Box | None:
    """The box outside which nothing of a thing is shown, or None where it is not cut off."""
    path = raw.FPDFPageObj_GetClipPath(drawn)
    count = raw.FPDFClipPath_CountPaths(path) if path else 0
    boxes = [box for index in range(max(0, count)) if (box := _bounds(raw, path, index))]
    if not boxes:
        return None
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return Box(max(lefts), max(bottoms), min(rights), min(tops))


def _bounds(raw: Any, path: Any, index: int) -> Box | None:
    count = raw.FPDFClipPath_CountPathSegments(path, index)
    if not 0 < count <= _MOST_SEGMENTS:
        return None
    x, y = ctypes.c_float(), ctypes.c_float()
    across: list[float] = []
    up: list[float] = []
    for place in range(count):
        if raw.FPDFPathSegment_GetPoint(raw.FPDFClipPath_GetPathSegment(path, index, place), x, y):
            across.append(x.value)
            up.append(y.value)
    return Box(min(across), min(up), max(across), max(up)) if across else None


def is_on_layer(raw: Any, drawn: Any) -> bool:
    """Whether a thing belongs to a layer that a reader may switch on and off."""
    buffer = ctypes.create_string_buffer(_NAME_SIZE)
    size = ctypes.c_ulong()
    for index in range(min(raw.FPDFPageObj_CountMarks(drawn), _MOST_MARKS)):
        mark = raw.FPDFPageObj_GetMark(drawn, index)
        target = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
        if mark and raw.FPDFPageObjMark_GetName(mark, target, _NAME_SIZE, size):
            name = buffer.raw[: min(size.value, _NAME_SIZE)].decode("utf-16-le", "replace").rstrip("\0")
            if name == _LAYER:
                return True
    return False
