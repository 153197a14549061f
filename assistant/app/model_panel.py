"""The language model on the page, where one is set up: how it stands with it, and its words as they come."""

from html import escape
from typing import Any

import gradio as gr

from assistant.app.theme import html
from assistant.app.workplace import Workplace
from assistant.speaking.telling import tell_standing

LOOK_AGAIN = 0.6  # seconds between two looks
MOST_AT_ONCE = 8


def lay_out(workplace: Workplace, conversation: gr.BrowserState) -> None:
    """Put the panel where it belongs, and look every so often; nothing where no model is set up.

    Args:
        workplace: whose model it is.
        conversation: the one in this browser, whose words are shown.
    """
    if workplace.speaker is None:
        return
    standing = html(panel_html(workplace, None), elem_id="aw-model")
    seen = gr.State("")

    def look(conversation_id: str | None, before: str) -> tuple[Any, Any]:
        now = panel_html(workplace, conversation_id)
        return (gr.skip(), gr.skip()) if now == before else (now, now)

    gr.Timer(LOOK_AGAIN).tick(
        look,
        inputs=[conversation, seen],
        outputs=[seen, standing],
        api_visibility="private",
        show_progress="hidden",
        concurrency_limit=MOST_AT_ONCE,
    )


def panel_html(workplace: Workplace, conversation_id: str | None) -> str:
    """The words that are coming in a conversation, and how it stands with the model; "" where none is set up."""
    if workplace.speaker is None:
        return ""
    words = workplace.wording.words(conversation_id)
    coming = f'<p class="aw-coming" aria-live="polite">{escape(words)} …</p>' if words else ""
    lines = tell_standing(workplace.speaker.standing())
    return f'{coming}<p class="aw-small">{" ".join(map(escape, lines))}</p>'
