"""Where a language model may touch the dialogue: the words of the open question, and what the manager asks of it.

The move is made, and kept, before a voice is asked. What a voice may say is checked behind the `Voice`
(assistant/speaking/); here it can change the words of that one question, and add other wordings of a goal or a summary
of its reasons, where the manager has just asked for them. It moves nothing.
"""

from collections.abc import Callable, Generator
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol, TypeVar

from assistant.asking.conversation import KeptGoal, Phase, Talk, Turn, find_current
from assistant.asking.talking import change_goal, voice_of
from assistant.origin import Worded
from knowledge.lexicon import load_lexicon

# Only the question why is worded anew: the others quote a wording that must stay as it is, or offer a choice.
WORDED_ANEW: tuple[Phase, ...] = ("why",)
Change = Callable[[Talk], Talk]
Said = TypeVar("Said")


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


class Voice(Protocol):
    """Words what it is asked to; what fails a check is never returned."""

    @property
    def who(self) -> str:
        """The model as its owner knows it."""

    def word_question(self, asked: Asked) -> Generator[str, None, Worded | None]:
        """Another wording of an open question, given as far as it has come; in the end None where ours shall stand."""

    def word_goal(self, wording: str, answers: tuple[str, ...], language: str) -> tuple[Worded, ...]:
        """Other wordings of a goal, made of the manager's words; none where it has none."""

    def sum_up(self, goal: str, answers: tuple[str, ...], language: str) -> Worded | None:
        """Why there is that goal, in short, each sentence with the number of its answer; None where it cannot say."""


def hear_out(words: Generator[str, None, Said]) -> Said:
    """What words that come bit by bit come to."""
    while True:
        try:
            next(words)
        except StopIteration as end:
            said: Said = end.value
            return said


def has_work(talk: Talk) -> bool:
    """Whether there is anything in a talk that a voice is to be asked for."""
    return find_asked(talk) is not None or (bool(talk.wish) and find_current(talk) is not None)


def consult(voice: Voice, talk: Talk) -> Generator[str, None, Change]:
    """Ask a voice for what the talk needs of it.

    Yields:
        The words so far of the open question, each time there is more of them.

    Returns:
        What puts the voice's words into the talk as it stands by then; it leaves a talk that has gone on as it is.
    """
    asked, goal = find_asked(talk), find_current(talk)
    if asked is not None:
        worded = yield from voice.word_question(asked)
        return partial(reword, asked=asked, worded=worded) if worded else _leave
    if goal is None:
        return _leave
    said = _list_said(goal)
    if talk.wish == "wordings":
        wordings = voice.word_goal(goal.text, said, goal.language)
        return partial(offer_wordings, at=talk, wordings=wordings, who=voice.who) if wordings else _leave
    summary = voice.sum_up(goal.original, goal.answers, goal.language)
    return partial(add_summary, at=talk, summary=summary, who=voice.who) if summary else _leave


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


def offer_wordings(talk: Talk, at: Talk, wordings: tuple[Worded, ...], who: str) -> Talk:
    """The talk with a model's wordings of the goal on offer, marked as such; as it was where it has left `at`."""
    if talk != at:
        return talk
    listed = " ".join(f"({place}) {one.text}" for place, one in enumerate(wordings, start=1))
    told = voice_of(talk)["suggested"].format(model=who, wordings=listed)
    return replace(talk, turns=(*talk.turns, Turn("assistant", told, (), wordings[0].origin)), suggested=wordings)


def add_summary(talk: Talk, at: Talk, summary: Worded, who: str) -> Talk:
    """The talk with a model's summary before its last turn, kept with the goal; as it was where it has left `at`."""
    if talk != at:
        return talk
    told = voice_of(talk)["summed"].format(model=who, text=summary.text)
    turn = Turn("assistant", told, (), summary.origin)
    kept = change_goal(talk, talk.current, summary=summary)
    return replace(kept, turns=(*talk.turns[:-1], turn, talk.turns[-1]))


def say_so_far(talk: Talk, words: str) -> Talk:
    """The talk as it may be shown while a voice is asked: its last turn says that a model is writing, and what so far.

    The words have passed every check that a beginning can fail, and no more: they are shown as a draft. Nothing of
    this is kept.
    """
    voice = load_lexicon(talk.language).voice
    draft = voice["drafted"].format(text=words) if words else voice["drafting"]
    turns = talk.turns
    if find_asked(talk) is not None:
        told = turns[-1].text.removesuffix(talk.asked).strip()
        turns = (*turns[:-1], replace(turns[-1], text=told)) if told else turns[:-1]
    return replace(talk, turns=(*turns, Turn("assistant", draft)))


def _list_said(goal: KeptGoal) -> tuple[str, ...]:
    """All that the manager has said about a goal."""
    parts = (text for _, text in goal.parts)
    return tuple(dict.fromkeys((goal.original, *goal.answers, *parts, goal.text)))


def _leave(talk: Talk) -> Talk:
    return talk
