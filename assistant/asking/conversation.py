"""A conversation as the app sees it, and as it is kept."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, get_args

from assistant.asking.composition import PARTS, Part, list_wordings
from assistant.asking.why import MOST_ASKS, climb, state_reason
from assistant.chain import AnswerClass, Reformulation, WhyChain, is_answer
from assistant.domain import Finding
from assistant.judging.judge import judge
from assistant.origin import Origin, Worded
from assistant.reviewing.critique import judge_goal
from knowledge.document import Span

Speaker = Literal["assistant", "manager"]
GoalState = Literal["new", "asking", "reformulated", "accepted", "parked", "merged"]
GOAL_STATES: tuple[GoalState, ...] = get_args(GoalState)
# What the assistant waits for: a goal, the reason of the current one, one of its parts, a yes to its wording, a new
# wording, a way out of a ladder that found no reason, a step that leads to it, a choice among too many goals (some
# to put aside or join, or an order), which goal of a strategy to begin with, or a note on a step of the journey.
Phase = Literal["goal", "why", "fill", "offer", "edit", "stuck", "how", "set", "rank", "pick", "step"]
PHASES: tuple[Phase, ...] = get_args(Phase)
# What the manager has just asked for that a language model may add to: other wordings, or a summary; "" for neither.
Wish = Literal["", "wordings", "summary"]
WISHES: tuple[Wish, ...] = get_args(Wish)


@dataclass(frozen=True, slots=True)
class Source:
    """A passage that an answer or a reason rests on: the exact words, and where they stand."""

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
class Action:
    """A step or means that leads to a goal; `under` is the id of the action it leads to, "" for the goal itself."""

    id: str
    text: str
    under: str = ""


@dataclass(frozen=True, slots=True)
class Stated:
    """What a strategy says beside a goal of it, in its own words; "" for what it does not say.

    `remarks` is how many remarks its critique makes of the goal; None where it was not told.
    """

    reason: str = ""
    who: str = ""
    means: str = ""
    sign: str = ""
    remarks: int | None = None


@dataclass(frozen=True, slots=True)
class KeptGoal:
    """A goal as it is kept: the ladder is climbed anew from the answers each time it is shown.

    `overruled` holds the manager's own reading of answers, or that of a strategy which calls one a reason, as (place
    from 0, class). `parts` are the manager's words
    for the parts asked for after the reason, `passed` those that need no asking any more, `hinted` those helped with
    once. `worded` counts the wordings offered; `edited` says that the wording is the manager's own. `planned` says
    that the way there was asked about; `under` is the id of the goal it was joined to, "" for none. `grounds` are the
    passages that the reason rests on; without any it rests on the manager's word. `suggestion` is the wording of a
    language model that the manager took over, `summary` what a model made of the answers. `asides` is what the manager
    said beside a wording that was on offer, `stated` what the strategy it comes from says beside it, until the talk
    about it begins.
    """

    id: str
    text: str
    original: str
    state: GoalState
    language: str
    answers: tuple[str, ...] = ()
    overruled: tuple[tuple[int, AnswerClass], ...] = ()
    parts: tuple[tuple[Part, str], ...] = ()
    passed: tuple[Part, ...] = ()
    hinted: tuple[Part, ...] = ()
    worded: int = 0
    edited: bool = False
    actions: tuple[Action, ...] = ()
    planned: bool = False
    under: str = ""
    grounds: tuple[Source, ...] = ()
    suggestion: Worded | None = None
    summary: Worded | None = None
    asides: tuple[str, ...] = ()
    stated: Stated | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """What the manager answered to a question (`place`, from 0) of a step of the journey (`step`, from 1)."""

    step: int
    place: int
    text: str


@dataclass(frozen=True, slots=True)
class Point:
    """Where the talk stood before a turn, so that the turn can be taken back: what it changed, as it was.

    `changed` holds the goals that the turn changed or took away, `order` the ids of all goals before it.
    """

    language: str
    changed: tuple[KeptGoal, ...]
    order: tuple[str, ...]
    current: str | None
    phase: Phase
    asked: str
    replies: tuple[str, ...]
    step: int
    place: int
    notes: int
    settled: int


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation as it is kept. `asked` is the open question, `replies` the keys of the quick replies to it.

    `step` is the step of the journey that is open (0 for none) and `place` the question of it, from 0; `notes` are
    the answers given there. `settled` holds what was asked about the goals as a set; `past` the turns that can be
    taken back, the last one last; `elements` the passages of an uploaded strategy that a reason may rest on. `wish`
    is what the last message asked for, `suggested` the wordings of a language model that are on offer.
    """

    language: str
    turns: tuple[Turn, ...] = ()
    goals: tuple[KeptGoal, ...] = ()
    current: str | None = None
    phase: Phase = "goal"
    asked: str = ""
    replies: tuple[str, ...] = ()
    warned: bool = False
    step: int = 0
    place: int = 0
    notes: tuple[Note, ...] = ()
    settled: tuple[str, ...] = ()
    past: tuple[Point, ...] = ()
    elements: tuple[Source, ...] = ()
    wish: Wish = ""
    suggested: tuple[Worded, ...] = ()


def find_current(talk: Talk) -> KeptGoal | None:
    """The goal being talked about."""
    return next((goal for goal in talk.goals if goal.id == talk.current), None)


def list_set(talk: Talk) -> tuple[KeptGoal, ...]:
    """The goals that the manager has accepted, in their order."""
    return tuple(goal for goal in talk.goals if goal.state == "accepted")


def find_origin(goal: KeptGoal) -> Origin | None:
    """Where the goal's wording comes from, where a language model made it and nothing has changed it since."""
    return goal.suggestion.origin if goal.suggestion and goal.suggestion.text == goal.text else None


def find_chain(goal: KeptGoal) -> WhyChain:
    """The ladder that the goal's answers make."""
    return _climb(goal.original, goal.answers, goal.language, goal.overruled)


def list_answers(goal: KeptGoal) -> tuple[str, ...]:
    """What was answered to why; not to know is no answer."""
    return tuple(one.answer for one in find_chain(goal).steps if is_answer(one, goal.language))


def find_reason(goal: KeptGoal) -> str:
    """The reason in the answer that stopped the ladder; "" where none has."""
    chain = find_chain(goal)
    if not chain.done:
        return ""
    return state_reason(chain.true_goal or goal.original, chain.steps[-1].answer, goal.language)


def word_goal(goal: KeptGoal, place: int = 0) -> Reformulation:
    """The goal in the manager's words with every part given; `place` counts the wordings that can be offered."""
    wordings = _list_wordings(goal)
    return wordings[min(place, len(wordings) - 1)]


def count_wordings(goal: KeptGoal) -> int:
    """How many wordings there are to offer."""
    return len(_list_wordings(goal))


def find_missing(goal: KeptGoal) -> tuple[Part, ...]:
    """The parts to ask for, in order: those that the goal's own words lack and that were neither given nor passed."""
    chain = find_chain(goal)
    there = {name for name, _ in goal.parts} | set(goal.passed)
    stated = find_stated(chain.true_goal or goal.original, goal.language)
    if chain.true_goal not in {None, goal.original}:
        there.add("means")  # the goal it began with is the way to the one above it
    if any(step.answer_class == "means_or_activity" for step in chain.steps):
        there.add("means")
    return tuple(part for part in PARTS if part not in there and part not in stated)


@lru_cache(maxsize=256)
def find_stated(text: str, language: str) -> frozenset[Part]:
    """The parts that a goal's own words hold (guide 4.4: who changes, what changes).

    A goal that is a doing says by what means, and asks for what it changes; one that measures itself is seen by that.
    """
    judged = judge(text, language=language)
    slots, doing = judged.slots, judged.statement.kind == "activity"
    found: dict[Part, bool] = {
        "who": slots.beneficiary is not None,
        "change": slots.object is not None and not judged.vague and not doing,
        "means": bool(slots.means) or doing,
        "sign": judged.measurable,
    }
    return frozenset(part for part, stated in found.items() if stated)


@lru_cache(maxsize=256)
def find_remarks(text: str, language: str) -> tuple[Finding, ...]:
    """What the rules remark about a goal's wording, the weightiest first."""
    return judge_goal(text, language=language).findings


def count_asks(goal: KeptGoal) -> tuple[int, int]:
    """How many whys were answered, and how many there are at most."""
    return min(len(goal.answers), MOST_ASKS), MOST_ASKS


def _list_wordings(goal: KeptGoal) -> tuple[Reformulation, ...]:
    true_goal = find_chain(goal).true_goal or goal.original
    began: tuple[tuple[Part, str], ...] = (("means", goal.original),) if true_goal != goal.original else ()
    return _word(true_goal, find_reason(goal), (*began, *goal.parts), goal.language)


@lru_cache(maxsize=256)
def _word(goal: str, reason: str, parts: tuple[tuple[Part, str], ...], language: str) -> tuple[Reformulation, ...]:
    return list_wordings(goal, reason, dict(parts), language)


@lru_cache(maxsize=256)
def _climb(
    goal: str, answers: tuple[str, ...], language: str, overruled: tuple[tuple[int, AnswerClass], ...]
) -> WhyChain:
    return climb(goal, answers, language, overruled=dict(overruled))
