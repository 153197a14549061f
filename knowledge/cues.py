"""Cues as patterns that are tried only at words they could begin with.

A judged statement is searched for some two hundred lists of entries, and holds a few. One look at its words says where
which lists could have an entry; the others' patterns are not run, nor these anywhere else. What is found is the same.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

_WORD = re.compile(r"\w+")
_FIRST_PART = re.compile(r"(\*?)(\w+)(\*?)")
_LONGEST_START, _TAIL = 6, 3
# Letters that a pattern takes for others whatever the case ("ſ" for "s"), though lower-casing leaves them or takes two.
ODD = re.compile("[ıİſ]")
# Texts: a statement, its parts and its heading are each looked at many times; words stand in many texts.
_REMEMBERED, _REMEMBERED_WORDS = 4096, 16384


class Held(NamedTuple):
    """Which lists could have an entry in a text: a number with a bit for each, for all of it and for each word.

    `words` are the places, in order, of those words that could begin an entry; None where only a search can tell.
    """

    lists: int
    words: tuple[tuple[int, int], ...] | None


class Sieve:
    """Where some lists of entries could have one in a text: `look` says it."""

    def __init__(self, lists: Sequence[Sequence[str]]) -> None:
        """Index the entries of `lists`, written as in the languages' data files, by how their first word begins."""
        self.bits = tuple(1 << place for place in range(len(lists)))
        self._always = 0
        self._words: dict[str, int] = defaultdict(int)
        self._starts: dict[str, int] = defaultdict(int)
        self._ends: dict[str, int] = defaultdict(int)
        self._inside: dict[str, int] = defaultdict(int)
        for bit, entries in zip(self.bits, lists, strict=True):
            for entry in entries:
                self._index(entry.strip().split(maxsplit=1)[0].lower(), bit)
        self.look = lru_cache(_REMEMBERED)(self._look)
        self._look_at = lru_cache(_REMEMBERED_WORDS)(self._find_begun_by)

    def _index(self, first: str, bit: int) -> None:
        part = _FIRST_PART.match(first)
        if part is None:
            self._always |= bit
        elif part[1] and part[3]:
            self._inside[part[2]] |= bit
        elif part[1]:
            self._ends[part[2][-_TAIL:]] |= bit
        elif part[3]:
            self._starts[part[2][:_LONGEST_START]] |= bit
        else:
            self._words[part[2]] |= bit

    def _look(self, text: str) -> Held:
        if ODD.search(text):
            return Held(sum(self.bits), None)
        held, words = self._always, []
        for word in _WORD.finditer(text.lower()):
            if begun := self._look_at(word[0]):
                words.append((word.start(), begun))
                held |= begun
        return Held(held, tuple(words))

    def holds_anywhere(self, bit: int) -> bool:
        """Whether the list of a bit has an entry that begins with no word ("% of")."""
        return bool(self._always & bit)

    def _find_begun_by(self, word: str) -> int:
        """The lists with an entry that the word, in small letters, could begin."""
        found = self._words.get(word, 0)
        for length in range(1, _LONGEST_START + 1):
            found |= self._starts.get(word[:length], 0)
        for length in range(1, _TAIL + 1):
            found |= self._ends.get(word[-length:], 0)
        for stem, bit in self._inside.items():
            if stem in word:
                found |= bit
        return found


def find_standing(cues: Mapping[str, "Cue"], text: str) -> list[str]:
    """The names of those cues, all behind one sieve, that stand anywhere in `text`."""
    if not cues:
        return []
    held = next(iter(cues.values())).sieve.look(text)
    return [name for name, cue in cues.items() if held.lists & cue.bit and cue.search(text)]


@dataclass(frozen=True, slots=True)
class Cue:
    """A list of entries as a pattern, used as a compiled one is; `sieve` and `bit` say where it need not be tried."""

    compiled: re.Pattern[str]
    sieve: Sieve
    bit: int

    @property
    def pattern(self) -> str:
        """The pattern as it was compiled."""
        return self.compiled.pattern

    def search(self, text: str, start: int = 0) -> re.Match[str] | None:
        """The first place in `text`, from `start` on, where an entry stands."""
        held = self.sieve.look(text)
        if not held.lists & self.bit:
            return None
        if held.words is None or self.sieve.holds_anywhere(self.bit):
            return self.compiled.search(text, start)
        for place, begun in held.words:
            if begun & self.bit and place >= start and (found := self.compiled.match(text, place)):
                return found
        return None

    def match(self, text: str, start: int = 0) -> re.Match[str] | None:
        """The entry that stands right at `start`."""
        return self.compiled.match(text, start) if self.sieve.look(text).lists & self.bit else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every entry in `text`, in order, without overlaps."""
        end = 0
        while found := self.search(text, end):
            yield found
            end = found.end()
