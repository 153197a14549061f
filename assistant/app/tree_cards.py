"""The tree of goals on the screen, with what can be changed in it, and the notes of the journey."""

import base64
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from knowledge.steps import load_steps

if TYPE_CHECKING:
    from assistant.asking.conversation import Note
    from assistant.asking.showing import Conversation
    from assistant.asking.tree import Node

_SHORT = 60


def tree_html(conversation: "Conversation") -> str:
    """The tree with a link that saves it, and its goals and steps with what a press does to each; "" without goals."""
    from assistant.asking.drawing import draw_tree
    from assistant.asking.report import render_talk
    from assistant.asking.tree import walk

    nodes = [node for node, _ in walk((*conversation.tree.rooted, *conversation.tree.loose))]
    if not nodes:
        return ""
    drawn = draw_tree(conversation.tree, conversation.language)
    data = base64.b64encode(drawn.encode()).decode()
    page = base64.b64encode(render_talk(conversation).encode()).decode()
    own = [node for node in nodes if node.id]
    rows = "".join(_row_html(node, own) for node in own)
    return (
        f'<section class="aw-tree"><h3>How it hangs together</h3><p class="aw-small">Read upwards: why. Downwards: '
        f'how.</p>{drawn}<p><a class="aw-link" download="goal-tree.svg" href="data:image/svg+xml;base64,{data}">'
        f'Save the picture (SVG)</a> <a class="aw-link" download="goals.html" href="data:text/html;base64,{page}">'
        'Save goals and tree (web page)</a></p><details class="aw-more"><summary>Change the tree</summary>'
        f"<ul>{rows}</ul></details></section>"
    )


def notes_html(notes: "tuple[Note, ...]", language: str) -> str:
    """What the manager answered on the journey, step by step; "" where nothing was."""
    steps = load_steps(language)
    parts = []
    for number, of_step in groupby(sorted(notes, key=lambda note: note.step), key=lambda note: note.step):
        step = steps[number - 1]
        lines = "".join(
            f"<dt>{escape(step.questions[note.place])}</dt><dd>{escape(note.text)}</dd>" for note in of_step
        )
        parts.append(f"<h4>{number}. {escape(step.title)}</h4><dl>{lines}</dl>")
    return f'<section class="aw-notes"><h3>Your notes</h3>{"".join(parts)}</section>' if parts else ""


def _row_html(node: "Node", nodes: "list[Node]") -> str:
    """A goal or a step: its words to change, where it hangs, and a press that takes it out."""
    name, value = escape(_shorten(node.text)), escape(node.id)
    places = "".join(
        f'<option value="{escape(other.id)}">{escape(_shorten(other.text))}</option>'
        for other in nodes
        if other.id != node.id and (node.kind == "action" or other.kind == "goal")
    )
    moving = (
        f'<details class="aw-decide"><summary>Move</summary><p>below <select aria-label="Below which">{places}</select>'
        f'<button type="button" class="aw-link" data-act="move" data-value="{value}">Move it</button></p></details>'
        if places
        else ""
    )
    how = (
        f'<button type="button" class="aw-link" data-act="plan" data-value="{value}">Add steps</button>'
        if node.kind == "goal"
        else ""
    )
    return (
        f'<li><p>{name}</p>{how}<details class="aw-decide"><summary>Reword</summary><p><input type="text" '
        f'aria-label="New words" value="{escape(node.text)}"><button type="button" class="aw-link" data-act="rename" '
        f'data-value="{value}">Keep these words</button></p></details>{moving}'
        f'<button type="button" class="aw-link" data-act="remove" data-value="{value}">Take out</button></li>'
    )


def _shorten(text: str) -> str:
    return text if len(text) <= _SHORT else f"{text[:_SHORT].rstrip()} …"
