"""How a press of a button reaches a function of ours, and how its faults are told: one line, in one place."""

import errno
import inspect
from collections.abc import Callable, Iterator, Sequence
from functools import update_wrapper
from html import escape
from pathlib import Path
from types import TracebackType
from typing import Any

import gradio as gr
from starlette.requests import Request
from starlette.responses import PlainTextResponse

from assistant.app.workplace import Say, Workplace
from assistant.defects import tell_defect
from knowledge.faults import AskwhyError, NoSpace
from knowledge.lexicon import DEFAULT_LANGUAGE
from knowledge.phrasebook import load_phrases

PROGRESS = gr.Progress()
NO_SPACE = {errno.ENOSPC, errno.EDQUOT}
NO_ROOM = 507  # HTTP's "Insufficient Storage"
# What a handler gives: the outputs' values once, or each time there is something new to show.
Handled = tuple[Any, ...] | Iterator[tuple[Any, ...]]
MOST_AT_ONCE = 4  # visitors served by one function; the others wait their turn
# Buttons inside our own HTML: a press sends what the button stands for, what was filled in beside it, and the critique
# that it is part of, for a window may show an older one than the visitor's latest.
PRESSES = """
element.addEventListener('click', event => {
  const pressed = event.target.closest('button[data-act]');
  const filled = pressed && pressed.closest('details.aw-decide');
  const field = filled && filled.querySelector('input, select');
  const within = pressed && pressed.closest('[data-critique]');
  if (pressed && pressed.dataset.confirm && !window.confirm(pressed.dataset.confirm)) return;
  if (pressed) trigger('click', {
    act: pressed.dataset.act, value: pressed.dataset.value || '', reason: field ? field.value : '',
    critique: within ? within.dataset.critique : ''
  });
});
"""


class Recorded:
    """A stretch of work whose defects (not its faults) go to the log, and to the screen as one line.

    Args:
        log: the file that keeps the traceback.
        language: of the line.
    """

    def __init__(self, log: Path, language: str = DEFAULT_LANGUAGE) -> None:
        """Remember where the log is."""
        self._log, self._language = log, language

    def __enter__(self) -> None:
        """Nothing is needed beforehand."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Keep the traceback and say where it is.

        Raises:
            gr.Error: in the defect's place, with a line for the manager.
        """
        if kind is None or error is None or not issubclass(kind, Exception) or isinstance(error, gr.Error):
            return
        tell_defect(self._log, kind, error, trace)
        line = load_phrases(self._language).say("page", "defect", log=self._log)
        raise gr.Error(escape(line), title="Askwhy", duration=None, print_exception=False) from error


def connect(
    listeners: Sequence[Callable[..., Any]],
    handler: Callable[..., Handled],
    workplace: Workplace,
    *,
    notice: gr.HTML,
    inputs: Sequence[gr.components.Component] = (),
    outputs: Sequence[gr.components.Component | gr.blocks.BlockContext] = (),
    empties: gr.components.Component | None = None,
    **how: Any,
) -> None:
    """Let each of `listeners` (such as `button.click`) run `handler(workplace, *inputs)`; its tuple fills `outputs`.

    A handler that yields tuples fills them with each as it comes. A fault (`AskwhyError`) fills `notice` with its one
    line and leaves every output as it was; success empties it. `empties` is a field that is to be empty afterwards in
    either case.
    """
    answer = tell_faults(handler, workplace, len(outputs))
    for listener in listeners:
        event = listener(
            answer,
            inputs=list(inputs),
            outputs=[notice, *outputs],
            api_visibility="private",
            concurrency_limit=MOST_AT_ONCE,
            **how,
        )
        if empties is not None:
            event.then(lambda: None, outputs=[empties], api_visibility="private", show_progress="hidden")


def tell_faults(handler: Callable[..., Handled], workplace: Workplace, outputs: int) -> Callable[..., Handled]:
    """`handler` bound to `workplace`, with the notice put before its outputs: "" or the line of the fault it raised."""
    settings = workplace.settings

    def answer_bit_by_bit(*given: Any) -> Iterator[tuple[Any, ...]]:
        with Recorded(settings.log, settings.language):
            try:
                for filled in handler(workplace, *given):
                    yield ("", *filled)
            except (AskwhyError, OSError) as fault:
                yield _unfilled(fault, outputs, workplace)

    def answer_at_once(*given: Any) -> tuple[Any, ...]:
        with Recorded(settings.log, settings.language):
            try:
                return ("", *handler(workplace, *given))
            except (AskwhyError, OSError) as fault:
                return _unfilled(fault, outputs, workplace)

    answer: Callable[..., Handled] = answer_bit_by_bit if inspect.isgeneratorfunction(handler) else answer_at_once
    update_wrapper(answer, handler)
    # Gradio reads the signature to see which arguments it has to fill in itself; ours is already bound.
    signature = inspect.signature(handler)
    answer.__dict__["__signature__"] = signature.replace(parameters=list(signature.parameters.values())[1:])
    return answer


def _unfilled(fault: AskwhyError | OSError, outputs: int, workplace: Workplace) -> tuple[Any, ...]:
    """The line of a fault, and every output as it was; what is no fault of ours is raised again."""
    if isinstance(fault, OSError):
        if fault.errno not in NO_SPACE:
            raise fault
        fault = NoSpace("the disk", "there is no room left on it", "Make some, then try again.")
    return (fault_html(workplace.tell(fault)), *(gr.skip() for _ in range(outputs)))


def fault_html(line: str) -> str:
    """The one line of a fault, as a manager reads it."""
    return f'<p class="aw-fault" role="alert">{escape(line)}</p>'


def tell_full_disk(say: Say) -> Callable[[Request, Exception], PlainTextResponse]:
    """Gives what the browser shows where Gradio could not write an upload down; `say` gives the page's phrases."""
    return lambda *_: PlainTextResponse(say("upload_refused"), status_code=NO_ROOM)


def buttons_html(act: str, labels: Sequence[str]) -> str:
    """A row of buttons; a press gives its own words as the value."""
    made = "".join(
        f'<button type="button" class="aw-chip" data-act="{act}" data-value="{escape(label)}">{escape(label)}</button>'
        for label in labels
    )
    return f'<div class="aw-chips">{made}</div>' if made else ""
