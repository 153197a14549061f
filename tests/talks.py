"""What tests of the dialogue say, and how they read what is answered."""

from collections.abc import Callable
from functools import partial
from itertools import count

from assistant.asking.dialogue import Dialogue
from assistant.asking.planning import plan_goal
from assistant.asking.showing import Conversation

GOAL = "We want more of our apprentices to work abroad for a while."
NEED = "The hotels on the coast cannot find staff who speak languages."
names = count()  # for conversations that no other test has

Talker = Callable[..., Conversation]


def last(conversation: Conversation) -> str:
    """What was said last."""
    return conversation.turns[-1].text


def hold_talk(dialogue: Dialogue, name: str, *messages: str) -> Conversation:
    """What came of a conversation in which these messages were said."""
    talked = dialogue.start(name)
    for message in messages:
        talked = dialogue.say(name, message)
    return talked


def begin_planning(dialogue: Dialogue) -> str:
    """The id of a conversation with two goals that have two steps each."""
    name = f"tree {next(names)}"
    dialogue.start(name)
    dialogue.take_goals(name, [GOAL, "Our teachers speak better English."])
    for goal in ("g1", "g2"):
        dialogue.change(name, partial(plan_goal, goal_id=goal))
        for step in ("first", "second"):
            dialogue.say(name, f"{step} step of {goal}")
    return name
