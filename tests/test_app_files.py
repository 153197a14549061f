"""Files that the page refuses, unlocks or gives: told in the page's language, named after the document."""

from pathlib import Path

import gradio as gr
import pypdf
import pytest
from conftest import BAKERY_PLAN
from pages import VISITOR, is_one_line, path_of, told

from assistant.app import critique_tab
from assistant.app.critique_files import write_files
from assistant.app.workplace import Workplace
from assistant.reviewing.critique import critique
from assistant.settings import Settings
from knowledge.reading.draft import Limits
from knowledge.reading.files import read_bytes


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.pdf", b""),
        ("cut-short.docx", b"PK\x03\x04" + bytes(range(256)) * 4),
        ("damaged.pdf", b"%PDF-1.7\n1 0 obj\n<<"),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(64)),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        ("large.txt", b"A strategy of many words. " * 1_200_000),
    ],
)
def test_a_bad_file_gives_one_line_and_changes_nothing(
    name: str, data: bytes, workplace: Workplace, tmp_path: Path
) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    notice, *outputs = told(workplace, critique_tab.criticise_file, str(file), "", False, VISITOR, outputs=14)
    assert is_one_line(notice)
    assert name in notice
    assert outputs == [gr.skip()] * 14
    assert not file.exists()


def test_a_file_that_is_refused_is_told_of_in_the_pages_language(tmp_path: Path) -> None:
    """The file is read in another process, which has the words of no language."""
    settings = Settings(tmp_path / "data", limits=Limits(bytes=31_460), language="fi")
    workplace = Workplace(settings)
    for name, data, line in (
        ("tyhja.pdf", b"  ", "tyhja.pdf: tiedosto on tyhjä."),
        ("suuri.txt", b"Paljon sanoja. " * 5000, "suuri.txt: tiedostossa on 0,1 Mt, enemmän kuin 0 Mt."),
        ("vanha.rtf", b"{\\rtf1 x}", "vanha.rtf: RTF-tiedostoja ei lueta."),
    ):
        file = tmp_path / name
        file.write_bytes(data)
        notice = told(workplace, critique_tab.criticise_file, str(file), "", False, VISITOR, outputs=14)[0]
        assert is_one_line(notice)
        assert line in notice


def test_a_locked_file_asks_for_its_password_in_the_pages_language(tmp_path: Path) -> None:
    workplace, file = Workplace(Settings(tmp_path / "data", language="fr")), tmp_path / "locked.pdf"
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt("mill", algorithm="AES-256")
    writer.write(file)
    line = critique_tab.criticise_file(workplace, str(file), "", False, VISITOR)[-2]
    assert "le fichier est protégé par un mot de passe" in line
    line = critique_tab.criticise_file(workplace, str(file), "mull", False, VISITOR)[-2]
    assert "ce mot de passe n&#x27;ouvre pas" in line


def test_the_files_of_a_critique_are_named_after_the_document(workplace: Workplace, tmp_path: Path) -> None:
    file = tmp_path / "kv-strategia 2027 (luonnos).md"
    file.write_text(BAKERY_PLAN, encoding="utf-8")
    shown = critique_tab.criticise_file(workplace, str(file), "", False, VISITOR)
    word, _, markdown, page, data, diary = shown[4:10]
    assert [path_of(one).name for one in (word, markdown, page, data, diary)] == [
        "kv-strategia 2027 (luonnos)-critique.docx",
        "kv-strategia 2027 (luonnos)-critique.md",
        "kv-strategia 2027 (luonnos)-critique.html",
        "kv-strategia 2027 (luonnos)-critique.json",
        "kv-strategia 2027 (luonnos)-decisions.csv",
    ]


@pytest.mark.parametrize("name", ["a/b\\c:d*?.md", "…", "w" * 300 + ".md", " .. .md"])
def test_a_name_that_no_folder_takes_still_names_files(name: str, workplace: Workplace) -> None:
    found = critique(read_bytes(BAKERY_PLAN.encode(), name))
    files = write_files(workplace, VISITOR, found, None)
    assert all(Path(file).is_file() for file in files if file)


def test_a_renamed_file_is_read_for_what_it_is(workplace: Workplace, tmp_path: Path) -> None:
    file = tmp_path / "plan.pdf"
    file.write_text(BAKERY_PLAN, encoding="utf-8")
    results = critique_tab.criticise_file(workplace, str(file), "", False, VISITOR)[1]
    assert "This file is named .pdf" in results
    assert "Mobility is strengthened." in results


def test_a_locked_file_asks_for_its_password_and_is_forgotten_once_read(workplace: Workplace, tmp_path: Path) -> None:
    file = tmp_path / "locked.pdf"
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt("mill", algorithm="AES-256")
    writer.write(file)
    *_, kept, locked, line, _ = critique_tab.criticise_file(workplace, str(file), "", False, VISITOR)
    assert (kept, locked.visible) == (str(file), True)
    assert "password" in line
    *_, locked, line, _ = critique_tab.criticise_file(workplace, kept, "wrong", False, VISITOR)
    assert locked.visible
    notice, *_ = told(workplace, critique_tab.criticise_file, kept, "mill", False, VISITOR, outputs=14)
    assert notice == "" or is_one_line(notice)
    assert not file.exists()


def test_what_is_no_strategy_gets_a_polite_line_and_no_downloads(workplace: Workplace, tmp_path: Path) -> None:
    file = tmp_path / "soup.txt"
    file.write_text("Peel the carrots. Simmer the carrots with salt for twenty minutes. Serve with bread.\n" * 9)
    goals, results, refine, keep, *_ = critique_tab.criticise_file(workplace, str(file), "", False, VISITOR)
    assert "This does not look like a strategy" in results
    assert (goals, refine.visible, keep.visible) == ((), False, False)
