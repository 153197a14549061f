"""A conversation as the app shows it: its turns, its goals as cards, its tree, and how far it has come."""

from dataclasses import dataclass

from assistant.asking.composition import Part
from assistant.asking.conversation import (
    Action,
    GoalState,
    KeptGoal,
    Note,
    Source,
    Talk,
    Turn,
    count_asks,
    find_chain,
    find_current,
    find_missing,
    find_origin,
    find_reason,
    find_remarks,
    word_goal,
)
from assistant.asking.tree import GoalTree, grow_tree
from assistant.chain import WhyChain
from assistant.domain import Finding
from assistant.origin import Origin, Worded
from knowledge.lexicon import load_lexicon
from knowledge.steps import load_steps


@dataclass(frozen=True, slots=True)
class GoalCard:
    """A goal beside the chat: its wording now and at first, its ladder (None before it is asked about), its remarks.

    `kept` are the manager's phrases in the wording, as they stand in it. `parts` are the parts given after the
    reason, `actions` the way there; `grounds` are the passages the reason rests on, none where it is the manager's
    word; `reason` is "" before there is one. `origin` is the language model that the wording was taken over from,
    `summary` what a model made of the answers, `asides` what the manager said beside a wording on offer.
    """

    id: str
    text: str
    original: str
    state: GoalState
    chain: WhyChain | None
    findings: tuple[Finding, ...]
    kept: tuple[str, ...] = ()
    parts: tuple[tuple[Part, str], ...] = ()
    actions: tuple[Action, ...] = ()
    reason: str = ""
    grounds: tuple[Source, ...] = ()
    origin: Origin | None = None
    summary: Worded | None = None
    asides: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the talk has come, each as (now, of how many); None where it does not apply."""

    step: tuple[int, int] | None = None
    goal: tuple[int, int] | None = None
    whys: tuple[int, int] | None = None
    parts_left: int | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation to show: `current` is the id of the goal being asked about, or None.

    `suggested` are the wordings of a language model that one press accepts. `moved_on` says that it had other turns
    than the window showed, so that nothing was applied.
    """

    id: str
    language: str
    turns: tuple[Turn, ...]
    goals: tuple[GoalCard, ...]
    current: str | None
    quick_replies: tuple[str, ...]
    progress: Progress
    notes: tuple[Note, ...]
    tree: GoalTree
    can_undo: bool
    suggested: tuple[Worded, ...] = ()
    moved_on: bool = False


def has_moved_on(talk: Talk, seen: int | None) -> bool:
    """Whether there are other turns than the `seen` ones that a window shows; None is a caller that shows none."""
    return seen is not None and seen != len(talk.turns)


def show(talk: Talk, conversation_id: str, *, voiced: bool = False, moved_on: bool = False) -> Conversation:
    """The conversation to show for what is kept of it.

    Args:
        talk: what is kept.
        conversation_id: its id.
        voiced: whether there is a language model to ask for other wordings and a summary.
        moved_on: see `Conversation`.
    """
    return Conversation(
        id=conversation_id,
        language=talk.language,
        turns=talk.turns,
        goals=tuple(_card(goal) for goal in talk.goals),
        current=talk.current,
        quick_replies=tuple(_label(talk, reply) for reply in list_replies(talk, voiced=voiced)),
        progress=find_progress(talk),
        notes=talk.notes,
        tree=grow_tree(talk.goals),
        can_undo=bool(talk.past),
        suggested=talk.suggested,
        moved_on=moved_on,
    )


def list_replies(talk: Talk, *, voiced: bool) -> tuple[str, ...]:
    """The keys of the quick replies; to a wording on offer, what only a language model can add where there is one."""
    goal = find_current(talk)
    if not voiced or talk.phase != "offer" or goal is None:
        return talk.replies
    wordings = () if "other" in talk.replies or talk.wish == "wordings" else ("other",)
    summary = () if talk.wish == "summary" or not goal.answers else ("sum",)
    return (*talk.replies, *wordings, *summary)


def _label(talk: Talk, reply: str) -> str:
    """What a quick reply says; to a goal proposed to begin with one does not accept, but says yes."""
    voice = load_lexicon(talk.language).voice
    if talk.phase == "pick" and reply == "accept":
        yes = voice["yeses"].split("|")[0].strip()
        return yes[0].upper() + yes[1:]
    return voice[f"reply_{reply}"]


def find_progress(talk: Talk) -> Progress:
    """How far the talk has come: the step of the journey, the goal of the list, the rung of its ladder.

    A journey that was left for goals of a strategy is not where the talk is.
    """
    goal = find_current(talk)
    on_journey = talk.step and (goal is None or load_steps()[talk.step - 1].element == "goals")
    ids = [one.id for one in talk.goals]
    return Progress(
        step=(talk.step, len(load_steps())) if on_journey else None,
        goal=(ids.index(goal.id) + 1, len(ids)) if goal else None,
        whys=count_asks(goal) if goal and talk.phase == "why" else None,
        parts_left=len(find_missing(goal)) if goal and talk.phase == "fill" else None,
    )


def _card(goal: KeptGoal) -> GoalCard:
    worded = goal.state != "new" and not goal.edited and find_chain(goal).done
    wording = word_goal(goal, goal.worded) if worded else None
    return GoalCard(
        id=goal.id,
        text=goal.text,
        original=goal.original,
        state=goal.state,
        chain=None if goal.state == "new" else find_chain(goal),
        findings=find_remarks(goal.text, goal.language),
        kept=wording.kept if wording and wording.text == goal.text else (),
        parts=goal.parts,
        actions=goal.actions,
        reason="" if goal.state == "new" else find_reason(goal),
        grounds=goal.grounds,
        origin=find_origin(goal),
        summary=goal.summary,
        asides=goal.asides,
    )
