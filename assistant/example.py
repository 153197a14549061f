"""The example that ships: an invented strategy of an invented college, with the faults that strategies often have."""

from dataclasses import replace
from importlib.resources import files

from knowledge.document import Document
from knowledge.reading.files import read_bytes

FILE = "harrowmere-strategy.md"
NAME = "Harrowmere Vocational College (an invented example)"


def read_example() -> Document:
    """The example, read from the package as any other file would be."""
    return replace(read_bytes((files("knowledge") / "example" / FILE).read_bytes(), FILE), name=NAME)
