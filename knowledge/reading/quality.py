"""How much of a page's text can be words: tells prose and tables from what a broken font or a bad scan left."""

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from knowledge.datafile import read_fields

USABLE = 0.6  # of a page's characters; evals/ocr.py has how pages of nine languages and of noise lie around it
_FEWEST = 12  # characters: less is not judged
_PROSE = 40  # words after which some of the commonest of a language must have come
_COMMON_SHARE = 0.05
_COMMON_WITH_SHORT = 0.12  # the same with those of two letters, which other letters make by chance
_SOUND_WITHOUT = 0.93  # what the quality must be where fewer came (a list of names)
_EDGES = ".,;:!?…()[]{}\"'“”„«»‹›‘’–—-/*•·▪❖|&%€$£°§+=<>"
_BULLETS = "•·▪❖◦*-–—|&/=+….:;?!«»©®"  # French puts a space before a colon and inside its quotation marks
_LEADER = re.compile(r"([._…·-])(?:\s?\1){3,}")  # dots from a title to its page, a line to write on
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:https?://|www\.)[!-~]+")
_NUMBER = re.compile(r"[\d.,:/%€$£+()–-]*\d[\d.,:/%€$£+()–-]*(?:[a-zA-Z]{1,3})?")
_LETTERS = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿŐőŰűŠšŽžŒœĀ-ſ]+")
_VOWEL = re.compile(r"[aeiouyàáâãäåæèéêëìíîïòóôõöøőùúûüűœýÿ]", re.IGNORECASE)
_HARD = re.compile(r"[^aeiouyàáâãäåæèéêëìíîïòóôõöøőùúûüűœýÿ]{6,}|(.)\1{3,}", re.IGNORECASE)
_CASES = re.compile(r"[^\W\d_][a-zà-öø-ÿāăąćčďđēęěğīłńňőřśšťūůűźżž]*|[A-ZÀ-ÖØ-ÞŐŰŠŽŒ]+s?")
# Where words are put together: "e-mail", "name.surname@school.fi", "DT_Type::PointEvent".
_JOINTS = re.compile(r"['’.,:;@&/|_®™«»()+–—-]+|(?<=[a-zà-öø-ÿ]{2})(?=[A-Z][a-zà-öø-ÿ])")
_LONGEST = 40
# "Ã¤" and its kind: UTF-8 taken for Latin letters, so that every accent is two signs.
_TWICE_READ = re.compile("[ÂÃÄÅ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
_TWICE_SHARE, _STRAY = 0.002, 2
_SHORT = 3
_SHORTEST = 2


def measure_quality(text: str) -> float:
    """The share of a text's characters, blanks aside, that stand in what can be a word, a number or a mark, 0 to 1.

    A word has letters of a Latin alphabet, a vowel, no impossible run of consonants and not capitals inside small
    letters. 1 for a text too short to tell.
    """
    tokens = _LEADER.sub(" ", text).split()
    size = sum(map(len, tokens))
    if size < _FEWEST:
        return 1.0
    return sum(len(token) for token in tokens if _is_sound(token)) / size


def is_usable(text: str) -> bool:
    """Whether a page's text can be what a person sees there; an empty one cannot."""
    if not text.strip():
        return False
    if len(_TWICE_READ.findall(text)) > max(_STRAY, _TWICE_SHARE * len(text)):
        return False
    quality = measure_quality(text)
    words = [word.casefold() for word in _LETTERS.findall(text)]
    if len(words) >= _PROSE and quality < _SOUND_WITHOUT and not _has_common_words(words):
        return False
    return quality >= USABLE


def _has_common_words(words: Sequence[str]) -> bool:
    """Whether the words that every text has are among these, as often as they must be."""
    common = sum(word in common_words() for word in words)
    short = sum(word in common_words(_SHORTEST) for word in words)
    return common >= _COMMON_SHARE * len(words) or short >= _COMMON_WITH_SHORT * len(words)


@cache
def common_words(shortest: int = _SHORT) -> frozenset[str]:
    """Words that carry no meaning of their own, of so many letters or more, in the nine languages."""
    fields = read_fields(files("knowledge") / "coverage" / "stopwords.yaml")
    return frozenset(word for code in fields.values for word in fields.text(code).split() if len(word) >= shortest)


def _is_sound(token: str) -> bool:
    bare = token.strip(_EDGES)
    if not bare:
        return len(set(token)) == 1 and token[0] in _BULLETS
    if _NUMBER.fullmatch(bare) or _ADDRESS.fullmatch(bare):
        return True
    parts = [part for part in _JOINTS.split(bare) if part]
    whole = len(parts) <= 1 or any(len(part) > 1 for part in parts)
    return len(bare) <= _LONGEST and whole and all(_is_word(part) for part in parts)


def _is_word(part: str) -> bool:
    if part.isdigit():
        return True
    if not _LETTERS.fullmatch(part) or not _CASES.fullmatch(part):
        return False
    if len(part) == 1:
        return True
    if part.isupper():
        return len(part) <= _SHORT + 2 or _VOWEL.search(part) is not None
    return _VOWEL.search(part) is not None and _HARD.search(part) is None
