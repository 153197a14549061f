"""What the assistant does next: one move for each thing a manager can say, from one state of a talk to the next.

Each leaves exactly one open question. The moves themselves stand in the modules named for what the talk is doing:
climbing, filling, choosing, planning, journeying.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from assistant.asking import choosing, climbing, correcting, filling, journeying, planning, unsaying
from assistant.asking.conversation import Talk
from assistant.asking.explaining import ask_bare
from assistant.asking.hearing import Heard
from assistant.asking.questions import ask_for_sentence
from assistant.asking.steering import open_next
from assistant.asking.talking import choose_fresh, go_on, join, last_said, tell, voice_of
from assistant.asking.undoing import go_back
from assistant.judging.judge import MOST_WORDS
from knowledge.heard import load_heard
from knowledge.lexicon import DEFAULT_LANGUAGE, LANGUAGES

Move = Callable[[Talk, str], Talk]
_ENDED_BY_COMPLAINT = frozenset({"why", "fill", "how"})


def begin(language: str) -> Talk:
    """A new talk: the greeting, with the question for a first goal."""
    known = language in LANGUAGES
    talk = Talk(language=language if known else DEFAULT_LANGUAGE, warned=not known)
    voice = voice_of(talk)
    warning = "" if known else voice["unknown_language"]
    talk = tell(talk, join(warning, voice["greeting"]))
    return replace(talk, asked=voice["ask_goal_1"], replies=("journey",))


def _say_nothing(talk: Talk, _: str) -> Talk:
    return tell(talk, choose_fresh(talk, "nothing_1", "nothing_2"))


def _refuse_length(talk: Talk, _: str) -> Talk:
    return tell(talk, voice_of(talk)["oversized"].format(most=f"{MOST_WORDS:,}"))


def _greet_back(talk: Talk, _: str) -> Talk:
    return ask_for_sentence(talk) if talk.phase == "goal" else _come_back(talk, "")


def _come_back(talk: Talk, told: str) -> Talk:
    """Say `told` and come back to the open question, without what was acknowledged with it the first time."""
    bare = replace(talk, asked=ask_bare(talk.asked, talk.language))
    return replace(go_on(bare, told), asked=talk.asked)


def _ask_sentence(talk: Talk, _: str) -> Talk:
    return ask_for_sentence(talk) if talk.phase == "goal" else open_next(talk, "")


def _hear_complaint(talk: Talk, message: str) -> Talk:
    """Say how the questions can be ended, and come back to the open one; who complains again wants them ended."""
    voice = voice_of(talk)
    stop = voice["reply_enough" if talk.phase == "how" else "reply_stop"]
    told = load_heard(talk.language).says["complaint"].format(stop=stop)
    if last_said(talk).startswith(told) and talk.phase in _ENDED_BY_COMPLAINT:
        return _stop(talk, message)
    return _come_back(talk, told)


def _skip(talk: Talk, message: str) -> Talk:
    """Leave what is open: a part, a step towards the goal, a question of the journey, or the goal."""
    if talk.phase == "fill":
        return filling.pass_part(talk, message)
    if talk.phase == "how":
        return planning.end_planning(talk, message)
    return journeying.pass_question(talk, message) if talk.phase == "step" else choosing.skip(talk, message)


def _doubt(talk: Talk, message: str) -> Talk:
    """Not to know: help with a part, no step towards the goal, a question of the journey left, or a why answered so."""
    if talk.phase == "fill":
        return filling.help_with_part(talk, message)
    return _skip(talk, message) if talk.phase in {"how", "step"} else climbing.take_answer(talk, message)


def _accept(talk: Talk, message: str) -> Talk:
    return climbing.pick_goal(talk, "") if talk.phase == "pick" else choosing.accept(talk, message)


def _take_numbers(talk: Talk, message: str) -> Talk:
    return climbing.pick_goal(talk, message) if talk.phase == "pick" else choosing.take_numbers(talk, message)


def _stop(talk: Talk, message: str) -> Talk:
    """On the journey, to stop is to leave it."""
    return open_next(replace(talk, step=0, place=0), "") if talk.phase == "step" else choosing.stop(talk, message)


def _next(talk: Talk, _: str) -> Talk:
    return open_next(replace(talk, current=None), "")


# One move for everything that assistant/asking/hearing.py hears, but a question, which needs the guide.
MOVES: Mapping[Heard, Move] = {
    "nothing": _say_nothing,
    "oversized": _refuse_length,
    "hello": _greet_back,
    "no_goal": _ask_sentence,
    "answer": climbing.take_answer,
    "part": filling.take_part,
    "action": planning.take_action,
    "note": journeying.take_note,
    "numbers": _take_numbers,
    "unsure": _doubt,
    "new_goal": climbing.take_goal,
    "wording": choosing.take_wording,
    "correction": correcting.take_correction,
    "complaint": _hear_complaint,
    "taking_back": unsaying.take_back,
    "reason": filling.add_reason,
    "aside": choosing.take_aside,
    "skip": _skip,
    "park": choosing.park,
    "stop": _stop,
    "accept": _accept,
    "edit": choosing.edit,
    "other": choosing.word_otherwise,
    "suggestion": choosing.take_suggestion,
    "sum": choosing.sum_up,
    "next": _next,
    "enough": planning.end_planning,
    "restart": climbing.restart,
    "back": go_back,
    "where": journeying.say_where,
    "rank": choosing.rank,
    "journey": journeying.begin_journey,
    "step": journeying.next_step,
    "previous": journeying.previous_step,
}
