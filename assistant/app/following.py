"""What stands below the proposals: the indicators that are followed, and a line to write down what was read."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.app.followed_cards import followed_html
from assistant.app.indicators_tab import MOST, IndicatorsTab, follow_button
from assistant.app.theme import html
from assistant.app.wiring import PRESSES, connect
from assistant.app.workplace import Say, Workplace
from assistant.following.days import parse_day
from assistant.following.followed import Followed, today
from assistant.spreadsheet import write_csv
from knowledge.daywords import write_day
from knowledge.faults import BadInput, NoSpace
from knowledge.identification import identify_language
from knowledge.phrasebook import load_phrases

FILE = "followed-indicators.csv"
_GOAL_LENGTH = 60  # characters: one line of the list
COLUMNS = ("goal", "indicator", "unit", "today (baseline)", "aimed at (target)", "day", "figure", "note")


@dataclass(frozen=True, slots=True)
class Following:
    """The parts of the section."""

    notice: gr.HTML
    kept: gr.HTML
    which: gr.Dropdown
    day: gr.Textbox
    figure: gr.Textbox
    note: gr.Textbox
    keep: gr.Button
    download: gr.DownloadButton

    @property
    def shown(self) -> list[Any]:
        """What `show_followed` fills."""
        return [self.kept, self.which, self.day, self.figure, self.note, self.keep, self.download]


def lay_out(say: Say) -> Following:
    """Put the section's parts where they belong."""
    html(f"<section><h3>{escape(say('followed_title'))}</h3></section>")
    notice = html(classes="aw-notice")
    with gr.Row(elem_classes="aw-columns"):
        with gr.Column(scale=2, min_width=280, elem_classes="aw-side"):
            which = gr.Dropdown(choices=[], label=say("followed_which"), visible=False)
            # A field of text: the one for dates sends the day it showed before where what is typed is no day to it.
            day = gr.Textbox(label=say("followed_day"), visible=False)
            figure = gr.Textbox(label=say("followed_figure"), placeholder=say("followed_hint"), visible=False)
            note = gr.Textbox(label=say("followed_note"), visible=False)
            keep = gr.Button(say("followed_keep"), variant="primary", visible=False)
            download = gr.DownloadButton(say("followed_download"), size="sm", visible=False)
        with gr.Column(scale=5, min_width=320):
            kept = html(js_on_load=PRESSES, elem_id="aw-followed")
    return Following(notice, kept, which, day, figure, note, keep, download)


def lead_on(workplace: Workplace, parts: Following, tab: IndicatorsTab, shown: gr.Tab) -> None:
    """Let the buttons under the proposals, the form and the presses in the cards do what they say."""
    for place in range(MOST):
        connect(
            [tab.follows[place].click],
            partial(follow_proposed, place),
            workplace,
            notice=parts.notice,
            inputs=[tab.goal, tab.proposed, tab.baselines[place], tab.targets[place]],
            outputs=[tab.follows[place], *parts.shown],
            show_progress_on=[parts.kept],
        )
    how: dict[str, Any] = {"notice": parts.notice, "outputs": parts.shown, "show_progress": "hidden"}
    connect(
        [parts.keep.click, parts.figure.submit],
        write_down,
        workplace,
        inputs=[parts.which, parts.day, parts.figure, parts.note],
        **how,
    )
    connect([parts.kept.click], followed_pressed, workplace, **how)
    connect([shown.select], show_followed, workplace, **how)


def follow_proposed(
    place: int, workplace: Workplace, goal: str, proposed: Any, baseline: str, target: str
) -> tuple[Any, ...]:
    """Follow the proposal at `place` for the goal it was made for."""
    spoken = identify_language(goal)
    number = workplace.register().follow(goal, proposed[place], spoken, baseline, target, today())
    return follow_button(load_phrases(spoken), followed=True), *show_followed(workplace, number)


def write_down(workplace: Workplace, number: int | None, day: str | None, figure: str, note: str) -> tuple[Any, ...]:
    """Keep what was read of an indicator.

    Raises:
        BadInput: nothing is chosen, or the day is none or lies ahead.
        EmptyText, OversizedText: as `Register.record` does.
    """
    if number is None:
        remedy = "Choose one of the indicators that you follow."
        raise BadInput("what you looked at", "nothing is chosen", remedy, key="none_chosen")
    workplace.register().record(number, parse_day(day or "", today()), figure, note)
    return show_followed(workplace, number)


def followed_pressed(workplace: Workplace, pressed: gr.EventData) -> tuple[Any, ...]:
    """A press in the cards: no longer follow an indicator, or delete what was read of it."""
    if pressed.act == "drop":
        workplace.register().drop(int(pressed.value))
    else:
        workplace.register().take_back(int(pressed.value))
    return show_followed(workplace)


def show_followed(workplace: Workplace, chosen: int | None = None) -> tuple[Any, ...]:
    """Everything that is followed, and an empty line for the one `chosen`, or the first."""
    followed = workplace.register().entries()
    some = bool(followed)
    number = chosen if chosen is not None else followed[0].number if some else None
    return (
        followed_html(followed, today(), load_phrases(workplace.settings.language)),
        gr.Dropdown(choices=[(_choice(one), one.number) for one in followed], value=number, visible=some),
        gr.Textbox(value=write_day(today(), workplace.settings.language), visible=some),
        gr.Textbox(value="", visible=some),
        gr.Textbox(value="", visible=some),
        gr.Button(visible=some),
        gr.DownloadButton(value=_written(followed) if some else None, visible=some),
    )


def to_csv(followed: Sequence[Followed]) -> str:
    """All that is followed, one reading a row, for a spreadsheet."""
    rows: list[tuple[str, ...]] = []
    for one in followed:
        head = (one.goal, one.name, one.unit, one.baseline, one.target)
        read = [(reading.day.isoformat(), reading.words, reading.note) for reading in one.readings]
        rows += [(*head, *cells) for cells in read or [("", "", "")]]
    return write_csv(COLUMNS, rows)


def _choice(followed: Followed) -> str:
    goal = followed.goal if len(followed.goal) <= _GOAL_LENGTH else f"{followed.goal[: _GOAL_LENGTH - 1]}…"
    return f"{followed.name} ({goal})"


def _written(followed: Sequence[Followed]) -> str:
    try:
        file = Path(tempfile.mkdtemp(prefix="followed-")) / FILE
        file.write_text(to_csv(followed), encoding="utf-8", newline="")
    except OSError as fault:
        raise NoSpace(FILE, f"it cannot be written ({fault.strerror})", "Make room on the disk.") from fault
    return str(file)
