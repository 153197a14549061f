"""The first layers of multilingual-e5-small in PyTorch, with what `python -m evals.fit_gist` learns beside them.

The same network as assistant/judging/gist.py runs, but for its eight bits: each matrix W of a layer is W + up @ down,
where `up` and `down` are narrow and learnt and W stays as it is (Hu and others, LoRA: Low-Rank Adaptation of Large
Language Models, 2021). Over the mean states of text and heading stands one linear head a question.
"""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from assistant.judging.gist import DOWN, HEADING_PIECES, LAYERS, NUMBERS, TEXT_PIECES, UP, WIDTH
from knowledge.library.e5weights import Weights
from knowledge.library.encoder import join_pair
from knowledge.library.tokens import Tokenise

RANK = 16
# How much a step of the narrow matrices moves, and of the heads, beside a plain one.
LOUDNESS, HEAD_LOUDNESS = 2.0, 3.0
DROPPED = 0.1
_MATRICES = ("q", "k", "v", "ao", "fi", "fo")


class Pieces(NamedTuple):
    """A statement under its heading as the network reads it: all ids, and how many are the heading's and the text's."""

    ids: Sequence[int]
    heading: int
    text: int


class Batch(NamedTuple):
    """Some statements side by side: their vectors, which places are filled, which are the text's and the heading's."""

    vectors: Tensor
    filled: Tensor
    text: Tensor
    heading: Tensor


def cut(text: str, heading: str, tokenise: Tokenise, weights: Weights) -> Pieces:
    """A statement's pieces as `Encoder.read_pair` lays them."""
    above = tokenise(heading)[:HEADING_PIECES] if heading else []
    said = tokenise(text)[:TEXT_PIECES]
    marks = weights.vocabulary
    return Pieces([marks.begin, *join_pair(above, said, marks.end), marks.end], len(above), len(said))


def lay(statements: Sequence[Pieces], weights: Weights) -> Batch:
    """The statements as one batch, the shorter ones filled up."""
    size, longest = len(statements), max(len(one.ids) for one in statements)
    vectors = np.zeros((size, longest, weights.width), np.float32)
    filled, text, heading = (np.zeros((size, longest), np.float32) for _ in range(3))
    positions = weights.tensor("emb.pos").reshape(-1, weights.width)
    kind = weights.tensor("emb.type")[: weights.width]
    for row, one in enumerate(statements):
        length = len(one.ids)
        vectors[row, :length] = weights.rows("emb.word", np.array(one.ids, np.int64)) + positions[:length] + kind
        filled[row, :length] = 1
        text[row, length - 1 - one.text : length - 1] = 1
        heading[row, 1 : 1 + one.heading] = 1
    return Batch(*(torch.from_numpy(part) for part in (vectors, filled, text, heading)))


class _Matrix(nn.Module):
    """A matrix of e5's, as it is, and the two narrow ones beside it."""

    def __init__(self, weights: Weights, name: str) -> None:
        super().__init__()
        bias = np.array(weights.tensor(f"{name}.b"))
        matrix = np.array(weights.tensor(f"{name}.w")).reshape(len(bias), -1)
        self.matrix, self.bias = torch.from_numpy(matrix), torch.from_numpy(bias)
        self.down = nn.Parameter(torch.randn(RANK, matrix.shape[1]) / math.sqrt(matrix.shape[1]))
        self.up = nn.Parameter(torch.zeros(len(bias), RANK))

    def forward(self, state: Tensor) -> Tensor:
        return functional.linear(state, self.matrix + self.up @ self.down * LOUDNESS, self.bias)


class _Norm(nn.Module):
    """A layer norm of e5's, as it is."""

    def __init__(self, weights: Weights, name: str) -> None:
        super().__init__()
        self.scale = torch.from_numpy(np.array(weights.tensor(f"{name}.w")))
        self.shift = torch.from_numpy(np.array(weights.tensor(f"{name}.b")))
        self.epsilon = weights.epsilon

    def forward(self, state: Tensor) -> Tensor:
        normed: Tensor = functional.layer_norm(state, (WIDTH,), self.scale, self.shift, self.epsilon)
        return normed


class _Layer(nn.Module):
    """One layer: attention, then the feed-forward half, each with what went in added."""

    def __init__(self, weights: Weights, name: str) -> None:
        super().__init__()
        self.matrices = {part: _Matrix(weights, f"{name}.{part}") for part in _MATRICES}
        self.learning = nn.ModuleDict(self.matrices)
        self.heard_norm, self.norm = _Norm(weights, f"{name}.aln"), _Norm(weights, f"{name}.oln")
        self.heads = weights.heads

    def forward(self, state: Tensor, seen: Tensor) -> Tensor:
        query, key, value = (self._split(self.matrices[part](state)) for part in "qkv")
        heard = functional.scaled_dot_product_attention(query, key, value, attn_mask=seen)
        told = self.matrices["ao"](heard.transpose(1, 2).reshape(state.shape))
        state = self.heard_norm(state + functional.dropout(told, DROPPED, self.training))
        shifted = self.matrices["fo"](functional.gelu(self.matrices["fi"](state)))
        normed: Tensor = self.norm(state + functional.dropout(shifted, DROPPED, self.training))
        return normed

    def _split(self, state: Tensor) -> Tensor:
        return state.view(*state.shape[:2], self.heads, -1).transpose(1, 2)


class GistNetwork(nn.Module):
    """The first layers of e5 and a head for each question.

    Args:
        weights: those of e5's.
        labels: the answers to each question.
    """

    def __init__(self, weights: Weights, labels: Mapping[str, Sequence[str]]) -> None:
        """Build it, with nothing learnt."""
        super().__init__()
        self.norm = _Norm(weights, "emb.ln")
        self.layers = [_Layer(weights, f"l{number}") for number in range(LAYERS)]
        self.heads = {name: nn.Linear(NUMBERS, len(answers)) for name, answers in labels.items()}
        self.learning = nn.ModuleList([*self.layers, *self.heads.values()])
        for head in self.heads.values():
            nn.init.zeros_(head.weight)

    def forward(self, batch: Batch) -> dict[str, Tensor]:
        """What each head says of each statement: a number for each answer, before it is a probability."""
        state, seen = self.norm(batch.vectors), batch.filled.bool()[:, None, None, :]
        for layer in self.layers:
            state = layer(state, seen)
        headed = (batch.heading.sum(dim=1) > 0).float()[:, None]
        gist = torch.cat([_mean(state, batch.text), _mean(state, batch.heading), headed], dim=1)
        gist = functional.dropout(gist * HEAD_LOUDNESS, DROPPED, self.training)
        return {name: head(gist) for name, head in self.heads.items()}

    def narrow(self) -> dict[str, nn.Parameter]:
        """The narrow matrices, by the name of the matrix in e5's file that they stand beside."""
        return {
            f"l{number}.{part}{end}": parameter
            for number, layer in enumerate(self.layers)
            for part, matrix in layer.matrices.items()
            for end, parameter in ((DOWN, matrix.down), (UP, matrix.up))
        }


def _mean(state: Tensor, places: Tensor) -> Tensor:
    """The mean state over some places; 0 where there are none."""
    return (state * places[..., None]).sum(dim=1) / places.sum(dim=1).clamp(min=1)[:, None]
