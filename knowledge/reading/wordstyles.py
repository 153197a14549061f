"""The styles of a Word file: what each gives its paragraphs and runs, with what it takes over from its ancestors."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from knowledge.reading.wordcolours import PAPER, UNKNOWN, W, colour_of, ground_of, look_alike, marker_of

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_CLEAR = 90_000  # thousandths of a percent: letters more transparent than that can hardly be seen
_NARROW = 10  # percent: letters squeezed to less are not meant to be read
_TINY = 6  # half points: letters below this height are not meant to be read
_LARGER = 1.15  # times the size of body text and a line counts as set in large letters
_USUAL_SIZE = 22  # half points: Word's default, where the file names none

_Found = TypeVar("_Found")


@dataclass(frozen=True, slots=True)
class Style:
    """A style as far as it matters here; None where neither it nor what it is based on says anything."""

    name: str = ""
    outline: int | None = None
    list_id: str | None = None
    list_level: int | None = None
    bold: bool | None = None
    size: int | None = None
    vanished: bool | None = None
    colour: str | None = None
    ground: str | None = None


@dataclass(frozen=True, slots=True)
class Styles:
    """All styles by their id, the one of paragraphs that name none, the theme's colours, and the page's own colour."""

    by_id: dict[str, Style]
    usual: Style
    theme: Mapping[str, str]
    page: str = PAPER

    def named(self, key: str | None) -> Style:
        """The paragraph style of this id, or the usual one."""
        return self.by_id.get(key or "", self.usual)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands behind and around a run: its paragraph's style, and the colour that is laid under it, if any."""

    style: Style
    ground: str | None


def read_styles(root: Any, theme: Mapping[str, str], *, coloured_page: bool) -> Styles:
    """The styles of a `styles` part, or none where the file has no such part (`root` None)."""
    raw = {one.get(f"{W}styleId"): one for one in root.iter(f"{W}style")} if root is not None else {}
    by_id = {key: _style(key, raw, theme) for key in raw if key}
    default = next(
        (key for key, one in raw.items() if one.get(f"{W}type") == "paragraph" and one.get(f"{W}default")), None
    )
    return Styles(by_id, by_id.get(default or "", Style()), theme, UNKNOWN if coloured_page else PAPER)


def _style(key: str, raw: dict[str, Any], theme: Mapping[str, str]) -> Style:
    """A style with its ancestors' properties, the nearest first; a circle of styles ends where it closes."""
    line: list[Any] = []
    while key in raw and raw[key] not in line:
        line.append(raw[key])
        key = value_of(raw[key], "basedOn") or ""

    def first(find: Callable[[Any], _Found | None]) -> _Found | None:
        return next((found for one in line if (found := find(one)) is not None), None)

    return Style(
        name=(first(lambda one: value_of(one, "name")) or "").lower(),
        outline=first(lambda one: whole_number(value_of(one, "pPr", "outlineLvl"))),
        list_id=first(lambda one: value_of(one, "pPr", "numPr", "numId")),
        list_level=first(lambda one: whole_number(value_of(one, "pPr", "numPr", "ilvl"))),
        bold=first(lambda one: is_on(one.find(f"{W}rPr/{W}b"))),
        size=first(lambda one: whole_number(value_of(one, "rPr", "sz"))),
        vanished=first(lambda one: is_on(one.find(f"{W}rPr/{W}vanish"))),
        colour=first(lambda one: colour_of(one.find(f"{W}rPr/{W}color"), theme)),
        ground=first(lambda one: _ground(one, theme)),
    )


def _ground(style: Any, theme: Mapping[str, str]) -> str | None:
    """What a style lays under its letters; a table's style may lay another colour under each of its parts."""
    for part in ("rPr", "pPr"):
        if (own := ground_of(style.find(f"{W}{part}/{W}shd"), theme)) is not None:
            return own
    shades = (ground_of(shade, theme) for shade in style.iter(f"{W}shd"))
    return UNKNOWN if any(shade is not None and not look_alike(shade, PAPER) for shade in shades) else None


def value_of(element: Any, *path: str) -> str | None:
    """The `w:val` of the element at `path`, if there is one."""
    found = element.find("/".join(f"{W}{name}" for name in path))
    value = None if found is None else found.get(f"{W}val")
    return value if isinstance(value, str) else None


def whole_number(value: str | None) -> int | None:
    """The number written, if it is one of few digits."""
    return int(value) if value and value.isdecimal() and len(value) < 9 else None  # noqa: PLR2004 - no property is so large


def is_on(element: Any) -> bool | None:
    """Whether a property that is there is switched on; None where it is not there."""
    return None if element is None else element.get(f"{W}val") not in {"0", "false", "off"}


def is_strong(run: Any, around: Surroundings, styles: Styles) -> bool:
    """Whether a run is bold or in large letters."""
    own = is_on(run.find(f"{W}rPr/{W}b"))
    usual = styles.usual.size or _USUAL_SIZE
    size = whole_number(value_of(run, "rPr", "sz")) or around.style.size or usual
    return bool(around.style.bold if own is None else own) or size > _LARGER * usual


def is_unseen(run: Any, around: Surroundings, styles: Styles) -> bool:
    """Whether no reader sees a run: hidden, tiny, squeezed, without ink, or in the colour of what lies under it.

    On a colour that is not known any letters are seen.
    """
    character = styles.by_id.get(value_of(run, "rPr", "rStyle") or "", Style())
    vanished = is_on(run.find(f"{W}rPr/{W}vanish"))
    if vanished is None:
        vanished = around.style.vanished if character.vanished is None else character.vanished
    if vanished:
        return True
    size = whole_number(value_of(run, "rPr", "sz")) or character.size or around.style.size
    width = whole_number(value_of(run, "rPr", "w"))
    if (size is not None and size < _TINY) or (width is not None and width < _NARROW):
        return True
    if _is_inkless(run):
        return True
    own = colour_of(run.find(f"{W}rPr/{W}color"), styles.theme)
    shade = ground_of(run.find(f"{W}rPr/{W}shd"), styles.theme)
    marker = marker_of(value_of(run, "rPr", "highlight"))
    return look_alike(
        own or character.colour or around.style.colour,
        marker or shade or character.ground or around.ground or styles.page,
    )


def _is_inkless(run: Any) -> bool:
    """Whether a run's letters are filled with nothing, or with what can be seen through (Word's text effects)."""
    fill = run.find(f"{W}rPr/{_W14}textFill")
    if fill is None:
        return False
    alpha = whole_number(next((one.get(f"{_W14}val") for one in fill.iter(f"{_W14}alpha")), None))
    return fill.find(f"{_W14}noFill") is not None or (alpha or 0) > _CLEAR
