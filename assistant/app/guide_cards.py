"""What the guide says at a place, in our digest's words, folded under its section and page."""

import re
from functools import cache
from html import escape

from assistant.domain import GuideRef
from knowledge.digest import Entry, load_digest

SHOWN = 2
_WORD = re.compile(r"[^\W\d_]{4,}")


@cache
def guide_html(section: str, page: int, about: str = "", label: str = "") -> str:
    """A line naming the guide's section and page, which opens to what the digest says there.

    Args:
        section: the guide's section.
        page: its printed page.
        about: words (a remark, an indicator's name) whose nearest entries of the section are shown.
        label: the line itself, where it is to be in another language than English.
    """
    entries = _entries(section, page, about)
    title = entries[0].section_title if entries else ""
    told = "".join(_entry_html(entry) for entry in entries[:SHOWN])
    return (
        f'<details class="aw-guide"><summary>{escape(label or f"Guide {section}, page {page}")}</summary>'
        f"<div><h5>{escape(title)}</h5>{told}</div></details>"
    )


def reference_html(reference: GuideRef | None, about: str, label: str = "") -> str:
    """The same for a reference; "" where there is none."""
    return guide_html(reference.section, reference.page, about, label) if reference else ""


def _entries(section: str, page: int, about: str) -> tuple[Entry, ...]:
    """The section's entries: those with most words in common with `about` first, and of equals those of the page."""
    words = _words(about)

    def distance(entry: Entry) -> tuple[int, bool]:
        shared = words & _words(" ".join((entry.title, entry.text, *entry.questions)))
        return -len(shared), entry.page != page

    return tuple(sorted((entry for entry in load_digest() if entry.section == section), key=distance))


def _words(text: str) -> set[str]:
    return {word.lower() for word in _WORD.findall(text)}


def _entry_html(entry: Entry) -> str:
    note = entry.note
    since = f"Since then ({escape(note.date)}): {escape(note.text)} Source: {escape(note.source)}" if note else ""
    told = f"<p><b>{escape(entry.title)}.</b> {escape(entry.text)}</p>"
    return f'{told}<p class="aw-small">{since}</p>' if since else told
