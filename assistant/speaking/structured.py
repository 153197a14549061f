"""Answers in a form: the JSON schemas asked for, and what comes back read strictly."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assistant.speaking.request import Schema
from knowledge.faults import ModelUnusable

MOST_SENTENCES, MOST_WORDINGS, MOST_VERDICTS, MOST_CHARACTERS = 4, 3, 4, 600


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a model's: the place of the passage that it rests on, from 1, and that passage's own words."""

    text: str
    passage: int
    quotation: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Of which text something holds, by its place from 1, and the words of it that show it."""

    passage: int
    quotation: str


def verdicts_schema(passages: int) -> Schema:
    """The form of verdicts on as many texts."""
    place = {"type": "integer", "minimum": 1, "maximum": passages}
    verdict = _object(passage=place, quotation={"type": "string", "maxLength": MOST_CHARACTERS})
    return _object(verdicts={"type": "array", "items": verdict, "maxItems": MOST_VERDICTS})


def sentences_schema(passages: int) -> Schema:
    """The form of sentences that rest on as many passages."""
    text = {"type": "string", "maxLength": MOST_CHARACTERS}
    sentence = _object(text=text, passage={"type": "integer", "minimum": 1, "maximum": passages}, quotation=text)
    return _object(sentences={"type": "array", "items": sentence, "maxItems": MOST_SENTENCES})


def wordings_schema() -> Schema:
    """The form of a few wordings."""
    text = {"type": "string", "maxLength": MOST_CHARACTERS}
    return _object(wordings={"type": "array", "items": text, "minItems": 1, "maxItems": MOST_WORDINGS})


def read_sentences(answer: str, passages: int, who: str) -> tuple[Sentence, ...]:
    """The sentences of an answer; none where it says that nothing answers.

    Raises:
        ModelUnusable: where the answer is not of that form.
    """
    listed = _list_of(answer, "sentences", MOST_SENTENCES, who)
    return tuple(_sentence(one, passages, who) for one in listed)


def read_verdicts(answer: str, passages: int, who: str) -> tuple[Verdict, ...]:
    """The verdicts of an answer; a ModelUnusable where it is not of that form."""
    return tuple(_verdict(one, passages, who) for one in _list_of(answer, "verdicts", MOST_VERDICTS, who))


def read_wordings(answer: str, who: str) -> tuple[str, ...]:
    """The wordings of an answer; a ModelUnusable where it is not of that form."""
    listed = _list_of(answer, "wordings", MOST_WORDINGS, who)
    if not all(isinstance(one, str) and one.strip() for one in listed):
        raise _formless(who)
    return tuple(" ".join(one.split()) for one in listed)


def _list_of(answer: str, key: str, most: int, who: str) -> list[Any]:
    """The list at `key` of the one JSON object that an answer is; some models put a fence of Markdown around it."""
    text = answer.strip().removeprefix("```json").removeprefix("```").removesuffix("```").strip()
    try:
        values = json.loads(text)
    except (ValueError, RecursionError):
        raise _formless(who) from None
    if not isinstance(values, dict) or set(values) != {key} or not isinstance(values[key], list):
        raise _formless(who)
    if len(values[key]) > most:
        raise _formless(who)
    return list(values[key])


def _sentence(values: object, passages: int, who: str) -> Sentence:
    if not isinstance(values, Mapping) or set(values) != set(Sentence.__slots__):
        raise _formless(who)
    text, passage, quotation = values["text"], values["passage"], values["quotation"]
    if not isinstance(text, str) or not isinstance(quotation, str) or type(passage) is not int:
        raise _formless(who)
    if not 1 <= passage <= passages:
        raise _formless(who)
    return Sentence(" ".join(text.split()), passage, quotation.strip())


def _verdict(values: object, passages: int, who: str) -> Verdict:
    if not isinstance(values, Mapping) or set(values) != set(Verdict.__slots__):
        raise _formless(who)
    passage, quotation = values["passage"], values["quotation"]
    if type(passage) is not int or not 1 <= passage <= passages or not isinstance(quotation, str):
        raise _formless(who)
    return Verdict(passage, quotation.strip())


def _object(**properties: object) -> dict[str, object]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _formless(who: str) -> ModelUnusable:
    return ModelUnusable(who, "its answer is not in the form that was asked for", "Choose another model.")
