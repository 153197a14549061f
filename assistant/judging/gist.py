"""What a statement says under its heading, as numbers for the small models: their states half-way through e5.

multilingual-e5-small puts like meanings in nine languages near each other. Its first half is enough to tell kinds of
statements apart, for half of the time, once it has been taught what to look at (evals/LOG.md): what was learnt is a
change of low rank to each of its matrices (`python -m evals.fit_gist`; Hu and others, LoRA, 2021). Where its package
has no wheel there is no gist, and the models have a second set of weights that does without it.
"""

import importlib.util
import sys
import threading
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any

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
HEADING_PIECES, TEXT_PIECES = 48, 256  # what is read of them: some 30 and 180 words
_SWITCH_SECONDS = 0.0005
REMEMBERED = 4096  # statements, 3 KB each: they are judged again
TRAINED = "gist.npz"
DOWN, UP = ".down", ".up"
_opening = threading.Lock()


def has_gist() -> bool:
    """Whether the model that reads the gist is installed here."""
    return importlib.util.find_spec(NANO) is not None


@lru_cache(maxsize=REMEMBERED)
def read_gist(text: str, heading: str) -> Floats:
    """The gist of a statement under its heading ("" for none), the same whatever else is read; threads may call it."""
    with _opening:
        encoder = _encoder()
    gist = read_gist_by(encoder, text, heading)
    gist.setflags(write=False)
    return gist


def read_gist_by(encoder: "Encoder", text: str, heading: str) -> Floats:
    """The gist as an encoder gives it that `open_encoder` opened."""
    pieces = encoder.cut(heading)[:HEADING_PIECES] if heading else []
    above, said = encoder.read_pair(pieces, encoder.cut(text)[:TEXT_PIECES])
    return np.concatenate([said, above, [1.0 if pieces else 0.0]], dtype=np.float32)


def read_trained() -> dict[str, NDArray[Any]]:
    """What `python -m evals.fit_gist` learnt, by name.

    Two narrow matrices for each of e5's, each head's weights and biases, and the hash of what they were learnt from.
    """
    with as_file(files("knowledge") / "trained" / TRAINED) as path, np.load(path) as data:
        return {name: data[name] for name in data.files}


def find_changes(trained: Mapping[str, NDArray[Any]]) -> dict[str, Floats]:
    """What is added to each matrix of e5's, by its name in the model file, a row for each output."""
    names = [name.removesuffix(UP) for name in trained if name.endswith(UP)]
    return {
        f"{name}.w": trained[name + UP].astype(np.float32) @ trained[name + DOWN].astype(np.float32) for name in names
    }


def open_encoder(trained: Mapping[str, NDArray[Any]]) -> "Encoder":
    """e5's first layers as they were taught to read gists.

    Raises:
        NoSpace: if there is no room for temporary files of some ten megabytes.
    """
    from knowledge.library.encoder import open_for_signs  # loads ONNX Runtime, with the first statement

    return open_for_signs(Path(str(files(NANO) / NANO_MODEL)), LAYERS, find_changes(trained))


@cache
def _encoder() -> "Encoder":
    # Gists are read beside Python's work, in some five milliseconds each; a thread that waits as long as that for the
    # interpreter at every step of it, which is Python's own measure, would lose more than it wins.
    sys.setswitchinterval(min(_SWITCH_SECONDS, sys.getswitchinterval()))
    return open_encoder(read_trained())
