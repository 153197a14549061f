"""The one place where a language model may touch the dialogue: the wording of the question that is open.

The move is made, and kept, before a voice is asked. What a voice may say is checked behind the `Voice`
(assistant/speaking/); here it can change nothing but the words of that one question.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from assistant.asking.conversation import Phase, Talk
from assistant.origin import Worded

# Only the question why is worded anew: the others quote a wording that must stay as it is, or offer a choice.
WORDED_ANEW: tuple[Phase, ...] = ("why",)


@dataclass(frozen=True, slots=True)
class Asked:
    """The open question as we word it, and what its wording may draw on.

    `answers` are the manager's answers about this goal so far; `earlier` is what the assistant has said before this
    turn, none of which may be said again.
    """

    question: str
    language: str
    goal: str
    answers: tuple[str, ...]
    earlier: tuple[str, ...]


Show = Callable[[str], None]


class Voice(Protocol):
    """Words questions anew."""

    def word_question(self, asked: Asked, show: Show) -> Worded | None:
        """Another wording of the open question; None where ours shall stand.

        Args:
            asked: the question and what was said before it.
            show: told the wording as far as it has come, each time there is more of it.
        """


def show_nothing(_: str) -> None:
    """For callers that wait for the whole question."""


def find_asked(talk: Talk) -> Asked | None:
    """The question that a voice may word anew; None where the talk does not wait for the answer to one."""
    goal = next((goal for goal in talk.goals if goal.id == talk.current), None)
    if goal is None or talk.phase not in WORDED_ANEW or not talk.asked or not talk.turns:
        return None
    last = talk.turns[-1]
    if last.speaker != "assistant" or last.origin is not None or not last.text.endswith(talk.asked):
        return None
    earlier = tuple(turn.text for turn in talk.turns[:-1] if turn.speaker == "assistant")
    return Asked(talk.asked, talk.language, goal.original, goal.answers, earlier)


def reword(talk: Talk, asked: Asked, worded: Worded) -> Talk:
    """The talk with its open question in other words; as it was where that question is open no more."""
    if find_asked(talk) != asked:
        return talk
    last = talk.turns[-1]
    text = last.text.removesuffix(asked.question) + worded.text
    return replace(talk, turns=(*talk.turns[:-1], replace(last, text=text, origin=worded.origin)), asked=worded.text)
