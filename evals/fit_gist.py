"""Teaches e5's first half what to look at in a statement: `python -m evals.fit_gist` writes knowledge/trained/gist.npz.

Learnt are changes of low rank to its matrices (gist_network.py) and a head for each question of the judge's, together,
on the statements in knowledge/statements/ and on nothing else; several times from different beginnings, of which the
mean ships, cut to a low rank again. It takes a quarter of an hour on two cores. `python -m evals.fit_gist
--held-out` (half an hour) learns once without each fifth of the sources, and keeps what is said of those left out, for
the figures of evals/judge.py, in evals/cases/held_out_gists.npz. After either: `python -m evals.fit_judge`.
"""

import math
import os
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from assistant.judging.gist import DOWN, TRAINED, UP, open_encoder, read_gist_by
from evals.fit_judge import HEADS, label, weigh_sources
from evals.folds import FOLDS, share_out
from evals.gist_network import HEAD_LOUDNESS, LOUDNESS, GistNetwork, cut, lay
from evals.held_out import HELD_OUT, keep_learnt
from knowledge.labelled import KINDS, Labelled, load_labelled
from knowledge.library.e5weights import Weights, read_weights
from knowledge.library.embeddings import NANO, NANO_MODEL
from knowledge.library.tokens import build_tokeniser

TARGET = Path(__file__).parents[1] / "knowledge" / "trained" / TRAINED
LABELS = {"kind": tuple(sorted(KINDS)), **dict.fromkeys(HEADS[1:], ("no", "yes"))}
# Chosen on statements by other hands (evals/LOG.md).
BEGINNINGS, RANK_KEPT = (1, 2, 3), 24
EPOCHS, BATCH = 3, 32
STEP, HEAD_STEP, DECAY, WARMING = 1e-3, 3e-3, 0.01, 0.06
SHARES = {"kind": 1.0, **dict.fromkeys(HEADS[1:], 0.3)}  # how much each head counts
OTHER_KIND = 0.35  # the share of a statement's second kind
SMOOTHED = 0.05
EVENED = 0.75  # how far classes count alike: 0 as often as they come, 1 the same; where that would not cry wolf
EVENED_HEADS = ("kind", "vague")
HEADINGS_LEFT_OUT = 0.1
Floats = NDArray[np.float32]


class Learnt(NamedTuple):
    """What was learnt: the change of each matrix, and each head's weights (a row an answer) and biases."""

    changes: Mapping[str, Floats]
    heads: Mapping[str, tuple[Floats, Floats]]


class Lesson:
    """Statements as the network is taught them: their pieces, with and without heading, and what is right.

    Args:
        statements: what is learnt from.
        weights: those of e5's.
    """

    def __init__(self, statements: Sequence[Labelled], weights: Weights) -> None:
        """Cut all statements into pieces."""
        tokenise = build_tokeniser(weights.vocabulary)
        self.headed = [cut(one.text, one.context, tokenise, weights) for one in statements]
        self.bare = [cut(one.text, "", tokenise, weights) for one in statements]
        self.answers = {head: np.array([_target(one, head) for one in statements], np.float32) for head in LABELS}
        counted = weigh_sources([one.source for one in statements]).astype(np.float32)
        self.counts = {head: counted * _evenness(statements, head, counted) for head in LABELS}
        self._weights = weights

    def __len__(self) -> int:
        """How many statements there are."""
        return len(self.headed)

    def loss(self, network: GistNetwork, places: Sequence[int], chance: np.random.Generator) -> Tensor:
        """How far what the network says of the statements at `places` is from what is right: weighed cross-entropy."""
        left_out = chance.random(len(places)) < HEADINGS_LEFT_OUT
        shown = [self.bare[at] if bare else self.headed[at] for at, bare in zip(places, left_out, strict=True)]
        told = network(lay(shown, self._weights))
        parts = [
            -(torch.from_numpy(self.answers[head][places]) * said.log_softmax(dim=1)).sum(dim=1)
            @ torch.from_numpy(self.counts[head][places])
            * (SHARES[head] / len(places))
            for head, said in told.items()
        ]
        return torch.stack(parts).sum()


def _target(one: Labelled, head: str) -> list[float]:
    """How much each answer is right: nothing at all where the question does not arise."""
    gold, answers = label(one, head), LABELS[head]
    if gold is None:
        return [0.0] * len(answers)
    right = {gold: 1.0}
    if head == "kind" and one.other_kind:
        right = {gold: 1 - OTHER_KIND, one.other_kind: OTHER_KIND}
    smoothed = SMOOTHED if head == "kind" else 0.0
    return [right.get(answer, 0.0) * (1 - smoothed) + smoothed / len(answers) for answer in answers]


def _evenness(statements: Sequence[Labelled], head: str, counted: Floats) -> Floats:
    """How much each statement counts by its answer, so that rare ones weigh more; 1 where that would cry wolf."""
    if head not in EVENED_HEADS:
        return np.ones(len(statements), np.float32)
    golds = [label(one, head) for one in statements]
    sums: dict[str, float] = defaultdict(float)
    for gold, weight in zip(golds, counted, strict=True):
        if gold:
            sums[gold] += float(weight)
    mean = sum(sums.values()) / max(1, len(sums))
    return np.array([(mean / sums[gold]) ** EVENED if gold else 0.0 for gold in golds], np.float32)


def learn(statements: Sequence[Labelled], weights: Weights, beginnings: Sequence[int] = BEGINNINGS) -> Learnt:
    """What is learnt from the statements: the mean over the beginnings, the changes cut to their rank."""
    lesson = Lesson(statements, weights)
    all_learnt = [extract(_teach(lesson, weights, beginning)) for beginning in beginnings]
    return Learnt(
        {name: _mean([one.changes[name] for one in all_learnt]) for name in all_learnt[0].changes},
        {
            name: (_mean([one.heads[name][0] for one in all_learnt]), _mean([one.heads[name][1] for one in all_learnt]))
            for name in LABELS
        },
    )


def _mean(parts: Sequence[Floats]) -> Floats:
    mean: Floats = np.array(parts, np.float32).mean(axis=0)
    return mean


def _teach(lesson: Lesson, weights: Weights, beginning: int) -> GistNetwork:
    torch.manual_seed(beginning)
    chance = np.random.default_rng(beginning)
    network = GistNetwork(weights, LABELS)
    narrow = list(network.narrow().values())
    heads = [parameter for head in network.heads.values() for parameter in head.parameters()]
    groups = [{"params": narrow, "lr": STEP}, {"params": heads, "lr": HEAD_STEP}]
    optimiser = torch.optim.AdamW(groups, weight_decay=DECAY)
    steps = EPOCHS * math.ceil(len(lesson) / BATCH)
    pace = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / (WARMING * steps)) * (1 - step / steps)
    )
    network.train()
    for places in _deal(lesson, chance):
        optimiser.zero_grad()
        torch.autograd.backward(lesson.loss(network, places, chance))
        torch.nn.utils.clip_grad_norm_(narrow, 1.0)
        optimiser.step()
        pace.step()
    return network.eval()


def _deal(lesson: Lesson, chance: np.random.Generator) -> Iterator[list[int]]:
    """Batches of places, each statement once an epoch, those of like length together: little is filled up."""
    together = BATCH * 16
    for _ in range(EPOCHS):
        order = chance.permutation(len(lesson)).tolist()
        sorted_parts = [
            sorted(order[start : start + together], key=lambda place: len(lesson.headed[place].ids))
            for start in range(0, len(order), together)
        ]
        dealt = [part[start : start + BATCH] for part in sorted_parts for start in range(0, len(part), BATCH)]
        yield from (dealt[place] for place in chance.permutation(len(dealt)))


def extract(network: GistNetwork) -> Learnt:
    """What a network has learnt."""
    narrow = {name: parameter.detach().numpy() for name, parameter in network.narrow().items()}
    names = [name.removesuffix(UP) for name in narrow if name.endswith(UP)]
    changes = {name: LOUDNESS * narrow[name + UP] @ narrow[name + DOWN] for name in names}
    heads = {
        name: ((HEAD_LOUDNESS * head.weight).detach().numpy(), head.bias.detach().numpy())
        for name, head in network.heads.items()
    }
    return Learnt(changes, heads)


def ship(learnt: Learnt) -> dict[str, NDArray[Any]]:
    """What was learnt as it is kept, by name.

    Each change is two narrow matrices whose product is nearest to it (Eckart and Young 1936), in 16 bits.
    """
    parts: dict[str, NDArray[Any]] = {}
    for head, (rows, bias) in learnt.heads.items():
        parts |= {f"{head}.weights": rows, f"{head}.bias": bias}
    for name, change in learnt.changes.items():
        left, values, right = np.linalg.svd(change, full_matrices=False)
        root = np.sqrt(values[:RANK_KEPT])
        parts[name + UP] = (left[:, :RANK_KEPT] * root).astype(np.float16)
        parts[name + DOWN] = (root[:, None] * right[:RANK_KEPT]).astype(np.float16)
    return parts


def say(trained: Mapping[str, NDArray[Any]], statements: Sequence[Labelled]) -> dict[str, Floats]:
    """What each head says of each statement, as it would ship: a number for each answer in the order of LABELS."""
    encoder = open_encoder(trained)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        gists = np.array(list(pool.map(lambda one: read_gist_by(encoder, one.text, one.context), statements)))
    return {head: gists @ trained[f"{head}.weights"].T + trained[f"{head}.bias"] for head in LABELS}


def main() -> None:
    """Learn from all statements, or from each four fifths, and write what comes of it."""
    statements = load_labelled()
    weights = read_weights(Path(str(files(NANO) / NANO_MODEL)))
    if "--held-out" in sys.argv[1:]:
        fold = share_out([one.source for one in statements])
        told = {head: np.zeros((len(statements), len(answers)), np.float32) for head, answers in LABELS.items()}
        for number in range(FOLDS):
            kept = [one for one in statements if fold[one.source] != number]
            left = [place for place, one in enumerate(statements) if fold[one.source] == number]
            said = say(ship(learn(kept, weights, BEGINNINGS[:1])), [statements[place] for place in left])
            for head in LABELS:
                told[head][left] = said[head]
            print(f"fold {number + 1} of {FOLDS}", flush=True)
        keep_learnt(HELD_OUT, statements, {head: said.astype(np.float16) for head, said in told.items()})
    else:
        keep_learnt(TARGET, statements, ship(learn(statements, weights)))


if __name__ == "__main__":
    main()
