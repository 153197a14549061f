"""The awkward files that lie beside the project: each gives what its description says, or is refused for the reason."""

import re
from pathlib import Path

import pytest

from knowledge.document import Document
from knowledge.faults import EmptyFile, LockedFile, UnreadableFile
from knowledge.reading.files import read_file
from knowledge.reading.ocr import ocr_languages

PDFS = Path(__file__).resolve().parents[2] / "shared" / "data" / "pdfs"
GOALS = 6


def sample(start: str, password: str | None = None) -> Document:
    return read_file(find(start), password=password)


def find(start: str) -> Path:
    found = sorted(PDFS.glob(f"{start}*")) if PDFS.is_dir() else []
    if not found:
        pytest.skip("the sample files, ../shared, are not here")
    return found[0]


def items(document: Document) -> list[str]:
    return [document.quote(block.span) for block in document.blocks if block.kind == "item"]


STRATEGIES = PDFS.parent / "strategies"


def folded(text: str) -> str:
    return f" {re.sub(r'[^a-z0-9à-ÿ]+', ' ', text.lower()).strip()} "


def sentences(start: str, after: str = "") -> list[str]:
    """The sentences of a strategy as its text file has them, from the line that begins with `after` on."""
    path = next(STRATEGIES.glob(f"{start}*"), None)
    if path is None:
        pytest.skip("the sample files, ../shared, are not here")
    body = path.read_text(encoding="utf-8").partition("- TEXT -----\n")[2].splitlines()
    begin = next(at for at, line in enumerate(body) if line.startswith(after))
    said = [one for line in body[begin:] for one in re.split(r"(?<=[.!?])\s+", line)]
    return [one for one in said if len(one) > 12]


def in_order(text: str, wanted: list[str]) -> list[str]:
    """Those of the sentences that are not in the text after the one before."""
    whole, place, absent = folded(text), 0, []
    for one in wanted:
        found = whole.find(folded(one), place)
        if found < 0:
            absent.append(one)
        else:
            place = found + len(folded(one)) - 1
    return absent


@pytest.mark.parametrize(
    ("start", "strategy", "after"),
    [
        ("r01", "47", "I. "),
        ("r03", "47", ""),
        ("m02", "48", ""),
        ("m03", "47", ""),
        ("m05", "39", ""),
        ("m06", "39", ""),
        ("m12", "57", ""),
        ("m18", "39", ""),
        ("m22", "39", ""),
    ],
)
def test_every_sentence_of_a_plan_is_there_in_order(start: str, strategy: str, after: str) -> None:
    wanted = sentences(strategy, after)
    assert len(wanted) > 5
    assert in_order(sample(start, "vet2027").text, wanted) == []


@pytest.mark.parametrize(
    ("start", "wanted"),
    [
        ("r04", ["Data Model", "Copyright Notice", "September 2002 | Draft 01", "LRM | Linear Reference Method"]),
        ("r04", ["beyond the smallest common denominator", "Figure 1 –", "Figure 2 –"]),
        ("r08", ["Lorem ipsum"]),
        ("r10", ["(L) This is box text on left", "(R) This is box text", "(B)", "(T) This is box text at top"]),
        (
            "r14",
            ["Your Name", "Abstract", "Nam dui ligula", "pellentesque ante", "Quisque ullamcorper", "lacus vel est"],
        ),
        ("r14", ["Area (km²) | Capital", "Denmark | 5.8 | 42,951 | Copenhagen", "Finland | 5.5"]),
        ("r16", ["Mladen Raković", "ABSTRACT", "Keywords", "1. INTRODUCTION", "2.1 Bloom’s", "3.3.1", "3.3.2"]),
        ("r16", ["# Total LOs | 21,380 | 886", "3.3 Study Setup", "REFERENCES"]),
        ("r16", ["Dragan Gašević", "Guanliang Chen", "ABSTRACT", "Corresponding author", "Keywords"]),
        ("r16", ["maximise their strengths and minimise their weaknesses. | Evaluate & Create", "Table 2: "]),
        ("m23", ["Ouverture internationale", "nous nous servons :", "de la presse du pays"]),
        ("m24", ["Goal | Action | Owner", "new host firms in Portugal", "Total | "]),
        ("r18", ["【表２】", "接合層", "放熱シート", "リードフレーム", "パワーモジュール"]),
        ("r21", ["SF-424", "9. Type of Applicant 1", "* 10. Name of Federal Agency", "14. Areas Affected"]),
        ("m10", ["Goal | Measure | Deadline", "2030. | percent / number | 2030"]),
        ("m17", ["Description of this Contract", "## Services", "## Deadlines", "## Signatures"]),
    ],
)
def test_what_a_person_sees_is_there_in_order(start: str, wanted: list[str]) -> None:
    text = sample(start, "openpassword").text
    places = [text.find(words) for words in wanted]
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("start", "pages", "language"),
    [("r01", 7, "en"), ("r04", 19, "en"), ("r16", 8, "en"), ("m02", 10, "en"), ("m12", 1, "fr"), ("m18", 2, "en")],
)
def test_a_file_has_its_pages_and_its_language(start: str, pages: int, language: str) -> None:
    document = sample(start)
    assert (len(document.pages), document.language) == (pages, language)


def test_running_headers_and_page_numbers_are_not_in_the_text() -> None:
    long = sample("m02").text
    assert "CONFIDENTIAL" not in long
    assert not re.search(r"- \d+ / 10 -", long)
    assert "Edition 1.0 2004-06" not in sample("r04").text
    assert "strategy programme 2027–2030" not in sample("m18").text
    assert not re.search(r"^\d+$", sample("m18").text, re.MULTILINE)


def test_a_table_of_goals_is_read_row_by_row() -> None:
    document = sample("m10")
    rows = [document.quote(block.span) for block in document.blocks if block.kind == "row"]
    assert rows[0] == "Goal | Measure | Deadline"
    goals = [row.split(" | ")[0] for row in rows[1:]]
    assert in_order("\n".join(sentences("48")), goals) == []
    assert len(goals) > 10


def test_titles_over_paragraphs_set_a_little_apart_are_headings_in_narrow_columns_too() -> None:
    document = sample("m03")
    headings = [folded(document.quote(block.span)) for block in document.blocks if block.kind == "heading"]
    titles = [
        folded(one) for one in ("Caring for the Carey Community", "Strengthening Our School", "Character education")
    ]
    assert [one for one in titles if one not in headings] == []
    said = {folded(one) for one in sentences("47") if one.endswith(".")}
    assert said.isdisjoint(headings)


def test_no_note_in_brackets_heads_anything() -> None:
    document = sample("m02")
    headings = [document.quote(block.span) for block in document.blocks if block.kind == "heading"]
    assert len(headings) > GOALS
    assert [one for one in headings if one.startswith("(")] == []


def test_headings_are_told_by_size_and_weight() -> None:
    document = sample("r01")
    levels = {document.quote(block.span): block.level for block in document.blocks if block.kind == "heading"}
    assert levels["The Carey School Strategic Plan"] == 1
    assert levels["Strengthening Our School"] < levels["We Know Our School and…"] < levels["Good governance"]


def test_text_that_no_person_sees_is_withheld_and_said() -> None:
    document = sample("r21")
    assert "NGMS Agency" not in document.shown_text
    assert "NGMS Agency" in [document.quote(one.span) for one in document.withheld]
    assert "cannot be seen" in document.warnings[0]


def test_a_scanned_statement_is_read_from_its_picture_sentence_by_sentence() -> None:
    path = find("r12")
    if "en" not in ocr_languages():
        pytest.skip("Tesseract is not here")
    document = read_file(path)
    assert document.pages[0].source == "ocr"
    said = [
        "City of Tshwane notes with great concern increasing water challenges caused by Rand Water",
        "we appeal to residents that do have water to please use it sparingly",
    ]
    assert in_order(document.text, said) == []
    assert "OCR" in document.warnings[0]


@pytest.mark.parametrize(("start", "said"), [("r02", "Pages 1–3 hold"), ("m16", "Page 1 holds")])
def test_a_file_of_pictures_says_that_it_holds_no_text(start: str, said: str) -> None:
    document = sample(start)
    assert {page.source for page in document.pages} == {"none"}
    assert document.warnings[0].startswith(said)


@pytest.mark.parametrize(
    ("start", "fault"),
    [("r20", EmptyFile), ("r08", LockedFile), ("m05", LockedFile)],
)
def test_a_file_that_gives_nothing_is_refused_for_the_reason(start: str, fault: type[UnreadableFile]) -> None:
    with pytest.raises(fault) as caught:
        sample(start)
    assert type(caught.value) is fault
    assert "\n" not in str(caught.value)


def test_the_goals_are_six_items_in_every_form_of_the_same_plan() -> None:
    lists = [items(sample(start, "vet2027")) for start in ("m05", "m06", "m18")]
    assert [len(found) for found in lists] == [GOALS] * 3
    assert lists[0] == lists[1] == lists[2]
    in_word = [
        sample("m22").quote(block.span) for block in sample("m22").blocks if (block.kind, block.level) == ("item", 2)
    ]
    assert in_word == lists[0]


def test_the_tracked_change_is_accepted_and_the_comment_left_out() -> None:
    text = sample("m22").text
    assert "2027 until 2030" in text
    assert "2029" not in text


def test_a_word_file_named_pdf_says_so_and_reads_as_the_word_file() -> None:
    document = sample("m15")
    assert "Word" in document.warnings[0]
    assert document.text == sample("r03").text


@pytest.mark.parametrize(
    ("start", "sentence", "times"),
    [
        ("m02", "Scholarship to provide direct admission to", 1),
        ("m03", "elementary students and their families.", 2),
        ("r14", "Nam feugiat lacus vel est.", 1),
        ("m17", "a copy of these because I", 1),
    ],
)
def test_a_sentence_that_a_page_or_its_number_cuts_is_whole_in_one_block(start: str, sentence: str, times: int) -> None:
    document = sample(start)
    blocks = [" ".join(document.quote(block.span).split()) for block in document.blocks]
    assert sum(sentence in words for words in blocks) == times


def test_a_list_in_a_long_pdf_is_read_item_by_item_over_wrapped_lines() -> None:
    document = sample("m02")
    ends = [quote[-1] for quote in items(document)]
    whole = sum(end in ".)" for end in ends)
    assert len(ends) > 100
    assert whole / len(ends) > 0.9
