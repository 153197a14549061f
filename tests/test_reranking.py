"""A cross-encoder looks at the best passages again: in time or not at all, and never at whether they answer."""

import threading
from collections.abc import Sequence
from pathlib import Path

import pytest

from knowledge.faults import BadInput
from knowledge.library.holdings import Library
from knowledge.library.reranking import Reranker, Scorer, open_reranker

QUESTION = "What is the point of an internationalisation strategy?"
UNCOVERED = "How do I bake a sourdough bread?"
WORDS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "what", "strategy", "school", "of", "the", "a", "##s")


def _backwards(_: str, texts: Sequence[str]) -> Sequence[float]:
    return list(range(len(texts)))


def _library(folder: Path, scorer: Scorer, seconds: float = 20.0) -> Library:
    return Library(folder, reranker=Reranker(lambda: scorer, seconds))


def test_the_scorers_order_is_taken_and_everything_else_left(tmp_path: Path) -> None:
    plain = Library(tmp_path).search(QUESTION, k=20)
    found = _library(tmp_path, _backwards).search(QUESTION, k=5)
    assert plain.covered
    assert found.hits == plain.hits[::-1][:5]
    assert (found.covered, found.confidence) == (plain.covered, plain.confidence)
    assert found.nearest == Library(tmp_path).search(QUESTION, k=5).nearest


def test_what_nothing_answers_is_not_scored(tmp_path: Path) -> None:
    asked: list[str] = []

    def scorer(question: str, texts: Sequence[str]) -> Sequence[float]:
        asked.append(question)
        return _backwards(question, texts)

    plain = Library(tmp_path).search(UNCOVERED)
    assert not plain.covered
    assert _library(tmp_path, scorer).search(UNCOVERED) == plain
    assert asked == []


def test_a_late_order_is_not_used_and_the_next_question_does_not_wait_for_it(tmp_path: Path) -> None:
    go_on, calls = threading.Event(), []

    def slow(question: str, texts: Sequence[str]) -> Sequence[float]:
        calls.append(question)
        go_on.wait(60)
        return _backwards(question, texts)

    plain = Library(tmp_path).search(QUESTION)
    library = _library(tmp_path, slow, seconds=0.05)
    try:
        assert library.search(QUESTION) == plain
        assert library.search(QUESTION) == plain
        assert calls == [QUESTION]
    finally:
        go_on.set()


def test_a_scorer_that_fails_is_not_hidden_and_may_be_asked_again(tmp_path: Path) -> None:
    def failing(_: str, __: Sequence[str]) -> Sequence[float]:
        raise ArithmeticError("broken")

    library = _library(tmp_path, failing)
    for _ in range(2):
        with pytest.raises(ArithmeticError, match="broken"):
            library.search(QUESTION)


def test_a_cross_encoder_on_this_machine_is_loaded_by_its_path(tmp_path: Path) -> None:
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    torch.manual_seed(2017)
    model = tmp_path / "model"
    size = {
        "initializer_range": 2.0,
        "hidden_size": 8,
        "num_hidden_layers": 1,
        "num_attention_heads": 2,
        "intermediate_size": 16,
    }
    BertForSequenceClassification(BertConfig(vocab_size=len(WORDS), num_labels=1, **size)).save_pretrained(model)
    BertTokenizerFast(vocab={word: n for n, word in enumerate(WORDS)}).save_pretrained(model)
    reranker = open_reranker(str(model))
    assert reranker is not None
    scores = reranker._open()(QUESTION, ["a strategy", "the school", "what"])
    assert len(set(scores)) == 3
    found = Library(tmp_path / "data", reranker=Reranker(reranker._open, 60)).search(QUESTION)
    assert len(found.hits) == 5


def test_a_model_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="not on this machine"):
        open_reranker(str(tmp_path / "nowhere"))
    assert open_reranker(None) is None
    (tmp_path / "empty").mkdir()
    reranker = open_reranker(str(tmp_path / "empty"))
    assert reranker is not None
    with pytest.raises(BadInput, match="not on this machine"):
        Library(tmp_path / "data", reranker=Reranker(reranker._open, 60)).search(QUESTION)
