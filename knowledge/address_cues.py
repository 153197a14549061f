"""The cues by which sentences to a machine are told, read from knowledge/integrity/ and compiled as a text needs them.

Most texts hold few words with which a cue could begin, and patterns of all would take a third of a second to compile.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from knowledge.cues import ODD, Sieve
from knowledge.datafile import Fields, list_data, read_fields
from knowledge.lexicon import compile_cues

GROUPS = (
    "negation",
    "lead",
    "override",
    "orders",
    "machine",
    "address",
    "award",
    "this",
    "top",
    "praise",
    "conceal",
    "faults",
    "say",
    "verdict",
    "glowing",
    "agent",
    "reads",
    "outcome",
    "stop",
    "regardless",
    "given",
    "void",
    "task",
    "output",
)
# One of these is in every sentence that is addressed.
TRIGGERS = (
    *("override", "address", "award", "praise", "conceal", "say", "verdict", "machine"),
    *("reads", "stop", "regardless", "given", "output"),
)
WORD = re.compile(r"\w+")
_SECOND = re.compile(r"\w+\*?(?:\s+|['’])(\w+)")  # of an entry whose second word is not open at its beginning
STEM = 3  # letters by which open first words are looked up; none is shorter


@dataclass(frozen=True, slots=True)
class AddressCues:
    """One language's cues, group by group, in the form of knowledge/languages, and its own examples.

    `negation` and `lead` are groups too: the words that may stand before a command and take it back, or leave it one.
    """

    code: str
    entries: Mapping[str, tuple[str, ...]]
    flags: tuple[str, ...]
    passes: tuple[str, ...]


@cache
def load_address_cues() -> Mapping[str, AddressCues]:
    """The cues of every language by its code, from knowledge/integrity/.

    Raises:
        ValueError: if a file has not the form it must have; the message names the file and the key.
    """
    read = [_read(read_fields(file)) for file in list_data("integrity")]
    return {cues.code: cues for cues in read}


def _read(data: Fields) -> AddressCues:
    data.allow("code", "flags", "passes", *GROUPS)
    return AddressCues(
        code=data.text("code"),
        entries={group: data.texts(group, 1, 200) for group in GROUPS},
        flags=data.texts("flags", 1, 50),
        passes=data.texts("passes", 1, 50),
    )


@cache
def first_words() -> tuple[Mapping[str, frozenset[str]], Mapping[str, tuple[tuple[str, str], ...]]]:
    """The first words of all triggers: whole ones with their languages, and open ones by their first letters."""
    whole: dict[str, set[str]] = {}
    stems: dict[str, set[tuple[str, str]]] = {}
    for code in load_address_cues():
        for first in _triggers(code):
            if first.endswith("*"):
                stems.setdefault(first[:STEM], set()).add((first[:-1], code))
            else:
                whole.setdefault(first, set()).add(code)
    return (
        {word: frozenset(codes) for word, codes in whole.items()},
        {head: tuple(sorted(found)) for head, found in stems.items()},
    )


@cache
def _triggers(code: str) -> Mapping[str, tuple[str, ...]]:
    """A language's triggers by their first word, as it stands in them: with a `*` where any rest may follow."""
    found: dict[str, tuple[str, ...]] = {}
    for entry in (entry for group in TRIGGERS for entry in load_address_cues()[code].entries[group]):
        first = WORD.match(entry)
        if first is None:
            raise ValueError(f"{code}.yaml: {entry!r}: a cue must begin with a word")
        word = first[0].casefold() + ("*" if entry[first.end() : first.end() + 1] == "*" else "")
        found[word] = (*found.get(word, ()), entry)
    return found


def has_trigger(text: str, place: int, code: str, first: str) -> bool:
    """Whether a trigger stands at a place where a word stands that begins it, as `first_words` has that word."""
    seconds, word = _second_words(code, first), WORD.match(text, place)
    if seconds is not None and word is not None:
        following = WORD.search(text, word.end())
        if following is None or not (following[0].lower().startswith(seconds) or ODD.search(following[0])):
            return False
    return _trigger_pattern(code, first).match(text, place) is not None


@cache
def _second_words(code: str, first: str) -> tuple[str, ...] | None:
    """What the second words of the triggers that begin with a word begin with; None where one needs no certain word."""
    seconds = [_SECOND.match(entry) for entry in _triggers(code)[first]]
    return None if None in seconds else tuple(second[1].lower() for second in seconds if second is not None)


@cache
def _trigger_pattern(code: str, first: str) -> re.Pattern[str]:
    """The triggers that begin with a word; all of a language's would take a hundred times as long to compile."""
    return compile_cues(_triggers(code)[first])


@cache
def group_pattern(code: str, group: str) -> re.Pattern[str]:
    """One group's cues as a pattern, compiled when first needed."""
    entries = load_address_cues()[code].entries
    if group == "lead":
        words = sorted(entries[group], key=len, reverse=True)
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})[ ,:]*$", re.IGNORECASE)
    return compile_cues(entries[group])


@cache
def group_sieve(code: str) -> Sieve:
    """What words the cues of each group can begin with."""
    entries = load_address_cues()[code].entries
    return Sieve([entries[group] for group in GROUPS])
