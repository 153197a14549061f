"""Learns which questions are asked of which entry of the digest: `python -m evals.fit_directions`, some three minutes.

Two models that err in different ways are added, both linear in the states of a question. Fisher's discriminants (1936),
with the spread within entries made rounder; and supervised contrastive learning (Khosla and others 2020): a map under
which questions of one entry lie together, and then their mean there.
"""

import hashlib
import os
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from knowledge.digest import load_digest
from knowledge.identification import LANGUAGES
from knowledge.library.directions import lay_side_by_side, write_directions
from knowledge.library.embeddings import NANO, NamedEmbeddings, open_embeddings
from knowledge.library.keys import DIGEST_LANGUAGE, HANDS, KeyKind, digest_keys, taught_besides

Numbers = NDArray[np.float64]
# Chosen on one hand's questions with the other's and the digest's as examples.
ROUNDER = 2.0  # times the mean spread within entries, added to it in every direction
EPOCHS, BATCH, RATE, DECAY = 15, 2048, 0.001, 0.01
WARMTH = 0.1  # temperature of the contrast
SEED = 2017


@dataclass(frozen=True, slots=True)
class Example:
    """A text of an entry: whose place in the digest, its language, what kind of key; `hand` is "" for the digest's."""

    entry: int
    language: str
    kind: KeyKind
    hand: str
    text: str


@dataclass(frozen=True, slots=True)
class Examples:
    """Examples and their states, a row a layer for each."""

    each: Sequence[Example]
    states: Numbers

    def without(self, hand: str) -> "Examples":
        """All but those of one hand."""
        kept = [number for number, one in enumerate(self.each) if one.hand != hand]
        return Examples([self.each[number] for number in kept], self.states[kept])

    def of(self, hand: str) -> "Examples":
        """Those of one hand alone."""
        kept = [number for number, one in enumerate(self.each) if one.hand == hand]
        return Examples([self.each[number] for number in kept], self.states[kept])


def list_examples() -> list[Example]:
    """Every question and text of the digest in nine languages, and the hands' questions."""
    each = [
        Example(key.entry, language, key.kind, "", key.text)
        for language in LANGUAGES
        for key in digest_keys(language)
        if key.kind != "outside"
    ]
    for hand in HANDS:
        taught = taught_besides(hand)
        each += [
            Example(place, DIGEST_LANGUAGE, "question", hand, question)
            for place, entry in enumerate(load_digest())
            for question in taught[entry.id]
        ]
    return each


def hash_examples(each: Sequence[Example]) -> str:
    """A hash of all examples, by which one sees whether directions were learnt from them; 16 hexadecimal digits."""
    told = hashlib.sha256()
    for one in each:
        told.update(f"{load_digest()[one.entry].id}\t{one.language}\t{one.kind}\t{one.text}\n".encode())
    return told.hexdigest()[:16]


def read_examples(embeddings: NamedEmbeddings) -> Examples:
    """All examples as the model reads questions."""
    each = list_examples()
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        states = list(pool.map(lambda one: embeddings.read_question(one.text).states, each))
    return Examples(each, np.array(states))


def learn(examples: Examples) -> tuple[Mapping[str, Numbers], Numbers]:
    """The means of questions by language, and a direction for each entry, a row each.

    Texts stand around a mean of their own, and a hand's questions around that of their language.
    """
    groups = [(one.language, one.kind) for one in examples.each]
    flat = examples.states.reshape(len(groups), -1)
    means = {group: flat[[one == group for one in groups]].mean(axis=0) for group in dict.fromkeys(groups)}
    rows = np.zeros(flat.shape, np.float32)
    for group, mean in means.items():
        inside = [one == group for one in groups]
        rows[inside] = lay_side_by_side(examples.states[inside], mean)
    entries = np.array([one.entry for one in examples.each])
    parts = [_discriminate(rows, entries), _contrast(rows, entries)]
    directions = np.sum([part / (rows @ part).std(axis=1).mean() for part in parts], axis=0)
    return {language: means[language, "question"] for language in LANGUAGES}, directions.T.astype(float)


def _discriminate(rows: NDArray[np.float32], entries: NDArray[np.int_]) -> NDArray[np.float32]:
    """Fisher's linear discriminants, of length 1 as the rounded spread measures it; a column an entry."""
    centres = _centres(rows, entries)
    apart = rows - centres[entries]
    spread = apart.T @ apart / len(apart)
    spread += ROUNDER * np.trace(spread) / len(spread) * np.eye(len(spread), dtype=np.float32)
    columns = np.linalg.solve(spread, centres.T)
    scaled: NDArray[np.float32] = columns / np.sqrt(np.einsum("ed,de->e", centres, columns))
    return scaled


def _contrast(rows: NDArray[np.float32], entries: NDArray[np.int_]) -> NDArray[np.float32]:
    """The entries' means under a map that brings together what is of one entry; a column an entry.

    The map begins as the last layer's states alone.
    """
    torch.manual_seed(SEED)
    given, owners = torch.from_numpy(rows), torch.from_numpy(entries)
    width = rows.shape[1] // 4
    start = torch.zeros(rows.shape[1], width)
    start[-width:] = torch.eye(width)
    change = torch.zeros_like(start, requires_grad=True)
    optimiser = torch.optim.AdamW([change], lr=RATE, weight_decay=DECAY)
    starts = range(0, len(given), BATCH)
    for step in range(EPOCHS * len(starts)):
        if step % len(starts) == 0:
            order = torch.randperm(len(given))
        for group in optimiser.param_groups:
            group["lr"] = RATE * (1 - step / (EPOCHS * len(starts)))
        batch = order[starts[step % len(starts)] :][:BATCH]
        placed = torch.nn.functional.normalize(given[batch] @ (start + change), dim=1)
        optimiser.zero_grad()
        torch.autograd.backward(_contrast_loss(placed, owners[batch]))
        optimiser.step()
    learnt = (start + change).detach().numpy()
    placed_rows = rows @ learnt
    centres = _centres(placed_rows / np.linalg.norm(placed_rows, axis=1, keepdims=True), entries)
    columns: NDArray[np.float32] = learnt @ (centres / np.linalg.norm(centres, axis=1, keepdims=True)).T
    return columns


def _contrast_loss(placed: torch.Tensor, owners: torch.Tensor) -> torch.Tensor:
    """How little each is nearer to those of its entry than to others (equation 2 of Khosla and others)."""
    likeness = (placed @ placed.T / WARMTH).fill_diagonal_(-torch.inf)
    same = (owners[:, None] == owners[None]).fill_diagonal_(False)
    with_others = same.any(dim=1)
    shares = torch.log_softmax(likeness, dim=1).masked_fill(~same, 0)
    return -(shares.sum(dim=1)[with_others] / same.sum(dim=1)[with_others]).mean()


def _centres(rows: NDArray[np.float32], entries: NDArray[np.int_]) -> NDArray[np.float32]:
    return np.array([rows[entries == entry].mean(axis=0) for entry in range(len(load_digest()))], np.float32)


def main() -> None:
    """Learn from all examples and write what comes of it where the search reads it."""
    embeddings = open_embeddings(NANO)
    examples = read_examples(embeddings)
    means, directions = learn(examples)
    entries = {entry.id: row for entry, row in zip(load_digest(), directions, strict=True)}
    folder = Path(str(files("knowledge") / "coverage"))
    path = write_directions(embeddings.identity, hash_examples(examples.each), means, entries, folder)
    sys.stdout.write(f"{path.name}: {path.stat().st_size:,} bytes\n")


if __name__ == "__main__":
    main()
