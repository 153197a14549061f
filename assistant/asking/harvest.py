"""What the talks of a workspace came to about the goals of a document: for its report."""

from collections.abc import Container, Sequence

from assistant.asking.conversation import KeptGoal, find_chain, find_reason
from assistant.asking.dialogue import Dialogue
from assistant.asking.drawing import draw_tree
from assistant.asking.tree import GoalTree, grow_tree, walk
from assistant.domain import Statement
from assistant.reviewing.talked import Talked, TalkedGoal, TreeLine
from knowledge.lexicon import load_lexicon


def gather(dialogue: Dialogue, statements: Sequence[Statement], language: str) -> Talked | None:
    """What came of the document's goals in the latest talk about any of them; None where none was asked about.

    Args:
        dialogue: the workspace's talks.
        statements: the document's goals.
        language: the report's; an ISO 639-1 code.
    """
    ids = {fold(one.text): one.id for one in statements}
    asked = _find_asked(dialogue, ids.keys())
    if not asked:
        return None
    voice = load_lexicon(language).voice
    tree = grow_tree(asked)
    return Talked(
        title=voice["tree_title"],
        picture=draw_tree(tree, language),
        loose_title=voice["tree_loose"],
        lines=_list_lines(tree, language),
        goals=tuple(_tell(goal, ids[fold(goal.original)], language) for goal in asked if fold(goal.original) in ids),
    )


def _find_asked(dialogue: Dialogue, goals: Container[str]) -> tuple[KeptGoal, ...]:
    """The goals of the latest talk that has asked about one of `goals` (folded): those, and what hangs below them.

    A goal of which nothing was said after it was put into the list was not asked about.
    """
    for one in dialogue.conversations():
        talk = dialogue.recall(one.id)
        kept = talk.goals if talk else ()
        said = [goal for goal in kept if goal.answers or goal.edited or goal.actions]
        asked = {goal.id for goal in said if fold(goal.original) in goals}
        if asked:
            return tuple(goal for goal in kept if goal.id in asked or goal.under in asked)
    return ()


def fold(text: str) -> str:
    """A goal's words as they are compared: the talk has them on one line."""
    return " ".join(text.split()).casefold()


def _tell(goal: KeptGoal, statement_id: str, language: str) -> TalkedGoal:
    voice, reason = load_lexicon(language).voice, find_reason(goal)
    value = bool(reason) and find_chain(goal).steps[-1].answer_class == "value_or_mission"
    label = "tree_loose" if not reason else "node_value" if value else "node_need"
    reworded = goal.state in {"reformulated", "accepted"} and fold(goal.text) != fold(goal.original)
    return TalkedGoal(statement_id, goal.text if reworded else "", reason, voice[label])


def _list_lines(tree: GoalTree, language: str) -> tuple[TreeLine, ...]:
    voice = load_lexicon(language).voice
    return tuple(
        TreeLine(depth, node.kind, voice[f"node_{node.kind}"], node.text, loose)
        for nodes, loose in ((tree.rooted, False), (tree.loose, True))
        for node, depth in walk(nodes)
    )
