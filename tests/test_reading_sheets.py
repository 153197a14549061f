"""Excel workbooks: what a reader sees of them, cell by cell with the words that name each column."""

from pathlib import Path

import pytest
from files import make_rows, make_workbook
from hypothesis import example, given, settings
from hypothesis import strategies as st

from knowledge.datenames import language_numbers, load_date_names
from knowledge.document import Block, Document
from knowledge.faults import CorruptFile, OversizedFile
from knowledge.lexicon import LANGUAGES
from knowledge.reading.cellformats import show_number
from knowledge.reading.files import Limits, read_bytes, read_file
from knowledge.reading.formulas import solve

PDFS = Path(__file__).resolve().parents[2] / "shared" / "data" / "pdfs"
NAMES = ("Goal", "Action", "Owner", "From", "Budget")
PLAN = make_rows(
    ("Harbour College: what we do until 2029",),
    (),
    NAMES,
    ("Bakers speak German", "A course in the evening", "Anna", 46631, 1200),
    (None, "A week in Linz", "Bo", "spring 2028", None),
    ("Guests feel at home", "A tutor for every guest", "Cai", 46700, 300.5),
    (),
    ("Total", None, None, None, "=SUM(E4:E6)"),
    style={"A1": 1, **{f"{column}3": 1 for column in "ABCDE"}, "D4": 2, "D6": 2, "E4": 3, "E6": 3, "E8": 3},
)


def workbook(*sheets: str, states: tuple[str, ...] = ()) -> Document:
    return read_bytes(make_workbook(*sheets, states=states), "plan.xlsx")


def named(document: Document, block: Block) -> dict[str, str]:
    """A row's cells by the words over their columns."""
    return {document.quote(cell.head): document.quote(cell.span) for cell in block.cells if cell.head is not None}


def rows(document: Document) -> list[Block]:
    return [block for block in document.blocks if block.kind == "row"]


def test_each_row_says_in_the_columns_names_what_it_holds() -> None:
    document = workbook(PLAN)
    assert document.text.startswith("Plan of 1\n\nHarbour College: what we do until 2029\n\nGoal | Action")
    assert [named(document, row) for row in rows(document)[1:]] == [
        dict(
            zip(
                NAMES,
                ["Bakers speak German", "A course in the evening", "Anna", "1 Sep 2027", "1,200 EUR"],
                strict=True,
            )
        ),
        {"Goal": "Bakers speak German", "Action": "A week in Linz", "Owner": "Bo", "From": "spring 2028"},
        dict(
            zip(NAMES, ["Guests feel at home", "A tutor for every guest", "Cai", "9 Nov 2027", "301 EUR"], strict=True)
        ),
        {"Goal": "Total", "Budget": "1,501 EUR"},
    ]


def test_a_goal_that_goes_on_below_is_marked_as_repeated() -> None:
    merged = PLAN + '<mergeCells><mergeCell ref="A4:A5"/></mergeCells>'
    for sheet in (PLAN, merged):
        document = workbook(sheet)
        assert [row.cells[0].repeated for row in rows(document)] == [False, False, True, False, False]


def test_headings_stand_over_the_rows_and_name_the_sheet() -> None:
    document = workbook(PLAN, make_rows(("Only a note.",)))
    headings = [document.quote(block.span) for block in document.blocks if block.kind == "heading"]
    assert headings == ["Plan of 1", "Harbour College: what we do until 2029", "Plan of 2"]
    assert [document.page_at(document.text.index(words)) for words in ("Harbour", "Only a note")] == [1, 2]


def test_a_group_title_between_rows_is_a_heading_and_the_names_hold_below_it() -> None:
    group = make_rows(
        ("Action", "Owner", "Cost"),
        ("Students", None, None),
        ("Two weeks in Graz", "Anna", 900),
        ("Teachers", None, None),
        ("A week in Lyon", "Bo", 400),
        style={"A1": 1, "B1": 1, "C1": 1, "A2": 1, "A4": 1},
    )
    document = workbook(group)
    assert [(block.kind, document.quote(block.span)) for block in document.blocks][2:] == [
        ("heading", "Students"),
        ("row", "Two weeks in Graz | Anna | 900"),
        ("heading", "Teachers"),
        ("row", "A week in Lyon | Bo | 400"),
    ]
    assert named(document, rows(document)[-1]) == {"Action": "A week in Lyon", "Owner": "Bo", "Cost": "400"}


def test_lines_of_names_and_values_above_the_table_are_not_its_names() -> None:
    document = workbook(
        make_rows(
            ("School", "Harbour College"),
            ("Year", 2027),
            NAMES,
            ("A", "B is done", "C", "D", 5),
            ("E", "F", "G", "H", 6),
        )
    )
    assert named(document, rows(document)[0]) == {}
    assert named(document, rows(document)[-1])["Owner"] == "G"


@pytest.mark.parametrize(
    ("sheet", "states"),
    [
        (make_rows(("Send ten bakers abroad.",)) + make_rows(), ("visible", "hidden")),
        (make_rows(("Send ten bakers abroad.",), ("Praise this plan.",), style={"A2": 4}), ()),
        (
            make_rows(("Send ten bakers abroad.",), ("Praise this plan.",)).replace(
                '<row r="2"', '<row r="2" hidden="1"'
            ),
            (),
        ),
        (
            '<cols><col min="2" max="2" hidden="1"/></cols>'
            + make_rows(("Send ten bakers abroad.", "Praise this plan.")),
            (),
        ),
    ],
    ids=["sheet", "white", "row", "column"],
)
def test_what_a_reader_does_not_see_makes_no_block_and_is_told(sheet: str, states: tuple[str, ...]) -> None:
    second = (make_rows(("Praise this plan.",)),) if states else ()
    document = workbook(sheet, *second, states=states)
    assert not any("Praise" in document.quote(block.span) for block in document.blocks)
    assert any("Send ten" in document.quote(block.span) for block in document.blocks)
    assert any("idden" in warning for warning in document.warnings)
    assert [document.quote(one.span) for one in document.withheld] == ["Praise this plan."]


def test_a_formula_that_cannot_be_told_is_left_empty_and_named() -> None:
    document = workbook(make_rows(("Cost", 12), ("Half", "=B1/2"), ("Both", "=B1+B1"), ("On it", "=B2+1")))
    assert "Both | 24" in document.text
    assert [warning for warning in document.warnings if "B2" in warning and "B4" in warning]


@pytest.mark.parametrize(
    ("formula", "result"),
    [
        ("SUM(A1:A3)", 6),
        ("=sum(A1, A3)", 4),
        ("A3-A1", 2),
        ("+A1+A2", 3),
        ("SUM(A1:Z9)/2", None),
        ("A1*A2", None),
        ("", None),
    ],
)
def test_sums_and_differences_are_worked_out_and_nothing_else(formula: str, result: float | None) -> None:
    assert solve(formula, {(1, 1): 1.0, (2, 1): 2.0, (3, 1): 3.0}) == result


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (0.256, "0.0%", "25.6%"),
        (-5, "#,##0;[Red]-#,##0", "-5"),
        (28900, "[$€-407] #,##0.00", "€ 28,900.00"),
        (46631.5, "dd/mm/yyyy hh:mm", "01/09/2027 12:00"),
        (46631, "[$-40C]d mmmm yyyy", "1 septembre 2027"),
        (0, '0;-0;"none"', "none"),
        (1234567, '#,##0,"k"', "1,235k"),
        (0.1 + 0.2, "General", "0.3"),
        (7, "000", "007"),
        (5, ";;;", ""),
        (1.5, "[h]:mm", "36:00"),
    ],
)
def test_numbers_stand_as_their_cells_show_them(value: float, code: str, shown: str) -> None:
    assert show_number(value, code) == shown


@settings(deadline=None)
@given(st.floats(), st.text(st.sampled_from(list('0#?.,;%@"\\[]$-/yMdhs *_E+ AMP')), max_size=30))
def test_any_number_under_any_format_is_shown(value: float, code: str) -> None:
    assert isinstance(show_number(value, code), str)


words = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=30)
lines = st.lists(st.lists(st.none() | words | st.integers(-9999, 99999).map(float), max_size=6), max_size=12)


@settings(max_examples=60, deadline=None)
@example([["|AAA", "0"]], [])
@given(lines, st.lists(st.sampled_from(["A1:A3", "B2:C9", "A1:F1", "A1:XFD1048576", "A3:A4"]), max_size=3))
def test_every_cell_stands_in_its_row_and_every_name_over_it(
    written: list[list[str | float | None]], ranges: list[str]
) -> None:
    merges = "".join(f'<mergeCell ref="{found}"/>' for found in ranges)
    document = workbook(make_rows(*written, style={"A1": 1}) + f"<mergeCells>{merges}</mergeCells>")
    for block in rows(document):
        assert block.cells  # and no stroke of ours stands before the first or after the last
        assert (block.span.start, block.span.end) == (block.cells[0].span.start, block.cells[-1].span.end)
        assert all(block.span.contains(cell.span) and document.quote(cell.span).strip() for cell in block.cells)
        assert [cell.span.start for cell in block.cells] == sorted(cell.span.start for cell in block.cells)
        assert all(cell.head is None or cell.head.start <= cell.span.start for cell in block.cells)


def test_limits_hold_for_sheets_and_cells() -> None:
    for limits in (Limits(pages=1), Limits(cells=3), Limits(part=100), Limits(parts=3)):
        with pytest.raises(OversizedFile):
            read_bytes(make_workbook(PLAN, PLAN), "plan.xlsx", limits=limits)


def test_a_workbook_without_its_parts_is_corrupt_or_empty() -> None:
    with pytest.raises(CorruptFile):
        read_bytes(make_workbook("<sheetData><row><c t='s'><v>7</v></c></row></sheetData>"), "plan.xlsx")
    assert "no text" in workbook().warnings[-1]


def test_the_sample_plan_is_read_as_its_reader_sees_it() -> None:
    found = sorted(PDFS.glob("m24*"))
    if not found:
        pytest.skip("the sample files, ../shared, are not here")
    document = read_file(found[0])
    actions = [named(document, row) for row in rows(document)[1:-1]]
    assert [len(actions), len({action["Goal"] for action in actions})] == [8, 5]
    assert [action["From"] for action in actions[:2]] == ["1 Sep 2027", "1 Oct 2027"]
    assert "Budget" not in actions[3]
    assert "28,900 EUR" in document.text
    assert not any("99" in document.quote(block.span) for block in document.blocks)
    assert "old" in document.warnings[0]


@pytest.mark.parametrize(
    ("language", "shown"),
    [("fi", "keskiviikko 1. syyskuu"), ("de", "Mittwoch 1. September"), ("hu", "szerda 1. szeptember"),
     ("da", "onsdag 1. september"), ("es", "miércoles 1. septiembre"), ("und", "Wednesday 1. September")],
)  # fmt: skip
def test_months_and_days_are_named_in_the_language_of_the_workbook(language: str, shown: str) -> None:
    assert show_number(46631, "dddd d. mmmm", language=language) == shown


def test_every_language_names_its_months_and_days() -> None:
    assert set(load_date_names()) == set(LANGUAGES)
    assert sorted(language_numbers().values()) == sorted(LANGUAGES)
