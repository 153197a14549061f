"""A document cut into passages: a paragraph, a few sentences, or a few items of a list, never across headings."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from knowledge.document import Block, Document, Span
from knowledge.sentences import split_sentences

PASSAGE_SIZE = 900
SHORT = 300  # a paragraph shorter than this is joined with the next
ENDLESS = 2  # how many passages long a sentence must be to be cut inside
LEAD_IN = re.compile(r"[:：]\s*$")
HEADINGS_KEPT = 3


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece that can answer by itself: `text == document.text[span.start:span.end]`.

    `headings` are those it stands under, the highest first; `lead_in` is the sentence that opens its list, where the
    passage holds a later part of the list, else "".
    """

    span: Span
    page: int
    text: str
    headings: tuple[str, ...] = ()
    lead_in: str = ""

    @property
    def in_context(self) -> str:
        """What is embedded and searched: headings and lead-in, then the words themselves."""
        above = " › ".join(self.headings[-HEADINGS_KEPT:])
        return "\n".join(part for part in (above, self.lead_in, self.text) if part)


def split_passages(document: Document, *, size: int = PASSAGE_SIZE) -> tuple[Passage, ...]:
    """Cut a document along its structure, in reading order.

    Args:
        document: what was read; one without blocks is cut at its empty lines.
        size: the longest passage, in characters; only a single sentence, item or row can exceed it, up to twice,
            never a run of them. Of 300 to 1,000, 900 found most answers among the first five.

    Returns:
        Passages whose spans do not overlap; together they hold every block but the headings.
    """
    passages: list[Passage] = []
    headings: list[tuple[int, str]] = []
    for is_heading, run in groupby(document.blocks or _blocks_at_empty_lines(document), _is_heading):
        if is_heading:
            for block in run:
                headings = [(level, title) for level, title in headings if level < block.level]
                headings.append((block.level, _folded(document.quote(block.span))))
        else:
            passages += _passages_under(document, list(run), tuple(title for _, title in headings), size)
    return tuple(passages)


def _is_heading(block: Block) -> bool:
    return block.kind == "heading"


def _blocks_at_empty_lines(document: Document) -> tuple[Block, ...]:
    return tuple(Block("paragraph", span) for span in _runs_of_lines(document.shown_text))


def _runs_of_lines(text: str) -> Iterator[Span]:
    """Where lines with something on them follow each other, without the white space around."""
    start = end = 0
    for line in re.finditer(r".+", text):
        if line.group().strip():
            if end and "\n" in text[end : line.start()].replace("\n", "", 1):
                yield Span(start, end)
                end = 0
            start = start if end else line.end() - len(line.group().lstrip())
            end = line.start() + len(line.group().rstrip())
    if end:
        yield Span(start, end)


def _passages_under(document: Document, blocks: list[Block], headings: tuple[str, ...], size: int) -> Iterator[Passage]:
    """The passages of what stands between two headings."""
    lead_in = ""
    for group in _groups(document, blocks, size):
        first = document.quote(group[0].span)
        listed = group[0].kind in {"item", "row"}
        whole = Span(group[0].span.start, group[-1].span.end)
        too_long = len(group) == 1 and whole.end - whole.start > size
        for span in _sentence_runs(document, whole, size) if too_long else [whole]:
            yield Passage(span, document.page_at(span.start), document.quote(span), headings, lead_in if listed else "")
        if group[0].kind == "paragraph":
            lead_in = _folded(first) if LEAD_IN.search(first) else ""


def _groups(document: Document, blocks: list[Block], size: int) -> Iterator[list[Block]]:
    """Runs of blocks that belong together: a lead-in with its first items, items in a row, short paragraphs."""
    group: list[Block] = []
    for block in blocks:
        if group and not _joins(document, group, block, size):
            yield group
            group = []
        group.append(block)
    if group:
        yield group


def _joins(document: Document, group: list[Block], block: Block, size: int) -> bool:
    last = group[-1]
    between = Span(last.span.end, max(last.span.end, block.span.start))
    if block.span.end - group[0].span.start > size or any(one.span.overlaps(between) for one in document.withheld):
        return False
    if block.kind in {"item", "row"}:
        opens = last.kind == "paragraph" and bool(LEAD_IN.search(document.quote(last.span)))
        return last.kind == block.kind or opens
    return last.kind == "paragraph" and last.span.end - last.span.start < SHORT


def _sentence_runs(document: Document, span: Span, size: int) -> list[Span]:
    """Consecutive sentences joined into runs of nearly equal length, as few as `size` allows."""
    text = document.quote(span)
    whole = [one.shifted(span.start) for one in split_sentences(text, document.language)] or [span]
    sentences = [piece for sentence in whole for piece in _pieces(document, sentence, ENDLESS * size)]
    aim = (span.end - span.start) / -(-(span.end - span.start) // size)
    runs: list[Span] = []
    for sentence in sentences:
        if runs and sentence.end - runs[-1].start <= size and runs[-1].end - runs[-1].start < aim * 0.75:
            runs[-1] = Span(runs[-1].start, sentence.end)
        else:
            runs.append(sentence)
    return runs


def _pieces(document: Document, sentence: Span, most: int) -> Iterator[Span]:
    """The sentence itself, or an endless one (a table run together, a text without full stops) cut at its spaces."""
    start = sentence.start
    while sentence.end - start > most:
        gap = document.text.rfind(" ", start + 1, start + most)
        end = gap if gap > 0 else start + most
        yield Span(start, end)
        start = end + 1 if gap > 0 else end
    yield Span(start, sentence.end)


def _folded(text: str) -> str:
    return " ".join(text.split())
