"""In which of the nine languages the words of a short phrase are written, by the statements in knowledge/statements/.

Letters alone take "More mobility" for Italian: two or three words hold too few of them. `evals.fit_familiar` counts in
how many statements of each language a word stands, and keeps each language's share of it.
"""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import numpy as np

WORD = re.compile(r"[^\W\d_]+")
WHOLE = 255  # a share of all, in eight bits


def share_words(text: str) -> tuple[Mapping[str, float], ...]:
    """For each word of `text` that is known, which share of its uses is in each language, by ISO 639-1 code."""
    known = _load_words()
    return tuple(known[word] for word in WORD.findall(text.lower()) if word in known)


@cache
def _load_words() -> Mapping[str, Mapping[str, float]]:
    """The known words, loaded when first asked."""
    with (files("knowledge") / "trained" / "familiar.npz").open("rb") as file:
        kept = np.load(file, allow_pickle=False)
        languages = kept["languages"].tolist()
        words = bytes(kept["words"]).decode().split("\n")
        shares = (kept["shares"].astype(np.float32) / WHOLE).tolist()
    return MappingProxyType(
        {word: dict(zip(languages, row, strict=True)) for word, row in zip(words, shares, strict=True)}
    )
