"""Lists of words in the languages' data files, as patterns: `*` in an entry stands for any ending of a word."""

import re
from collections.abc import Sequence
from functools import cache

from knowledge.datafile import Fields, list_data, read_fields
from knowledge.lexicon import DEFAULT_LANGUAGE, LANGUAGES

_NEVER = re.compile(r"(?!)")


def read_words(file: str, language: str) -> Fields:
    """What `knowledge/languages/FILE` holds for `language`; English for a code that has none ("und" among them).

    Raises:
        ValueError: if the file has not the form it must have; the message names the file and the key.
    """
    return _read_file(file).inner(language if language in LANGUAGES else DEFAULT_LANGUAGE)


def compile_words(entries: Sequence[str]) -> re.Pattern[str]:
    """One pattern for a list of entries, the fuller phrase first; each covers whole words; none for no entries."""
    if not entries:
        return _NEVER
    ordered = sorted(set(entries), key=lambda entry: (-len(entry), entry))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_entry, ordered))})", re.IGNORECASE)


@cache
def _read_file(name: str) -> Fields:
    return read_fields(next(file for file in list_data("languages") if file.name == name))


def _entry(entry: str) -> str:
    """An entry as a pattern that ends where its last word does; one that ends in an apostrophe ends there."""
    words = (re.escape(word.replace("*", "\0")).replace("\0", r"\w*") for word in entry.split())
    tail = "" if entry.endswith("'") else r"(?!\w)"
    return r"\s+".join(words).replace("'", "['’]") + tail
