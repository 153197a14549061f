"""PDFium, through pypdfium2: a PDF's pages as words that stand somewhere, and as pictures.

PDFium is not safe in several threads at once, so whoever asks waits for the one before.
"""

import ctypes
import math
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from knowledge.reading.dots import hang_dots
from knowledge.reading.ink import Ink, read_drawn, read_letter_box, read_words
from knowledge.reading.sheet import Box, Sheet

if TYPE_CHECKING:
    from PIL.Image import Image

_LARGEST_PICTURE = 50_000_000  # pixels of a rendered page
_INCH = 72  # points
_FINE = 100  # PDFium tells places on the screen in whole units: hundredths of a point
_MOST_ANNOTATIONS = 2_000  # of a page: what lies beyond is not looked at

_LOCK = threading.Lock()


class UnopenedPdf(Exception):
    """PDFium cannot open the file, or one of its pages."""


class OpenPdf:
    """A file that PDFium has opened; to be used inside `open_pdf` alone."""

    def __init__(self, file: Any, raw: Any) -> None:
        """Keep PDFium's document and its functions."""
        self._file = file
        self._raw = raw
        self._settled: set[int] = set()  # the pages whose fields are part of them

    @property
    def pages(self) -> int:
        """How many pages it has."""
        return len(self._file)

    @property
    def has_form(self) -> bool:
        """Whether it has fields to fill in."""
        return bool(self._raw.FPDF_GetFormType(self._file.raw))

    def read(self, number: int) -> Sheet:
        """The page of that 1-based number.

        Raises:
            UnopenedPdf: if PDFium cannot load it.
        """
        with self._page(number) as page, self._text(page) as text:
            rules, fills, orders = read_drawn(self._raw, page.raw)
            words = hang_dots(tuple(read_words(Ink(self._raw), text, orders)), fills)
            return Sheet(Box(*page.get_cropbox()), page.get_rotation(), words, rules, fills)

    def find_letters(self, number: int, places: Sequence[int]) -> list[Box]:
        """Where the letters at these places of PDFium's list stand on the page as it is shown.

        In points from its upper left corner, so that `top` is less than `bottom`.
        """
        with self._page(number) as page, self._text(page) as text:
            width, height = (math.ceil(side * _FINE) for side in page.get_size())
            return [self._on_screen(page.raw, read_letter_box(self._raw, text, at), width, height) for at in places]

    def _on_screen(self, page: Any, box: Box, width: int, height: int) -> Box:
        corners = []
        for x, y in ((box.left, box.bottom), (box.right, box.top)):
            across, down = ctypes.c_int(), ctypes.c_int()
            self._raw.FPDF_PageToDevice(page, 0, 0, width, height, 0, x, y, across, down)
            corners.append((across.value / _FINE, down.value / _FINE))
        (left, right), (top, bottom) = (sorted(sides) for sides in zip(*corners, strict=True))
        return Box(left, bottom, right, top)

    def render(self, number: int, dpi: float, without: Collection[int] = ()) -> "Image":
        """The picture of a page in grey, smaller than `dpi` where it would have more than fifty million pixels.

        What is drawn at one of the places `without`, counted as `Style.order` counts them, is left away.

        Raises:
            UnopenedPdf: if PDFium cannot load the page.
        """
        with self._page(number) as page:
            for drawn in [self._raw.FPDFPage_GetObject(page.raw, order) for order in without]:
                if drawn and self._raw.FPDFPage_RemoveObject(page.raw, drawn):
                    self._raw.FPDFPageObj_Destroy(drawn)
            width, height = page.get_size()
            scale = min(dpi / _INCH, math.sqrt(_LARGEST_PICTURE / max(1.0, width * height)))
            bitmap = page.render(scale=scale, grayscale=True)
            picture: Image = bitmap.to_pil().copy()
            bitmap.close()
            return picture

    @contextmanager
    def _page(self, number: int) -> Iterator[Any]:
        page = _load(lambda: self._file[number - 1])
        try:
            if number not in self._settled:
                self._settled.add(number)
                if self._has_fields(page.raw) and self._raw.FPDFPage_Flatten(page.raw, self._raw.FLAT_NORMALDISPLAY):
                    page.close()
                    page = _load(lambda: self._file[number - 1])
            yield page
        finally:
            page.close()

    def _has_fields(self, page: Any) -> bool:
        """Whether a form's fields, or words typed upon it, stand on a page: PDFium keeps them apart from its text."""
        count = min(self._raw.FPDFPage_GetAnnotCount(page), _MOST_ANNOTATIONS)
        return any(self._is_field(page, index) for index in range(count))

    def _is_field(self, page: Any, index: int) -> bool:
        note = self._raw.FPDFPage_GetAnnot(page, index)
        if not note:
            return False
        kind = self._raw.FPDFAnnot_GetSubtype(note)
        self._raw.FPDFPage_CloseAnnot(note)
        return kind in {self._raw.FPDF_ANNOT_WIDGET, self._raw.FPDF_ANNOT_FREETEXT, self._raw.FPDF_ANNOT_STAMP}

    @contextmanager
    def _text(self, page: Any) -> Iterator[Any]:
        text = _load(page.get_textpage)
        try:
            yield text.raw
        finally:
            text.close()


def _load(part: Callable[[], Any]) -> Any:
    import pypdfium2

    try:
        return part()
    except pypdfium2.PdfiumError as fault:
        raise UnopenedPdf(str(fault)) from fault


@contextmanager
def open_pdf(data: bytes, password: str | None = None) -> Iterator[OpenPdf]:
    """The file, open while the `with` block lasts; other threads wait so long.

    Raises:
        UnopenedPdf: if it is locked, damaged, or no PDF.
    """
    import pypdfium2

    with _LOCK:
        file = _open(pypdfium2, data, password)
        try:
            if file.get_formtype() == pypdfium2.raw.FORMTYPE_ACRO_FORM:
                _load(file.init_forms)  # draws what was filled into fields that the file does not say how to draw
            yield OpenPdf(file, pypdfium2.raw)
        finally:
            file.close()


def _open(pypdfium2: Any, data: bytes, password: str | None) -> Any:
    try:
        return _load(lambda: pypdfium2.PdfDocument(data))  # a file protected only against changes opens without
    except UnopenedPdf:
        if not password:
            raise
        return _load(lambda: pypdfium2.PdfDocument(data, password=password))
