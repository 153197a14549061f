"""The little words of each language: what tells a sentence from a fragment, and what joins two phrases."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from knowledge.datafile import Fields, list_data, read_fields
from knowledge.lexicon import DEFAULT_LANGUAGE, LANGUAGES

_FILE = "grammar.yaml"
_MOST = 1000
_NEVER = re.compile(r"(?!)")


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
    data = _read_file().inner(language if language in LANGUAGES else DEFAULT_LANGUAGE)
    data.allow(*Grammar.__slots__)
    return Grammar(**{name: _compile(data.texts(name, 0, _MOST)) for name in Grammar.__slots__})


@cache
def _read_file() -> Fields:
    return read_fields(next(file for file in list_data("languages") if file.name == _FILE))


def _compile(entries: Sequence[str]) -> re.Pattern[str]:
    """One pattern for a list of entries, the fuller phrase first; each covers whole words."""
    if not entries:
        return _NEVER
    ordered = sorted(set(entries), key=lambda entry: (-len(entry), entry))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_entry, ordered))})", re.IGNORECASE)


def _entry(entry: str) -> str:
    """An entry as a pattern that ends where its last word does; one that ends in an apostrophe ends there."""
    words = (re.escape(word.replace("*", "\0")).replace("\0", r"\w*") for word in entry.split())
    tail = "" if entry.endswith("'") else r"(?!\w)"
    return r"\s+".join(words).replace("'", "['’]") + tail
