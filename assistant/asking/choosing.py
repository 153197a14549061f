"""The moves of choosing: a wording accepted, changed or put otherwise, a goal put aside, and the goals as a set."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.asking.climbing import take_goal
from assistant.asking.composition import PARTS
from assistant.asking.conversation import GoalState, KeptGoal, Talk, find_chain, find_current, list_answers, list_set
from assistant.asking.correcting import is_under_way, reword_under_way
from assistant.asking.filling import pass_every_part
from assistant.asking.hearing import find_numbers, find_suggestion
from assistant.asking.planning import end_planning
from assistant.asking.questions import MOST_GOALS, ask_for_goal, ask_rank, has_other_wording, offer, word_anew
from assistant.asking.rewording import keep_what_is_worded
from assistant.asking.steering import close_goal, open_goal, open_next, plan_or_close
from assistant.asking.talking import change_current, change_goal, go_on, join, put, tell, voice_of
from assistant.asking.why import shorten

_TWO = 2


def accept(talk: Talk, _: str) -> Talk:
    """The goal is the manager's; next how it is to be reached."""
    if find_current(talk) is None:
        return open_next(talk, voice_of(talk)["no_open_goal"])
    talk = change_current(talk, state="accepted")
    return plan_or_close(talk, voice_of(talk)["accepted"].format(count=len(list_set(talk))))


def edit(talk: Talk, _: str) -> Talk:
    """Wait for the manager's own wording."""
    if find_current(talk) is None:
        return open_next(talk, voice_of(talk)["no_open_goal"])
    return put(talk, "", "edit", voice_of(talk)["edit"], ())


def take_wording(talk: Talk, message: str) -> Talk:
    """A new wording; where the ladder has found no reason, it begins anew."""
    goal, text = find_current(talk), " ".join(message.split())
    if goal is None:
        return take_goal(talk, message)
    if talk.phase == "stuck":
        fresh = KeptGoal(goal.id, text, text, "asking", goal.language, actions=goal.actions)
        talk = replace(talk, goals=tuple(fresh if one.id == goal.id else one for one in talk.goals))
        return open_goal(talk, goal.id, "")
    if is_under_way(goal):
        return reword_under_way(talk, text)
    state: GoalState = "reformulated" if find_chain(goal).done else "asking"
    worded = replace(keep_what_is_worded(goal, text), text=text, edited=True, state=state)
    talk = replace(talk, goals=tuple(worded if one.id == goal.id else one for one in talk.goals))
    return put(talk, "", "offer", voice_of(talk)["edited"].format(text=text), ("accept", "edit", "next"))


def word_otherwise(talk: Talk, _: str) -> Talk:
    """Another wording of the manager's own words, as long as there is one."""
    goal = find_current(talk)
    if goal is None:
        return open_next(talk, voice_of(talk)["no_open_goal"])
    talk = replace(talk, wish="wordings")
    if not has_other_wording(goal):
        return put(talk, "", "offer", voice_of(talk)["no_other"], ("accept", "edit", "next"))
    worded = replace(goal, worded=goal.worded + 1)
    talk = change_current(talk, worded=worded.worded, text=word_anew(worded))
    changed = find_current(talk)
    return offer(talk, changed, "") if changed else talk


def take_suggestion(talk: Talk, message: str) -> Talk:
    """A wording of a language model that the manager takes over: it is accepted by that."""
    suggestion = find_suggestion(talk, message)
    if suggestion is None or find_current(talk) is None:
        return go_on(talk, "")
    return accept(change_current(talk, text=suggestion.text, suggestion=suggestion, edited=True), "")


def sum_up(talk: Talk, _: str) -> Talk:
    """What the current goal began with and what was answered to why, in order; then the open question again.

    Not to know is no answer.
    """
    goal, voice = find_current(talk), voice_of(talk)
    given = list_answers(goal) if goal else ()
    if goal is None or not given:
        return go_on(talk, voice["nothing_to_sum"])
    answers = " ".join(f"({place}) {shorten(one)}." for place, one in enumerate(given, start=1))
    told = tell(talk, voice["sum_up"].format(goal=shorten(goal.original), answers=answers))
    return replace(go_on(told, ""), wish="summary")


def take_aside(talk: Talk, message: str) -> Talk:
    """Something said beside the wording: kept with the goal, and asked whether the wording can do without it."""
    goal, words = find_current(talk), " ".join(message.split())
    question = voice_of(talk)["noted"].format(words=shorten(message))
    if goal is None or question == talk.asked:  # noted already: to ask once more would lead nowhere
        return skip(talk, "")
    talk = change_current(talk, asides=tuple(dict.fromkeys((*goal.asides, words))))
    return put(talk, "", "offer", question, ("accept", "edit", "next"))


def skip(talk: Talk, _: str) -> Talk:
    """Leave the current goal for now."""
    goal = find_current(talk)
    return open_next(talk, voice_of(talk)["skipped"].format(goal=shorten(goal.text)) if goal else "")


def park(talk: Talk, _: str) -> Talk:
    """Put the current goal aside; it stays in the list."""
    goal = find_current(talk)
    if goal is None:
        return open_next(talk, voice_of(talk)["no_open_goal"])
    return open_next(change_current(talk, state="parked"), voice_of(talk)["parked"].format(goal=shorten(goal.text)))


def stop(talk: Talk, message: str) -> Talk:
    """Ask no further; who says so twice wants to leave the goal altogether."""
    goal = find_current(talk)
    if goal is None:
        return open_next(talk, voice_of(talk)["no_open_goal"])
    if talk.phase == "fill":
        return pass_every_part(talk)
    if talk.phase == "how":
        return end_planning(talk, message)
    question = voice_of(talk)["stopped"].format(goal=goal.text)
    if talk.phase == "offer" and talk.asked == question:
        return ask_for_goal(
            change_current(talk, state="parked"), voice_of(talk)["parked"].format(goal=shorten(goal.text))
        )
    talk = change_current(talk, passed=PARTS)
    return put(talk, "", "offer", question, ("accept", "edit", "park"))


def rank(talk: Talk, _: str) -> Talk:
    """Ask for the goals to keep, in order."""
    return ask_rank(talk, "")


def take_numbers(talk: Talk, message: str) -> Talk:
    """Goals of the set named by number: an order, two to join, or those that can wait."""
    goals = list_set(talk)
    chosen = [goals[place - 1] for place in find_numbers(message, len(goals))]
    if talk.phase == "rank":
        return _keep_in_order(talk, chosen)
    if len(goals) <= MOST_GOALS:
        return _join_goals(talk, chosen) if len(chosen) >= _TWO else go_on(talk, "")
    for goal in chosen:
        talk = change_goal(talk, goal.id, state="parked")
    return close_goal(talk, join(*(voice_of(talk)["parked"].format(goal=shorten(goal.text)) for goal in chosen)))


def _join_goals(talk: Talk, chosen: Sequence[KeptGoal]) -> Talk:
    """The first keeps its words; the others hang below it."""
    first, *others = chosen
    for goal in others:
        talk = change_goal(talk, goal.id, state="merged", under=first.id)
    merged = voice_of(talk)["merged"]
    return close_goal(
        talk, join(*(merged.format(first=shorten(first.text), second=shorten(one.text)) for one in others))
    )


def _keep_in_order(talk: Talk, chosen: Sequence[KeptGoal]) -> Talk:
    """The chosen goals first, in the manager's order; the other accepted ones are put aside."""
    ids = [goal.id for goal in chosen]
    rest = [
        replace(goal, state="parked") if goal.state == "accepted" else goal for goal in talk.goals if goal.id not in ids
    ]
    aside = sum(goal.state == "accepted" and goal.id not in ids for goal in talk.goals)
    talk = replace(talk, goals=(*chosen, *rest))
    return close_goal(talk, voice_of(talk)["ranked"].format(count=len(chosen), aside=aside))
