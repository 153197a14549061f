"""The words that days, months, school terms and school years are written with, from dates.yaml and days.yaml."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Literal

from knowledge.datenames import load_date_names
from knowledge.lexicon import LANGUAGES
from knowledge.wording import read_words

Kind = Literal["month", "term", "school", "beside"]
# The first and the last month of each: a term and the season of its name are not told apart.
TERMS = MappingProxyType({"spring": (1, 5), "summer": (6, 8), "autumn": (8, 12)})
_FILE = "days.yaml"
_MOST = 40


@dataclass(frozen=True, slots=True)
class DayWord:
    """What a word in a written day stands for; `first` and `last` are the months of a month or term, else 0."""

    kind: Kind
    first: int = 0
    last: int = 0


@cache
def load_day_words() -> Mapping[str, DayWord]:
    """Every word of all the languages, as `fold` gives it: who writes a day does not say in which language.

    Raises:
        ValueError: if a file has not the form it must have; the message names the file and the key.
    """
    words: dict[str, DayWord] = {}
    # A word of two kinds is the later one: Finnish "kesä" is the summer before it is short for June.
    for read in (_beside, _weekdays, _school, _months, _terms):
        for language in LANGUAGES:
            words.update(read(language))
    return MappingProxyType(words)


@cache
def load_ordinals() -> tuple[str, ...]:
    """What stands behind the number of a day ("3rd", "1er"), in all the languages; the longest first."""
    endings = {one for language in LANGUAGES for one in read_words(_FILE, language).texts("ordinals", 0, _MOST)}
    return tuple(sorted(endings, key=lambda one: (-len(one), one)))


def write_day(day: date, language: str) -> str:
    """A day as `language` writes it ("4.5.2026", "04/05/2026"); as in English for a code that has no words."""
    fields = read_words(_FILE, language)
    names = load_date_names()
    months = names.get(language, names["en"]).months
    return fields.text("written").format(day=day.day, month=day.month, year=day.year, name=months[day.month - 1])


def fold(word: str) -> str:
    """A word without its accents and capitals ("Août": "aout")."""
    parts = unicodedata.normalize("NFKD", word.casefold())
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def _beside(language: str) -> dict[str, DayWord]:
    return _listed(language, "beside", DayWord("beside"))


def _school(language: str) -> dict[str, DayWord]:
    return _listed(language, "school", DayWord("school"))


def _weekdays(language: str) -> dict[str, DayWord]:
    names = load_date_names()[language]
    return {fold(name): DayWord("beside") for name in (*names.days, *names.short_days)}


def _months(language: str) -> dict[str, DayWord]:
    names, fields = load_date_names()[language], read_words(_FILE, language)
    endings, others = ("", *fields.texts("endings", 0, _MOST)), fields.inner("months")
    whole = {
        fold(f"{name}{end}"): DayWord("month", month, month)
        for month, name in enumerate(names.months, start=1)
        for end in endings
    }
    short = {
        fold(name.rstrip(".")): DayWord("month", month, month) for month, name in enumerate(names.short_months, start=1)
    }
    more = {fold(name): DayWord("month", others.number(name), others.number(name)) for name in others.values}
    return {**whole, **short, **more}


def _terms(language: str) -> dict[str, DayWord]:
    words: dict[str, DayWord] = {}
    for name, (first, last) in TERMS.items():
        words.update(_listed(language, name, DayWord("term", first, last)))
    return words


def _listed(language: str, key: str, meaning: DayWord) -> dict[str, DayWord]:
    fields = read_words(_FILE, language)
    fields.allow("written", "months", "endings", *TERMS, "school", "beside", "ordinals")
    return {fold(word): meaning for word in fields.texts(key, 1, _MOST)}
