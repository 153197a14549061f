"""Pictures on pages that have text besides: a table that was pasted as a picture says things nobody has read.

OCR looks at them only to tell that words stand in them. A picture whose ground is not mostly of one shade is a
photograph and is passed over; what was measured is in evals/LOG.md.
"""

from collections.abc import Sequence
from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING

from knowledge.identification import identify_language
from knowledge.reading.draft import Draft, Source
from knowledge.reading.ocr import OcrFailed, ocr_languages, read_picture
from knowledge.reading.pagenames import name_pages
from knowledge.reading.pdfium import UnopenedPdf, open_pdf
from knowledge.reading.sheet import Box, Sheet, Word

if TYPE_CHECKING:
    from PIL.Image import Image

_LEAST_SHARE = 0.05  # of the page: a logo is smaller
_LEAST_SIDES = (72.0, 24.0)  # points across and down
_CAPTIONS = 4  # words of the page's own that may stand on a picture
_FLAT = 0.4  # of a picture in one shade, of sixteen: the paper behind a table or a drawing
_SHADES = 16
_SMALL = (120, 120)
_FEWEST_WORDS, _SURE = 12, 0.4  # Tesseract finds a few words in anything, and is not sure of them
_DPI = 150
_COARSE_DPI = 40
_NOTABLE = 0.1  # of the page: a picture worth naming where nobody looks for words in it
_MOST = 8  # pictures of a file that are looked at without OCR
_SECONDS = 10.0  # for all of them


def find_illustrations(sheet: Sheet) -> tuple[Box, ...]:
    """The larger pictures on a page with hardly a word of the page's own on them.

    In shares of the page as it is shown, from its upper left corner, so that `top` is less than `bottom`.
    """
    return tuple(
        _as_shown(box, sheet)
        for box in (_within(fill.box, sheet.crop) for fill in sheet.fills if fill.colour is None)
        if _is_large(box, sheet.crop) and sum(_is_on(word, box) for word in sheet.words) <= _CAPTIONS
    )


def tell_illustrations(source: Source, draft: Draft) -> Draft:
    """The draft of a PDF with a warning of the pages on which words stand in a picture, beside the page's own text.

    They are found by OCR, in ten seconds at most. Where it is not there, or not wanted (`Limits.pictures`), the pages
    with a picture that words may well stand in are named.
    """
    own = {page.number for page in draft.pages if page.source == "text"}
    pictures = [(number, box) for number, box in draft.illustrations if number in own]
    pictures.sort(key=lambda one: _area(one[1]), reverse=True)
    if source.limits.pictures and ocr_languages():
        found = _find_words(source, pictures[: source.limits.pictures], identify_language(draft.text))
        told = "words inside a picture, which were not read: write them as text if they matter."
    else:
        found = {
            number for number, box in pictures[:_MOST] if _area(box) >= _NOTABLE and _is_drawn(source, number, box)
        }
        told = "a picture: words inside it, if there are any, were not read."
    if not found:
        return draft
    return replace(draft, warnings=(*draft.warnings, f"{name_pages(sorted(found), 'shows', 'show')} {told}"))


def _find_words(source: Source, pictures: Sequence[tuple[int, Box]], language: str) -> set[int]:
    """The pages whose pictures OCR finds words in, as far as the time allows."""
    spoken = language if language in ocr_languages() else min(ocr_languages())
    until = monotonic() + min(_SECONDS, source.limits.seconds / 2)
    found: set[int] = set()
    for number, box in pictures:
        seconds = until - monotonic()
        if number not in found and seconds > 1 and _has_words(source, number, box, spoken, seconds):
            found.add(number)
    return found


def _has_words(source: Source, number: int, box: Box, language: str, seconds: float) -> bool:
    try:
        part = _draw(source, number, box, _DPI)
        if not _is_flat(part):
            return False
        read = read_picture(part, language, dpi=_DPI, seconds=seconds)
    except (UnopenedPdf, OcrFailed):
        return False
    return read.confidence >= _SURE and len(read.text.split()) >= _FEWEST_WORDS


def _is_drawn(source: Source, number: int, box: Box) -> bool:
    """Whether a picture is a drawing or a table rather than a photograph."""
    try:
        return _is_flat(_draw(source, number, box, _COARSE_DPI))
    except UnopenedPdf:
        return False


def _draw(source: Source, number: int, box: Box, dpi: float) -> "Image":
    with open_pdf(source.data, source.password) as file:
        page = file.render(number, dpi)
    across, down = page.size
    return page.crop((box.left * across, box.top * down, box.right * across, box.bottom * down))


def _is_flat(picture: "Image") -> bool:
    counts = picture.resize(_SMALL).histogram()
    width = len(counts) // _SHADES
    return max(sum(counts[at : at + width]) for at in range(0, len(counts), width)) >= _FLAT * sum(counts)


def _area(box: Box) -> float:
    return abs((box.right - box.left) * (box.bottom - box.top))


def _within(box: Box, crop: Box) -> Box:
    return Box(
        max(box.left, crop.left), max(box.bottom, crop.bottom), min(box.right, crop.right), min(box.top, crop.top)
    )


def _is_large(box: Box, crop: Box) -> bool:
    across, down = box.right - box.left, box.top - box.bottom
    return across >= _LEAST_SIDES[0] and down >= _LEAST_SIDES[1] and across * down >= _LEAST_SHARE * _area(crop)


def _is_on(word: Word, box: Box) -> bool:
    across, down = (word.left + word.right) / 2, (word.bottom + word.top) / 2
    return box.left <= across <= box.right and box.bottom <= down <= box.top


def _as_shown(box: Box, sheet: Sheet) -> Box:
    """A box of the page in shares of it, after the page's turn."""
    crop = sheet.crop
    width, height = crop.right - crop.left, crop.top - crop.bottom
    left, right = ((x - crop.left) / width for x in (box.left, box.right))
    top, bottom = ((crop.top - y) / height for y in (box.top, box.bottom))
    for _ in range(sheet.turn // 90):
        left, top, right, bottom = 1 - bottom, left, 1 - top, right
    return Box(left, bottom, right, top)
