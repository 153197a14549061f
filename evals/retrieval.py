"""How well questions are answered from the guide: is the answer quoted, how high, and what is declined.

`python -m evals.retrieval` prints the figures; `--fit` fits the weights of `knowledge/coverage/weights.yaml` anew.
"""

import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.resources import files
from pathlib import Path

from assistant.answer import answer_question
from evals.figures import Figure, bootstrap_interval, wilson_interval
from evals.runner import format_table
from evals.shared import FOLDER, read_rows
from evals.textbook import build_textbook
from knowledge.datafile import Fields, read_fields
from knowledge.library.holdings import DEFAULT_WORKSPACE, Library

GUIDE = FOLDER / "guide" / "go-international.md"
NONE = "none"
SPLITS = ("tuning", "held out")
DEPTH = 5
BASELINE = "1,000-character chunks, MiniLM, Chroma"


@dataclass(frozen=True, slots=True)
class Question:
    """A question; `answers` are words that a quotation must hold, any of them; none where it is not to be answered.

    `file` is the invented policy in `evals/cases` that it is asked of, or "" for the guide.
    """

    id: str
    language: str
    text: str
    answers: tuple[str, ...]
    split: str
    file: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was said: the place, from 1, of the first quotation that holds the answer (0 for none), or a refusal."""

    question: Question
    rank: int
    declined: bool


def load_questions() -> tuple[Question, ...]:
    """The project's own questions.

    Raises:
        ValueError: if the file is malformed.
    """
    fields = read_fields(files("evals") / "cases" / "guide_questions.yaml")
    return tuple(_question(one) for one in fields.each("questions"))


def load_file_questions() -> tuple[Question, ...]:
    """The project's own questions about two invented school policies.

    Raises:
        ValueError: if the file is malformed.
    """
    fields = read_fields(files("evals") / "cases" / "file_questions.yaml")
    return tuple(_file_question(one) for one in fields.each("questions"))


def keep_policy(question: Question, library: Library) -> str:
    """Add the policy that a question is asked of to a workspace of its own, once; the workspace's name."""
    library.add(Path(str(files("evals") / "cases" / question.file)), question.file)
    return question.file


def load_shared_questions() -> tuple[Question, ...]:
    """Those of the sample beside the project; none where it is not there."""
    return tuple(
        Question(row["id"], "en", row["question"], (row["answer_span"],) if row["answer_span"] else (), "shared sample")
        for row in read_rows("guide_questions.csv")
    )


def measure() -> tuple[Figure, ...]:
    """Hit rates, mean reciprocal rank and refusals with the guide in the library; none where the guide is not here.

    Own figures are of the held-out half of the questions; the weights were fitted on the other.
    """
    if not GUIDE.is_file():
        return ()
    own = [question for question in load_questions() if question.split == SPLITS[1]]
    with tempfile.TemporaryDirectory() as folder:
        library = Library(Path(folder) / "askwhy")
        library.add(GUIDE)
        find_chunks = build_textbook(GUIDE.read_text(encoding="utf-8"), Path(folder) / "textbook")
        figures: list[Figure] = []
        for cases, questions in (("own", own), ("shared sample", load_shared_questions())):
            outcomes = [_ask(question, library) for question in questions]
            baseline = [Outcome(one, find_rank(one, find_chunks(one.text, DEPTH)), declined=False) for one in questions]
            figures += _figures(cases, outcomes, baseline)
            if cases == "own":
                figures += _by_language(outcomes, baseline)
        figures += _file_figures(library, Path(folder))
    return tuple(figures)


def find_rank(question: Question, quotes: Sequence[str]) -> int:
    """The place, from 1, of the first quotation that holds an answer; 0 where none does."""
    wanted = [_plain(answer) for answer in question.answers]
    held = (place for place, quote in enumerate(quotes, 1) if any(answer in _plain(quote) for answer in wanted))
    return next(held, 0)


def _file_figures(library: Library, folder: Path) -> list[Figure]:
    asked = [one for one in load_file_questions() if one.split == SPLITS[1]]
    finders = {name: build_textbook(_read_case(name), folder / name) for name in {one.file for one in asked}}
    pairs = [
        (
            _ask(one, library, keep_policy(one, library)),
            Outcome(one, find_rank(one, finders[one.file](one.text, DEPTH)), declined=False),
        )
        for one in asked
    ]
    answerable = [pair for pair in pairs if pair[0].question.answers]
    silent = [pair for pair in pairs if not pair[0].question.answers]
    return [
        _share("school files", f"hit@{DEPTH}", "own", answerable, lambda one: one.rank > 0),
        _share("school files", "unanswerable ones declined", "own", silent, lambda one: one.declined),
    ]


def _read_case(name: str) -> str:
    return (files("evals") / "cases" / name).read_text(encoding="utf-8")


def _ask(question: Question, library: Library, workspace: str = DEFAULT_WORKSPACE) -> Outcome:
    answer = answer_question(question.text, library, k=DEPTH, workspace=workspace)
    return Outcome(question, find_rank(question, [one.quote for one in answer.citations]), declined=not answer.answered)


def _figures(cases: str, outcomes: Sequence[Outcome], baseline: Sequence[Outcome]) -> list[Figure]:
    answerable = [(ours, theirs) for ours, theirs in zip(outcomes, baseline, strict=True) if ours.question.answers]
    silent = [(ours, theirs) for ours, theirs in zip(outcomes, baseline, strict=True) if not ours.question.answers]
    figures = [
        _share("guide questions", f"hit@{depth}", cases, answerable, partial(_hits_within, depth))
        for depth in (1, 3, DEPTH)
    ]
    figures.append(_mean_reciprocal_rank(cases, answerable))
    figures.append(_share("guide questions", "answerable ones declined", cases, answerable, lambda one: one.declined))
    figures.append(_share("guide questions", "unanswerable ones declined", cases, silent, lambda one: one.declined))
    return figures


def _by_language(outcomes: Sequence[Outcome], baseline: Sequence[Outcome]) -> list[Figure]:
    pairs = [(ours, theirs) for ours, theirs in zip(outcomes, baseline, strict=True) if ours.question.answers]
    english = [pair for pair in pairs if pair[0].question.language == "en"]
    others = [pair for pair in pairs if pair[0].question.language != "en"]
    return [
        _share("guide questions", f"hit@{DEPTH}", cases, part, lambda one: one.rank > 0)
        for cases, part in (("own, English", english), ("own, the other eight languages", others))
    ]


def _share(
    part: str, measured: str, cases: str, pairs: Sequence[tuple[Outcome, Outcome]], holds: Callable[[Outcome], bool]
) -> Figure:
    hits = sum(holds(ours) for ours, _ in pairs)
    theirs = sum(holds(theirs) for _, theirs in pairs)
    low, high = wilson_interval(hits, len(pairs))
    n = max(1, len(pairs))
    return Figure(part, measured, cases, len(pairs), hits / n, low, high, BASELINE, theirs / n)


def _hits_within(depth: int, outcome: Outcome) -> bool:
    return 0 < outcome.rank <= depth


def _mean_reciprocal_rank(cases: str, pairs: Sequence[tuple[Outcome, Outcome]]) -> Figure:
    ours, theirs = [one.rank for one, _ in pairs], [other.rank for _, other in pairs]
    low, high = bootstrap_interval(ours, _reciprocal)
    return Figure(
        "guide questions", "MRR", cases, len(ours), _reciprocal(ours), low, high, BASELINE, _reciprocal(theirs)
    )


def _reciprocal(ranks: Sequence[int]) -> float:
    return sum(1 / rank for rank in ranks if rank) / max(1, len(ranks))


def _question(fields: Fields) -> Question:
    fields.allow("id", "language", "question", "section", "answers", "split")
    silent = fields.text("section") == NONE
    answers = fields.texts("answers", least=0, most=0) if silent else fields.texts("answers", least=1, most=5)
    split = fields.choice("split", SPLITS)
    return Question(fields.text("id"), fields.text("language"), fields.text("question"), answers, split)


def _file_question(fields: Fields) -> Question:
    fields.allow("id", "file", "language", "question", "answer", "split")
    answers = (fields.text("answer"),) if fields.has("answer") else ()
    split = fields.choice("split", SPLITS)
    return Question(
        fields.text("id"), fields.text("language"), fields.text("question"), answers, split, fields.text("file")
    )


def _plain(text: str) -> str:
    """Words alone: Markdown marks, case and white space make no difference between a quotation and an answer."""
    return " ".join(text.replace("**", "").casefold().split())


if __name__ == "__main__":
    if sys.argv[1:] == ["--fit"]:
        from evals.fit_retrieval import fit_weights

        fit_weights()
    else:
        print(format_table(measure()))
