"""What a language by itself adds to a model's vectors, so that it can be taken away where languages meet.

A multilingual model puts a text near others of its language whatever they say: a Finnish question is nearer to any
Finnish passage than to the English one that answers it. How far each of our languages lies from English is measured
on `knowledge/statements/`, which say much the same things in all nine, and comes with the package; made by
`python -m knowledge.library.keys`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.identification import LANGUAGES
from knowledge.library.embeddings import NamedEmbeddings

Numbers = NDArray[np.float64]
STATEMENTS = 50  # of each language


@dataclass(frozen=True, slots=True)
class Level:
    """How far a language's questions and texts lie from the English ones, as vectors to take away."""

    question: Numbers
    text: Numbers


@cache
def load_levels(identity: str) -> Mapping[str, Level]:
    """The level of each language for a model; none for a model that the package has not measured."""
    file = files("knowledge") / "coverage" / _file_name(identity)
    if not file.is_file():
        return {}
    with file.open("rb") as stream:
        rows = np.load(stream, allow_pickle=False)
    return {str(row["language"]): Level(row["question"].astype(float), row["text"].astype(float)) for row in rows}


def write_levels(embeddings: NamedEmbeddings, texts: Mapping[str, list[str]], folder: Path) -> Path:
    """Measure the levels on texts by language, and write them to `folder`; the file written."""
    means = {
        language: (
            np.mean([embeddings.embed_query(text) for text in texts[language][:STATEMENTS]], axis=0),
            np.mean(embeddings.embed_documents(texts[language][:STATEMENTS]), axis=0),
        )
        for language in LANGUAGES
    }
    size = len(means["en"][0])
    rows = np.empty(len(means), [("language", "U2"), ("question", "<f2", size), ("text", "<f2", size)])
    for row, (language, (question, text)) in zip(rows, means.items(), strict=True):
        row["language"], row["question"], row["text"] = language, question - means["en"][0], text - means["en"][1]
    path = folder / _file_name(embeddings.identity)
    np.save(path, rows)
    return path


def _file_name(identity: str) -> str:
    return f"{identity.replace('==', '-').replace('/', '-')}.levels.npy"
