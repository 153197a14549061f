"""What a strategy says beside a goal of it is not asked for again: the talk about the goal begins with it."""

from assistant.asking.conversation import Talk, find_current
from assistant.asking.talking import change_current, voice_of
from assistant.asking.tree import make_action
from assistant.asking.why import shorten


def begin_with_stated(talk: Talk) -> tuple[Talk, str]:
    """The talk with what stands beside the current goal taken for answers, and the sentence that says so.

    The reason is the first answer to why, where none is given yet; "" where nothing stands beside it.
    """
    goal = find_current(talk)
    if goal is None or goal.stated is None:
        return talk, ""
    stated, answers = goal.stated, goal.answers
    parts = (("who", stated.who), ("means", stated.means), ("sign", stated.sign))
    given = tuple((part, words) for part, words in parts if words)
    reason = stated.reason if not answers else ""
    means = (make_action(goal, stated.means, talk.goals),) if stated.means else ()
    talk = change_current(
        talk,
        stated=None,
        answers=(reason,) if reason else answers,
        parts=(*goal.parts, *given),
        actions=(*goal.actions, *means),
    )
    said = [words for words in (reason, *(words for _, words in given)) if words]
    voice = voice_of(talk)
    quoted = "; ".join(voice["stated_words"].format(words=shorten(words)) for words in said)
    return talk, voice["stated"].format(words=quoted) if said else ""
