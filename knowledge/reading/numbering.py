"""The numbers and letters that Word sets before list items and headings by itself, counted as Word counts them."""

import re
from dataclasses import dataclass, field
from typing import Any

from knowledge.reading.wordcolours import W
from knowledge.reading.wordstyles import value_of, whole_number

_HOLE = re.compile(r"%([1-9])")
_LONGEST = 40  # characters of a sign, before which no more is written
_LEVELS = 9
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_HIGHEST = 3999  # number that is written in Roman figures


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: the first number, how numbers are written, and the text with holes for them ("%1.%2")."""

    start: int
    style: str
    text: str


@dataclass(slots=True)
class Numbering:
    """The lists of a file by their id, and how far each has been counted.

    Attributes:
        levels: by list id, the levels by depth from 0.
        kinds: by list id, the kind of list that it counts on with.
        restarts: by list id, the levels at which it begins anew and the number it begins with.
        counts: by kind, the number reached at each level.
    """

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    restarts: dict[str, dict[int, int]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def next_sign(self, list_id: str, depth: int) -> str | None:
        """The sign of the next paragraph in a list at this depth: "2.1", "b)", "•"; "" where the list shows none.

        None where the file says nothing about the list.
        """
        level = self.levels.get(list_id, {}).get(depth)
        if level is None:
            return None
        counted = self.counts.setdefault(self.kinds[list_id], {})
        restart = self.restarts.get(list_id, {}).pop(depth, None)
        if restart is not None:
            counted[depth] = restart
        else:
            counted[depth] = counted[depth] + 1 if depth in counted else level.start
        for deeper in [one for one in counted if one > depth]:
            del counted[deeper]
        if level.style == "bullet":
            return "•"
        return _HOLE.sub(lambda hole: self._number(list_id, int(hole[1]) - 1, counted), level.text)[:_LONGEST].strip()

    def _number(self, list_id: str, depth: int, counted: dict[int, int]) -> str:
        level = self.levels[list_id].get(depth)
        return write_number(counted.get(depth, level.start), level.style) if level is not None else ""


def read_numbering(root: Any) -> Numbering:
    """The lists of a `numbering` part; none where the file has no such part (`root` None)."""
    numbering = Numbering()
    if root is None:
        return numbering
    kinds = {one.get(f"{W}abstractNumId"): _levels(one) for one in root.iter(f"{W}abstractNum")}
    for one in root.iterchildren(f"{W}num"):
        key, kind = one.get(f"{W}numId"), value_of(one, "abstractNumId") or ""
        levels = dict(kinds.get(kind, {}))
        for override in one.iterchildren(f"{W}lvlOverride"):
            levels.update(_levels(override))
            depth, start = whole_number(override.get(f"{W}ilvl")), whole_number(value_of(override, "startOverride"))
            if depth is not None and start is not None:
                numbering.restarts.setdefault(key, {})[depth] = start
        numbering.levels[key], numbering.kinds[key] = levels, kind
    return numbering


def _levels(parent: Any) -> dict[int, Level]:
    return {
        depth: Level(
            whole_number(value_of(one, "start")) or (0 if value_of(one, "start") == "0" else 1),
            value_of(one, "numFmt") or "decimal",
            value_of(one, "lvlText") or "",
        )
        for one in parent.iterchildren(f"{W}lvl")
        if (depth := whole_number(one.get(f"{W}ilvl"))) is not None and depth < _LEVELS
    }


def write_number(number: int, style: str) -> str:
    """A number as a list shows it, in figures, letters or Roman figures; figures where the style is a rarer one."""
    if style == "none":
        return ""
    if style in {"lowerLetter", "upperLetter"} and number > 0:
        letter = chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 5)
        return letter if style == "lowerLetter" else letter.upper()
    if style in {"lowerRoman", "upperRoman"} and 0 < number <= _HIGHEST:
        roman = ""
        for value, sign in _ROMAN:
            roman += sign * (number // value)
            number %= value
        return roman if style == "lowerRoman" else roman.upper()
    return f"{number:02}" if style == "decimalZero" else str(number)
