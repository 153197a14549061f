"""From the paragraphs of a PDF's pages to one text: its lines to judge, and the way back from each character."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from knowledge.document import Cell, Page, PageSource, Span, Withheld
from knowledge.reading.carrying import Carried, Part, carry_over
from knowledge.reading.columnnames import PlacedRow, name_cells
from knowledge.reading.draft import lay_pages
from knowledge.reading.hyphens import Hyphenation, join_lines, learn_hyphenation
from knowledge.reading.letters import NOWHERE, Setting, between
from knowledge.reading.lines import Line, Weight, fold, is_furniture, is_title, read_lines, says_something
from knowledge.reading.marks import Mark, read_lone_mark, read_mark
from knowledge.reading.paragraphs import Paragraph, TableRow
from knowledge.reading.pieces import CELL_SEPARATOR

_LARGER = 1.12  # times the usual size, and letters are large
_STEP = 0.95  # of a heading's size: one that is smaller still is a level lower
_DEEPEST = 5  # level of a heading: the sixth is that of lines that lead in to a list
_SHOWN = 2  # strong lines after which a line that is not is known to be plain
_MOSTLY = 0.5  # of the letters bold, and bold says nothing


@dataclass(frozen=True, slots=True)
class PagePrint:
    """What one page holds: its parts in reading order, or `plain` text where its layout is not known.

    `added` are lines that stand nowhere on the page: what was filled into a form; `hidden` lines no person sees.
    """

    parts: tuple[Part, ...] = ()
    plain: str = ""
    added: tuple[str, ...] = ()
    hidden: tuple[Setting, ...] = ()


@dataclass(frozen=True, slots=True)
class Composition:
    """The text of all pages, their places in it, the lines to judge, and where each character comes from.

    What is hidden on a page stands at the end of its text and is in no line. `cells` are those of each table row, by
    where it starts.
    `places` has for each page one entry a character: its place in PDFium's list for the page, or `NOWHERE`; what was
    carried over from the next page is told by `split_places`.
    """

    text: str
    pages: tuple[Page, ...]
    lines: tuple[Line, ...]
    places: tuple[tuple[int, ...], ...]
    withheld: tuple[Withheld, ...]
    cells: dict[int, tuple[Cell, ...]]


@dataclass(frozen=True, slots=True)
class _Look:
    """How a document sets its text: the usual size, the sizes of its headings, and whether bold says anything."""

    usual: float
    sizes: tuple[float, ...]
    bold: bool
    weighs: bool


def compose_pages(prints: Sequence[PagePrint]) -> Composition:
    """One text of all pages, words divided at line ends put together, with its lines and the way back."""
    carried = carry_over([page.parts for page in prints])
    prints = [replace(page, parts=own.parts) for page, own in zip(prints, carried, strict=True)]
    hyphenation = learn_hyphenation(_lines_of(prints))
    look = _look([part for page in prints for part in page.parts if isinstance(part, Paragraph)])
    settings: list[Setting] = []
    lines: list[list[Line]] = []
    tables: list[list[list[PlacedRow]]] = []
    for number, page in enumerate(prints, start=1):
        setting, found, rows = _set_page(page, hyphenation, look, number)
        settings.append(setting)
        lines.append(found)
        tables.append(rows)
    sources: list[PageSource] = ["text" if setting.text.strip() else "none" for setting in settings]
    laid = lay_pages(
        [(setting.text, source) for setting, source in zip(settings, sources, strict=True)],
        [[line.text for line in page.hidden] for page in prints],
    )
    placed: list[Line] = []
    for place, printed, own in zip(laid.shown, prints, lines, strict=True):
        placed += [replace(line, span=line.span.shifted(place.span.start)) for line in own]
        if printed.plain:
            placed += read_lines(laid.text, [place])
    places = (_with_hidden(setting, page.hidden) for setting, page in zip(settings, prints, strict=True))
    cells = dict(_cells(laid.text, laid.shown, tables, carried))
    return Composition(laid.text, laid.pages, tuple(placed), tuple(places), laid.withheld, cells)


def _cells(
    text: str, pages: Sequence[Page], tables: Sequence[Sequence[Sequence[PlacedRow]]], carried: Sequence[Carried]
) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    """The cells of all rows, by where each row starts in the text; a table may go on over several pages."""
    whole: list[list[PlacedRow]] = []
    for page, own, one in zip(pages, tables, carried, strict=True):
        for at, rows in enumerate(own):
            placed = [[(column, span.shifted(page.span.start)) for column, span in row] for row in rows]
            if at == 0 and one.goes_on and whole:
                whole[-1] += placed
            else:
                whole.append([*placed])
    for table in whole:
        yield from name_cells(text, table)


def _with_hidden(shown: Setting, hidden: Sequence[Setting]) -> tuple[int, ...]:
    """The places of what a page shows and, each on a line of its own, of what it hides."""
    places = list(shown.places)
    for line in hidden:
        places += [NOWHERE, *line.places] if places else line.places
    return tuple(places)


def _lines_of(prints: Sequence[PagePrint]) -> Iterator[str]:
    for page in prints:
        yield from page.plain.splitlines()
        for part in page.parts:
            if isinstance(part, Paragraph):
                yield from (line.text.text for line in part.lines)
            else:
                yield from (line.text for cell in part.cells for line in cell)


def _look(paragraphs: Sequence[Paragraph]) -> _Look:
    letters: Counter[float] = Counter()
    bold = 0
    for paragraph in paragraphs:
        for line in paragraph.lines:
            letters[line.size] += len(line.text.text)
            bold += len(line.text.text) * line.bold
    usual = max(letters, key=lambda size: (letters[size], -size), default=0.0)
    shows = bold <= _MOSTLY * letters.total()
    sizes: list[float] = []
    strong = 0
    for paragraph in paragraphs:
        size, title = paragraph.lines[0].size, is_title(_said(paragraph))
        strong += title and (size >= _LARGER * usual or (shows and paragraph.lines[0].bold))
        if title and size >= _LARGER * usual and says_something(_said(paragraph)):
            sizes.append(size)
    ranked: list[float] = []
    for size in sorted(sizes, reverse=True):
        if not ranked or size < _STEP * ranked[-1]:
            ranked.append(size)
    return _Look(usual, tuple(ranked), shows, strong >= _SHOWN)


def _said(paragraph: Paragraph) -> str:
    return " ".join(line.text.text for line in paragraph.lines)


def _set_page(
    page: PagePrint, hyphenation: Hyphenation, look: _Look, number: int
) -> tuple[Setting, list[Line], list[list[PlacedRow]]]:
    """A page's text, its lines as spans in it, and the rows of each of its tables."""
    texts: list[str] = []
    places: list[int] = []
    lines: list[Line] = []
    tables: list[list[PlacedRow]] = []
    size = 0
    before: Part | None = None
    for part in page.parts:
        joint = "" if before is None else "\n\n" if part.apart or type(part) is not type(before) else "\n"
        setting = _set_part(part, hyphenation)
        if not setting.text:
            continue
        texts += [joint, setting.text]
        places += [NOWHERE] * len(joint)
        places += setting.places
        size += len(joint)
        lines += _judged(part, setting.text, size, look, number)
        if isinstance(part, TableRow):
            if part.apart or not tables:
                tables.append([])
            tables[-1].append([(column, span.shifted(size)) for column, span in _place_cells(part, hyphenation)])
        size += len(setting.text)
        before = part
    for added in (page.plain, *page.added):
        if added:
            joint = "\n" if size else ""
            texts += [joint, added]
            places += between(joint + added).places
            size += len(joint) + len(added)
    return Setting("".join(texts), tuple(places)), _hang_marks(lines), tables


def _set_part(part: Part, hyphenation: Hyphenation) -> Setting:
    if isinstance(part, Paragraph):
        return join_lines([line.text for line in part.lines], "\n", hyphenation)
    cells = [join_lines(cell, " ", hyphenation) for cell in part.cells]
    filled = [at for at, cell in enumerate(cells) if cell.text]
    whole = Setting("", ())
    for at in range(filled[0], filled[-1] + 1) if filled else ():
        whole = whole + between(CELL_SEPARATOR if at > filled[0] else "") + cells[at]
    return whole


def _place_cells(row: TableRow, hyphenation: Hyphenation) -> Iterator[tuple[int, Span]]:
    """The filled cells of a row, each with its column and its span in the row's text."""
    start = 0
    begun = False
    for column, cell in enumerate(row.cells):
        size = len(join_lines(cell, " ", hyphenation).text)
        if size:
            yield column, Span(start, start + size)
        begun = begun or size > 0
        start += size + (len(CELL_SEPARATOR) if begun else 0)


def _judged(part: Part, text: str, start: int, look: _Look, number: int) -> Iterator[Line]:
    """The line that a part is to later judgement, if it says anything."""
    if isinstance(part, TableRow):
        if says_something(text):
            yield Line(Span(start, start + len(text)), fold(text), None, part.apart, number, "plain", "row")
        return
    if is_furniture(fold(text)):
        return
    if lone := read_lone_mark(text, part.indent):
        yield Line(Span(start, start + len(text)), "", lone, part.apart, number)
        return
    mark, width = read_mark(text, part.indent)
    if mark is None and part.lines[0].marked:  # by a bullet that is drawn
        mark = Mark("bullet", (), "•", part.indent // 2)
    words = text[width:]
    if not says_something(words) or not words.strip():
        return
    first = part.lines[0]
    large = look.sizes and first.size >= _LARGER * look.usual
    strong = large or (look.bold and all(line.bold for line in part.lines))
    weight: Weight = "strong" if strong else "plain" if look.weighs else "unknown"
    line = Line(Span(start + width, start + len(text)), fold(words), mark, part.apart, number, weight)
    if strong and (mark is None or (large and mark.counts)) and is_title(line.words):
        rank = sum(size * _STEP > first.size for size in look.sizes) if large else len(look.sizes)
        line = replace(line, kind="heading", level=min(rank + 1, _DEEPEST))
    yield line


def _hang_marks(lines: Sequence[Line]) -> list[Line]:
    """The lines, a bullet or number that stood alone given to the line after it."""
    hung: list[Line] = []
    waiting: Line | None = None
    for line in lines:
        if not line.words:
            waiting = line
            continue
        if waiting is not None and line.mark is None and line.kind is None:
            hung.append(replace(line, mark=waiting.mark, apart=waiting.apart))
        else:
            hung.append(line)
        waiting = None
    return hung
