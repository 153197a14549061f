"""What a strategy says beside a goal of it is not asked for again: the talk about the goal begins with it."""

from assistant.asking.answers import STOPPING, choose_class, weigh_answer
from assistant.asking.conversation import KeptGoal, Talk, find_current
from assistant.asking.talking import change_current, voice_of
from assistant.asking.tree import make_action
from assistant.asking.why import shorten
from assistant.chain import AnswerClass

_READ_AS: AnswerClass = "need_or_reason"
_SURE = 0.6  # of an answer's reading; below it, that the strategy calls it a reason counts for more


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
    readings = ((0, _READ_AS),) if reason and _may_be_reason(goal, reason) else goal.overruled
    means = (make_action(goal, stated.means, talk.goals),) if stated.means else ()
    talk = change_current(
        talk,
        stated=None,
        answers=(reason,) if reason else answers,
        overruled=readings,
        parts=(*goal.parts, *given),
        actions=(*goal.actions, *means),
    )
    said = [words for words in (reason, *(words for _, words in given)) if words]
    voice = voice_of(talk)
    quoted = "; ".join(voice["stated_words"].format(words=shorten(words)) for words in said)
    return talk, voice["stated"].format(words=quoted) if said else ""


def _may_be_reason(goal: KeptGoal, reason: str) -> bool:
    """Whether what a strategy calls the reason of a goal is to be read as one, though its words alone are not so read.

    What is surely something else, another goal or an order, is not.
    """
    likely = weigh_answer(goal.original, reason, goal.language)
    best = choose_class(likely)
    return best not in STOPPING and likely[best] < _SURE
