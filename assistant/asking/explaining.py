"""What the talk says about itself: why it asks, what a need is, an example, a goal against an activity.

A sentence of ours, then what the digest of the guide says of it, in the language of the talk, cited.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from assistant.asking.conversation import Source
from knowledge.digest import Entry, load_digest
from knowledge.heard import Topic, load_heard
from knowledge.lexicon import load_lexicon
from knowledge.library.shelf import Place, digest_places
from knowledge.phrasebook import load_phrases
from knowledge.translations import load_translations

# The entries of the digest that each rests on.
_ENTRIES: Mapping[Topic, tuple[str, ...]] = {
    "why": ("goals-why-test",),
    "need": ("goals-why-example-first",),
    "example": ("goals-why-example-first", "goals-why-example-better"),
    "difference": ("goals-definition", "actions-definition"),
}
# Questions of the voice that begin with what was made of the last answer.
_ACKNOWLEDGING = re.compile(r"(?:means_or_activity|circular|mandate_or_funding|unsure)_\d|ask_how_(?:else|more)")
_SENTENCE_END = re.compile(r"(?<=[.!])\s+")
_HOLE = re.compile(r"\\{\w+\\}")


def explain(topics: Sequence[Topic], language: str) -> tuple[str, tuple[Source, ...]]:
    """What is answered to a question about the talk itself, and the entries of the digest that it rests on."""
    says = load_heard(language).says
    told = list[str]()
    for topic in topics:
        entries = (_tell(_find_entry(name)[0], language) for name in _ENTRIES[topic])
        told += [*([says[topic]] if topic in says else []), *entries]
    sources = (_cite(*_find_entry(name)) for topic in topics for name in _ENTRIES[topic])
    return " ".join(dict.fromkeys(told)), tuple(dict.fromkeys(sources))


def ask_bare(question: str, language: str) -> str:
    """A question as it is asked again: without what was said in it about the answer before."""
    for form in _acknowledging(language):
        found = form.fullmatch(question)
        if found:
            return found["bare"]
    return question


def _tell(entry: Entry, language: str) -> str:
    """An entry in a language, English where it is not translated, with the guide's section and page."""
    spoken = load_translations(language).get(entry.id, entry)
    text = f"{spoken.title}. {spoken.text}" if entry.leans else spoken.text
    place = load_phrases(language).say("frame", "guide", section=entry.section, page=entry.page)
    return f"{text} ({place})"


def _cite(entry: Entry, place: Place) -> Source:
    span = place.passage.span
    return Source(place.document_id, place.title, entry.section, entry.page, place.document.quote(span), span)


@cache
def _find_entry(name: str) -> tuple[Entry, Place]:
    return next((entry, place) for entry, place in zip(load_digest(), digest_places(), strict=True) if entry.id == name)


@cache
def _acknowledging(language: str) -> tuple[re.Pattern[str], ...]:
    """The questions that acknowledge something first, each as a pattern with what is asked as "bare"."""
    voice = load_lexicon(language).voice
    named = (phrase for name, phrase in voice.items() if _ACKNOWLEDGING.fullmatch(name))
    parted = (_SENTENCE_END.split(phrase, maxsplit=1) for phrase in named)
    return tuple(_pattern(*parts) for parts in parted if len(parts) > 1)


def _pattern(lead: str, bare: str) -> re.Pattern[str]:
    said, asked = (_HOLE.sub(".+", re.escape(part)) for part in (lead, bare))
    return re.compile(rf"{said}\s+(?P<bare>{asked})", re.DOTALL)
