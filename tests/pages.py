"""What the tests of the app share: a plan, hostile words, presses, and how a handler's answer is read."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.app.wiring import tell_faults
from assistant.app.workplace import Workplace
from knowledge.phrasebook import load_phrases

VISITOR = "someone"
SAY = partial(load_phrases("en").say, "page")
HOSTILE = (
    "<script>window.hurt = 1</script>",
    "<img src=x onerror=window.hurt=1>",
    '"><svg onload=window.hurt=1>',
    "[press](javascript:window.hurt=1)",
    "${window.hurt=1} {{window.hurt}}",
)
TAGS = ("<script", "<img", "<svg", "onerror=window.hurt=1>'", 'href="javascript')


@dataclass
class Press:
    """A press on one of our own buttons, as Gradio hands it on."""

    act: str
    value: str
    reason: str = ""


def told(workplace: Workplace, handler: Any, *given: Any, outputs: int = 1) -> tuple[Any, ...]:
    answered = tell_faults(handler, workplace, outputs)(*given)
    return answered if isinstance(answered, tuple) else last_of(answered)


def last_of(shown: Iterator[tuple[Any, ...]]) -> tuple[Any, ...]:
    """What a handler that shows things as they come shows in the end."""
    *_, last = shown
    return last


def path_of(download: gr.DownloadButton) -> Path:
    return Path(download.value["path"])


def is_one_line(notice: str) -> bool:
    return notice.startswith('<p class="aw-fault" role="alert">') and notice.count("<p") == 1 and "\n" not in notice


def hurts(html: str) -> list[str]:
    return [tag for tag in TAGS if tag in html]
