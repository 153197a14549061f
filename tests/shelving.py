"""What the tests of the library put on its shelves, and how they look."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.library.holdings import Library

ALLOWANCE = "# Travel rules\n\nStaff receive a daily allowance of 42 euros when they travel for Birch Hill College.\n"
PARKING = "# Parking\n\nBicycles are parked behind the boiler house, cars in front of the gymnasium.\n"


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def names_found(library: Library, question: str, workspace: str = "default") -> set[str]:
    hits = library.search(question, 5, workspace).hits
    return {hit.place.document.name for hit in hits if hit.place.section is None}


def vectors(library: Library) -> dict[str, NDArray[np.float32]]:
    return library._index.vectors(library._meaning.collection("default"))
