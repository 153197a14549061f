"""Which sentences speak of a goal that is none of the school's: it is denied, or the ministry's or the EU's."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from knowledge.datafile import read_fields
from knowledge.lexicon import DEFAULT_LANGUAGE, LANGUAGES, compile_cues

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
    data = read_fields(files("knowledge") / "languages" / "disowned.yaml")
    data.allow(*LANGUAGES)
    words = data.inner(language if language in LANGUAGES else DEFAULT_LANGUAGE)
    words.allow("denied", "still", "others")
    return Disowning(*(compile_cues(words.texts(name, 1, _MOST)) for name in ("denied", "still", "others")))
