"""Pages as pictures, for the tests and evaluations of OCR: lines of text drawn, blurred, turned, and put into a PDF."""

import io
import random
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFilter, ImageFont

INCH = 72
FONT = "DejaVuSans.ttf"  # of the package fonts-dejavu-core: it has the letters of all nine languages


def draw_page(
    lines: Sequence[str], *, dpi: int = 200, points: float = 11, turned: float = 0.0, noise: float = 0.0
) -> Image.Image:
    """A page of A4 in grey with these lines; `turned` by so many degrees, `noise` a share of its pixels changed."""
    width, height = round(8.27 * dpi), round(11.69 * dpi)
    page = Image.new("L", (width, height), 255)
    pen = ImageDraw.Draw(page)
    font = ImageFont.truetype(FONT, points * dpi / INCH)
    for number, line in enumerate(lines):
        pen.text((dpi * 0.9, dpi + number * points * 1.5 * dpi / INCH), line, fill=20, font=font)
    if turned:
        page = page.rotate(turned, resample=Image.Resampling.BICUBIC, fillcolor=255)
    if noise:
        page = page.filter(ImageFilter.GaussianBlur(dpi / 250))
        dots = random.Random(1)  # noqa: S311 - the same dots every time
        for _ in range(round(noise * width * height)):
            page.putpixel((dots.randrange(width), dots.randrange(height)), dots.choice((0, 120, 255)))
    return page


def picture_pdf(*pages: Image.Image, dpi: int = 200) -> bytes:
    """A PDF that holds nothing but these pictures, a page each."""
    out = io.BytesIO()
    pages[0].save(out, "PDF", resolution=dpi, save_all=True, append_images=list(pages[1:]))
    return out.getvalue()
