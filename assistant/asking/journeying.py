"""The moves of the journey from nothing to a strategy: the guide's eight steps (section 6), one question at a time."""

from dataclasses import replace

from assistant.asking.conversation import Note, Talk, count_asks, find_current
from assistant.asking.questions import ask_for_goal, ask_step
from assistant.asking.steering import open_next
from assistant.asking.talking import go_on, join, tell, voice_of
from assistant.asking.why import shorten
from assistant.judging.judge import judge
from knowledge.steps import load_steps

_FIRST_PLACE = 0


def begin_journey(talk: Talk, _: str) -> Talk:
    """The first step of the journey; on the journey already, the step that was open."""
    if talk.step:
        return _open_step(talk, talk.step, "")
    return _open_step(talk, 1, voice_of(talk)["journey_begin"])


def take_note(talk: Talk, message: str) -> Talk:
    """An answer to a step's question: kept, at most one remark about it, and the next question."""
    text = " ".join(message.split())
    remark = _check_note(talk, text)
    talk = replace(talk, notes=(*talk.notes, Note(talk.step, talk.place, text)))
    return _ask_on(talk, remark)


def pass_question(talk: Talk, _: str) -> Talk:
    """Leave the open question of the step."""
    return _ask_on(talk, "")


def next_step(talk: Talk, _: str) -> Talk:
    """On to the next step of the journey; after the last one the talk is about goals again."""
    if not talk.step:
        return begin_journey(talk, "")
    if talk.step == len(load_steps(talk.language)):
        return ask_for_goal(replace(talk, step=0, place=0), voice_of(talk)["journey_done"])
    return _open_step(talk, talk.step + 1, "")


def previous_step(talk: Talk, _: str) -> Talk:
    """Back to the step before."""
    return _open_step(talk, max(1, talk.step - 1), "")


def say_where(talk: Talk, _: str) -> Talk:
    """Tell the step of the journey, the goal and the rung of its ladder, then come back to the open question."""
    voice, goal, parts = voice_of(talk), find_current(talk), list[str]()
    if talk.step:
        steps = load_steps(talk.language)
        parts.append(voice["where_step"].format(number=talk.step, count=len(steps), title=steps[talk.step - 1].title))
    if goal:
        place = talk.goals.index(goal) + 1
        parts.append(voice["where_goal"].format(number=place, count=len(talk.goals), goal=shorten(goal.text)))
        if talk.phase == "why":
            answered, most = count_asks(goal)
            parts.append(voice["where_why"].format(place=answered, most=most))
    return go_on(talk, join(*parts))


def _open_step(talk: Talk, number: int, told: str) -> Talk:
    """The first question of a step; the step of the goals leads into the ladder, with the goals there are."""
    talk = replace(talk, step=number, place=_FIRST_PLACE, current=None)
    voice, steps = voice_of(talk), load_steps(talk.language)
    step = steps[number - 1]
    if step.element != "goals":
        return ask_step(talk, told)
    opening = voice["step_opened"].format(
        number=number, count=len(steps), title=step.title, purpose=step.purpose, tool=step.tool
    )
    return open_next(tell(talk, join(told, opening)), "")


def _ask_on(talk: Talk, told: str) -> Talk:
    step = load_steps(talk.language)[talk.step - 1]
    if talk.place + 1 < len(step.questions):
        return ask_step(replace(talk, place=talk.place + 1), told)
    if not told:
        return next_step(talk, "")
    return next_step(tell(talk, told), "")


def _check_note(talk: Talk, text: str) -> str:
    """What a vision or a mission lacks (guide 4.2: where to be in five or ten years; 4.3: why, and for whom)."""
    voice = voice_of(talk)
    step = load_steps(talk.language)[talk.step - 1]
    judged = judge(text, language=talk.language)
    if step.element == "vision" and talk.place == 1:
        ahead = judged.statement.kind in {"vision", "goal"} or judged.slots.time is not None
        return "" if ahead else voice["check_vision"]
    if step.element == "mission" and talk.place == 0:
        return "" if judged.slots.beneficiary else voice["check_mission"]
    return ""
