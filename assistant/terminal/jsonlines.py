"""Many questions from one file: a JSON object a line in, a JSON object a line out, in the same order, as they come."""

import json
import os
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from math import isfinite

from assistant.schema import VERSION, JsonObject
from knowledge.faults import AskwhyError, BadInput

Line = Mapping[str, object]
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def answer_lines(lines: Iterable[bytes], answer: Callable[[Line], JsonObject]) -> Iterator[JsonObject]:
    """One object for each of `lines` (UTF-8, one JSON object each), given as soon as it is ready.

    Each answer carries its line's `id`. A line that cannot be read or answered gives `{"error": …}` in its place, an
    empty one too; empty lines after the last object give nothing.
    """
    empty = 0
    for raw in lines:
        if not raw.removeprefix(BYTE_ORDER_MARK).strip():
            empty += 1
            continue
        yield from (_error("an empty line", {}) for _ in range(empty))
        empty = 0
        yield _answer_line(raw.removeprefix(BYTE_ORDER_MARK), answer)


def text_of(line: Line, key: str) -> str:
    """The text under `key`, each letter and its accent one sign (Unicode's NFC).

    Raises:
        BadInput: it is missing, is no text, or holds half characters that no file could keep.
    """
    return _checked(line.get(key), key)


def path_of(line: Line, key: str) -> str:
    """The path under `key`; a file's name may hold bytes that are no letters.

    Raises:
        BadInput: it is missing, is no text, or can be no file's name.
    """
    given = line.get(key)
    if not isinstance(given, str):
        return _checked(given, key)
    try:
        os.fsencode(given)
    except UnicodeEncodeError:
        return _checked(given, key)
    return given


def texts_of(line: Line, key: str) -> tuple[str, ...]:
    """The list of texts under `key`, as `text_of` gives each.

    Raises:
        BadInput: it is missing, is no list, or something in it is no text.
    """
    given = line.get(key)
    if not isinstance(given, (list, tuple)):
        raise BadInput(key, "a list of texts must stand here", f'Write "{key}": ["…"].')
    return tuple(_checked(one, key) for one in given)


def _answer_line(raw: bytes, answer: Callable[[Line], JsonObject]) -> JsonObject:
    """The answer to one line, or what is wrong with it."""
    try:
        line = json.loads(raw, parse_constant=_refuse, parse_float=_read_number)
    except (ValueError, RecursionError):
        return _error("this line is not a JSON object in UTF-8", {})
    if not isinstance(line, dict):
        return _error("this line is not a JSON object", {})
    try:
        return _identified(answer(line), line)
    except AskwhyError as fault:
        return _error(str(fault), line)


def _refuse(constant: str) -> float:
    """Python reads, and would write, numbers that JSON does not have."""
    raise ValueError(constant)


def _read_number(digits: str) -> float:
    number = float(digits)
    return number if isfinite(number) else _refuse(digits)


def _checked(given: object, key: str) -> str:
    if not isinstance(given, str):
        raise BadInput(key, "a text must stand here", f'Write "{key}": "…".')
    if any("\ud800" <= character <= "\udfff" for character in given):
        raise BadInput(key, "half of a character stands here", "Write the text anew in UTF-8.")
    # Letters with their accents beside them, as macOS writes them, are read by no list of words.
    return unicodedata.normalize("NFC", given)


def _error(message: str, line: Line) -> JsonObject:
    return _identified({"schema": VERSION, "error": message}, line)


def _identified(record: JsonObject, line: Line) -> JsonObject:
    return {**record, "id": line["id"]} if "id" in line else record
