"""Judges a document as if what is withheld were not there: cuts it out, and puts what was found back in its place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, TypeVar, cast

from knowledge.document import Block, Cell, Document, Page, Span

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Cut:
    """A document, the same without what is withheld in it, and the stretches of the first that make up the second."""

    whole: Document
    judged: Document
    kept: tuple[Span, ...]

    def restore(self, value: Value) -> Value:
        """What was found in `judged`, its spans and quotes pointing into `whole`.

        Values of any frozen dataclass, tuple or mapping are gone through. Words that reach over a cut are quoted up to
        it, or from it where more of them stand after it.
        """
        return cast("Value", self._restored(value)) if self.whole.withheld else value

    def _restored(self, value: Any) -> Any:
        if value is self.judged:
            return self.whole
        if isinstance(value, Span):
            return self._place(value)
        if isinstance(value, tuple):
            return tuple(self._restored(one) for one in value)
        if isinstance(value, Mapping):
            return {key: self._restored(one) for key, one in value.items()}
        if not is_dataclass(value) or isinstance(value, type):
            return value
        changed: dict[str, Any] = {field.name: self._restored(getattr(value, field.name)) for field in fields(value)}
        span = changed.get("span")
        if isinstance(span, Span) and isinstance(changed.get("text"), str):
            changed["text"] = self.whole.quote(span)
        return replace(value, **changed)

    def _place(self, span: Span) -> Span:
        """Where `span` of the judged text stands in the whole one: the longest piece that no cut parts."""
        pieces: list[Span] = []
        size = 0
        for part in self.kept:
            start, end = max(span.start, size), min(span.end, size + part.end - part.start)
            if start < end:
                pieces.append(Span(start - size + part.start, end - size + part.start))
            elif span.start == span.end and size <= span.start <= size + part.end - part.start:
                pieces.append(Span(span.start - size + part.start, span.start - size + part.start))
            size += part.end - part.start
        if span.start == span.end == size:
            return Span(len(self.whole.text), len(self.whole.text))
        return max(pieces, key=lambda piece: (piece.end - piece.start, -piece.start))


def cut_withheld(document: Document) -> Cut:
    """`document` with what is withheld cut out: a line that is withheld whole goes with its line break."""
    if not document.withheld:
        return Cut(document, document, (Span(0, len(document.text)),))
    gaps = list(_gaps(document))
    edges = [0, *(edge for gap in gaps for edge in (gap.start, gap.end)), len(document.text)]
    kept = tuple(Span(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True))

    def moved(offset: int) -> int:
        return offset - sum(min(gap.end, offset) - gap.start for gap in gaps if gap.start < offset)

    def move(span: Span) -> Span:
        return Span(moved(span.start), moved(span.end))

    def move_cell(cell: Cell) -> Cell:
        return replace(cell, span=move(cell.span), head=move(cell.head) if cell.head else None)

    def move_block(block: Block) -> Block:
        return replace(block, span=move(block.span), cells=tuple(map(move_cell, block.cells)))

    text = "".join(document.quote(part) for part in kept)
    pages = tuple(Page(page.number, move(page.span), page.source) for page in document.pages)
    blocks = tuple(_joined(text, [move_block(block) for block in document.blocks]))
    return Cut(document, replace(document, text=text, pages=pages, blocks=blocks, withheld=()), kept)


def _gaps(document: Document) -> Iterator[Span]:
    """What is cut out: each withheld span with the white space that only parted it from the rest."""
    text, last = document.text, 0
    for one in document.withheld:
        page = next((page.span for page in document.pages if page.span.contains(one.span)), Span(0, len(text)))
        floor = max(page.start, last)
        before, after = text[floor : one.span.start], text[one.span.end : page.end]
        start = one.span.start - len(before) + len(before.rstrip(" \t"))
        end = one.span.end + len(after) - len(after.lstrip(" \t"))
        if not after.strip():  # the page ends here: nothing is left to part
            start, end = floor + len(before.rstrip()), page.end
        elif start == floor or text[start - 1] == "\n":
            end = one.span.end + len(after) - len(after.lstrip()) if "\n" in after[: end - one.span.end + 1] else end
        elif end < page.end and text[end] != "\n":
            start = one.span.start  # inside a line: the blank before the words stays
        last = end
        yield Span(start, end)


def _joined(text: str, blocks: list[Block]) -> Iterator[Block]:
    """The blocks, those that one withheld sentence parted on one line made one again."""
    current: Block | None = None
    for block in blocks:
        if current is None:
            current = block
        elif (block.kind, block.level) == (current.kind, current.level) and _same_line(text, current.span, block.span):
            current = replace(current, span=Span(current.span.start, block.span.end))
        else:
            yield current
            current = block
    if current is not None:
        yield current


def _same_line(text: str, first: Span, second: Span) -> bool:
    return first.end <= second.start and not text[first.end : second.start].strip(" \t")
