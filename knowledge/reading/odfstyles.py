"""The styles of an OpenDocument file: what is bold, what no reader sees, and the signs before list items."""

from dataclasses import dataclass
from typing import Any

from knowledge.reading.numbering import write_number

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
SHOW = "{urn:oasis:names:tc:opendocument:xmlns:presentation:1.0}"
_FORMAT = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"

_UNCOLOURED = frozenset({None, "transparent", "#ffffff", "#FFFFFF"})
_TINY = 3.0  # points
_LARGER = 1.15  # times the size of body text and a line counts as set in large letters
_USUAL_SIZE = 12.0  # points, where the file names none
_NUMBERS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "": "none"}
_LONGEST = 40  # characters of a sign
_DEEPEST = 20  # styles based on one another that are followed


@dataclass(frozen=True, slots=True)
class Style:
    """A style with what it takes over; None where neither it nor what it is based on says anything."""

    bold: bool | None = None
    size: float | None = None
    colour: str | None = None
    hidden: bool = False
    coloured: bool = False
    collapsed: bool = False
    list_name: str | None = None
    title: str = ""

    def over(self, other: "Style") -> "Style":
        """This style on top of another, as a span's on its paragraph's."""
        return Style(
            self.bold if self.bold is not None else other.bold,
            self.size or other.size,
            self.colour or other.colour,
            self.hidden or other.hidden,
            self.coloured or other.coloured,
            self.collapsed,
            self.list_name or other.list_name,
            self.title or other.title,
        )

    @property
    def strong(self) -> bool:
        """Whether what it shows is bold or in large letters."""
        return bool(self.bold) or (self.size or 0.0) > _LARGER * _USUAL_SIZE

    @property
    def unseen(self) -> bool:
        """Whether no reader sees what it shows: hidden, tiny, or white with no colour behind it."""
        white = self.colour is not None and self.colour.lower() == "#ffffff" and not self.coloured
        return self.hidden or white or (self.size is not None and self.size < _TINY)


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a file by family and name, and its kinds of list by name and level from 1."""

    by_name: dict[tuple[str, str], Style]
    lists: dict[str, dict[int, Any]]
    outline: dict[int, Any]
    coloured_page: bool

    def find(self, family: str, name: str | None) -> Style:
        """The style of this family and name; one that says nothing where there is none."""
        return self.by_name.get((family, name or ""), Style(coloured=self.coloured_page))

    def sign(self, name: str | None, level: int, counts: list[int]) -> str:
        """The sign before an item: "2.1", "b)", "•" for any bullet; "" where the list shows none.

        `counts` holds the number reached at each level, the outermost first.
        """
        return _sign(self.lists.get(name or "", {}), level, counts)

    def heading_sign(self, level: int, counts: list[int]) -> str:
        """The number before a heading, where headings are numbered."""
        return _sign(self.outline, level, counts)


def _sign(levels: dict[int, Any], level: int, counts: list[int]) -> str:
    shown = levels.get(level)
    if shown is None:
        return ""
    if "number" not in shown.tag and not shown.tag.endswith("outline-level-style"):
        return "•"
    parts = min(int(shown.get(f"{TEXT}display-levels", "1") or 1), level, 10)
    numbers = [
        write_number(count, _NUMBERS.get(_number_format(levels, depth), "decimal"))
        for depth, count in enumerate(counts[:level], start=1)
    ][-parts:]
    if not numbers or not numbers[-1]:
        return ""
    before, after = shown.get(f"{STYLE}num-prefix", ""), shown.get(f"{STYLE}num-suffix", "")
    return f"{before}{'.'.join(number for number in numbers if number)}{after}".strip()[:_LONGEST]


def _number_format(levels: dict[int, Any], depth: int) -> str:
    found = levels.get(depth)
    return str(found.get(f"{STYLE}num-format", "")) if found is not None else ""


def read_styles(*roots: Any) -> Styles:
    """The styles in the parts of a file, those of later parts over those of earlier ones."""
    raw: dict[tuple[str, str], Any] = {}
    lists: dict[str, dict[int, Any]] = {}
    outline: dict[int, Any] = {}
    coloured = False
    for root in roots:
        for one in root.iter(f"{STYLE}style"):
            raw[one.get(f"{STYLE}family", ""), one.get(f"{STYLE}name", "")] = one
        for one in root.iter(f"{TEXT}list-style"):
            lists[one.get(f"{STYLE}name", "")] = _by_level(one)
        for one in root.iter(f"{TEXT}outline-style"):
            outline = _by_level(one)
        for one in root.iter(f"{STYLE}page-layout-properties", f"{STYLE}drawing-page-properties"):
            fill = one.get(f"{DRAW}fill")
            coloured = (
                coloured or one.get(f"{_FORMAT}background-color") not in _UNCOLOURED or fill not in {None, "none"}
            )
    by_name = {key: _resolve(key, raw, coloured=coloured) for key in raw}
    return Styles(by_name, lists, outline, coloured)


def _by_level(parent: Any) -> dict[int, Any]:
    return {int(one.get(f"{TEXT}level")): one for one in parent if one.get(f"{TEXT}level", "").isdecimal()}


def _resolve(key: tuple[str, str], raw: dict[tuple[str, str], Any], *, coloured: bool) -> Style:
    found = Style(coloured=coloured)
    family, name = key
    for _ in range(_DEEPEST):
        element = raw.get((family, name))
        if element is None:
            break
        found = found.over(_own(element))
        name = element.get(f"{STYLE}parent-style-name", "")
    own = _own(raw[key])
    return Style(
        found.bold, found.size, found.colour, found.hidden, found.coloured, own.collapsed, found.list_name, found.title
    )


def _own(element: Any) -> Style:
    """What a style says itself."""
    text = element.find(f"{STYLE}text-properties")
    weight = text.get(f"{_FORMAT}font-weight") if text is not None else None
    size = text.get(f"{_FORMAT}font-size", "") if text is not None else ""
    grounds = [part.get(f"{_FORMAT}background-color") for part in element]
    filled = any(part.get(f"{DRAW}fill") not in {None, "none"} for part in element)
    tables = element.find(f"{STYLE}table-properties")
    slides = element.find(f"{STYLE}drawing-page-properties")
    return Style(
        bold=None if weight is None else weight in {"bold", "600", "700", "800", "900"},
        size=float(size[:-2]) if size.endswith("pt") and size[:-2].replace(".", "", 1).isdecimal() else None,
        colour=text.get(f"{_FORMAT}color") if text is not None else None,
        hidden=text is not None and text.get(f"{TEXT}display") == "none",
        coloured=filled or any(ground not in _UNCOLOURED for ground in grounds),
        collapsed=(tables is not None and tables.get(f"{TABLE}display") == "false")
        or (slides is not None and slides.get(f"{SHOW}visibility") == "hidden"),
        list_name=element.get(f"{STYLE}list-style-name"),
        title=element.get(f"{STYLE}display-name") or element.get(f"{STYLE}name", ""),
    )
