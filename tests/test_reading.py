"""Files into documents: what each format gives, what is said where something cannot be read, and what is refused."""

import re
from pathlib import Path
from typing import Any

import pytest
from files import lock_pdf, make_pdf, make_word, make_zip, word_plan

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


def test_a_word_file_named_pdf_is_read_as_word_and_says_so() -> None:
    document = read_bytes(make_word(word_plan), "plan.pdf")
    assert "named .pdf but is a Word file" in document.warnings[0]
    assert "Bakers who speak German" in document.text


def test_an_archive_that_swells_is_refused_before_it_is_unpacked() -> None:
    bomb = make_zip({"word/document.xml": b" " * 20_000_000, "[Content_Types].xml": b"<Types/>"})
    assert type(refusal(bomb, "plan.docx")) is OversizedFile


def test_an_office_file_of_another_kind_is_refused_with_a_way_out() -> None:
    fault = refusal(make_zip({"content.xml": b"<a/>", "mimetype": b"application/x"}), "plan.odg")
    assert type(fault) is UnknownFormat
    assert "Save it as Word (.docx) or PDF" in fault.remedy


def test_bytes_that_are_no_text_are_refused() -> None:
    assert type(refusal(bytes(range(256)) * 9, "plan.bin")) is UnknownFormat
    assert "PNG" in str(refusal(b"\x89PNG\r\n\x1a\n" + bytes(90), "plan.png"))
    assert type(refusal(b"\x00\x01\x02\x03" * 99, "plan.pdf")) is CorruptFile


@pytest.mark.parametrize("data", [b"", b"  \n\t\r\n", b"\x00\x00"])
def test_an_empty_file_is_refused_by_name(data: bytes) -> None:
    assert type(refusal(data, "plan.txt")) is EmptyFile


def test_limits_hold() -> None:
    assert type(refusal(b"a b c " * 9, "plan.txt", limits=Limits(bytes=10))) is OversizedFile
    assert type(refusal(b"a b c " * 9, "plan.txt", limits=Limits(characters=10))) is OversizedFile
    assert type(refusal(b"# a b c " * 9, "plan.md", limits=Limits(characters=10))) is OversizedFile
    assert type(refusal(b"<html><body><p>a b c d e f g", "plan.html", limits=Limits(characters=10))) is OversizedFile
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
