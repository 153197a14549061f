"""The people that a goal names by their trade, where it names neither students nor staff, and the fields they learn."""

import re
from collections.abc import Mapping
from functools import cache

from knowledge.datafile import list_data, read_fields
from knowledge.lexicon import DEFAULT_LANGUAGE, LANGUAGES
from knowledge.wording import compile_words

_FILE, _FIELDS = "trades.yaml", "fields.yaml"
_MOST = 120


@cache
def load_trades(language: str) -> re.Pattern[str]:
    """The trades of `language` as one pattern for whole words; English for a code that has none ("und" among them).

    Raises:
        ValueError: if the file has not the form it must have; the message names the file and the key.
    """
    data = read_fields(next(file for file in list_data("languages") if file.name == _FILE))
    data.allow(*LANGUAGES)
    return compile_words(data.texts(language if language in LANGUAGES else DEFAULT_LANGUAGE, 1, _MOST))


def find_fields(text: str, language: str) -> frozenset[str]:
    """The fields of training that `text` speaks of, by name ("care", "logistics")."""
    return frozenset(name for name, words in _load_fields(language).items() if words.search(text))


@cache
def _load_fields(language: str) -> Mapping[str, re.Pattern[str]]:
    data = read_fields(next(file for file in list_data("languages") if file.name == _FIELDS))
    code = language if language in LANGUAGES else DEFAULT_LANGUAGE
    return {name: compile_words(data.inner(name).texts(code, 1, _MOST)) for name in data.values}
