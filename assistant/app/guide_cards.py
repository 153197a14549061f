"""What the guide says at a place, in our digest's words, folded under its section and page."""

import re
from dataclasses import dataclass
from functools import cache
from html import escape

from assistant.domain import GuideRef
from knowledge.digest import Entry, load_digest
from knowledge.lexicon import DEFAULT_LANGUAGE
from knowledge.phrasebook import Phrasebook, load_phrases
from knowledge.translations import load_translations

SHOWN = 2
_WORD = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True, slots=True)
class _Said:
    """An entry of the digest as one language says it."""

    entry: Entry
    title: str
    text: str
    questions: tuple[str, ...]


@cache
def guide_html(section: str, page: int, about: str, language: str) -> str:
    """A line naming the guide's section and page, which opens to what the digest says there.

    Args:
        section: the guide's section.
        page: its printed page.
        about: words (a remark, an indicator's name) whose nearest entries of the section are shown.
        language: of the line, and of what is shown where the digest speaks it; else English.
    """
    entries = _entries(section, page, about, language)
    title = f"<h5>{escape(entries[0].entry.section_title)}</h5>" if entries and language == DEFAULT_LANGUAGE else ""
    told = "".join(_entry_html(one, language) for one in entries[:SHOWN])
    label = load_phrases(language).say("frame", "guide", section=section, page=page)
    label = label[:1].upper() + label[1:]
    return f'<details class="aw-guide"><summary>{escape(label)}</summary><div>{title}{told}</div></details>'


def reference_html(reference: GuideRef | None, about: str, phrases: Phrasebook) -> str:
    """The same for a reference, in the language of `phrases`; "" where there is none."""
    return guide_html(reference.section, reference.page, about, phrases.code) if reference else ""


def _entries(section: str, page: int, about: str, language: str) -> tuple[_Said, ...]:
    """The section's entries: those with most words in common with `about` first, and of equals those of the page."""
    words = _words(about)

    def distance(one: _Said) -> tuple[int, bool]:
        shared = words & _words(" ".join((one.title, one.text, *one.questions)))
        return -len(shared), one.entry.page != page

    return tuple(sorted((_say(entry, language) for entry in load_digest() if entry.section == section), key=distance))


def _say(entry: Entry, language: str) -> _Said:
    said = load_translations(language).get(entry.id, entry)
    return _Said(entry, said.title, said.text, said.questions)


def _words(text: str) -> set[str]:
    return {word.lower() for word in _WORD.findall(text)}


def _entry_html(one: _Said, language: str) -> str:
    told = f"<p><b>{escape(one.title)}.</b> {escape(one.text)}</p>"
    note = one.entry.note
    if note is None:
        return told
    since = load_phrases(language).say("page", "since_then", date=note.date, text=note.text, source=note.source)
    return f'{told}<p class="aw-small">{escape(since)}</p>'
