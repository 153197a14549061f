"""The moves of the parts that are asked for after the reason: given, helped with, or passed over."""

from assistant.asking.composition import PARTS
from assistant.asking.conversation import Talk, find_current, find_missing
from assistant.asking.questions import word_anew
from assistant.asking.steering import proceed
from assistant.asking.talking import change_current
from assistant.asking.tree import make_action


def take_part(talk: Talk, message: str) -> Talk:
    """The manager's words for the part that is open; the wording is composed anew with them."""
    goal = find_current(talk)
    missing = find_missing(goal) if goal else ()
    if goal is None or not missing:
        return proceed(talk, "")
    words = " ".join(message.split())
    talk = change_current(talk, parts=(*goal.parts, (missing[0], words)))
    if missing[0] == "means":  # the first step of the way there
        talk = change_current(talk, actions=(*goal.actions, make_action(goal, words, talk.goals)))
    return proceed(_reword(talk), "")


def help_with_part(talk: Talk, message: str) -> Talk:
    """Who does not know is helped once, with a question closer at hand; after that the part is passed over."""
    goal = find_current(talk)
    missing = find_missing(goal) if goal else ()
    if goal is None or not missing:
        return proceed(talk, "")
    if missing[0] in goal.hinted:
        return pass_part(talk, message)
    return proceed(change_current(talk, hinted=(*goal.hinted, missing[0])), "")


def pass_part(talk: Talk, _: str) -> Talk:
    """Leave the part that is open; it is not asked for again."""
    goal = find_current(talk)
    missing = find_missing(goal) if goal else ()
    if goal is not None and missing:
        talk = change_current(talk, passed=(*goal.passed, missing[0]))
    return proceed(talk, "")


def pass_every_part(talk: Talk) -> Talk:
    """Leave every part that is still missing: the manager wants no more questions."""
    return proceed(change_current(talk, passed=PARTS), "")


def _reword(talk: Talk) -> Talk:
    goal = find_current(talk)
    return change_current(talk, text=word_anew(goal)) if goal else talk
