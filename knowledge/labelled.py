"""Statements that we wrote and labelled ourselves, in nine languages: what the judge's models are fitted on.

`knowledge/statements/README.md` is their data card. None of them comes from a real school.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable

from knowledge.datafile import Fields, list_data, read_fields

KINDS = ("goal", "activity", "vision", "mission", "value", "core_skill", "context", "indicator", "other")
_MOST = 5000


@dataclass(frozen=True, slots=True)
class Labelled:
    """One statement with its labels.

    `source` names those it was written among, in the manner of one publisher: they are left out together.
    `other_kind` is a second kind that a careful reader could defend, "" for none; `vague` is None where the question
    does not arise (it does for goals and activities).
    """

    text: str
    language: str
    source: str
    context: str
    kind: str
    other_kind: str
    vague: bool | None
    measurable: bool
    time_bound: bool
    compound: bool


@cache
def load_labelled() -> tuple[Labelled, ...]:
    """Every labelled statement, by language and then in the file's order.

    Raises:
        ValueError: if a file has not the form it must have; the message names the file and the key.
    """
    return tuple(one for file in list_data("statements") for one in read_labelled(file))


def read_labelled(file: Traversable) -> tuple[Labelled, ...]:
    """The statements of one file, in its order.

    Raises:
        ValueError: as `load_labelled` does.
    """
    data = read_fields(file)
    data.allow("language", "source", "statements")
    language = data.text("language")
    source = data.text("source") if data.has("source") else ""
    return tuple(_read_one(one, language, source) for one in data.each("statements"))


def _read_one(one: Fields, language: str, source: str) -> Labelled:
    one.allow("text", "source", "kind", "alt_kind", "context", "vague", "measurable", "time_bound", "compound")
    return Labelled(
        text=one.text("text"),
        language=language,
        source=source or one.text("source"),
        context=one.text("context") if one.values.get("context") else "",
        kind=one.choice("kind", KINDS),
        other_kind=one.choice("alt_kind", KINDS) if one.values.get("alt_kind") else "",
        vague=_flag(one, "vague") if one.has("vague") else None,
        measurable=_flag(one, "measurable"),
        time_bound=_flag(one, "time_bound"),
        compound=_flag(one, "compound"),
    )


def _flag(one: Fields, key: str) -> bool:
    value = one.values.get(key)
    if not isinstance(value, bool):
        raise one.fault(key, "must be true or false")
    return value
