"""The little words of each language: what tells a sentence from a fragment, and what joins two phrases."""

import re
from dataclasses import dataclass
from functools import cache

from knowledge.wording import compile_words, read_words

_FILE = "grammar.yaml"
_MOST = 1000


@dataclass(frozen=True, slots=True)
class Grammar:
    """One language's little words, each a compiled pattern; `knowledge/languages/grammar.yaml` says what each is for.

    Those named for how a text opens match at its start alone (`match`), the others wherever a word stands (`search`).
    """

    lead: re.Pattern[str]
    because: re.Pattern[str]
    because_of: re.Pattern[str]
    so_that: re.Pattern[str]
    purpose: re.Pattern[str]
    verb: re.Pattern[str]
    subject: re.Pattern[str]
    nominal: re.Pattern[str]
    abstract: re.Pattern[str]
    capitals: re.Pattern[str]
    plain: re.Pattern[str]
    finite: re.Pattern[str]
    maybe: re.Pattern[str]
    before_noun: re.Pattern[str]
    wish: re.Pattern[str]
    orders: re.Pattern[str]
    relative: re.Pattern[str]
    ours: re.Pattern[str]


@cache
def load_grammar(language: str) -> Grammar:
    """The grammar of `language`; English for a code that has none ("und" among them).

    Raises:
        ValueError: if the file has not the form it must have; the message names the file and the key.
    """
    data = read_words(_FILE, language)
    data.allow(*Grammar.__slots__)
    return Grammar(**{name: compile_words(data.texts(name, 0, _MOST)) for name in Grammar.__slots__})
