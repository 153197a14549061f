"""Words set into one line of text, each character with the place on the page it came from."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from knowledge.reading.draft import clean
from knowledge.reading.sheet import Word

NOWHERE = -1  # the place of a character that stands on no page: a space or line end put between words

SOFT_HYPHEN = "\u00ad"  # kept at the end of a line alone, where it tells that a word was divided

_TOUCHING = 0.2  # of the letters' height: letters no farther apart are one word, set in two styles
_CLOSE = 0.06  # the same where the file has a space, or PDFium put one
_RAISED = 0.2  # of the letters' height above the line, and at most
_SMALLER = 0.82  # of their size: a raised number
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SIGN_FONT = re.compile("symbol|wingding|dingbat|webding", re.IGNORECASE)
_BULLET = "•"
_FEWEST_SPACED = 4  # letters that make a word when they stand apart
_UNEVEN = 1.6  # times the usual gap between spaced letters, and a word ends
_FARTHEST_SPACED = 1.3  # of the letters' height
_SAME_AGAIN = 0.7  # of a word's width: a word printed twice to look bold or to throw a shadow


@dataclass(frozen=True, slots=True)
class Setting:
    """Text, and for each of its characters the place in PDFium's list for the page, or `NOWHERE`."""

    text: str
    places: tuple[int, ...]

    def __add__(self, other: "Setting") -> "Setting":
        """One after the other."""
        return Setting(self.text + other.text, self.places + other.places)

    def cut(self, start: int, end: int | None = None) -> "Setting":
        """The characters from `start` up to `end`."""
        return Setting(self.text[start:end], self.places[start:end])


def between(text: str) -> Setting:
    """Characters that stand on no page."""
    return Setting(text, (NOWHERE,) * len(text))


def set_line(words: Sequence[Word]) -> Setting:
    """One line of print as text: a space between words, spaced-out letters drawn together, raised numbers raised."""
    texts: list[str] = []
    places: list[int] = []
    last: Word | None = None
    closed = _spaced_out(words)
    for at, word in enumerate(words):
        if last is not None and _is_again(last, word):
            continue
        text, own = _cleaned(word, first=at == 0)
        if not text:
            continue
        if last is not None and unicodedata.combining(text[0]):
            texts[-1] = unicodedata.normalize("NFC", texts[-1] + text[0])  # an accent printed after its letter
            places[-1:] = places[-1:] * (sum(map(len, texts)) - len(places) + 1)
            text, own = text[1:], own[1:]
        elif last is not None:
            size = max(last.style.size, word.style.size)
            touching = at in closed or _touches(last, word, size)
            if touching and _is_raised(last, word):
                text = text.translate(_SUPERSCRIPTS)
            elif not touching:
                texts.append(" ")
                places.append(NOWHERE)
        texts.append(text)
        places.extend(own)
        last = word
    return Setting("".join(texts), tuple(places))


def _touches(last: Word, word: Word, size: float) -> bool:
    """Whether nothing parts two neighbours: neither a space in the file nor, where it has none, one on the page."""
    gap = word.left - last.right
    if word.places.start == last.places.stop:
        return gap < _TOUCHING * size
    return -_TOUCHING * size < gap < _CLOSE * size


def _is_again(last: Word, word: Word) -> bool:
    shared = min(last.right, word.right) - max(last.left, word.left)
    return last.text == word.text and shared > _SAME_AGAIN * (word.right - word.left)


def _is_raised(last: Word, word: Word) -> bool:
    return (
        word.text.isdigit()
        and word.style.size <= _SMALLER * last.style.size
        and word.bottom - last.bottom >= _RAISED * last.style.size
    )


def _cleaned(word: Word, *, first: bool) -> tuple[str, Sequence[int]]:
    """A word's letters as they are read aloud, with their places."""
    text = word.text
    if first and len(text) == 1 and (_SIGN_FONT.search(word.style.font) or "\ue000" <= text <= "\uf8ff"):
        return _BULLET, word.places
    if text.isascii() and text.isprintable():
        return text, word.places
    parts: list[str] = []
    places: list[int] = []
    start = 0
    for end in range(1, len(text) + 1):
        if end < len(text) and unicodedata.combining(text[end]):
            continue
        soft = end == len(text) and text[start] == SOFT_HYPHEN
        letters = SOFT_HYPHEN if soft else clean(text[start:end])
        parts.append(letters)
        places.extend([word.places[start]] * len(letters))
        start = end
    return "".join(parts), places


def _spaced_out(words: Sequence[Word]) -> frozenset[int]:
    """The words, by their place in the line, that are drawn to the one before: letters of a word set far apart."""
    closed: set[int] = set()
    start = 0
    while start < len(words):
        end = start + 1
        while end < len(words) and _is_spaced(words[end - 1], words[end]):
            end += 1
        if end - start >= _FEWEST_SPACED and all(len(word.text) == 1 for word in words[start : start + 2]):
            gaps = [words[at].left - words[at - 1].right for at in range(start + 1, end)]
            most = _UNEVEN * max(median(gaps), 0.05 * words[start].style.size)
            closed.update(at for at, gap in zip(range(start + 1, end), gaps, strict=True) if gap <= most)
        start = end
    return frozenset(closed)


def _is_spaced(last: Word, word: Word) -> bool:
    """Whether two neighbours are letters of one spaced-out line."""
    return (
        len(last.text) == 1
        and len(word.text) == 1
        and last.text.isalnum()
        and word.text.isalnum()
        and last.text.isdigit() == word.text.isdigit()
        and last.style.size == word.style.size
        and word.left - last.right <= _FARTHEST_SPACED * word.style.size
    )
