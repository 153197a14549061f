"""What an indicator of ours says, in each language: English from its family's file, the others from `translations/`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from knowledge.bank import PER_CENT, KnownIndicator, Method, load_indicators
from knowledge.concepts import FOLDER, LANGUAGES
from knowledge.datafile import Fields, read_fields

_FORMULA, _METHOD = ("numerator", "denominator"), ("instrument", "question", "scale", "sample")
_ALWAYS = ("definition", "data_source", "frequency", "limits")


@dataclass(frozen=True, slots=True)
class Wording:
    """One language's words of an indicator; the formula's are "" where it has none, `method` is None likewise."""

    definition: str
    data_source: str
    frequency: str
    limits: str
    numerator: str
    denominator: str
    unit: str
    method: Method | None


def word(known: KnownIndicator, language: str) -> Wording:
    """What the indicator says in `language`; in English for a code that is none of ours.

    Raises:
        ValueError: naming the file and key, where a translation has not the form it must have.
    """
    if language == "en" or language not in LANGUAGES:
        return _english(known)
    return _translated(language)[known.id]


def _english(known: KnownIndicator) -> Wording:
    formula = known.formula
    return Wording(
        definition=known.definition,
        data_source=known.data_source,
        frequency=known.frequency,
        limits=known.limits,
        numerator=formula.numerator if formula else "",
        denominator=formula.denominator if formula else "",
        unit=formula.unit if formula else "",
        method=known.method,
    )


@cache
def _translated(language: str) -> Mapping[str, Wording]:
    data = read_fields(files("knowledge") / FOLDER / "translations" / f"{language}.yaml")
    indicators = load_indicators()
    data.allow(*(one.id for one in indicators))
    return {one.id: _wording(data.inner(one.id), one) for one in indicators}


def _wording(fields: Fields, known: KnownIndicator) -> Wording:
    """A translation has exactly what the English has: a formula or a method, and a unit where that is no percentage."""
    formula, method = known.formula, known.method
    named = formula is not None and formula.unit != PER_CENT
    fields.allow(*_ALWAYS, *(_FORMULA if formula else ()), *(("unit",) if named else ()), *(_METHOD if method else ()))
    return Wording(
        definition=fields.text("definition"),
        data_source=fields.text("data_source"),
        frequency=fields.text("frequency"),
        limits=fields.text("limits"),
        numerator=fields.text("numerator") if formula else "",
        denominator=fields.text("denominator") if formula else "",
        unit=(fields.text("unit") if named else PER_CENT) if formula else "",
        method=Method(*(fields.text(one) for one in _METHOD)) if method else None,
    )
