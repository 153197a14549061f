"""Word files (.docx, .docm): the accepted text as a reader sees it, its headings, lists, tables, boxes and notes."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from knowledge.document import BlockKind
from knowledge.reading.draft import Draft, Source
from knowledge.reading.numbering import Numbering, read_numbering
from knowledge.reading.package import Package, open_package, package_kind
from knowledge.reading.pieces import GridCell, Piece, compose, hide
from knowledge.reading.tables import Row, table_pieces
from knowledge.reading.wordcolours import W, ground_of, read_theme
from knowledge.reading.wordplaces import Paper, find_boxes, is_away, read_paper
from knowledge.reading.wordstyles import (
    Style,
    Styles,
    Surroundings,
    is_on,
    is_strong,
    is_unseen,
    read_styles,
    value_of,
    whole_number,
)

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# Deleted and moved-away text is not part of the accepted text; a fallback repeats its choice; a text box is read
# after the paragraph it hangs on; how a word is spoken stands above it in small letters.
_PASSED_OVER = frozenset(
    {f"{W}del", f"{W}moveFrom", f"{W}txbxContent", f"{W}rPr", f"{W}pPr", f"{W}rt", f"{W}sdtPr", _FALLBACK}
)
_BREAKS = {f"{W}br": "\n", f"{W}cr": "\n", f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}noBreakHyphen": "-"}
_CONTAINERS = frozenset({f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}moveTo", f"{W}customXml", f"{W}smartTag"})
_NOTES = {f"{W}footnoteReference": "footnotes", f"{W}endnoteReference": "endnotes"}
_MOSTLY = 0.7  # of a line's characters in bold or large letters and the line is meant to be so
_BODY_TEXT = 9  # the outline level that means "no heading"
_LABEL_LETTERS = 3  # a sign with so many letters in a row ("Goal 1:") is words, not a number
_CONTENTS = ("toc ", "table of figures", "index ", "contents ")


@dataclass(slots=True)
class _Text:
    """The file as far as it was read: its styles, lists and paper, and the notes referred to, in order."""

    styles: Styles
    numbering: Numbering
    paper: Paper
    notes: list[tuple[str, str]] = field(default_factory=list)


def recognises_word(source: Source) -> bool:
    """Whether the file is a package that holds a Word text."""
    return package_kind(source) == "Word"


def read_word(source: Source) -> Draft:
    """The text of a Word file as if every tracked change were accepted, on one page: Word itself stores no pages.

    Headings come from styles and outline levels whatever their language, items from list formatting with the number
    that Word shows, and each table row is one block. A table of one column, or of one row of whole texts, is only a
    frame and is read through. Notes stand at the end. Hidden text is kept apart; comments, headers and footers, and
    the prompts of empty form fields are left out; macros are never looked at.

    Raises:
        CorruptFile: if it is damaged.
        OversizedFile: if it unpacks to more than it should, or its text is too long.
    """
    with open_package(source) as package:
        root = package.parse(package.main)
        background = root.find(f"{W}background")
        theme = read_theme(_part(package, "theme"))
        styles = read_styles(_part(package, "styles"), theme, coloured_page=background is not None)
        text = _Text(styles, read_numbering(_part(package, "numbering")), read_paper(root))
        body = root.find(f"{W}body")
        pieces = list(_pieces(body, text))
        pieces += _note_pieces(package, text)
        return compose(source, pieces, tuple(_warnings(package, root)))


def _part(package: Package, role: str) -> Any:
    found = package.related(package.main, role)
    return package.parse(found[0]) if found else None


def _warnings(package: Package, root: Any) -> Iterator[str]:
    comments = _part(package, "comments")
    count = len(list(comments.iter(f"{W}comment"))) if comments is not None else 0
    if count:
        yield f"Comments in this file ({count}) are left out: they are no text of the document."
    if next(root.iter(f"{W}ins", f"{W}del", f"{W}moveFrom"), None) is not None:
        yield "This file holds tracked changes: it is read as if all of them were accepted."


def _note_pieces(package: Package, text: _Text) -> Iterator[Piece]:
    """The notes in the order in which the text refers to them, each as paragraphs."""
    roots = {role: _part(package, role) for role in dict.fromkeys(role for role, _ in text.notes)}
    notes = {(role, note.get(f"{W}id")): note for role, root in roots.items() if root is not None for note in root}
    for key in dict.fromkeys(text.notes):
        if key in notes:
            yield from (replace(piece, gap=True) for piece in _pieces(notes[key], text))


def _pieces(parent: Any, text: _Text, ground: str | None = None) -> Iterator[Piece]:
    """The paragraphs and tables inside an element, in order; nesting is bounded by what lxml parses (256 deep)."""
    gap = False
    carried: list[Any] = []  # paragraphs whose end mark was deleted: they go on in the next
    for child in parent:
        if child.tag == f"{W}p":
            if child.find(f"{W}pPr/{W}rPr/{W}del") is not None:
                carried.append(child)
                continue
            piece, hidden = _paragraph(child, carried, text, gap=gap, ground=ground)
            gap = not (piece.words.strip() or hidden)
            if not gap:
                yield piece
                yield from hidden
            for part in (*carried, child):
                for box in find_boxes(part, text.paper, text.styles.theme):
                    pieces = _pieces(box.content, text, box.ground)
                    yield from (piece if box.seen else hide(piece) for piece in pieces)
            carried = []
        elif child.tag == f"{W}tbl":
            yield from _table(child, text)
        elif child.tag in _CONTAINERS and not _is_prompt(child):
            yield from _pieces(child, text, ground)
    if carried:
        piece, hidden = _paragraph(carried[-1], carried[:-1], text, gap=gap, ground=ground)
        yield from (piece, *hidden)


def _is_prompt(control: Any) -> bool:
    """Whether a content control shows nothing but its prompt ("Click here to enter text")."""
    return is_on(control.find(f"{W}sdtPr/{W}showingPlcHdr")) is True


def _table(table: Any, text: _Text) -> Iterator[Piece]:
    ground = ground_of(table.find(f"{W}tblPr/{W}shd"), text.styles.theme)
    ground = ground or text.styles.by_id.get(value_of(table, "tblPr", "tblStyle") or "", Style()).ground
    rows: list[Row] = []
    marked: set[int] = set()
    hidden: list[Piece] = []
    for row in table.iter(f"{W}tr"):
        if next(row.iterancestors(f"{W}tbl")) is not table or row.find(f"{W}trPr/{W}del") is not None:
            continue  # a table inside a cell is read with its cell
        if is_on(row.find(f"{W}trPr/{W}tblHeader")) and len(marked) == len(rows):
            marked.add(len(rows))
        cells, unseen = _row(row, rows[-1] if rows else (), text, ground)
        rows.append(cells)
        hidden += unseen
    filled = [place for place, row in enumerate(rows) if row]
    yield from table_pieces([rows[place] for place in filled], frozenset(map(filled.index, marked & set(filled))))
    yield from hidden


def _row(row: Any, above: Row, text: _Text, ground: str | None) -> tuple[Row, list[Piece]]:
    """The filled cells of a row by their columns, and what they hide; a cell that reaches down repeats its words."""
    cells: list[GridCell] = []
    hidden: list[Piece] = []
    column = whole_number(value_of(row, "trPr", "gridBefore")) or 0
    own = [cell for cell in row.iter(f"{W}tc") if next(cell.iterancestors(f"{W}tr")) is row]
    for cell in own:
        width = max(1, min(whole_number(value_of(cell, "tcPr", "gridSpan")) or 1, 100))
        merge = cell.find(f"{W}tcPr/{W}vMerge")
        if cell.find(f"{W}tcPr/{W}cellDel") is not None:
            continue
        if merge is not None and merge.get(f"{W}val") != "restart":
            cells += [replace(one, repeated=True) for one in above if one.column == column]
        else:
            own_ground = ground_of(cell.find(f"{W}tcPr/{W}shd"), text.styles.theme)
            pieces = list(_pieces(cell, text, own_ground or ground))
            hidden += [piece for piece in pieces if piece.hidden]
            shown = tuple(piece for piece in pieces if not piece.hidden and piece.as_words().strip())
            if shown:
                words = "\n".join(piece.as_words().strip() for piece in shown)
                strong = all(piece.strong or piece.kind == "heading" for piece in shown)
                alone = len(own) == 1
                cells.append(GridCell(words, column, width, strong=strong, pieces=shown, alone=alone))
        column += width
    return tuple(cells), hidden


def _paragraph(
    paragraph: Any, carried: list[Any], text: _Text, *, gap: bool, ground: str | None
) -> tuple[Piece, list[Piece]]:
    """A paragraph with those that go on in it, and the words in it that no reader sees."""
    style = text.styles.named(value_of(paragraph, "pPr", "pStyle"))
    own = ground_of(paragraph.find(f"{W}pPr/{W}shd"), text.styles.theme)
    around = Surroundings(style, own or style.ground or ground)
    shown: list[tuple[str, bool]] = []
    hidden: list[str] = []
    away = is_away(paragraph, text.paper)
    for part in (*carried, paragraph):
        for run in _runs(part):
            words = "".join(_words(run, text))
            if words.strip() and (away or is_unseen(run, around, text.styles)):
                hidden.append(words)
            else:
                shown.append((words, is_strong(run, around, text.styles)))
    words = "".join(said for said, _ in shown)
    apart = [Piece("".join(hidden), hidden=True)] if hidden else []
    if not words.strip():
        return Piece("", gap=gap), apart
    if style.name.startswith(_CONTENTS):
        return Piece(words, gap=gap, listed=False), apart
    strong = sum(len(said) for said, loud in shown if said.strip() and loud) > _MOSTLY * len(words)
    kind, level = _role(paragraph, style)
    sign = _sign(paragraph, style, text)
    if kind == "item" and sign == "":
        kind, level = None, 0  # a list that shows no sign is only set in
    if sign and _is_label(sign):
        words, sign = f"{sign} {words}", ""
    return Piece(words, kind, level, strong=strong, gap=gap, sign="" if sign == "•" else sign or ""), apart


def _role(paragraph: Any, style: Style) -> tuple[BlockKind | None, int]:
    """The kind and level that style, outline level and list formatting give a paragraph, if they give any."""
    if style.name == "title":
        return "heading", 1
    if style.name == "subtitle":
        return "heading", 2
    own = whole_number(value_of(paragraph, "pPr", "outlineLvl"))
    outline = own if own is not None else style.outline
    if outline is not None and outline < _BODY_TEXT:
        return "heading", outline + 1
    if style.name.startswith("heading "):
        return "heading", whole_number(style.name.removeprefix("heading ")) or 1
    named = style.name.startswith(("list bullet", "list number"))
    list_id, depth = _list_of(paragraph, style)
    if list_id not in {None, "0"} or (list_id is None and named):
        return "item", max(depth + 1, (whole_number(style.name[-1:]) or 1) if named else 1)
    return None, 0


def _list_of(paragraph: Any, style: Style) -> tuple[str | None, int]:
    """The list that a paragraph is counted in, by itself or by its style, and how deep."""
    own = value_of(paragraph, "pPr", "numPr", "numId")
    depth = whole_number(value_of(paragraph, "pPr", "numPr", "ilvl"))
    list_id = own if own is not None else style.list_id
    return list_id, min(depth if depth is not None else style.list_level or 0, 8)


def _sign(paragraph: Any, style: Style, text: _Text) -> str | None:
    """The number or bullet that Word shows before a paragraph; None where the file does not say."""
    list_id, depth = _list_of(paragraph, style)
    return text.numbering.next_sign(list_id, depth) if list_id not in {None, "0"} and list_id else None


def _is_label(sign: str) -> bool:
    letters = "".join(letter if letter.isalpha() else " " for letter in sign).split()
    return any(len(word) >= _LABEL_LETTERS for word in letters) and not set(sign.lower()) <= set("ivxlcdm.() ")


def _runs(element: Any) -> Iterator[Any]:
    """The runs of accepted text in an element, in order: through links, insertions, controls and fields."""
    for child in element:
        if child.tag == f"{W}r":
            yield child
        elif child.tag not in _PASSED_OVER and not (child.tag == f"{W}sdt" and _is_prompt(child)):
            yield from _runs(child)


def _words(run: Any, text: _Text) -> Iterator[str]:
    for child in run:
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag in _BREAKS:
            yield _BREAKS[child.tag]
        elif child.tag in _NOTES:
            text.notes.append((_NOTES[child.tag], child.get(f"{W}id", "")))
        elif child.tag == f"{W}ruby":
            for base in child.iter(f"{W}rubyBase"):
                for inner in _runs(base):
                    yield from _words(inner, text)
