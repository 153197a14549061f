"""The moves of the how side: the steps and means that lead to a goal, and changes to the tree that they make."""

from dataclasses import replace

from assistant.asking.conversation import KeptGoal, Talk, find_current
from assistant.asking.questions import ask_how
from assistant.asking.sifting import drop_complaints
from assistant.asking.steering import close_goal, open_next
from assistant.asking.talking import change_current, change_goal, go_on, voice_of
from assistant.asking.tree import make_action, remove_action
from assistant.judging.judge import check_words

MOST_ACTIONS = 12  # of one goal by chat; a longer list is an action plan of its own (guide 4.5)


def take_action(talk: Talk, message: str) -> Talk:
    """A step or means that leads to the current goal."""
    goal = find_current(talk)
    if goal is None:
        return close_goal(talk, "")
    action = make_action(goal, " ".join(drop_complaints(message, talk.language).split()), talk.goals)
    talk = change_current(talk, actions=(*goal.actions, action))
    changed = find_current(talk)
    if changed is None or len(changed.actions) >= MOST_ACTIONS:
        return end_planning(talk, "")
    return ask_how(talk, changed, "")


def end_planning(talk: Talk, _: str) -> Talk:
    """No more steps for this goal."""
    goal = find_current(talk)
    told = voice_of(talk)["enough_told"] if goal and goal.actions else ""
    return close_goal(change_current(talk, planned=True), told)


def plan_goal(talk: Talk, goal_id: str) -> Talk:
    """Ask how a goal of the list is to be reached, whatever else was open."""
    talk = change_goal(replace(talk, current=goal_id), goal_id, planned=False)
    goal = find_current(talk)
    return ask_how(talk, goal, "") if goal else talk


def rename(talk: Talk, node_id: str, text: str) -> Talk:
    """Give a goal or a step of the tree other words.

    Raises:
        KeyError: where the talk has neither of that id.
        EmptyText, OversizedText: where `text` has no words, or too many.
    """
    check_words(text, "the new wording")
    goal, words = find_owner(talk, node_id), " ".join(text.split())
    if goal.id == node_id:
        talk = change_goal(talk, goal.id, text=words, edited=True)
    else:
        actions = tuple(replace(one, text=words) if one.id == node_id else one for one in goal.actions)
        talk = change_goal(talk, goal.id, actions=actions)
    return go_on(talk, voice_of(talk)["renamed"].format(words=words))


def remove(talk: Talk, node_id: str) -> Talk:
    """Take a goal, or a step with all that leads to it, out of the tree; going back brings it again."""
    goal = find_owner(talk, node_id)
    told = voice_of(talk)["removed"]
    if goal.id != node_id:
        return go_on(change_goal(talk, goal.id, actions=remove_action(goal.actions, node_id)), told)
    goals = tuple(
        replace(one, state="parked", under="") if one.under == node_id else one
        for one in talk.goals
        if one.id != node_id
    )
    if talk.current != node_id:
        return go_on(replace(talk, goals=goals), told)
    return open_next(replace(talk, goals=goals, current=None), told)


def move(talk: Talk, node_id: str, under: str) -> Talk:
    """Hang a goal below another goal, or a step (with all that leads to it) below another goal or step.

    Nothing can hang below itself or below what leads to it; such a wish changes nothing.
    """
    goal, home = find_owner(talk, node_id), find_owner(talk, under)
    voice = voice_of(talk)
    if goal.id == node_id:
        if home.id == goal.id or _hangs_below(talk, home, goal.id):
            return go_on(talk, voice["not_moved"])
        talk = change_goal(talk, goal.id, state="merged", under=home.id)
        if talk.current == goal.id:
            return open_next(replace(talk, current=None), voice["moved"])
        return go_on(talk, voice["moved"])
    branch = set(goal.actions) - set(remove_action(goal.actions, node_id))
    if under in {one.id for one in branch}:
        return go_on(talk, voice["not_moved"])
    moved = tuple(one for one in goal.actions if one in branch)
    talk = change_goal(talk, goal.id, actions=remove_action(goal.actions, node_id))
    home = find_owner(talk, under)
    top = "" if under == home.id else under
    placed = tuple(replace(one, under=top) if one.id == node_id else one for one in moved)
    return go_on(change_goal(talk, home.id, actions=(*home.actions, *placed)), voice["moved"])


def find_owner(talk: Talk, node_id: str) -> KeptGoal:
    """The goal of that id, or the goal that a step of that id leads to.

    Raises:
        KeyError: where the talk has neither.
    """
    for goal in talk.goals:
        if goal.id == node_id or any(action.id == node_id for action in goal.actions):
            return goal
    raise KeyError(node_id)


def _hangs_below(talk: Talk, goal: KeptGoal, top: str) -> bool:
    """Whether a goal hangs below the goal `top`, however deep."""
    above = {one.id: one.under for one in talk.goals if one.state == "merged"}
    seen, place = set[str](), goal.id
    while place in above and place not in seen:
        seen.add(place)
        place = above[place]
        if place == top:
            return True
    return False
