"""Picks a strategy's goals as its author meant them, out of everything in it that reads like a goal.

Authors announce their goals, and then list what they will do for them. So the surest announcement decides: headings
that carry a goal ("Goal 2: …"), then the upper points of lists under a heading or lead-in that announces goals together
with sentences that say "our goal is …"; only where there is neither, every statement that reads like a goal.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.domain import Goal, Statement
from assistant.reviewing.pieces import Piece
from knowledge.document import Span
from knowledge.lexicon import Lexicon

_FEWEST = 2
_SURE = 0.6
_OPENING_CHARACTERS = 40
# Kinds that keep their name even in a list of goals: there they are a finding, not a goal.
_OUT_OF_PLACE = ("activity", "indicator")

Judged = tuple[Piece, Goal]


def heed_announcements(judged: Sequence[Judged], lexicon: Lexicon) -> tuple[Judged, ...]:
    """The same pieces, those in a list of goals taken for goals unless they clearly are something done or counted."""
    return tuple((piece, _as_announced(piece, goal, lexicon)) for piece, goal in judged)


def choose_goals(judged: Sequence[Judged], lexicon: Lexicon) -> tuple[Goal, ...]:
    """The goals in reading order, each once, with ids of their own: "g1", "g2" …."""
    goals = [(piece, goal) for piece, goal in judged if goal.statement.kind == "goal"]
    upper = _upper_points(judged)
    labelled = [goal for piece, goal in goals if piece.block.kind == "heading"]
    announced = [
        goal
        for piece, goal in goals
        if (_is_announced(piece, lexicon) and piece.span in upper) or _announces_itself(goal.statement, lexicon)
    ]
    chosen = next((some for some in (labelled, announced) if len(some) >= _FEWEST), None)
    if chosen is None:
        chosen = [goal for piece, goal in goals if _stands_alone(piece, goal, upper, lexicon)]
    return tuple(_number(_once(chosen)))


def _as_announced(piece: Piece, goal: Goal, lexicon: Lexicon) -> Goal:
    statement = goal.statement
    if piece.block.kind == "heading":
        return replace(goal, statement=replace(statement, kind="goal"))
    surely_else = statement.kind in _OUT_OF_PLACE and statement.kinds[statement.kind] >= _SURE
    if statement.kind == "goal" or surely_else or not _is_announced(piece, lexicon):
        return goal
    return replace(goal, statement=replace(statement, kind="goal"))


def _is_announced(piece: Piece, lexicon: Lexicon) -> bool:
    """Whether it is a list point whose own heading or lead-in announces goals, and nothing else."""
    if piece.block.kind != "item" or not lexicon.headings["goal"].search(piece.heading):
        return False
    return not any(lexicon.headings[kind].search(piece.heading) for kind in ("activity", "indicator", "context"))


def _announces_itself(statement: Statement, lexicon: Lexicon) -> bool:
    """Whether the sentence opens by saying that it is a goal."""
    found = lexicon.find("intent", statement.text)
    return found is not None and found.start < _OPENING_CHARACTERS


def _stands_alone(piece: Piece, goal: Goal, upper: set[Span], lexicon: Lexicon) -> bool:
    """Whether it is a goal without any list of goals around it: in running text only where it surely reads like one."""
    if piece.block.kind == "item":
        return piece.span in upper
    return goal.statement.kinds["goal"] >= _SURE or _announces_itself(goal.statement, lexicon)


def _upper_points(judged: Sequence[Judged]) -> set[Span]:
    """The spans of list points that are no sub-points: of the least depth in their list."""
    upper: set[Span] = set()
    run: list[Piece] = []
    for piece, _ in (*judged, (None, None)):
        if piece is not None and piece.block.kind == "item" and (not run or piece.heading == run[-1].heading):
            run.append(piece)
            continue
        least = min((one.block.level for one in run), default=0)
        upper |= {one.span for one in run if one.block.level == least}
        run = [piece] if piece is not None and piece.block.kind == "item" else []
    return upper


def _once(goals: Sequence[Goal]) -> Iterator[Goal]:
    """Each goal at its first place: plans repeat their goals in an overview and again over each chapter."""
    seen: set[str] = set()
    for goal in sorted(goals, key=lambda one: one.statement.span):
        words = "".join(character for character in goal.statement.text.casefold() if character.isalnum())
        if words not in seen:
            seen.add(words)
            yield goal


def _number(goals: Iterator[Goal]) -> Iterator[Goal]:
    for number, goal in enumerate(goals, start=1):
        yield replace(goal, statement=replace(goal.statement, id=f"g{number}"))
