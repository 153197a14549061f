"""Pages that are pictures, or whose text is noise, are read by OCR; what cannot be read is said."""

import io
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen.canvas import Canvas

from evals.pictures import draw_page, picture_pdf
from knowledge.document import Document
from knowledge.reading import ocr, scans
from knowledge.reading.draft import Limits
from knowledge.reading.files import read_bytes, read_file
from knowledge.reading.ocr import ocr_languages
from knowledge.reading.quality import USABLE, is_usable, measure_quality
from tests.conftest import SHARED
from tests.files import lock_pdf, make_pdf
from tests.printing import print_pages, set_table

needs_ocr = pytest.mark.skipif(
    len(ocr_languages()) < len(ocr.TRAINED),
    reason="Tesseract with the data of the nine languages is not here; .ci/run installs it",
)
ENGLISH = [
    "Our goals",
    "",
    "Every apprentice can work in a team that speaks English,",
    "so that the shipyards can hire here.",
]
FINNISH = [
    "Tavoitteemme",
    "",
    "Jokainen lähihoitaja pystyy keskustelemaan potilaiden kanssa",
    "toisella kielellä, ja yhä useampi työskentelee ulkomailla.",
]
PROSE = {
    "en": "The school opens a language café where students from the harbour meet companies every second week.",
    "fi": "Oppilaitos perustaa kielikahvilan, jossa eri alojen väki pääsee käyttämään kieliä työelämää varten.",
    "da": "Skolen åbner en sprogcafé, hvor eleverne og virksomhederne på havnen mødes hver anden uge.",
    "nl": "De school opent een taalcafé waar leerlingen en bedrijven uit de haven elkaar om de week ontmoeten.",
    "de": "Die Schule eröffnet ein Sprachcafé, in dem sich Auszubildende und Betriebe alle zwei Wochen treffen.",
    "hu": "Az iskola nyelvi kávézót nyit, ahol a tanulók és a kikötői cégek kéthetente találkoznak egymással.",
    "fr": "L'école ouvre un café des langues où les élèves et les entreprises du port se rencontrent souvent.",
    "es": "La escuela abre un café de idiomas donde el alumnado y las empresas del puerto se reúnen a menudo.",
    "it": "La scuola apre un caffè linguistico dove gli studenti e le aziende del porto si incontrano spesso.",
}
TABLE = "Action | Who | When | Cost\nLanguage café | A. Salo | 2027-09 | 1 200 €\nVisits | B. Holm | 2028 | 3.500,00"
COVER = """Étude de la Région Normandie, édition 2.0
Ministère de l'Éducation de Rouen
Institut des métiers de la mer et de la pêche de Fécamp
Service à la clientèle de GéoMétiers
Téléphone : +33-235-456-485
Télécopieur : +33-235-456-569
Courriel : port@RNMer.gc.fr
URL : www.GeoMetiers.gc.fr
Rédaction : Anne Le Goff, Bruno Quéré, Yann Kermarrec
Relecture : Maëlle Trividic, Loïc Guyader, Soizic Le Floc'h, Gwenaëlle Riou"""
CONTENTS = "\n".join(
    f"{number} {title}{'.' * 140}{number + 5}" for number, title in enumerate(("Aims", "Means", "Owners"))
)
NOISE = (
    "".join(chr(ord(sign) + 3) for sign in PROSE["en"] * 3),
    "(cid:12)(cid:40)(cid:3)(cid:88)" * 20,
    "l.,'i |:; -~ .I1l ,_ rn .' ;: Il|| ~.- ,' iI.l: |_ -'" * 3,
    "".join(chr(0xF000 + ord(sign)) for sign in PROSE["en"]),
    " ".join(word[::-1].translate(str.maketrans("aeiou", "xqzkw")) for word in PROSE["en"].split()) * 4,
)


def read(data: bytes, **limits: float) -> Document:
    return read_bytes(data, "scan.pdf", limits=Limits(**limits) if limits else Limits())  # type: ignore[arg-type] - seconds


def draw_table(rows: Sequence[Sequence[str]], canvas: Canvas) -> None:
    set_table(canvas, 60, 780, (150, 150, 100), rows, ruled=True)


def joined(*files: bytes) -> bytes:
    writer, out = PdfWriter(), io.BytesIO()
    for file in files:
        writer.append(PdfReader(io.BytesIO(file)))
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize("text", [*PROSE.values(), TABLE, COVER, CONTENTS, *(text.upper() for text in PROSE.values())])
def test_prose_and_tables_in_nine_languages_are_usable(text: str) -> None:
    assert measure_quality(text) > USABLE
    assert is_usable(text)


@pytest.mark.parametrize("text", NOISE)
def test_noise_is_not(text: str) -> None:
    assert not is_usable(text)


@pytest.mark.parametrize("language", ["fi", "da", "de", "hu", "fr"])
def test_letters_read_in_the_wrong_code_are_not_usable(language: str) -> None:
    assert not is_usable((PROSE[language] * 3).encode().decode("cp1252", "ignore"))


@needs_ocr
def test_a_picture_of_a_page_is_read_with_its_structure() -> None:
    document = read(picture_pdf(draw_page(ENGLISH)))
    assert [page.source for page in document.pages] == ["ocr"]
    assert (
        "Every apprentice can work in a team that speaks English,\nso that the shipyards can hire here."
        in document.text
    )
    assert next((block.kind, document.quote(block.span)) for block in document.blocks) == ("heading", "Our goals")
    assert document.warnings == ("Page 1 was read from a picture by OCR: check what is quoted against the paper.",)


@needs_ocr
def test_a_scan_is_read_in_its_own_language() -> None:
    document = read(picture_pdf(draw_page(FINNISH)))
    assert document.language == "fi"
    assert "Jokainen lähihoitaja pystyy keskustelemaan potilaiden kanssa" in document.text


@needs_ocr
def test_only_the_pages_without_text_are_read_by_ocr_and_every_offset_stays_true() -> None:
    words = ["Strategy of Lindby College 2027-2031", "", "We train people for the harbour."]
    document = read(joined(make_pdf(words), picture_pdf(draw_page(ENGLISH)), make_pdf(words)))
    assert [page.source for page in document.pages] == ["text", "ocr", "text"]
    last = document.pages[2].span
    assert document.quote(last).startswith("Strategy of Lindby College")
    spans = [block.span for block in document.blocks]
    assert spans == sorted(spans)
    assert any(document.page_at(span.start) == 2 and "shipyards" in document.quote(span) for span in spans)
    assert any(document.page_at(span.start) == 3 and "We train people" in document.quote(span) for span in spans)


@needs_ocr
def test_the_cells_of_a_table_after_a_scanned_page_stay_where_their_words_are() -> None:
    rows = (("Goal", "Who", "When"), ("Bread", "Anna Salo", "2027"), ("Cake", "Bo Holm", "2028"))
    table = print_pages(partial(draw_table, rows))
    document = read(joined(picture_pdf(draw_page(ENGLISH)), table))
    assert [page.source for page in document.pages] == ["ocr", "text"]
    cells = [tuple(document.quote(cell.span) for cell in block.cells) for block in document.blocks if block.cells]
    heads = {document.quote(cell.head) for block in document.blocks for cell in block.cells if cell.head}
    assert cells == list(rows)
    assert heads == set(rows[0])


@needs_ocr
def test_a_locked_scan_is_read_with_its_password() -> None:
    locked = lock_pdf(picture_pdf(draw_page(ENGLISH)), user="harbour", owner="owner")
    document = read_bytes(locked, "scan.pdf", password="harbour")  # noqa: S106 - of a file made here
    assert "so that the shipyards can hire here." in document.text


@needs_ocr
def test_a_blank_page_is_said_to_hold_nothing() -> None:
    document = read(picture_pdf(draw_page([])))
    assert (document.text, document.pages[0].source) == ("", "none")
    assert document.warnings[0].startswith("Page 1 holds no text Askwhy can read (blank, or a drawing")


def test_where_there_is_no_ocr_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "ocr_languages", frozenset)
    document = read(picture_pdf(draw_page(ENGLISH)))
    assert document.pages[0].source == "none"
    assert document.warnings[0].startswith("Page 1 holds no text Askwhy can read")
    assert "apt-get install tesseract-ocr" in document.warnings[1]


@needs_ocr
def test_pages_done_before_the_time_is_up_are_kept_and_the_rest_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(0, 3000, 300))
    monkeypatch.setattr(scans, "monotonic", lambda: float(next(clock)))
    pages = [draw_page(ENGLISH)] * 3
    document = read(picture_pdf(*pages), seconds=1000)
    assert [page.source for page in document.pages] == ["ocr", "none", "none"]
    assert "Pages 2–3 were not read: there was no time left for more scanned pages." in document.warnings


@needs_ocr
def test_progress_is_told_for_each_scanned_page_and_can_stop_it() -> None:
    told: list[tuple[int, int]] = []

    def tell(done: int, total: int) -> None:
        told.append((done, total))
        if len(told) > 3:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        read_bytes(picture_pdf(*[draw_page(ENGLISH)] * 4), "scan.pdf", progress=tell)
    assert len(told) == 4


@needs_ocr
def test_the_municipal_statement_of_the_sample_is_read() -> None:
    document = read_file(sample("r12-city-water-document.pdf"))
    assert document.pages[0].source == "ocr"
    assert "City of Tshwane notes with great concern increasing water\nchallenges caused by Rand Water" in document.text


@needs_ocr
def test_a_photograph_of_a_sketch_gives_no_noise() -> None:
    document = read_file(sample("r02-carey-sketch-image-only.pdf"))
    assert all(page.source == "ocr" or not document.quote(page.span) for page in document.pages)
    assert is_usable(document.text) or not document.text.strip()
    assert document.warnings


def test_a_blank_page_of_the_sample_is_told() -> None:
    document = read_file(sample("m16-blank-page.pdf"))
    assert (document.text, [page.source for page in document.pages]) == ("", ["none"])
    assert "Page 1 holds no text Askwhy can read" in document.warnings[0]


def sample(name: str) -> Path:
    path = SHARED / "data" / "pdfs" / name
    if not path.is_file():
        pytest.skip(f"the sample is not here: {path}")
    return path
