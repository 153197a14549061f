"""The manager's own file back: comments at the words they are about, and nothing else changed."""

import io
from pathlib import Path

import docx
import pypdf
import pytest
from conftest import SHARED, Run
from hypothesis import given
from hypothesis import strategies as draw
from pypdf.generic import ArrayObject

from assistant.domain import Critique
from assistant.reviewing.annotation import Original, make_notes, write_docx, write_pdf
from assistant.reviewing.critique import critique
from knowledge.faults import BadInput, CorruptFile
from knowledge.reading.files import read_bytes, read_file
from knowledge.writing.notes import letters_of, nearest

GOALS = (
    "Our apprentice bakers talk with the mills across the border, so that the village shops keep their bread.",
    "Better quality of mobility as far as possible.",
    "Strengthen the international dimension.",
)


@pytest.fixture(scope="module")
def word_file() -> bytes:
    file = docx.Document()
    file.add_heading("Strategy of Lindby bakery school 2027-2031", level=1)
    file.add_paragraph("Our students come from four villages.")
    file.add_heading("Our goals", level=2)
    for goal in GOALS:
        paragraph = file.add_paragraph(style="List Bullet")
        head, middle, tail = goal[:9], goal[9:20], goal[20:]
        paragraph.add_run(head)
        paragraph.add_run(middle).bold = True
        paragraph.add_run(tail)
    written = io.BytesIO()
    file.save(written)
    return written.getvalue()


def criticised(data: bytes, name: str) -> Critique:
    return critique(read_bytes(data, name))


def commented_words(file: "docx.document.Document") -> dict[int, str]:
    """The words that each comment is set at, by the comment's id."""
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    open_now: set[str] = set()
    words: dict[int, str] = {}
    for element in file.element.body.iter():
        if element.tag == f"{w}commentRangeStart":
            open_now.add(element.get(f"{w}id"))
        elif element.tag == f"{w}commentRangeEnd":
            open_now.discard(element.get(f"{w}id"))
        elif element.tag == f"{w}t":
            for one in open_now:
                words[int(one)] = words.get(int(one), "") + (element.text or "")
    return words


def test_a_word_file_comes_back_with_comments_at_the_words_they_are_about(word_file: bytes) -> None:
    found = criticised(word_file, "plan.docx")
    file = docx.Document(io.BytesIO(write_docx(found, Original("plan.docx", word_file))))
    words = commented_words(file)
    said = {comment.text: words[comment.comment_id] for comment in file.comments}
    assert {comment.author for comment in file.comments} == {"Askwhy"}
    loophole = next(one for one in found.findings if one.rule == "loophole")
    assert any(loophole.message in text and at == "as far as possible" for text, at in said.items())
    assert any(at == GOALS[2].strip(".") for at in said.values())


def test_the_words_and_looks_of_a_word_file_stay_as_they_were(word_file: bytes) -> None:
    found = criticised(word_file, "plan.docx")
    before, after = (
        docx.Document(io.BytesIO(word_file)),
        docx.Document(io.BytesIO(write_docx(found, Original("plan.docx", word_file)))),
    )
    assert [one.text for one in after.paragraphs] == [one.text for one in before.paragraphs]
    assert [one.style.name for one in after.paragraphs] == [one.style.name for one in before.paragraphs]
    for old, new in zip(before.paragraphs, after.paragraphs, strict=True):
        bold = ["".join(run.text for run in one.runs if run.bold) for one in (old, new)]
        assert bold[0] == bold[1]
    assert (
        read_bytes(word_file, "a.docx").text
        == read_bytes(write_docx(found, Original("plan.docx", word_file)), "a.docx").text
    )


def test_a_text_of_another_format_becomes_a_word_file_with_comments() -> None:
    text = "# Strategy of Lindby 2027-2031\n\nOur students bake.\n\n## Goals\n\n" + "\n".join(
        f"- {one}" for one in GOALS
    )
    found = criticised(text.encode(), "plan.md")
    file = docx.Document(io.BytesIO(write_docx(found, Original("plan.md", text.encode()))))
    assert [one.text for one in file.paragraphs if one.style.name == "List Bullet"] == list(GOALS)
    assert len(list(file.comments)) == len(make_notes(found))


def test_a_goal_named_in_a_remark_on_several_is_noted_at_each(word_file: bytes) -> None:
    found = criticised(word_file, "plan.docx")
    notes = make_notes(found)
    whole = [note for note in notes if note.words == ""]
    assert len(whole) == 1
    assert all(note.words in found.strategy.document.text for note in notes)


def test_what_is_no_pdf_is_not_given_back_as_one(word_file: bytes) -> None:
    with pytest.raises(BadInput, match="--format docx"):
        write_pdf(criticised(word_file, "plan.docx"), Original("plan.docx", word_file))


def test_a_damaged_file_is_a_fault_and_not_a_traceback(word_file: bytes) -> None:
    found = criticised(word_file, "plan.docx")
    with pytest.raises(CorruptFile):
        write_pdf(found, Original("plan.pdf", b"%PDF-1.7\n" + bytes(40)))


SAMPLES = (
    "m18-numbered-goals-over-page-break-kestu.pdf",
    "m12-french-valcendre.pdf",
)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_pdf_comes_back_with_highlights_inside_its_pages(name: str) -> None:
    path = SHARED / "data" / "pdfs" / name
    if not path.is_file():
        pytest.skip(f"the sample is not here: {path}")
    data = path.read_bytes()
    found = critique(read_file(path))
    before, after = (pypdf.PdfReader(io.BytesIO(one)) for one in (data, write_pdf(found, Original(name, data))))
    assert len(after.pages) == len(before.pages)
    assert [page.extract_text() for page in after.pages] == [page.extract_text() for page in before.pages]
    said = [one.get_object() for page in after.pages for one in page.get("/Annots", ArrayObject())]
    notes = [one for one in said if one.get("/T") == "Askwhy"]
    assert len(notes) == len(make_notes(found))
    assert {one["/Subtype"] for one in notes} <= {"/Highlight", "/Text"}
    for page in after.pages:
        for one in page.get("/Annots", ArrayObject()):
            left, bottom, right, top = (float(side) for side in one.get_object()["/Rect"])
            assert page.mediabox.left <= left <= right <= page.mediabox.right
            assert page.mediabox.bottom <= bottom <= top <= page.mediabox.top


def test_the_command_line_writes_both(askwhy: Run, tmp_path: Path, word_file: bytes) -> None:
    (tmp_path / "plan.docx").write_bytes(word_file)
    assert askwhy("critique", "plan.docx", "--format", "docx", "-o", "out.docx").code == 0
    assert list(docx.Document(str(tmp_path / "out.docx")).comments)
    said = askwhy("critique", "plan.docx", "--format", "pdf", "-o", "out.pdf")
    assert (said.code, said.err.count("\n")) == (1, 1)
    assert not (tmp_path / "out.pdf").exists()


@given(draw.text(max_size=60), draw.data())
def test_the_letters_of_words_are_found_where_they_stand(text: str, data: draw.DataObject) -> None:
    letters, places = letters_of(text)
    assert len(letters) == len(places)
    start = data.draw(draw.integers(0, len(letters)))
    end = data.draw(draw.integers(start, len(letters)))
    found = nearest(letters, letters[start:end], start / max(1, len(letters)))
    assert (found is None) is (start == end)
    if found:
        assert letters[found[0] : found[1]] == letters[start:end]
