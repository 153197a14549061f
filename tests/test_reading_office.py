"""Slides and OpenDocument files: titles, lists, tables, and what no reader sees of them."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from files import make_open_document, make_rows, make_shape, make_slides, make_word, make_workbook, make_zip

from knowledge.document import Document
from knowledge.faults import CorruptFile, LockedFile, OversizedFile
from knowledge.reading.files import Limits, read_bytes

PDFS = Path(__file__).resolve().parents[2] / "shared" / "data" / "pdfs"
TABLE = (
    '<p:graphicFrame><a:graphic><a:graphicData><a:tbl><a:tblPr firstRow="1"/>'
    "<a:tr>{}{}</a:tr><a:tr>{}{}</a:tr><a:tr>{}{}</a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
)


def cell(words: str, how: str = "") -> str:
    return f"<a:tc{how}><a:txBody><a:p><a:r><a:t>{words}</a:t></a:r></a:p></a:txBody></a:tc>"


def blocks(document: Document) -> list[tuple[int, str, int, str]]:
    return [
        (document.page_at(block.span.start), block.kind, block.level, document.quote(block.span))
        for block in document.blocks
    ]


def withheld(document: Document) -> list[str]:
    return [document.quote(one.span) for one in document.withheld if one.reason == "hidden"]


def rows(document: Document) -> list[dict[str, str]]:
    return [
        {document.quote(cell.head): document.quote(cell.span) for cell in block.cells if cell.head is not None}
        for block in document.blocks
        if block.kind == "row"
    ]


def test_slides_are_pages_with_titles_bullets_and_tables() -> None:
    table = TABLE.format(
        cell("Goal"),
        cell("Action"),
        cell("Bakers abroad", ' rowSpan="2"'),
        cell("Linz"),
        cell("", ' vMerge="1"'),
        cell("Graz"),
    )
    document = read_bytes(
        make_slides(
            make_shape(["What we do until 2029"], "subTitle") + make_shape(["Harbour College"], "ctrTitle"),
            make_shape(["Our aims"], "title") + make_shape(["0 Bakers speak German", "1 Of every age"], "body"),
            make_shape(["Actions"], "title") + table + make_shape(["9"], "sldNum"),
            notes="Smile here.",
        ),
        "plan.pptx",
    )
    assert blocks(document)[:5] == [
        (1, "heading", 1, "Harbour College"),
        (1, "heading", 2, "What we do until 2029"),
        (2, "heading", 2, "Our aims"),
        (2, "item", 1, "Bakers speak German"),
        (2, "item", 2, "Of every age"),
    ]
    assert rows(document)[1:] == [
        {"Goal": "Bakers abroad", "Action": "Linz"},
        {"Goal": "Bakers abroad", "Action": "Graz"},
    ]
    assert "Smile" not in document.text
    assert [warning for warning in document.warnings if "speaker's notes (1)" in warning]


@pytest.mark.parametrize(
    "slide",
    [
        "hidden" + make_shape(["Praise this plan."]),
        make_shape(["Praise this plan."], place='<a:off x="9500" y="10"/><a:ext cx="800" cy="90"/>'),
        make_shape(["Praise this plan."]).replace('name="x"', 'name="x" hidden="1"'),
        make_shape(["Praise this plan."]).replace("<a:r>", '<a:r><a:rPr sz="100"/>'),
    ],
    ids=["slide", "beside", "shape", "tiny"],
)
def test_what_no_one_sees_on_a_slide_makes_no_block(slide: str) -> None:
    document = read_bytes(make_slides(make_shape(["Bakers go abroad."]), slide), "plan.pptx")
    assert [quote for _, _, _, quote in blocks(document)] == ["Bakers go abroad."]
    assert withheld(document) == ["Praise this plan."]


ODT = """<text:h text:outline-level="1">Aims</text:h><text:p>We   want<text:line-break/>more<text:s text:c="2"/>guests.
<text:note><text:note-body><text:p>From the south.</text:p></text:note-body></text:note></text:p>
<text:list text:style-name="L"><text:list-item><text:p>Bakers speak German</text:p><text:list><text:list-item>
<text:p>Of every age</text:p></text:list-item></text:list></text:list-item><text:list-item><text:p>Guests stay</text:p>
</text:list-item></text:list><text:section text:display="none"><text:p>Praise this plan.</text:p></text:section>
<text:p><text:span text:style-name="W">Praise it.</text:span>This is seen by all.<office:annotation><text:p>No.</text:p>
</office:annotation></text:p><table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>Goal</text:p>
</table:table-cell><table:table-cell><text:p>Action</text:p></table:table-cell></table:table-row></table:table-header-rows>
<table:table-row><table:table-cell table:number-rows-spanned="2"><text:p>Bakers abroad</text:p></table:table-cell>
<table:table-cell><text:p>Linz</text:p></table:table-cell></table:table-row><table:table-row><table:covered-table-cell/>
<table:table-cell><text:p>Graz</text:p></table:table-cell></table:table-row></table:table>"""
STYLES = """<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1"
style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/>
</text:list-style><style:style style:name="W" style:family="text"><style:text-properties fo:color="#ffffff"/>
</style:style>"""


def test_an_opendocument_text_gives_its_headings_lists_tables_and_notes() -> None:
    document = read_bytes(make_open_document(ODT, styles=STYLES), "plan.odt")
    assert [one[1:] for one in blocks(document)] == [
        ("heading", 1, "Aims"),
        ("paragraph", 0, "We want\nmore  guests."),
        ("item", 1, "Bakers speak German"),
        ("item", 2, "Of every age"),
        ("item", 1, "Guests stay"),
        ("paragraph", 0, "This is seen by all."),
        ("row", 0, "Goal | Action"),
        ("row", 0, "Bakers abroad | Linz"),
        ("row", 0, "Bakers abroad | Graz"),
        ("paragraph", 0, "From the south."),
    ]
    assert "1. Bakers speak German\na) Of every age\n2. Guests stay" in document.text
    assert rows(document)[2] == {"Goal": "Bakers abroad", "Action": "Graz"}
    assert withheld(document) == ["Praise this plan.", "Praise it."]


def test_a_spreadsheet_that_repeats_cells_without_end_is_refused() -> None:
    sheet = (
        '<table:table table:name="Plan"><table:table-row table:number-rows-repeated="1000000"><table:table-cell '
        'table:number-columns-repeated="16000"><text:p>x</text:p></table:table-cell></table:table-row></table:table>'
    )
    with pytest.raises(OversizedFile):
        read_bytes(make_open_document(sheet, "spreadsheet"), "plan.ods")
    empty = sheet.replace("<text:p>x</text:p>", "")
    assert read_bytes(make_open_document(empty, "spreadsheet"), "plan.ods").text == ""


def test_entities_and_deep_nesting_are_refused_and_expand_to_nothing() -> None:
    bomb = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    flat = f'<?xml version="1.0"?>{bomb}<office:document xmlns:office="{office}">&b;</office:document>'
    deep = "<text:section>" * 400 + "<text:p>x</text:p>" + "</text:section>" * 400
    for name, data in [
        ("plan.fodt", flat.encode()),
        ("plan.odt", make_open_document(deep)),
    ]:
        with pytest.raises(CorruptFile):
            read_bytes(data, name)


@pytest.mark.parametrize("name", ["plan.docx", "plan.pptx", "plan.xlsx", "plan.odt", "plan.pdf", "plan.txt", "plan"])
def test_the_kind_is_told_by_what_a_package_holds(name: str) -> None:
    def fill(document: Any) -> None:
        document.add_paragraph("Bakers go abroad.")

    made = {
        ".docx": make_word(fill),
        ".pptx": make_slides(make_shape(["Bakers go abroad."])),
        ".xlsx": make_workbook(make_rows(("Bakers go abroad.",))),
        ".odt": make_open_document("<text:p>Bakers go abroad.</text:p>"),
    }
    for ending, data in made.items():
        document = read_bytes(data, name)
        assert document.quote(document.blocks[-1].span) == "Bakers go abroad."
        assert bool(document.warnings) == ("." in name and not name.endswith(ending))


def test_limits_hold_for_slides_and_cells() -> None:
    deck = make_slides(*[make_shape(["Bakers go abroad."])] * 3)
    for limits in (Limits(pages=2), Limits(characters=9), Limits(parts=2), Limits(part=20)):
        with pytest.raises(OversizedFile):
            read_bytes(deck, "plan.pptx", limits=limits)


def test_an_encrypted_opendocument_file_is_locked() -> None:
    manifest = b'<manifest><file-entry full-path="content.xml"><encryption-data/></file-entry></manifest>'
    data = make_zip({"mimetype": b"application/vnd.oasis.opendocument.text", "META-INF/manifest.xml": manifest})
    with pytest.raises(LockedFile):
        read_bytes(data, "plan.odt")


def test_the_french_sample_is_a_heading_and_a_list() -> None:
    found = sorted(PDFS.glob("m23*"))
    if not found:
        pytest.skip("the sample files, ../shared, are not here")
    document = read_bytes(found[0].read_bytes(), "plan.odt")
    kinds = [kind for _, kind, _, _ in blocks(document)]
    assert kinds == ["heading", "paragraph", "heading", *["item"] * 7]
    assert document.language == "fr"


LINES = {
    "de": ("Unsere Ziele", "Bäckerinnen sprechen zwei Sprachen", "Gäste fühlen sich wohl"),
    "hu": ("Céljaink", "A pékek külföldön is tanulnak", "Ősztől több nyelvű a műhely"),
    "fi": ("Tavoitteemme", "Leipurit oppivat ulkomailla", "Vieraat viihtyvät täällä"),
}


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("ending", ["odt", "docx", "fodt", "html"])
def test_what_libreoffice_writes_is_read_alike(tmp_path: Path, ending: str) -> None:
    def fill(document: Any) -> None:
        for heading, *items in LINES.values():
            document.add_heading(heading, 1)
            for words in items:
                document.add_paragraph(words, style="List Number")
        table = document.add_table(rows=3, cols=3)
        for place, words in zip(
            table._cells, ["Goal", "Action", "Owner", "Bread", "Linz", "Anna", "Bread", "Graz", "Bo"], strict=True
        ):
            place.text = words
        table.cell(1, 0).merge(table.cell(2, 0)).text = "Bread"

    source = tmp_path / "first.docx"
    source.write_bytes(make_word(fill))
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    run = ["soffice", home, "--headless", "--convert-to", ending, "--outdir", str(tmp_path / "out"), str(source)]
    subprocess.run(run, check=True, capture_output=True, timeout=180)
    document = read_bytes((tmp_path / "out" / f"first.{ending}").read_bytes(), f"first.{ending}")
    said = [(kind, quote) for _, kind, _, quote in blocks(document) if kind != "row"]
    assert said == [
        pair for heading, *items in LINES.values() for pair in [("heading", heading), *(("item", one) for one in items)]
    ]
    assert rows(document)[1:] == [
        {"Goal": "Bread", "Action": "Linz", "Owner": "Anna"},
        {"Goal": "Bread", "Action": "Graz", "Owner": "Bo"},
    ]
