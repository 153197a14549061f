"""Pages laid upright: words that run up, down or aslant are turned until their lines run from left to right."""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.reading.sheet import Box, Sheet, Word

_QUARTER = math.pi / 2
_NEARLY = math.radians(3)  # from a quarter turn: as good as one
_STEP = math.radians(5)  # slants that differ by less belong together


@dataclass(frozen=True, slots=True)
class Frame:
    """Words that run in one direction, with the straight lines of the page, turned so that they run to the right."""

    words: tuple[Word, ...]
    rules: tuple[Box, ...]
    paper: Box


def lay_upright(sheet: Sheet, words: Sequence[Word]) -> tuple[Frame, ...]:
    """The words of a page by their direction, each turned upright: first the one in which most letters run."""
    by_turn: dict[float, list[Word]] = defaultdict(list)
    for word in words:
        by_turn[_direction(word.style.angle)].append(word)
    most = sorted(by_turn.items(), key=lambda pair: -sum(len(word.text) for word in pair[1]))
    return tuple(
        Frame(
            tuple(_turn_word(word, angle) for word in group) if angle else tuple(group),
            tuple(_turn(rule, angle) for rule in sheet.rules) if _is_quarter(angle) else (),
            _turn(sheet.crop, angle),
        )
        for angle, group in most
    )


def _direction(angle: float) -> float:
    if angle == 0:
        return 0.0
    quarters = round(angle / _QUARTER)
    if abs(angle - quarters * _QUARTER) < _NEARLY:
        return (quarters % 4) * _QUARTER
    return round(angle / _STEP) * _STEP


def _is_quarter(angle: float) -> bool:
    return abs(angle / _QUARTER - round(angle / _QUARTER)) < _NEARLY


def _turn(box: Box, angle: float) -> Box:
    """The box that holds `box` turned back by `angle`."""
    if angle == 0:
        return box
    corners = [
        (x * math.cos(angle) + y * math.sin(angle), y * math.cos(angle) - x * math.sin(angle))
        for x in (box.left, box.right)
        for y in (box.bottom, box.top)
    ]
    across, up = zip(*corners, strict=True)
    return Box(min(across), min(up), max(across), max(up))


def _turn_word(word: Word, angle: float) -> Word:
    box = Box(word.left, word.bottom, word.right, word.top)
    if _is_quarter(angle):
        box = _turn(box, angle)
    else:
        # The box of slanting letters is mostly air: their line runs through its middle and is as long as they need.
        lean, height = abs(math.tan(angle)), word.style.size
        wide, high = box.right - box.left, box.top - box.bottom
        run = (wide if lean < 1 else high) / max(abs(math.cos(angle)), abs(math.sin(angle)))
        middle = _turn(Box(*(((box.left + box.right) / 2, (box.bottom + box.top) / 2) * 2)), angle)
        half = max(run - height, height / 2) / 2
        box = Box(middle.left - half, middle.bottom - height / 2, middle.right + half, middle.top + height / 2)
    return word._replace(left=box.left, bottom=box.bottom, right=box.right, top=box.top)
