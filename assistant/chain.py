"""The why chain: the questions put to a goal, the answers, what each of them is, and the goal in new words."""

from dataclasses import dataclass
from typing import Literal, get_args

from knowledge.heard import says_unknown

AnswerClass = Literal[
    "need_or_reason",
    "higher_goal",
    "means_or_activity",
    "circular",
    "mandate_or_funding",
    "value_or_mission",
    "unsure",
]
ANSWER_CLASSES: tuple[AnswerClass, ...] = get_args(AnswerClass)


@dataclass(frozen=True, slots=True)
class WhyStep:
    """One rung: the question put, the manager's answer, and what that answer is (goal-quality's seven classes)."""

    question: str
    answer: str
    answer_class: AnswerClass
    confidence: float


@dataclass(frozen=True, slots=True)
class Reformulation:
    """A goal in the manager's own words: `kept` are the facts it holds; `invented` must stay empty."""

    text: str
    kept: tuple[str, ...]
    invented: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WhyChain:
    """The ladder from a first goal to its reason; `true_goal` and `reformulation` are set once `done`.

    `next_question` is None once the chain is done.
    """

    goal: str
    steps: tuple[WhyStep, ...]
    done: bool
    true_goal: str | None
    next_question: str | None
    reformulation: Reformulation | None


def is_answer(step: WhyStep, language: str) -> bool:
    """Whether something was answered to a why, in `language`: not to know is no answer."""
    return step.answer_class != "unsure" or not says_unknown(step.answer, language)
