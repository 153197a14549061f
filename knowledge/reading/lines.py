"""Lines of running text: wrapped ones put together again, and those along the edges of pages left out."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Literal

from knowledge.document import BlockKind, Page, Span
from knowledge.reading.marks import Mark, read_lone_mark, read_mark

Weight = Literal["strong", "plain", "unknown"]
Margins = tuple[int, int]  # the usual and the greatest length of a line that the margin broke; 0, 0 where none did

_FURNITURE = re.compile(
    r"\W*\d{1,3}\W*"  # a page number by itself
    r"|\W*(?:page|seite|sivu|side|pagina|página|pág\.?|oldal)\s*\d{1,4}(?:\s*\S{1,4}\s*\d{1,4})?\W*"
    r"|\W*\d{1,4}\.?\s*oldal\W*"
    r"|.*?(?:(?:\.\s?){5,}|…{2,})\s*\d{0,3}",  # a line of a table of contents
    re.IGNORECASE,
)
# A note in brackets after a full stop closes too: "Plan the visits. (Spring 2027)".
_END = re.compile(r"[.!?…][\"”“»«’')\]]*(?:\s*\([^()]*\))?$")
_LABEL = re.compile(r"[^\W\d_][^\W\d_]+(?:[ /-][^\W\d_]+){0,2}\s?:\s")
_SAID = 5  # words after a label, and it is no title
_DIGITS = re.compile(r"\d+")
_SPACES = re.compile(r"\s+")
_LONGEST_TITLE = 100  # characters
_LONGEST = 10_000  # characters: no paragraph has more, and looking it through again for each line would take hours
_MOST_WORDS = 14
_EDGE = 3  # lines at the top and the bottom of a page among which a running header or footer is looked for
_FEWEST = 3  # letters in a line that says something
_SHARE = 0.3  # of the pages that must carry a line before it counts as running
_SLACK = 0.85  # a line this full, next word included, was broken by the margin: letters differ in width
_TIGHT = 0.9  # the same, of the widest line, where the line could as well be a title
_SHORT = 0.7  # of the usual line: a line in the middle of a paragraph is no shorter
_EVIDENCE = 2  # wrapped lines that must be seen before a margin is believed in
_BEYOND = 1.3  # times the widest of them, and a line shows that there is no margin
# Words that no title, item or sentence ends with, in the nine languages: a line that does goes on.
_OPEN_END = re.compile(
    r"\b(?:the|of|and|or|an?|to|in|for|with|by|at|from|that|which|der|die|das|den|dem|des|und|oder|für|mit|von|im|am|zur?"
    r"|zum|eine[mnrs]?|dass|de|la|les?|du|et|ou|pour|avec|par|dans|une?|que|el|l[oa]s|y|para|con|por|del|al|il|gli|di|dei"
    r"|dell[ae]|nell[ae]|che|per|het|een|van|voor|met|te|og|af|til|på|som|at|ja|sekä|tai|että|az|és|vagy|hogy)$"
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line as its writer meant it: a single line of the text, or several where it was wrapped.

    `span` covers the words without mark and outer white space; `words` are the same with white space folded.
    `apart` says that a blank line or a page break stands above it. `weight` is "strong" where the format shows the
    line in bold or large letters, "plain" where it shows others so and not this one. `kind` and `level` are set
    where the format itself says what the line is.
    """

    span: Span
    words: str
    mark: Mark | None = None
    apart: bool = False
    page: int = 1
    weight: Weight = "unknown"
    kind: BlockKind | None = None
    level: int = 0


def fold(text: str) -> str:
    """The text on one line, each stretch of white space one space."""
    return _SPACES.sub(" ", text).strip()


def ends_sentence(words: str) -> bool:
    """Whether the words close with a full stop, question mark, exclamation mark or dots."""
    return _END.search(words) is not None


def is_furniture(words: str) -> bool:
    """Whether a line is a page number or a line of a table of contents."""
    return _FURNITURE.fullmatch(words) is not None


def says_something(words: str) -> bool:
    """Whether there are letters enough to say anything."""
    return sum(map(str.isalpha, words)) >= _FEWEST


def is_title(words: str) -> bool:
    """Whether a line could be a heading by its looks: short, begun with a capital, not closed, no note, few figures."""
    if len(words) > _LONGEST_TITLE or words.count(" ") >= _MOST_WORDS or words[0].islower() or words[0] == "(":
        return False
    if sum(map(str.isdigit, words)) > sum(map(str.isalpha, words)):
        return False
    return words[-1] not in ".!;," or words.endswith("...")


def is_labelled(words: str) -> bool:
    """Whether a line says itself what it is and then goes on ("Indicator: share of …"); "Goal 1: …" is a title."""
    return _LABEL.match(words) is not None and words.count(" ", words.index(":")) >= _SAID


def name_field(words: str) -> str:
    """What a line says ahead of a colon that it is ("Deadline" of "Deadline: June"); "" where it does not."""
    found = _LABEL.match(words)
    return found[0].rstrip(" :") if found else ""


def read_lines(text: str, pages: Sequence[Page]) -> tuple[Line, ...]:
    """The lines of a text that say something, in order, wrapped ones joined.

    Left out: page numbers, lines of a table of contents, headers and footers that come back page after page, and
    lines with fewer than three letters (parts of figures, letters printed sideways).
    """
    running = _running_lines(text, pages)
    lines: list[Line] = []
    for page in pages:
        lines.extend(_read_page(text, page, running))
    return tuple(line for line in join_wrapped(text, lines) if says_something(line.words))


def _read_page(text: str, page: Page, running: frozenset[int]) -> Iterator[Line]:
    waiting: Mark | None = None
    apart = True
    for start, raw in _raw_lines(text, page.span):
        bare = raw.strip()
        if not bare:
            apart = True
            continue
        if start in running or is_furniture(bare):
            apart = True  # what was printed around it is not one line
            continue
        column = len(raw.expandtabs(4)) - len(raw.expandtabs(4).lstrip())
        if lone := read_lone_mark(bare, column):
            waiting = lone
            continue
        mark, width = read_mark(bare, column)
        words = bare[width:]
        if not says_something(words) and not any(map(str.isdigit, words)):
            apart = True
            continue
        begin = start + raw.index(bare) + width
        yield Line(Span(begin, begin + len(words)), fold(words), mark or waiting, apart, page.number)
        waiting, apart = None, False


def _raw_lines(text: str, span: Span) -> Iterator[tuple[int, str]]:
    """Each line inside `span` as it is printed, with the offset where it starts."""
    start = span.start
    for raw in text[span.start : span.end].split("\n"):
        yield start, raw
        start += len(raw) + 1


def _running_lines(text: str, pages: Sequence[Page]) -> frozenset[int]:
    """Where the headers and footers start: lines near a page's edge that return, but for their numbers."""
    edges: list[list[tuple[int, str]]] = []
    for page in pages:
        filled = [(start, fold(raw)) for start, raw in _raw_lines(text, page.span) if raw.strip()]
        edges.append(filled[:_EDGE] + filled[_EDGE:][-_EDGE:])
    seen = Counter(shape for edge in edges for shape in {_DIGITS.sub("0", words) for _, words in edge})
    enough = max(min(3, len(pages)), 2, _SHARE * len(pages))
    return frozenset(start for edge in edges for start, words in edge if seen[_DIGITS.sub("0", words)] >= enough)


def join_wrapped(text: str, lines: Sequence[Line], *, printed: bool = True) -> tuple[Line, ...]:
    """Lines that were broken only because the margin came, put together again.

    A line goes on with the next where that begins with a small letter, or with a word that would not have fitted, or
    where a bracket or hyphen is open; never over a blank line, a page or a mark. Where the lines are not `printed`
    ones but a format's own paragraphs, there is no margin and nothing that would not have fitted.
    """
    joined: list[Line] = []
    for chunk, found in _with_margins(lines):
        margins = found if printed else (0, 0)
        last: Line | None = None  # the printed line just before
        for line in chunk:
            if last is not None and _goes_on(joined[-1], last, line, margins):
                whole = joined[-1]
                words = f"{whole.words} {fold(text[whole.span.end : line.span.end])}"
                joined[-1] = replace(whole, span=Span(whole.span.start, line.span.end), words=words)
            else:
                joined.append(line)
            last = line
    return tuple(joined)


def _with_margins(lines: Sequence[Line]) -> list[tuple[list[Line], Margins]]:
    """Lines without a blank line between, each group with its margins.

    A group that shows too little is taken to be broken as the whole text is.
    """
    chunks: list[list[Line]] = []
    for line in lines:
        if not chunks or line.apart or line.page != chunks[-1][-1].page:
            chunks.append([])
        chunks[-1].append(line)
    general = _margins(lines, max(_EVIDENCE, len(lines) // 8))
    shown = [_margins(chunk, _EVIDENCE) for chunk in chunks]
    return [(chunk, margins if margins[0] else general) for chunk, margins in zip(chunks, shown, strict=True)]


def _margins(chunk: Sequence[Line], fewest: int) -> Margins:
    """The margins that a group of lines shows, if at least so many of them were wrapped and none runs on beyond."""
    broken = [
        len(one.words)
        for one, two in pairwise(chunk)
        if two.mark is None and not two.apart and one.page == two.page and is_open(one.words, two.words)
    ]
    if len(broken) < fewest or max(len(line.words) for line in chunk) > _BEYOND * max(broken):
        return 0, 0
    return int(median(broken)), max(broken)


def is_open(last: str, line: str) -> bool:
    """Whether the words themselves show that the first line goes on with the second."""
    if ends_sentence(last) or last[-1] in ":;":
        return False
    return line[0].islower() or _OPEN_END.search(last) is not None


def _goes_on(whole: Line, last: Line, line: Line, margins: Margins) -> bool:
    """Whether `line` belongs to `whole`, whose last printed line is `last`."""
    if line.kind is not None or whole.kind is not None or len(whole.words) > _LONGEST:
        return False
    usual, widest = margins
    first = line.words.split(" ", 1)[0]
    reach = len(last.words) + 1 + len(first)
    full = usual > 0 and reach >= (_TIGHT * widest if is_title(whole.words) else _SLACK * usual)
    closed = ends_sentence(last.words) or last.words[-1] in ":;"
    if line.mark is not None:
        # A dash or "5." inside a wrapped sentence is no mark of a list, unless a list is what it stands in.
        return full and not closed and whole.mark is None and line.mark.style in {"dash", "digit"} and _midway(line)
    if first[0] == "(" or whole.words.count("(") > whole.words.count(")"):
        return True
    if closed:
        # A sentence ended with the line. The next belongs to the same paragraph if nothing but the margin parted them.
        heading = is_title(line.words) and len(line.words) < _SHORT * usual
        return reach > widest > 0 and last.words[-1] != ":" and not first[0].islower() and not heading
    ends = first[0].isdigit() and ends_sentence(line.words)
    return full or ends or is_open(last.words, line.words) or last.words[-1] in "-–/&" or first[0] in "-–+%&/"


def _midway(line: Line) -> bool:
    """Whether what follows the mark reads like the middle of a sentence."""
    return line.words[0].islower() or (
        line.mark is not None and line.mark.style == "digit" and line.mark.number != (1,)
    )
