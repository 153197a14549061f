"""Text into the pieces of a Unigram vocabulary: for each word the likeliest way to put it together (Kudo 2018)."""

import re
from collections.abc import Callable
from functools import lru_cache

from knowledge.library.e5weights import Vocabulary

SPACE_MARK = "▁"
WORDS_REMEMBERED = 50_000
IMPOSSIBLE = -1e29

Tokenise = Callable[[str], list[int]]


def build_tokeniser(vocabulary: Vocabulary) -> Tokenise:
    """A function that gives the ids of a text's pieces, without marks for its beginning and end."""

    @lru_cache(WORDS_REMEMBERED)
    def split(word: str) -> tuple[int, ...]:
        return _split_word(word, vocabulary)

    def tokenise(text: str) -> list[int]:
        plain = re.sub(" +", " ", text.translate(vocabulary.rewritten))
        words = plain.removeprefix(" ").split(" ")
        return [piece for word in words for piece in split(SPACE_MARK + word)]

    return tokenise


def _split_word(word: str, vocabulary: Vocabulary) -> tuple[int, ...]:
    """The pieces with the highest sum of scores; a character that no piece has is unknown."""
    pieces, scores, longest = vocabulary.pieces, vocabulary.scores, vocabulary.longest
    best = [0.0] + [IMPOSSIBLE] * len(word)
    came = [(0, vocabulary.unknown)] * (len(word) + 1)
    for start in range(len(word)):
        for end in range(start + 1, min(len(word), start + longest) + 1):
            piece = pieces.get(word[start:end])
            if piece is not None and piece != vocabulary.unknown and best[start] + scores[piece] > best[end]:
                best[end] = best[start] + scores[piece]
                came[end] = (start, piece)
        if best[start] + vocabulary.unknown_score > best[start + 1]:
            best[start + 1] = best[start] + vocabulary.unknown_score
            came[start + 1] = (start, vocabulary.unknown)
    ids: list[int] = []
    end = len(word)
    while end > 0:
        end, piece_id = came[end]
        ids.append(piece_id)
    return tuple(reversed(ids))
