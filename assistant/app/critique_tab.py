"""The Critique tab: a document in, its critique on the screen and as files to keep."""

from contextlib import suppress
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.app.critique_cards import critique_html, empty_html, reading_html
from assistant.app.critique_files import FORMS, write_files
from assistant.app.decision_cards import stamp
from assistant.app.theme import html
from assistant.app.wiring import PRESSES, PROGRESS, fault_html
from assistant.app.workplace import Say, Workplace
from assistant.domain import ELEMENTS, KINDS, Critique
from assistant.reviewing.annotation import Original
from assistant.reviewing.deciding import affirm_element, dismiss_remark, overrule_kind, restore_remark
from assistant.reviewing.versions import compare, snapshot
from knowledge.faults import BadInput, LockedFile, NoSpace, UnreadableFile

if TYPE_CHECKING:
    from knowledge.document import Document
    from knowledge.reading.draft import PageTold

# Brings the place of the critique into view before it is read anew.
TO_ITS_BEGINNING = """(...given) => {
  document.getElementById('aw-critique').scrollIntoView({behavior: 'smooth', block: 'start'});
  return given;
}"""


@dataclass(frozen=True, slots=True)
class CritiqueTab:
    """The parts of the tab; `shown` are those that a new critique changes, in the order that `show` gives them."""

    notice: gr.HTML
    upload: gr.File
    compare: gr.Checkbox
    example: gr.Button
    locked: gr.Column
    locked_line: gr.HTML
    password: gr.Textbox
    unlock: gr.Button
    kept: gr.State
    goals: gr.State
    refine: gr.Button
    results: gr.HTML
    downloads: tuple[gr.DownloadButton, ...]
    keep: gr.Column
    forget: gr.Button

    @property
    def shown(self) -> list[Any]:
        """What `show` fills."""
        return [self.goals, self.results, self.refine, self.keep, *self.downloads]

    @property
    def read(self) -> list[Any]:
        """What an upload fills: what `show` fills, and the fields for a locked file."""
        return [*self.shown, self.kept, self.locked, self.locked_line, self.password]


def lay_out(say: Say, limits: str, opening: bool) -> CritiqueTab:
    """Put the tab's parts where they belong.

    Args:
        say: gives the page's phrases.
        limits: says how much of a file is read.
        opening: whether the example is being read while the page opens.
    """
    goals, kept = gr.State(()), gr.State()
    notice = html(classes="aw-notice")
    with gr.Row(elem_classes="aw-columns"):
        with gr.Column(scale=2, min_width=280, elem_classes="aw-side"):
            upload = gr.File(label=say("strategy_file"), height=150, elem_id="aw-strategy-file")
            html(f'<p class="aw-small">{escape(say("strategy_how", limits=limits))}</p>')
            with gr.Column(visible=False, elem_classes="aw-locked") as locked:
                locked_line = html()
                password = gr.Textbox(label=say("file_password"), type="password")
                unlock = gr.Button(say("unlock"), variant="primary")
            compare = gr.Checkbox(label=say("compare"), container=False)
            example = gr.Button(say("example"), elem_id="aw-example")
            refine = gr.Button(say("refine_goals"), variant="primary", visible=False)
            with gr.Column(visible=False, elem_classes="aw-keep") as keep:
                html(f'<p class="aw-label">{escape(say("keep_critique"))}</p>')
                downloads = tuple(gr.DownloadButton(say(name), size="sm") for name in FORMS.values())
                forget = gr.Button(say("forget"), size="sm")
        with gr.Column(scale=5, min_width=320):
            results = html(reading_html(say) if opening else empty_html(say), elem_id="aw-critique", js_on_load=PRESSES)
    return CritiqueTab(
        notice,
        upload,
        compare,
        example,
        locked,
        locked_line,
        password,
        unlock,
        kept,
        goals,
        refine,
        results,
        downloads,
        keep,
        forget,
    )


def criticise_example(
    workplace: Workplace, compare: bool, visitor: str, progress: gr.Progress = PROGRESS
) -> tuple[Any, ...]:
    """The critique of the example that ships."""
    from assistant.example import read_example

    return _criticise(read_example(), workplace, compare, visitor, progress)


def criticise_file(
    workplace: Workplace, path: str | None, password: str, compare: bool, visitor: str, progress: gr.Progress = PROGRESS
) -> tuple[Any, ...]:
    """The critique of an uploaded file; for a locked one, the field for its password.

    The upload is deleted once it has been read, or cannot be.

    Raises:
        UnreadableFile: where the file gives no document.
    """
    from knowledge.reading.isolation import read_apart

    if not path:
        return (gr.skip(),) * (4 + len(FORMS) + 4)
    progress(0.1, desc=workplace.say("reading_document"))
    file = Path(path)
    try:
        document = read_apart(
            file,
            password=password or None,
            limits=workplace.settings.limits,
            progress=tell_pages(progress, workplace.say),
        )
        original = Original(document.name, file.read_bytes(), password or None)
    except LockedFile as fault:
        return (*_unread(), path, gr.Column(visible=True), fault_html(workplace.tell(fault)), "")
    except UnreadableFile:
        file.unlink(missing_ok=True)
        raise
    file.unlink(missing_ok=True)
    shown = _criticise(document, workplace, compare, visitor, progress, original)
    return (*shown, None, gr.Column(visible=False), "", "")


def tell_pages(progress: gr.Progress, say: Say) -> "PageTold":
    """Shows the pages read so far on the page's own progress bar; `say` gives the page's phrases."""
    return lambda done, total: progress(done / max(total, 1), desc=say("reading_page", done=done, total=total))


def show_latest(workplace: Workplace, visitor: str) -> tuple[Any, ...]:
    """What a visitor saw last, after a reload; nothing changes where there is nothing."""
    latest = workplace.latest(visitor)
    return show(workplace, visitor, latest) if latest else _unread()


def clear(say: Say) -> tuple[Any, ...]:
    """The tab as it is before the first critique."""
    gone = (gr.DownloadButton(visible=False) for _ in FORMS)
    return (), empty_html(say), gr.Button(visible=False), gr.Column(visible=False), *gone


def show(workplace: Workplace, visitor: str, found: Critique) -> tuple[Any, ...]:
    """A critique in the parts of the tab, held against the version before where there is one."""
    taken = snapshot(found)
    before = workplace.diary().before(taken) if found.strategy.is_strategy else None
    comparison, day = (compare(before[0], taken), before[1]) if before else (None, "")
    goals = tuple(goal.statement.text for goal in found.strategy.goals) if found.strategy.is_strategy else ()
    files = write_files(workplace, visitor, found, comparison)
    return (
        goals,
        critique_html(found, comparison, day, workplace.diary().decisions(taken)),
        gr.Button(visible=bool(goals)),
        gr.Column(visible=found.strategy.is_strategy),
        *(gr.DownloadButton(value=file, visible=file is not None) for file in files),
    )


def show_talked(workplace: Workplace, visitor: str) -> tuple[Any, ...]:
    """The files of the visitor's latest critique anew, where a talk about its goals has come to more since."""
    found = workplace.latest(visitor)
    if found is None or not workplace.has_talked_on(visitor):
        return (gr.skip(),) * len(FORMS)
    taken = snapshot(found)
    before = workplace.diary().before(taken)
    comparison = compare(before[0], taken) if before else None
    return tuple(gr.DownloadButton(value=file, visible=file is not None)
                 for file in write_files(workplace, visitor, found, comparison))  # fmt: skip


def decide_pressed(workplace: Workplace, compare: bool, visitor: str, pressed: gr.EventData) -> tuple[Any, ...]:
    """What the manager decides with a press in the critique: written into the diary, and the critique shown anew.

    Raises:
        BadInput: if the window shows another critique than the visitor's latest, which windows share; nothing is kept.
    """
    found = workplace.latest(visitor)
    if found is None or pressed.act not in {"dismiss", "undo", "overrule", "there", "take_back"}:
        return _unread()
    if getattr(pressed, "critique", "") != stamp(found):
        name, say = found.strategy.document.name, workplace.say
        raise BadInput(name, say("other_window"), say("other_window_remedy"))
    diary, value = workplace.diary(), str(pressed.value)
    reason = str(getattr(pressed, "reason", "") or "")
    ids = {one.id for one in found.findings}
    if pressed.act == "take_back" and value.isdecimal():
        diary.take_back(int(value))
    if pressed.act == "there" and value in ELEMENTS:
        affirm_element(diary, found, value, reason)
    if pressed.act == "overrule" and any(one.statement.id == value for one in found.strategy.goals) and reason in KINDS:
        overrule_kind(diary, found, value, reason)
    if pressed.act == "dismiss" and value in ids:
        dismiss_remark(diary, found, value, reason)
    if pressed.act == "undo" and value in ids:
        restore_remark(diary, found, value)
    return _criticise(found.strategy.document, workplace, compare, visitor, PROGRESS, workplace.original(visitor))


def forget_diary(workplace: Workplace, visitor: str) -> tuple[Any, ...]:
    """Delete the diary with its versions, and show the critique without any decision."""
    from assistant.reviewing.critique import critique

    workplace.diary().forget()
    latest = workplace.latest(visitor)
    if latest is None:
        return _unread()
    found = critique(latest.strategy.document)
    workplace.keep(visitor, found, workplace.original(visitor))
    return show(workplace, visitor, found)


def _criticise(
    document: "Document",
    workplace: Workplace,
    compare: bool,
    visitor: str,
    progress: gr.Progress,
    original: Original | None = None,
) -> tuple[Any, ...]:
    from assistant.reviewing.critique import critique

    progress(0.4, desc=workplace.say("weighing"))
    papers = _papers(workplace, document) if compare else ()
    found = critique(document, policies=papers)
    if found.strategy.is_strategy:
        diary, taken = workplace.diary(), snapshot(found)
        decisions = diary.decisions(taken)
        found = critique(document, policies=papers, decisions=decisions) if decisions else found
        with suppress(NoSpace):  # the critique is worth more than its place in the diary
            diary.keep(taken)
    workplace.keep(visitor, found, original)
    return show(workplace, visitor, found)


def _papers(workplace: Workplace, document: "Document") -> "list[Document]":
    """The school's own papers: what is in the library, but for the document itself and the guide."""
    papers = workplace.library().papers(workplace.workspace)
    return [paper for paper in papers if paper.digest != document.digest]


def _unread() -> tuple[Any, ...]:
    return tuple(gr.skip() for _ in range(4 + len(FORMS)))
