"""One page of a PDF as it lies before the reader: words where they stand, lines and fills around them.

Coordinates are in points (1/72 inch) with the origin at the lower left, as the file has them, before any turning of
the page.
"""

from dataclasses import dataclass
from typing import NamedTuple

Colour = tuple[int, int, int, int]  # red, green, blue and how opaque, each 0 to 255


# A page has a thousand words: named tuples are made three times as fast as frozen dataclasses.
class Box(NamedTuple):
    """A rectangle of a page, in points."""

    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class Style:
    """How letters look: their height in points as set, the angle of their line in radians, colour and weight.

    `shown` is False where they are set to leave no mark on the page. `order` tells when they are drawn, among what the
    page draws, -1 where that is not known; `clip` is the box outside which nothing of them is shown, None for no such
    box; `layered` says that they are on a layer which may be switched off, `dotted` that a drawn bullet stands before.
    """

    size: float
    angle: float
    bold: bool
    colour: Colour
    shown: bool
    font: str
    order: int = -1
    clip: Box | None = None
    layered: bool = False
    dotted: bool = False


class Word(NamedTuple):
    """Letters without a space between them, and where they stand.

    `places` are the places of the letters in PDFium's list for the page, as many as `text` has characters.
    """

    text: str
    left: float
    bottom: float
    right: float
    top: float
    style: Style
    places: range


@dataclass(frozen=True, slots=True)
class Fill:
    """A filled area, or a picture (`colour` None), and when it is drawn among what the page draws."""

    box: Box
    colour: Colour | None
    order: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: what is to be seen of it (`crop`), its turn clockwise in degrees, its words and what is drawn."""

    crop: Box
    turn: int
    words: tuple[Word, ...]
    rules: tuple[Box, ...]
    fills: tuple[Fill, ...]
