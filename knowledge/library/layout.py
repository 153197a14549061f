"""Where things stand on a shelf, as arrays: a question then costs a few steps over all places, not some for each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from knowledge.digest import load_digest

if TYPE_CHECKING:
    from knowledge.library.shelf import Place

Numbers = NDArray[np.float64]
Places = NDArray[np.int_]


@dataclass(frozen=True, slots=True)
class Layout:
    """The places of a shelf by what they are, each by its number on it.

    `bearing` and `entries` go together: a place, and an entry of the digest that it bears out. `asks` says of each
    place which share of its entries only put a question to the reader. `keyed` are the places of each vector's key;
    `languages` and `texts` the language and the words of each key.
    """

    bearing: Places
    entries: Places
    asks: Numbers
    keyed: Mapping[str, Places]
    languages: Mapping[str, str]
    texts: Mapping[str, str]

    def over_places(self, by_entry: Numbers) -> Numbers:
        """For each place the best number of its entries; not a number where it bears out none."""
        best = np.full(len(self.asks), np.nan)
        np.fmax.at(best, self.bearing, by_entry[self.entries])
        return best

    def by_key(self, numbers: Mapping[str, float]) -> Numbers:
        """For each place the number of its key; not a number where there is none."""
        found = np.full(len(self.asks), np.nan)
        for key, number in numbers.items():
            if key in self.keyed:
                found[self.keyed[key]] = number
        return found


def lay_out(places: Sequence["Place"]) -> Layout:
    """Go through the places of a shelf once."""
    pairs = [(number, entry) for number, place in enumerate(places) for entry in place.entries]
    keyed: dict[str, list[int]] = {}
    for number, place in enumerate(places):
        if place.key is not None:
            keyed.setdefault(place.key, []).append(number)
    return Layout(
        bearing=np.array([number for number, _ in pairs], np.int_),
        entries=np.array([entry for _, entry in pairs], np.int_),
        asks=np.array([_share_asking(place) for place in places]),
        keyed={key: np.array(numbers, np.int_) for key, numbers in keyed.items()},
        languages={place.key: place.document.language for place in places if place.key is not None},
        texts={place.key: place.passage.in_context for place in places if place.key is not None},
    )


def _share_asking(place: "Place") -> float:
    digest = load_digest()
    asking = sum(digest[entry].kind == "question" for entry in place.entries)
    return asking / len(place.entries) if place.entries else 0.0
