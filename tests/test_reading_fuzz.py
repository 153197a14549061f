"""Damaged files of every format: a document with true positions or a fault of ours, soon, leaving nothing."""

import tempfile
from pathlib import Path

import pytest
from files import make_open_document, make_pdf, make_rows, make_shape, make_slides, make_word, make_workbook, word_plan

from evals.fuzz_reading import fuzz

PDFS = Path(__file__).resolve().parents[2] / "shared" / "data" / "pdfs"
ROWS = make_rows(("Goal", "Action", "Cost"), ("Bread", "Linz", 900), (None, "Graz", "=C2+C2"))
WEB = b"""<html><body><h1>Aims</h1><ul><li>Bread<ol><li>Cake</ol></ul><table><tr><th>Goal<th>Who<tr>
<td rowspan="2">Bread<td colspan="2">Anna<tr><td>Bo</table><p hidden>no</p></body></html>"""
BOOK = ROWS + '<mergeCells><mergeCell ref="A2:A3"/></mergeCells>'
DECK = make_shape(["Aims"], "title") + make_shape(["0 Bread", "1 Cake"], "body")
TEXT = "<text:h>Aims</text:h><text:list><text:list-item><text:p>Bread</text:p></text:list-item></text:list>"
LINE = '<table:table-cell table:number-columns-repeated="3"><text:p>Bread</text:p></table:table-cell>'
SHEET = f'<table:table><table:table-row table:number-rows-repeated="2">{LINE}</table:table-row></table:table>'
FILES = [
    ("plan.docx", make_word(word_plan)),
    ("plan.pdf", make_pdf(["Aims", "", "1. Bread", "2. Cake"], ["Bakers go to Lyon.", "", "Anna leads them."])),
    ("plan.xlsx", make_workbook(BOOK, ROWS, states=("", "hidden"))),
    ("plan.pptx", make_slides(DECK, notes="Smile.")),
    ("plan.odt", make_open_document(TEXT)),
    ("plan.ods", make_open_document(SHEET, "spreadsheet")),
    ("plan.html", WEB),
    ("plan.md", b"# Aims\n\n1. Bread\n   - Cake\n\n| Goal | Who |\n|---|---|\n| Bread | Anna |\n"),
    ("plan.csv", "Ziel;Maßnahme;Wer\nBrot;Linz;Anna\nKuchen;Graz;Bo\n".encode("cp1252")),
]
LONGEST = 10.0  # seconds of CPU for one of these small files


def test_damaged_files_give_a_document_or_a_fault_in_little_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    tallies = fuzz(FILES, 720)
    assert set(tallies) == {Path(name).suffix for name, _ in FILES}
    assert all(tally.outcomes["read"] and len(tally.outcomes) > 1 for tally in tallies.values())
    assert max(tally.slowest for tally in tallies.values()) < LONGEST
    assert list(tmp_path.iterdir()) == []


def test_damaged_samples_give_a_document_or_a_fault() -> None:
    found = [path for path in sorted(PDFS.glob("*")) if path.suffix in {".docx", ".odt", ".xlsx"}]
    if not found:
        pytest.skip("the sample files, ../shared, are not here")
    fuzz([(path.name, path.read_bytes()) for path in found], 60, seed=5000)
