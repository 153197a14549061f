"""The Indicators tab: a goal in, up to five ways to notice whether it is reached; what is followed stands below."""

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.app.indicator_cards import empty_html, indicator_html, none_html, to_csv
from assistant.app.theme import html
from assistant.app.workplace import Say, Workplace
from knowledge.faults import NoSpace
from knowledge.identification import identify_language
from knowledge.phrasebook import Phrasebook, load_phrases

MOST = 5
SHOWN = 4 + 5 * MOST  # what a press for indicators changes in this tab
FILE = "indicators.csv"


@dataclass(frozen=True, slots=True)
class IndicatorsTab:
    """The parts of the tab. `cards`, `baselines`, `targets` and `follows` have one place for each proposal."""

    notice: gr.HTML
    goal: gr.Textbox
    yours: gr.Dropdown
    propose: gr.Button
    empty: gr.HTML
    groups: tuple[gr.Column, ...]
    cards: tuple[gr.HTML, ...]
    baselines: tuple[gr.Textbox, ...]
    targets: tuple[gr.Textbox, ...]
    follows: tuple[gr.Button, ...]
    proposed: gr.State
    filled: gr.State
    download: gr.DownloadButton

    @property
    def shown(self) -> list[Any]:
        """What `propose_for` fills."""
        return [
            self.goal, self.empty, *self.groups, *self.cards, *self.baselines, *self.targets, *self.follows,
            self.proposed, self.download,
        ]  # fmt: skip


def lay_out(say: Say) -> IndicatorsTab:
    """Put the tab's parts where they belong."""
    notice = html(classes="aw-notice")
    groups, cards, baselines, targets, follows = [], [], [], [], []
    with gr.Row(elem_classes="aw-columns"):
        with gr.Column(scale=2, min_width=280, elem_classes="aw-side"):
            goal = gr.Textbox(label=say("the_goal"), lines=4, placeholder=say("goal_hint"))
            yours = gr.Dropdown(choices=[], value=None, label=say("or_yours"), visible=False)
            propose = gr.Button(say("propose"), variant="primary")
            download = gr.DownloadButton(say("download_table"), size="sm", visible=False)
        with gr.Column(scale=5, min_width=320):
            empty = html(empty_html(say))
            for _ in range(MOST):
                with gr.Column(visible=False, elem_classes="aw-proposal") as group:
                    cards.append(html())
                    with gr.Row():
                        baselines.append(gr.Textbox())
                        targets.append(gr.Textbox())
                    follows.append(gr.Button(size="sm", elem_classes="aw-follow"))
                groups.append(group)
    proposed, filled = gr.State(()), gr.State({})
    return IndicatorsTab(
        notice, goal, yours, propose, empty, tuple(groups), tuple(cards), tuple(baselines), tuple(targets),
        tuple(follows), proposed, filled, download,
    )  # fmt: skip


def propose_for(workplace: Workplace, goal: str, filled: dict[str, tuple[str, str]]) -> tuple[Any, ...]:
    """Proposals for a goal, in its language, with what was filled in for each of them before, now or on another day.

    Raises:
        EmptyText, OversizedText: as `propose` does.
    """
    from assistant.indicators import propose

    spoken = identify_language(goal)
    found = propose(goal, k=MOST, language=spoken)
    phrases = load_phrases(spoken)
    spare = MOST - len(found)
    kept = _followed_ends(workplace, goal)
    ends = {**kept, **filled}
    fields = [ends.get(f"{goal}\n{one.id}", ("", "")) for one in found] + [("", "")] * spare
    fill = phrases.say("indicators", "fill")
    return (
        goal,
        gr.HTML(none_html(phrases), visible=not found),
        *(gr.Column(visible=place < len(found)) for place in range(MOST)),
        *(indicator_html(one, rank, phrases) for rank, one in enumerate(found, start=1)),
        *[""] * spare,
        *(_field(phrases.say("indicators", "baseline"), fill, baseline) for baseline, _ in fields),
        *(_field(phrases.say("indicators", "target"), fill, target) for _, target in fields),
        *(follow_button(phrases, followed=f"{goal}\n{one.id}" in kept) for one in found),
        *[gr.skip()] * spare,
        found,
        gr.DownloadButton(value=_written(goal, found, fields) if found else None, visible=bool(found)),
    )


def propose_chosen(workplace: Workplace, goal: str | None, filled: dict[str, tuple[str, str]]) -> tuple[Any, ...]:
    """Proposals for a goal of the list; nothing changes where the list was left with none chosen.

    Raises:
        EmptyText, OversizedText: as `propose` does.
    """
    return propose_for(workplace, goal, filled) if goal else (gr.skip(),) * SHOWN


def keep_fields(
    _: Workplace, goal: str, proposed: Any, filled: dict[str, tuple[str, str]], *given: str
) -> tuple[Any, ...]:
    """Remember what the manager filled in, and put it into the table to download."""
    pairs = list(zip(given[:MOST], given[MOST:], strict=True))[: len(proposed)]
    remembered = {f"{goal}\n{one.id}": pair for one, pair in zip(proposed, pairs, strict=True)}
    return {**filled, **remembered}, gr.DownloadButton(value=_written(goal, proposed, pairs) if proposed else None)


def offer_goals(of_strategy: tuple[str, ...], accepted: tuple[str, ...]) -> Any:
    """The goals to pick from: those accepted in the conversation, then the strategy's."""
    goals = list(dict.fromkeys([*accepted, *of_strategy]))
    return gr.Dropdown(choices=goals, value=None, visible=bool(goals))


def follow_button(phrases: Phrasebook, *, followed: bool) -> Any:
    """The button under a proposal; pressed again, it keeps what was written beside it anew."""
    label = phrases.say("indicators", "followed" if followed else "follow")
    return gr.Button(value=f"✓ {label}" if followed else label)


def _field(label: str, placeholder: str, value: str) -> Any:
    return gr.Textbox(label=label, placeholder=placeholder, value=value)


def _followed_ends(workplace: Workplace, goal: str) -> dict[str, tuple[str, str]]:
    return {
        f"{goal}\n{one.indicator}": (one.baseline, one.target)
        for one in workplace.register().entries()
        if one.goal == goal.strip()
    }


def _written(goal: str, proposed: Any, pairs: list[tuple[str, str]]) -> str:
    table = to_csv(
        goal, proposed, [one for one, _ in pairs[: len(proposed)]], [one for _, one in pairs[: len(proposed)]]
    )
    try:
        file = Path(tempfile.mkdtemp(prefix="indicators-")) / FILE
        file.write_text(table, encoding="utf-8", newline="")
    except OSError as fault:
        raise NoSpace(FILE, f"it cannot be written ({fault.strerror})", "Make room on the disk.") from fault
    return str(file)
