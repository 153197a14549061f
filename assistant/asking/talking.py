"""How the assistant puts things: one turn at a time, one open question, never the same twice in a row."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from assistant.asking.conversation import KeptGoal, Phase, Source, Stated, Talk, Turn
from knowledge.lexicon import load_lexicon


def voice_of(talk: Talk) -> Mapping[str, str]:
    """The phrases of the talk's language."""
    return load_lexicon(talk.language).voice


def tell(talk: Talk, text: str, sources: tuple[Source, ...] = ()) -> Talk:
    """Say `text`, resting on `sources`; the open question stays as it was."""
    return replace(talk, turns=(*talk.turns, Turn("assistant", text, sources)))


def put(talk: Talk, told: str, phase: Phase, question: str, replies: tuple[str, ...]) -> Talk:
    """Say `told` ("" for nothing), then ask the one `question` that is open from now on."""
    said = join(told, question)
    again = last_said(talk) == said  # the manager has said something between and is owed an answer
    spoken = tell(talk, voice_of(talk)["back"].format(question=question) if again else said)
    return replace(spoken, phase=phase, asked=question, replies=replies)


def go_on(talk: Talk, told: str) -> Talk:
    """Say `told` ("" for nothing) and come back to the open question, which stays as it was."""
    back = voice_of(talk)["back"].format(question=talk.asked)
    if last_said(talk).endswith(back):
        return tell(talk, told or talk.asked)
    return tell(talk, join(told, back))


def choose_fresh(talk: Talk, *names: str) -> str:
    """The first of the phrases named that the assistant has not just used."""
    voice, last = voice_of(talk), last_said(talk)
    return next((voice[name] for name in names if not last.endswith(voice[name])), voice[names[0]])


def last_said(talk: Talk) -> str:
    """What the assistant said last; "" where it has not spoken."""
    return next((turn.text for turn in reversed(talk.turns) if turn.speaker == "assistant"), "")


def change_current(talk: Talk, **changes: Any) -> Talk:
    """The talk with fields of the current goal changed."""
    return change_goal(talk, talk.current, **changes)


def change_goal(talk: Talk, goal_id: str | None, **changes: Any) -> Talk:
    """The talk with fields of one goal changed."""
    goals = tuple(replace(one, **changes) if one.id == goal_id else one for one in talk.goals)
    return replace(talk, goals=goals)


def add_goal(talk: Talk, text: str, stated: Stated | None = None) -> Talk:
    """The talk with a goal more, not yet asked about; its id was never another's."""
    # A goal that was taken back or removed leaves its number free; one still in a mark of the past does not.
    known = [*(goal.id for goal in talk.goals), *(goal_id for point in talk.past for goal_id in point.order)]
    number = max((int(goal_id[1:]) for goal_id in known), default=0) + 1
    goal = KeptGoal(f"g{number}", text, text, "new", talk.language, stated=stated)
    return replace(talk, goals=(*talk.goals, goal))


def join(*parts: str) -> str:
    """The parts that say something, one after the other; a part that ends its line begins a new one."""
    return " ".join(part for part in parts if part).replace("\n ", "\n")
