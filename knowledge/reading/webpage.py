"""Web pages, parsed by Beautiful Soup: the words a reader sees, and the roles their tags give."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PreformattedString, Tag

from knowledge.document import BlockKind
from knowledge.reading.draft import Draft, Source, check_characters
from knowledge.reading.encoding import decode
from knowledge.reading.grid import Reach, lay_out
from knowledge.reading.numbering import write_number
from knowledge.reading.pieces import GridCell, Piece, compose
from knowledge.reading.plain import decoded
from knowledge.reading.tables import table_pieces

HEADINGS = {f"h{level}": level for level in range(1, 7)}
LISTS = frozenset({"ul", "ol", "menu"})

_HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|title|meta|div|p|h[1-6]|ul|ol|table|article|section)\b", re.IGNORECASE
)
_OPENING = 2000
_UNTOLD = re.compile(
    "script|style|template|noscript|svg|math|head|button|select|iframe|object|audio|video|map|rt|rp|datalist"
)
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?:\.0+)?\s*(?:;|$)"
    r"|font-size\s*:\s*[0-2](?:\.\d+)?(?:px|pt)?\s*(?:;|$)|(?:left|top|text-indent)\s*:\s*-\d{3,}"
    r"|(?<![-\w])color\s*:\s*(?:white|transparent|#fff(?:fff)?|rgba\([^)]*,\s*0(?:\.0+)?\s*\))\s*(?:!important)?\s*(?:;|$)",
    re.IGNORECASE,
)
_COLOURED = re.compile(r"background", re.IGNORECASE)
_WHITE = re.compile(r"(?<![-\w])color\s*:\s*(?:white|#fff(?:fff)?)\s*(?:!important)?\s*(?:;|$)", re.IGNORECASE)
_BLOCK = re.compile(
    "address|article|aside|blockquote|body|caption|center|d[dlt]|details|dialog|div|fieldset|figcaption|figure|footer|form"
    "|h[1-6r]|header|hgroup|html|legend|li|main|menu|nav|ol|p|pre|search|section|summary|table|t[dhr]|tbody|tfoot|thead|ul"
)
_NUMBERS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_MOST_SPANNED = 1000  # rows or columns that a cell may reach over


def recognises_html(source: Source) -> bool:
    """Whether the file is text that opens like a web page."""
    found = decode(source.data)
    if found is None:
        return False
    opening = found.text[:_OPENING].lstrip("\ufeff \t\r\n")
    return opening.startswith("<") and _HTML.search(opening) is not None


def read_html(source: Source) -> Draft:
    """The text of a web page on one page, without scripts and styles; menus give no blocks.

    What the page itself hides from its readers (by attribute or inline style) is kept apart.

    Raises:
        OversizedFile: if the page with its tags is too long, or its tables hold too many cells.
    """
    text, warnings = decoded(source)
    check_characters(source, len(text))
    return compose(source, html_pieces(text), warnings)


def is_hiding(attributes: str) -> bool:
    """Whether a tag with these attributes, as they are written, hides what it holds."""
    return re.search(r"(?<![-\w])hidden(?![-\w])", attributes) is not None or _HIDING.search(attributes) is not None


@dataclass(slots=True)
class _Table:
    """A table whose end has not come: its cells by row and column, those that reach over others, and rows of names."""

    cells: dict[int, dict[int, GridCell]] = field(default_factory=dict)
    reaches: list[Reach] = field(default_factory=list)
    taken: set[tuple[int, int]] = field(default_factory=set)  # places that cells of rows above reach down to
    free: dict[int, int] = field(default_factory=dict)  # by row, the first column that no cell before has taken
    widths: Counter[int] = field(default_factory=Counter)  # how many cells each row has, filled or not
    heads: Counter[int] = field(default_factory=Counter)
    row: int = 0
    outside: list[list[Piece]] = field(default_factory=list)  # the pieces before each cell that is open
    caption: list[Piece] = field(default_factory=list)


@dataclass(slots=True)
class _Page:
    """A web page as far as it was walked: the pieces found, and the words of the one being gathered."""

    pieces: list[Piece] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    weak: bool = False  # some of the words are not bold
    around: Counter[str] = field(default_factory=Counter)  # how many tags of each name the words stand in
    tables: list[_Table] = field(default_factory=list)  # that are open, the innermost last
    numbers: list[tuple[str, int]] = field(default_factory=list)  # of the lists around: kind of number, number reached
    told: bool = False  # the list item around the words has had its first words


def html_pieces(text: str) -> list[Piece]:
    """The pieces of a page, walked with a stack of its own: pages can be nested deeper than Python calls can."""
    page = _Page()
    root = BeautifulSoup(text, "html.parser")
    stack: list[tuple[object, bool]] = [(root, False)]
    while stack:
        node, closing = stack.pop()
        if isinstance(node, Tag):
            if closing:
                _close(page, node)
            elif _UNTOLD.fullmatch(node.name) or node.get("aria-hidden") == "true":
                continue
            elif _is_hidden(node):
                page.pieces += _hidden_pieces(node)
            else:
                _open(page, node)
                stack.append((node, True))
                stack.extend((child, False) for child in reversed(node.contents))
        elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
            _say(page, str(node))
    _flush(page)
    return page.pieces


def _is_hidden(tag: Tag) -> bool:
    style = str(tag.get("style") or "")
    if tag.name == "font":
        style += f";color:{tag.get('color') or 'inherit'}"
    if tag.has_attr("hidden") or (_HIDING.search(style) and not _WHITE.search(style)):
        return True
    if not _WHITE.search(style):
        return False
    behind = [tag, *tag.parents]
    return not any(
        _COLOURED.search(str(one.get("style") or "")) or one.has_attr("bgcolor") for one in behind if one.attrs
    )


def _hidden_pieces(tag: Tag) -> Iterable[Piece]:
    told = [
        str(found)
        for found in tag.descendants
        if isinstance(found, NavigableString)
        and not isinstance(found, PreformattedString)
        and not (found.parent and _UNTOLD.fullmatch(found.parent.name))
    ]
    words = re.sub(r"\s+", " ", " ".join(told)).strip()
    return [Piece(words, hidden=True)] if words else []


def _open(page: _Page, tag: Tag) -> None:
    name = tag.name
    if name == "br":
        page.words.append("\n")
        return
    if _BLOCK.fullmatch(name):
        _flush(page)
    if name in LISTS:
        start = _count(tag, "start", 1) - 1
        page.numbers.append((str(tag.get("type") or "1") if name == "ol" else "", start))
    elif name == "li":
        page.told = False
        if page.numbers:
            kind, number = page.numbers[-1]
            page.numbers[-1] = kind, _count(tag, "value", number + 1)
    elif name == "table":
        page.tables.append(_Table())
    elif name == "tr" and page.tables:
        page.tables[-1].row += 1
    elif name in {"td", "th"} and page.tables:
        page.tables[-1].outside.append(page.pieces)
        page.pieces = []
    page.around[name] += 1


def _count(tag: Tag, name: str, usual: int) -> int:
    written = str(tag.get(name) or "")
    return int(written) if written.isdecimal() and len(written) < 6 else usual  # noqa: PLR2004 - digits


def _close(page: _Page, tag: Tag) -> None:
    name = tag.name
    if name == "br":
        return
    if _BLOCK.fullmatch(name):
        _flush(page)
    page.around[name] -= 1
    if name in LISTS and page.numbers:
        page.numbers.pop()
    elif name == "table":
        table = page.tables.pop()
        for row in [row for row in table.cells if table.widths[row] == 1]:
            table.cells[row] = {column: replace(cell, alone=True) for column, cell in table.cells[row].items()}
        rows, numbers = lay_out(table.cells, table.reaches)
        named = {at for at, row in enumerate(numbers) if row and table.heads[row] >= max(2, len(rows[at]))}
        first = {min(named)} if named else set()
        page.pieces += table_pieces([row for row in rows if row], frozenset(first) if all(rows) else frozenset())
    elif name in {"td", "th"} and page.tables:
        _end_cell(page, tag)


def _end_cell(page: _Page, tag: Tag) -> None:
    table = page.tables[-1]
    inside, page.pieces = page.pieces, table.outside.pop()
    page.pieces += [piece for piece in inside if piece.hidden]
    shown = tuple(piece for piece in inside if not piece.hidden)
    table.row = max(table.row, 1)
    column = table.free.get(table.row, 1)
    while (table.row, column) in table.taken:
        column += 1
    over = max(1, min(_count(tag, "colspan", 1), _MOST_SPANNED))
    down = max(1, min(_count(tag, "rowspan", 1), _MOST_SPANNED))
    table.free[table.row] = column + over
    table.widths[table.row] += 1
    if over * down <= _MOST_SPANNED:
        table.taken |= {(table.row + below, column + right) for below in range(1, down) for right in range(over)}
    if over > 1 or down > 1:
        table.reaches.append(Reach(table.row, column, table.row + down - 1, column + over - 1))
    if shown:
        strong = tag.name == "th" or all(piece.strong or piece.kind == "heading" for piece in shown)
        words = "\n".join(piece.as_words() for piece in shown)
        cell = GridCell(words, column, strong=strong, pieces=shown)
        table.cells.setdefault(table.row, {})[column] = cell
        table.heads[table.row] += tag.name == "th"


def _say(page: _Page, words: str) -> None:
    page.words.append(words if page.around["pre"] else re.sub(r"\s+", " ", words))
    if words.strip() and not (page.around["b"] or page.around["strong"] or page.around["dt"]):
        page.weak = True


def _flush(page: _Page) -> None:
    """Make a piece of the words gathered, by the tags around them."""
    said = "\n".join(line.strip(" ") for line in "".join(page.words).split("\n")).strip()
    strong = not page.weak
    page.words, page.weak = [], False
    if not said:
        return
    kind, level = _role(page)
    piece = Piece(said, kind, level, strong=strong, gap=kind is None, listed=not page.around["nav"])
    if kind == "item" and page.numbers and page.numbers[-1][0]:
        style, number = page.numbers[-1]
        piece = replace(piece, sign=f"{write_number(number, _NUMBERS.get(style, 'decimal'))}.")
    page.pieces.append(piece)
    page.told = page.told or kind == "item"


def _role(page: _Page) -> tuple[BlockKind | None, int]:
    for name, level in HEADINGS.items():
        if page.around[name]:
            return "heading", level
    if page.around["li"] and not page.told:
        return "item", max(1, sum(page.around[name] for name in LISTS))
    return None, 0
