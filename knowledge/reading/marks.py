"""The signs before a line: bullets, dashes, numbers and letters."""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

MarkStyle = Literal["bullet", "dash", "hash", "digit", "roman", "ROMAN", "letter", "LETTER", "chapter"]

# Word and its kin write bullets as private-use characters of a symbol font.
_SIGNS = "•‣◦⁃∙·●○■□▪▫◆◇❖➢➤➔→►▶▸✓✔✗★☆\ue000-\uf8ff"
_BULLET = re.compile(rf"[{_SIGNS}]+\s*|o[ \t]+(?=[^\W\d_a-zà-ÿ])")
_DASH = re.compile(r"(?:--|[-–—*+])(?:[ \t]+|(?=[^\W\d_]))")
_HASH = re.compile(r"(#{1,6})[ \t]+")
_NUMBER = re.compile(
    r"\(?(?P<digit>\d{1,2}(?:\.\d{1,2}){0,4})(?:[.)]{1,2}(?:[ \t]+|(?=[^\W\d_]))|(?<=\.\d)[ \t]+(?=[^\W\d_])"
    r"|(?<=\.\d\d)[ \t]+(?=[^\W\d_]))"
)
# "O1.2"; "B2.1 course" at the head of a line is taken for a number too, which is rarer.
_CODED = re.compile(r"[A-Z]{1,3}(\d{1,2}(?:\.\d{1,2}){1,3})[.:)]?[ \t]+(?=[^\W\d_])")
_ROMAN = re.compile(r"\(?([ivx]{1,5}|[IVX]{1,5})[.)]{1,2}[ \t]+")
_LETTER = re.compile(r"\(?([a-zA-Z])[.)]{1,2}[ \t]+")
_ALONE = re.compile(rf"[{_SIGNS}]+|--|[-–—*]|\(?(?:\d{{1,2}}|[a-zA-Z])[.)]")
_VALUES = {"i": 1, "v": 5, "x": 10}


@dataclass(frozen=True, slots=True)
class Mark:
    """A sign before a line: its style, its number ((1, 2) for "1.2"; of "##" the depth, 2), and its own look.

    `indent` is how far in it stands, in steps of two columns.
    """

    style: MarkStyle
    number: tuple[int, ...] = ()
    glyph: str = ""
    indent: int = 0

    @property
    def counts(self) -> bool:
        """Whether it is a number or letter, one of a sequence."""
        return self.style not in {"bullet", "dash", "hash"}


def read_mark(words: str, column: int = 0) -> tuple[Mark | None, int]:
    """The sign that `words` begin with, or None, and how many characters it takes with the space after it.

    `column` is where the line begins on the page, in characters from the left.
    """
    indent = column // 2
    if found := _HASH.match(words):
        return Mark("hash", (len(found[1]),)), found.end()
    if found := _BULLET.match(words) or _DASH.match(words):
        return Mark("dash" if found[0][0] in "-–—*+" else "bullet", (), found[0][0], indent), found.end()
    if found := _NUMBER.match(words) or _CODED.match(words):
        number = tuple(int(part) for part in found[1].split("."))
        return Mark("digit", number, "", indent), found.end()
    if found := _ROMAN.match(words) or _LETTER.match(words):
        return _lettered(found[1], indent), found.end()
    return None, 0


def _lettered(sign: str, indent: int) -> Mark:
    """The mark of a Roman number (i, iv, X) or a letter (a, B)."""
    values = [_VALUES.get(letter, 0) for letter in sign.lower()]
    if all(values):
        number = sum(-one if one < two else one for one, two in pairwise([*values, 0]))
        return Mark("ROMAN" if sign.isupper() else "roman", (number,), "", indent)
    return Mark("LETTER" if sign.isupper() else "letter", (ord(sign.lower()) - ord("a") + 1,), "", indent)


def read_lone_mark(words: str, column: int = 0) -> Mark | None:
    """The mark that a line consists of where its words stand on the next line, or None."""
    return read_mark(f"{words} X", column)[0] if _ALONE.fullmatch(words) else None
