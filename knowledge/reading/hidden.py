"""Words that a page holds and does not show: without ink, in the colour of what is behind, tiny, cut off, covered.

What gives rise to doubt is cheap to see in the file; whether a word can be seen after all, the page's picture tells.
"""

import math
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from knowledge.reading.sheet import Box, Fill, Sheet, Word

if TYPE_CHECKING:
    from PIL.Image import Image

_TINY = 2.5  # points: letters no higher cannot be read on paper
_NARROW = 0.6  # points a letter, in a word of so many letters: they are squeezed into a line
_FEWEST_SQUEEZED = 3
_FAINT = 64  # of 255: letters less opaque may be next to nothing
_WHITE = 232  # of 255 in each colour, and letters are nearly white
_NEAR = 24  # of 255 in each colour: two colours that look the same
_CONTRAST = 24  # of 255 between the lightest and the darkest of a word's picture, and it can be seen
_SCAN_LETTERS = 0.8  # of a page's letters without ink make them the text layer of a scan
_SCAN_AREA = 0.5  # of the page under its pictures, the same
_MARK = 16  # of 255 between a page's picture with a word and without it, and the word leaves a mark
_INSET = 0.2  # of a word's height, left out of its picture above and below: its neighbours' ink

RENDER_DPI = 144  # of the picture in which a word is looked for


def find_hidden(sheet: Sheet, picture: Callable[[Collection[int]], "Image"]) -> dict[int, str]:
    """The words that a person does not see, each by the place of its first letter, with the reason.

    `picture` draws the page in grey at `RENDER_DPI`, without what is drawn at the places it is given; it is asked for
    only where the colours leave doubt. Words without ink over the picture of a page, and all words under one, are the
    text layer of a scan, which hides nothing.
    """
    hidden: dict[int, str] = {}
    doubtful: list[tuple[Word, str]] = []
    scanned = _is_scan(sheet)
    covers = _covers(sheet)
    for word in sheet.words:
        if not word.style.shown:
            if not scanned:
                hidden[word.places.start] = "it is set without ink"
        elif _is_outside(word, sheet.crop):
            hidden[word.places.start] = "it stands beside the page"
        elif word.style.size < _TINY or _is_squeezed(word):
            hidden[word.places.start] = "its letters are too small to be seen"
        elif reason := _doubt(word, sheet, covers):
            doubtful.append((word, reason))
    if doubtful:
        drawn = picture(())
        hidden |= {word.places.start: reason for word, reason in doubtful if not _can_be_seen(word, sheet, drawn)}
        left = [(word, reason) for word, reason in doubtful if word.places.start not in hidden]
        hidden |= dict(_under_pictures(left, sheet, drawn, picture, covers))
    return hidden


def _covers(sheet: Sheet) -> tuple[Fill, ...]:
    """The areas and pictures that may hide words drawn before them: all but the pictures that make a scan's page."""
    pictures = [fill for fill in sheet.fills if fill.colour is None]
    page = (sheet.crop.right - sheet.crop.left) * (sheet.crop.top - sheet.crop.bottom)
    if sum(_shared(fill.box, sheet.crop) for fill in pictures) < _SCAN_AREA * page:
        return sheet.fills
    letters = sum(len(word.text) for word in sheet.words)
    under = sum(len(word.text) for word in sheet.words if _is_under(word, pictures) or not word.style.shown)
    scan = under >= _SCAN_LETTERS * letters
    return tuple(fill for fill in sheet.fills if fill.colour is not None) if scan else sheet.fills


def _is_under(word: Word, fills: Sequence[Fill]) -> bool:
    """Whether one of these is drawn over a word."""
    return word.style.order >= 0 and any(fill.order > word.style.order for fill in _at(word, fills))


def _under_pictures(
    doubtful: Sequence[tuple[Word, str]],
    sheet: Sheet,
    drawn: "Image",
    picture: Callable[[Collection[int]], "Image"],
    covers: Sequence[Fill],
) -> Iterator[tuple[int, str]]:
    """The words of which a picture shows something where they stand, but nothing of themselves: it lies over them."""
    pictures = [fill for fill in covers if fill.colour is None]
    under = [(word, reason) for word, reason in doubtful if _is_under(word, pictures)]
    if under:
        bare = picture({word.style.order for word, _ in under})
        yield from (
            (word.places.start, reason)
            for word, reason in under
            if not _differs(_cut(word, sheet, drawn), _cut(word, sheet, bare))
        )


def _differs(one: "Image", two: "Image") -> bool:
    from PIL import ImageChops

    shades = ImageChops.difference(one, two).histogram()
    return any(shades[_MARK:])


def _doubt(word: Word, sheet: Sheet, covers: Sequence[Fill]) -> str:
    """Why a word may not be seen: "it …"; "" where nothing speaks against it."""
    style = word.style
    if style.layered:
        return "it is on a layer that is switched off"
    if style.clip is not None and not _shared(Box(word.left, word.bottom, word.right, word.top), style.clip):
        return "it is cut off from the page"
    if _is_under(word, covers):
        return "it is covered by what is drawn over it"
    if style.colour[3] < _FAINT:
        return "it is set with hardly any ink"
    return "it has the colour of what is behind it" if _is_doubtful(word, sheet.fills) else ""


def _is_squeezed(word: Word) -> bool:
    lies = abs(math.cos(word.style.angle)) > abs(math.sin(word.style.angle))
    reach = word.right - word.left if lies else word.top - word.bottom
    return len(word.text) >= _FEWEST_SQUEEZED and reach < _NARROW * len(word.text)


def _is_scan(sheet: Sheet) -> bool:
    letters = sum(len(word.text) for word in sheet.words)
    unseen = sum(len(word.text) for word in sheet.words if not word.style.shown)
    if not unseen or unseen < _SCAN_LETTERS * letters:
        return False
    area = (sheet.crop.right - sheet.crop.left) * (sheet.crop.top - sheet.crop.bottom)
    covered = sum(_shared(fill.box, sheet.crop) for fill in sheet.fills if fill.colour is None)
    return covered >= _SCAN_AREA * area


def _shared(one: Box, two: Box) -> float:
    wide = min(one.right, two.right) - max(one.left, two.left)
    high = min(one.top, two.top) - max(one.bottom, two.bottom)
    return max(0.0, wide) * max(0.0, high)


def _is_outside(word: Word, crop: Box) -> bool:
    return word.right <= crop.left or word.left >= crop.right or word.top <= crop.bottom or word.bottom >= crop.top


def _is_doubtful(word: Word, fills: Sequence[Fill]) -> bool:
    """Whether a word's colour is near to white or to that of an area it stands on."""
    colour = word.style.colour
    if min(colour[:3]) >= _WHITE:
        return True
    return any(_alike(colour, fill) for fill in _at(word, fills))


def _at(word: Word, fills: Sequence[Fill]) -> Iterator[Fill]:
    across, up = (word.left + word.right) / 2, (word.bottom + word.top) / 2
    for fill in fills:
        box = fill.box
        if box.left <= across <= box.right and box.bottom <= up <= box.top:
            yield fill


def _alike(colour: Sequence[int], fill: Fill) -> bool:
    if fill.colour is None:
        return False
    return all(abs(one - two) <= _NEAR for one, two in zip(colour[:3], fill.colour[:3], strict=True))


def _can_be_seen(word: Word, sheet: Sheet, picture: "Image") -> bool:
    """Whether the picture shows anything where the word stands."""
    shades = _cut(word, sheet, picture).histogram()
    seen = [shade for shade, count in enumerate(shades) if count]
    return seen[-1] - seen[0] >= _CONTRAST


def _cut(word: Word, sheet: Sheet, picture: "Image") -> "Image":
    """The part of a page's picture where a word stands."""
    inset = _INSET * (word.top - word.bottom)
    corners = [
        _on_picture(x, y, sheet, picture) for x, y in ((word.left, word.bottom + inset), (word.right, word.top - inset))
    ]
    (left, right), (top, bottom) = (sorted(sides) for sides in zip(*corners, strict=True))
    # A damaged file may claim that a word is larger than the paper; one beside it shows nothing of itself.
    left, top = (min(max(0, int(one)), most - 1) for one, most in zip((left, top), picture.size, strict=True))
    right, bottom = (min(int(one), most) for one, most in zip((right, bottom), picture.size, strict=True))
    return picture.crop((left, top, max(right, left + 1), max(bottom, top + 1)))


def _on_picture(x: float, y: float, sheet: Sheet, picture: "Image") -> tuple[float, float]:
    """Where a point of the page is in its picture, in pixels from the upper left corner."""
    crop = sheet.crop
    wide, high = crop.right - crop.left, crop.top - crop.bottom
    x, y = x - crop.left, y - crop.bottom
    across, down = {0: (x, high - y), 90: (y, x), 180: (wide - x, y), 270: (high - y, wide - x)}[sheet.turn % 360]
    scale = picture.width / max(1.0, high if sheet.turn % 180 else wide)
    return across * scale, down * scale
