"""Markdown, parsed by markdown-it-py: the words a reader sees once it is set, and the roles its marks give."""

import re
from collections.abc import Iterator
from pathlib import PurePath

from markdown_it import MarkdownIt
from markdown_it.token import Token

from knowledge.reading.draft import Draft, Source, check_characters
from knowledge.reading.encoding import decode
from knowledge.reading.lines import fold, is_furniture
from knowledge.reading.marks import read_mark
from knowledge.reading.pieces import GridCell, Piece, compose
from knowledge.reading.plain import decoded
from knowledge.reading.tables import table_pieces
from knowledge.reading.webpage import HEADINGS, LISTS, html_pieces, is_hiding

MARKDOWN_ENDINGS = (".md", ".markdown", ".mdown", ".mkd")

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?:.*\n)*?(?:---|\.\.\.)[ \t]*\n")
_LINE_TAG = re.compile(r"<br\b", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-zA-Z]\w*)([^>]*?)(/?)>")


def recognises_markdown(source: Source) -> bool:
    """Whether the file is text named as Markdown: its marks alone are too close to those of plain text."""
    return PurePath(source.name).suffix.lower() in MARKDOWN_ENDINGS and decode(source.data) is not None


def read_markdown(source: Source) -> Draft:
    """The text of a Markdown file on one page, without its marks; links keep their words, pictures and code go.

    Raises:
        OversizedFile: if the file is too long.
    """
    text, warnings = decoded(source)
    check_characters(source, len(text))
    body = _FRONT_MATTER.sub("", text.replace("\r\n", "\n"))
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(body)
    return compose(source, list(_pieces(tokens)), warnings)


def _pieces(tokens: list[Token]) -> Iterator[Piece]:
    around: list[str] = []  # the tags that are open
    fresh = False  # the list item around has had no words yet
    sign = ""
    rows: list[list[GridCell]] = []
    column = 0
    for token in tokens:
        if token.nesting > 0:
            around.append(token.tag)
            if token.tag == "li":
                fresh, sign = True, f"{token.info}{token.markup}" if token.info else ""
            elif token.tag == "tr":
                rows.append([])
                column = 0
        elif token.nesting < 0:
            closed = around.pop()
            fresh = fresh and closed != "li"
            if closed == "table":
                yield from table_pieces([row for row in rows if row], frozenset({0}) if rows[0] else frozenset())
                rows = []
        elif token.type == "html_block":
            yield from html_pieces(token.content)
        elif token.type == "inline":
            words, hidden, strong = _inline(token.children or [])
            yield Piece(hidden, hidden=True)
            if rows:
                rows[-1] += [GridCell(words, column, strong=strong or around[-1] == "th")] if words.strip() else []
                column += 1
                continue
            yield _piece(words, around, sign, strong=strong, fresh=fresh)
            fresh = fresh and not words.strip()


def _piece(words: str, around: list[str], sign: str, *, strong: bool, fresh: bool) -> Piece:
    if around[-1] in HEADINGS:
        return Piece(words, "heading", HEADINGS[around[-1]])
    if fresh:
        return Piece(words, "item", sum(tag in LISTS for tag in around), strong=strong, sign=sign)
    return Piece(words, strong=strong, gap=True)


def _inline(children: list[Token]) -> tuple[str, str, bool]:
    """The words a reader sees of a paragraph, those that its tags hide, and whether all of it is bold."""
    words: list[str] = []
    hidden: list[str] = []
    unseen: list[str] = []  # tags that are open inside the one that hides
    bold = 0
    strong = True
    for place, token in enumerate(children):
        if token.type == "html_inline" and (unseen or is_hiding(token.content)):
            _follow(token.content, unseen)
        elif unseen:
            hidden.append(token.content)
        elif token.type in {"text", "code_inline", "text_special"}:
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
    return said, fold("".join(hidden)), strong and bool(said.strip())


def _follow(tag: str, unseen: list[str]) -> None:
    """Keep count of the tags that are open inside one that hides."""
    found = _TAG.fullmatch(tag.strip())
    if found is None or found[4] or found[2].lower() in {"br", "img", "input", "wbr"}:
        return
    if not found[1]:
        unseen.append(found[2].lower())
    elif unseen:
        unseen.pop()
