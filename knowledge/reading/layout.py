"""The pages of a PDF laid out: what a person sees in reading order, and what is hidden from a person apart."""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from knowledge.reading.furniture import find_furniture
from knowledge.reading.hidden import RENDER_DPI, find_hidden
from knowledge.reading.illustrations import find_illustrations
from knowledge.reading.letters import Setting, set_line
from knowledge.reading.paragraphs import Paragraph, TableRow, read_paragraphs
from knowledge.reading.pdfium import OpenPdf, UnopenedPdf
from knowledge.reading.regions import read_frame
from knowledge.reading.rows import find_rows
from knowledge.reading.sheet import Box, Sheet, Word
from knowledge.reading.turning import Frame, lay_upright

if TYPE_CHECKING:
    from PIL.Image import Image

_MEANINGLESS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd\ufffe\U000f0000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Hidden:
    """Words that a person does not see, and why not: "it …"."""

    words: Setting
    reason: str


@dataclass(frozen=True, slots=True)
class Laid:
    """One page: its parts in reading order, what is hidden on it, and how much of its letters mean nothing (0 to 1).

    `raw` are all its words as the file has them, hidden ones and headers too; `illustrations` its larger pictures.
    """

    parts: tuple[Paragraph | TableRow, ...] = ()
    hidden: tuple[Hidden, ...] = ()
    raw: str = ""
    odd: float = 0.0
    illustrations: tuple[Box, ...] = ()


def lay_out(file: OpenPdf, check: Callable[[int], None], tell: Callable[[int, int], None]) -> tuple[Laid, ...]:
    """All pages of a file; `check` is told the letters so far, `tell` the pages so far of how many; both may raise."""
    sheets: list[Sheet | None] = []
    hidden: list[dict[int, str]] = []
    letters = 0
    for number in range(1, file.pages + 1):
        try:
            sheet = file.read(number)
            hidden.append(find_hidden(sheet, partial(_picture, file, number)))
        except UnopenedPdf:
            sheets.append(None)
            hidden.append({})
            continue
        sheets.append(sheet)
        letters += sum(len(word.text) for word in sheet.words)
        check(letters)
        tell(number, file.pages)
    frames = [
        lay_upright(sheet, [word for word in sheet.words if word.places.start not in gone]) if sheet else ()
        for sheet, gone in zip(sheets, hidden, strict=True)
    ]
    around = find_furniture([turned[0] if turned else None for turned in frames])
    shown = " ".join(word.text for turned in frames for frame in turned for word in frame.words) if any(hidden) else ""
    return tuple(
        _page(sheet, turned, furniture, _hidden(sheet, gone, shown)) if sheet else Laid()
        for sheet, turned, gone, furniture in zip(sheets, frames, hidden, around, strict=True)
    )


def _picture(file: OpenPdf, number: int, without: Collection[int]) -> "Image":
    return file.render(number, RENDER_DPI, without)


def _page(sheet: Sheet, frames: Sequence[Frame], furniture: frozenset[int], hidden: Sequence[Hidden]) -> Laid:
    seen = [_without(frame, furniture) for frame in frames]
    parts = read_paragraphs([part for frame in seen for part in read_frame(frame)])
    raw = " ".join(word.text for word in sheet.words)
    return Laid(tuple(parts), tuple(hidden), raw, measure_odd(raw), find_illustrations(sheet))


def measure_odd(text: str) -> float:
    """The share of characters that mean nothing: of private use, control, or marked as lost."""
    odd = 0 if text.isascii() and text.isprintable() else len(_MEANINGLESS.findall(text))
    return odd / max(1, len(text))


def _without(frame: Frame, furniture: frozenset[int]) -> Frame:
    if not furniture:
        return frame
    words = tuple(word for word in frame.words if word.places.start not in furniture)
    return Frame(words, frame.rules, frame.paper)


def _hidden(sheet: Sheet, hidden: dict[int, str], shown: str) -> list[Hidden]:
    """The hidden words, those of one line and one reason together.

    What the document shows elsewhere too is no secret: a shadow, or a spreadsheet's line that runs over to the next
    page. It is left out.
    """
    by_reason: dict[str, list[Word]] = {}
    for word in sheet.words:
        if reason := hidden.get(word.places.start):
            by_reason.setdefault(reason, []).append(word)
    return [
        Hidden(line, reason)
        for reason, words in by_reason.items()
        for row in find_rows(words)
        if (line := set_line(row)).text.strip() and " ".join(word.text for word in row) not in shown
    ]
