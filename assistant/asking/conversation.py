"""A conversation as the app sees it, and as it is kept: plain values that any later version can read back."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any, Literal, get_args

from assistant.asking.why import climb
from assistant.domain import ANSWER_CLASSES, AnswerClass, Finding, WhyChain
from assistant.origin import Origin
from assistant.reviewing.critique import judge_goal
from knowledge.document import Span
from knowledge.faults import ForeignData
from knowledge.lexicon import load_lexicon

Speaker = Literal["assistant", "manager"]
GoalState = Literal["new", "asking", "reformulated", "accepted", "parked"]
GOAL_STATES: tuple[GoalState, ...] = get_args(GoalState)
# What the assistant waits for: a goal, the reason of the current one, a yes to its wording, a new wording, a way out of
# a ladder that found no reason, or which of too many goals to give up.
Phase = Literal["goal", "why", "offer", "edit", "stuck", "set"]
PHASES: tuple[Phase, ...] = get_args(Phase)
VERSION = 1


@dataclass(frozen=True, slots=True)
class Source:
    """A passage that an answer in passing rests on: the exact words, and where they stand."""

    document: str
    title: str
    section: str | None
    page: int
    quote: str
    span: Span


@dataclass(frozen=True, slots=True)
class Turn:
    """What one side said at once; `citations` are the passages it rests on; `origin` where a model worded it."""

    speaker: Speaker
    text: str
    citations: tuple[Source, ...] = ()
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class GoalCard:
    """A goal beside the chat: its wording now and at first, its ladder (None before it is asked about), its remarks."""

    id: str
    text: str
    original: str
    state: GoalState
    chain: WhyChain | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation to show: `current` is the id of the goal being asked about, or None."""

    id: str
    language: str
    turns: tuple[Turn, ...]
    goals: tuple[GoalCard, ...]
    current: str | None
    quick_replies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeptGoal:
    """A goal as it is kept: the ladder is climbed anew from the answers each time it is shown.

    `overruled` holds the manager's own reading of answers, as (place from 0, class).
    """

    id: str
    text: str
    original: str
    state: GoalState
    language: str
    answers: tuple[str, ...] = ()
    overruled: tuple[tuple[int, AnswerClass], ...] = ()


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation as it is kept. `asked` is the open question, `replies` the keys of the quick replies to it."""

    language: str
    turns: tuple[Turn, ...] = ()
    goals: tuple[KeptGoal, ...] = ()
    current: str | None = None
    phase: Phase = "goal"
    asked: str = ""
    replies: tuple[str, ...] = ()
    warned: bool = False


def show(talk: Talk, conversation_id: str) -> Conversation:
    """The conversation to show for what is kept of it."""
    voice = load_lexicon(talk.language).voice
    return Conversation(
        id=conversation_id,
        language=talk.language,
        turns=talk.turns,
        goals=tuple(_card(goal) for goal in talk.goals),
        current=talk.current,
        quick_replies=tuple(voice[f"reply_{reply}"] for reply in talk.replies),
    )


def find_chain(goal: KeptGoal) -> WhyChain:
    """The ladder that the goal's answers make."""
    return _climb(goal.original, goal.answers, goal.language, goal.overruled)


@lru_cache(maxsize=256)
def find_remarks(text: str, language: str) -> tuple[Finding, ...]:
    """What the rules remark about a goal's wording, the weightiest first."""
    return judge_goal(text, language=language).findings


def to_plain(talk: Talk) -> dict[str, Any]:
    """The conversation as dicts, lists, texts and numbers."""
    return {"version": VERSION, **asdict(talk)}


def from_plain(values: Mapping[str, Any]) -> Talk:
    """What `to_plain` made, read back.

    Raises:
        ForeignData: where the values are not those of this version.
    """
    try:
        if values["version"] != VERSION:
            raise foreign(f"it was written by another version of Askwhy ({values['version']})")
        return Talk(
            language=str(values["language"]),
            turns=tuple(_turn(one) for one in values["turns"]),
            goals=tuple(_goal(one) for one in values["goals"]),
            current=values["current"],
            phase=_one_of(values["phase"], PHASES),
            asked=str(values["asked"]),
            replies=tuple(map(str, values["replies"])),
            warned=bool(values["warned"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise foreign("it is damaged") from error


def foreign(what: str) -> ForeignData:
    """The fault of a kept conversation that cannot be read."""
    return ForeignData("the conversations", what, "Restore the data folder from a copy, or name another one.")


def _card(goal: KeptGoal) -> GoalCard:
    return GoalCard(
        id=goal.id,
        text=goal.text,
        original=goal.original,
        state=goal.state,
        chain=None if goal.state == "new" else find_chain(goal),
        findings=find_remarks(goal.text, goal.language),
    )


@lru_cache(maxsize=256)
def _climb(
    goal: str, answers: tuple[str, ...], language: str, overruled: tuple[tuple[int, AnswerClass], ...]
) -> WhyChain:
    return climb(goal, answers, language, overruled=dict(overruled))


def _turn(values: Mapping[str, Any]) -> Turn:
    speaker = _one_of(values["speaker"], get_args(Speaker))
    origin = values.get("origin")
    return Turn(
        speaker,
        str(values["text"]),
        tuple(_source(one) for one in values["citations"]),
        Origin(**origin) if origin is not None else None,
    )


def _source(values: Mapping[str, Any]) -> Source:
    return Source(
        document=str(values["document"]),
        title=str(values["title"]),
        section=values["section"],
        page=int(values["page"]),
        quote=str(values["quote"]),
        span=Span(int(values["span"]["start"]), int(values["span"]["end"])),
    )


def _goal(values: Mapping[str, Any]) -> KeptGoal:
    return KeptGoal(
        id=str(values["id"]),
        text=str(values["text"]),
        original=str(values["original"]),
        state=_one_of(values["state"], GOAL_STATES),
        language=str(values["language"]),
        answers=tuple(map(str, values["answers"])),
        overruled=tuple((int(place), _one_of(name, ANSWER_CLASSES)) for place, name in values["overruled"]),
    )


def _one_of(value: Any, choices: tuple[Any, ...]) -> Any:
    if value not in choices:
        raise ValueError(f"{value!r} is none of {choices}")
    return value
