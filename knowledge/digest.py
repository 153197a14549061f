"""Askwhy's own digest of the guide, and where in a copy of the guide each entry of it stands.

The guide is GO INTERNATIONAL, how vocational schools plan their work abroad, © European Union,
2017 (reuse is authorised where the source is acknowledged). The digest says in our words what its sections 1 to 7 say;
`knowledge/guide/` holds one file for each section, and `headings.yaml` says how a copy is recognised.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import Literal, get_args

from knowledge.datafile import Fields, list_data, read_fields
from knowledge.document import Document, Span

EntryKind = Literal[
    "principle", "question", "consideration", "action_type", "indicator", "step", "definition", "figure"
]
ENTRY_KINDS: tuple[EntryKind, ...] = get_args(EntryKind)

_HEADINGS_FILE = "headings.yaml"
_COVER_CHARACTERS = 3000  # a cover and its imprint; a text that only names the guide may do so here too
_CONTENTS_CHARACTERS = 200  # two headings closer than this stand in a table of contents, not over their sections
_RECOGNISED_SHARE = 0.75  # of the headings: a copy may have lost a few in extraction
_MARKUP_TAG = re.compile(r"</?[A-Za-z][^<>\n]*>")


@dataclass(frozen=True, slots=True)
class Note:
    """What has changed since the guide of 2017: when (ISO date, as exact as known), what, and who says so."""

    date: str
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One idea of the guide in our words.

    `section` is the guide's number ("4.4"), `section_title` our plain name for it, `page` the printed page.
    `questions` are what a manager would ask to be given this entry; `anchors` are the few words of the guide by
    which its place in a copy is found (none where the guide says it in a figure alone); `note` is None where the
    guide still holds as it was written. A text that `leans` on its title ("It sets a course ...") is told after it.
    """

    id: str
    section: str
    section_title: str
    page: int
    kind: EntryKind
    title: str
    text: str
    questions: tuple[str, ...]
    anchors: tuple[str, ...]
    note: Note | None
    leans: bool


@dataclass(frozen=True, slots=True)
class Section:
    """One numbered section of a copy of the guide.

    `span` runs from its heading to the next numbered heading, so "4" is the chapter's own opening without 4.1;
    `title` is our plain name for it; `page` is the printed page on which it starts, whatever page of the file it is on.
    """

    number: str
    title: str
    span: Span
    page: int


@dataclass(frozen=True, slots=True)
class _Folded:
    """The letters and digits alone of a text, folded for comparison; `places[i]` is where `letters[i]` stands."""

    letters: str
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _SectionFile:
    number: str
    title: str
    page: int
    entries: tuple[Entry, ...]


@cache
def load_digest() -> tuple[Entry, ...]:
    """Every entry of the digest, by section (1, 2 … 4, 4.1 … 7), then in the order of its file.

    Raises:
        ValueError: if a data file is malformed (names the file and the key) or two entries share an id.
    """
    entries = tuple(entry for section in _section_files() for entry in section.entries)
    seen: set[str] = set()
    for entry in entries:
        if entry.id in seen:
            raise ValueError(f"{entry.section}: entries: {entry.id}: another entry has the same id")
        seen.add(entry.id)
    return entries


def recognises_guide(document: Document) -> bool:
    """Whether `document` is a copy of the guide itself, and not a text about it.

    Both must hold: the words of the cover stand near the start, and at least three in four of the numbered
    headings follow in order, each over some text.
    """
    headings = _headings()
    cover = _fold(document.shown_text[:_COVER_CHARACTERS]).letters
    if not all(_fold(words).letters in cover for words in headings.texts("cover", 1, 9)):
        return False
    return len(_heading_places(document.shown_text)) >= _RECOGNISED_SHARE * sum(1 for _ in headings.each("headings"))


def guide_sections(document: Document) -> tuple[Section, ...]:
    """The numbered sections 1 to 7 of a copy of the guide, in order, without overlap.

    The table of contents, the foreword, the final words and the sources lie outside every section. A section whose
    heading was lost is left out, and its text belongs to the one before. A document that is not the guide has none.
    """
    if not recognises_guide(document):
        return ()
    text = document.shown_text
    places = _heading_places(text)
    last = places[-1][1]
    after = re.compile(rf"^[ \t#*]*{_pattern(_headings().text('after'))}[ \t*]*$", re.IGNORECASE | re.MULTILINE)
    closing = after.search(text, last)
    ends = [start for _, start in places[1:]] + [closing.start() if closing else len(text)]
    places_and_ends = zip(places, ends, strict=True)
    spans = {number: _trimmed(text, Span(start, end)) for (number, start), end in places_and_ends}
    return tuple(
        Section(file.number, file.title, spans[file.number], file.page)
        for file in _section_files()
        if file.number in spans
    )


def entry_spans(entry: Entry, document: Document, sections: tuple[Section, ...]) -> tuple[Span, ...]:
    """Where the anchors of `entry` stand in its section of a copy of the guide.

    Case, white space, punctuation, line-end hyphens and Markdown marks make no difference.

    Args:
        entry: the entry whose place is sought.
        document: the copy of the guide.
        sections: its sections, as `guide_sections` gave them.

    Returns:
        One span into `document.text` for each anchor that was found, in the order of the anchors.
    """
    spans: list[Span] = []
    for section in sections:
        if section.number == entry.section:
            folded = _fold(document.quote(section.span))
            found = (_find(folded, document.quote(section.span), anchor) for anchor in entry.anchors)
            spans.extend(span.shifted(section.span.start) for span in found if span is not None)
    return tuple(spans)


def _trimmed(text: str, span: Span) -> Span:
    """The span without the white space and heading marks at its end."""
    return Span(span.start, span.start + len(text[span.start : span.end].rstrip(" \t\r\n#*")))


def _find(folded: _Folded, text: str, anchor: str) -> Span | None:
    """The first place where the words of `anchor` stand as whole words in `text`, of which `folded` is the folding.

    A digit may follow the last word at once: a footnote's number often does in a copy.
    """
    sought = _fold(anchor).letters
    at = folded.letters.find(sought)
    while at >= 0:
        start, end = folded.places[at], folded.places[at + len(sought) - 1] + 1
        if not text[start - 1 : start].isalnum() and not text[end : end + 1].isalpha():
            return Span(start, end)
        at = folded.letters.find(sought, at + 1)
    return None


@lru_cache(maxsize=64)
def _fold(text: str) -> _Folded:
    """Compatibility forms (ligatures, full-width letters) resolved, case folded, all but letters and digits dropped."""
    without_tags = _MARKUP_TAG.sub(lambda tag: " " * len(tag.group()), text)
    folded = list(map(_fold_character, without_tags))
    return _Folded("".join(folded), tuple(place for place, letters in enumerate(folded) for _ in letters))


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKC", character).casefold() if letter.isalnum())


@lru_cache(maxsize=4)
def _heading_places(text: str) -> tuple[tuple[str, int], ...]:
    """The number and start of each section heading of the guide found in `text`, in the guide's order.

    A line counts that starts with the number and the heading's opening words. In a table of contents such lines
    follow each other closely, so a line is passed over when the next one comes at once.
    """
    found = sorted(
        (match.start(1), heading.text("id"))
        for heading in _headings().each("headings")
        for match in _heading_pattern(heading).finditer(text)
    )
    last = (len(text) + _CONTENTS_CHARACTERS, "")
    over_text = [
        (number, start)
        for (start, number), (following, _) in pairwise([*found, last])
        if following - start > _CONTENTS_CHARACTERS
    ]
    places: list[tuple[str, int]] = []
    for heading in _headings().each("headings"):
        number = heading.text("id")
        previous = places[-1][1] if places else -1
        start = next((start for name, start in over_text if name == number and start > previous), None)
        if start is not None:
            places.append((number, start))
    return tuple(places)


def _heading_pattern(heading: Fields) -> re.Pattern[str]:
    number = re.escape(heading.text("id"))
    lead = r"^(?:[ \t#*>_]|<[^<>\n]{0,80}>){0,20}"
    between = r"\.?(?:[\s*_]|<[^<>\n]{0,80}>){1,20}"
    return re.compile(rf"{lead}({number}){between}{_pattern(heading.text('opens'))}\b", re.IGNORECASE | re.MULTILINE)


def _pattern(words: str) -> str:
    """A pattern for these words with any white space, quotation marks or emphasis between them."""
    return r"[\W_]{1,20}".join(re.findall(r"\w+", words))


@cache
def _headings() -> Fields:
    return next(read_fields(file) for file in list_data("guide") if file.name == _HEADINGS_FILE)


@cache
def _section_files() -> tuple[_SectionFile, ...]:
    sections = [_section(read_fields(file)) for file in list_data("guide") if file.name != _HEADINGS_FILE]
    numbers = [heading.text("id") for heading in _headings().each("headings")]
    if sorted(section.number for section in sections) != sorted(numbers):
        raise ValueError(f"{_HEADINGS_FILE}: headings: must be those of the section files, each of them once")
    return tuple(sorted(sections, key=lambda section: numbers.index(section.number)))


def _section(fields: Fields) -> _SectionFile:
    fields.allow("section", "title", "page", "entries")
    number = fields.text("section")
    if not re.fullmatch(r"[1-9](\.[1-9])?", number):
        raise fields.fault("section", f"{number!r} is not a section number such as 4.4")
    title = fields.text("title")
    entries = tuple(_entry(entry, number, title) for entry in fields.each("entries"))
    return _SectionFile(number, title, fields.number("page"), entries)


def _entry(fields: Fields, section: str, section_title: str) -> Entry:
    fields.allow("id", "page", "kind", "title", "leans", "text", "questions", "anchors", "note")
    fields.choice("kind", ENTRY_KINDS)
    kind = next(kind for kind in ENTRY_KINDS if kind == fields.text("kind"))
    return Entry(
        id=fields.text("id"),
        section=section,
        section_title=section_title,
        page=fields.number("page"),
        kind=kind,
        title=fields.text("title"),
        text=fields.text("text"),
        questions=fields.texts("questions", 2, 5),
        anchors=fields.texts("anchors", 0, 2),
        note=_note(fields.inner("note")) if fields.has("note") else None,
        leans=fields.flag("leans"),
    )


def _note(fields: Fields) -> Note:
    fields.allow("date", "text", "source")
    return Note(fields.text("date"), fields.text("text"), fields.text("source"))
