"""Columns, sidebars, headers and footers: in the order and the parts that a person reads."""

import re

import pytest
from files import make_pdf
from printed import PROSE, assert_in_order, quotes, read
from printing import (
    BOLD,
    HEIGHT,
    WIDTH,
    Draw,
    print_pages,
    set_column,
    set_text,
)
from reportlab.pdfgen.canvas import Canvas

from knowledge.reading.files import read_bytes


@pytest.mark.parametrize("language", PROSE)
def test_two_columns_under_a_title_are_read_one_after_the_other(language: str) -> None:
    def draw(canvas: Canvas) -> None:
        set_text(canvas, 60, 790, 480, "Plan 2031", size=20, leading=24, font=BOLD)
        set_column(canvas, 60, 740, 225, PROSE[language])
        set_column(canvas, 305, 735, 225, PROSE[language][::-1])

    document = read(print_pages(draw))
    assert quotes(document, "paragraph") == [*PROSE[language], *PROSE[language][::-1]]
    assert quotes(document, "heading") == ["Plan 2031"]


@pytest.mark.parametrize("language", PROSE)
def test_three_narrow_columns_on_one_grid_are_read_one_after_the_other(language: str) -> None:
    def draw(canvas: Canvas) -> None:
        for at in range(3):
            set_column(canvas, 50 + 170 * at, 780, 150, PROSE[language][at:], size=9, leading=12)

    wanted = [paragraph for at in range(3) for paragraph in PROSE[language][at:]]
    assert quotes(read(print_pages(draw)), "paragraph") == wanted


def test_a_title_over_two_of_three_columns_does_not_cut_the_third() -> None:
    en = PROSE["en"]

    def draw(canvas: Canvas) -> None:
        set_text(canvas, 50, 790, 330, "How a bakery opens the whole town", size=18, leading=22, font=BOLD)
        set_column(canvas, 50, 740, 150, en[:2], size=9)
        set_column(canvas, 220, 740, 150, en[2:], size=9)
        set_column(canvas, 400, 800, 150, en[::-1], size=9)

    assert quotes(read(print_pages(draw)), "paragraph") == [*en, *en[::-1]]


def test_a_sidebar_of_small_letters_stays_whole() -> None:
    en, side = PROSE["en"], ["Founded by three bakers in a boathouse.", "Today sixty people learn here each year."]

    def draw(canvas: Canvas) -> None:
        set_column(canvas, 60, 780, 330, en, size=11, leading=15)
        set_column(canvas, 430, 777, 110, side, size=7.5, leading=9.5)

    assert quotes(read(print_pages(draw)), "paragraph") == [*en, *side]


def test_columns_above_and_below_a_line_across_are_read_band_by_band() -> None:
    en, de = PROSE["en"], PROSE["de"]

    def draw(canvas: Canvas) -> None:
        set_column(canvas, 60, 780, 225, en[:2])
        set_column(canvas, 305, 780, 225, en[2:])
        set_text(
            canvas, 60, 600, 480, "What follows is for those who stay, and it reaches over the whole page.", size=13
        )
        set_column(canvas, 60, 570, 225, de[:2])
        set_column(canvas, 305, 570, 225, de[2:])

    assert_in_order(read(print_pages(draw)), [*en, "What follows is for those who stay", *de])


def test_two_lists_side_by_side_are_two_lists() -> None:
    left = ["Rye and wheat", "Water from the well", "Salt of the bay"]
    right = ["Ovens that last", "Tables of oak", "Bowls of clay"]

    def draw(canvas: Canvas) -> None:
        set_text(canvas, 60, 800, 480, "What we bring and what we need is written here for all to see.")
        for x, items in ((60, left), (310, right)):
            for at, item in enumerate(items):
                canvas.drawString(x, 760 - 14 * at, "•")
                canvas.drawString(x + 14, 760 - 14 * at, item)

    assert quotes(read(print_pages(draw)), "item") == [*left, *right]


def test_headers_footers_and_page_numbers_are_not_in_the_text() -> None:
    def page(number: int, language: str) -> Draw:
        def draw(canvas: Canvas) -> None:
            canvas.setFont("Helvetica", 8)
            canvas.drawString(60, 812, "Quayside School")
            canvas.drawRightString(535, 812, f"Chapter {number}")
            set_column(canvas, 60, 780, 470, PROSE[language])
            canvas.setFont("Helvetica", 8)
            (canvas.drawString if number % 2 else canvas.drawRightString)(
                60 if number % 2 else 535, 30, f"Seite {number} von 4"
            )

        return draw

    document = read(print_pages(*[page(at, language) for at, language in enumerate(["en", "de", "fi", "fr"], 1)]))
    text = "\n".join(document.quote(page.span) for page in document.pages)
    assert not re.search("Quayside|Chapter|Seite", text)
    assert quotes(document, "paragraph") == [*PROSE["en"], *PROSE["de"], *PROSE["fi"], *PROSE["fr"]]


def test_a_lone_page_number_goes_and_a_figure_in_the_text_stays() -> None:
    def draw(canvas: Canvas) -> None:
        set_column(canvas, 60, 780, 470, [*PROSE["en"], "Ovens in use:"])
        canvas.drawString(60, 600, "17")
        set_column(canvas, 60, 570, 470, PROSE["de"])
        canvas.drawCentredString(297, 40, "– 3 –")

    text = read(print_pages(draw)).text
    assert "\n17\n" in text
    assert "– 3 –" not in text


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_is_shown_turned_reads_as_it_is_shown(turn: int) -> None:
    def draw(canvas: Canvas) -> None:
        # The words stand on their side in the file; the page is turned so that a person sees them upright.
        canvas.setPageRotation(turn)
        canvas.translate(*{90: (WIDTH, 0), 180: (WIDTH, HEIGHT), 270: (0, WIDTH)}[turn])
        canvas.rotate(turn)
        set_column(canvas, 60, 520, 225, PROSE["en"])
        set_column(canvas, 305, 520, 225, PROSE["de"])

    assert quotes(read(print_pages(draw)), "paragraph") == [*PROSE["en"], *PROSE["de"]]


def test_words_that_run_up_the_margin_stand_after_the_text() -> None:
    def draw(canvas: Canvas) -> None:
        set_column(canvas, 60, 780, 470, PROSE["en"])
        canvas.rotate(90)
        canvas.drawString(300, -30, "Printed on paper from the old mill")

    assert_in_order(read(print_pages(draw)), [*PROSE["en"], "Printed on paper from the old mill"])


def test_pages_that_hold_one_like_line_each_keep_it() -> None:
    said = [f"House {number} keeps {number + 100} blankets." for number in range(3)]
    assert read_bytes(make_pdf(*([line] for line in said)), "houses.pdf").text.split("\n\n") == said
