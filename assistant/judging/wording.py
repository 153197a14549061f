"""The letters of a statement and the words of its heading as weighted signs, beside the cues and the build.

What the models learn of a language's own turns: groups of three to five letters, which hold a stem in whatever form it
stands ("strengthen", "Stärkung", "erősítése"), and the words and neighbouring pairs of the heading. Lower-cased, any
number as "#". All letters of a statement, and all words of its heading, have a fixed length as a vector, so that a long
sentence speaks no louder than a short one.
"""

import itertools
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

_WORD = re.compile(r"\w+")
_DIGIT = re.compile(r"\d")
_DIGITS = re.compile(r"\d+")
_FEWEST, _MOST = 3, 5
_REMEMBERED = 512  # headings: each stands above many statements
# What the names of signs for groups of letters begin with.
LETTERS = "letters:"
# How loud they are beside the cues, which count 1 each; chosen on held-out sources (evals/LOG.md).
_TEXT_WEIGHT, _CONTEXT_WEIGHT = 6.0, 3.5


def weigh_letters(text: str) -> dict[str, float]:
    """The signs "letters:…" for the groups of letters of a statement."""
    groups = cut_letters(text)
    return dict.fromkeys((f"{LETTERS}{group}" for group in groups), weigh_groups(groups))


def cut_letters(text: str) -> tuple[str, ...]:
    """The groups of letters of a statement, each once; line breaks count as spaces."""
    spaced = f" {_DIGITS.sub('#', ' '.join(text.lower().split()))} "
    groups = [spaced[i : i + n] for n in range(_FEWEST, _MOST + 1) for i in range(len(spaced) - n + 1)]
    return tuple(dict.fromkeys(groups))


def weigh_groups(groups: Sequence[str]) -> float:
    """How loud each of a statement's groups of letters is."""
    return _TEXT_WEIGHT / math.sqrt(len(groups) or 1)


@lru_cache(_REMEMBERED)
def weigh_heading(context: str) -> Mapping[str, float]:
    """The signs "under:…" for the words and pairs of the heading above a statement."""
    words = ["#" if _DIGIT.search(word) else word for word in _WORD.findall(context.lower())]
    grams = frozenset(_grams(words))
    return dict.fromkeys((f"under:{gram}" for gram in sorted(grams)), _CONTEXT_WEIGHT / math.sqrt(len(grams) or 1))


def _grams(words: Sequence[str]) -> Iterator[str]:
    yield from words
    yield from (f"{first} {second}" for first, second in itertools.pairwise(words))
