"""The page: a line on what Askwhy does, four tabs, and what each press leads to."""

import uuid
from html import escape
from typing import Any

import gradio as gr

from assistant.app import critique_tab, following, indicators_tab, leaving, library_tab, model_panel, refine_tab
from assistant.app.critique_tab import CritiqueTab
from assistant.app.indicators_tab import IndicatorsTab
from assistant.app.library_tab import LibraryTab
from assistant.app.refine_tab import RefineTab
from assistant.app.theme import html
from assistant.app.tools import offer_tools
from assistant.app.wiring import connect
from assistant.app.workplace import Workplace
from assistant.settings import say_limits
from assistant.speaking.speaker import stays_here
from knowledge.library.identity import DEFAULT_WORKSPACE

# What the browser keeps between visits: the random numbers of its visitor and talks. The key only has to stay the same
# from run to run.
BROWSER_KEY = "askwhy"
_PROPOSED = 1 + indicators_tab.SHOWN  # what a press for indicators changes: the tabs and what that tab shows
LOCAL_HOSTS = ("127.0.0.1", "localhost", "::1")


def build_page(workplace: Workplace, *, example: bool = False, mcp: bool = False) -> gr.Blocks:
    """The whole page.

    Args:
        workplace: what it works with.
        example: whether it opens with the critique of the example strategy.
        mcp: whether other programs are offered the same functions.
    """
    limits, say = say_limits(workplace.settings), workplace.say
    page = gr.Blocks(title="Askwhy", analytics_enabled=False, delete_cache=(3600, 24 * 3600))
    with page:
        visitor = gr.BrowserState(None, storage_key="askwhy-visitor", secret=BROWSER_KEY)
        conversation = gr.BrowserState(None, storage_key="askwhy-conversation", secret=BROWSER_KEY)
        earlier = gr.BrowserState([], storage_key="askwhy-earlier", secret=BROWSER_KEY)
        html(_header_html(workplace))
        with gr.Tabs(selected="critique" if example else "refine", overflow_behavior="wrap", elem_id="aw-tabs") as tabs:
            with gr.Tab(say("refine_tab"), id="refine"):
                refine = refine_tab.lay_out(workplace.settings.language)
                model_panel.lay_out(workplace)
            with gr.Tab(say("critique_tab"), id="critique") as critique_shown:
                critique = critique_tab.lay_out(say, limits, example)
            with gr.Tab(say("indicators_tab"), id="indicators") as indicators_shown:
                indicators = indicators_tab.lay_out(say)
                followed = following.lay_out(say)
            with gr.Tab(say("library_tab"), id="library") as library_shown:
                library = library_tab.lay_out(say, limits)
                left = leaving.lay_out(say)
        refine_tab.lead_on(workplace, refine, conversation, earlier)
        _connect_critique(workplace, critique, critique_shown, visitor)
        _connect_indicators(workplace, indicators)
        following.lead_on(workplace, followed, indicators, indicators_shown)
        _connect_library(workplace, library, library_shown)
        leaving.lead_out(
            workplace, left, [conversation, *refine.shown, *critique.shown, *library.papers, *followed.shown]
        )
        _connect_tabs(workplace, tabs, refine, critique, indicators, conversation, visitor)
        _connect_opening(workplace, page, refine, critique, visitor, (conversation, earlier), example)
        if mcp:
            offer_tools(workplace)
    return page


def _header_html(workplace: Workplace) -> str:
    settings = workplace.settings
    elsewhere = (not stays_here(settings), settings.chroma, settings.database)
    alone = settings.host in LOCAL_HOSTS and not any(elsewhere)
    where = escape(workplace.say("here")) if alone else ""
    if workplace.workspace != DEFAULT_WORKSPACE:
        where = f"{escape(workplace.say('workspace', name=workplace.workspace))} {where}"
    return (
        f'<header class="aw-header" lang="{settings.language}"><h1>Askwhy</h1><p>{escape(workplace.say("lead"))} '
        f'<span class="aw-where">{where}</span></p></header>'
    )


def _connect_critique(workplace: Workplace, tab: CritiqueTab, shown: gr.Tab, visitor: gr.BrowserState) -> None:
    how: dict[str, Any] = {"notice": tab.notice, "show_progress_on": [tab.results]}
    anew: dict[str, Any] = {**how, "js": critique_tab.TO_ITS_BEGINNING}
    connect(
        [tab.example.click],
        critique_tab.criticise_example,
        workplace,
        inputs=[tab.compare, visitor],
        outputs=tab.shown,
        **anew,
    )
    connect(
        [tab.upload.upload],
        critique_tab.criticise_file,
        workplace,
        inputs=[tab.upload, tab.password, tab.compare, visitor],
        outputs=tab.read,
        empties=tab.upload,
        **anew,
    )
    connect(
        [tab.unlock.click, tab.password.submit],
        critique_tab.criticise_file,
        workplace,
        inputs=[tab.kept, tab.password, tab.compare, visitor],
        outputs=tab.read,
        **anew,
    )

    connect(
        [tab.results.click],
        critique_tab.decide_pressed,
        workplace,
        inputs=[tab.compare, visitor],
        outputs=tab.shown,
        **how,
    )
    connect([tab.forget.click], critique_tab.forget_diary, workplace, inputs=[visitor], outputs=tab.shown, **how)
    connect(
        [shown.select],
        critique_tab.show_talked,
        workplace,
        notice=tab.notice,
        inputs=[visitor],
        outputs=tab.downloads,
        show_progress="hidden",
    )


def _connect_indicators(workplace: Workplace, tab: IndicatorsTab) -> None:
    for listener, propose, goal in (
        (tab.propose.click, indicators_tab.propose_for, tab.goal),
        (tab.yours.input, indicators_tab.propose_chosen, tab.yours),
    ):
        connect(
            [listener],
            propose,
            workplace,
            notice=tab.notice,
            inputs=[goal, tab.filled],
            outputs=tab.shown,
            show_progress_on=[tab.empty],
        )
    fields = (*tab.baselines, *tab.targets)
    connect(
        [field.blur for field in fields],
        indicators_tab.keep_fields,
        workplace,
        notice=tab.notice,
        inputs=[tab.goal, tab.proposed, tab.filled, *fields],
        outputs=[tab.filled, tab.download],
        show_progress="hidden",
    )


def _connect_library(workplace: Workplace, tab: LibraryTab, shown: gr.Tab) -> None:
    connect(
        [tab.ask.click, tab.question.submit],
        library_tab.answer_asked,
        workplace,
        notice=tab.notice,
        inputs=[tab.question],
        outputs=[tab.answer],
    )
    connect(
        [tab.answer.click],
        library_tab.answer_pressed,
        workplace,
        notice=tab.notice,
        outputs=[tab.answer, tab.question],
        show_progress_on=[tab.answer],
    )
    connect(
        [tab.upload.upload],
        library_tab.add_files,
        workplace,
        notice=tab.papers_notice,
        inputs=[tab.upload, tab.password],
        outputs=[tab.tickets, *tab.papers, tab.password],
        empties=tab.upload,
        show_progress="hidden",
    )
    connect(
        [tab.documents.click],
        library_tab.documents_pressed,
        workplace,
        notice=tab.papers_notice,
        inputs=[tab.tickets],
        outputs=[tab.tickets, *tab.papers],
        show_progress_on=[tab.documents],
    )
    connect(
        [shown.select, tab.clock.tick],
        library_tab.show_documents,
        workplace,
        notice=tab.papers_notice,
        inputs=[tab.tickets],
        outputs=tab.papers,
        show_progress="hidden",
    )


def _connect_tabs(
    workplace: Workplace,
    tabs: gr.Tabs,
    refine: RefineTab,
    critique: CritiqueTab,
    indicators: IndicatorsTab,
    conversation: gr.BrowserState,
    visitor: gr.BrowserState,
) -> None:
    """What leads from one tab to another."""
    connect(
        [critique.refine.click],
        refine_tab.take_goals,
        workplace,
        notice=critique.notice,
        inputs=[conversation, visitor, critique.goals],
        outputs=[tabs, *refine.shown],
    )
    connect(
        [critique.results.click],
        _propose_pressed,
        workplace,
        notice=critique.notice,
        inputs=[indicators.filled],
        outputs=[tabs, *indicators.shown],
        show_progress_on=[indicators.empty],
    )
    for changed in (critique.goals.change, refine.accepted.change):
        changed(
            indicators_tab.offer_goals,
            inputs=[critique.goals, refine.accepted],
            outputs=[indicators.yours],
            api_visibility="private",
            show_progress="hidden",
        )


def _connect_opening(
    workplace: Workplace,
    page: gr.Blocks,
    refine: RefineTab,
    critique: CritiqueTab,
    visitor: gr.BrowserState,
    talks: tuple[gr.BrowserState, gr.BrowserState],
    example: bool,
) -> None:
    """What happens when a browser has the page on its screen."""
    handler = _open_with_example if example else _open
    connect(
        [page.load],
        handler,
        workplace,
        notice=critique.notice,
        inputs=[visitor],
        outputs=[visitor, *critique.shown],
        show_progress="hidden",
    )
    connect(
        [page.load],
        refine_tab.resume,
        workplace,
        notice=refine.notice,
        inputs=talks,
        outputs=[talks[0], *refine.shown],
        show_progress_on=[refine.chat],
    )


def _open(workplace: Workplace, visitor: str | None) -> tuple[Any, ...]:
    """Tell the visitor from others, show what they saw last, and begin to load behind the page."""
    workplace.warm_up()
    known = visitor or uuid.uuid4().hex
    return known, *critique_tab.show_latest(workplace, known)


def _open_with_example(workplace: Workplace, visitor: str | None) -> tuple[Any, ...]:
    known = visitor or uuid.uuid4().hex
    if workplace.latest(known) is not None:
        return _open(workplace, known)
    shown = critique_tab.criticise_example(workplace, False, known)
    workplace.warm_up()
    return known, *shown


def _propose_pressed(
    workplace: Workplace, filled: dict[str, tuple[str, str]], pressed: gr.EventData
) -> tuple[Any, ...]:
    """The indicators for the goal pressed; other presses in the critique are not for this tab."""
    if pressed.act != "indicators":
        return tuple(gr.skip() for _ in range(_PROPOSED))
    return gr.Tabs(selected="indicators"), *indicators_tab.propose_for(workplace, pressed.value, filled)
