"""A document as it was read: one immutable text, its pages, and its blocks, all as offsets into that text."""

from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal

PageSource = Literal["text", "ocr", "none"]
BlockKind = Literal["heading", "paragraph", "item", "row"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of characters (Unicode code points) `[start, end)`; `start == end` marks a place.

    Raises:
        ValueError: if `start` is negative or after `end`.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        """Refuse a range that no text can have."""
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def shifted(self, offset: int) -> "Span":
        """The same range, `offset` characters further on."""
        return Span(self.start + offset, self.end + offset)

    def contains(self, other: "Span") -> bool:
        """Whether `other` lies wholly inside this range."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its 1-based number, its range in the document's text, and where its text came from."""

    number: int
    span: Span
    source: PageSource


@dataclass(frozen=True, slots=True)
class Cell:
    """A filled cell of a table row: where its words stand, and where those stand that name its column.

    `head` is None in a table that names no columns; a cell that names a column is its own head. `repeated` says that
    it reaches down from the row above (merged, or left empty under it) and repeats its words.
    """

    span: Span
    head: Span | None = None
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, list item or table row.

    `level` is 1.. for headings (1 the highest), the nesting depth 1.. for items, and 0 for the rest.
    The span covers the words alone: no bullet, number sign or Markdown mark, no surrounding white space.
    `cells` are a row's filled cells from left to right, where its format tells them.
    """

    kind: BlockKind
    span: Span
    level: int = 0
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A file's text with its pages and blocks in reading order; every position in Askwhy points into `text`.

    `digest` is the SHA-256 of the file's bytes in hexadecimal; `language` an ISO 639-1 code, or "und" where
    there is too little text to tell; `warnings` are sentences for the reader about what could not be read.

    Raises:
        ValueError: if a page or block reaches beyond the text, or the pages are not numbered 1, 2, 3 … in order.
    """

    name: str
    text: str
    pages: tuple[Page, ...]
    blocks: tuple[Block, ...]
    language: str
    digest: str
    warnings: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Hold pages and blocks to the text they point into."""
        size = len(self.text)
        if any(block.span.end > size for block in self.blocks):
            raise ValueError(f"{self.name}: a block reaches beyond the text")
        if [page.number for page in self.pages] != list(range(1, len(self.pages) + 1)):
            raise ValueError(f"{self.name}: pages are not numbered in order")
        if any(page.span.end > size for page in self.pages):
            raise ValueError(f"{self.name}: a page reaches beyond the text")

    def quote(self, span: Span) -> str:
        """The exact words at `span`."""
        return self.text[span.start : span.end]

    def page_at(self, offset: int) -> int:
        """The 1-based number of the page that holds the character at `offset` (1 for a document without pages)."""
        starts = [page.span.start for page in self.pages]
        return max(1, bisect_right(starts, offset))
