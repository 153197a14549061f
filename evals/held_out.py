"""What the heads over gists say of each of our own statements, learnt without its source.

Learning takes half an hour for all five folds, so what they say is kept: `python -m evals.fit_gist --held-out`.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evals.fit_judge import HEADS, LEARNT_FROM, digest
from knowledge.labelled import Labelled

HELD_OUT = Path(__file__).parent / "cases" / "held_out_gists.npz"


def read_held_out(statements: Sequence[Labelled]) -> dict[str, NDArray[np.float32]]:
    """By head, a row for each statement with a number for each answer, the answers in alphabetical order.

    Raises:
        ValueError: if what is kept is of other statements.
    """
    with np.load(HELD_OUT) as data:
        if str(data[LEARNT_FROM]) != digest(statements):
            raise ValueError(f"{HELD_OUT.name} is of other statements; run: python -m evals.fit_gist --held-out")
        return {head: data[head].astype(np.float32) for head in HEADS}


def keep_learnt(path: Path, statements: Sequence[Labelled], arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write arrays that were learnt, and the hash of the statements that they come from."""
    np.savez_compressed(path, allow_pickle=False, **{LEARNT_FROM: np.array(digest(statements)), **arrays})
