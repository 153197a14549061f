"""What is said around numbers and around stays abroad in each language, for the checks that count."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from knowledge.lexicon import compile_cues
from knowledge.wording import read_words

_COUNTS, _STAYS = "counts.yaml", "stays.yaml"
_MOST = 60
CONDITIONS = ("understood", "achieved", "assessed", "recognised")


@dataclass(frozen=True, slots=True)
class Counting:
    """One language's words around numbers, each a compiled pattern; `numbers` are one, two, three … in words."""

    yearly: re.Pattern[str]
    stays: re.Pattern[str]
    budget: re.Pattern[str]
    cost: re.Pattern[str]
    ours: re.Pattern[str]
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stays:
    """What the guide (5.4) asks of a stay abroad, by the condition's name in the language, and what rewards people."""

    conditions: Mapping[str, re.Pattern[str]]
    incentives: re.Pattern[str]


@cache
def load_counting(language: str) -> Counting:
    """The words around numbers of `language`; English for a code that has none.

    Raises:
        ValueError: if the file has not the form it must have; the message names the file and the key.
    """
    data = read_words(_COUNTS, language)
    data.allow(*Counting.__slots__)
    words = {name: compile_cues(data.texts(name, 1, _MOST)) for name in Counting.__slots__ if name != "numbers"}
    return Counting(**words, numbers=data.texts("numbers", 1, _MOST))


@cache
def load_stays(language: str) -> Stays:
    """The words around stays abroad of `language`; English for a code that has none.

    Raises:
        ValueError: if the file has not the form it must have; the message names the file and the key.
    """
    data = read_words(_STAYS, language)
    data.allow(*CONDITIONS, "names", "incentives")
    names = data.texts("names", len(CONDITIONS), len(CONDITIONS))
    conditions = {name: compile_cues(data.texts(key, 1, _MOST)) for key, name in zip(CONDITIONS, names, strict=True)}
    return Stays(conditions, compile_cues(data.texts("incentives", 1, _MOST)))
