"""Words inside a picture on a page that has text besides: nobody has read them, and the reader is told."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from PIL.Image import Image, fromarray
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from evals.pictures import draw_page
from knowledge.document import Document
from knowledge.library.adding import add_all
from knowledge.library.holdings import Library
from knowledge.reading import illustrations
from knowledge.reading.draft import Limits
from knowledge.reading.files import read_bytes, read_file
from knowledge.reading.ocr import ocr_languages
from tests.conftest import SHARED
from tests.printing import print_pages, set_text

needs_ocr = pytest.mark.skipif(not ocr_languages(), reason="Tesseract is not here; .ci/run installs it")
LINES = [
    "Action            Who          When",
    "Language cafe     A. Salo      September 2027",
    "Visits to partners  B. Holm    spring 2028",
    "Training for mentors  C. Virta   autumn 2028",
]
NAMED = "Page 2 shows a picture: words inside it, if there are any, were not read."
TEXT = "Our apprentices work with guests from abroad, and the harbour needs them to be understood."


def pasted_table() -> Image:
    return draw_page(LINES).crop((100, 100, 1400, 700))


def photograph() -> Image:
    """Soft spots of all shades, as no paper has them."""
    spots = np.random.default_rng(7).integers(0, 256, (12, 26), dtype=np.uint8)
    return fromarray(spots).resize((1300, 600))


def read(picture: Callable[[], Image], turn: int = 0) -> Document:
    def draw(canvas: Canvas) -> None:
        set_text(canvas, 72, 760, 430, TEXT)
        canvas.drawImage(ImageReader(picture()), 72, 420, width=430, height=200)
        canvas.setPageRotation(turn)

    return read_bytes(print_pages(draw), "plan.pdf")


@needs_ocr
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_words_in_a_picture_are_told_of_with_their_page(turn: int) -> None:
    document = read(pasted_table, turn)
    told = [warning for warning in document.warnings if "inside a picture" in warning]
    assert bool(told) == (turn == 0)  # on a turned page the picture lies on its side, and gives no words
    assert "guests from abroad" in document.text


@needs_ocr
def test_a_photograph_is_passed_over_without_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(illustrations, "read_picture", partial(pytest.fail, "a photograph was read"))
    assert read(photograph).warnings == ()


@needs_ocr
@pytest.mark.skipif(not SHARED.is_dir(), reason="the sample in ../shared is not here")
@pytest.mark.parametrize(("name", "page"), [("r18-table.pdf", 1), ("r04", 9)])
def test_the_pictures_of_the_sample_with_words_in_them_are_told_of(name: str, page: int) -> None:
    file = next(file for file in sorted((SHARED / "data" / "pdfs").glob("*.pdf")) if file.name.startswith(name))
    assert any(f"Page {page} shows words inside a picture" in warning for warning in read_file(file).warnings)


def two_pages() -> bytes:
    """A photograph on the first page, a pasted table on the second, text on both."""

    def draw(picture: Image, canvas: Canvas) -> None:
        set_text(canvas, 72, 760, 430, TEXT)
        canvas.drawImage(ImageReader(picture), 72, 420, width=430, height=200)

    return print_pages(partial(draw, photograph()), partial(draw, pasted_table()))


def test_where_no_ocr_looks_a_drawing_is_named_and_a_photograph_is_not() -> None:
    document = read_bytes(two_pages(), "plan.pdf", limits=Limits(pictures=0))
    assert document.warnings == (NAMED,)


def test_the_library_names_the_drawings_of_what_is_added_without_ocr(tmp_path: Path) -> None:
    for name in ("one.pdf", "two.pdf", "three.pdf"):
        (tmp_path / name).write_bytes(two_pages())
    library = Library(tmp_path / "library")
    added = [library.add(tmp_path / "one.pdf", later=True)]
    added += add_all(library, [tmp_path / "two.pdf", tmp_path / "three.pdf"])
    assert [one.message for one in added] == [NAMED] * 3
