"""A remark as it is written into a file: the words it is about, and what it says."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Note:
    """What to write, and where.

    `words` are the file's own, "" for a remark on the whole; `page` is 1-based; `share` says how far into the text the
    words stand, from 0 to 1, to tell two places with the same words apart; `text` may have several lines.
    """

    words: str
    page: int
    share: float
    text: str


def letters_of(text: str) -> tuple[str, list[int]]:
    """The letters and digits of `text` in lower case, and the place of each in `text`.

    Files break lines, set hyphens and spaces as they like; their letters are what can be found again.
    """
    kept: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for lower in character.casefold():
            if lower.isalnum():
                kept.append(lower)
                places.append(place)
    return "".join(kept), places


def nearest(text: str, words: str, share: float) -> tuple[int, int] | None:
    """Where `words` stand in `text`, both as `letters_of` gives them: of several places the one nearest to `share`."""
    if not words:
        return None
    found = []
    start = text.find(words)
    while start >= 0:
        found.append(start)
        start = text.find(words, start + 1)
    if not found:
        return None
    best = min(found, key=lambda place: abs(place - share * len(text)))
    return best, best + len(words)
