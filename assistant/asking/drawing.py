"""Draws a tree of goals as SVG: a column of boxes, each a step to the right of the one it leads to.

The picture is 400 units wide, so that it reads on a telephone as it is, and grows downwards. It holds its own colours
and letters, and nothing that runs or loads; every word is escaped.
"""

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from assistant.asking.tree import GoalTree, Node, NodeKind, walk
from knowledge.lexicon import load_lexicon

WIDTH = 400
_MARGIN, _INDENT, _DEEPEST = 8, 18, 8
_PADDING, _GAP, _LINE, _LABEL = 9, 9, 19, 15
_SIZE, _LABEL_SIZE, _USUAL_WEIGHT = 14, 11, 400
_MOST_LINES = 6
_NARROW, _WIDE = frozenset("iljtfrI.,:;'’|!()[]-– "), frozenset("mwMW@%—")
_FULL_WIDTH = 0x2E80  # from here on letters are as wide as they are high
# Edge and ground of each kind of box.
_COLOURS: Mapping[NodeKind, tuple[str, str]] = {
    "need": ("#0d5c63", "#e3f1f1"),
    "value": ("#5b3f8c", "#eeeaf6"),
    "higher_goal": ("#7a5200", "#fbf1dd"),
    "goal": ("#1f4e8c", "#e6eef8"),
    "action": ("#555555", "#f4f4f2"),
}


def draw_tree(tree: GoalTree, language: str) -> str:
    """The tree as an SVG document of its own, with a title and a description for those who cannot see it.

    Args:
        tree: the needs and values with what leads to them, and the goals that reach none, which get a broken edge.
        language: an ISO 639-1 code for the labels; the manager's words stay as they are.
    """
    voice = load_lexicon(language).voice
    shapes: list[str] = []
    bottom = _draw_nodes(tree.rooted, shapes, _MARGIN, voice, loose=False)
    if tree.loose:
        shapes.append(_text(_MARGIN, bottom + _LINE - 4, voice["tree_loose"], _SIZE, "#8c2f1f", weight=700))
        bottom = _draw_nodes(tree.loose, shapes, bottom + _LINE + 4, voice, loose=True)
    about = voice["tree_about"].format(**_count(tree))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {bottom}" width="100%" role="img" '
        f'aria-labelledby="aw-tree-title aw-tree-about" font-family="system-ui, Arial, sans-serif">'
        f'<title id="aw-tree-title">{_escape(voice["tree_title"])}</title>'
        f'<desc id="aw-tree-about">{_escape(about)}</desc>'
        f'<rect width="{WIDTH}" height="{bottom}" fill="#ffffff"/>{"".join(shapes)}</svg>'
    )


def wrap(text: str, width: float) -> tuple[str, ...]:
    """The text in lines that fit `width`, at most six; what is left out after them is marked by dots."""
    lines, line = list[str](), ""
    for word in _cut(text.split(), width):
        longer = f"{line} {word}" if line else word
        if line and _measure(longer) > width:
            lines.append(line)
            line = word
        else:
            line = longer
    lines = [*lines, line] if line else lines
    if len(lines) <= _MOST_LINES:
        return tuple(lines)
    return (*lines[: _MOST_LINES - 1], f"{lines[_MOST_LINES - 1]} …")


def _draw_nodes(nodes: Sequence[Node], shapes: list[str], top: int, voice: Mapping[str, str], *, loose: bool) -> int:
    """Draw the nodes from `top` on; where the next thing may begin."""
    begun: dict[int, int] = {}  # the lower edge of the last box of each depth
    for node, depth in walk(nodes):
        left = _MARGIN + _INDENT * min(depth, _DEEPEST)
        lines = wrap(node.text, WIDTH - _MARGIN - left - 2 * _PADDING)
        height = 2 * _PADDING + _LABEL + _LINE * len(lines)
        if depth:
            joint = left - _INDENT + _PADDING
            shapes.append(f'<path d="M{joint} {begun[depth - 1]}V{top + _LINE}H{left}" fill="none" stroke="#8a8a8a"/>')
        edge, ground = _COLOURS[node.kind]
        broken = ' stroke-dasharray="5 4"' if loose and not depth else ""
        shapes.append(
            f'<rect x="{left}" y="{top}" width="{WIDTH - _MARGIN - left}" height="{height}" rx="6" fill="{ground}" '
            f'stroke="{edge}"{broken}/>'
        )
        label = voice[f"node_{node.kind}"]
        shapes.append(_text(left + _PADDING, top + _PADDING + 10, label, _LABEL_SIZE, edge, weight=700))
        for place, line in enumerate(lines):
            down = top + _PADDING + _LABEL + _LINE * place + 14
            shapes.append(_text(left + _PADDING, down, line, _SIZE, "#1c1c1c"))
        begun[depth] = top + height
        top += height + _GAP
    return top


def _text(left: int, baseline: int, words: str, size: int, colour: str, *, weight: int = _USUAL_WEIGHT) -> str:
    bold = f' font-weight="{weight}"' if weight != _USUAL_WEIGHT else ""
    return f'<text x="{left}" y="{baseline}" font-size="{size}" fill="{colour}"{bold}>{_escape(words)}</text>'


def _cut(words: Sequence[str], width: float) -> Iterator[str]:
    """The words, those that are wider than a line cut into pieces."""
    for word in words:
        rest = word
        while _measure(rest) > width:
            end = next(place for place in range(len(rest), 0, -1) if place == 1 or _measure(rest[:place]) <= width)
            yield rest[:end]
            rest = rest[end:]
        if rest:
            yield rest


def _measure(text: str) -> float:
    """About how wide a text is in sans-serif letters of the size used here; those of DejaVu, which are wide ones."""
    return sum(map(_measure_one, text))


def _measure_one(character: str) -> float:
    if character in _NARROW:
        return 5.8
    if character in _WIDE or ord(character) >= _FULL_WIDTH:
        return 13.8
    return 10.9 if character.isupper() else 8.9


def _count(tree: GoalTree) -> dict[str, int]:
    nodes = [node for node, _ in walk((*tree.rooted, *tree.loose))]
    return {
        "roots": len(tree.rooted),
        "goals": sum(node.kind == "goal" for node in nodes),
        "steps": sum(node.kind == "action" for node in nodes),
        "loose": sum(node.kind == "goal" for node, _ in walk(tree.loose)),
    }


def _escape(words: str) -> str:
    """The words as XML allows them: marked up and without characters that it has no place for."""
    return escape("".join(character for character in words if character.isprintable()))
