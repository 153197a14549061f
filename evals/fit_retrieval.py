"""Fits the search to the tuning half of the project's own questions: `python -m evals.retrieval --fit`."""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from evals.questions import GUIDE, TUNING, Question, find_rank, keep_policy, load_file_questions, load_questions
from knowledge.identification import identify_language
from knowledge.library.holdings import Library
from knowledge.library.signals import Signals, read_signals

Numbers = NDArray[np.float64]
RANK = ("questions", "text", "passage", "words", "asked", "asks")
SHRINKAGE = 0.01
STEPS, RATE = 400, 0.05
NEWTON_STEPS = 50
THRESHOLD = 0.4  # of the tuning half, 1 in 30 answerable questions is declined, 1 in 10 unanswerable ones answered
MISSED_FILE = 2  # a school that is not shown its own document is worse served than one shown a neighbouring passage
HEADER = """\
# How the search weighs its signals (knowledge/library/search.py says what each is). Made by
# `python -m evals.retrieval --fit` on the tuning half of the questions in evals/cases: `rank` by the
# likelihood of the passage that answers among all, `guide` by logistic regression over answerable and unanswerable
# questions, `file` likewise over those of evals/cases/file_questions.yaml about invented school policies.
# Ridge penalty {shrinkage} on standardised signals.
"""


@dataclass(frozen=True, slots=True)
class Case:
    """A question, what was measured of it, and which places on the shelf hold its answer."""

    question: Question
    signals: Signals
    answering: tuple[int, ...]


def fit_weights() -> None:
    """Fit all three sets of weights and write them where the search reads them."""
    questions = [one for one in load_questions() if one.split == TUNING]
    with tempfile.TemporaryDirectory() as folder:
        library = Library(Path(folder))
        library.add(GUIDE, "guide")
        with_guide = [_case(one, library, "guide") for one in questions]
        with_file = [
            _case(one, library, keep_policy(one, library)) for one in load_file_questions() if one.split == TUNING
        ]
    weights = {
        "threshold": THRESHOLD,
        "rank": _fit_rank([case for case in with_guide if case.answering]),
        "guide": _fit_chance([(case.signals.guide, bool(case.question.answers)) for case in with_guide]),
        "file": _fit_chance([(case.signals.file, bool(case.question.answers)) for case in with_file], MISSED_FILE),
    }
    path = Path(str(files("knowledge") / "coverage" / "weights.yaml"))
    path.write_text(HEADER.format(shrinkage=SHRINKAGE) + yaml.safe_dump(weights, sort_keys=False), encoding="utf-8")


def _case(question: Question, library: Library, workspace: str) -> Case:
    language = identify_language(question.text)
    shelf, likeness = library.compare(question.text, workspace, language)
    signals = read_signals(question.text, language, shelf, likeness)
    answering = [place for place, one in enumerate(shelf.places) if find_rank(question, [one.passage.text])]
    return Case(question, signals, tuple(answering))


def _fit_rank(cases: Sequence[Case]) -> dict[str, float]:
    """Maximise the chance that softmax over the places gives to those that answer, by gradient ascent (Adam)."""
    tables = [np.stack([case.signals.places[name] for name in RANK], axis=1) for case in cases]
    spread = np.std(np.concatenate(tables), axis=0)
    weights, first, second = np.ones(len(RANK)), np.zeros(len(RANK)), np.zeros(len(RANK))
    for step in range(1, STEPS + 1):
        slope = -2 * SHRINKAGE * weights
        for case, table in zip(cases, tables, strict=True):
            chance = _softmax(table / spread @ weights)
            wanted = np.zeros_like(chance)
            wanted[list(case.answering)] = chance[list(case.answering)] / chance[list(case.answering)].sum()
            slope = slope + (wanted - chance) @ (table / spread) / len(cases)
        first, second = 0.9 * first + 0.1 * slope, 0.99 * second + 0.01 * slope**2
        weights = weights + RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    scaled = weights / spread
    best = [float((table @ scaled)[list(case.answering)].max()) for case, table in zip(cases, tables, strict=True)]
    return _rounded({"constant": -float(np.median(best)), **dict(zip(RANK, scaled.tolist(), strict=True))})


def _fit_chance(cases: Sequence[tuple[Mapping[str, float], bool]], missed: float = 1) -> dict[str, float]:
    """Logistic regression by Newton's method; refusing what is covered weighs `missed` times answering what is not."""
    names = tuple(cases[0][0])
    table = np.array([[signals[name] for name in names] for signals, _ in cases])
    truth = np.array([float(answered) for _, answered in cases])
    share = np.where(truth == 1, missed / truth.sum(), 1 / (1 - truth).sum()) / (1 + missed)
    mean, spread = table.mean(axis=0), table.std(axis=0) + 1e-9
    columns = np.column_stack([np.ones(len(table)), (table - mean) / spread])
    ridge = SHRINKAGE * np.diag([1e-9, *np.ones(len(names))])
    weights = np.zeros(columns.shape[1])
    for _ in range(NEWTON_STEPS):
        chance = 1 / (1 + np.exp(-columns @ weights))
        slope = columns.T @ (share * (chance - truth)) + ridge @ weights
        curve = (columns * (share * chance * (1 - chance))[:, None]).T @ columns + ridge
        weights = weights - np.linalg.solve(curve, slope)
    scaled = weights[1:] / spread
    constant = float(weights[0] - scaled @ mean)
    return _rounded({"constant": constant, **dict(zip(names, scaled.tolist(), strict=True))})


def _softmax(values: Numbers) -> Numbers:
    raised = np.exp(values - values.max())
    shares: Numbers = raised / raised.sum()
    return shares


def _rounded(weights: Mapping[str, float]) -> dict[str, float]:
    return {name: round(value, 4) for name, value in weights.items()}
