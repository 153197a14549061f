"""The indicators that Askwhy knows, and foreign banks of indicators.

`knowledge/indicators/` holds one file for each family; GO INTERNATIONAL's section 5.5 gives eight of them, EQAVET's
ten indicators and Askwhy's own stand beside. A foreign bank is a JSON list that a manager brings along.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from knowledge.concepts import CONCEPT_KINDS, CONCEPTS_FILE, FOLDER, LANGUAGES, load_concepts
from knowledge.datafile import Fields, list_data, read_fields
from knowledge.faults import BadInput

Level = Literal["output", "outcome", "impact"]
Nature = Literal["quantitative", "qualitative"]
PER_CENT = "%"

_LEVELS = ("output", "outcome", "impact")
_NATURES = ("quantitative", "qualitative")
_OTHER_LANGUAGES = tuple(one for one in LANGUAGES if one != "en")
_FORM = 'a JSON list of objects like {"id": "A1", "name": "…", "definition": "…"}, the definition optional'
_MOST_ENTRIES = 5000


@dataclass(frozen=True, slots=True)
class WorkedFormula:
    """How a figure is worked out, with invented counts to show it; `result` is computed from them."""

    numerator: str
    denominator: str
    unit: str
    example_numerator: float
    example_denominator: float

    @property
    def result(self) -> float:
        """The worked example's figure: a percentage where the unit is %, else the plain quotient; two decimals."""
        factor = 100 if self.unit == PER_CENT else 1
        return round(factor * self.example_numerator / self.example_denominator, 2)


@dataclass(frozen=True, slots=True)
class Method:
    """How a qualitative indicator is gathered: with what, asking what, on which scale, from whom."""

    instrument: str
    question: str
    scale: str
    sample: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where the guide speaks of it: section and printed page."""

    section: str
    page: int


@dataclass(frozen=True, slots=True)
class KnownIndicator:
    """One indicator of ours.

    `names` hold all languages; what else it says is English, and in `bank_wording` in every language. `formula` stands
    for a quantitative one, `method` for a qualitative one. `about` are concepts, the chief one first, followed by the
    family's; `beneficiaries` are the groups it watches (concepts of kind "who"). `pairs_with` is the id of the
    indicator that keeps a count honest. `fits` and `misfits` are goals it must and must not be proposed for: its tests.
    """

    id: str
    family: str
    names: Mapping[str, str]
    definition: str
    level: Level
    nature: Nature
    formula: WorkedFormula | None
    method: Method | None
    data_source: str
    frequency: str
    limits: str
    pairs_with: str | None
    guide: Place | None
    provenance: str
    about: tuple[str, ...]
    beneficiaries: tuple[str, ...]
    fits: tuple[str, ...]
    misfits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BankEntry:
    """One indicator of a foreign bank, as it was given; `definition` is "" where there is none."""

    id: str
    name: str
    definition: str = ""


@cache
def load_indicators() -> tuple[KnownIndicator, ...]:
    """All indicators of ours, family by family.

    Raises:
        ValueError: naming the file and key, where a file is malformed or an indicator names what does not exist.
    """
    found = tuple(
        indicator
        for file in list_data(FOLDER)
        if file.name != CONCEPTS_FILE
        for indicator in _family(read_fields(file))
    )
    ids = {indicator.id for indicator in found}
    if len(ids) < len(found):
        raise ValueError(f"{FOLDER}: an indicator's id stands twice")
    for indicator in found:
        if indicator.pairs_with is not None and indicator.pairs_with not in ids - {indicator.id}:
            raise ValueError(f"{FOLDER}: {indicator.id}: pairs_with: {indicator.pairs_with!r} is no other indicator")
    return found


def read_bank(data: bytes | str) -> tuple[BankEntry, ...]:
    """The entries of a foreign bank.

    Args:
        data: a JSON list of objects with "id" (text or whole number), "name" and, if wished, "definition"; other
            keys are passed over. Bytes are UTF-8, with or without a byte order mark.

    Raises:
        BadInput: where it is not JSON, not such a list, empty, overlong, or an id stands twice.
    """
    try:
        text = data.decode("utf-8-sig") if isinstance(data, bytes) else data.removeprefix("\ufeff")
        values = json.loads(text)
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise BadInput("the bank", "is not JSON in UTF-8", f"Give {_FORM}.") from error
    if not isinstance(values, list) or not values:
        raise BadInput("the bank", "is not a list with indicators in it", f"Give {_FORM}.")
    if len(values) > _MOST_ENTRIES:
        raise BadInput("the bank", f"has more than {_MOST_ENTRIES} indicators", "Split it into smaller ones.")
    entries = tuple(_entry(place, value) for place, value in enumerate(values, start=1))
    seen: set[str] = set()
    for place, entry in enumerate(entries, start=1):
        if entry.id in seen:
            raise BadInput(f"the bank, entry {place}", f"the id {entry.id} stands twice", "Give each its own id.")
        seen.add(entry.id)
    return entries


def _entry(place: int, value: object) -> BankEntry:
    where = f"the bank, entry {place}"
    if not isinstance(value, dict):
        raise BadInput(where, "is not an object", f"Give {_FORM}.")
    number, name, definition = value.get("id"), value.get("name"), value.get("definition")
    if isinstance(number, int) and not isinstance(number, bool):
        number = str(number)
    if not isinstance(number, str) or not number.strip():
        raise BadInput(where, 'has no "id"', "Give each indicator an id of its own.")
    if not isinstance(name, str) or not name.strip():
        raise BadInput(where, 'has no "name"', "Give each indicator a name.")
    if definition is not None and not isinstance(definition, str):
        raise BadInput(where, 'has a "definition" that is not text', "Write the definition as text, or leave it out.")
    return BankEntry(number.strip(), name.strip(), (definition or "").strip())


def _family(fields: Fields) -> tuple[KnownIndicator, ...]:
    fields.allow("family", "about", "indicators", "concepts")
    family = fields.text("family")
    about = _concepts(fields, "about", CONCEPT_KINDS)
    return tuple(_indicator(one, family, about) for one in fields.each("indicators"))


def _indicator(fields: Fields, family: str, shared: tuple[str, ...]) -> KnownIndicator:
    fields.allow(
        "id", "name", "names", "level", "nature", "definition", "formula", "method", "data_source",
        "frequency", "limits", "pairs_with", "guide", "provenance", "about", "beneficiaries", "fits", "misfits",
    )  # fmt: skip
    if not fields.text("id").startswith(f"{family}."):
        raise fields.fault("id", f"must begin with {family}.")
    nature = fields.choice("nature", _NATURES)
    if fields.has("formula") is not (nature == "quantitative") or fields.has("method") is not (nature == "qualitative"):
        raise fields.fault("nature", "a quantitative indicator has a formula, a qualitative one a method")
    own = _concepts(fields, "about", CONCEPT_KINDS)
    return KnownIndicator(
        id=fields.text("id"),
        family=family,
        names=_names(fields),
        definition=fields.text("definition"),
        level=cast("Level", fields.choice("level", _LEVELS)),
        nature=cast("Nature", nature),
        formula=_formula(fields.inner("formula")) if fields.has("formula") else None,
        method=_method(fields.inner("method")) if fields.has("method") else None,
        data_source=fields.text("data_source"),
        frequency=fields.text("frequency"),
        limits=fields.text("limits"),
        pairs_with=fields.text("pairs_with") if fields.has("pairs_with") else None,
        guide=_place(fields.inner("guide")) if fields.has("guide") else None,
        provenance=fields.text("provenance"),
        about=own + tuple(one for one in shared if one not in own and load_concepts()[one].kind != "who"),
        beneficiaries=_concepts(fields, "beneficiaries", ("who",)),
        fits=fields.texts("fits", 1, 9),
        misfits=fields.texts("misfits", 1, 9),
    )


def _names(fields: Fields) -> Mapping[str, str]:
    others = fields.inner("names")
    others.allow(*_OTHER_LANGUAGES)
    return {"en": fields.text("name"), **{one: others.text(one) for one in _OTHER_LANGUAGES}}


def _concepts(fields: Fields, key: str, kinds: tuple[str, ...]) -> tuple[str, ...]:
    concepts = load_concepts()
    named = fields.texts(key, 0, 8)
    for one in named:
        if one not in concepts or concepts[one].kind not in kinds:
            raise fields.fault(key, f"{one!r} is no concept of kind {' or '.join(kinds)}")
    return named


def _formula(fields: Fields) -> WorkedFormula:
    fields.allow("numerator", "denominator", "unit", "example")
    match fields.values.get("example"):
        case [int() | float() as numerator, int() | float() as denominator]:
            unit = fields.text("unit")
        case _:
            raise fields.fault("example", "must be two numbers, numerator and denominator")
    if denominator <= 0 or numerator < 0 or (unit == PER_CENT and numerator > denominator):
        raise fields.fault("example", "the denominator must be above 0, and hold the numerator where the unit is %")
    return WorkedFormula(fields.text("numerator"), fields.text("denominator"), unit, numerator, denominator)


def _method(fields: Fields) -> Method:
    fields.allow("instrument", "question", "scale", "sample")
    return Method(*(fields.text(one) for one in ("instrument", "question", "scale", "sample")))


def _place(fields: Fields) -> Place:
    fields.allow("section", "page")
    return Place(fields.text("section"), fields.number("page"))
