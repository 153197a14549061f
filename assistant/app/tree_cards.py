"""The tree of goals on the screen, with what can be changed in it, and the notes of the journey."""

import base64
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from knowledge.phrasebook import Phrasebook, load_phrases
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
    phrases = load_phrases(conversation.language)
    rows = "".join(_row_html(node, own, phrases) for node in own)

    def say(name: str) -> str:
        return escape(phrases.say("refine", name))

    return (
        f'<section class="aw-tree"><h3>{say("tree")}</h3><p class="aw-small">{say("tree_lead")}</p>{drawn}'
        f'<p><a class="aw-link" download="goal-tree.svg" href="data:image/svg+xml;base64,{data}">'
        f'{say("save_picture")}</a> <a class="aw-link" download="goals.html" href="data:text/html;base64,{page}">'
        f'{say("save_page")}</a></p><details class="aw-more"><summary>{say("change_tree")}</summary>'
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
    title = escape(load_phrases(language).say("refine", "notes"))
    return f'<section class="aw-notes"><h3>{title}</h3>{"".join(parts)}</section>' if parts else ""


def _row_html(node: "Node", nodes: "list[Node]", phrases: Phrasebook) -> str:
    """A goal or a step: its words to change, where it hangs, and a press that takes it out."""

    def say(name: str) -> str:
        return escape(phrases.say("refine", name))

    name, value = escape(_shorten(node.text)), escape(node.id)
    places = "".join(
        f'<option value="{escape(other.id)}">{escape(_shorten(other.text))}</option>'
        for other in nodes
        if other.id != node.id and (node.kind == "action" or other.kind == "goal")
    )
    moving = (
        f'<details class="aw-decide"><summary>{say("move")}</summary><p>{say("below")} <select '
        f'aria-label="{say("below_which")}">{places}</select><button type="button" class="aw-link" data-act="move" '
        f'data-value="{value}">{say("move_do")}</button></p></details>'
        if places
        else ""
    )
    how = (
        f'<button type="button" class="aw-link" data-act="plan" data-value="{value}">{say("add_steps")}</button>'
        if node.kind == "goal"
        else ""
    )
    return (
        f'<li><p>{name}</p>{how}<details class="aw-decide"><summary>{say("reword")}</summary><p><input type="text" '
        f'aria-label="{say("new_words")}" value="{escape(node.text)}"><button type="button" class="aw-link" '
        f'data-act="rename" data-value="{value}">{say("keep_words")}</button></p></details>{moving}'
        f'<button type="button" class="aw-link" data-act="remove" data-value="{value}">{say("take_out")}</button></li>'
    )


def _shorten(text: str) -> str:
    return text if len(text) <= _SHORT else f"{text[:_SHORT].rstrip()} …"
