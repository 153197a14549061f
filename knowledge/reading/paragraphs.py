"""Lines of print into paragraphs: which line goes on with the next, by where it ends and how it looks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from knowledge.reading.letters import Setting, set_line
from knowledge.reading.lines import ends_sentence, is_furniture, is_labelled, is_open, is_title
from knowledge.reading.marks import read_mark
from knowledge.reading.regions import Column
from knowledge.reading.rows import find_rows, merge_rows
from knowledge.reading.sheet import Word
from knowledge.reading.tabulation import Table

_ALIKE = 1.12  # times the size, and letters are larger
_BOLD = 0.7  # of a line's letters
_LOOSE = 1.35  # times the usual distance of lines, and they stand apart
_LOOSER = 1.2  # the same, where some lines stand just so far apart that do not go on with each other
_RECURS = 3  # such lines, at the least
_ROUGHLY = 0.02  # of the usual distance: how closely their distances agree
_RARELY = 0.25  # of them at the most go on with each other all the same
_WIDEST_PITCH = 2.2  # of the letters' height: lines farther apart are no paragraph
_SLACK = 0.3  # of the letters' height: how closely the next word would have to fit
_SHORT = 0.7  # of the line's room: a title after the end of a sentence is no longer
_INDENT = 0.8  # of the letters' height, and a line stands further in
_DEEP = 1.5  # the same, within an item
_HANGING = 4.0  # the same, under the first line of an entry in a list of books


@dataclass(frozen=True, slots=True)
class Printed:
    """One line of print: its text, where it stands, how large its letters are and whether they are bold.

    `begin` is where the words start after a bullet or number; `first` the width of the first word.
    """

    text: Setting
    left: float
    right: float
    bottom: float
    size: float
    bold: bool
    marked: bool
    begin: float
    first: float


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together; `apart` says that white stands above them, `indent` how far in, in letters."""

    lines: tuple[Printed, ...]
    apart: bool
    indent: int


@dataclass(frozen=True, slots=True)
class TableRow:
    """The cells of a row, each with its lines; `apart` is set for the first of a table."""

    cells: tuple[tuple[Setting, ...], ...]
    apart: bool


def read_paragraphs(parts: Sequence[Column | Table]) -> list[Paragraph | TableRow]:
    """The paragraphs and rows of a page's parts; a sentence that goes on in the next column is one paragraph."""
    found: list[Paragraph | TableRow] = []
    for part in parts:
        fresh = list(_rows(part)) if isinstance(part, Table) else list(_paragraphs(part))
        if found and fresh and crosses(found[-1], fresh[0]):
            one, two = found.pop(), fresh.pop(0)
            if isinstance(one, Paragraph) and isinstance(two, Paragraph):
                found.append(replace(one, lines=(*one.lines, *two.lines)))
        found += fresh
    return found


def crosses(one: Paragraph | TableRow, two: Paragraph | TableRow) -> bool:
    """Whether a paragraph at the foot of one column or page goes on at the head of the next."""
    if not isinstance(one, Paragraph) or not isinstance(two, Paragraph):
        return False
    last, line = one.lines[-1], two.lines[0]
    return not line.marked and _look_alike(last, line) and is_open(last.text.text, line.text.text)


def _rows(table: Table) -> Iterator[TableRow | Paragraph]:
    apart = True
    for row in table.rows:
        filled = [cell for cell in row if cell]
        if len(filled) == 1:
            yield from _paragraphs(Column(tuple(map(tuple, merge_rows(find_rows(filled[0]))))))
            apart = True
        elif filled:
            cells = tuple(tuple(set_line(line) for line in merge_rows(find_rows(cell))) for cell in row)
            yield TableRow(cells, apart)
            apart = False


def _paragraphs(column: Column) -> Iterator[Paragraph]:
    lines = [line for words in column.lines if (line := _print(words)).text.text.strip()]
    if not lines:
        return
    edge, left = _right_edge(lines), min(line.left for line in lines)
    pitch = _usual_pitch(lines)
    loose = _find_loose(lines, pitch)
    whole = [lines[0]]
    apart = True
    numbered: list[Printed] = []
    for line in lines[1:]:
        numbered += whole[:1] if whole[0].marked and whole[0] not in numbered else []
        if not _counts_on(numbered, line) and _goes_on(whole, line, edge, pitch, loose):
            whole.append(line)
            continue
        yield Paragraph(tuple(whole), apart, _columns(whole[0], left))
        apart = _gap(whole[-1], line) > loose * pitch
        whole = [line]
    yield Paragraph(tuple(whole), apart, _columns(whole[0], left))


def _counts_on(numbered: Sequence[Printed], line: Printed) -> bool:
    """Whether a line has the number that comes next after one above, and stands just below it."""
    mark, _ = read_mark(line.text.text)
    if mark is None or mark.style != "digit":
        return False
    before = (*mark.number[:-1], mark.number[-1] - 1)
    return any(
        abs(one.left - line.left) < _SLACK * line.size
        and (other := read_mark(one.text.text)[0]) is not None
        and (other.style, other.number) == (mark.style, before)
        for one in numbered
    )


def _columns(line: Printed, left: float) -> int:
    """How far in a line begins, in letters of usual width."""
    return round(2 * (line.left - left) / max(line.size, 1.0))


def _print(words: Sequence[Word]) -> Printed:
    text = set_line(words)
    sizes: dict[float, int] = {}
    bold = letters = 0
    for word in words:
        count = len(word.text)
        sizes[word.style.size] = sizes.get(word.style.size, 0) + count
        letters += count
        bold += count * word.style.bold
    mark, width = read_mark(text.text)
    signs = text.text[:width].split()
    begin = words[min(len(signs), len(words) - 1)]
    return Printed(
        text,
        words[0].left,
        max(word.right for word in words),
        min(word.bottom for word in words if len(word.text) > 1 or len(words) == 1)
        if any(len(word.text) > 1 for word in words)
        else words[0].bottom,
        max(sizes, key=lambda size: sizes[size]),
        bold > _BOLD * letters,
        mark is not None or words[0].style.dotted,
        begin.left if mark else words[0].left,
        _first_width(text.text, words),
    )


def _first_width(text: str, words: Sequence[Word]) -> float:
    """How wide the first word of a line is, which may be printed in several pieces."""
    left = len(text.split(" ", 1)[0])
    for word in words:
        left -= len(word.text)
        if left <= 0:
            return word.right - words[0].left
    return words[-1].right - words[0].left


def _right_edge(lines: Sequence[Printed]) -> float:
    """Where the lines of running text end: the widest that is not set larger or bolder than the rest."""
    size = median(line.size for line in lines)
    plain = [line.right for line in lines if line.size <= _ALIKE * size and not line.bold]
    return max(plain or [line.right for line in lines])


def _usual_pitch(lines: Sequence[Printed]) -> float:
    """The usual distance from one line of a paragraph to the next."""
    pairs = [(one, two) for one, two in pairwise(lines) if _look_alike(one, two) and _gap(one, two) > 0]
    sure = [_gap(one, two) for one, two in pairs if two.text.text[0].islower()]
    if sure:
        return median(sure)
    widest = _WIDEST_PITCH * lines[0].size
    return min((_gap(one, two) for one, two in pairs if _gap(one, two) <= widest), default=_LOOSE * lines[0].size)


def _find_loose(lines: Sequence[Printed], pitch: float) -> float:
    """How many times the usual distance parts two lines here: less where paragraphs are set a little apart."""
    pairs = [(_gap(one, two) / pitch, one, two) for one, two in pairwise(lines) if _look_alike(one, two)]
    near = [(gap, is_open(one.text.text, two.text.text)) for gap, one, two in pairs if _LOOSER < gap <= _LOOSE]
    for gap, _ in sorted(near):
        agree = [opened for other, opened in near if abs(other - gap) <= _ROUGHLY]
        if len(agree) >= _RECURS and sum(agree) <= _RARELY * len(agree):
            return gap - _ROUGHLY
    return _LOOSE


def _gap(one: Printed, two: Printed) -> float:
    return one.bottom - two.bottom


def _look_alike(one: Printed, two: Printed) -> bool:
    return max(one.size, two.size) <= _ALIKE * min(one.size, two.size) and one.bold == two.bold


def _goes_on(whole: Sequence[Printed], line: Printed, edge: float, pitch: float, loose: float) -> bool:
    """Whether `line` belongs to the paragraph that `whole` is so far."""
    last = whole[-1]
    words, ahead = last.text.text, line.text.text
    opened = is_open(words, ahead)
    full = last.right + line.first + _SLACK * last.size > edge  # the next word would not have fitted
    opened = opened or (words[-1] in ":;" and full and ahead[0].islower())
    titled = ends_sentence(words) and is_title(ahead) and line.right - line.left < _SHORT * (edge - line.left)
    white = _gap(last, line) > loose * max(pitch, line.size)
    parted = not opened and (white or (ahead[0].isupper() and is_labelled(ahead)))
    if titled or parted or _parts(last, line, pitch, joined=opened and full) or is_furniture(words):
        return False
    if line.marked:
        # A dash or "5." inside a wrapped sentence is no mark of a list, unless a list is what it stands in.
        bracketed = words.count("(") > words.count(")")
        listed = ends_sentence(words) or (whole[0].marked and not bracketed)
        return not listed and (_is_initial(words, ahead) or (full and _is_midway(ahead)))
    if not _lines_up(whole, line):
        return opened and _is_centred(last, line)
    if opened or full or words[-1] in "-–/&" or words.count("(") > words.count(")"):
        return True
    return _is_centred(last, line) and not ends_sentence(words) and _gap(last, line) < _LOOSE * last.size


def _parts(last: Printed, line: Printed, pitch: float, *, joined: bool) -> bool:
    """Whether white space, another look or a colon part two lines; `joined` says that their words go together."""
    if _gap(last, line) > _LOOSE * max(pitch, line.size) or (last.text.text[-1] in ":;" and not joined):
        return True
    return not _look_alike(last, line) and not (joined and line.size == last.size)


def _is_initial(last: str, words: str) -> bool:
    """Whether what looks like the letter of a list is that of a name in the middle of a sentence."""
    mark, _ = read_mark(words)
    return mark is not None and mark.style in {"LETTER", "ROMAN"} and (last[-1] == "," or is_open(last, words))


def _is_midway(words: str) -> bool:
    """Whether what looks like a mark of a list is part of a sentence: a dash or a number."""
    mark, width = read_mark(words)
    rest = words[width:]
    return (
        mark is not None
        and mark.style in {"dash", "digit"}
        and (rest[:1].islower() or (mark.style == "digit" and mark.number != (1,)))
    )


def _lines_up(whole: Sequence[Printed], line: Printed) -> bool:
    """Whether a line begins where the next line of its paragraph would."""
    first, last = whole[0], whole[-1]
    step = _INDENT * line.size
    if first.marked:
        return first.left - step <= line.left <= first.begin + _DEEP * line.size
    if len(whole) == 1:
        hangs = line.left <= last.left + _HANGING * line.size and not ends_sentence(last.text.text)
        return line.left <= last.left + step or hangs or _is_centred(last, line)
    return abs(line.left - last.left) <= step or _is_centred(last, line)


def _is_centred(one: Printed, two: Printed) -> bool:
    """Whether two lines of different length have one middle."""
    middles = abs((one.left + one.right) - (two.left + two.right)) / 2
    return middles < one.size / 2 and abs(one.left - two.left) > one.size / 2
