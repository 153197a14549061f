"""PDF text as a person sees it: pages printed for the purpose, each with one thing that is hard to read."""

import re
from itertools import pairwise

import pytest
from files import make_pdf
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from printing import (
    BODY,
    BOLD,
    HEIGHT,
    WIDTH,
    Draw,
    print_pages,
    set_column,
    set_table,
    set_text,
    use_font_with_ligatures,
)
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from knowledge.document import Document, Span
from knowledge.reading import pdf
from knowledge.reading.composition import compose_pages
from knowledge.reading.draft import Limits, Source
from knowledge.reading.files import read_bytes
from knowledge.reading.letters import NOWHERE
from knowledge.reading.pdfium import open_pdf

# Of each language three paragraphs, written for these tests.
PROSE = {
    "en": [
        (
            "The bakery of our school smells of rye from five in the morning. Whoever passes by on the way to the "
            "ferry stops, buys a roll and asks who made it. That question is the best lesson we give."
        ),
        (
            "Last winter two apprentices from Porto worked beside ours for a month. They salted the dough by hand, "
            "argued about it in three tongues and left behind a recipe that the town still orders on Fridays."
        ),
        (
            "What stayed with the teachers was something else: nobody had been told to speak, and everybody did. We "
            "would like to build on that, slowly, with people rather than with papers."
        ),
    ],
    "de": [
        (
            "Unsere Werkstatt liegt gleich hinter der Schleuse, und wer dort lernt, hört die Schiffe, bevor er sie "
            "sieht. Viele Betriebe am Ufer nehmen Jugendliche auf, die kaum ein Wort ihrer Sprache sprechen."
        ),
        (
            "Im vergangenen Herbst haben drei Lehrlinge aus Gent bei uns geschweißt und gelacht. Sie brachten eine Art "
            "zu messen mit, die wir seitdem nicht mehr ablegen wollen."
        ),
        (
            "Für die Ausbildenden war das neu. Niemand hatte sie vorbereitet, trotzdem ging es gut, weil alle "
            "neugierig blieben und Fehler nicht versteckten."
        ),
    ],
    "fi": [
        (
            "Koulun keittiö avataan aamulla ennen lautan lähtöä. Silloin leipä on lämmintä, ja ohikulkijat kysyvät, "
            "kuka sen on leiponut. Kysymys on paras oppitunti, jonka osaamme antaa."
        ),
        (
            "Viime talvena kaksi opiskelijaa Tartosta teki töitä meidän kanssamme kuukauden ajan. He suolasivat "
            "taikinan käsin, kiistelivät siitä kolmella kielellä ja jättivät jälkeensä reseptin."
        ),
        (
            "Opettajille jäi mieleen jotakin muuta: kukaan ei käskenyt puhumaan, ja silti kaikki puhuivat. Sen varaan "
            "haluamme rakentaa, hitaasti ja yhdessä."
        ),
    ],
    "fr": [
        (
            "Le fournil du lycée ouvre avant le premier bac, et l’odeur du seigle descend jusqu’au quai. Les passants "
            "achètent un petit pain puis demandent qui l’a pétri ce matin."
        ),
        (
            "L’hiver dernier, deux apprentis venus de Gênes ont travaillé un mois à nos côtés. Ils salaient la pâte à "
            "la main, discutaient en trois langues et nous ont laissé une recette."
        ),
        (
            "Les professeurs ont surtout retenu ceci : personne n’avait reçu l’ordre de parler, et chacun parlait. "
            "Voilà ce que nous voulons prolonger, sans hâte."
        ),
    ],
    "es": [
        (
            "El obrador de la escuela abre antes del primer barco y el olor del centeno baja hasta el muelle. Quien "
            "pasa compra un panecillo y pregunta quién lo amasó."
        ),
        (
            "El invierno pasado dos aprendices de Oporto trabajaron un mes con los nuestros. Salaban la masa a mano, "
            "discutían en tres lenguas y dejaron una receta."
        ),
        (
            "A los profesores les quedó otra cosa: nadie mandó hablar y todos hablaron. Sobre eso queremos construir, "
            "despacio y con las personas."
        ),
    ],
    "da": [
        (
            "Skolens bageri åbner før den første færge, og duften af rug når helt ned til kajen. De forbipasserende "
            "køber en bolle og spørger, hvem der har æltet den."
        ),
        (
            "Sidste vinter arbejdede to lærlinge fra Malmø en måned ved siden af vores. De saltede dejen i hånden, "
            "skændtes om den på tre sprog og efterlod en opskrift."
        ),
        (
            "Lærerne husker noget andet: ingen havde fået besked på at tale, og alle talte. Det vil vi bygge videre "
            "på, langsomt og sammen."
        ),
    ],
}


def read(data: bytes) -> Document:
    return read_bytes(data, "plan.pdf")


def folded(text: str) -> str:
    return " ".join(text.split())


def quotes(document: Document, *kinds: str) -> list[str]:
    return [folded(document.quote(block.span)) for block in document.blocks if block.kind in kinds]


def assert_in_order(document: Document, wanted: list[str]) -> None:
    text = folded(document.text)
    places = [text.find(one) for one in wanted]
    assert -1 not in places, [one for one in wanted if one not in text]
    assert places == sorted(places)


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


ACTIONS = [
    ["Action", "Who", "When"],
    ["Invite bakers from three harbours to work here for a month every winter", "Head baker", "2029"],
    ["Write down what guests teach us and try it out in the next term with everyone", "All teams", "2030"],
    ["Open the ovens to the town", "Pupils", "2031"],
]


@pytest.mark.parametrize("ruled", [True, False])
def test_a_table_is_read_row_by_row_with_its_cells(ruled: bool) -> None:
    def draw(canvas: Canvas) -> None:
        end = set_column(canvas, 60, 780, 470, PROSE["en"]) - 10
        end = set_table(canvas, 60, end, [250, 110, 90], ACTIONS, ruled=ruled)
        set_column(canvas, 60, end - 20, 470, PROSE["de"])

    document = read(print_pages(draw))
    assert quotes(document, "row") == [" | ".join(row) for row in ACTIONS]
    cells = [block.cells for block in document.blocks if block.kind == "row"]
    assert [[folded(document.quote(cell.span)) for cell in row] for row in cells] == ACTIONS
    assert [document.quote(cell.head) for cell in cells[2] if cell.head] == ACTIONS[0]
    assert quotes(document, "paragraph") == [*PROSE["en"], *PROSE["de"]]


def test_labels_beside_what_they_name_are_rows() -> None:
    rows = [["Name", "Quayside School"], ["Place", "On the north bank"], ["Since", "1971"], ["Ovens", "Nine of them"]]

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 11)
        for at, (label, words) in enumerate(rows):
            canvas.drawString(60, 780 - 20 * at, label)
            canvas.drawString(180, 780 - 20 * at, words)

    assert quotes(read(print_pages(draw)), "row") == [" | ".join(row) for row in rows]


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


def test_headings_have_the_level_of_their_size_and_weight() -> None:
    looks = [("Harbour", 24, BOLD), ("Bread", 16, BOLD), ("Flour", 12, BOLD), ("Salt", 10, BOLD), ("Ovens", 16, BOLD)]

    def draw(canvas: Canvas) -> None:
        top = 800.0
        for words, size, font in looks:
            top = set_text(canvas, 60, top, 470, words, size=size, leading=size * 1.3, font=font) - 4
            top = set_column(canvas, 60, top, 470, PROSE["en"][:1]) - 6

    blocks = [block for block in read(print_pages(draw)).blocks if block.kind == "heading"]
    assert [block.level for block in blocks] == [1, 2, 3, 4, 2]


def test_a_numbered_list_over_a_page_break_stays_one_list() -> None:
    items = [f"{word} for the town" for word in ("Bread", "Cakes", "Tarts", "Rolls", "Buns", "Pies")]

    def page(begin: int) -> Draw:
        def draw(canvas: Canvas) -> None:
            canvas.setFont("Helvetica", 8)
            canvas.drawString(60, 815, "Quayside School | plan")
            canvas.drawString(500, 30, str(begin // 3 + 1))
            top = set_text(canvas, 60, 780, 470, "What we bake") if not begin else 780
            for at, item in enumerate(items[begin : begin + 3], begin + 1):
                top = set_text(canvas, 60, top - 4, 470, f"{at}. {item}")
            set_column(canvas, 60, top - 20, 470, PROSE["en"] if begin else [])

        return draw

    document = read(print_pages(page(0), page(3)))
    kinds = [(block.kind, block.level) for block in document.blocks]
    assert quotes(document, "item") == items
    assert kinds.index(("item", 1)) + 6 == len(kinds) - 3


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


def test_a_wrapped_item_holds_its_lines_and_the_next_begins_anew() -> None:
    items = [PROSE["en"][0], PROSE["en"][1], "Short one."]

    def draw(canvas: Canvas) -> None:
        top = 780.0
        for item in items:
            canvas.setFont("Helvetica", 10)
            canvas.drawString(60, top - 12, "–")
            top = set_text(canvas, 74, top, 300, item)

    assert quotes(read(print_pages(draw)), "item") == items


def test_paragraphs_that_only_an_indent_parts_are_parted() -> None:
    def draw(canvas: Canvas) -> None:
        top = 780.0
        for paragraph in PROSE["en"]:
            canvas.setFont("Helvetica", 10)
            first = simpleSplit(paragraph, BODY, 10, 286)[0]
            canvas.drawString(74, top, first)
            top = set_text(canvas, 60, top, 300, paragraph[len(first) :]) - 12

    assert quotes(read(print_pages(draw)), "paragraph") == PROSE["en"]


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


def test_words_that_nobody_sees_are_withheld_and_told_with_the_reason() -> None:
    document = read(print_pages(hidden_page))
    hidden = {document.quote(one.span) for one in document.withheld}
    assert hidden == {"white on white", "blue on blue", "beside the paper", "as small as dust", "without ink"}
    assert "White on blue can be read." in document.shown_text
    assert not any(words in document.shown_text for words in hidden)
    told = " ".join(document.warnings)
    assert all(reason in told for reason in ("colour", "beside the page", "too small", "without ink"))


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


WORDS = st.text("abcdefgäöüéñß", min_size=1, max_size=9)
LINES = st.lists(st.lists(WORDS, min_size=1, max_size=6).map(" ".join), max_size=14)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(LINES, min_size=1, max_size=3), min_size=1, max_size=2), st.integers(9, 16))
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
        for laid, places in zip(composed.pages, composed.places, strict=True):
            text = composed.text[laid.span.start : laid.span.end]
            assert len(places) == len(text)
            letters = {
                place: letter
                for word in file.read(laid.number).words
                for place, letter in zip(word.places, word.text, strict=True)
            }
            known = [(sign, place) for sign, place in zip(text, places, strict=True) if place != NOWHERE]
            assert all(letters[place] == sign for sign, place in known)
            assert sorted(place for _, place in known) == sorted(letters)
            assert all(sign in " \n|" for sign, place in zip(text, places, strict=True) if place == NOWHERE)


def test_what_is_hidden_and_shown_elsewhere_is_no_secret() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColorRGB(1, 1, 1)
        set_column(canvas, 61, 779, 470, PROSE["en"])
        canvas.setFillColorRGB(0, 0, 0)
        set_column(canvas, 60, 780, 470, PROSE["en"])

    document = read(print_pages(draw))
    assert (quotes(document, "paragraph"), document.withheld) == (PROSE["en"], ())


def test_pages_that_hold_one_like_line_each_keep_it() -> None:
    said = [f"House {number} keeps {number + 100} blankets." for number in range(3)]
    assert read_bytes(make_pdf(*([line] for line in said)), "houses.pdf").text.split("\n\n") == said
