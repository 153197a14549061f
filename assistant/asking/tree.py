"""The tree of goals: upwards why, to the need or value a goal rests on; downwards how, to the steps that lead to it.

A goal whose ladder has not reached a reason hangs in the air, and is shown so (guide 4.4: goals link to the mission).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.asking.conversation import Action, KeptGoal, find_chain

NodeKind = Literal["need", "value", "higher_goal", "goal", "action"]
_ENDS: dict[str, NodeKind] = {"need_or_reason": "need", "value_or_mission": "value"}
_LEFT_OUT = {"parked", "merged"}


@dataclass(frozen=True, slots=True)
class Node:
    """One box of the tree; `below` are those that lead to it. `id` is the goal's or the action's, "" for the others."""

    kind: NodeKind
    text: str
    id: str = ""
    below: tuple["Node", ...] = ()


@dataclass(frozen=True, slots=True)
class GoalTree:
    """`rooted` are the needs and values with the goals that reach them; `loose` the goals that reach none yet."""

    rooted: tuple[Node, ...] = ()
    loose: tuple[Node, ...] = ()


def grow_tree(goals: Sequence[KeptGoal]) -> GoalTree:
    """The tree that the goals' ladders and their steps make; goals put aside are left out.

    Goals with the same reason, or the same goal above them (in the same words), hang from one node.
    """
    rooted: tuple[Node, ...] = ()
    loose: tuple[Node, ...] = ()
    for goal in goals:
        if goal.state in _LEFT_OUT:
            continue
        branch, reaches = _grow_branch(goal, goals)
        if reaches:
            rooted = _graft(rooted, branch)
        else:
            loose = _graft(loose, branch)
    return GoalTree(rooted, loose)


def walk(nodes: Sequence[Node], depth: int = 0) -> Iterator[tuple[Node, int]]:
    """Every node with its depth from 0, each before those below it."""
    for node in nodes:
        yield node, depth
        yield from walk(node.below, depth + 1)


def list_actions(goal: KeptGoal, under: str = "") -> tuple[Node, ...]:
    """The steps below a goal, or below one of its steps, as nodes."""
    return tuple(
        Node("action", action.text, action.id, list_actions(goal, action.id))
        for action in goal.actions
        if action.under == under
    )


def make_action(goal: KeptGoal, text: str, goals: Sequence[KeptGoal]) -> Action:
    """A step of a goal, with an id that no step of any of the talk's `goals` has: a step moved away keeps its own."""
    own = f"{goal.id}a"
    ids = [action.id for one in (goal, *goals) for action in one.actions if action.id.startswith(own)]
    return Action(f"{own}{max((int(one.removeprefix(own)) for one in ids), default=0) + 1}", text)


def remove_action(actions: Sequence[Action], action_id: str) -> tuple[Action, ...]:
    """The steps without one of them and without those that lead to it."""
    gone = {action_id}
    for _ in actions:
        gone |= {action.id for action in actions if action.under in gone}
    return tuple(action for action in actions if action.id not in gone)


def _grow_branch(goal: KeptGoal, goals: Sequence[KeptGoal]) -> tuple[Node, bool]:
    """The goal with what is below and above it, and whether it reaches a need or a value."""
    node = _with_what_is_below(goal, goals)
    if goal.state == "new":
        return node, False
    chain = find_chain(goal)
    for step in chain.steps:
        if step.answer_class == "higher_goal":
            node = Node("higher_goal", step.answer, below=(node,))
    if not chain.done:
        return node, False
    last = chain.steps[-1]
    return Node(_ENDS[last.answer_class], last.answer, below=(node,)), True


def _with_what_is_below(goal: KeptGoal, goals: Sequence[KeptGoal]) -> Node:
    """The goal with its steps and the goals that were hung below it, however deep."""
    joined = (_with_what_is_below(one, goals) for one in goals if one.state == "merged" and one.under == goal.id)
    text = goal.text if goal.edited else goal.original
    return Node("goal", text, goal.id, (*list_actions(goal), *joined))


def _graft(nodes: tuple[Node, ...], branch: Node) -> tuple[Node, ...]:
    """The nodes with a branch more; where its top is there already, what is below joins what is below that."""
    for place, node in enumerate(nodes):
        if not branch.id and node.kind == branch.kind and _fold(node.text) == _fold(branch.text):
            below = node.below
            for child in branch.below:
                below = _graft(below, child)
            return (*nodes[:place], replace(node, below=below), *nodes[place + 1 :])
    return (*nodes, branch)


def _fold(text: str) -> str:
    return " ".join(text.split()).strip(" .!;,").casefold()
