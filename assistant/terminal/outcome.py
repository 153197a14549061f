"""What a command has to say, and what the commands share: the library opened, a document read."""

import sys
from argparse import Namespace
from collections.abc import Callable
from dataclasses import dataclass
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.schema import JsonObject
from assistant.settings import Settings
from assistant.terminal.jsonlines import Line
from assistant.terminal.progress import telling
from knowledge.faults import BadInput, LockedFile

if TYPE_CHECKING:
    from knowledge.document import Document
    from knowledge.library.holdings import Library


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command has to say.

    `record` is the contract's object; `text` gives the same for reading, and is asked for only then; `warnings` are
    for standard error; `failed` says that nothing came of it, so that the exit code is 1.
    """

    record: JsonObject
    text: Callable[[], str | bytes]
    warnings: tuple[str, ...] = ()
    failed: bool = False


Answer = Callable[[Line], Outcome]


def open_library(settings: Settings) -> "Library":
    """The library in the data folder of the settings."""
    from knowledge.library.holdings import Library
    from knowledge.library.reranking import open_reranker

    reranker = open_reranker(settings.reranker)
    return Library(
        settings.data, settings.embeddings, chroma=settings.chroma, limits=settings.limits, reranker=reranker
    )


def read_document(path: str, options: Namespace, settings: Settings) -> "Document":
    """The document at `path`; its password is asked for where there is someone to ask."""
    from knowledge.reading.isolation import read_apart

    def read(password: str | None) -> "Document":
        progress = telling(f"pages of {Path(path).name} read")
        return read_apart(Path(path), password=password, limits=settings.limits, progress=progress)

    try:
        return read(options.password)
    except LockedFile:
        if options.password is not None or options.batch is not None or not sys.stdin.isatty():
            raise
    return read(getpass(f"Password of {path}: "))


def tell_text(document: "Document") -> Outcome:
    """A document's whole text."""
    from assistant.schema import text_json

    return Outcome(text_json(document), lambda: document.text, document.warnings)


def read_whole(path: str) -> bytes:
    """What is in a file that the user named."""
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise BadInput(path, f"it cannot be opened ({error.strerror})", "Check its name and place.") from error
