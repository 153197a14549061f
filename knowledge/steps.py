"""The strategy journey of the guide's section 6: eight steps, each with its tool and its questions."""

import re
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from knowledge.datafile import Fields, list_data, read_fields
from knowledge.lexicon import DEFAULT_LANGUAGE, LANGUAGES


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
def load_steps(language: str = DEFAULT_LANGUAGE) -> tuple[JourneyStep, ...]:
    """The steps in their order, one for each file of `knowledge/journey/`, in the words of `language`.

    A language without a file in `knowledge/journey/translations/` gets the English words.

    Raises:
        ValueError: if a file is malformed (names the file and the key), or the steps are not numbered 1, 2, 3 …
    """
    steps = tuple(sorted((_step(read_fields(file)) for file in list_data("journey")), key=lambda step: step.number))
    if [step.number for step in steps] != list(range(1, len(steps) + 1)):
        raise ValueError(f"journey: number: the steps are numbered {', '.join(str(step.number) for step in steps)}")
    file = files("knowledge") / "journey" / "translations" / f"{language}.yaml"
    if language not in LANGUAGES or not file.is_file():
        return steps
    return _translate(steps, read_fields(file))


def _translate(steps: tuple[JourneyStep, ...], words: Fields) -> tuple[JourneyStep, ...]:
    """The steps with their title, purpose, tool and questions in another language."""
    words.allow(*(step.id for step in steps))
    translated = []
    for step in steps:
        own = words.inner(step.id)
        own.allow("title", "purpose", "tool", "questions")
        count = len(step.questions)
        translated.append(
            replace(
                step,
                title=own.text("title"),
                purpose=own.text("purpose"),
                tool=own.text("tool"),
                questions=own.texts("questions", count, count),
            )
        )
    return tuple(translated)


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
