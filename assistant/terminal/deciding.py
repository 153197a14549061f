"""The commands of the decision diary: what was decided of critiques, deciding, and taking back."""

from argparse import Namespace
from dataclasses import asdict
from typing import TYPE_CHECKING

from assistant.schema import top_level
from assistant.settings import Settings
from assistant.terminal.commands import open_critic
from assistant.terminal.outcome import Outcome
from knowledge.faults import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.domain import Critique
    from assistant.reviewing.decisions import Decision
    from assistant.reviewing.diary import Diary


def list_decisions(options: Namespace, settings: Settings) -> Outcome:
    """Everything decided in the workspace, the oldest first."""
    return _tell(_diary(options, settings).entries())


def take_back(options: Namespace, settings: Settings) -> Outcome:
    """Take one decision back by the number that the list gives it."""
    diary = _diary(options, settings)
    if options.number not in {one.number for one in diary.entries()}:
        raise BadInput(str(options.number), "no decision has this number", "Look it up with: askwhy decisions list")
    diary.take_back(options.number)
    return _tell(diary.entries())


def dismiss(options: Namespace, settings: Settings) -> Outcome:
    """Set a remark of a file's critique aside, in this version of it and the next."""
    from assistant.reviewing.deciding import dismiss_remark

    return _decide(
        options, settings, lambda diary, found: dismiss_remark(diary, found, options.remark, options.reason or "")
    )


def overrule(options: Namespace, settings: Settings) -> Outcome:
    """Say what a goal or statement of a file is."""
    from assistant.reviewing.deciding import overrule_kind

    return _decide(
        options,
        settings,
        lambda diary, found: overrule_kind(diary, found, options.statement, options.kind, options.reason or ""),
    )


def affirm(options: Namespace, settings: Settings) -> Outcome:
    """Say that an element is there in a file."""
    from assistant.reviewing.deciding import affirm_element

    return _decide(
        options, settings, lambda diary, found: affirm_element(diary, found, options.element, options.reason or "")
    )


def _decide(options: Namespace, settings: Settings, write: "Callable[[Diary, Critique], None]") -> Outcome:
    """Criticise the file as `askwhy critique` does, write the decision down, and tell what was decided of the file."""
    from assistant.reviewing.versions import snapshot

    found = open_critic(options, settings)(options.file)
    diary = _diary(options, settings)
    write(diary, found)
    return _tell(diary.decisions(snapshot(found)))


def _diary(options: Namespace, settings: Settings) -> "Diary":
    from assistant.reviewing.diary import Diary

    return Diary(settings.data, options.workspace, database=settings.database)


def _tell(decisions: "tuple[Decision, ...]") -> Outcome:
    return Outcome(
        top_level({"decisions": [asdict(one) for one in decisions]}),
        lambda: "".join(_line(one) for one in decisions) or "Nothing was decided.\n",
    )


def _line(one: "Decision") -> str:
    about = f" “{' '.join(one.words.split())}”" if one.words else ""
    return f"{one.number}  {one.at[:10]}  {one.act} {one.subject}{about}{f': {one.reason}' if one.reason else ''}\n"
