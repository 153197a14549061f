"""From the pieces a marked-up format gives (its paragraphs, items, rows) to one text with true offsets."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.document import BlockKind, Span
from knowledge.reading.draft import Draft, Source, check_characters, clean, join_pages
from knowledge.reading.lines import Line, Weight, fold, is_furniture, is_title, join_wrapped, says_something
from knowledge.reading.marks import read_mark
from knowledge.reading.outline import decide

CELL_SEPARATOR = " | "

_ITEM_SIGN = "• "
_SHOWN = 2  # headings or strong lines after which a line that is neither is known to be plain


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, heading, item or row as the format gives it; `kind` None is a paragraph of no stated role.

    `words` may hold line breaks where the writer broke the line. `strong` says that all of it is bold or in large
    letters; `gap` that an empty paragraph stands above; `listed` False keeps it in the text but out of the blocks
    (menus, tables of contents).
    """

    words: str
    kind: BlockKind | None = None
    level: int = 0
    strong: bool = False
    gap: bool = False
    listed: bool = True


def compose(source: Source, pieces: Sequence[Piece], warnings: Sequence[str] = ()) -> Draft:
    """One text of all pieces on a single page, and its blocks; pieces of no stated role are judged by their looks.

    A document without any text gives a draft whose page has the source "none".

    Raises:
        OversizedFile: if the text is too long.
    """
    cleaned = [replace(piece, words=clean(piece.words).strip()) for piece in pieces]
    filled = _raise_strong_items([piece for piece in cleaned if piece.words])
    weigh = sum(piece.kind == "heading" or (piece.strong and piece.kind is None) for piece in filled) >= _SHOWN
    parts: list[str] = []
    lines: list[Line] = []
    size = 0
    before: Piece | None = None
    for piece in filled:
        lead = _separator(before, piece) + (_ITEM_SIGN if piece.kind == "item" else "")
        parts += [lead, piece.words]
        if piece.listed:
            weight: Weight = "strong" if piece.strong else "plain" if weigh else "unknown"
            lines += _lines_of(piece, size + len(lead), weight)
        size += len(lead) + len(piece.words)
        check_characters(source, size)
        before = piece
    text, pages = join_pages([("".join(parts), "text" if parts else "none")])
    told = tuple(warnings) if parts else (*warnings, "This file holds no text Askwhy can read: nothing was read.")
    said = [line for line in join_wrapped(text, lines, printed=False) if says_something(line.words)]
    return Draft(text, pages, decide(text, said), told)


def _raise_strong_items(pieces: list[Piece]) -> list[Piece]:
    """The pieces, a bold title numbered as an item among items that are not bold freed to be the heading it is."""
    return [
        replace(piece, kind=None, level=0)
        if piece.kind == "item"
        and piece.strong
        and is_title(piece.words)
        and not any(
            one.kind == "item" and one.strong for one in (*pieces[max(0, at - 1) : at], *pieces[at + 1 : at + 2])
        )
        else piece
        for at, piece in enumerate(pieces)
    ]


def _separator(before: Piece | None, piece: Piece) -> str:
    if before is None:
        return ""
    if piece.kind == before.kind and piece.kind in {"item", "row"}:
        return "\n"
    # A paragraph that begins with a small letter goes on with the one before, which a blank line would part.
    return "\n" if piece.kind is None and not piece.gap and piece.words[0].islower() else "\n\n"


def _lines_of(piece: Piece, start: int, weight: Weight) -> list[Line]:
    """The lines to judge in a piece that begins at `start`: one, or one for each line its writer broke."""
    lines: list[Line] = []
    offset = start
    for raw in [piece.words] if piece.kind else piece.words.split("\n"):
        bare = raw.strip()
        mark, width = (None, 0) if piece.kind in {"paragraph", "row"} else read_mark(bare)
        span = Span(offset + raw.find(bare) + width, offset + raw.find(bare) + len(bare))
        apart = piece.gap and not lines
        if bare[width:] and not is_furniture(bare):
            lines.append(Line(span, fold(bare[width:]), mark, apart, 1, weight, piece.kind, piece.level))
        offset += len(raw) + 1
    return lines
