"""Which sentences speak of a goal that is none of the school's: it is denied, or the ministry's or the EU's."""

import re
from dataclasses import dataclass
from functools import cache

from knowledge.lexicon import compile_cues
from knowledge.wording import read_words

_MOST = 60


@dataclass(frozen=True, slots=True)
class Disowning:
    """What says that something is no goal, what takes that back ("not only"), and whose goals are not the school's."""

    denied: re.Pattern[str]
    still: re.Pattern[str]
    others: re.Pattern[str]


@cache
def load_disowning(language: str) -> Disowning:
    """The words in `language` (knowledge/languages/disowned.yaml); English for a code without any.

    Raises:
        ValueError: if the file has not the form it must have; the message names the file and the key.
    """
    words = read_words("disowned.yaml", language)
    words.allow(*Disowning.__slots__)
    return Disowning(**{name: compile_cues(words.texts(name, 1, _MOST)) for name in Disowning.__slots__})
