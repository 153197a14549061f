"""The commands that follow indicators from year to year."""

from argparse import Namespace
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from assistant.following.followed import is_due, measure_way, today
from assistant.schema import top_level
from assistant.settings import Settings
from assistant.terminal.outcome import Outcome
from knowledge.faults import BadInput
from knowledge.identification import identify_language

if TYPE_CHECKING:
    from assistant.following.followed import Followed
    from assistant.following.register import Register


def follow(options: Namespace, settings: Settings) -> Outcome:
    """Follow an indicator of ours for a goal.

    Raises:
        BadInput: there is no indicator of that id.
    """
    from assistant.indicators import find_indicator

    spoken = options.lang or identify_language(options.goal)
    indicator = find_indicator(options.indicator, spoken)
    if indicator is None:
        raise BadInput(
            options.indicator, "there is no such indicator", "`askwhy indicators GOAL --json` gives the ids."
        )
    register = _open(options, settings)
    number = register.follow(options.goal, indicator, spoken, options.baseline, options.target, today())
    return _tell(register, number)


def record(options: Namespace, settings: Settings) -> Outcome:
    """Keep what was read of an indicator."""
    register = _open(options, settings)
    register.record(options.number, options.day or today(), options.figure, options.note)
    return _tell(register, options.number)


def list_followed(options: Namespace, settings: Settings) -> Outcome:
    """Everything that the workspace follows."""
    followed = _open(options, settings).entries()
    return Outcome(
        top_level({"followed": [_record(one) for one in followed]}),
        lambda: "".join(_line(one) for one in followed) or "Nothing is followed yet.\n",
    )


def drop(options: Namespace, settings: Settings) -> Outcome:
    """No longer follow an indicator."""
    _open(options, settings).drop(options.number)
    return Outcome(top_level({"dropped": options.number}), lambda: f"{options.number} is no longer followed.\n")


def _open(options: Namespace, settings: Settings) -> "Register":
    from assistant.following.register import Register

    return Register(settings.data, options.workspace, database=settings.database)


def _tell(register: "Register", number: int) -> Outcome:
    (one,) = (one for one in register.entries() if one.number == number)
    return Outcome(top_level({"followed": _record(one)}), lambda: _line(one))


def _record(followed: "Followed") -> dict[str, Any]:
    data = asdict(followed)
    data["since"] = followed.since.isoformat()
    data["readings"] = [{**asdict(one), "day": one.day.isoformat()} for one in followed.readings]
    return {**data, "way": measure_way(followed), "due": is_due(followed, today())}


def _line(followed: "Followed") -> str:
    last = f"{followed.readings[-1].day}: {followed.readings[-1].words}" if followed.readings else "nothing read so far"
    way = measure_way(followed)
    come = "" if way is None else f" ({way:.0%} of the way)"
    ends = f"{followed.baseline or '?'} → {followed.target or '?'}"
    return f"{followed.number:3}  {followed.name}: {ends}; {last}{come}\n     for: {followed.goal}\n"
