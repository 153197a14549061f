"""A document as it was read: one immutable text, its pages, and its blocks, all as offsets into that text."""

from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

PageSource = Literal["text", "ocr", "none"]
BlockKind = Literal["heading", "paragraph", "item", "row"]
WithheldReason = Literal["hidden", "addressed_to_machine"]


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

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share a character."""
        return max(self.start, other.start) < min(self.end, other.end)


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
class Withheld:
    """Words that are in the text and can be quoted, but are kept from every judgement, search and answer.

    "hidden" words are those the file holds and no reader sees (white, tiny, off the page): they stand at the end of
    their page's text, on lines of their own. "addressed_to_machine" are words that all can see and that tell a
    machine what to make of the document: they stay where they are. No block covers either.
    """

    span: Span
    reason: WithheldReason


@dataclass(frozen=True, slots=True)
class Document:
    """A file's text with its pages and blocks in reading order; every position in Askwhy points into `text`.

    `digest` is the SHA-256 of the file's bytes in hexadecimal; `language` an ISO 639-1 code, or "und" where
    there is too little text to tell; `warnings` are sentences for the reader about what could not be read;
    `withheld` is what stands in the text and is not judged, in order.

    Raises:
        ValueError: if a page, block or withheld span reaches beyond the text, the pages are not numbered 1, 2, 3 … in
            order, withheld spans overlap, or a block covers what is withheld.
    """

    name: str
    text: str
    pages: tuple[Page, ...]
    blocks: tuple[Block, ...]
    language: str
    digest: str
    warnings: tuple[str, ...] = ()
    withheld: tuple[Withheld, ...] = ()

    def __post_init__(self) -> None:
        """Hold pages, blocks and what is withheld to the text they point into."""
        size = len(self.text)
        if any(block.span.end > size for block in self.blocks):
            raise ValueError(f"{self.name}: a block reaches beyond the text")
        if [page.number for page in self.pages] != list(range(1, len(self.pages) + 1)):
            raise ValueError(f"{self.name}: pages are not numbered in order")
        if any(page.span.end > size for page in self.pages):
            raise ValueError(f"{self.name}: a page reaches beyond the text")
        if self.withheld:
            self._check_withheld()

    def _check_withheld(self) -> None:
        spans = [one.span for one in self.withheld]
        if any(one.end > other.start for one, other in pairwise(spans)) or spans[-1].end > len(self.text):
            raise ValueError(f"{self.name}: what is withheld overlaps or reaches beyond the text")
        if any(block.span.overlaps(span) for block in self.blocks for span in spans):
            raise ValueError(f"{self.name}: a block covers what is withheld")

    @property
    def shown_text(self) -> str:
        """The text with line breaks in the place of what is withheld: as long, so that offsets hold in both."""
        parts: list[str] = []
        end = 0
        for one in self.withheld:
            parts += [self.text[end : one.span.start], "\n" * (one.span.end - one.span.start)]
            end = one.span.end
        return "".join([*parts, self.text[end:]])

    def quote(self, span: Span) -> str:
        """The exact words at `span`."""
        return self.text[span.start : span.end]

    def page_at(self, offset: int) -> int:
        """The 1-based number of the page that holds the character at `offset` (1 for a document without pages)."""
        starts = [page.span.start for page in self.pages]
        return max(1, bisect_right(starts, offset))

    def block_at(self, offset: int) -> Block | None:
        """The last block that begins at `offset` or before it, in whose words the character there stands if in any."""
        place = bisect_right(self.blocks, offset, key=lambda block: block.span.start)
        return self.blocks[place - 1] if place else None
