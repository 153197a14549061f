"""What each line is: a heading, a list item or a paragraph, from its looks and its neighbours."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from knowledge.document import Block, BlockKind, Page, Span
from knowledge.reading.chapters import mark_chapters
from knowledge.reading.lines import Line, is_labelled, is_title, name_field, read_lines
from knowledge.reading.marks import Mark
from knowledge.reading.withholding import drop_addressed

LEAD_IN_LEVEL = 6

_LONGEST_LEAD_IN = 200
_LABEL_WORDS = 4  # a label ("Vision", "Unsere Werte") is no longer than this
_PHRASE_WORDS = 5  # and what it introduces no shorter
_TITLE_WORDS, _TITLE_LENGTH = 7, 55  # words and characters of a numbered heading; those of the sample: 5 and 41
_STACK, _SERIES = 3, 5  # title lines that can open a document; in a row, that cannot all be headings
_FIELDS = 2  # lines in a row that each say what they are
_SENTENCE_BREAK = re.compile(r"[.!?…][\"”»’')\]]*\s+(?=[^\W\d_a-z])")


def outline(text: str, pages: Sequence[Page]) -> tuple[Block, ...]:
    """The blocks of plain running text, in order; each lies within one page.

    A paragraph or item that was wrapped is one block whose span holds its line breaks. A line without end mark
    above text is a heading; short lines that follow one another under a heading are items, and so is every line
    with a bullet or number, unless prose stands between the numbers and these are short: then they are headings. A
    line with a colon above a list is a heading of level 6.
    """
    return decide(text, read_lines(text, pages))


def decide(text: str, lines: Sequence[Line]) -> tuple[Block, ...]:
    """The block that each line is, its neighbours considered; `text` is what the spans point into.

    What addresses a machine makes no block, and no difference to its neighbours.
    """
    numbered = mark_chapters(text, drop_addressed(text, lines))
    decided = _decide_plain(_decide_numbered(_decide_clear(_decide_fields(numbered))))
    return _split_lead_ins(text, _deepen_items(_rank_headings(decided)))


def _decide_fields(lines: Sequence[Line]) -> list[Line]:
    """Lines under one another that each say what they are ("Target: 20 %", "Deadline: June"): none heads another.

    "Priority One: …" above "Priority Two: …" are no such: they count.
    """
    decided = [*lines]
    start = 0
    while start < len(lines):
        stop = start + 1
        labels = [name_field(lines[start].words)]
        while labels[0] and stop < len(lines) and not lines[stop].apart and (label := name_field(lines[stop].words)):
            labels.append(label)
            stop += 1
        if len(labels) >= _FIELDS and len({label.split()[0] for label in labels}) == len(labels):
            for index in range(start, stop):
                if lines[index].kind is None and lines[index].mark is None:
                    _set(decided, index, "paragraph")
        start = stop
    return decided


def _decide_clear(lines: Sequence[Line]) -> list[Line]:
    """Lines that need no neighbours to be judged."""
    decided: list[Line] = []
    for line in lines:
        if line.kind is None and line.mark is not None and line.mark.style == "hash":
            decided.append(replace(line, kind="heading", level=line.mark.number[0]))
        elif line.kind is None and line.mark is not None and not line.mark.counts:
            decided.append(replace(line, kind="item"))
        elif line.kind is None and line.mark is None and not _is_heading_like(line):
            decided.append(replace(line, kind="paragraph"))
        elif line.kind is None and line.mark is None and (line.weight == "strong" or _is_capital(line)):
            decided.append(replace(line, kind="heading"))
        else:
            decided.append(line)
    return decided


def _decide_numbered(lines: list[Line]) -> list[Line]:
    """Numbered lines: headings where prose stands between them, items of a list where nothing but items does."""
    for index in reversed(range(len(lines))):
        line, mark = lines[index], lines[index].mark
        if line.kind is None and mark is not None:
            kind: BlockKind = "heading" if _heads_section(lines, index, mark) else "item"
            lines[index] = replace(line, kind=kind, level=len(mark.number) if kind == "heading" else 0)
    return lines


def _heads_section(lines: Sequence[Line], index: int, mark: Mark) -> bool:
    """Whether a numbered line heads a section; the numbers after it are decided already."""
    line = lines[index]
    if not is_title(line.words) or (line.weight == "plain" and len(mark.number) == 1):
        return False  # other headings are bold or large
    if line.weight != "strong" and _is_told(lines, index, mark):
        return False
    if _opens_section(lines, index, mark):
        return True
    following, before = _sibling(lines, index, mark, 1), _sibling(lines, index, mark, -1)
    below = lines[index + 1 : following] if following is not None else lines[index + 1 : index + 2]
    prose = _is_prose_among(below)
    if following is not None:
        return prose or lines[following].kind == "heading"
    if before is not None:
        prose = prose or _is_prose_among(lines[before + 1 : index])
    deep = len(mark.number) > 1 and not any(is_labelled(one.words) for one in below)
    # The last number of a list stands right under the one before; the last section does not.
    return (prose or deep) and before != index - 1


def _is_prose_among(lines: Sequence[Line]) -> bool:
    """Whether there is running text; what says itself what it is ("Indicator: …") belongs to the statement above it."""
    return any(line.kind == "paragraph" and not is_labelled(line.words) for line in lines)


def _opens_section(lines: Sequence[Line], index: int, mark: Mark) -> bool:
    """Whether its own first section heads what follows right below it ("3.1 …" under "3 …")."""
    below = lines[index + 1] if index + 1 < len(lines) else None
    return (
        below is not None
        and below.kind == "heading"
        and below.mark is not None
        and below.mark.number == (*mark.number, 1)
    )


def _is_told(lines: Sequence[Line], index: int, mark: Mark) -> bool:
    """Whether most of the numbers in its row say what a sentence says, though none has a full stop."""
    row = [lines[index].words]
    for step in (-1, 1):
        place, at = index, mark
        while (following := _sibling(lines, place, at, step)) is not None:
            row.append(lines[following].words)
            place, at = following, lines[following].mark or at
    return sum(len(words.split()) > _TITLE_WORDS or len(words) > _TITLE_LENGTH for words in row) * 2 > len(row)


def _sibling(lines: Sequence[Line], index: int, mark: Mark, step: int) -> int | None:
    """Where the number one on (`step` 1) or one back (-1) stands, if it is the nearest of its style and depth."""
    for place in range(index + 1, len(lines)) if step > 0 else reversed(range(index)):
        other = lines[place].mark
        if other is not None and other.style == mark.style and len(other.number) == len(mark.number):
            return place if other.number == (*mark.number[:-1], mark.number[-1] + step) else None
    return None


def _decide_plain(lines: list[Line]) -> list[Line]:
    """Lines that look like titles: which are headings, and which are items without bullets."""
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and lines[end].kind is None:
            end += 1
        if end - start >= _SERIES and all(line.apart for line in lines[start:end]):
            _decide_series(lines, start, end)
        while start < end:
            stop = start + 1
            while stop < end and not lines[stop].apart:
                stop += 1
            if lines[start].kind is None:
                _decide_run(lines, start, stop)
            start = stop
        start = end + 1
    return lines


def _decide_series(lines: list[Line], start: int, end: int) -> None:
    """Title-like lines, each by itself between blank lines: a heading over a list that was written without bullets."""
    last = end - 1 if end < len(lines) and lines[end].kind != "heading" else end
    for index in range(start + 1, last):
        _set(lines, index, "item")


def _decide_run(lines: list[Line], start: int, end: int) -> None:
    """Title-like lines `start` to `end` that no blank line parts."""
    after = lines[end] if end < len(lines) else None
    opening = all(line.kind == "heading" for line in lines[:start])
    before = lines[start - 1].kind if start else None
    # What follows hangs on the last line, unless a gap of its own makes the run a closed list.
    hangs = after is not None and (not after.apart or end - start == 1) and (opening or after.kind != "heading")
    stop = end
    if hangs and _may_head(lines, end - 1, alone=end - start == 1):
        stop = end - 1
        _set(lines, stop, "heading")
    place = start
    while place < stop:
        rest = stop - place
        if opening and before is None and rest <= _STACK:
            _set(lines, place, "heading" if after is not None else "paragraph")
        elif rest > 1 and _is_label(lines[place], lines[place + 1]):
            _set(lines, place, "heading")
            _set(lines, place + 1, "paragraph")
            place += 1
        elif rest == 1 and stop < end and place == start:
            _set(lines, place, "heading" if lines[place].weight != "plain" else "paragraph")
        elif rest > 1 and before not in {"heading", "item"} and place == start and lines[place].weight != "plain":
            _set(lines, place, "heading")
        elif before is None or (rest == 1 and before != "item"):
            _set(lines, place, "paragraph")
        else:
            _set(lines, place, "item")
        before = lines[place].kind
        place += 1


def _set(lines: list[Line], index: int, kind: BlockKind) -> None:
    lines[index] = replace(lines[index], kind=kind)


def _may_head(lines: Sequence[Line], index: int, *, alone: bool) -> bool:
    """Whether the title-like line at `index` heads what follows it, and does not fill the heading above it."""
    line = lines[index]
    if line.weight == "plain":
        return line.words.endswith(":") or lines[index + 1].kind == "item"
    above = lines[index - 1] if index and lines[index - 1].kind == "heading" else None
    below = lines[index + 1]
    if above is None or not alone or line.words.endswith(":"):
        return True
    filling = len(above.words.split()) <= _LABEL_WORDS and len(line.words.split()) > _PHRASE_WORDS
    return not (filling and (below.kind is None or below.kind == "heading"))


def _is_heading_like(line: Line) -> bool:
    """Whether a line looks like a title, leads in to no list after a sentence, and does not tell what it is ahead."""
    words = line.words
    if not is_title(words) or (words.endswith(":") and _SENTENCE_BREAK.search(words)):
        return False
    return line.weight == "strong" or not is_labelled(words)


def _is_capital(line: Line) -> bool:
    return line.words.isupper() and sum(map(str.isalpha, line.words)) > _LABEL_WORDS


def _is_label(line: Line, following: Line) -> bool:
    """Whether one line names what the next one says, as "Vision" does over the vision."""
    words, said = len(line.words.split()), len(following.words.split())
    return words <= _LABEL_WORDS and said >= max(_PHRASE_WORDS, 2 * words) and not _is_capital(following)


def _rank_headings(lines: Sequence[Line]) -> list[Line]:
    """Headings with their level, where the format or a number has not given one.

    The first line and lines in capitals are of level 1, one that clings to its text where others stand clear of it of
    level 3, the rest of level 2; below one that the format marks as a heading they are deeper than that.
    """
    clear = any(below.apart for line, below in pairwise(lines) if line.kind == "heading")
    clings = [clear and not below.apart for _, below in pairwise(lines)] + [False]
    ranked, marked = [], 0
    for index, line in enumerate(lines):
        level = line.level
        if line.kind == "heading" and level == 0:
            own = 1 if index == 0 or _is_capital(line) else 3 if clings[index] else 2
            level = min(LEAD_IN_LEVEL, max(own, marked + 1))
        elif line.kind == "heading" and (line.mark is None or line.mark.style == "hash"):
            marked = level
        ranked.append(replace(line, level=level))
    return ranked


def _deepen_items(lines: Sequence[Line]) -> list[Line]:
    """Items with their depth: a new kind of mark, or one further in, opens a list inside the list."""
    deep: list[Line] = []
    stack: list[tuple[str, str, int]] = []
    for line in lines:
        if line.kind != "item":
            stack = []
        elif line.level == 0:
            look = _look(line.mark)
            stack = stack[: stack.index(look) + 1] if look in stack else [*stack, look]
        deep.append(replace(line, level=len(stack)) if line.kind == "item" and line.level == 0 else line)
    return deep


def _look(mark: Mark | None) -> tuple[str, str, int]:
    return (mark.style, mark.glyph if mark.style in {"bullet", "dash"} else "", mark.indent) if mark else ("", "", 0)


def _split_lead_ins(text: str, lines: Sequence[Line]) -> tuple[Block, ...]:
    """The blocks; what ends with a colon above a list is a heading of level 6: its last sentence, if it has more."""
    blocks: list[Block] = []
    for index, line in enumerate(lines):
        kind, span, level = line.kind or "paragraph", line.span, line.level
        listed = index + 1 < len(lines) and lines[index + 1].kind == "item"
        if kind == "paragraph" and listed and line.words.endswith(":"):
            breaks = [found.end() for found in _SENTENCE_BREAK.finditer(text, span.start, span.end)]
            begin = breaks[-1] if breaks else span.start
            if span.end - begin <= _LONGEST_LEAD_IN:
                if begin > span.start:
                    head = text[span.start : begin].rstrip()
                    blocks.append(Block("paragraph", Span(span.start, span.start + len(head))))
                kind, span, level = "heading", Span(begin, span.end), LEAD_IN_LEVEL
        elif kind == "heading" and listed and line.words.endswith(":") and line.words.count(" ") >= _LABEL_WORDS:
            level = LEAD_IN_LEVEL
        blocks.append(Block(kind, span, level))
    return tuple(blocks)
