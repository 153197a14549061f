"""A conversation as it is kept: plain values that any later version can read back."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any, get_args

from assistant.asking.composition import PARTS
from assistant.asking.conversation import (
    GOAL_STATES,
    PHASES,
    WISHES,
    Action,
    KeptGoal,
    Note,
    Point,
    Source,
    Speaker,
    Stated,
    Talk,
    Turn,
)
from assistant.chain import ANSWER_CLASSES
from assistant.origin import Origin, Worded
from knowledge.document import Span
from knowledge.faults import ForeignData

VERSION = 5
Plain = Mapping[str, Any]


def to_plain(talk: Talk) -> dict[str, Any]:
    """The conversation as dicts, lists, texts and numbers."""
    return {"version": VERSION, **asdict(talk)}


def from_plain(values: Plain) -> Talk:
    """What `to_plain` made, of this version or an earlier one, read back.

    Raises:
        ForeignData: where the values are those of no version known here.
    """
    try:
        version = values["version"]
        while version in _STEPS:
            values = _STEPS[version](values)
            version = values["version"]
        if version != VERSION:
            raise foreign(f"it was written by another version of Askwhy ({version})")
        return Talk(
            language=str(values["language"]),
            turns=tuple(_turn(one) for one in values["turns"]),
            goals=tuple(_goal(one) for one in values["goals"]),
            current=values["current"],
            phase=_one_of(values["phase"], PHASES),
            asked=str(values["asked"]),
            replies=_texts(values["replies"]),
            warned=bool(values["warned"]),
            step=int(values["step"]),
            place=int(values["place"]),
            notes=tuple(Note(int(one["step"]), int(one["place"]), str(one["text"])) for one in values["notes"]),
            settled=_texts(values["settled"]),
            past=tuple(_point(one) for one in values["past"]),
            elements=tuple(_source(one) for one in values["elements"]),
            wish=_one_of(values["wish"], WISHES),
            suggested=tuple(_worded(one) for one in values["suggested"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise foreign("it is damaged") from error


def foreign(what: str) -> ForeignData:
    """The fault of a kept conversation that cannot be read."""
    return ForeignData("the conversations", what, "Restore the data folder from a copy, or name another one.")


def _from_first(values: Plain) -> Plain:
    """Version 1 knew the ladder and the wording alone."""
    goals = [
        {
            **goal,
            **dict.fromkeys(("parts", "passed", "hinted", "actions", "grounds"), ()),
            "worded": 0,
            "edited": False,
            "planned": False,
            "under": "",
        }
        for goal in values["goals"]
    ]
    fresh = {"step": 0, "place": 0, "notes": (), "settled": (), "past": (), "elements": ()}
    return {**values, **fresh, "goals": goals, "version": 2}


def _from_second(values: Plain) -> Plain:
    """Version 2 knew no wording of a language model but that of a question."""
    added = _add_to_goals(values, {"suggestion": None, "summary": None})
    return {**added, "wish": "", "suggested": (), "version": 3}


def _from_third(values: Plain) -> Plain:
    """Version 3 forgot what was said beside a wording."""
    return {**_add_to_goals(values, {"asides": ()}), "version": 4}


def _from_fourth(values: Plain) -> Plain:
    """Version 4 did not know what a strategy says beside a goal of it."""
    return {**_add_to_goals(values, {"stated": None}), "version": 5}


def _add_to_goals(values: Plain, fresh: Plain) -> Plain:
    """The values with more fields of each goal, of those that a turn taken back brings again too."""
    goals = [{**goal, **fresh} for goal in values["goals"]]
    past = [{**point, "changed": [{**goal, **fresh} for goal in point["changed"]]} for point in values["past"]]
    return {**values, "goals": goals, "past": past}


# What makes a version the next one, by the version it starts from.
_STEPS: Mapping[int, Callable[[Plain], Plain]] = {1: _from_first, 2: _from_second, 3: _from_third, 4: _from_fourth}


def _turn(values: Plain) -> Turn:
    speaker = _one_of(values["speaker"], get_args(Speaker))
    origin = values.get("origin")
    return Turn(
        speaker,
        str(values["text"]),
        tuple(_source(one) for one in values["citations"]),
        Origin(**origin) if origin is not None else None,
    )


def _worded(values: Plain) -> Worded:
    return Worded(str(values["text"]), Origin(**values["origin"]))


def _worded_or_none(values: Plain | None) -> Worded | None:
    return None if values is None else _worded(values)


def _source(values: Plain) -> Source:
    return Source(
        document=str(values["document"]),
        title=str(values["title"]),
        section=values["section"],
        page=int(values["page"]),
        quote=str(values["quote"]),
        span=Span(int(values["span"]["start"]), int(values["span"]["end"])),
    )


def _goal(values: Plain) -> KeptGoal:
    return KeptGoal(
        id=str(values["id"]),
        text=str(values["text"]),
        original=str(values["original"]),
        state=_one_of(values["state"], GOAL_STATES),
        language=str(values["language"]),
        answers=_texts(values["answers"]),
        overruled=tuple((int(place), _one_of(name, ANSWER_CLASSES)) for place, name in values["overruled"]),
        parts=tuple((_one_of(name, PARTS), str(text)) for name, text in values["parts"]),
        passed=tuple(_one_of(name, PARTS) for name in values["passed"]),
        hinted=tuple(_one_of(name, PARTS) for name in values["hinted"]),
        worded=int(values["worded"]),
        edited=bool(values["edited"]),
        actions=tuple(Action(str(one["id"]), str(one["text"]), str(one["under"])) for one in values["actions"]),
        planned=bool(values["planned"]),
        under=str(values["under"]),
        grounds=tuple(_source(one) for one in values["grounds"]),
        suggestion=_worded_or_none(values["suggestion"]),
        summary=_worded_or_none(values["summary"]),
        asides=_texts(values["asides"]),
        stated=Stated(**values["stated"]) if values["stated"] is not None else None,
    )


def _point(values: Plain) -> Point:
    return Point(
        language=str(values["language"]),
        changed=tuple(_goal(one) for one in values["changed"]),
        order=_texts(values["order"]),
        current=values["current"],
        phase=_one_of(values["phase"], PHASES),
        asked=str(values["asked"]),
        replies=_texts(values["replies"]),
        step=int(values["step"]),
        place=int(values["place"]),
        notes=int(values["notes"]),
        settled=int(values["settled"]),
    )


def _texts(values: Any) -> tuple[str, ...]:
    return tuple(map(str, values))


def _one_of(value: Any, choices: tuple[Any, ...]) -> Any:
    if value not in choices:
        raise ValueError(f"{value!r} is none of {choices}")
    return value
