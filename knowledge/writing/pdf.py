"""PDF files with highlights and notes: the manager's own file back, its pages as they were."""

import io
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from knowledge.faults import CorruptFile
from knowledge.reading.pdfium import OpenPdf, UnopenedPdf, open_pdf
from knowledge.reading.sheet import Box, Word
from knowledge.writing.notes import Note, letters_of, nearest

AUTHOR = "Askwhy"
_COLOUR = "ffe08a"
_SIDE = 20.0  # points: a note's sign on the page
_SHORTEST = 24  # letters by which the beginning of a quote is found that is not found whole


def comment_pdf(data: bytes, name: str, notes: Sequence[Note], password: str | None = None) -> bytes:
    """The same PDF with each note as a highlight over its words, or as a sign at the top of its page.

    A file locked with `password` is locked with it again.

    Raises:
        CorruptFile: if the file cannot be opened or written.
    """
    from pypdf import PdfReader, PdfWriter
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            reader.decrypt(password or "")
        writer = PdfWriter(clone_from=reader)
        with open_pdf(data, password) as opened:
            _annotate(writer, opened, notes)
        if password:
            writer.encrypt(password, algorithm="AES-256")
        written = io.BytesIO()
        writer.write(written)
    except (PyPdfError, UnopenedPdf, ValueError, KeyError, TypeError) as fault:
        raise CorruptFile(
            name, "notes cannot be written into this PDF", "Ask for --format docx, which holds its text and the notes."
        ) from fault
    return written.getvalue()


def _annotate(writer: Any, opened: OpenPdf, notes: Sequence[Note]) -> None:
    for page, some in groupby(sorted(notes, key=lambda note: note.page), key=lambda note: note.page):
        number = min(page, opened.pages)
        sheet = opened.read(number)
        signs = 0
        for note in some:
            boxes = _boxes(sheet.words, note)
            if boxes:
                writer.add_annotation(number - 1, _highlight(boxes, note.text))
                continue
            crop = sheet.crop
            left = crop.left + _SIDE + signs * 1.5 * _SIDE
            signs += 1
            place = Box(left, crop.top - 2 * _SIDE, left + _SIDE, crop.top - _SIDE)
            writer.add_annotation(number - 1, _sign(place, note.text))


def _boxes(words: Sequence[Word], note: Note) -> list[Box]:
    """One box a line over the note's words; none where they do not stand on the page."""
    letters: list[str] = []
    owners: list[int] = []
    for place, word in enumerate(words):
        kept, _ = letters_of(word.text)
        letters.append(kept)
        owners += [place] * len(kept)
    wanted, _ = letters_of(note.words)
    text = "".join(letters)
    found = nearest(text, wanted, 0.0) or nearest(text, wanted[:_SHORTEST], 0.0)
    if found is None:
        return []
    inside = [words[place] for place in sorted(set(owners[found[0] : found[1]]))]
    lines: list[Box] = []
    for word in inside:
        last = lines[-1] if lines else None
        middle = (word.bottom + word.top) / 2
        if last and last.bottom <= middle <= last.top and word.left >= last.left:
            lines[-1] = Box(
                last.left, min(last.bottom, word.bottom), max(last.right, word.right), max(last.top, word.top)
            )
        else:
            lines.append(Box(word.left, word.bottom, word.right, word.top))
    return lines


def _highlight(boxes: Sequence[Box], text: str) -> Any:
    from pypdf.annotations import Highlight
    from pypdf.generic import ArrayObject, FloatObject

    corners = [
        side
        for box in boxes
        for side in (box.left, box.top, box.right, box.top, box.left, box.bottom, box.right, box.bottom)
    ]
    around = Box(
        min(box.left for box in boxes),
        min(box.bottom for box in boxes),
        max(box.right for box in boxes),
        max(box.top for box in boxes),
    )
    made = Highlight(
        rect=(around.left, around.bottom, around.right, around.top),
        quad_points=ArrayObject(FloatObject(side) for side in corners),
        highlight_color=_COLOUR,
        printing=True,
        title_bar=AUTHOR,
    )
    return _said(made, text)


def _sign(place: Box, text: str) -> Any:
    from pypdf.annotations import Text

    return _said(Text(rect=(place.left, place.bottom, place.right, place.top), text=text, title_bar=AUTHOR), text)


def _said(annotation: Any, text: str) -> Any:
    from pypdf.generic import NameObject, TextStringObject

    annotation[NameObject("/Contents")] = TextStringObject(text)
    annotation[NameObject("/T")] = TextStringObject(AUTHOR)
    return annotation
