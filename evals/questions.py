"""The questions that the search is fitted to and measured on, and where their answers stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from evals.shared import FOLDER, read_rows
from knowledge.datafile import Fields, read_fields
from knowledge.library.holdings import Library

GUIDE = FOLDER / "guide" / "go-international.md"
NONE = "none"
TUNING, REPORTED = "tuning", "held out"
SPLITS = (TUNING, REPORTED)


@dataclass(frozen=True, slots=True)
class Question:
    """A question; `answers` are words that a quotation must hold, any of them; none where it is not to be answered.

    `sections` are the guide's that answer; `file` is the invented policy in `evals/cases` that it is asked of, or ""
    for the guide. `answered_by` is an invented paper that answers what the guide does not, found by reading them all.
    """

    id: str
    language: str
    text: str
    answers: tuple[str, ...]
    sections: tuple[str, ...]
    split: str
    file: str = ""
    answered_by: str = ""


def load_questions() -> tuple[Question, ...]:
    """The project's own questions.

    Raises:
        ValueError: if the file is malformed.
    """
    fields = read_fields(files("evals") / "cases" / "guide_questions.yaml")
    return tuple(_question(one) for one in fields.each("questions"))


def load_unread_guide_questions() -> tuple[Question, ...]:
    """English questions to the guide by two other hands, which nobody who works on the search has read.

    Raises:
        ValueError: if the file is malformed.
    """
    fields = read_fields(files("evals") / "cases" / "guide_questions_unread.yaml")
    return tuple(_question(one) for one in fields.each("questions"))


def load_file_questions() -> tuple[Question, ...]:
    """The project's own questions about eleven invented school papers, of two hands.

    Raises:
        ValueError: if the file is malformed.
    """
    return _questions_of("file_questions.yaml", "school_questions.yaml")


def load_far_questions() -> tuple[Question, ...]:
    """Those of a third hand about six further papers, in words far from theirs: for tuning alone.

    Raises:
        ValueError: if the file is malformed.
    """
    return _questions_of("school_questions_more.yaml")


def load_further_questions() -> tuple[Question, ...]:
    """Those of a fifth hand about eight further papers, in everyday words: for tuning alone.

    Raises:
        ValueError: if the file is malformed.
    """
    return _questions_of("school_questions_further.yaml")


def load_silent_questions() -> tuple[Question, ...]:
    """Questions close to the guide's subject that it does not answer, of a hand of their own: for tuning alone.

    Raises:
        ValueError: if the file is malformed.
    """
    fields = read_fields(files("evals") / "cases" / "silent_questions.yaml")
    return tuple(_question(one) for one in fields.each("questions"))


def load_unread_questions() -> tuple[Question, ...]:
    """Those of a fourth hand about six further papers, which nobody who works on the search has read.

    Raises:
        ValueError: if the file is malformed.
    """
    return _questions_of("school_questions_unread.yaml")


def _questions_of(*names: str) -> tuple[Question, ...]:
    cases = [read_fields(files("evals") / "cases" / name) for name in names]
    return tuple(_file_question(one) for fields in cases for one in fields.each("questions"))


def load_strange_questions() -> tuple[Question, ...]:
    """Questions that have nothing to do with schools: for tuning alone.

    Raises:
        ValueError: if the file is malformed.
    """
    fields = read_fields(files("evals") / "cases" / "strange_questions.yaml").inner("questions")
    return tuple(
        Question(f"{language}{number}", language, text, (), (), TUNING)
        for language in fields.values
        for number, text in enumerate(fields.texts(language, least=1, most=20))
    )


def load_shared_questions() -> tuple[Question, ...]:
    """Those of the sample beside the project; none where it is not there."""
    return tuple(
        Question(
            row["id"],
            "en",
            row["question"],
            (row["answer_span"],) if row["answer_span"] else (),
            () if row["sections"] == NONE else tuple(row["sections"].split("|")),
            "shared sample",
        )
        for row in read_rows("guide_questions.csv")
    )


def keep_policy(question: Question, library: Library) -> str:
    """Add the policy that a question is asked of to a workspace of its own, once; the workspace's name."""
    library.add(Path(str(files("evals") / "cases" / question.file)), question.file)
    return question.file


def read_policy(name: str) -> str:
    """The text of an invented policy."""
    return (files("evals") / "cases" / name).read_text(encoding="utf-8")


def find_rank(question: Question, quotes: Sequence[str]) -> int:
    """The place, from 1, of the first quotation that holds an answer; 0 where none does."""
    wanted = [_plain(answer) for answer in question.answers]
    held = (place for place, quote in enumerate(quotes, 1) if any(answer in _plain(quote) for answer in wanted))
    return next(held, 0)


def _question(fields: Fields) -> Question:
    fields.allow("id", "language", "question", "section", "answers", "split", "answered_by")
    section = fields.text("section")
    silent = section == NONE
    answers = fields.texts("answers", least=0, most=0) if silent else fields.texts("answers", least=1, most=5)
    sections = () if silent else tuple(section.split(";"))
    split = fields.choice("split", SPLITS)
    asked = (fields.text("id"), fields.text("language"), fields.text("question"))
    answered_by = fields.text("answered_by") if fields.has("answered_by") else ""
    return Question(*asked, answers, sections, split, answered_by=answered_by)


def _file_question(fields: Fields) -> Question:
    fields.allow("id", "file", "language", "question", "answer", "split")
    answers = (fields.text("answer"),) if fields.has("answer") else ()
    split = fields.choice("split", SPLITS)
    return Question(
        fields.text("id"), fields.text("language"), fields.text("question"), answers, (), split, fields.text("file")
    )


def _plain(text: str) -> str:
    """Words alone: Markdown marks, case and white space make no difference between a quotation and an answer."""
    return " ".join(text.replace("**", "").casefold().split())
