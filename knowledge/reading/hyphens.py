"""Words divided at a line's end, put together as the document writes them elsewhere."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knowledge.reading.letters import SOFT_HYPHEN, Setting, between

_TAIL = re.compile(r"([^\W\d_]+)(-?)$")
_HEAD = re.compile(r"[^\W\d_]+")
_TOKEN = re.compile(r"\S+")
_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LINE_END = re.compile(r"[^\W\d_]-\s*$")
# "Schüler- und Lehrkräfte": a hyphen before one of these stands for the rest of a word and stays where it is.
_AND_OR = re.compile("and|or|und|oder|bzw|og|eller|en|of|ja|tai|sekä|és|vagy|et|ou|y|o|e", re.IGNORECASE)
_HYPHENATES = 0.04  # of its lines: a document with more line-end hyphens than this was set with hyphenation


@dataclass(frozen=True, slots=True)
class Hyphenation:
    """How a document writes its words: those it writes whole, and whether it divides words at line ends."""

    known: frozenset[str]
    divides: bool


def learn_hyphenation(lines: Iterable[str]) -> Hyphenation:
    """What the lines of a document show of its words and its way with hyphens."""
    known: set[str] = set()
    ends = count = 0
    for line in lines:
        count += 1
        words = _WORDS.findall(line.lower())
        if _LINE_END.search(line):
            ends += 1
            words = words[:-1]
        known.update(words)
    return Hyphenation(frozenset(known), ends > _HYPHENATES * count)


def join_lines(lines: Sequence[Setting], joint: str, hyphenation: Hyphenation) -> Setting:
    """Lines as one text with `joint` between them; after a divided word the line breaks where the word ends."""
    parts: list[Setting] = []
    for line in lines:
        following = line
        if parts and (whole := _mend(parts[-1], line, hyphenation)) is not None:
            parts[-1], following = whole
            if not following.text:
                continue
        if parts:
            parts.append(between(joint))
        parts.append(following)
    if not parts:
        return Setting("", ())
    text = "".join(part.text for part in parts)
    places = tuple(place for part in parts for place in part.places)
    return _without_soft_hyphens(Setting(text, places))


def _mend(line: Setting, following: Setting, hyphenation: Hyphenation) -> tuple[Setting, Setting] | None:
    """The two lines with the divided word at the end of the first, or None where no word is divided."""
    text = line.text
    soft = text.endswith(SOFT_HYPHEN)
    found = _TAIL.search(text[:-1] if soft else text)
    begun = _HEAD.match(following.text)
    if not found or not begun or not (soft or found[2]) or (not soft and _AND_OR.fullmatch(begun[0])):
        return None
    token = _TOKEN.match(following.text)
    size = token.end() if token else begun.end()
    keep = not soft and not _closes(found[1], begun[0], hyphenation)
    head = line if keep else line.cut(0, len(text) - 1)
    rest = following.cut(size)
    spaces = len(rest.text) - len(rest.text.lstrip())
    return head + following.cut(0, size), rest.cut(spaces)


def _closes(head: str, tail: str, hyphenation: Hyphenation) -> bool:
    """Whether the hyphen between two parts goes.

    It goes where the document writes the word without one elsewhere, stays where it writes it with one, and otherwise
    goes only in a document that was set with hyphenation.
    """
    if f"{head}{tail}".lower() in hyphenation.known:
        return True
    return not (f"{head}-{tail}".lower() in hyphenation.known or not hyphenation.divides or tail[0].isupper())


def _without_soft_hyphens(line: Setting) -> Setting:
    if SOFT_HYPHEN not in line.text:
        return line
    kept = [(sign, place) for sign, place in zip(line.text, line.places, strict=True) if sign != SOFT_HYPHEN]
    return Setting("".join(sign for sign, _ in kept), tuple(place for _, place in kept))
