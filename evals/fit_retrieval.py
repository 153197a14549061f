"""Fits the search to the tuning half of the project's own questions: `python -m evals.retrieval --fit`."""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.resources import files
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from evals.cross_fit import read_taught
from evals.questions import (
    GUIDE,
    TUNING,
    Question,
    find_rank,
    keep_policy,
    load_far_questions,
    load_file_questions,
    load_further_questions,
    load_questions,
    load_silent_questions,
    load_strange_questions,
)
from knowledge.identification import identify_language
from knowledge.library.holdings import Library
from knowledge.library.signals import Signals, read_signals
from knowledge.library.weighing import Weights

Numbers = NDArray[np.float64]
Measured = tuple[Mapping[str, Numbers], Sequence[int]]  # a question's signals, one number a place; which answer it
RANK = ("questions", "learnt", "text", "passage", "words", "asked", "asks")
SHRINKAGE = 0.01
STEPS, RATE = 400, 0.05
NEWTON_STEPS = 50
NOTHING: frozenset[str] = frozenset()
# Of the tuning half, 1 in 30 answerable questions of the guide is declined, 1 in 10 unanswerable ones answered. About
# papers 1 in 11 answerable ones is declined, and is shown what comes nearest all the same.
THRESHOLDS = {"guide": 0.4, "papers": 0.5, "papers beside guide": 0.6, "papers for sure": 0.75}
PAPER_RANK = ("likeness", "words", "named")
# What a question counts that is asked of another school's paper, of many papers without an answer, or of many papers
# and is the guide's: some of those papers do answer it. Of the third hand's questions those without an answer have
# more of their paper's words than those with one; counting for more, they would make likeness speak against an answer.
ELSEWHERE, POOLED, GUIDES, FAR = 0.2, 0.5, 0.3, 0.1
OTHERS = (3, 7)  # how far down the list the other papers stand that a question is asked of too
ELEVEN, FURTHER, EVERY_PAPER = "the first eleven papers", "the fifth hand's papers", "every paper"
# What can only speak for an answer, and what can only speak against one.
SIGNS = {"likeness": 1, "words": 1, "lead": 1, "absent": -1}
MISSED = 2  # a school that is not shown its own paper is worse served than one shown a neighbouring passage
HEADER = """\
# How the search weighs its signals (knowledge/library/search.py says what each is). Made by
# `python -m evals.retrieval --fit` on the tuning half of the questions in evals/cases and on those of taught_*.yaml:
# `rank` by the likelihood of the passage that answers among all, `guide` by logistic regression over answerable and
# unanswerable questions; `paper_rank` and `papers` likewise on questions about invented school papers.
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
    near = [one for one in load_file_questions() if one.split == TUNING]
    with tempfile.TemporaryDirectory() as folder:
        library = Library(Path(folder))
        library.add(GUIDE, "guide")
        with_guide = [_case(one, library, "guide") for one in questions]
        silent = [_case(one, library, "guide") for one in load_silent_questions()]
        taught = list(read_taught(library, "guide"))
        asked = _ask_of_papers(near, library, ELEVEN)
        further = _ask_of_papers(load_further_questions(), library, FURTHER)
        far = _ask_of_papers(load_far_questions(), library, EVERY_PAPER)
        for name in sorted({one.file for one in near}):
            library.add(_path(name), EVERY_PAPER)
        pools = (ELEVEN, EVERY_PAPER)
        pooled = [_case(one, library, pools[n % 2]) for n, one in enumerate(questions)]
        strange = load_strange_questions()
        places = (*pools, *sorted({one.file for one in near}))
        pooled_strange = [_case(one, library, places[n % len(places)]) for n, one in enumerate(strange)]
        pooled_strange += [_case(one, library, pools[n % 2]) for n, one in enumerate(strange)]
    asked += further
    own = [case for case, asked_of in asked if asked_of == case.question.file]
    measured = [(case.signals.places, case.answering) for case in with_guide if case.answering]
    rank = _fit_rank([(measured, 1 / 2), ([(one.signals.places, one.answering) for one in taught], 1 / 2)], RANK)
    found = [(case.signals.papers.each, case.answering) for case in own if case.signals.papers and case.answering]
    paper_rank = _fit_rank([(found, 1)], PAPER_RANK)
    best = _weights(rank)
    guided = [Told(case.signals.decisive(best), bool(case.question.answers)) for case in (*with_guide, *silent)]
    guided += [Told(one.signals.decisive(best), covered=True, counts=len(measured) / len(taught)) for one in taught]
    guided += [Told(case.signals.decisive(best), covered=False) for case in own if not case.question.answers]
    guide = _fit_chance(guided)
    weigh = partial(_decisive, rank=best, paper_rank=_weights(paper_rank), guide=_weights(guide))
    by_paper = [_tell_paper(case, weigh(case), asked_of, 1) for case, asked_of in asked]
    by_paper += [_tell_paper(case, weigh(case), asked_of, FAR) for case, asked_of in far]
    by_paper += [_tell_guides(case, weigh(case)) for case in pooled]
    by_paper += [Told(weigh(case), covered=False) for case in pooled_strange]
    weights = {
        "thresholds": THRESHOLDS,
        "rank": rank,
        "guide": guide,
        "paper_rank": paper_rank,
        "papers": _fit_chance(by_paper, MISSED, SIGNS),
    }
    path = Path(str(files("knowledge") / "coverage" / "weights.yaml"))
    path.write_text(HEADER.format(shrinkage=SHRINKAGE) + yaml.safe_dump(weights, sort_keys=False), encoding="utf-8")


def _ask_of_papers(questions: Sequence[Question], library: Library, pool: str) -> list[tuple[Case, str]]:
    """Each question asked of its own paper, of two others and of all of them, which stand in `pool` afterwards."""
    names = sorted({keep_policy(one, library) for one in questions})
    for name in names:
        library.add(_path(name), pool)
    asked: list[tuple[Case, str]] = []
    for one in questions:
        others = (names[(names.index(one.file) + step) % len(names)] for step in OTHERS)
        asked += [(_case(one, library, name), name) for name in dict.fromkeys((one.file, *others, pool))]
    return asked


def _path(name: str) -> Path:
    return Path(str(files("evals") / "cases" / name))


def _weights(fitted: Mapping[str, float]) -> Weights:
    return Weights(fitted["constant"], {name: weight for name, weight in fitted.items() if name != "constant"})


def _tell_paper(case: Case, signals: Mapping[str, float], asked_of: str, counts: float) -> Told:
    """What is to be learnt from a question about a paper, asked of that paper, of another, or of many."""
    question = case.question
    own, pooled = asked_of == question.file, asked_of in {ELEVEN, FURTHER, EVERY_PAPER}
    covered = bool(question.answers) and (own or pooled)
    return Told(signals, covered, counts * (1 if covered or own else POOLED if pooled else ELSEWHERE))


def _tell_guides(case: Case, signals: Mapping[str, float]) -> Told:
    """The same of one about the guide, asked of many papers."""
    question = case.question
    return Told(signals, bool(question.answered_by), GUIDES if question.answers else 1.0)


def _decisive(case: Case, rank: Weights, paper_rank: Weights, guide: Weights) -> Mapping[str, float]:
    if case.signals.papers is None:
        raise ValueError(f"{case.question.id}: asked of no paper")
    return case.signals.papers.decisive(paper_rank, case.signals.decisive(rank), guide)


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


def _fit_rank(parts: Sequence[tuple[Sequence[Measured], float]], names: Sequence[str]) -> dict[str, float]:
    """Maximise the chance that softmax over the places gives to those that answer, by gradient ascent (Adam).

    Args:
        parts: questions, and how much those of a part count together.
        names: the signals to weigh.
    """
    cases = [case for part, _ in parts for case in part]
    counts = [share / len(part) for part, share in parts for _ in part]
    tables = [np.stack([signals[name] for name in names], axis=1) for signals, _ in cases]
    answering = [list(places) for _, places in cases]
    spread = np.std(np.concatenate(tables), axis=0)
    scaled_tables = [table / spread for table in tables]
    weights, first, second = np.ones(len(names)), np.zeros(len(names)), np.zeros(len(names))
    for step in range(1, STEPS + 1):
        slope = -2 * SHRINKAGE * weights
        for table, places, count in zip(scaled_tables, answering, counts, strict=True):
            chance = _softmax(table @ weights)
            wanted = np.zeros_like(chance)
            wanted[places] = chance[places] / chance[places].sum()
            slope = slope + (wanted - chance) @ table * count
        first, second = 0.9 * first + 0.1 * slope, 0.99 * second + 0.01 * slope**2
        weights = weights + RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    scaled = weights / spread
    best = [float((table @ scaled)[places].max()) for table, places in zip(tables, answering, strict=True)]
    return _rounded({"constant": -float(np.median(best)), **dict(zip(names, scaled.tolist(), strict=True))})


def _fit_chance(
    cases: Sequence[Told], missed: float = 1, signs: Mapping[str, int] | None = None, left_out: frozenset[str] = NOTHING
) -> dict[str, float]:
    """Logistic regression by Newton's method; refusing what is covered weighs `missed` times answering what is not.

    Args:
        cases: what to learn from.
        missed: see above.
        signs: which signals may count one way alone; one that would count the other way counts nothing.
        left_out: signals that count nothing.
    """
    names = tuple(name for name in cases[0].signals if name not in left_out)
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
    wrong = {name for name, one in zip(names, scaled, strict=True) if one * (signs or {}).get(name, 0) < 0}
    if wrong:
        return _fit_chance(cases, missed, signs, left_out | wrong)
    constant = float(weights[0] - scaled @ mean)
    return _rounded({"constant": constant, **dict(zip(names, scaled.tolist(), strict=True))})


def _softmax(values: Numbers) -> Numbers:
    raised = np.exp(values - values.max())
    shares: Numbers = raised / raised.sum()
    return shares


def _rounded(weights: Mapping[str, float]) -> dict[str, float]:
    return {name: round(value, 4) for name, value in weights.items()}
