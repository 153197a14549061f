"""The words of each language that join a group of people to what they do: pronouns, numbers, infinitives."""

import re
from dataclasses import dataclass
from functools import cache

from knowledge.wording import compile_words, read_words

_FILE = "persons.yaml"
_MOST = 200


@dataclass(frozen=True, slots=True)
class Persons:
    """One language's words, each list a pattern for whole words; `knowledge/languages/persons.yaml` says which."""

    for_whom: re.Pattern[str]
    cause: re.Pattern[str]
    clause_verb: re.Pattern[str]
    they: re.Pattern[str]
    own_subject: re.Pattern[str]
    able: re.Pattern[str]
    infinitive: re.Pattern[str]
    infinitive_last: re.Pattern[str]
    many: re.Pattern[str]
    one: re.Pattern[str]
    head_end: re.Pattern[str]

    @property
    def in_any_order(self) -> bool:
        """Whether the words of a sentence stand in any order, so that its verb may stand last."""
        return self.own_subject is not compile_words(())


@cache
def load_persons(language: str) -> Persons:
    """The words of `language`; English for a code that has none ("und" among them).

    Raises:
        ValueError: if the file has not the form it must have; the message names the file and the key.
    """
    data = read_words(_FILE, language)
    data.allow(*Persons.__slots__)
    return Persons(**{name: compile_words(data.texts(name, 0, _MOST)) for name in Persons.__slots__})
