"""Web pages (Beautiful Soup) and Markdown (markdown-it-py): the words a reader sees, and the roles their marks give."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePath

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PreformattedString, Tag
from markdown_it import MarkdownIt
from markdown_it.token import Token

from knowledge.document import BlockKind
from knowledge.reading.draft import Draft, Source, check_characters
from knowledge.reading.lines import fold, is_furniture
from knowledge.reading.marks import read_mark
from knowledge.reading.pieces import CELL_SEPARATOR, Piece, compose
from knowledge.reading.plain import decode, decoded

MARKDOWN_ENDINGS = (".md", ".markdown", ".mdown", ".mkd")

_HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|title|meta|div|p|h[1-6]|ul|ol|table|article|section)\b", re.IGNORECASE
)
_OPENING = 2000
_UNSEEN = re.compile("script|style|template|noscript|svg|math|head|button|select|iframe|object|audio|video|map")
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCK = re.compile(
    "address|article|aside|blockquote|body|caption|center|d[dlt]|details|dialog|div|fieldset|figcaption|figure|footer|form"
    "|h[1-6r]|header|hgroup|html|legend|li|main|menu|nav|ol|p|pre|search|section|summary|table|t[dhr]|tbody|tfoot|thead|ul"
)
_LISTS = frozenset({"ul", "ol", "menu"})
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?:.*\n)*?(?:---|\.\.\.)[ \t]*\n")
_LINE_TAG = re.compile(r"<br\b", re.IGNORECASE)


def recognises_html(source: Source) -> bool:
    """Whether the file is text that opens like a web page; a Markdown file may hold tags and stays Markdown."""
    found = decode(source.data)
    if found is None or recognises_markdown(source):
        return False
    opening = found[0][:_OPENING].lstrip("\ufeff \t\r\n")
    return opening.startswith("<") and _HTML.search(opening) is not None


def recognises_markdown(source: Source) -> bool:
    """Whether the file is text named as Markdown: its marks alone are too close to those of plain text."""
    return PurePath(source.name).suffix.lower() in MARKDOWN_ENDINGS and decode(source.data) is not None


def read_html(source: Source) -> Draft:
    """The text of a web page on one page, without scripts, styles and what is hidden; menus give no blocks.

    Raises:
        OversizedFile: if the page with its tags is too long.
    """
    text, warnings = decoded(source)
    check_characters(source, len(text))
    return compose(source, _html_pieces(text), warnings)


def read_markdown(source: Source) -> Draft:
    """The text of a Markdown file on one page, without its marks; links keep their words, pictures and code go.

    Raises:
        OversizedFile: if the file is too long.
    """
    text, warnings = decoded(source)
    check_characters(source, len(text))
    body = _FRONT_MATTER.sub("", text.replace("\r\n", "\n"))
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(body)
    return compose(source, list(_markdown_pieces(tokens)), warnings)


@dataclass(slots=True)
class _Page:
    """A web page as far as it was walked: the pieces found, and the words of the one being gathered."""

    pieces: list[Piece] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    weak: bool = False  # some of the words are not bold
    around: Counter[str] = field(default_factory=Counter)  # how many tags of each name the words stand in
    cells: list[list[str]] = field(default_factory=list)  # of the rows around the words, inner row last
    told: bool = False  # the list item around the words has had its first words


def _html_pieces(text: str) -> list[Piece]:
    """The pieces of a page, walked with a stack of its own: pages can be nested deeper than Python calls can."""
    page = _Page()
    root = BeautifulSoup(text, "html.parser")
    stack: list[tuple[object, bool]] = [(root, False)]
    while stack:
        node, closing = stack.pop()
        if isinstance(node, Tag):
            if closing:
                _close(page, node.name)
            elif not _is_hidden(node):
                _open(page, node.name)
                stack.append((node, True))
                stack.extend((child, False) for child in reversed(node.contents))
        elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
            _say(page, str(node))
    _flush(page)
    return page.pieces


def _is_hidden(tag: Tag) -> bool:
    if _UNSEEN.fullmatch(tag.name) or tag.has_attr("hidden") or tag.get("aria-hidden") == "true":
        return True
    return _HIDING.search(str(tag.get("style") or "")) is not None


def _open(page: _Page, name: str) -> None:
    if name == "br":
        page.words.append("\n")
        return
    if _BLOCK.fullmatch(name):
        _flush(page)
    if name == "li":
        page.told = False
    if name == "tr":
        page.cells.append([])
    elif name in {"td", "th"} and page.cells:
        page.cells[-1].append("")
    page.around[name] += 1


def _close(page: _Page, name: str) -> None:
    if name == "br":
        return
    if _BLOCK.fullmatch(name):
        _flush(page)
    page.around[name] -= 1
    if name == "tr":
        cells = page.cells.pop()
        row = CELL_SEPARATOR.join(cells)
        if page.cells and page.cells[-1]:
            page.cells[-1][-1] += f"\n{row}"
        elif any(cells) and len(cells) > 1:
            page.pieces.append(Piece(row, "row"))


def _say(page: _Page, words: str) -> None:
    page.words.append(words if page.around["pre"] else re.sub(r"\s+", " ", words))
    if words.strip() and not (page.around["b"] or page.around["strong"]):
        page.weak = True


def _flush(page: _Page) -> None:
    """Make a piece of the words gathered, by the tags around them."""
    said = "\n".join(line.strip(" ") for line in "".join(page.words).split("\n")).strip()
    strong = not page.weak
    page.words, page.weak = [], False
    if not said:
        return
    if page.cells and page.cells[-1]:
        cell = page.cells[-1][-1]
        page.cells[-1][-1] = f"{cell}\n{said}" if cell else said
        return
    kind, level = _role(page)
    listed = not page.around["nav"]
    page.pieces.append(Piece(said, kind, level, strong=strong, gap=kind is None, listed=listed))
    page.told = page.told or kind == "item"


def _role(page: _Page) -> tuple[BlockKind | None, int]:
    for name, level in _HEADINGS.items():
        if page.around[name]:
            return "heading", level
    if page.around["li"] and not page.told:
        return "item", max(1, sum(page.around[name] for name in _LISTS))
    return None, 0


def _markdown_pieces(tokens: list[Token]) -> Iterator[Piece]:
    around: list[str] = []  # the tags that are open
    fresh = False  # the list item around has had no words yet
    cells: list[str] = []
    for token in tokens:
        if token.nesting > 0:
            around.append(token.tag)
            fresh = fresh or token.tag == "li"
        elif token.nesting < 0:
            if around.pop() == "tr":
                yield Piece(CELL_SEPARATOR.join(cells), "row")
                cells = []
            fresh = fresh and token.tag != "li"
        elif token.type == "html_block":
            yield from _html_pieces(token.content)
        elif token.type == "inline" and "table" in around:
            cells.append(_inline(token.children or [])[0])
        elif token.type == "inline":
            yield _markdown_piece(token, around, fresh=fresh)
            fresh = False


def _markdown_piece(token: Token, around: list[str], *, fresh: bool) -> Piece:
    words, strong = _inline(token.children or [])
    if around[-1] in _HEADINGS:
        return Piece(words, "heading", _HEADINGS[around[-1]])
    if fresh:
        return Piece(words, "item", sum(tag in _LISTS for tag in around), strong=strong)
    return Piece(words, strong=strong, gap=True)


def _inline(children: list[Token]) -> tuple[str, bool]:
    """The words a reader sees of a paragraph, and whether all of them are bold."""
    words: list[str] = []
    bold = 0
    strong = True
    for place, token in enumerate(children):
        if token.type in {"text", "code_inline", "text_special"}:
            words.append(token.content)
            strong = strong and (bold > 0 or not token.content.strip())
        elif token.type == "strong_open":
            bold += 1
        elif token.type == "strong_close":
            bold -= 1
        elif token.type == "hardbreak" or (token.type == "html_inline" and _LINE_TAG.match(token.content)):
            words.append("\n")
        elif token.type == "softbreak":
            following = children[place + 1].content if place + 1 < len(children) else ""
            # Some write lists with signs that are no marks in Markdown, or keep the lines of a table of contents:
            # they read as lines, so they stay lines.
            line = "".join(words).rsplit("\n", 1)[-1]
            words.append("\n" if read_mark(following.strip())[0] or is_furniture(line.strip()) else " ")
    said = "\n".join(fold(line) for line in "".join(words).split("\n"))
    return said, strong and bool(said.strip())
