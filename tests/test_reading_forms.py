"""What was filled into the fields of a PDF is read where it stands, as a person sees it."""

import io
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import BooleanObject, NameObject
from reportlab.pdfgen.canvas import Canvas

from knowledge.document import Document, Span
from knowledge.reading.draft import Limits, Source
from knowledge.reading.files import read_bytes, read_file
from knowledge.reading.pdf import locate

PDFS = Path(__file__).resolve().parents[2] / "shared" / "data" / "pdfs"
FIELDS = (("School:", "Harbour College"), ("Country:", "Portugal"), ("What will change:", "Every cook speaks Dutch"))


def make_form(values: tuple[tuple[str, str], ...] = FIELDS) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=True)
    for at, (name, value) in enumerate(values):
        canvas.drawString(60, 700 - 40 * at, name)
        canvas.acroForm.textfield(name=f"f{at}", x=180, y=695 - 40 * at, width=300, height=20, value=value)
    canvas.save()
    return out.getvalue()


def without_looks(data: bytes) -> bytes:
    """The form with values that the file does not say how to draw, as some programs leave it."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    for reference in writer.pages[0]["/Annots"]:  # type: ignore[attr-defined] - a list
        del reference.get_object()["/AP"]
    writer.root_object["/AcroForm"][NameObject("/NeedAppearances")] = BooleanObject(True)  # type: ignore[index] - a dictionary
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def rows(document: Document) -> list[str]:
    return [document.quote(block.span) for block in document.blocks if block.kind == "row"]


@pytest.mark.parametrize("data", [make_form(), without_looks(make_form())], ids=["drawn", "to be drawn"])
def test_what_was_filled_in_stands_beside_the_name_of_its_field_once(data: bytes) -> None:
    document = read_bytes(data, "form.pdf")
    assert rows(document) == [f"{name} | {value}" for name, value in FIELDS]
    assert all(document.text.count(value) == 1 for _, value in FIELDS)
    assert document.withheld == ()


def test_what_was_filled_in_is_found_on_its_page() -> None:
    data = make_form()
    text = read_bytes(data, "form.pdf").text
    start = text.index("Portugal")
    found = locate(Source(data, "form.pdf", None, Limits()), Span(start, start + len("Portugal")))
    assert len(found) == len("Portugal")
    assert all(180 < box.left < 480 and 842 - 680 < box.top < 842 - 650 for _, box in found)


def test_an_empty_form_gives_the_names_of_its_fields_alone() -> None:
    document = read_bytes(make_form(tuple((name, "") for name, _ in FIELDS)), "form.pdf")
    assert document.text.split("\n\n") == [name for name, _ in FIELDS]


def test_the_field_of_a_real_form_is_read_under_its_name_and_its_corner_first() -> None:
    path = next(PDFS.glob("r21*"), None) if PDFS.is_dir() else None
    if path is None:
        pytest.skip("the sample files, ../shared, are not here")
    text = read_file(path).text
    order = [
        "OMB Number: 4040-0004",
        "Application for Federal Assistance SF-424",
        "* 10. Name of Federal Agency:",
        "U.S. Department of Interior, Fish and Wildlife Service",
        "11. Catalog of Federal Domestic Assistance Number:",
    ]
    places = [text.find(words) for words in order]
    assert -1 not in places
    assert places == sorted(places)
