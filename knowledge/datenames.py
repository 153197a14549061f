"""What months and days of the week are called in the nine languages, from dates.yaml."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from knowledge.datafile import read_fields

MONTHS, DAYS = 12, 7


@dataclass(frozen=True, slots=True)
class DateNames:
    """One language's names, whole and short; months from January, days from Monday."""

    months: tuple[str, ...]
    short_months: tuple[str, ...]
    days: tuple[str, ...]
    short_days: tuple[str, ...]


@cache
def load_date_names() -> Mapping[str, DateNames]:
    """The names by the language's code.

    Raises:
        ValueError: if the file has not the form it must have.
    """
    fields = read_fields(files("knowledge") / "dates.yaml")
    names: dict[str, DateNames] = {}
    for code in fields.values:
        own = fields.inner(code)
        own.allow("number", "months", "short months", "days", "short days")
        names[code] = DateNames(
            months=own.texts("months", MONTHS, MONTHS),
            short_months=own.texts("short months", MONTHS, MONTHS),
            days=own.texts("days", DAYS, DAYS),
            short_days=own.texts("short days", DAYS, DAYS),
        )
    return names


@cache
def language_numbers() -> Mapping[int, str]:
    """The codes of the languages by the numbers under which format codes name them."""
    fields = read_fields(files("knowledge") / "dates.yaml")
    return {fields.inner(code).number("number"): code for code in fields.values}
