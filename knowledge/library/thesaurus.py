"""Concepts, and the words for them in each language: how a manager's words meet the guide's, and a school's papers.

The guide's are in `coverage/thesaurus.yaml`; those of papers, in `coverage/school_life.yaml`, serve search alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from knowledge.datafile import Fields, list_data, read_fields
from knowledge.library.stems import stem_each, stem_words

FIELD, SCHOOL_LIFE = "thesaurus.yaml", "school_life.yaml"
MOST_PHRASES = 60
COMPOUNDING = frozenset({"da", "de", "fi", "hu", "nl"})  # languages that write "strategy work" as one word
SHORTEST_PART = 5  # letters of a stem that may be looked for inside a compound
WORDS_REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """One language's phrases, as runs of stems, with the concepts they stand for.

    `lengths` are those of the runs of two and more that begin with a stem, the shortest first.
    """

    concepts: Mapping[tuple[str, ...], tuple[str, ...]]
    lengths: Mapping[str, tuple[int, ...]]


def find_concepts(text: str, language: str) -> list[str]:
    """The ids of the field's concepts that a text speaks of, once for each mention; none in a language not ours."""
    return _concepts_of(stem_words(text, language), language, (FIELD,))


def concepts_of(stems: Sequence[str], language: str) -> list[str]:
    """Those of the field and of school papers, of the stems of all words of a text."""
    return _concepts_of(stems, language, (FIELD, SCHOOL_LIFE))


def concepts_of_word(stem: str, language: str) -> tuple[str, ...]:
    """Those that a single stem names; in a language of compounds also those that begin or end it."""
    return _concepts_of_word(stem, language, (FIELD, SCHOOL_LIFE))


def _concepts_of(stems: Sequence[str], language: str, names: tuple[str, ...]) -> list[str]:
    thesaurus = load_thesaurus(language, names)
    found: list[str] = []
    for start, stem in enumerate(stems):
        found += _concepts_of_word(stem, language, names)
        for length in thesaurus.lengths.get(stem, ()):
            found += thesaurus.concepts.get(tuple(stems[start : start + length]), ())
    return found


@lru_cache(maxsize=WORDS_REMEMBERED)
def _concepts_of_word(stem: str, language: str, names: tuple[str, ...]) -> tuple[str, ...]:
    concepts = load_thesaurus(language, names).concepts
    if (stem,) in concepts or language not in COMPOUNDING:
        return concepts.get((stem,), ())
    lengths = range(SHORTEST_PART, len(stem) + 1)
    parts = {part for length in lengths for part in ((stem[:length],), (stem[-length:],)) if part in concepts}
    if len(parts) > 1:
        return _unique([concept for phrase, found in concepts.items() if phrase in parts for concept in found])
    return _unique([concept for part in parts for concept in concepts[part]])


@cache
def load_thesaurus(language: str, names: tuple[str, ...]) -> Thesaurus:
    """The phrases of one language in some of the data files.

    Raises:
        ValueError: if the data file is malformed; names the concept and the key.
    """
    named = [
        (phrase, identifier)
        for concept in (one for name in names for one in _concepts(name))
        for identifier in (concept.text("id"),)
        for phrase in concept.texts(language, least=0, most=MOST_PHRASES)
    ]
    phrases: dict[tuple[str, ...], tuple[str, ...]] = {}
    for stems, (_, identifier) in zip(stem_each([phrase for phrase, _ in named], language), named, strict=True):
        held = phrases.get(stems, ())
        phrases[stems] = held if identifier in held else (*held, identifier)
    lengths: dict[str, set[int]] = {}
    for run in phrases:
        if len(run) > 1:
            lengths.setdefault(run[0], set()).add(len(run))
    return Thesaurus(phrases, {stem: tuple(sorted(found)) for stem, found in lengths.items()})


@cache
def _concepts(name: str) -> tuple[Fields, ...]:
    fields = next(read_fields(file) for file in list_data("coverage") if file.name == name)
    return tuple(fields.each("concepts"))


def _unique(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
