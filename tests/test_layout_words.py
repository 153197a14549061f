"""Words as a person sees them: divided, tied, spaced out, raised or printed twice."""

import pytest
from printed import PROSE, read
from printing import (
    print_pages,
    set_column,
    set_text,
    use_font_with_ligatures,
)
from reportlab.pdfgen.canvas import Canvas


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (["The partner-", "ship began in May. A partnership grows."], "The partnership\nbegan in May."),
        (["Our well-", "known rolls are well-known abroad too."], "Our well-known\nrolls are"),
        (["Für Vor-", "und Nachmittag, Vormittage eingeschlossen, gilt das."], "Für Vor-\nund Nachmittag"),
        (["Kaikki opetta-", "jat kokoontuvat. Muutkin opettajat tulevat."], "Kaikki opettajat\nkokoontuvat."),
    ],
)
def test_words_divided_at_a_line_end_are_joined_as_the_document_writes_them(lines: list[str], whole: str) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 11)
        for at, line in enumerate(lines):
            canvas.drawString(60, 780 - 14 * at, line)

    assert whole in read(print_pages(draw)).text


def test_ligatures_are_their_letters() -> None:
    font = use_font_with_ligatures()

    def draw(canvas: Canvas) -> None:
        set_text(canvas, 60, 780, 470, "Our oﬃce ﬁnds ﬂour for ﬁve.".replace("ﬃ", "fﬁ"), font=font)

    assert read(print_pages(draw)).text == "Our office finds flour for five."


@pytest.mark.parametrize("word", ["STRATEGY", "STRATEGIE", "TOIMINTAOHJELMA", "ÉTRANGER", "ESPAÑA", "ZIELE"])
def test_spaced_out_letters_are_drawn_together(word: str) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 16)
        canvas.drawString(60, 780, " ".join(word) + "   " + " ".join("2031"))
        line = canvas.beginText(60, 740)
        line.setCharSpace(7)
        line.textOut(f"{word} DREI")
        canvas.drawText(line)
        canvas.setFont("Helvetica", 16)
        set_column(canvas, 60, 700, 470, PROSE["en"])

    assert read(print_pages(draw)).text.split("\n\n")[:2] == [f"{word} 2031", f"{word} DREI"]


def test_a_raised_number_is_not_read_as_part_of_a_year() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 11)
        canvas.drawString(60, 780, "By 2031")
        canvas.setFont("Helvetica", 6.5)
        canvas.drawString(60 + canvas.stringWidth("By 2031", "Helvetica", 11), 784.5, "4")
        canvas.setFont("Helvetica", 11)
        canvas.drawString(109, 780, "we bake for all.")

    assert read(print_pages(draw)).text == "By 2031⁴ we bake for all."


def test_a_word_printed_twice_to_look_bold_is_one_word() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 14)
        for shift in (0, 0.4):
            canvas.drawString(60 + shift, 780, "Harbour")
            canvas.drawString(130 + shift, 780, "bread")

    assert read(print_pages(draw)).text == "Harbour bread"
