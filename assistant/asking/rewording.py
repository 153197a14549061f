"""What stays of a goal that is given other words: the parts and steps that the new wording still holds."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.asking.composition import Part
from assistant.asking.conversation import Action, KeptGoal
from assistant.asking.tree import remove_action
from knowledge.library.stems import content_stems


def keep_what_is_worded(goal: KeptGoal, text: str) -> KeptGoal:
    """The goal without the parts that stood in its wording and that the new wording `text` no longer holds."""
    gone = [
        name
        for name, words in goal.parts
        if is_worded(words, goal.text, goal.language) and not is_worded(words, text, goal.language)
    ]
    said = {words for name, words in goal.parts if name in gone}
    return without(goal, gone, [one for one in goal.actions if one.text in said], ())


def is_worded(words: str, text: str, language: str) -> bool:
    """Whether a wording holds at least half of what these words say."""
    said, there = set(content_stems(words, language)), set(content_stems(text, language))
    return len(said & there) * 2 >= len(said) if said else words.casefold() in text.casefold()


def without(goal: KeptGoal, parts: Sequence[Part], actions: Sequence[Action], asides: Sequence[str]) -> KeptGoal:
    """The goal without these parts, steps (with all that leads to them) and remarks."""
    steps = goal.actions
    for one in actions:
        steps = remove_action(steps, one.id)
    return replace(
        goal,
        parts=tuple(pair for pair in goal.parts if pair[0] not in parts),
        actions=steps,
        asides=tuple(one for one in goal.asides if one not in asides),
    )
