"""The words of each language that join a group of people to what they do: pronouns, numbers, infinitives."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from knowledge.datafile import Fields, list_data, read_fields
from knowledge.lexicon import DEFAULT_LANGUAGE, LANGUAGES

_FILE = "persons.yaml"
_MOST = 200
_NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Persons:
    """One language's words, each list a pattern for whole words; `knowledge/languages/persons.yaml` says which."""

    for_whom: re.Pattern[str]
    cause: re.Pattern[str]
    clause_verb: re.Pattern[str]
    they: re.Pattern[str]
    able: re.Pattern[str]
    infinitive: re.Pattern[str]
    infinitive_last: re.Pattern[str]
    many: re.Pattern[str]
    one: re.Pattern[str]
    head_end: re.Pattern[str]


@cache
def load_persons(language: str) -> Persons:
    """The words of `language`; English for a code that has none ("und" among them).

    Raises:
        ValueError: if the file has not the form it must have; the message names the file and the key.
    """
    data = _read_file().inner(language if language in LANGUAGES else DEFAULT_LANGUAGE)
    data.allow(*Persons.__slots__)
    return Persons(**{name: _compile(data.texts(name, 0, _MOST)) for name in Persons.__slots__})


@cache
def _read_file() -> Fields:
    return read_fields(next(file for file in list_data("languages") if file.name == _FILE))


def _compile(entries: Sequence[str]) -> re.Pattern[str]:
    if not entries:
        return _NEVER
    ordered = sorted(set(entries), key=lambda entry: (-len(entry), entry))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_entry, ordered))})(?!\w)", re.IGNORECASE)


def _entry(entry: str) -> str:
    words = (re.escape(word.replace("*", "\0")).replace("\0", r"\w*") for word in entry.split())
    return r"\s+".join(words).replace("'", "['’]")
