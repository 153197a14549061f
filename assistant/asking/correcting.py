"""What the manager takes back: a number or a word of a goal that was wrong, said where an answer was expected.

It is no answer. "It is 45, not 60" changes the goal and all that was said for it; of any other correction the goal is
asked for in its right words.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from assistant.asking.composition import PARTS
from assistant.asking.conversation import KeptGoal, Phase, Talk, find_chain, find_current, find_missing
from assistant.asking.questions import word_anew
from assistant.asking.rewording import is_worded, keep_what_is_worded
from assistant.asking.steering import proceed
from assistant.asking.talking import change_current, change_goal, go_on, put, voice_of
from assistant.asking.why import shorten
from knowledge.heard import Swap, load_heard

# A step of the journey is about no goal, and a list of numbers is an order.
_NOT_HEARD: tuple[Phase, ...] = ("step", "rank")
_ABOUT_ONE: tuple[Phase, ...] = ("why", "fill", "how", "offer", "stuck")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def is_correction(talk: Talk, message: str) -> bool:
    """Whether a message corrects a goal: plainly, in words that a goal holds, or of the current goal announced as such.

    Where nothing announces it, only a number for a number is a correction: "English, not Danish" may well be an answer.
    """
    if talk.phase in _NOT_HEARD:
        return False
    heard = load_heard(talk.language)
    announced = heard.strip_correction(message) is not None
    swap = heard.find_swap(message)
    if swap and (announced or (_NUMBER.search(swap.new) and _NUMBER.search(swap.old))) and _find_goal(talk, swap):
        return True
    return announced and talk.phase in _ABOUT_ONE and find_current(talk) is not None


def take_correction(talk: Talk, message: str) -> Talk:
    """Change what was corrected plainly and come back to the question; else ask for the goal in its right words."""
    says = load_heard(talk.language).says
    swap = load_heard(talk.language).find_swap(message)
    wrong = _find_goal(talk, swap) if swap else None
    if swap and wrong:
        right = _correct_goal(wrong, partial(_swap, swap=swap))
        goals = tuple(right if one.id == wrong.id else one for one in talk.goals)
        told = says["corrected"].format(text=right.text)
        talk = replace(talk, goals=goals)
        return (
            proceed(talk, told) if talk.phase == "edit" else go_on(replace(talk, asked=_swap(talk.asked, swap)), told)
        )
    goal = find_current(talk)
    if goal is None:
        return go_on(talk, "")
    told = says["correction"].format(goal=shorten(goal.original if is_under_way(goal) else goal.text))
    return put(talk, told, "edit", voice_of(talk)["edit"], ())


def is_under_way(goal: KeptGoal) -> bool:
    """Whether a why or a part of the goal, in the words it began with, is still to be asked for."""
    chain = find_chain(goal)
    if goal.edited or set(PARTS) <= set(goal.passed):
        return False
    if not chain.done:
        return chain.next_question is not None
    return chain.true_goal == goal.original and bool(find_missing(goal))


def reword_under_way(talk: Talk, text: str) -> Talk:
    """The current goal in its right words, its answers kept, and the question that it was waiting for.

    Of a goal in wholly other words, only the parts stay that these hold.
    """
    goal = find_current(talk)
    if goal is not None:
        same = is_worded(goal.original, text, goal.language)
        kept = goal if same else keep_what_is_worded(goal, text)
        talk = change_current(talk, original=text, text=text, parts=kept.parts, actions=kept.actions)
    goal = find_current(talk)
    if goal is not None:
        talk = change_goal(talk, goal.id, text=word_anew(goal))
    return proceed(talk, load_heard(talk.language).says["corrected"].format(text=text))


def _find_goal(talk: Talk, swap: Swap) -> KeptGoal | None:
    """The goal that holds what is wrong: the current one, or where there is none the latest."""
    current = find_current(talk)
    goals = (current,) if current else tuple(reversed(talk.goals))
    return next((one for one in goals if any(_swap(text, swap) != text for text in (one.text, one.original))), None)


def _correct_goal(goal: KeptGoal, right: Callable[[str], str]) -> KeptGoal:
    return replace(
        goal,
        text=right(goal.text),
        original=right(goal.original),
        answers=tuple(map(right, goal.answers)),
        parts=tuple((name, right(text)) for name, text in goal.parts),
        actions=tuple(replace(one, text=right(one.text)) for one in goal.actions),
        asides=tuple(map(right, goal.asides)),
    )


def _swap(text: str, swap: Swap) -> str:
    """`text` with the right words where the wrong ones stood: of two numbers the numbers alone, as whole words."""
    new, old = swap.new, swap.old
    numbers = [_NUMBER.findall(words) for words in (new, old)]
    if all(len(found) == 1 for found in numbers):
        (new,), (old,) = numbers
    pattern = rf"(?<!\w)(?<!\d[.,]){re.escape(old)}(?!\w)(?![.,]\d)"
    return re.sub(pattern, lambda _: new, text, flags=re.IGNORECASE)
