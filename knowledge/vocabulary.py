"""Many lists of words looked for in one pass over a text: faster than a pattern a list where there are thousands.

An entry is a word or phrase as in the languages' data files: "increas*" is any word that starts so, "*skill" any that
ends so, "20*" any year of that century, " .. " up to three words in between. Case does not matter.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

_WORD = re.compile(r"\w+")
_PART = re.compile(r"\*?\w+\*?|\*")
_GAP = ".."
_WIDEST_GAP = 3
_KEY, _TAIL = 4, 3
_YEAR_LENGTH = 4
_REMEMBERED = 8192  # words

Entry = tuple[str, str, tuple[str, ...]]


class _Begun(NamedTuple):
    """The entries that a word begins: those of one word, those whose second word is a plain one, by it, and others."""

    alone: list[Entry]
    followed_by: dict[str, list[Entry]]
    others: list[Entry]


class Vocabulary:
    """Named lists of entries, and where a text holds them."""

    def __init__(self, lists: Mapping[str, Sequence[str]]) -> None:
        """Index the entries of `lists` by their first word, or by how it starts or ends."""
        self._begun_by = lru_cache(_REMEMBERED)(self._find_begun_by)
        self._words: dict[str, list[Entry]] = defaultdict(list)
        self._starts: dict[str, list[Entry]] = defaultdict(list)
        self._ends: dict[str, list[Entry]] = defaultdict(list)
        for name, entries in lists.items():
            for entry in dict.fromkeys(entries):
                words = _cut(entry)
                first = words[0]
                if first.startswith("*"):
                    self._ends[first.strip("*")[-_TAIL:]].append((name, entry, words))
                elif first.endswith("*"):
                    self._starts[first.rstrip("*")[:_KEY]].append((name, entry, words))
                else:
                    self._words[first].append((name, entry, words))

    def find(self, text: str) -> dict[str, set[str]]:
        """The entries that `text` holds, by the name of their list; a list with none is left out."""
        words = _WORD.findall(text.casefold())
        found: dict[str, set[str]] = defaultdict(set)
        for place, (word, following) in enumerate(zip(words, [*words, ""][1:], strict=True)):
            begun = self._begun_by(word)
            for name, entry, _ in begun.alone:
                found[name].add(entry)
            for name, entry, pattern in (*begun.followed_by.get(following, ()), *begun.others):
                if entry not in found.get(name, ()) and _stands_at(pattern, words, place):
                    found[name].add(entry)
        return dict(found)

    def _find_begun_by(self, word: str) -> _Begun:
        """The entries whose first word is `word`, which stands in many texts."""
        candidates = [*self._words.get(word, ()), *self._ends.get(word[-_TAIL:], ())]
        for length in range(1, min(_KEY, len(word)) + 1):
            candidates += self._starts.get(word[:length], ())
        begun = _Begun([], {}, [])
        for one in candidates:
            pattern = one[2]
            if not _fits(pattern[0], word):
                continue
            if len(pattern) == 1:
                begun.alone.append(one)
            elif pattern[1].isalpha():
                begun.followed_by.setdefault(pattern[1], []).append(one)
            else:
                begun.others.append(one)
        return begun


def _cut(entry: str) -> tuple[str, ...]:
    """An entry's words, a gap as ".."; "employers' need" is three words, as in a text."""
    words: list[str] = []
    for part in entry.casefold().split(" .. "):
        words += [_GAP, *_PART.findall(part)] if words else _PART.findall(part)
    return tuple(words)


def _stands_at(pattern: Sequence[str], words: Sequence[str], place: int) -> bool:
    at = place
    for number, part in enumerate(pattern):
        if part == _GAP:
            following = pattern[number + 1]
            reach = range(at, min(at + _WIDEST_GAP + 1, len(words)))
            at = next((here for here in reach if _fits(following, words[here])), len(words))
            continue
        if at >= len(words) or not _fits(part, words[at]):
            return False
        at += 1
    return True


def _fits(part: str, word: str) -> bool:
    if not part.endswith("*"):
        return word.endswith(part[1:]) if part.startswith("*") else word == part
    stem = part.rstrip("*")
    if stem.isdigit():
        return len(word) == _YEAR_LENGTH and word.isdigit() and word.startswith(stem)
    return stem[1:] in word if stem.startswith("*") else word.startswith(stem)
