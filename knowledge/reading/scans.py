"""Pages without words, or with words that cannot be meant, are read from their pictures."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from time import monotonic

from knowledge.document import Block, Page, Span, Withheld
from knowledge.identification import identify_language
from knowledge.reading.draft import Draft, Source, check_characters, clean, join_pages
from knowledge.reading.ocr import DPI, INSTALL, OcrFailed, has_ink, ocr_languages, read_picture
from knowledge.reading.outline import outline
from knowledge.reading.pagenames import name_pages
from knowledge.reading.pdfium import UnopenedPdf, open_pdf
from knowledge.reading.quality import is_usable

_LINE_HYPHEN = re.compile(r"(?<=[^\W\d_])-\n([^\W\d_]+)[ \t]*\n?")
# "Schüler- und Lehrkräfte": a hyphen before one of these stands for the rest of a word and stays where it is.
_AND_OR = re.compile("and|or|und|oder|bzw|og|eller|en|of|ja|tai|sekä|és|vagy|et|ou|y|o|e", re.IGNORECASE)
_SURE = 0.6  # Tesseract's own confidence: below it a page is a drawing or too poor a scan, and gives noise
_PROBE = "en"  # what a page is read in first, to tell its language by
_TIME_SHARE = 0.8  # of the time a file may take; the rest is for what comes after
_FEWEST = 3  # letters that make a page say something
_PATIENCE = 90.0  # seconds for one page


@dataclass(frozen=True, slots=True)
class _Scanned:
    """What became of the pages that were to be read from their pictures: their words, those left for want of time."""

    words: dict[int, str]
    left: tuple[int, ...]


def read_scans(source: Source, draft: Draft) -> Draft:
    """The draft of a PDF with its unusable pages read by OCR, in the document's language, as far as time allows.

    A page whose picture gives words that can be meant takes them and has the source "ocr"; one that has neither those
    nor usable text has "none". What cannot be read, and what to install where OCR is not there, is said in warnings.
    """
    hidden = [one for one in draft.withheld if one.reason == "hidden"]
    wanted = [page.number for page in draft.pages if not is_usable(_shown(draft, page, hidden))]
    if not wanted:
        return draft
    scanned = _Scanned({}, ()) if not ocr_languages() else _scan(source, draft, wanted)
    told = _put_in(draft, scanned.words, hidden) if scanned.words else draft
    check_characters(source, len(told.text))
    bare = [number for number in wanted if told.pages[number - 1].source == "none" and number not in scanned.left]
    return replace(told, warnings=(*draft.warnings, *_warnings(bare, scanned, wanted, draft)))


def _scan(source: Source, draft: Draft, wanted: Sequence[int]) -> _Scanned:
    """Read the pages wanted, one after the other, until the time is up."""
    until = monotonic() + source.limits.seconds * _TIME_SHARE
    kept = "\n".join(draft.text[page.span.start : page.span.end] for page in draft.pages if page.number not in wanted)
    language = identify_language(kept)
    words: dict[int, str] = {}
    for place, number in enumerate(wanted):
        if monotonic() > until:
            return _Scanned(words, tuple(wanted[place:]))
        source.tell(number, len(draft.pages))
        found, language = _read_page(source, number, language, until)
        if found:
            words[number] = found
    return _Scanned(words, ())


def _read_page(source: Source, number: int, language: str, until: float) -> tuple[str, str]:
    """The words of one page, "" where there are none to rely on, and the language they were read in.

    Where the language is not known it is told by a first reading in English, whose letters are near enough.
    """
    try:
        with open_pdf(source.data, source.password) as file:
            picture = file.render(number, DPI)
        if not has_ink(picture):
            return "", language
        seconds = min(_PATIENCE, max(1.0, until - monotonic()))
        if language not in ocr_languages():
            told = identify_language(read_picture(picture, _PROBE, seconds=seconds).text)
            language = told if told in ocr_languages() else _PROBE
        read = read_picture(picture, language, seconds=seconds)
    except (UnopenedPdf, OcrFailed):
        return "", language
    text = _LINE_HYPHEN.sub(_mend, clean(read.text)).strip("\n")
    reliable = read.confidence >= _SURE and is_usable(text) and sum(map(str.isalpha, text)) >= _FEWEST
    return (text if reliable else ""), language


def _mend(found: re.Match[str]) -> str:
    """A word divided at a line's end, whole, the line broken after it."""
    tail = found[1]
    return found[0] if _AND_OR.fullmatch(tail) or tail[0].isupper() else f"{tail}\n"


def _shown(draft: Draft, page: Page, hidden: Sequence[Withheld]) -> str:
    """What a person sees on a page: its text up to the first hidden word, which stand at its end."""
    end = min((one.span.start for one in hidden if page.span.contains(one.span)), default=page.span.end)
    return draft.text[page.span.start : end].rstrip("\n")


def _put_in(draft: Draft, words: dict[int, str], hidden: Sequence[Withheld]) -> Draft:
    """The draft with those pages' words in the place of what stood there; hidden words stay at their page's end."""
    tails = {
        page.number: [draft.text[one.span.start : one.span.end] for one in hidden if page.span.contains(one.span)]
        for page in draft.pages
    }
    text, pages = join_pages(
        [
            ("\n".join((words[page.number], *tails[page.number])), "ocr")
            if page.number in words
            else (draft.text[page.span.start : page.span.end], page.source)
            for page in draft.pages
        ]
    )
    moved = [(old.span, new) for old, new in zip(draft.pages, pages, strict=True) if old.span.end > old.span.start]
    blocks = [
        _moved(block, new.span.start - old.start)
        for old, new in moved
        for block in draft.blocks
        if new.number not in words and old.contains(block.span)
    ]
    withheld = [
        replace(one, span=one.span.shifted(new.span.end - old.end))  # hidden words moved with their page's end
        for old, new in moved
        for one in draft.withheld
        if old.contains(one.span)
    ]
    read = [
        Page(page.number, Span(page.span.start, page.span.start + len(words[page.number])), "ocr")
        for page in pages
        if page.number in words
    ]
    placed = sorted((*blocks, *outline(text, read)), key=lambda block: block.span)
    return replace(draft, text=text, pages=pages, blocks=tuple(placed), withheld=tuple(withheld))


def _moved(block: Block, offset: int) -> Block:
    """A block with its cells, and what names their columns, `offset` characters further on."""
    cells = (
        replace(cell, span=cell.span.shifted(offset), head=cell.head and cell.head.shifted(offset))
        for cell in block.cells
    )
    return replace(block, span=block.span.shifted(offset), cells=tuple(cells))


def _warnings(bare: Sequence[int], scanned: _Scanned, wanted: Sequence[int], draft: Draft) -> Iterator[str]:
    if scanned.words:
        yield f"{name_pages(tuple(scanned.words))} read from a picture by OCR: check what is quoted against the paper."
    if scanned.left:
        yield f"{name_pages(scanned.left)} not read: there was no time left for more scanned pages."
    bare = [number for number in bare if number not in draft.broken]
    rest = "nothing in this file was read" if len(bare) == len(draft.pages) else "the other pages were read"
    if bare:
        seen = "blank, or a drawing, and OCR found nothing in it" if ocr_languages() else "a scan, a picture, or blank?"
        yield f"{name_pages(bare, 'holds', 'hold')} no text Askwhy can read ({seen}): {rest}."
        yield from () if ocr_languages() else (INSTALL,)
    doubtful = [number for number in wanted if number not in (*scanned.words, *scanned.left, *bare, *draft.broken)]
    if doubtful:
        yield f"{name_pages(doubtful)} kept as found, though much of the text makes no words."
