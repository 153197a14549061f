"""Word files: the accepted text as a reader sees it, with its structure."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from files import make_run, make_word, make_zip, put_paragraphs, word_plan
from printed import quotes

from knowledge.document import Document
from knowledge.faults import CorruptFile, LockedFile, UnknownFormat, UnreadableFile
from knowledge.reading.files import read_bytes


def blocks(document: Document) -> list[tuple[str, int, str]]:
    return [(block.kind, block.level, document.quote(block.span)) for block in document.blocks]


def refusal(data: bytes, name: str, **options: Any) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as caught:
        read_bytes(data, name, **options)
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith(name)
    return caught.value


def test_a_word_file_gives_headings_items_and_rows() -> None:
    document = read_bytes(make_word(word_plan), "plan.docx")
    assert blocks(document) == [
        ("heading", 1, "Harbour College"),
        ("heading", 1, "Aims"),
        ("paragraph", 0, "Our bakers go abroad."),
        ("item", 1, "Bakers who speak German"),
        ("item", 2, "Of every age"),
        ("row", 0, "Value | Meaning"),
        ("row", 0, "Brave | We try."),
    ]
    assert [page.number for page in document.pages] == [1]


def test_bold_lines_of_a_word_file_without_styles_are_its_headings() -> None:
    def fill(document: Any) -> None:
        for line, bold in [
            ("Mission", True),
            ("Bread for the coast", False),
            ("Vision", True),
            ("Bakers abroad", False),
        ]:
            document.add_paragraph().add_run(line).bold = bold

    assert [(kind, words) for kind, _, words in blocks(read_bytes(make_word(fill), "plan.docx"))] == [
        ("heading", "Mission"),
        ("paragraph", "Bread for the coast"),
        ("heading", "Vision"),
        ("paragraph", "Bakers abroad"),
    ]


def test_tracked_changes_are_read_as_accepted_and_links_and_boxes_with_their_words() -> None:
    inner = (
        '<w:r><w:t xml:space="preserve">Until </w:t></w:r><w:del><w:r><w:delText>2028</w:delText></w:r></w:del>'
        "<w:ins><w:r><w:t>2029</w:t></w:r></w:ins><w:hyperlink><w:r><w:t>, see here</w:t></w:r></w:hyperlink>"
        "<w:r><w:br/><w:t>and there.</w:t></w:r>"
        "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>Words in a box.</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"
    )

    def fill(document: Any) -> None:
        document.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w')}>{inner}</w:p>"))

    assert read_bytes(make_word(fill), "plan.docx").text == "Until 2029, see here\nand there.\n\nWords in a box."


def test_a_table_of_one_column_is_only_a_frame() -> None:
    def fill(document: Any) -> None:
        cell = document.add_table(rows=1, cols=1).cell(0, 0)
        cell.text = "Our bakers go abroad every year."
        cell.add_paragraph("They come back.")

    assert quotes(read_bytes(make_word(fill), "plan.docx"), "paragraph") == [
        "Our bakers go abroad every year.",
        "They come back.",
    ]


def test_a_word_file_without_words_is_a_document_with_a_warning() -> None:
    document = read_bytes(make_word(lambda _: None), "plan.docx")
    assert (document.text, document.pages[0].source) == ("", "none")
    assert "no text" in document.warnings[0]


def test_a_damaged_word_file_is_corrupt() -> None:
    whole = make_word(word_plan)
    assert type(refusal(whole[: len(whole) // 2], "plan.docx")) is CorruptFile
    assert type(refusal(make_zip({"word/document.xml": b"<w:document"}), "plan.docx")) is CorruptFile


def test_old_and_locked_word_files_are_told_apart() -> None:
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    assert type(refusal(old, "plan.doc")) is UnknownFormat
    assert type(refusal(old + "EncryptedPackage".encode("utf-16-le"), "plan.docx")) is LockedFile


def test_numbers_that_word_shows_stand_before_their_words_and_in_no_block() -> None:
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{style}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for depth, style, text in [(0, "decimal", "Goal %1:"), (1, "lowerLetter", "%1.%2)"), (2, "bullet", "-")]
    )

    def fill(document: Any) -> None:
        numbering = document.part.numbering_part.element
        space = nsdecls("w")
        numbering.insert(0, parse_xml(f'<w:abstractNum {space} w:abstractNumId="77">{levels}</w:abstractNum>'))
        numbering.append(parse_xml(f'<w:num {space} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
        put_paragraphs(
            document,
            *(
                f'<w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="77"/></w:numPr></w:pPr>{make_run(words)}'
                for depth, words in [
                    (0, "Bread abroad"),
                    (1, "German"),
                    (1, "French"),
                    (2, "daily"),
                    (0, "Guests"),
                    (1, "Tutors"),
                ]
            ),
        )

    document = read_bytes(make_word(fill), "plan.docx")
    assert document.text.split("\n") == [
        "• Goal 1: Bread abroad",
        "1.a) German",
        "1.b) French",
        "• daily",
        "• Goal 2: Guests",
        "2.a) Tutors",
    ]
    assert [(level, words) for _, level, words in blocks(document)][:3] == [
        (1, "Goal 1: Bread abroad"),
        (2, "German"),
        (2, "French"),
    ]


def test_a_cell_that_reaches_down_is_repeated_in_each_of_its_rows() -> None:
    def fill(document: Any) -> None:
        table = document.add_table(rows=3, cols=3)
        for cell, words in zip(
            table._cells, ["Ziel", "Maßnahme", "Wer", "", "Kurs", "Anna", "", "Reise", "Bo"], strict=True
        ):
            cell.text = words
        table.cell(1, 0).merge(table.cell(2, 0)).text = "Zwei Sprachen"

    document = read_bytes(make_word(fill), "plan.docx")
    assert quotes(document, "row") == [
        "Ziel | Maßnahme | Wer",
        "Zwei Sprachen | Kurs | Anna",
        "Zwei Sprachen | Reise | Bo",
    ]
    last = document.blocks[-1]
    assert [cell.repeated for cell in last.cells] == [True, False, False]
    assert [document.quote(cell.head) for cell in last.cells if cell.head] == ["Ziel", "Maßnahme", "Wer"]


def test_a_row_of_one_cell_between_the_rows_is_read_through() -> None:
    def fill(document: Any) -> None:
        table = document.add_table(rows=3, cols=3)
        for cell, words in zip(
            table._cells, ["Action", "Owner", "When", "", "", "", "Trip", "Bo", "2028"], strict=True
        ):
            cell.text = words
        table.cell(1, 0).merge(table.cell(1, 2)).paragraphs[0].add_run("Students learn abroad").bold = True

    document = read_bytes(make_word(fill), "plan.docx")
    assert [kind for kind, _, _ in blocks(document)] == ["row", "heading", "row"]
    assert [document.quote(cell.head) for cell in document.blocks[-1].cells if cell.head] == ["Action", "Owner", "When"]


def test_a_paragraph_whose_end_was_deleted_goes_on_and_a_prompt_is_no_text() -> None:
    gone = '<w:pPr><w:rPr><w:del w:id="1" w:author="A"/></w:rPr></w:pPr>'
    shown = "<w:sdtContent><w:r><w:t>Click here</w:t></w:r></w:sdtContent>"
    prompt = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>{shown}</w:sdt>"
    document = read_bytes(
        make_word(
            lambda made: put_paragraphs(made, gone + make_run("We bake bread "), make_run("for the coast.") + prompt)
        ),
        "plan.docx",
    )
    assert quotes(document, "paragraph") == ["We bake bread for the coast."]


def rebuilt(data: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    return make_zip(parts)


def test_notes_stand_at_the_end_as_paragraphs() -> None:
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    data = make_word(lambda made: put_paragraphs(made, make_run("We bake bread.") + mark, make_run("We travel.")))
    note = f'<w:footnote w:id="2"><w:p>{make_run("Rye and wheat, by the way.")}</w:p></w:footnote>'
    notes = f"<w:footnotes {nsdecls('w')}>{note}</w:footnotes>"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"

    def add(parts: dict[str, bytes]) -> None:
        parts["word/footnotes.xml"] = notes.encode()
        links = parts["word/_rels/document.xml.rels"]
        link = f'<Relationship Id="fn" Type="{kind}" Target="footnotes.xml"/></Relationships>'.encode()
        parts["word/_rels/document.xml.rels"] = links.replace(b"</Relationships>", link)

    document = read_bytes(rebuilt(data, add), "plan.docx")
    assert quotes(document, "paragraph") == ["We bake bread.", "We travel.", "Rye and wheat, by the way."]


def test_a_file_in_the_strict_form_is_read_alike() -> None:
    usual = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"

    def tighten(parts: dict[str, bytes]) -> None:
        for name in list(parts):
            parts[name] = parts[name].replace(usual, b"http://purl.oclc.org/ooxml/wordprocessingml/main")

    data = make_word(word_plan)
    assert read_bytes(rebuilt(data, tighten), "plan.docx").text == read_bytes(data, "plan.docx").text


def test_macros_are_data_that_is_never_looked_at() -> None:
    def arm(parts: dict[str, bytes]) -> None:
        parts["word/vbaProject.bin"] = b"Sub AutoOpen()"
        parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
            b"openxmlformats-officedocument.wordprocessingml.document.main+xml",
            b"ms-word.document.macroEnabled.main+xml",
        )

    document = read_bytes(rebuilt(make_word(word_plan), arm), "plan.docm")
    assert "Bakers who speak German" in document.text
    assert not document.warnings
