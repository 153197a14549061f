"""The awkward files that lie beside the project: each gives what its description says, or is refused for the reason."""

from pathlib import Path

import pytest

from knowledge.document import Document
from knowledge.faults import EmptyFile, LockedFile, UnknownFormat, UnreadableFile
from knowledge.reading.files import read_file

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


@pytest.mark.parametrize(
    ("start", "pages", "language", "fewest", "password"),
    [
        ("r01", 7, "en", 7000, None),
        ("r03", 1, "en", 8000, None),
        ("r04", 19, "en", 20000, None),
        ("r08", 1, "und", 500, "openpassword"),
        ("r10", 1, "en", 200, None),
        ("r14", 3, "und", 6000, None),
        ("r16", 8, "en", 40000, None),
        ("r18", 1, "und", 100, None),
        ("r21", 1, "en", 700, None),
        ("m02", 10, "en", 38000, None),
        ("m03", 2, "en", 8000, None),
        ("m05", 1, "en", 1500, "vet2027"),
        ("m06", 1, "en", 1500, None),
        ("m10", 1, "en", 1600, None),
        ("m12", 1, "fr", 1900, None),
        ("m17", 2, "en", 7000, None),
        ("m18", 2, "en", 1600, None),
        ("m22", 1, "en", 1600, None),
    ],
)
def test_a_readable_file_gives_its_pages_and_its_text(
    start: str, pages: int, language: str, fewest: int, password: str | None
) -> None:
    document = sample(start, password)
    assert (len(document.pages), document.language) == (pages, language)
    assert len(document.text) >= fewest
    assert document.blocks


@pytest.mark.parametrize(
    ("start", "said"), [("r02", "Pages 1–3 hold"), ("r12", "Page 1 holds"), ("m16", "Page 1 holds")]
)
def test_a_file_of_pictures_says_that_it_holds_no_text(start: str, said: str) -> None:
    document = sample(start)
    assert {page.source for page in document.pages} == {"none"}
    assert document.warnings[0].startswith(said)


@pytest.mark.parametrize(
    ("start", "fault"),
    [("r20", EmptyFile), ("r08", LockedFile), ("m05", LockedFile), ("m23", UnknownFormat)],
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


def test_headers_and_footers_are_in_no_block() -> None:
    document = sample("m18")
    assert not [block for block in document.blocks if "|" in document.quote(block.span)]


def test_a_word_file_named_pdf_says_so_and_reads_as_the_word_file() -> None:
    document = sample("m15")
    assert "Word" in document.warnings[0]
    assert document.text == sample("r03").text


def test_a_list_in_a_long_pdf_is_read_item_by_item_over_wrapped_lines() -> None:
    document = sample("m02")
    ends = [quote[-1] for quote in items(document)]
    whole = sum(end in ".)" for end in ends)
    assert len(ends) > 100
    assert whole / len(ends) > 0.9
