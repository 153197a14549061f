"""Fits the search to the tuning half of the project's own questions: `python -m evals.retrieval --fit`."""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from evals.questions import (
    GUIDE,
    TUNING,
    Question,
    find_rank,
    keep_policy,
    load_file_questions,
    load_questions,
    load_strange_questions,
)
from knowledge.identification import identify_language
from knowledge.library.holdings import Library
from knowledge.library.signals import Signals, read_signals
from knowledge.library.weighing import Weights

Numbers = NDArray[np.float64]
RANK = ("questions", "text", "passage", "words", "asked", "asks")
SHRINKAGE = 0.01
STEPS, RATE = 400, 0.05
NEWTON_STEPS = 50
# Of the tuning half, 1 in 30 answerable questions of the guide is declined, 1 in 10 unanswerable ones answered.
THRESHOLDS = {"guide": 0.4, "papers": 0.5, "papers for sure": 0.75}
PAPER_RANK = ("likeness", "words", "named")
# What a question counts that is asked of another school's paper, of all papers without an answer, or of all papers and
# is the guide's: some of those papers do answer it.
ELSEWHERE, POOLED, GUIDES = 0.05, 0.5, 0.3
EVERY_PAPER = "every paper"
MISSED = 2  # a school that is not shown its own paper is worse served than one shown a neighbouring passage
HEADER = """\
# How the search weighs its signals (knowledge/library/search.py says what each is). Made by
# `python -m evals.retrieval --fit` on the tuning half of the questions in evals/cases: `rank` by the
# likelihood of the passage that answers among all, `guide` by logistic regression over answerable and unanswerable
# questions; `paper_rank` and `papers` likewise on questions about invented school papers.
# Ridge penalty {shrinkage} on standardised signals.
"""


@dataclass(frozen=True, slots=True)
class Case:
    """A question, what was measured of it, and which places hold its answer: of the papers' where there are papers."""

    question: Question
    signals: Signals
    answering: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """The signals of one decision, what would have been right, and how much it counts."""

    signals: Mapping[str, float]
    covered: bool
    counts: float = 1.0


def fit_weights() -> None:
    """Fit all four sets of weights and write them where the search reads them."""
    questions = [one for one in load_questions() if one.split == TUNING]
    of_papers = [one for one in load_file_questions() if one.split == TUNING]
    with tempfile.TemporaryDirectory() as folder:
        library = Library(Path(folder))
        library.add(GUIDE, "guide")
        with_guide = [_case(one, library, "guide") for one in questions]
        names = sorted({keep_policy(one, library) for one in of_papers})
        for name in names:
            library.add(Path(str(files("evals") / "cases" / name)), EVERY_PAPER)
        with_papers = {(one, name): _case(one, library, name) for one in of_papers for name in (*names, EVERY_PAPER)}
        pooled = [_case(one, library, EVERY_PAPER) for one in questions]
        strange = load_strange_questions()
        pooled_strange = [_case(one, library, EVERY_PAPER) for one in strange]
        pooled_strange += [_case(one, library, names[n % len(names)]) for n, one in enumerate(strange)]
    own = [case for (one, name), case in with_papers.items() if name == one.file]
    rank = _fit_rank([(case.signals.places, case.answering) for case in with_guide if case.answering], RANK)
    found = [(case.signals.papers.each, case.answering) for case in own if case.signals.papers and case.answering]
    paper_rank = _fit_rank(found, PAPER_RANK)
    guided = [Told(case.signals.guide, bool(case.question.answers)) for case in with_guide]
    guided += [Told(case.signals.guide, covered=False) for case in own if not case.question.answers]
    by_paper = [_tell_paper(case, paper_rank, name) for (_, name), case in with_papers.items()]
    by_paper += [Told(_decisive(case, paper_rank), covered=False, counts=GUIDES) for case in pooled]
    by_paper += [Told(_decisive(case, paper_rank), covered=False) for case in pooled_strange]
    weights = {
        "thresholds": THRESHOLDS,
        "rank": rank,
        "guide": _fit_chance(guided),
        "paper_rank": paper_rank,
        "papers": _fit_chance(by_paper, MISSED),
    }
    path = Path(str(files("knowledge") / "coverage" / "weights.yaml"))
    path.write_text(HEADER.format(shrinkage=SHRINKAGE) + yaml.safe_dump(weights, sort_keys=False), encoding="utf-8")


def _tell_paper(case: Case, rank: Mapping[str, float], asked_of: str) -> Told:
    """What is to be learnt from a question about a paper, asked of that paper, of another, or of all."""
    question = case.question
    covered = bool(question.answers) and asked_of in {question.file, EVERY_PAPER}
    if covered or asked_of == question.file:
        return Told(_decisive(case, rank), covered)
    return Told(_decisive(case, rank), covered=False, counts=POOLED if asked_of == EVERY_PAPER else ELSEWHERE)


def _decisive(case: Case, rank: Mapping[str, float]) -> Mapping[str, float]:
    papers = case.signals.papers
    if papers is None:
        raise ValueError(f"{case.question.id}: asked of no paper")
    return papers.decisive(papers.scores(Weights(rank["constant"], {name: rank[name] for name in PAPER_RANK})))


def _case(question: Question, library: Library, workspace: str) -> Case:
    language = identify_language(question.text)
    held, likeness, _ = library.compare(question.text, workspace, language)
    signals = read_signals(question.text, language, held.shelf, held.papers, likeness)
    if signals.papers is None:
        texts = [place.passage.text for place in held.shelf.places]
    else:
        found = held.papers.places(signals.papers.numbers.tolist())
        texts = [place.passage.text if place else "" for place in found]
    return Case(question, signals, tuple(number for number, text in enumerate(texts) if find_rank(question, [text])))


def _fit_rank(cases: Sequence[tuple[Mapping[str, Numbers], Sequence[int]]], names: Sequence[str]) -> dict[str, float]:
    """Maximise the chance that softmax over the places gives to those that answer, by gradient ascent (Adam).

    Args:
        cases: each question's signals, an array over the places for each, and which places answer.
        names: the signals to weigh.
    """
    tables = [np.stack([signals[name] for name in names], axis=1) for signals, _ in cases]
    answering = [list(places) for _, places in cases]
    spread = np.std(np.concatenate(tables), axis=0)
    weights, first, second = np.ones(len(names)), np.zeros(len(names)), np.zeros(len(names))
    for step in range(1, STEPS + 1):
        slope = -2 * SHRINKAGE * weights
        for table, places in zip(tables, answering, strict=True):
            chance = _softmax(table / spread @ weights)
            wanted = np.zeros_like(chance)
            wanted[places] = chance[places] / chance[places].sum()
            slope = slope + (wanted - chance) @ (table / spread) / len(cases)
        first, second = 0.9 * first + 0.1 * slope, 0.99 * second + 0.01 * slope**2
        weights = weights + RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    scaled = weights / spread
    best = [float((table @ scaled)[places].max()) for table, places in zip(tables, answering, strict=True)]
    return _rounded({"constant": -float(np.median(best)), **dict(zip(names, scaled.tolist(), strict=True))})


def _fit_chance(cases: Sequence[Told], missed: float = 1) -> dict[str, float]:
    """Logistic regression by Newton's method; refusing what is covered weighs `missed` times answering what is not."""
    names = tuple(cases[0].signals)
    table = np.array([[one.signals[name] for name in names] for one in cases])
    truth = np.array([float(one.covered) for one in cases])
    counts = np.array([one.counts for one in cases])
    share = counts * np.where(truth == 1, missed / (counts @ truth), 1 / (counts @ (1 - truth))) / (1 + missed)
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
