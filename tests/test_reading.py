"""Files into documents: what each format gives, what is said where something cannot be read, and what is refused."""

import re
from pathlib import Path
from typing import Any

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from files import lock_pdf, make_pdf, make_word, make_zip

from knowledge.document import Document
from knowledge.faults import (
    CorruptFile,
    EmptyFile,
    LockedFile,
    OversizedFile,
    UnknownFormat,
    UnreadableFile,
)
from knowledge.reading.files import FORMATS, Limits, read_bytes, read_file

PLAN = (
    "Harbour College",
    "Mission",
    "We train bakers for the coast.",
    "Aims",
    "- Bakers who speak German",
    "- More guests",
)


def blocks(document: Document) -> list[tuple[str, int, str]]:
    return [(block.kind, block.level, document.quote(block.span)) for block in document.blocks]


def quotes(document: Document, kind: str) -> list[str]:
    return [document.quote(block.span) for block in document.blocks if block.kind == kind]


WRONG, NEEDLESS, RIGHT = "anchor", "needless", "harbour"


def refusal(data: bytes, name: str, **options: Any) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as caught:
        read_bytes(data, name, **options)
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith(name)
    return caught.value


def test_a_pdf_gives_its_pages_and_blocks_with_true_offsets() -> None:
    document = read_bytes(make_pdf(PLAN, ["Vision", "Each baker has worked abroad once."]), "plan.pdf")
    assert [(page.number, page.source) for page in document.pages] == [(1, "text"), (2, "text")]
    assert document.quote(document.pages[1].span) == "Vision\nEach baker has worked abroad once."
    assert quotes(document, "item") == ["Bakers who speak German", "More guests"]
    assert document.page_at(document.text.index("Vision")) == 2
    assert (document.language, document.warnings, len(document.digest)) == ("en", (), 64)


def test_a_page_without_text_is_named() -> None:
    document = read_bytes(make_pdf(PLAN, [], [], ["The end of it."], []), "plan.pdf")
    assert [page.source for page in document.pages] == ["text", "none", "none", "text", "none"]
    (warning,) = document.warnings
    assert warning.startswith("Pages 2–3 and 5 hold no text Askwhy can read")


def test_a_pdf_of_pictures_alone_is_a_document_without_text() -> None:
    document = read_bytes(make_pdf([]), "scan.pdf")
    assert (document.text, document.blocks, document.language) == ("", (), "und")
    assert document.warnings[0].startswith("Page 1 holds no text Askwhy can read")


def test_a_damaged_page_is_named_and_the_others_are_read() -> None:
    data = make_pdf(PLAN, ["Lost words"], ["The end of it."]).replace(b"/Contents 6 0 R", b"/Contents 1 0 R")
    document = read_bytes(data, "plan.pdf")
    assert [page.source for page in document.pages] == ["text", "none", "text"]
    assert "Page 2" in document.warnings[0]


def test_words_divided_at_a_line_end_are_put_together_as_the_document_writes_them() -> None:
    page = [
        "The partner-",
        "ship with the well-",
        "known school is a partnership. It is well-known",
        "in Austria-",
        "and Tyrol.",
    ]
    document = read_bytes(make_pdf(page), "plan.pdf")
    assert document.text.startswith("The partnership\nwith the well-known\nschool")
    assert "Austria-\nand" in document.text


def test_a_pdf_locked_with_a_password_opens_with_it_alone() -> None:
    locked = lock_pdf(make_pdf(PLAN), user=RIGHT, owner="master")
    assert type(refusal(locked, "plan.pdf")) is LockedFile
    assert "locked with a password" in str(refusal(locked, "plan.pdf"))
    assert "does not open it" in str(refusal(locked, "plan.pdf", password=WRONG))
    assert "bakers" in read_bytes(locked, "plan.pdf", password=RIGHT).text


def test_a_pdf_protected_against_changes_alone_opens_without_a_password() -> None:
    protected = lock_pdf(make_pdf(PLAN), user="", owner="master")
    assert "bakers" in read_bytes(protected, "plan.pdf").text
    assert "bakers" in read_bytes(protected, "plan.pdf", password=NEEDLESS).text


def test_a_pdf_cut_short_or_empty_of_pages_is_corrupt() -> None:
    whole = make_pdf(PLAN)
    assert type(refusal(whole[:60], "plan.pdf")) is CorruptFile
    assert type(refusal(make_pdf(), "plan.pdf")) is CorruptFile


def test_a_damaged_file_leaves_nothing_on_the_screen(capfd: pytest.CaptureFixture[str]) -> None:
    refusal(make_pdf(PLAN)[:60], "plan.pdf")
    read_bytes(re.sub(rb"startxref\n\d+", b"startxref\n7", make_pdf(PLAN)), "plan.pdf")
    assert capfd.readouterr() == ("", "")


def word_plan(document: Any) -> None:
    document.add_heading("Harbour College", 0)
    document.add_heading("Aims", 1)
    document.add_paragraph("Our bakers go abroad.")
    document.add_paragraph("Bakers who speak German", style="List Bullet")
    document.add_paragraph("Of every age", style="List Bullet 2")
    table = document.add_table(rows=2, cols=2)
    for cell, words in zip(table._cells, ["Value", "Meaning", "Brave", "We try."], strict=True):
        cell.text = words


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


def test_a_word_file_named_pdf_is_read_as_word_and_says_so() -> None:
    document = read_bytes(make_word(word_plan), "plan.pdf")
    assert "named .pdf but is a Word file" in document.warnings[0]
    assert "Bakers who speak German" in document.text


def test_an_archive_that_swells_is_refused_before_it_is_unpacked() -> None:
    bomb = make_zip({"word/document.xml": b" " * 20_000_000, "[Content_Types].xml": b"<Types/>"})
    assert type(refusal(bomb, "plan.docx")) is OversizedFile


def test_a_damaged_word_file_is_corrupt() -> None:
    whole = make_word(word_plan)
    assert type(refusal(whole[: len(whole) // 2], "plan.docx")) is CorruptFile
    assert type(refusal(make_zip({"word/document.xml": b"<w:document"}), "plan.docx")) is CorruptFile


def test_an_office_file_of_another_kind_is_refused_with_a_way_out() -> None:
    fault = refusal(make_zip({"content.xml": b"<a/>", "mimetype": b"application/x"}), "plan.odg")
    assert type(fault) is UnknownFormat
    assert "Save it as Word (.docx) or PDF" in fault.remedy


def test_old_and_locked_word_files_are_told_apart() -> None:
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    assert type(refusal(old, "plan.doc")) is UnknownFormat
    assert type(refusal(old + "EncryptedPackage".encode("utf-16-le"), "plan.docx")) is LockedFile


def test_bytes_that_are_no_text_are_refused() -> None:
    assert type(refusal(bytes(range(256)) * 9, "plan.bin")) is UnknownFormat
    assert "PNG" in str(refusal(b"\x89PNG\r\n\x1a\n" + bytes(90), "plan.png"))
    assert type(refusal(b"\x00\x01\x02\x03" * 99, "plan.pdf")) is CorruptFile


@pytest.mark.parametrize("data", [b"", b"  \n\t\r\n", b"\x00\x00"])
def test_an_empty_file_is_refused_by_name(data: bytes) -> None:
    assert type(refusal(data, "plan.txt")) is EmptyFile


WEB = """<!DOCTYPE html><html><head><title>no</title><style>p {}</style></head><body><nav><a>Home</a></nav>
<h1>Harbour <em>College</em></h1><script>var a</script><p hidden>no</p><p style="display: none">no</p>
<h2>Aims</h2><p>By 2030<br>we want:</p><ul>
<li>Bakers<ul><li>who <b>speak</b> German</li></ul></li><li><p>Guests</p><p>More.</p></li></ul>
<table><tr><th>Value</th><th>Meaning</th></tr><tr><td>Brave</td><td><p>We try.</p><p>Often.</p></td></tr></table>
<!-- no --><p><b>Closing words</b></p><p>The board decides &amp; tells.</p></body></html>"""


def test_a_web_page_gives_what_a_reader_sees() -> None:
    document = read_bytes(WEB.encode(), "plan.html")
    assert [(kind, words) for kind, _, words in blocks(document)] == [
        ("heading", "Harbour College"),
        ("heading", "Aims"),
        ("heading", "By 2030\nwe want:"),
        ("item", "Bakers"),
        ("item", "who speak German"),
        ("item", "Guests"),
        ("paragraph", "More."),
        ("row", "Value | Meaning"),
        ("row", "Brave | We try.\nOften."),
        ("heading", "Closing words"),
        ("paragraph", "The board decides & tells."),
    ]
    assert "Home" in document.text
    assert not re.search(r"\bno\b|var a", document.shown_text)
    assert [document.quote(one.span) for one in document.withheld] == ["no", "no"]


def test_a_page_nested_thousands_deep_is_read() -> None:
    data = b"<html><body>" + b"<div><ul><li>" * 2_000 + b"We go abroad." + b"</div>" * 2_000
    assert "We go abroad." in read_bytes(data, "plan.html").text


MARKED = """---
title: Plan
---
# Harbour *College*

**Aims**

We [train](http://example.org) bakers
for the coast.

1. Bakers
   - who speak German
2. Guests

   More of them.

| Value | Meaning |
|-------|---------|
| Brave | We try. |

❖ First of these
❖ Second of these
"""


def test_markdown_gives_its_words_without_its_marks() -> None:
    document = read_bytes(MARKED.encode(), "plan.md")
    assert blocks(document) == [
        ("heading", 1, "Harbour College"),
        ("heading", 2, "Aims"),
        ("paragraph", 0, "We train bakers for the coast."),
        ("item", 1, "Bakers"),
        ("item", 2, "who speak German"),
        ("item", 1, "Guests"),
        ("paragraph", 0, "More of them."),
        ("row", 0, "Value | Meaning"),
        ("row", 0, "Brave | We try."),
        ("item", 1, "First of these"),
        ("item", 1, "Second of these"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_text_is_read_in_every_unicode_encoding(encoding: str) -> None:
    words = "Jede Bäckerin spricht zwei Sprachen. Årets mål: flere gæster."
    document = read_bytes(words.encode(encoding), "plan.txt")
    assert (document.text, document.warnings) == (words, ())


@pytest.mark.parametrize(
    ("encoding", "words"),
    [
        ("cp1252", "Jede Bäckerin spricht zwei Sprachen – für die Küste."),
        ("cp1252", "Las panaderas del puerto hablan español con los señores."),
        ("cp1250", "A pékek külföldön is tanulnak, és ősztől több nyelvű tankönyvük lesz a műhelyben."),
    ],
)
def test_text_in_a_windows_code_page_is_read_with_a_warning(encoding: str, words: str) -> None:
    document = read_bytes(words.encode(encoding), "plan.txt")
    assert document.text == words
    assert "Windows-12" in document.warnings[0]


def test_text_cut_in_the_middle_of_a_letter_keeps_the_rest() -> None:
    document = read_bytes("Bäckerinnen für die Küste gehören nach Übersee".encode()[:-7], "plan.txt")
    assert document.text.startswith("Bäckerinnen für die Küste")
    assert "damaged" in document.warnings[0]


def test_form_feeds_part_the_pages_of_a_text() -> None:
    document = read_bytes(b"Page one is here.\n\x0cPage two is here.\n\x0c", "plan.txt")
    assert [document.quote(page.span) for page in document.pages] == ["Page one is here.", "Page two is here."]


def test_what_cannot_be_seen_is_cleaned_away() -> None:
    messy = "The ofﬁce\u00a0of in\u00adter\u200bnational a\u0301ffairs\x00\r\nopens.  \r\n\r\n\r\n\r\nSoon.\x07"
    assert read_bytes(messy.encode(), "plan.txt").text == "The office of international áffairs\nopens.\n\nSoon."


def test_limits_hold() -> None:
    assert type(refusal(b"a b c " * 9, "plan.txt", limits=Limits(bytes=10))) is OversizedFile
    assert type(refusal(b"a b c " * 9, "plan.txt", limits=Limits(characters=10))) is OversizedFile
    assert type(refusal(b"# a b c " * 9, "plan.md", limits=Limits(characters=10))) is OversizedFile
    assert type(refusal(WEB.encode(), "plan.html", limits=Limits(characters=10))) is OversizedFile
    assert type(refusal(make_pdf(PLAN), "plan.pdf", limits=Limits(characters=10))) is OversizedFile
    assert type(refusal(make_pdf(PLAN, PLAN), "plan.pdf", limits=Limits(pages=1))) is OversizedFile
    assert type(refusal(make_word(word_plan), "plan.docx", limits=Limits(characters=10))) is OversizedFile
    assert type(refusal(make_word(word_plan), "plan.docx", limits=Limits(unpacked=10))) is OversizedFile


def test_a_file_is_read_from_its_path(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text("We train bakers for the coast.", encoding="utf-8")
    assert read_file(path) == read_bytes(path.read_bytes(), "plan.txt")


def test_a_path_that_cannot_be_read_is_told_in_one_line(tmp_path: Path) -> None:
    big = tmp_path / "big.txt"
    big.write_bytes(b"a" * 99)
    for path, said in [
        (tmp_path / "missing.pdf", "no such file"),
        (tmp_path, "a folder"),
        (tmp_path / "a\0b", "name of a file"),
        (tmp_path / ("a" * 400), "could not be read"),
    ]:
        with pytest.raises(UnreadableFile, match=said) as caught:
            read_file(path)
        assert "\n" not in str(caught.value)
    with pytest.raises(OversizedFile):
        read_file(big, limits=Limits(bytes=10))


def test_every_format_has_a_name_and_endings_of_its_own() -> None:
    endings = [ending for form in FORMATS for ending in form.endings]
    assert len(endings) == len(set(endings))
    assert all(ending.startswith(".") for ending in endings)


def test_the_head_of_a_word_file_and_no_more_is_no_text() -> None:
    with pytest.raises(CorruptFile):
        read_bytes(b"PK\x03\x04 and no more", "plan.docx")
