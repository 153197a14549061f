"""Text in any common encoding, and tables in plain text."""

import random

import pytest

from knowledge.document import Document
from knowledge.faults import OversizedFile
from knowledge.reading.encoding import decode
from knowledge.reading.files import Limits, read_bytes

WORDS = {
    "de": "Jede Bäckerin spricht zwei Sprachen – für die Küste. „Über uns“ heißt: größer.",
    "hu": "A pékek külföldön is tanulnak, és ősztől több nyelvű tankönyvük lesz a műhelyben.",
    "hu, without û": "Az őszi szünet előtt jön egy vendég.",
    "fr": "L’école forme des élèves à l’étranger ; le cœur du projet, c’est l’été : 300 €.",
    "es": "¿Qué señales dan las panaderas del puerto? Hablan español con los señores.",
    "fi": "Opiskelijat lähtevät ulkomaille työssäoppimaan, ja työyhteisö hyötyy siitä.",
    "da": "Årets mål: flere gæster og bedre brød på øen.",
    "it": "La qualità è più alta perché la città dà di più.",
    "nl": "Elke leerling heeft ideeën over coöperatie.",
    "en": "The school’s “café” costs £3 — no more.",
    "pl": "Szkoła wysyła uczniów za granicę, żeby się uczyli języków.",
    "lt": "Mokykla siunčia mokinius į užsienį, kad jie mokytųsi kalbų.",
    "et": "Kool saadab õpilased välismaale õppima, et nad räägiksid keeli.",
}
ONE_BYTE = ["cp1252", "cp1250", "cp1257", "iso8859-1", "iso8859-2", "iso8859-15", "mac-roman"]
UNICODE = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"]


def can_be_written(words: str, code: str) -> bool:
    try:
        words.encode(code)
    except UnicodeEncodeError:
        return False
    return True


@pytest.mark.parametrize("language", WORDS)
def test_text_is_read_in_whatever_code_it_is_written(language: str) -> None:
    words = WORDS[language]
    codes = [code for code in (*ONE_BYTE, *UNICODE) if can_be_written(words, code)]
    assert len(codes) > len(UNICODE)
    for code in codes:
        found = decode(words.encode(code))
        assert found is not None, code
        assert found.text == words, code
        assert bool(found.warnings) == (code in ONE_BYTE), code


def test_a_code_that_a_web_page_states_is_believed() -> None:
    page = '<html><head><meta charset="windows-1257"></head><body><p>Mūsų tikslas: dvi kalbos.</p></body></html>'
    document = read_bytes(page.encode("cp1257"), "plan.html")
    assert (document.text, document.warnings) == ("Mūsų tikslas: dvi kalbos.", ())


def test_bytes_by_chance_are_no_text() -> None:
    printable = [byte for byte in range(256) if byte >= 32 or byte in b"\t\n\r"]
    for seed in range(50):
        chance = random.Random(seed)  # noqa: S311 - bytes for a test, not a secret
        assert decode(bytes(chance.choices(printable, k=900))) is None


def test_text_in_utf16_cut_in_the_middle_of_a_letter_keeps_the_rest() -> None:
    found = decode(WORDS["de"].encode("utf-16")[:-1])
    assert found is not None
    assert found.text.startswith(WORDS["de"][:-1])
    assert "damaged" in found.warnings[0]


def rows(document: Document) -> list[dict[str, str]]:
    return [
        {document.quote(cell.head): document.quote(cell.span) for cell in block.cells if cell.head is not None}
        for block in document.blocks
        if block.kind == "row"
    ]


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_a_table_in_plain_text_gives_rows_under_the_names_of_their_columns(sign: str) -> None:
    lines = [
        ["Goal", "Action", "Budget"],
        ["Bakers speak German", '"A course, in the evening; twice"', "1200"],
        ["", "A week in Linz", "900"],
    ]
    document = read_bytes("\r\n".join(sign.join(line) for line in lines).encode("utf-8-sig"), "plan.csv")
    assert rows(document)[1:] == [
        {"Goal": "Bakers speak German", "Action": "A course, in the evening; twice", "Budget": "1200"},
        {"Goal": "Bakers speak German", "Action": "A week in Linz", "Budget": "900"},
    ]


def test_a_table_in_plain_text_is_known_without_its_name_and_running_text_is_none() -> None:
    table = "Goal;Action;Owner\nBread;Linz;Anna\nCake;Graz;Bo\n"
    assert len(rows(read_bytes(table.encode(), "plan.txt"))) == 3
    text = "We bake; we sell; we learn.\nWe travel, too.\nWe come back; always; all of us.\n"
    assert not rows(read_bytes(text.encode(), "plan.txt"))
    with pytest.raises(OversizedFile):
        read_bytes(table.encode(), "plan.csv", limits=Limits(cells=4))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"{\\rtf1\\ansi We bake.}", "RTF files are not read"),
        (b'<?xml version="1.0"?><w:wordDocument><w:p><w:t>We bake bread.</w:t></w:p></w:wordDocument>', "XML files"),
    ],
)
def test_markup_that_is_not_read_is_refused_and_not_shown_as_text(data: bytes, said: str) -> None:
    with pytest.raises(Exception, match=said):
        read_bytes(data, "plan.doc")
