"""The strategy journey of the guide's section 6: eight steps, each with its tool and its questions."""

import re
from dataclasses import dataclass
from functools import cache

from knowledge.datafile import Fields, list_data, read_fields


@dataclass(frozen=True, slots=True)
class JourneyStep:
    """One step of the journey, in our words.

    `number` counts from 1; `tool` is what the step is worked out with; `questions` are what to ask the manager there.
    `element` names the element of a strategy which the step produces ("vision"), or is None where it produces none;
    `section` and `page` say where the guide describes the step.
    """

    number: int
    id: str
    title: str
    purpose: str
    tool: str
    questions: tuple[str, ...]
    element: str | None
    section: str
    page: int


@cache
def load_steps() -> tuple[JourneyStep, ...]:
    """The steps in their order, one for each file of `knowledge/journey/`.

    Raises:
        ValueError: if a file is malformed (names the file and the key), or the steps are not numbered 1, 2, 3 …
    """
    steps = tuple(sorted((_step(read_fields(file)) for file in list_data("journey")), key=lambda step: step.number))
    if [step.number for step in steps] != list(range(1, len(steps) + 1)):
        raise ValueError(f"journey: number: the steps are numbered {', '.join(str(step.number) for step in steps)}")
    return steps


def _step(fields: Fields) -> JourneyStep:
    fields.allow("number", "id", "title", "purpose", "tool", "questions", "element", "section", "page")
    section = fields.text("section")
    if not re.fullmatch(r"[1-9](\.[1-9])?", section):
        raise fields.fault("section", f"{section!r} is not a section number such as 4.4")
    return JourneyStep(
        number=fields.number("number"),
        id=fields.text("id"),
        title=fields.text("title"),
        purpose=fields.text("purpose"),
        tool=fields.text("tool"),
        questions=fields.texts("questions", 1, 9),
        element=fields.text("element") if fields.has("element") else None,
        section=section,
        page=fields.number("page"),
    )
