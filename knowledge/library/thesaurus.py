"""The field's concepts, and the words for them in each language: how a manager's words meet the guide's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from knowledge.datafile import Fields, list_data, read_fields
from knowledge.library.stems import stem_words

FILE = "thesaurus.yaml"
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
    """The ids of the concepts a text speaks of, once for each mention, in order; none in a language we do not have."""
    return concepts_of(stem_words(text, language), language)


def concepts_of(stems: Sequence[str], language: str) -> list[str]:
    """The same, of the stems of all words of a text."""
    thesaurus = load_thesaurus(language)
    found: list[str] = []
    for start, stem in enumerate(stems):
        found += concepts_of_word(stem, language)
        for length in thesaurus.lengths.get(stem, ()):
            found += thesaurus.concepts.get(tuple(stems[start : start + length]), ())
    return found


@lru_cache(maxsize=WORDS_REMEMBERED)
def concepts_of_word(stem: str, language: str) -> tuple[str, ...]:
    """The concepts that a single stem names; in a language of compounds also those that begin or end it."""
    concepts = load_thesaurus(language).concepts
    if (stem,) in concepts or language not in COMPOUNDING:
        return concepts.get((stem,), ())
    lengths = range(SHORTEST_PART, len(stem) + 1)
    parts = {part for length in lengths for part in ((stem[:length],), (stem[-length:],)) if part in concepts}
    if len(parts) > 1:
        return _unique([concept for phrase, found in concepts.items() if phrase in parts for concept in found])
    return _unique([concept for part in parts for concept in concepts[part]])


@cache
def load_thesaurus(language: str) -> Thesaurus:
    """The phrases of one language.

    Raises:
        ValueError: if the data file is malformed; names the concept and the key.
    """
    phrases: dict[tuple[str, ...], tuple[str, ...]] = {}
    for concept in _concepts():
        for phrase in concept.texts(language, least=0, most=MOST_PHRASES):
            stems = tuple(stem_words(phrase, language))
            phrases[stems] = _unique([*phrases.get(stems, ()), concept.text("id")])
    lengths: dict[str, set[int]] = {}
    for run in phrases:
        if len(run) > 1:
            lengths.setdefault(run[0], set()).add(len(run))
    return Thesaurus(phrases, {stem: tuple(sorted(found)) for stem, found in lengths.items()})


@cache
def _concepts() -> tuple[Fields, ...]:
    fields = next(read_fields(file) for file in list_data("coverage") if file.name == FILE)
    return tuple(fields.each("concepts"))


def _unique(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
