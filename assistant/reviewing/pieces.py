"""Cuts a document into the stretches that make one statement each, every one with the heading it stands under.

A list item is one statement, a paragraph is one a sentence, a table row one a row; where the row's columns are named,
its goal is one and what is planned for it another.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from assistant.reviewing.headings import announces_goals
from assistant.reviewing.rows import cut_row, names_columns, read_card_label
from knowledge.document import Block, Document, Span
from knowledge.labels import read_line_label
from knowledge.lexicon import Lexicon, load_lexicon
from knowledge.sentences import split_sentences

_FEWEST_LETTERS = 4
_LONGEST_ITEM_WORDS = 60
_LONGEST_STATEMENT_WORDS = 150
# "Goal 2: …", "Priority C – …", "Ziel 3 …"; "Goal 2.1" is a point under a goal.
_LABELLED = re.compile(r"^[^\W\d_][\w' ’-]{2,30}?\s*(\d{1,2}|[A-Z]|[IVX]{1,4})\s*[:.–—-]\s+(?=\S+\s+\S+)")
# "Objective 2.1: …", "2.1 …".
_MARK = re.compile(r"\s*\d{1,2}\.\d{1,2}[.)]?\s+")
_PART = re.compile(r"([^\W\d_][\w' ’-]{2,30}?\s*)?(\d{1,2})\.(\d{1,2})[.)]?(?:\s*[:–—-])?\s+(?=\S+\s+\S+)")
# "Goal | …": the first of two cells in a row.
_CARD = re.compile(r"[^|\t\n]{2,40}[|\t]")
# "3.1", "2)" and "c." before the words of a heading.
_NUMBER = re.compile(r"(?:\d+(?:\.\d+)+[.)]?|\d{1,2}[.)]|[A-Za-z][.)])\s+(?=\S)")
_FEWEST_HEADED_WORDS = 4
# "Goal 1. Teachers speak. By 2028 …": so few words in a paragraph of two sentences or more are the goal's title.
_MOST_TITLE_WORDS, _TITLED = 6, 2
# What a line says ahead that it is: "Timing" in "Timing: autumn".
_LABEL = re.compile(r"([^\W\d_][^:.|\n]{2,40}):\s")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the document that makes one statement.

    `heading` is the heading or lead-in right above it, `above` the one that heading stands under; `context` the nearest
    one above that says what stands below it ("Goals", "Values"), the heading where none does; each "" where there is
    none. `labelled` where its own first words call it a goal ("Goal 2: …"), or it is a heading that says something
    right under one of goals ("3 Ambitions", "3.1 One cook in ten has worked abroad"); it may name a `theme` alone, with
    the goals below it ("Axis 2: …"), and `number` is that of its label ("2"). `part` says of what is numbered under
    another ("2.1") under which and as what, and `named` that it is called a goal there ("Objective 2.1"). `label` is
    what its block says ahead of a colon that it is ("Indicator: …"), "" where it says nothing.
    """

    span: Span
    heading: str
    context: str
    block: Block
    above: str = ""
    labelled: bool = False
    label: str = ""
    theme: bool = False
    number: str = ""
    part: tuple[str, int] | None = None
    named: bool = False


def cut_pieces(document: Document, lexicon: Lexicon, language: str) -> Iterator[Piece]:
    """The stretches of `document` that make a statement each, in reading order.

    A heading is one only where it carries a goal of its own: "Goal 2: Every apprentice speaks a second language".
    """
    headings: list[Block] = []
    last: tuple[_Part, list[Block]] | None = None
    for block in document.blocks:
        part = _read_part(document, block, lexicon)
        if part and last and part.follows(last[0]):
            headings = [one for one in headings if one in last[1]]  # "Actions:" was of the one before
        if part:
            last = (part, list(headings))
        if block.kind == "heading":
            headings = [one for one in headings if one.level < block.level]
            carried = _carried_goal(document, block, lexicon) or _headed_goal(document, headings, block, lexicon)
            if carried:
                words = document.quote(block.span)
                theme, number = _names_theme(words, lexicon), _label_number(words)
                yield Piece(carried, words, words, block, labelled=True, theme=theme, number=number)
            headings.append(block)
            continue
        above, heading = ["", "", *(document.quote(one.span) for one in headings)][-2:]
        parts = tuple(cut_row(document, block, lexicon))
        yield from (Piece(one.span, one.heading, one.heading, one.block, label=one.label) for one in parts)
        if not parts and not names_columns(block):
            below = Piece(block.span, heading, _telling_heading(document, headings, lexicon), block, above)
            yield from _cut_block(document, below, part, lexicon, language)


def _cut_block(
    document: Document, whole: Piece, part: "_Part | None", lexicon: Lexicon, language: str
) -> Iterator[Piece]:
    """The statements of a block, given all of it as one, and what its number says."""
    block = whole.block
    carried, label = _carried_goal(document, block, lexicon), read_label(document, block)
    spans = list(_split(document, block, language))
    if carried:
        spans = _join_title(document, [span for span in spans if span.end > carried.start], carried, language)
    for span in spans:
        if carried and span.start <= carried.start < span.end:
            words, said = document.quote(block.span), Span(carried.start, span.end)
            theme, number = _names_theme(words, lexicon), _label_number(words)
            yield replace(whole, span=said, labelled=True, theme=theme, number=number)
        elif part and span.start == block.span.start and part.start < span.end:
            said = Span(part.start, span.end)
            yield replace(whole, span=said, part=(part.of, part.place), named=part.named, label=label)
        elif sum(1 for _ in islice(filter(str.isalpha, document.quote(span)), _FEWEST_LETTERS)) == _FEWEST_LETTERS:
            yield replace(whole, span=span, label=label)


def _join_title(document: Document, spans: list[Span], carried: Span, language: str) -> list[Span]:
    """A block's sentences, a goal's title ("Goal 1. Teachers speak.") and the next one as one, where it has a title."""
    if len(spans) < _TITLED or len(document.text[carried.start : spans[0].end].split()) > _MOST_TITLE_WORDS:
        return spans
    label = _LABEL.match(document.text, spans[1].start, spans[1].end)
    if label and read_line_label(label[1], language) is not None:
        return spans
    return [Span(spans[0].start, spans[1].end), *spans[2:]]


class _Part(NamedTuple):
    """That a block is numbered under another: that one's number, its own place there, and where its words begin."""

    of: str
    place: int
    named: bool
    start: int

    def follows(self, other: "_Part") -> bool:
        """Whether it is the next one under the same number."""
        return self.of == other.of and self.place == other.place + 1


def _read_part(document: Document, block: Block, lexicon: Lexicon) -> _Part | None:
    """What a block's own number says, with the word for a goal before it or none ("Action 2.1" is none)."""
    start = document.text.rfind("\n", 0, block.span.start) + 1
    mark = document.text[start : block.span.start]
    if block.kind not in ("paragraph", "item") or not (mark.isspace() or not mark or _MARK.fullmatch(mark)):
        return None
    found = _PART.match(document.text, start + len(mark) - len(mark.lstrip()), block.span.end)
    if found is None or (found[1] and lexicon.cue("goal_label").search(found[1]) is None):
        return None
    return _Part(found[2], int(found[3]), bool(found[1]), max(found.end(), block.span.start))


def _label_number(words: str) -> str:
    found = _LABELLED.match(words)
    return found[1] if found else ""


def _split(document: Document, block: Block, language: str) -> Iterator[Span]:
    """A block's statements: a paragraph's sentences, an item or row as a whole unless it is as long as a paragraph."""
    text = document.quote(block.span)
    whole = block.kind in ("item", "row") and len(text.split()) <= _LONGEST_ITEM_WORDS
    sentences = (Span(0, len(text)),) if whole else split_sentences(text, language)
    for sentence in sentences:
        if len(text[sentence.start : sentence.end].split()) <= _LONGEST_STATEMENT_WORDS:
            yield sentence.shifted(block.span.start)


def read_label(document: Document, block: Block) -> str:
    """What a block says ahead that it is ("Indicator" of "Indicator: share of …", or in two cells), or ""."""
    found = _LABEL.match(document.quote(block.span))
    return read_card_label(document, block) or (found[1] if found else "")


def _telling_heading(document: Document, headings: list[Block], lexicon: Lexicon) -> str:
    """The nearest heading that says what stands below it; the nearest of all where none does; "" without headings."""
    words = [document.quote(heading.span) for heading in reversed(headings)]
    return next((one for one in words if _tells(one, lexicon.code)), words[0] if words else "")


@lru_cache(maxsize=2000)
def _tells(heading: str, language: str) -> bool:
    """Whether a heading says what stands below it; it stands over many statements, so it is read once."""
    return any(pattern.search(heading) for pattern in load_lexicon(language).headings.values())


def _carried_goal(document: Document, block: Block, lexicon: Lexicon) -> Span | None:
    """Where the goal stands in a block that calls itself one ("Goal 2: …", "Goal | …"); None in any other."""
    card = read_card_label(document, block)
    if card and lexicon.headings["goal"].search(card) and read_line_label(card, lexicon.code) is None:
        return block.cells[1].span
    label = _LABELLED.match(document.quote(block.span))
    if not label or not lexicon.headings["goal"].search(label[0]):
        return None
    return Span(block.span.start + label.end(), block.span.end)


def _names_theme(words: str, lexicon: Lexicon) -> bool:
    """Whether a block that carries a goal is not numbered as one, but as a priority, an axis or a mere heading."""
    label = _LABELLED.match(words) or _CARD.match(words)
    return label is None or lexicon.cue("goal_label").search(label[0]) is None


def _headed_goal(document: Document, above: list[Block], block: Block, lexicon: Lexicon) -> Span | None:
    """Where the statement stands in a heading that makes one, right under a heading of goals; None in any other."""
    words = document.quote(block.span)
    number = _NUMBER.match(words)
    start = number.end() if number else 0
    if not above or not announces_goals(document.quote(above[-1].span), lexicon):
        return None
    leads_in = words.rstrip().endswith(":")
    if leads_in or len(words[start:].split()) < _FEWEST_HEADED_WORDS or _tells(words, lexicon.code):
        return None
    return Span(block.span.start + start, block.span.end)
