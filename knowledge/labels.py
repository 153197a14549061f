"""What a line or a table's column says ahead that it is: a part of the goal beside it ("Deadline: June 2029")."""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

from knowledge.datafile import read_fields
from knowledge.lexicon import DEFAULT_LANGUAGE, LANGUAGES, compile_cues

Label = Literal["beneficiary", "need", "amount", "baseline", "time", "owner", "means", "indicator", "other"]
LABELS: tuple[Label, ...] = get_args(Label)
_MOST = 60


@cache
def load_labels(language: str) -> Mapping[Label, re.Pattern[str]]:
    """The words that name each part in `language` (knowledge/languages/labels.yaml); English for a code without any.

    Raises:
        ValueError: if the file has not the form it must have; the message names the file and the key.
    """
    data = read_fields(files("knowledge") / "languages" / "labels.yaml")
    data.allow(*LANGUAGES)
    words = data.inner(language if language in LANGUAGES else DEFAULT_LANGUAGE)
    words.allow(*LABELS)
    return {label: compile_cues(words.texts(label, 1, _MOST)) for label in LABELS}


def read_line_label(words: str, language: str) -> Label | None:
    """What is named by the words ahead of a colon, by how they begin; None where they name nothing known."""
    return _first({label: pattern.match(words) for label, pattern in load_labels(language).items()})


def read_column_label(words: str, language: str) -> Label | None:
    """What is named by the name of a column, wherever in it; None where it names nothing known."""
    return _first({label: pattern.search(words) for label, pattern in load_labels(language).items()})


def _first(found: Mapping[Label, re.Match[str] | None]) -> Label | None:
    """The label that begins first; of two that begin together the longer."""
    places = [(one.start(), -one.end(), label) for label, one in found.items() if one is not None]
    return min(places)[2] if places else None
