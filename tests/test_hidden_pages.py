"""Words that a page of a PDF holds and no person sees are withheld; what can be seen is not, however it is drawn."""

import io
from collections.abc import Callable

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, TextStringObject
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from knowledge.document import Document
from knowledge.reading.files import read_bytes
from tests.printing import print_pages

SECRET = "Secret words that nobody reads"  # noqa: S105 - no password
PLAIN = "Every apprentice speaks a second language."
AREA = (50, 590, 300, 40)
Draw = Callable[[Canvas], None]


def draw_secret(canvas: Canvas) -> None:
    canvas.drawString(60, 600, SECRET)


def fill_area(canvas: Canvas, red: float, green: float, blue: float) -> None:
    canvas.setFillColorRGB(red, green, blue)
    canvas.rect(*AREA, fill=1, stroke=0)


def draw_picture(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(Image.new("RGB", (300, 40), (200, 210, 220))), *AREA)


def cut_off(canvas: Canvas) -> None:
    path = canvas.beginPath()
    path.rect(0, 0, 5, 5)
    canvas.clipPath(path, stroke=0, fill=0)
    draw_secret(canvas)


def covered_by_a_picture(canvas: Canvas) -> None:
    draw_secret(canvas)
    draw_picture(canvas)


def photograph(mode: str = "RGB", *, opaque: int = 255) -> ImageReader:
    """A picture full of light and dark, as a photograph is."""
    grain = Image.effect_noise((300, 40), 90).convert(mode)
    if mode == "RGBA":
        grain.putalpha(opaque)
    return ImageReader(grain)


def covered_by_a_photograph(canvas: Canvas) -> None:
    draw_secret(canvas)
    canvas.drawImage(photograph(), *AREA)


def under_a_photograph_of_half_the_page(canvas: Canvas) -> None:
    draw_secret(canvas)
    canvas.drawImage(photograph(), 0, 0, 595, 700)


def covered_by_a_box(canvas: Canvas) -> None:
    draw_secret(canvas)
    fill_area(canvas, 1, 1, 1)


def in_the_colour_of_its_box(canvas: Canvas) -> None:
    fill_area(canvas, 0.2, 0.3, 0.6)
    canvas.setFillColorRGB(0.21, 0.31, 0.61)
    draw_secret(canvas)


def without_size(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 0.01)
    draw_secret(canvas)


def squeezed(canvas: Canvas) -> None:
    canvas.translate(60, 600)
    canvas.scale(0.001, 1)
    canvas.drawString(0, 0, SECRET.replace(" ", ""))


def nearly_transparent(canvas: Canvas) -> None:
    canvas.setFillAlpha(0.01)
    draw_secret(canvas)


def on_a_box(canvas: Canvas) -> None:
    fill_area(canvas, 0.2, 0.3, 0.6)
    canvas.setFillColorRGB(1, 1, 1)
    draw_secret(canvas)


def on_a_photograph_of_half_the_page(canvas: Canvas) -> None:
    canvas.drawImage(photograph(), 0, 0, 595, 700)
    draw_secret(canvas)


def with_the_page_under_its_scan(canvas: Canvas) -> None:
    draw_secret(canvas)
    canvas.drawImage(photograph(), 0, 0, 595, 842)


def without_ink_on_its_scan(canvas: Canvas) -> None:
    canvas.drawImage(photograph(), 0, 0, 595, 842)
    written = canvas.beginText(60, 600)
    written.setTextRenderMode(3)
    written.textLine(SECRET)
    canvas.drawText(written)


def under_a_stamp_that_shows_it(canvas: Canvas) -> None:
    draw_secret(canvas)
    canvas.drawImage(photograph("RGBA", opaque=60), *AREA, mask="auto")


def on_a_picture(canvas: Canvas) -> None:
    draw_picture(canvas)
    draw_secret(canvas)


def inside_a_clipping_path(canvas: Canvas) -> None:
    path = canvas.beginPath()
    path.rect(*AREA)
    canvas.clipPath(path, stroke=0, fill=0)
    draw_secret(canvas)


def under_a_transparent_marker(canvas: Canvas) -> None:
    draw_secret(canvas)
    canvas.setFillAlpha(0.3)
    fill_area(canvas, 1, 1, 0)


def print_page(draw: Draw) -> bytes:
    def whole(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 11)
        canvas.drawString(60, 780, PLAIN)
        draw(canvas)

    return print_pages(whole)


def add_layer(data: bytes, *, shown: bool) -> bytes:
    """The page with the secret on a layer that is switched on or off."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    layer = DictionaryObject({NameObject("/Type"): NameObject("/OCG"), NameObject("/Name"): TextStringObject("Draft")})
    reference = writer._add_object(layer)
    state = DictionaryObject({NameObject("/ON" if shown else "/OFF"): ArrayObject([reference])})
    writer.root_object[NameObject("/OCProperties")] = DictionaryObject(
        {NameObject("/OCGs"): ArrayObject([reference]), NameObject("/D"): state}
    )
    page = writer.pages[0]
    page["/Resources"][NameObject("/Properties")] = DictionaryObject({NameObject("/L"): reference})  # type: ignore[index] - a dictionary
    stream = DecodedStreamObject()
    drawn = page.get_contents()
    assert drawn is not None
    stream.set_data(drawn.get_data() + f"\n/OC /L BDC BT /F1 11 Tf 60 600 Td ({SECRET}) Tj ET EMC\n".encode())
    page[NameObject("/Contents")] = writer._add_object(stream)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def withheld(document: Document) -> str:
    return " ".join(document.quote(one.span) for one in document.withheld)


@pytest.mark.parametrize(
    "draw",
    [cut_off, covered_by_a_picture, covered_by_a_photograph, under_a_photograph_of_half_the_page, covered_by_a_box,
     in_the_colour_of_its_box, without_size, squeezed, nearly_transparent],
)  # fmt: skip
def test_what_cannot_be_seen_is_withheld_and_said(draw: Draw) -> None:
    document = read_bytes(print_page(draw), "plan.pdf")
    assert set(withheld(document).split()) in (set(SECRET.split()), {SECRET.replace(" ", "")})
    assert [document.quote(block.span) for block in document.blocks] == [PLAIN]
    assert "Page 1 holds text that cannot be seen" in document.warnings[0]


@pytest.mark.parametrize(
    "draw",
    [on_a_box, on_a_picture, on_a_photograph_of_half_the_page, with_the_page_under_its_scan,
     under_a_stamp_that_shows_it, inside_a_clipping_path, under_a_transparent_marker],
)  # fmt: skip
def test_what_can_be_seen_is_not_withheld(draw: Draw) -> None:
    document = read_bytes(print_page(draw), "plan.pdf")
    assert SECRET in document.text
    assert document.withheld == ()


def test_words_without_ink_over_the_picture_of_their_page_are_its_text() -> None:
    document = read_bytes(print_pages(without_ink_on_its_scan), "scan.pdf")
    assert SECRET in document.text
    assert document.withheld == ()


def test_a_layer_hides_words_only_while_it_is_switched_off() -> None:
    page = print_page(lambda canvas: canvas.setFont("Helvetica", 11))
    off, on = (read_bytes(add_layer(page, shown=shown), "plan.pdf") for shown in (False, True))
    assert withheld(off) == SECRET
    assert "it is on a layer that is switched off" in off.warnings[0]
    assert withheld(on) == ""
    assert SECRET in on.text
