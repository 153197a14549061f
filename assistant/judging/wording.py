"""The words of a statement as weighted signs, beside the cues: what the models learn of a language's own turns.

Single words and neighbouring pairs, lower-cased, any number as "#". The values of a statement's words, and those of its
heading, each have a fixed length as a vector, so that a long sentence speaks no louder than a short one.
"""

import itertools
import math
import re
from collections.abc import Iterator, Sequence

_WORD = re.compile(r"\w+")
_DIGIT = re.compile(r"\d")
# How loud words are beside the cues, which count 1 each; chosen on held-out languages (evals/LOG.md).
_TEXT_WEIGHT, _CONTEXT_WEIGHT = 5.0, 3.5


def weigh_words(text: str, context: str) -> dict[str, float]:
    """The signs "text:…" and "under:…" for the words and pairs of a statement and of the heading above it."""
    return {**_weigh("text", text, _TEXT_WEIGHT), **_weigh("under", context, _CONTEXT_WEIGHT)}


def _weigh(where: str, text: str, weight: float) -> dict[str, float]:
    found = set(_grams(["#" if _DIGIT.search(word) else word for word in _WORD.findall(text.lower())]))
    return {f"{where}:{gram}": weight / math.sqrt(len(found)) for gram in found}


def _grams(words: Sequence[str]) -> Iterator[str]:
    yield from words
    yield from (f"{first} {second}" for first, second in itertools.pairwise(words))
