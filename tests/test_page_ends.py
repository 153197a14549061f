"""What the end of a page cuts is read whole, and stands on the page where it begins."""

from collections.abc import Sequence

from reportlab.pdfgen.canvas import Canvas

from knowledge.document import Document, Span
from knowledge.reading.draft import Limits, Source
from knowledge.reading.files import read_bytes
from knowledge.reading.pdf import locate
from tests.printing import Draw, print_pages, set_table, set_text

NAMES = ("Goal", "Action", "Owner")
FILLING = (
    "Every apprentice learns a second language in the workshop and at school, and speaks it with those who come to "
    "visit us from the firms abroad."
)


def quotes(document: Document, kind: str) -> list[str]:
    return [document.quote(block.span).replace("\n", " ") for block in document.blocks if block.kind == kind]


def fill_down(canvas: Canvas, text: str, top: float = 780) -> None:
    for _ in range(3):
        top = set_text(canvas, 60, top, 460, FILLING) - 6
    set_text(canvas, 60, top, 460, text)


def read_table(*pages: Sequence[Sequence[str]]) -> Document:
    def printer(rows: Sequence[Sequence[str]]) -> Draw:
        return lambda canvas: set_table(canvas, 60, 780, (180, 180, 100), rows, ruled=True) and None

    return read_bytes(print_pages(*map(printer, pages)), "plan.pdf")


def test_a_sentence_over_a_page_break_is_one_paragraph_on_the_page_where_it_begins() -> None:
    data = print_pages(
        lambda canvas: fill_down(canvas, "By the end of the period our teachers will have learnt from"),
        lambda canvas: fill_down(canvas, FILLING, set_text(canvas, 60, 780, 460, "colleagues in three countries.") - 6),
    )
    document = read_bytes(data, "plan.pdf")
    whole = "By the end of the period our teachers will have learnt from colleagues in three countries."
    assert quotes(document, "paragraph").count(whole) == 1
    start = document.text.index("By the end")
    end = document.text.index("countries.")
    assert document.page_at(start) == document.page_at(end) == 1
    found = locate(Source(data, "plan.pdf", None, Limits()), Span(start, end))
    assert {page for page, _ in found} == {1, 2}
    assert all(box.top < 100 for page, box in found if page == 2)


def test_a_sentence_that_ends_with_its_page_is_not_joined_to_the_next() -> None:
    first, second = "Our cooks travel in spring.", "others follow when their papers are ready."
    data = print_pages(
        lambda canvas: fill_down(canvas, first),
        lambda canvas: set_text(canvas, 60, 780, 460, second) and None,
    )
    assert quotes(read_bytes(data, "plan.pdf"), "paragraph")[-2:] == [first, second]


def test_the_names_of_columns_repeated_on_a_new_page_are_read_once_and_name_its_cells_too() -> None:
    rows = [[f"Goal number {word}", f"Send {word} cooks abroad", "Head"] for word in ("one", "two", "three", "four")]
    document = read_table([NAMES, *rows[:2]], [NAMES, *rows[2:]])
    assert quotes(document, "row") == [" | ".join(row) for row in (NAMES, *rows)]
    heads = [
        [document.quote(cell.head) for cell in block.cells if cell.head] for block in document.blocks if block.cells
    ]
    assert heads == [list(NAMES)] * 5


def test_a_row_that_the_end_of_a_page_cuts_is_one_row() -> None:
    document = read_table(
        [
            NAMES,
            ("Learners go abroad", "Find six firms", "Office"),
            ("Teachers learn abroad", "Send eight to", "Head of"),
        ],
        [NAMES, ("", "shadow a colleague", "teaching"), ("Time counts", "Write a form", "Registrar")],
    )
    assert quotes(document, "row") == [
        "Goal | Action | Owner",
        "Learners go abroad | Find six firms | Office",
        "Teachers learn abroad | Send eight to shadow a colleague | Head of teaching",
        "Time counts | Write a form | Registrar",
    ]


def test_a_row_that_begins_on_a_new_page_stays_a_row() -> None:
    document = read_table(
        [NAMES, ("Learners go abroad", "Find six firms", "Office")],
        [("Teachers learn abroad", "Send eight to a firm", "Head"), ("Time counts", "Write a form", "Registrar")],
    )
    assert len(quotes(document, "row")) == 4
