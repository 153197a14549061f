"""What is told of a file that was to be added, and of each document a workspace has."""

from dataclasses import dataclass
from typing import Literal

Status = Literal["added", "unchanged", "replaced", "failed"]


@dataclass(frozen=True, slots=True)
class AddedDocument:
    """What became of a file that was to be added; `message` is for the reader, "" where there is nothing to say."""

    id: str
    name: str
    pages: int
    passages: int
    status: Status
    message: str


@dataclass(frozen=True, slots=True)
class ListedDocument:
    """A document of a workspace; `complete` once it is found by meaning too, not by its words alone."""

    id: str
    name: str
    pages: int
    passages: int
    language: str
    complete: bool = True
