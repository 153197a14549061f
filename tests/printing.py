"""Pages printed for the tests with reportlab: columns, tables, headers, turned and spaced-out words."""

import io
from collections.abc import Callable, Sequence

from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = 595, 842
BODY, BOLD = "Helvetica", "Helvetica-Bold"

Draw = Callable[[Canvas], None]


def print_pages(*pages: Draw, size: tuple[int, int] = (WIDTH, HEIGHT)) -> bytes:
    """A PDF of pages, each drawn by its function."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size, invariant=True)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def set_text(
    canvas: Canvas,
    left: float,
    top: float,
    width: float,
    text: str,
    *,
    size: float = 10,
    leading: float = 12,
    font: str = BODY,
) -> float:
    """Text wrapped to a width, its first line below `top`; where the next line would begin."""
    canvas.setFont(font, size)
    for line in simpleSplit(text, font, size, width):
        top -= leading
        canvas.drawString(left, top, line)
    return top


def set_column(
    canvas: Canvas, left: float, top: float, width: float, paragraphs: Sequence[str], **look: float
) -> float:
    """Paragraphs under one another with a little white between them."""
    for paragraph in paragraphs:
        top = set_text(canvas, left, top, width, paragraph, **look) - 6
    return top


def set_table(
    canvas: Canvas, left: float, top: float, widths: Sequence[float], rows: Sequence[Sequence[str]], *, ruled: bool
) -> float:
    """Rows of wrapped cells, with lines around them if `ruled`."""
    size, leading, space = 9, 11, 6
    for row in rows:
        lines = [simpleSplit(cell, BODY, size, width - 2 * space) for cell, width in zip(row, widths, strict=True)]
        height = max(map(len, lines)) * leading + space
        x = left
        for cell, width in zip(lines, widths, strict=True):
            canvas.setFont(BODY, size)
            for at, line in enumerate(cell):
                canvas.drawString(x + space, top - leading * (at + 1), line)
            if ruled:
                canvas.rect(x, top - height, width, height)
            x += width
        top -= height
    return top


def use_font_with_ligatures() -> str:
    """The name of a font that has signs for fi and fl, made ready."""
    if "Vera" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))
    return "Vera"
