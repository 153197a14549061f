"""Which of the nine languages a text is written in, or that it is none of them, by the model of py3langid.

py3langid's own form of it takes a second and 100 MB to load; ours, which `evals.condense_identifier` makes of it, knows
Latin scripts alone. Each place in a text's bytes stands for the longest string the model knows that ends there.
"""

import math
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from knowledge.familiar import share_words

LANGUAGES = ("en", "fi", "da", "nl", "de", "hu", "fr", "es", "it")
UNKNOWN = "und"

_FEWEST_LETTERS = 3
_LONGEST = 6  # bytes of a string that the model knows
_READ = 20_000  # characters: more changes no answer and costs time
# A text is taken for a tenth language where the identifier, asked among all it knows, gives our nine together less
# than this, and there are letters enough to go by. Shorter phrases are taken to be in one of the nine: among 140
# languages a phrase of two words looks like many. So Norwegian, whose sentences the identifier tells from Danish ones,
# is "und" and not read with Danish rules, while a short Norwegian phrase passes for the Danish it mostly also is.
_FOREIGN = 0.05
_LETTERS_TO_GO_BY = 25
# Of our statements of two words, those of a source left out, 124 of 144 were told right by letters alone, 139 with what
# is known of their words; of three 267 and 275 of 277; of four all. (Doubts of 0.05 to 0.2 told the same.)
_MOST_WORDS, _LETTERS_COUNT, _DOUBT, _LEAST = 3, 0.5, 0.1, 1e-9


def identify_language(text: str) -> str:
    """The ISO 639-1 code of the language that `text` is in, one of `LANGUAGES`, or "und".

    "und" is said of a text with fewer than three letters, one mostly in another script than Latin, and one of some
    length that is clearly in another language. Where several languages are mixed, the one with most of the text wins.
    Of up to three words, what our statements say of each word counts beside the letters.
    """
    signs = Counter(text[:_READ])
    letters = sum(times for sign, times in signs.items() if sign.isalpha())
    if letters < _FEWEST_LETTERS or _latin(signs) * 2 < letters:
        return UNKNOWN
    # A text all in capitals is read in small letters: the identifier learnt from running text.
    sample = text[:_READ].lower() if text[:_READ].isupper() else text[:_READ]
    shares = _load_identifier().shares(sample)
    ours = max(LANGUAGES, key=_weigh_words(text, shares).__getitem__)
    foreign = sum(shares[code] for code in LANGUAGES) < _FOREIGN
    return UNKNOWN if foreign and letters >= _LETTERS_TO_GO_BY else ours


def _weigh_words(text: str, shares: Mapping[str, float]) -> Mapping[str, float]:
    """How much speaks for each language, as logarithms: of a phrase of few words, what is known of each counts too."""
    told = {code: _LETTERS_COUNT * math.log(max(shares[code], _LEAST)) for code in LANGUAGES}
    if len(text.split(maxsplit=_MOST_WORDS)) > _MOST_WORDS:
        return told
    words = share_words(unicodedata.normalize("NFC", text))
    doubt = _DOUBT / len(LANGUAGES)
    return {code: told[code] + sum(math.log((1 - _DOUBT) * one[code] + doubt) for one in words) for code in LANGUAGES}


def _latin(signs: Mapping[str, int]) -> int:
    """How many of a text's letters, given how often each sign stands in it, belong to the Latin script."""
    return sum(
        times for sign, times in signs.items() if sign.isalpha() and unicodedata.name(sign, "").startswith("LATIN")
    )


@dataclass(frozen=True, slots=True)
class _Identifier:
    """What each known string of bytes says for each language, as naive Bayes has it.

    `strings` are packed into numbers (a 1, then up to six bytes) and sorted; `features` gives each its row of
    `weights`, -1 to those that only begin others.
    """

    languages: tuple[str, ...]
    strings: NDArray[np.uint64]
    features: NDArray[np.int32]
    weights: NDArray[np.uint8]
    least: float
    step: float
    prior: NDArray[np.float32]

    def shares(self, text: str) -> Mapping[str, float]:
        """How likely each language is for a text, all together 1."""
        packed = unicodedata.normalize("NFC", text).encode("utf-8", "surrogatepass")
        rows, counts = np.unique(self._find(packed), return_counts=True)
        times = np.log1p(counts.astype(np.float32))
        scores = self.prior + times @ (self.weights[rows] * np.float32(self.step) + np.float32(self.least))
        if not len(rows):
            scores = np.zeros_like(self.prior)
        # The root of the length keeps the shares of long texts from being all or nothing.
        likely = np.exp((scores - scores.max()) / np.sqrt(max(1, len(packed))))
        likely /= likely.sum()
        return dict(zip(self.languages, likely.tolist(), strict=True))

    def _find(self, packed: bytes) -> NDArray[np.int32]:
        """The features of a text's places, those that have none left out."""
        signs = np.frombuffer(packed, np.uint8).astype(np.uint64)
        found = np.full(len(signs), -1, np.int32)
        ending = np.zeros(len(signs), np.uint64)
        for length in range(1, min(_LONGEST, len(signs)) + 1):  # the longest comes last and stays
            ending[length - 1 :] |= signs[: len(signs) - length + 1] << np.uint64(8 * (length - 1))
            asked = ending[length - 1 :] | np.uint64(1 << (8 * length))
            at = np.minimum(np.searchsorted(self.strings, asked), len(self.strings) - 1)
            known = self.strings[at] == asked
            found[length - 1 :][known] = self.features[at[known]]
        return found[found >= 0]


@cache
def _load_identifier() -> _Identifier:
    """The identifier with its model, loaded when first asked."""
    with (files("knowledge") / "trained" / "languages.npz").open("rb") as file:
        kept = np.load(file, allow_pickle=False)
        least, step = kept["scale"].tolist()
        languages = tuple(kept["languages"].tolist())
        return _Identifier(languages, kept["strings"], kept["features"], kept["weights"], least, step, kept["prior"])
