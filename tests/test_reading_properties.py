"""Whatever comes in: a document whose every position is true, or a fault that says why not."""

import io
import random
import zipfile
from functools import cache
from typing import Any

import pytest
from files import make_pdf, make_word, make_zip
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.document import Document
from knowledge.faults import UnreadableFile
from knowledge.reading.files import Limits, read_bytes

FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
WRITTEN = """Our aims
VISION
We send ten bakers abroad.
to the coast
as follows:
1. First
2. Second
1.2 Deep
• Guests
- Bread
a) Cake
o Tarts
•
Page 3
....... 7
12
(note)
# Mark

Bread and
Butter
2030.
---
**bold**"""
ODD = ["\uf0b7 Sign", "\t", "ﬁne", "in\u00adter", "é", "ő", "\f", "\r\n", "\u2028"]
SCRAPS = [*WRITTEN.splitlines(), *ODD]
OPEN_TAGS = [
    "<p>",
    "<ul>",
    "<li>",
    "<b>",
    "<h2>",
    "<table>",
    "<tr>",
    "<td>",
    "<div hidden>",
    "<!--",
    "<script>",
    "<pre>",
]
TAGS = [
    *OPEN_TAGS,
    "</p>",
    "</ul>",
    "</b>",
    "</h2>",
    "</td>",
    "</tr>",
    "</table>",
    "</div>",
    "-->",
    "</script>",
    "<br>",
]
PRINTED = st.characters(exclude_categories=["Cc", "Cs"])  # control characters by the dozen make a file no text

lines = st.lists(st.sampled_from(SCRAPS) | st.text(max_size=60), max_size=40).map("\n".join)
pages = st.lists(st.sampled_from([*SCRAPS, *TAGS]) | st.text(PRINTED, max_size=20), max_size=60).map("".join)


def check(document: Document) -> None:
    """Every position is true: pages in order, blocks in order, each within one page and without white space around."""
    size = len(document.text)
    end = 0
    for page in document.pages:
        assert end <= page.span.start <= page.span.end <= size
        assert (page.source == "none") == (not document.quote(page.span).strip())
        end = page.span.end
    place = 0
    for block in document.blocks:
        quote = document.quote(block.span)
        assert quote
        assert quote == quote.strip()
        assert place <= block.span.start
        assert any(page.span.contains(block.span) for page in document.pages)
        assert (block.level == 0) == (block.kind in {"paragraph", "row"})
        place = block.span.end
    assert document.text.isprintable() or not any(ord(sign) < 32 and sign not in "\n\t" for sign in document.text)


def read(data: bytes, name: str) -> Document | None:
    """The document, checked and read twice alike; None where the file was refused."""
    try:
        document = read_bytes(data, name)
    except UnreadableFile:
        return None
    check(document)
    assert read_bytes(data, name) == document
    return document


@FEW
@given(lines, st.sampled_from(["plan.txt", "plan.md", "plan.html", "plan.pdf", "plan"]))
def test_any_text_has_true_positions(text: str, name: str) -> None:
    read(text.encode("utf-8", "surrogatepass"), name)


@FEW
@given(pages)
def test_any_web_page_has_true_positions(text: str) -> None:
    assert read(f"<html><body><p>Words</p>{text}".encode(errors="ignore"), "plan.html") is not None


@FEW
@given(pages)
def test_any_markdown_has_true_positions(text: str) -> None:
    read(text.encode(errors="ignore"), "plan.md")


@FEW
@given(st.binary(max_size=400), st.sampled_from(["plan.pdf", "plan.docx", "plan.txt", ""]))
def test_any_bytes_give_a_document_or_a_fault(data: bytes, name: str) -> None:
    read(data, name)
    read(b"%PDF-1.4\n" + data, name)
    read(b"PK\x03\x04" + data, name)


@FEW
@given(st.lists(st.lists(st.sampled_from([s for s in SCRAPS if s.isascii()]), max_size=12), max_size=4))
def test_any_pdf_has_true_positions(written: list[list[str]]) -> None:
    read(make_pdf(*written), "plan.pdf")


@cache
def whole_files() -> tuple[bytes, ...]:
    def fill(document: Any) -> None:
        document.add_heading("Harbour College", 0)
        document.add_paragraph("Our bakers go abroad.")
        document.add_paragraph("Bakers who speak German", style="List Bullet")
        document.add_table(rows=2, cols=2).cell(0, 0).text = "Value"

    return make_pdf(["Harbour College", "We send ten bakers abroad."], ["- Guests"]), make_word(fill)


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_file_gives_a_document_or_a_fault(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - damage for a test, not a secret
    for whole in whole_files():
        read(damage(whole, chance), "plan")


def damage(data: bytes, chance: random.Random) -> bytes:
    """The bytes with some changed, cut out or cut off."""
    damaged = bytearray(data)
    for _ in range(chance.choice([1, 4, 40])):
        damaged[chance.randrange(len(damaged))] = chance.randrange(256)
    cut = chance.randrange(len(damaged))
    if chance.random() < 0.3:
        del damaged[cut : cut + chance.randrange(300)]
    return bytes(damaged[:cut] if chance.random() < 0.2 else damaged)


@pytest.mark.parametrize("seed", range(40))
def test_a_word_file_with_a_damaged_part_gives_a_document_or_a_fault(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - damage for a test, not a secret
    with zipfile.ZipFile(io.BytesIO(whole_files()[1])) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice([part for part in parts if part.endswith((".xml", ".rels"))])
    parts[name] = chance.choice([b"", b"<a/>", damage(parts[name], chance), parts[name].replace(b"w:val=", b"w:x=")])
    read(make_zip(parts), "plan.docx")


@FEW
@given(st.integers(1, 400), lines)
def test_no_document_is_longer_than_the_limit(most: int, text: str) -> None:
    limits = Limits(characters=most)
    for name in ("plan.txt", "plan.md"):
        try:
            document = read_bytes(text.encode("utf-8", "replace"), name, limits=limits)
        except UnreadableFile:
            continue
        assert len(document.text) <= most + len(document.pages) * 4
