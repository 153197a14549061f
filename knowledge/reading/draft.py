"""What every format's reader takes and gives: a `Source` in, a `Draft` out; and the cleaning that all text gets."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from knowledge.document import Block, Page, PageSource, Span, Withheld
from knowledge.faults import OversizedFile
from knowledge.reading.sheet import Box

PageTold = Callable[[int, int], None]

PAGE_BREAK = "\n\n"

_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_WIDE_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_UNSEEN = re.compile(
    "\u00ad\n[ \t]*|[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
_LINE_TAILS = re.compile("[ \t]+(?=\n|$)")
_BLANK_LINES = re.compile("\n{3,}")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read before a file is refused.

    Attributes:
        bytes: the file's size.
        pages: pages in a PDF, slides in a presentation, sheets in a workbook.
        characters: characters of text, and of markup before its marks are taken off.
        unpacked: bytes in all that a packed file (Word, Excel, PowerPoint, OpenDocument) may unpack to.
        ratio: how many times larger than the file that may be, where it is more than ten megabytes.
        parts: files inside a packed file.
        part: bytes that one of them may unpack to, of those that are read.
        cells: filled cells in all tables or sheets.
        seconds: time to read it, where it is read in a process that can be stopped.
        memory: bytes of memory to read it in, where such a process can be held to it (Linux).
        pictures: pictures on pages with text that OCR looks for words in, the largest first.
    """

    bytes: int = 30_000_000
    pages: int = 600
    characters: int = 3_000_000
    unpacked: int = 300_000_000
    ratio: int = 100
    parts: int = 10_000
    part: int = 60_000_000
    cells: int = 200_000
    seconds: float = 300.0
    memory: int = 1_500_000_000
    pictures: int = 8


def tell_nobody(done: int, total: int) -> None:
    """The progress that nobody follows."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read: its bytes, its name as the manager knows it, the password given, and the limits that hold.

    `tell` is called with the pages read so far, of how many; what it raises ends the reading.
    """

    data: bytes
    name: str
    password: str | None
    limits: Limits
    tell: PageTold = tell_nobody


@dataclass(frozen=True, slots=True)
class Draft:
    """A document's text with its pages and blocks, before name, language and digest are known.

    A format puts into `withheld` the words it holds and no reader sees, as `Withheld` asks; what is addressed to a
    machine is found for all formats alike. `broken` are the numbers of pages that could not be read and are warned of,
    `illustrations` the larger pictures of a PDF by their page's number, in shares of the page.
    """

    text: str
    pages: tuple[Page, ...]
    blocks: tuple[Block, ...]
    warnings: tuple[str, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    broken: tuple[int, ...] = ()
    illustrations: tuple[tuple[int, Box], ...] = ()


def clean(text: str) -> str:
    """The text as it is read aloud: what has no sound or shape is gone, nothing else is changed.

    Line ends become newlines, wide and fixed spaces plain ones, ligatures their letters, and accents written apart
    join their letter; control and zero-width characters and soft hyphens go, as does white space at line ends; more
    than one blank line becomes one.
    """
    text = _LINE_ENDS.sub("\n", text)
    text = _WIDE_SPACES.sub(" ", text)
    text = _UNSEEN.sub("", text)
    for sign, letters in _LIGATURES.items():
        text = text.replace(sign, letters)
    text = unicodedata.normalize("NFC", text)
    return _BLANK_LINES.sub("\n\n", _LINE_TAILS.sub("", text))


def join_pages(pages: Sequence[tuple[str, PageSource]]) -> tuple[str, tuple[Page, ...]]:
    """Pages set one after the other with a blank line between: the text, and each page's place in it.

    A page's span is its own text alone; a page without text stands as an empty span.
    """
    parts: list[str] = []
    laid: list[Page] = []
    size = 0
    for number, (words, source) in enumerate(pages, start=1):
        if parts:
            parts.append(PAGE_BREAK)
            size += len(PAGE_BREAK)
        parts.append(words)
        laid.append(Page(number, Span(size, size + len(words)), source))
        size += len(words)
    return "".join(parts), tuple(laid)


@dataclass(frozen=True, slots=True)
class Laid:
    """Pages laid out with what each hides: `shown` are the pages without it, which the outline is read from."""

    text: str
    pages: tuple[Page, ...]
    shown: tuple[Page, ...]
    withheld: tuple[Withheld, ...]


def lay_pages(pages: Sequence[tuple[str, PageSource]], hidden: Sequence[Sequence[str]]) -> Laid:
    """Pages joined as `join_pages` does, the words that each hides at its end, on lines of their own and withheld.

    Args:
        pages: what is seen on each page, cleaned.
        hidden: for each page, the cleaned words no reader sees, one entry a line; empty ones are passed over.
    """
    lines = [[" ".join(one.split()) for one in secret if one.strip()] for secret in hidden]
    filled: list[tuple[str, PageSource]] = [
        ("\n".join(part for part in (words, *secret) if part), source)
        for (words, source), secret in zip(pages, lines, strict=True)
    ]
    text, whole = join_pages(filled)
    shown: list[Page] = []
    withheld: list[Withheld] = []
    for page, (words, _), secret in zip(whole, pages, lines, strict=True):
        shown.append(Page(page.number, Span(page.span.start, page.span.start + len(words)), page.source))
        start = page.span.end - sum(map(len, secret)) - max(0, len(secret) - 1)
        for line in secret:
            withheld.append(Withheld(Span(start, start + len(line)), "hidden"))
            start += len(line) + 1
    return Laid(text, whole, tuple(shown), tuple(withheld))


def check_characters(source: Source, count: int) -> None:
    """Hold a file to the number of characters it may have.

    Raises:
        OversizedFile: if `count` is above the limit.
    """
    if count > source.limits.characters:
        raise OversizedFile(
            source.name,
            f"the text is longer than {source.limits.characters:,} characters",
            "Split it into smaller files and add the parts that matter.",
            key="file_characters",
            most=source.limits.characters,
        )
