"""A document as a library keeps it."""

from dataclasses import dataclass

from knowledge.document import Document


@dataclass(frozen=True, slots=True)
class Record:
    """A document as it is kept, with its id and how many passages it was cut into."""

    id: str
    document: Document
    passages: int
