"""What stands in a draft's text and must not be judged: kept out of its blocks, whatever format it was read from."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from knowledge.addressing import find_addressed
from knowledge.document import Span, Withheld
from knowledge.reading.draft import Draft
from knowledge.reading.lines import Line, fold


def withhold(draft: Draft) -> Draft:
    """The draft with the sentences that address a machine withheld beside what its format withheld already."""
    hidden = [one.span for one in draft.withheld]
    addressed = [
        Withheld(part, "addressed_to_machine")
        for span in find_addressed(draft.text)
        for part in without(span, hidden)
        if draft.text[part.start : part.end].strip()
    ]
    withheld = tuple(sorted((*draft.withheld, *addressed), key=lambda one: one.span))
    spans = [one.span for one in withheld]
    blocks = [
        replace(block, span=part, cells=tuple(cell for cell in block.cells if part.contains(cell.span)))
        for block in draft.blocks
        for part in (_trimmed(draft.text, part) for part in without(block.span, spans))
        if part.end > part.start
    ]
    return replace(draft, blocks=tuple(blocks), withheld=withheld) if spans else draft


def drop_addressed(text: str, lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines without those that only address a machine, so that they give structure to nothing.

    A line that also says something else keeps the part before, or after where it begins so.
    """
    addressed = find_addressed(text)
    if not addressed:
        return tuple(lines)
    kept: list[Line] = []
    apart = False
    for line in lines:
        parts = [one for one in (_trimmed(text, part) for part in without(line.span, addressed)) if one.end > one.start]
        if not parts:
            apart = apart or line.apart
            continue
        # A line with words on both sides stays whole here and is parted once its kind is known.
        span = parts[0] if len(parts) == 1 else line.span
        words = line.words if span == line.span else fold(text[span.start : span.end])
        kept.append(replace(line, span=span, words=words, apart=apart or line.apart))
        apart = False
    return tuple(kept)


def without(span: Span, gaps: Sequence[Span]) -> Iterator[Span]:
    """What is left of `span` between the `gaps`, which are in order."""
    start = span.start
    for gap in gaps:
        if gap.overlaps(span):
            if gap.start > start:
                yield Span(start, gap.start)
            start = max(start, gap.end)
    if start < span.end:
        yield Span(start, span.end)


def judged_text(draft: Draft) -> str:
    """The text without what is withheld: what its language is told by."""
    spans = [one.span for one in draft.withheld]
    parts = without(Span(0, len(draft.text)), spans)
    return "".join(draft.text[part.start : part.end] for part in parts)


def _trimmed(text: str, span: Span) -> Span:
    words = text[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.start + len(words.rstrip())))
