"""What comes next: read off the state of the talk, whatever move led there.

The guide's section 4.4 gives the order: why until a reason, then the goal in the manager's own words, then the next.
Feedback before suggestion: at most one remark about a goal comes before its first question.
"""

from dataclasses import replace

from assistant.asking.beginning import begin_with_stated
from assistant.asking.conversation import Talk, find_chain, find_current, find_missing, find_remarks
from assistant.asking.questions import ask_about_set, ask_for_goal, ask_how, ask_part, ask_why, offer, word_anew
from assistant.asking.talking import change_current, join, voice_of

# The ladder asks for the need in any case; to remark that it is absent would put the same question twice.
_ASKED_ANYWAY = "need-missing"


def proceed(talk: Talk, told: str) -> Talk:
    """Say `told`, then put the question that the current goal calls for; the next goal's where there is none."""
    goal = find_current(talk)
    if goal is None:
        return open_next(talk, told)
    if goal.state == "asking" and not find_chain(goal).done:
        return ask_why(talk, goal, told)
    if goal.state == "asking":
        return _tell_reason(talk, told)
    if find_missing(goal) and find_chain(goal).done and not goal.edited:
        return ask_part(talk, goal, told)
    return offer(talk, goal, told)


def open_goal(talk: Talk, goal_id: str, told: str) -> Talk:
    """Make a goal the current one: its ladder where it stood, after at most one remark, or its wording."""
    talk = replace(talk, current=goal_id)
    goal = next(goal for goal in talk.goals if goal.id == goal_id)
    if goal.state in {"reformulated", "accepted"}:
        return offer(talk, goal, told) if goal.state == "accepted" else proceed(talk, told)
    talk, stated = begin_with_stated(change_current(talk, state="asking"))
    remarks = [one for one in find_remarks(goal.text, goal.language) if one.rule != _ASKED_ANYWAY]
    weighty = next((one.message for one in remarks if one.severity != "info"), None)
    remark = voice_of(talk)["remark"].format(remark=weighty) if weighty and not goal.answers else ""
    return proceed(talk, join(told, remark, stated))


def open_next(talk: Talk, told: str) -> Talk:
    """Open the next goal of the list that is still new, or ask for another."""
    waiting = next((goal for goal in talk.goals if goal.state == "new"), None)
    return open_goal(talk, waiting.id, told) if waiting else ask_for_goal(talk, told)


def close_goal(talk: Talk, told: str) -> Talk:
    """After a goal is accepted and its way planned: one question about the set where it raises one, or the next."""
    return ask_about_set(talk, told) or open_next(talk, told)


def plan_or_close(talk: Talk, told: str) -> Talk:
    """Ask how an accepted goal is to be reached, unless that was asked or the manager wants no more questions."""
    goal = find_current(talk)
    if goal is None or goal.planned or "means" in goal.passed:
        return close_goal(talk, told)
    return ask_how(talk, goal, told)


def _tell_reason(talk: Talk, told: str) -> Talk:
    """A reason is reached: say so, say how many short questions are left, and put the first of them."""
    goal = find_current(talk)
    if goal is None:
        return open_next(talk, told)
    voice = voice_of(talk)
    talk = change_current(talk, text=word_anew(goal), state="reformulated")
    need = find_chain(goal).steps[-1].answer_class == "need_or_reason"
    left = len(find_missing(goal))
    more = voice["few_more"].format(count=left) if left > 1 else ""
    return proceed(talk, join(told, voice["found_need" if need else "found_value"], more))
