"""Word files with margin comments: the manager's own file back, or a new one for a text of another format."""

import copy
import io
from collections.abc import Sequence
from typing import Any

from knowledge.document import Document
from knowledge.faults import CorruptFile
from knowledge.reading.package import DAMAGE
from knowledge.writing.notes import Note, letters_of, nearest

AUTHOR, INITIALS = "Askwhy", "A"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLAIN = {f"{_W}rPr", f"{_W}t"}
_SHORTEST = 24  # letters of a quote that reaches over several paragraphs, by which its beginning is found


def comment_word(data: bytes, name: str, notes: Sequence[Note]) -> bytes:
    """The same Word file with each note as a comment at its words, or at the first words where it is on the whole.

    Raises:
        CorruptFile: if the file cannot be opened.
    """
    import docx
    from docx.opc.exceptions import OpcError

    try:
        file = docx.Document(io.BytesIO(data))
        _comment(file, notes)
        written = io.BytesIO()
        file.save(written)
    except (*DAMAGE, OpcError) as fault:
        raise CorruptFile(
            name, "comments cannot be written into this Word file", "Save it again from Word, or ask for Markdown."
        ) from fault
    return written.getvalue()


def write_word(document: Document, notes: Sequence[Note]) -> bytes:
    """A new Word file that holds the text of `document`, with the notes as comments."""
    import docx

    file = docx.Document()
    for block in document.blocks:
        words = " ".join(document.quote(block.span).split())
        if block.kind == "heading":
            file.add_heading(words, level=min(max(block.level, 1), 9))
        else:
            file.add_paragraph(words, style="List Bullet" if block.kind == "item" else None)
    if not document.blocks:
        file.add_paragraph(" ".join(document.text.split()) or document.name)
    _comment(file, notes)
    written = io.BytesIO()
    file.save(written)
    return written.getvalue()


def _comment(file: Any, notes: Sequence[Note]) -> None:
    """Put each note at its words; the runs that hold more than those are parted there."""
    from docx.text.run import Run

    for note in notes:
        runs = _find_runs(file.element.body, note)
        if runs:
            ends = [Run(run, file) for run in (runs[0], runs[-1])]
            file.add_comment(ends, text=note.text, author=AUTHOR, initials=INITIALS)


def _find_runs(body: Any, note: Note) -> list[Any]:
    """The runs that hold the note's words and nothing else; the first with words where those are not found."""
    runs = [run for run in body.iter(f"{_W}r") if _words(run).strip() and not _is_gone(run)]
    text = "".join(_words(run) for run in runs)
    letters, places = letters_of(text)
    wanted, _ = letters_of(note.words)
    found = nearest(letters, wanted, note.share) or nearest(letters, wanted[:_SHORTEST], note.share)
    if found is None:
        return runs[:1]
    start, end = places[found[0]], places[found[1] - 1] + 1
    inside, size = [], 0
    for run in runs:
        words = _words(run)
        first, last = max(start - size, 0), min(end - size, len(words))
        if first < last:
            inside.append(_part(run, first, last))
        size += len(words)
    return inside


def _words(run: Any) -> str:
    return "".join(child.text or "" for child in run if child.tag == f"{_W}t")


def _is_gone(run: Any) -> bool:
    """Whether it is text that a tracked change took away."""
    return any(above.tag in {f"{_W}del", f"{_W}moveFrom"} for above in run.iterancestors())


def _part(run: Any, start: int, end: int) -> Any:
    """The run that holds the characters from `start` to `end`: a part of this one.

    A run that holds anything but plain words is left whole.
    """
    texts = [child for child in run if child.tag == f"{_W}t"]
    if len(texts) != 1 or any(child.tag not in _PLAIN for child in run):
        return run
    words = texts[0].text or ""
    middle = run
    if start > 0:
        before = copy.deepcopy(run)
        run.addprevious(before)
        _set_words(before, words[:start])
    if end < len(words):
        after = copy.deepcopy(run)
        run.addnext(after)
        _set_words(after, words[end:])
    _set_words(middle, words[start:end])
    return middle


def _set_words(run: Any, words: str) -> None:
    text = next(child for child in run if child.tag == f"{_W}t")
    text.text = words
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
