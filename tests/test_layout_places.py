"""Every letter of a page leads back to where it stands, and what nobody sees is told."""

from itertools import pairwise

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from printed import PROSE, folded, quotes, read
from printing import (
    HEIGHT,
    WIDTH,
    Draw,
    print_pages,
    set_column,
)
from reportlab.pdfgen.canvas import Canvas

from knowledge.document import Span
from knowledge.reading import pdf
from knowledge.reading.carrying import split_places
from knowledge.reading.composition import compose_pages
from knowledge.reading.draft import Limits, Source
from knowledge.reading.letters import NOWHERE
from knowledge.reading.pdfium import open_pdf


def hidden_page(canvas: Canvas) -> None:
    set_column(canvas, 60, 800, 470, PROSE["en"])
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(60, 640, "white on white")
    canvas.setFillColorRGB(0.1, 0.2, 0.5)
    canvas.rect(50, 560, 400, 40, fill=1, stroke=0)
    canvas.drawString(300, 575, "blue on blue")
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(60, 575, "White on blue can be read.")
    canvas.setFillColorRGB(0, 0, 0)
    canvas.drawString(WIDTH + 40, 500, "beside the paper")
    canvas.setFont("Helvetica", 1)
    canvas.drawString(60, 480, "as small as dust")
    canvas.setFont("Helvetica", 10)
    line = canvas.beginText(60, 460)
    line.setTextRenderMode(3)
    line.textOut("without ink")
    canvas.drawText(line)


WORDS = st.text("abcdefgäöüéñß", min_size=1, max_size=9)


LINES = st.lists(st.lists(WORDS, min_size=1, max_size=6).map(" ".join), max_size=14)


def test_words_that_nobody_sees_are_withheld_and_told_with_the_reason() -> None:
    document = read(print_pages(hidden_page))
    hidden = {document.quote(one.span) for one in document.withheld}
    assert hidden == {"white on white", "blue on blue", "beside the paper", "as small as dust", "without ink"}
    assert "White on blue can be read." in document.shown_text
    assert not any(words in document.shown_text for words in hidden)
    told = " ".join(document.warnings)
    assert all(reason in told for reason in ("colour", "beside the page", "too small", "without ink"))


def test_a_word_larger_than_its_paper_is_looked_for_on_the_paper_alone() -> None:
    def draw(canvas: Canvas) -> None:
        set_column(canvas, 60, 780, 470, PROSE["en"])
        canvas.setFillColorRGB(1, 1, 1)
        canvas.setFont("Helvetica", 60_000)
        canvas.drawString(-20_000, -20_000, "W")

    assert PROSE["en"][0] in folded(read(print_pages(draw)).text)


def test_an_honest_page_has_nothing_hidden() -> None:
    def draw(canvas: Canvas) -> None:
        set_column(canvas, 60, 780, 470, PROSE["en"])
        canvas.setFillGray(0.55)
        canvas.drawString(60, 500, "In grey.")
        canvas.setFillColorRGB(0.9, 0.75, 0)
        canvas.drawString(60, 480, "In yellow.")

    document = read(print_pages(draw))
    assert (document.withheld, document.warnings) == ((), ())


def test_a_span_is_found_where_it_stands_on_the_page() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 12)
        canvas.drawString(100, 700, "Bread for the coast")

    source = Source(print_pages(draw), "plan.pdf", None, Limits())
    start = read(source.data).text.index("coast")
    boxes = pdf.locate(source, Span(start, start + 5))
    assert [page for page, _ in boxes] == [1] * 5
    for (_, one), (_, two) in pairwise(boxes):
        assert one.right <= two.left + 1
    first = boxes[0][1]
    assert 170 < first.left < 185
    assert HEIGHT - 712 < first.top < first.bottom < HEIGHT - 697


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(LINES, min_size=1, max_size=3), min_size=1, max_size=2), st.integers(9, 16))
@example([[["a"]], [["a"], [], ["a"]]], 9)  # the second page goes on with the first one's sentence
def test_every_letter_of_any_page_is_in_the_text_and_leads_back_to_its_place(
    pages: list[list[list[str]]], size: int
) -> None:
    def page(columns: list[list[str]]) -> Draw:
        def draw(canvas: Canvas) -> None:
            canvas.setFont("Helvetica", size)
            for at, lines in enumerate(columns):
                for down, line in enumerate(lines):
                    canvas.drawString(40 + 620 * at, 640 - down * size * 1.3 - 3 * at, line)

        return draw

    source = Source(print_pages(*map(page, pages), size=(1900, HEIGHT)), "plan.pdf", None, Limits())
    composed = compose_pages(pdf._read(source).prints)
    with open_pdf(source.data) as file:
        letters = {
            (laid.number, place): letter
            for laid in composed.pages
            for word in file.read(laid.number).words
            for place, letter in zip(word.places, word.text, strict=True)
        }
    known: list[tuple[int, int]] = []
    for laid, places in zip(composed.pages, composed.places, strict=True):
        text = composed.text[laid.span.start : laid.span.end]
        assert len(places) == len(text)
        for sign, place in zip(text, places, strict=True):
            if place == NOWHERE:
                assert sign in " \n|"
                continue
            (own, carried) = split_places([place])  # the rest of a sentence comes from the next page
            at = (laid.number, own[0]) if own else (laid.number + 1, carried[0])
            assert letters[at] == sign
            known.append(at)
    assert sorted(known) == sorted(letters)


def test_what_is_hidden_and_shown_elsewhere_is_no_secret() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColorRGB(1, 1, 1)
        set_column(canvas, 61, 779, 470, PROSE["en"])
        canvas.setFillColorRGB(0, 0, 0)
        set_column(canvas, 60, 780, 470, PROSE["en"])

    document = read(print_pages(draw))
    assert (quotes(document, "paragraph"), document.withheld) == (PROSE["en"], ())
