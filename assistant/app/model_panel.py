"""The language model on the page, where one is set up: a line on how it stands with it."""

from html import escape
from typing import Any

import gradio as gr

from assistant.app.theme import html
from assistant.app.workplace import Workplace
from assistant.speaking.telling import tell_standing

LOOK_AGAIN = 2.0  # seconds between two looks
MOST_AT_ONCE = 8


def lay_out(workplace: Workplace) -> None:
    """Put the panel where it belongs, and look every so often; nothing where no model is set up."""
    if workplace.speaker is None:
        return
    standing = html(panel_html(workplace), elem_id="aw-model")
    seen = gr.State("")

    def look(before: str) -> tuple[Any, Any]:
        now = panel_html(workplace)
        return (gr.skip(), gr.skip()) if now == before else (now, now)

    gr.Timer(LOOK_AGAIN).tick(
        look,
        inputs=[seen],
        outputs=[seen, standing],
        api_visibility="private",
        show_progress="hidden",
        concurrency_limit=MOST_AT_ONCE,
    )


def panel_html(workplace: Workplace) -> str:
    """How it stands with the model; "" where none is set up."""
    if workplace.speaker is None:
        return ""
    lines = tell_standing(workplace.speaker.standing())
    return f'<p class="aw-small">{" ".join(map(escape, lines))}</p>'
