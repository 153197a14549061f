"""What the lines of a printed page are: headings, items, rows and paragraphs."""

import pytest
from files import make_pdf
from printed import PROSE, folded, quotes, read
from printing import (
    BODY,
    BOLD,
    Draw,
    print_pages,
    set_column,
    set_table,
    set_text,
)
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

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


def test_wide_spaces_that_agree_by_chance_make_no_column_of_a_table() -> None:
    rows = [("Goal", "Indicator"), ("More bakers go", "Share of them who come home with a letter")]

    def draw(canvas: Canvas) -> None:
        canvas.setFont(BODY, 9)
        for top, (goal, measure) in zip((700, 660), rows, strict=True):
            canvas.rect(60, top, 160, 40)
            canvas.rect(220, top, 240, 40)
            canvas.drawString(66, top + 25, goal.rpartition(" ")[0] or goal)
            canvas.drawString(226, top + 25, measure.partition(" who")[0])
            if " who" in measure:
                canvas.drawRightString(214, top + 25, "go")  # as a justified line sets its last word
                canvas.drawString(226, top + 10, "who" + measure.partition(" who")[2])

    assert quotes(read(print_pages(draw)), "row") == [" | ".join(row) for row in rows]


def test_a_row_that_the_end_of_a_page_leaves_alone_is_a_row() -> None:
    head = ["Goal", "Indicator", "When"]

    def draw(canvas: Canvas) -> None:
        top = set_column(canvas, 60, 780, 440, PROSE["en"])
        set_table(canvas, 60, top - 10, [160, 160, 120], [head], ruled=True)

    assert quotes(read(print_pages(draw)), "row") == [" | ".join(head)]


def test_a_word_printed_in_pieces_is_as_wide_as_all_of_them() -> None:
    lines = ["Bakers of the harbour ask", "Apprenticeship Agencies of towns", "for a place to sleep."]

    def draw(canvas: Canvas) -> None:
        canvas.setFont(BODY, 10)
        for number, line in enumerate(lines):
            canvas.drawString(60, 700 - 12 * number, line[0])
            canvas.drawString(60 + canvas.stringWidth(line[0], BODY, 10) + 0.1, 700 - 12 * number, line[1:])

    assert quotes(read(print_pages(draw)), "paragraph") == [" ".join(lines)]


def test_labels_beside_what_they_name_are_rows() -> None:
    rows = [["Name", "Quayside School"], ["Place", "On the north bank"], ["Since", "1971"], ["Ovens", "Nine of them"]]

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 11)
        for at, (label, words) in enumerate(rows):
            canvas.drawString(60, 780 - 20 * at, label)
            canvas.drawString(180, 780 - 20 * at, words)

    assert quotes(read(print_pages(draw)), "row") == [" | ".join(row) for row in rows]


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


def test_a_wrapped_item_holds_its_lines_and_the_next_begins_anew() -> None:
    items = [PROSE["en"][0], PROSE["en"][1], "Short one."]

    def draw(canvas: Canvas) -> None:
        top = 780.0
        for item in items:
            canvas.setFont("Helvetica", 10)
            canvas.drawString(60, top - 12, "–")
            top = set_text(canvas, 74, top, 300, item)

    assert quotes(read(print_pages(draw)), "item") == items


def test_a_bullet_that_is_drawn_begins_an_item_as_one_that_is_set() -> None:
    items = ["Bakers who have kneaded rye beside others for a month", "Teachers at ease with guests", "Flour from afar"]

    def draw(canvas: Canvas) -> None:
        top = set_column(canvas, 60, 780, 300, PROSE["en"])
        for item in items:
            canvas.circle(66, top - 8.5, 1.8, stroke=0, fill=1)
            top = set_text(canvas, 76, top, 240, item)

    document = read(print_pages(draw))
    assert quotes(document, "item") == items
    assert quotes(document, "paragraph") == PROSE["en"]


def test_paragraphs_that_only_an_indent_parts_are_parted() -> None:
    def draw(canvas: Canvas) -> None:
        top = 780.0
        for paragraph in PROSE["en"]:
            canvas.setFont("Helvetica", 10)
            first = simpleSplit(paragraph, BODY, 10, 286)[0]
            canvas.drawString(74, top, first)
            top = set_text(canvas, 60, top, 300, paragraph[len(first) :]) - 12

    assert quotes(read(print_pages(draw)), "paragraph") == PROSE["en"]


def test_paragraphs_set_a_little_apart_are_parted_even_where_each_fills_its_line() -> None:
    titles = ["The bakery of our school", "What the winter brought us", "What stayed with the staff"]

    def draw(canvas: Canvas) -> None:
        top = 780.0
        for title, paragraph in zip(titles, PROSE["en"], strict=True):
            for text in (title, paragraph):
                top = set_text(canvas, 60, top, 125, text) - 3.6

    document = read(print_pages(draw))
    assert quotes(document, "heading") == titles
    assert quotes(document, "paragraph") == PROSE["en"]


def test_a_title_of_two_lines_is_one_heading_with_its_years() -> None:
    def draw(canvas: Canvas) -> None:
        set_text(canvas, 60, 790, 300, "Strategy of the harbour bakers 2028-2031", size=24, leading=27)
        set_column(canvas, 60, 700, 440, PROSE["en"])

    assert quotes(read(print_pages(draw)), "heading") == ["Strategy of the harbour bakers 2028-2031"]


def test_numbers_in_plain_letters_are_items_where_headings_are_bold() -> None:
    aims = ["Bread for guests", "Guests for bread", "Flour from afar"]

    def draw(canvas: Canvas) -> None:
        top = 790.0
        for title in ("What we want", "Who does it"):
            top = set_text(canvas, 60, top - 10, 440, title, font=BOLD, size=13, leading=16)
            for number, aim in enumerate(aims, start=1):
                top = set_text(canvas, 60, top - 4, 440, f"{number}. {aim}")
                top = set_text(canvas, 60, top - 4, 440, PROSE["en"][number - 1])

    document = read(print_pages(draw))
    assert quotes(document, "heading") == ["What we want", "Who does it"]
    assert quotes(document, "item") == aims * 2


def test_a_note_in_brackets_after_a_sentence_is_no_heading() -> None:
    steps = [f"{PROSE['en'][0]} (Planned for spring {year})" for year in (2028, 2029, 2030)]
    width = next(one for one in range(300, 480) if cut(steps[0], one)[-1][0] == "(")

    def draw(canvas: Canvas) -> None:
        top = 780.0
        for step in steps:
            top = set_text(canvas, 60, top - 4, width, f"– {step}")

    assert quotes(read(print_pages(draw)), "item") == steps


def cut(step: str, width: int) -> list[str]:
    return simpleSplit(f"– {step}", BODY, 10, width)


def test_the_next_number_of_a_list_begins_anew_under_a_line_without_full_stop() -> None:
    goals = ["More apprentices bake abroad", "Teachers speak with the guests", "Firms plan the stays with us"]
    measure = "Indicator: share of apprentices who say so after two weeks"
    lines = [line for number, goal in enumerate(goals, start=1) for line in (f"{number}. {goal}", measure)]
    document = read(make_pdf(["What we want", "", *lines]))
    assert quotes(document, "item") == goals
    assert quotes(document, "paragraph") == [measure] * len(goals)
