"""What is printed around the text of every page and is none of it: running headers and footers, page numbers."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from knowledge.reading.lines import fold
from knowledge.reading.rows import Rows, find_rows
from knowledge.reading.sheet import Word
from knowledge.reading.turning import Frame

_EDGE = 4  # rows at the head and foot of a page among which a running one is looked for
_SHARE = 0.3  # of the pages must carry a line before it counts as running
_ENOUGH = 3  # pages, where there are so many
_SHIFT = 8.0  # points that a running line may stand higher or lower from page to page
_DEPTH = 0.16  # of a page's height: how far from its edge a running line stands at most
_MARGIN = 0.13  # of a page's height at its head and foot: where a page number stands
_DEEP = 0.25  # the same, for one that comes back at the same height on enough of the pages
_WIDE = 2.0  # letter heights: words farther apart say different things
_CLEAR = 1.2  # letter heights that part a page number from the text
_DIGITS = re.compile(r"\d+")
_ROMAN = re.compile(r"(?:^|(?<=\s))[ivxlc]{1,7}(?=$|\s)")
_NUMBER = re.compile(
    r"\W*(?:(?:page|seite|sivu|side|pagina|página|pág\.?|p\.|s\.)\s*)?(?:\d{1,3}|[ivxlc]{1,7})\W*"
    r"(?:(?:/|of|von|sur|di|de|af|van|-|–)\s*\d{1,3}\W*)?|\W*\d{1,3}\.?\s*oldal\W*",
    re.IGNORECASE,
)


def find_furniture(frames: Sequence[Frame | None]) -> list[frozenset[int]]:
    """For each page, the words that are furniture, each by the place of its first letter.

    A line at the head or foot of a page runs if it comes back, but for its numbers, at the same height on enough of
    the pages; with it goes what stands on the same line. A lone number in the margin is a page number. Where most
    pages would be left with nothing, what comes back is what they have to say, and no furniture.
    """
    pages = [find_rows(frame.words) if frame else [] for frame in frames]
    seen: dict[tuple[str, str], list[tuple[int, float]]] = defaultdict(list)
    for number, (rows, frame) in enumerate(zip(pages, frames, strict=True)):
        for edge, height, part in _edge_parts(rows, frame):
            seen[edge, _shape(part)].append((number, height))
    enough = max(min(_ENOUGH, len(frames)), 2, _SHARE * len(frames))
    found = []
    for rows, frame in zip(pages, frames, strict=True):
        running = {
            round(height, 1)
            for edge, height, part in _edge_parts(rows, frame)
            if _returns(seen[edge, _shape(part)], height, enough)
        }
        found.append(frozenset(_gone(rows, frame, running)))
    filled = [(gone, frame) for gone, frame in zip(found, frames, strict=True) if frame and frame.words]
    emptied = sum(all(word.places.start in gone for word in frame.words) for gone, frame in filled)
    return found if emptied * 2 <= len(filled) else [frozenset()] * len(found)


def _returns(places: Sequence[tuple[int, float]], height: float, enough: float) -> bool:
    return len({number for number, other in places if abs(other - height) <= _SHIFT}) >= enough


def _edge_parts(rows: Rows[Word], frame: Frame | None) -> Iterator[tuple[str, float, Sequence[Word]]]:
    """The parts of the rows at head and foot, with their distance from that edge of the paper."""
    if frame is None:
        return
    for at, row in enumerate(rows):
        for edge, near in (("head", at < _EDGE), ("foot", at >= len(rows) - _EDGE)):
            if near:
                height = _height(row, frame, edge)
                for part in _parts(row):
                    yield edge, height, part


def _height(row: Sequence[Word], frame: Frame, edge: str) -> float:
    if edge == "head":
        return frame.paper.top - max(word.top for word in row)
    return min(word.bottom for word in row) - frame.paper.bottom


def _parts(row: Sequence[Word]) -> list[list[Word]]:
    """A row's words, parted where wide white stands between them."""
    parts = [[row[0]]]
    for word in row[1:]:
        if word.left - parts[-1][-1].right > _WIDE * word.style.size:
            parts.append([])
        parts[-1].append(word)
    return parts


def _shape(part: Sequence[Word]) -> str:
    return _ROMAN.sub("0", _DIGITS.sub("0", _said(part)))


def _said(row: Sequence[Word]) -> str:
    return fold(" ".join(word.text for word in row))


def _gone(rows: Rows[Word], frame: Frame | None, running: set[float]) -> Iterator[int]:
    """The words to leave out: from each edge inwards, rows that run, and one page number."""
    if frame is None:
        return
    for edge, order in (("head", range(len(rows))), ("foot", range(len(rows) - 1, -1, -1))):
        numbered = False
        for at in list(order)[:_EDGE]:
            height = _height(rows[at], frame, edge)
            returns = round(height, 1) in running
            runs = returns and height <= _DEPTH * _tall(frame) and not _is_ruled(rows[at], frame)
            number = not numbered and not runs and _is_number(rows, at, frame, edge, _DEEP if returns else _MARGIN)
            numbered = numbered or number
            if not runs and not number:
                break
            yield from (word.places.start for word in rows[at])


def _is_ruled(row: Sequence[Word], frame: Frame) -> bool:
    """Whether lines stand between the words of a row: a table that names its columns on every page."""
    middle = (row[0].bottom + row[0].top) / 2
    return any(
        rule.bottom < middle < rule.top and row[0].right < rule.left < row[-1].left
        for rule in frame.rules
        if rule.top - rule.bottom > rule.right - rule.left
    )


def _tall(frame: Frame) -> float:
    return max(1.0, frame.paper.top - frame.paper.bottom)


def _is_number(rows: Rows[Word], at: int, frame: Frame, edge: str, margin: float) -> bool:
    if _NUMBER.fullmatch(_said(rows[at])) is None:
        return False
    depth = _height(rows[at], frame, edge) / _tall(frame)
    inner = at + 1 if edge == "head" else at - 1
    if depth > margin or not 0 <= inner < len(rows):
        return depth <= margin
    upper, lower = sorted((rows[at], rows[inner]), key=lambda row: -row[0].bottom)
    return min(word.bottom for word in upper) - max(word.top for word in lower) > _CLEAR * rows[at][0].style.size
