"""What of the digest is embedded: each entry's words, each question it answers, and topics the guide says nothing of.

The vectors of these texts come with the package, made by `python -m knowledge.library.keys [MODEL]`; a text that
has changed since is embedded when it is first needed.
"""

import hashlib
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Literal

import numpy as np

from knowledge.datafile import list_data, read_fields
from knowledge.digest import load_digest
from knowledge.library.embeddings import NamedEmbeddings, open_embeddings

KeyKind = Literal["text", "question", "outside"]
WHOLE = 127  # the largest number of a byte: vectors are shipped as bytes times a scale of their own


@dataclass(frozen=True, slots=True)
class Key:
    """One text by which the digest is found. `entry` is the entry's place in it, or -1 for a topic outside the guide.

    `id` holds a hash of the text, so that it changes when the text does.
    """

    id: str
    kind: KeyKind
    entry: int
    text: str


@cache
def digest_keys() -> tuple[Key, ...]:
    """Every key, in the order of the digest, then the topics outside the guide."""
    keys: list[Key] = []
    for place, entry in enumerate(load_digest()):
        keys.append(_key("text", place, f"{entry.section_title} › {entry.title}\n{entry.text}"))
        keys += [_key("question", place, question) for question in entry.questions]
    keys += [_key("outside", -1, question) for question in outside_questions()]
    return tuple({key.id: key for key in keys}.values())


@cache
def outside_questions() -> tuple[str, ...]:
    """Questions that schools ask and the guide does not answer, from `coverage/outside.yaml`.

    Raises:
        ValueError: if the file is malformed.
    """
    fields = next(read_fields(file) for file in list_data("coverage") if file.name == "outside.yaml")
    return tuple(question for topic in fields.each("topics") for question in topic.texts("questions", least=1, most=20))


def embed_keys(texts: Sequence[str], embeddings: NamedEmbeddings) -> list[list[float]]:
    """The vectors of key texts: those that came with the package, and the rest embedded now.

    An entry's words are embedded as the model embeds documents; a question, which is to be set beside a question, as
    it embeds questions.
    """
    shipped = _shipped(embeddings.identity)
    words = {key.text for key in digest_keys() if key.kind == "text"}
    vectors: list[list[float]] = []
    for text in texts:
        vector = shipped.get(_hash(text))
        if vector is None:
            vector = embeddings.embed_documents([text])[0] if text in words else embeddings.embed_query(text)
        vectors.append(vector)
    return vectors


@cache
def _shipped(identity: str) -> Mapping[int, list[float]]:
    file = files("knowledge") / "coverage" / _file_name(identity)
    if not file.is_file():
        return {}
    with file.open("rb") as stream:
        rows = np.load(stream, allow_pickle=False)
    vectors = rows["bytes"].astype(np.float32) * rows["scale"][:, None]
    return dict(zip(rows["text"].tolist(), vectors.tolist(), strict=True))


def _key(kind: KeyKind, entry: int, text: str) -> Key:
    return Key(f"{kind}-{entry}-{_hash(text):016x}", kind, entry, text)


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "little")


def _file_name(identity: str) -> str:
    return f"{identity.replace('==', '-')}.npy"


def write_vectors(embeddings: NamedEmbeddings, folder: Path) -> Path:
    """Embed every key and keep the vectors in `folder`, a byte a number; the file written."""
    texts = sorted({key.text for key in digest_keys()})
    vectors = np.array(embed_keys(texts, embeddings), np.float32)
    scales = np.abs(vectors).max(axis=1) / WHOLE
    rows = np.empty(len(texts), [("text", "<u8"), ("scale", "<f4"), ("bytes", "i1", vectors.shape[1:])])
    rows["text"] = [_hash(text) for text in texts]
    rows["scale"] = scales
    rows["bytes"] = np.rint(vectors / scales[:, None])
    path = folder / _file_name(embeddings.identity)
    np.save(path, rows)
    return path


if __name__ == "__main__":
    written = write_vectors(
        open_embeddings(sys.argv[1] if len(sys.argv) > 1 else None), Path(__file__).parent / "coverage"
    )
    sys.stdout.write(f"{written.name}: {written.stat().st_size:,} bytes\n")
