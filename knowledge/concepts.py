"""What goals and indicators speak of, found by the words that each language has for it.

`knowledge/indicators/concepts.yaml` holds the concepts that all families share; a family's own file may add some.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast, get_args

from knowledge.datafile import Fields, list_data, read_fields

ConceptKind = Literal["who", "topic", "change", "measure"]
CONCEPT_KINDS: tuple[ConceptKind, ...] = get_args(ConceptKind)
LANGUAGES = ("en", "fi", "da", "nl", "de", "hu", "fr", "es", "it")

FOLDER = "indicators"
CONCEPTS_FILE = "concepts.yaml"
_MOST_CUES = 60


@dataclass(frozen=True, slots=True)
class Concept:
    """A group of people, a subject, a kind of change, or a way of measuring.

    `cues` gives for each language its words; a star stands for any letters before or after.
    """

    id: str
    kind: ConceptKind
    cues: Mapping[str, tuple[str, ...]]


@cache
def load_concepts() -> Mapping[str, Concept]:
    """All concepts by id, the shared ones first and then each family's own.

    Raises:
        ValueError: naming the file and key, where a file is malformed or an id stands twice.
    """
    found: dict[str, Concept] = {}
    for file in list_data(FOLDER):
        fields = read_fields(file)
        if not fields.has("concepts"):
            continue
        for one in fields.each("concepts"):
            concept = _concept(one)
            if concept.id in found:
                raise one.fault("id", f"{concept.id} stands twice")
            found[concept.id] = concept
    return found


def find_concepts(text: str, language: str | None = None) -> frozenset[str]:
    """The ids of the concepts that `text` names, by the cues of `language`, or of all languages where it is unknown."""
    languages = (language,) if language is not None and language in LANGUAGES else LANGUAGES
    folded = text.casefold()
    return frozenset(concept for one in languages for concept, pattern in _patterns(one) if pattern.search(folded))


@cache
def _patterns(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((concept.id, _pattern(concept.cues[language])) for concept in load_concepts().values())


def _pattern(cues: Iterable[str]) -> re.Pattern[str]:
    words = ("".join(r"\w*" if part == "*" else re.escape(part) for part in re.split(r"(\*)", cue)) for cue in cues)
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)")


def _concept(fields: Fields) -> Concept:
    fields.allow("id", "kind", "cues")
    cues = fields.inner("cues")
    cues.allow(*LANGUAGES)
    return Concept(
        id=fields.text("id"),
        kind=cast("ConceptKind", fields.choice("kind", CONCEPT_KINDS)),
        cues={one: tuple(cue.casefold() for cue in cues.texts(one, 1, _MOST_CUES)) for one in LANGUAGES},
    )
