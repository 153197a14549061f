"""Figures in words, and figures as a language writes them, from counts.yaml and figures.yaml."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from knowledge.counting import load_counting
from knowledge.lexicon import compile_cues
from knowledge.typesetting import keep_together
from knowledge.wording import read_words

UNITS = ("hours", "days", "weeks", "months", "years")
_SAID = ("ends", "mixed", "unread")
_FILE = "figures.yaml"
_MOST = 40
_PLACES = 2  # digits after the mark; more say nothing about a school


@dataclass(frozen=True, slots=True)
class FigureWords:
    """One language's words around figures.

    `numbers` gives the value of one, two … twenty in words, `fractions` what a word behind them divides them by
    ("three quarters"); `about` may stand before them; `units` has a pattern for each of UNITS; `said` are the phrases
    about figures that are followed.
    """

    numbers: Mapping[str, int]
    fractions: Mapping[str, int]
    about: frozenset[str]
    units: Mapping[str, re.Pattern[str]]
    decimal: str
    percent: str
    said: Mapping[str, str]


@cache
def load_figure_words(language: str) -> FigureWords:
    """The words of `language`; English for a code that has none.

    Raises:
        ValueError: if the file has not the form it must have; the message names the file and the key.
    """
    fields = read_words(_FILE, language)
    fields.allow("more", "also", "fractions", "about", "decimal", "percent", "units", *_SAID)
    units, also, fractions = (fields.inner(name) for name in ("units", "also", "fractions"))
    units.allow(*UNITS)
    counted = (*load_counting(language).numbers, *fields.texts("more", 1, _MOST))
    numbers = {word.casefold(): value for value, word in enumerate(counted, start=1)}
    return FigureWords(
        numbers={**numbers, **{word: also.number(word) for word in also.values}},
        fractions={word: fractions.number(word) for word in fractions.values},
        about=frozenset(fields.texts("about", 1, _MOST)),
        units={name: compile_cues(units.texts(name, 1, _MOST)) for name in UNITS},
        decimal=fields.text("decimal"),
        percent=fields.text("percent"),
        said={name: keep_together(fields.text(name), language) for name in _SAID},
    )


def write_number(value: float, language: str) -> str:
    """A number as `language` writes it, to two places: 7.5 is "7,5" in Finnish."""
    written = f"{value:.{_PLACES}f}".rstrip("0").rstrip(".")
    return written.replace(".", load_figure_words(language).decimal)


def write_percentage(value: float, language: str) -> str:
    """A share of 100 as `language` writes it: "7,5 %" in Finnish, "7,5%" in Dutch."""
    return load_figure_words(language).percent.format(number=write_number(value, language))
