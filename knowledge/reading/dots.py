"""Bullets that a page draws as dots and squares, as browsers print them, where others set a letter."""

from collections.abc import Sequence
from dataclasses import replace

from knowledge.reading.sheet import Box, Fill, Word

_SMALLEST, _LARGEST = 0.12, 0.65  # of the letters' height: a dot before a line
_SQUARE = 1.3  # times as long as wide at most
_NEAR = 2.5  # letter heights: how far before its line it stands
_MOST = 200  # of a page: with more it holds a chart


def hang_dots(words: Sequence[Word], fills: Sequence[Fill]) -> tuple[Word, ...]:
    """The words, those with a drawn dot before them and nothing between marked as `dotted` in their style."""
    dots = [fill.box for fill in fills if fill.colour is not None and _is_dot(fill.box)]
    hung = {at for dot in dots if (at := _first_after(words, dot)) is not None} if len(dots) <= _MOST else set()
    return tuple(
        word._replace(style=replace(word.style, dotted=True)) if at in hung else word for at, word in enumerate(words)
    )


def _is_dot(box: Box) -> bool:
    width, height = box.right - box.left, box.top - box.bottom
    return 0 < max(width, height) <= _SQUARE * min(width, height)


def _first_after(words: Sequence[Word], dot: Box) -> int | None:
    """Which word comes right after a dot on its line, where no word stands before it there."""
    middle, size = (dot.bottom + dot.top) / 2, dot.right - dot.left
    line = [
        (word.left, at) for at, word in enumerate(words) if word.bottom < middle < word.top and not word.style.angle
    ]
    after = min(((left, at) for left, at in line if left >= dot.right), default=None)
    if after is None:
        return None
    left, height = after[0], words[after[1]].style.size
    near = left - dot.right <= _NEAR * height and _SMALLEST * height <= size <= _LARGEST * height
    inside = any(dot.left - height < words[at].right <= dot.right for _, at in line)
    return after[1] if near and not inside else None
