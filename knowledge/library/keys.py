"""What of the digest is embedded: each entry's words, each question it answers, and topics the guide says nothing of.

The vectors of these texts come with the package, a file a model and language, made by
`python -m knowledge.library.keys [MODEL]`: it embeds what has changed and keeps the rest. What they lack is embedded
when it is first needed, and kept in the data folder.
"""

import hashlib
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from knowledge.datafile import list_data, read_fields
from knowledge.digest import load_digest
from knowledge.faults import NoSpace
from knowledge.identification import LANGUAGES
from knowledge.labelled import load_labelled
from knowledge.library.embeddings import NANO, NamedEmbeddings, open_embeddings
from knowledge.library.levels import load_levels, write_levels
from knowledge.translations import load_translations, translated_languages

KeyKind = Literal["text", "question", "outside"]
DIGEST_LANGUAGE = "en"
HANDS = ("a", "b")
WHOLE = 127  # the largest number of a byte: vectors are shipped as bytes times a scale of their own


@dataclass(frozen=True, slots=True)
class Key:
    """One text by which the digest is found; `entry` is the entry's place in it, -1 for a topic outside the guide."""

    kind: KeyKind
    entry: int
    text: str


@cache
def digest_keys(language: str = DIGEST_LANGUAGE) -> tuple[Key, ...]:
    """Every key in a language, in the order of the digest; in English, then the topics outside the guide."""
    keys: list[Key] = []
    if language != DIGEST_LANGUAGE:
        translations = load_translations(language)
        for place, entry in enumerate(load_digest()):
            if entry.id in translations:
                one = translations[entry.id]
                keys.append(Key("text", place, f"{one.title}\n{one.text}"))
                keys += [Key("question", place, question) for question in one.questions]
        return tuple(dict.fromkeys(keys))
    for place, entry in enumerate(load_digest()):
        keys.append(Key("text", place, f"{entry.section_title} › {entry.title}\n{entry.text}"))
        keys += [Key("question", place, question) for question in (*entry.questions, *asked_besides()[entry.id])]
    keys += [Key("outside", -1, question) for question in outside_questions()]
    return tuple(dict.fromkeys(keys))


@cache
def asked_besides() -> Mapping[str, tuple[str, ...]]:
    """Further questions for every entry of the digest, by its id, from `coverage/asked.yaml`; for most there are none.

    Raises:
        ValueError: if the file is malformed, or speaks of an entry that the digest does not have, or of one twice.
    """
    return _read_asked("asked.yaml")


@cache
def taught_besides(hand: str) -> Mapping[str, tuple[str, ...]]:
    """Further questions that are no keys and from which directions are learnt, by the entry's id.

    Args:
        hand: whose: one of `HANDS`.

    Raises:
        ValueError: as `asked_besides`.
    """
    return _read_asked(f"taught_{hand}.yaml")


def _read_asked(name: str) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {entry.id: () for entry in load_digest()}
    fields = next(read_fields(file) for file in list_data("coverage") if file.name == name)
    for one in fields.each("asked"):
        one.allow("about", "questions")
        if found.get(one.text("about")) != ():
            raise one.fault("about", f"the digest has no entry {one.text('about')!r}, or it comes twice here")
        found[one.text("about")] = one.texts("questions", least=1, most=8)
    return MappingProxyType(found)


@cache
def outside_questions() -> tuple[str, ...]:
    """Questions that schools ask and the guide does not answer, from `coverage/outside.yaml`.

    Raises:
        ValueError: if the file is malformed.
    """
    fields = next(read_fields(file) for file in list_data("coverage") if file.name == "outside.yaml")
    return tuple(question for topic in fields.each("topics") for question in topic.texts("questions", least=1, most=20))


def load_vectors(
    embeddings: NamedEmbeddings, language: str = DIGEST_LANGUAGE, folder: Path | None = None
) -> NDArray[np.float32]:
    """The vectors of a language's keys, one a row, in their order.

    Args:
        embeddings: the model; it is loaded only where a vector is neither shipped nor kept.
        language: whose keys.
        folder: where vectors that the package lacks are kept once they are made; None to keep none.
    """
    name = _file_name(embeddings.identity, language)
    shipped = _read_rows(files("knowledge") / "coverage" / name)
    kept = Path(folder, "keys", name) if folder else None
    known = {**shipped, **_read_rows(kept)} if kept else shipped
    vectors = embed_keys(digest_keys(language), embeddings, known)
    if kept and len({_hash(key) for key in digest_keys(language)} - known.keys()):
        _write_rows(kept, digest_keys(language), vectors)
    return vectors


def embed_keys(
    keys: Sequence[Key], embeddings: NamedEmbeddings, known: Mapping[int, NDArray[np.float32]]
) -> NDArray[np.float32]:
    """The vectors of keys, one a row: those that are known, by hash, and the rest embedded now.

    An entry's words are embedded as the model embeds documents; a question, which is to be set beside a question, as
    it embeds questions.
    """
    vectors: list[NDArray[np.float32]] = []
    for key in keys:
        vector = known.get(_hash(key))
        if vector is None:
            embed = embeddings.embed_query if key.kind != "text" else lambda text: embeddings.embed_documents([text])[0]
            vector = np.array(embed(key.text), np.float32)
        vectors.append(vector)
    return np.array(vectors, np.float32)


def _hash(key: Key) -> int:
    return int.from_bytes(hashlib.sha256(key.text.encode()).digest()[:8], "little")


def _file_name(identity: str, language: str) -> str:
    model = "".join(sign if sign.isalnum() or sign in ".-" else "-" for sign in identity.replace("==", "-"))
    mark = "" if model == identity.replace("==", "-") else f"-{hashlib.sha256(identity.encode()).hexdigest()[:8]}"
    return f"{model[-60:]}{mark}.{language}.npy"


def _read_rows(file: Traversable) -> Mapping[int, NDArray[np.float32]]:
    if not file.is_file():
        return {}
    with file.open("rb") as stream:
        rows = np.load(stream, allow_pickle=False)
    vectors = rows["bytes"].astype(np.float32) * rows["scale"][:, None]
    return dict(zip(rows["text"].tolist(), vectors, strict=True))


def _write_rows(path: Path, keys: Sequence[Key], vectors: NDArray[np.float32]) -> None:
    """A byte a number; sorted, so that a changed key changes little of the file. Written aside and moved into place."""
    by_hash = {_hash(key): vector for key, vector in zip(keys, vectors, strict=True)}
    table = np.array([by_hash[one] for one in sorted(by_hash)], np.float32)
    scales = np.abs(table).max(axis=1) / WHOLE
    rows = np.empty(len(table), [("text", "<u8"), ("scale", "<f4"), ("bytes", "i1", table.shape[1:])])
    rows["text"], rows["scale"], rows["bytes"] = sorted(by_hash), scales, np.rint(table / scales[:, None])
    aside = path.with_suffix(".new.npy")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        np.save(aside, rows)
        aside.replace(path)
    except OSError as error:
        remedy = "Free some space or choose another data folder, then try again."
        raise NoSpace(str(path.parent), "the disk is full or not writable", remedy) from error


def write_vectors(embeddings: NamedEmbeddings, folder: Path) -> tuple[Path, ...]:
    """Bring the vectors in `folder` in step with the keys, embedding only texts that it lacks; the files written.

    Languages other than English are embedded, and their levels measured, with the multilingual model alone; the levels
    once, since what they are measured on hardly changes: delete their file to have them measured again.
    """
    written: list[Path] = []
    if embeddings.name == NANO and not load_levels(embeddings.identity):
        statements = {
            language: [one.text for one in load_labelled() if one.language == language] for language in LANGUAGES
        }
        written.append(write_levels(embeddings, statements, folder))
    for language in (DIGEST_LANGUAGE, *(translated_languages() if embeddings.name == NANO else ())):
        path = folder / _file_name(embeddings.identity, language)
        _write_rows(path, digest_keys(language), embed_keys(digest_keys(language), embeddings, _read_rows(path)))
        written.append(path)
    return tuple(written)


if __name__ == "__main__":
    chosen = open_embeddings(sys.argv[1] if len(sys.argv) > 1 else None)
    for one in write_vectors(chosen, Path(str(files("knowledge") / "coverage"))):
        sys.stdout.write(f"{one.name}: {one.stat().st_size:,} bytes\n")
