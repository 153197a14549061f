"""Picks a strategy's goals as its author meant them, out of everything in it that reads like a goal.

Authors announce their goals, and then list what they will do for them. So the surest announcement decides: headings
that carry a goal ("Goal 2: …"), then the upper points of lists, and what opens the sections, under a heading or lead-in
that announces goals, together with sentences that say "our goal is …"; then lists that read like goals from end to end;
only where there is none of these, every statement that reads like a goal; and where none does, what is wished.
What says ahead that it is something about a goal ("Indicator: …", "Timing: …") is none. What stands under a heading
that may as well announce a vision ("Ambition") counts only where there is no surer announcement.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from assistant.domain import Goal, Kind, Statement
from assistant.judging.form import find_form
from assistant.reviewing.pieces import Piece
from knowledge.document import Span
from knowledge.grammar import load_grammar
from knowledge.lexicon import Lexicon

_ENDS_OF_SENTENCES = (".", "!", "?", "»", "”", '"')
_FEWEST = 2
_FEWEST_IN_LIST = 3
_SURE = 0.6
_OPENING_CHARACTERS = 40
# How likely a statement reads like a goal, by the model for elements, to count: in running text, and in a list's mean.
_LIKELY_ALONE, _LIKELY_LIST = 0.45, 0.4
_VERY_LIKELY = 0.75
# The same where a sentence says of itself that it is a goal.
_LIKELY_SAID = 0.25
# Kinds that keep their name even in a list of goals: there they are a finding, not a goal.
_OUT_OF_PLACE = ("activity", "indicator", "vision")
# A point in a list of goals is another kind only where it reads very much like one, or is something done that is dated.
_VERY_SURE, _DATED = 0.95, 0.5
# Where a list of goals reads like things to do, taken together, each point that reads a little so is one.
_DOING_LIST, _A_LITTLE = 0.4, 0.3
# What is surely one of these was put under a heading of goals for want of another, and is none.
_NO_POINTS, _LIKELY_OTHER = ("value", "core_skill", "mission", "other"), 0.9
_NO_GOALS_BELOW = ("activity", "indicator", "context", "vision", "mission", "value")
_OTHER_AIMS: tuple[Kind, ...] = ("vision", "mission", "value", "core_skill", "indicator")
_OTHER_LISTS = ("activity", "indicator", "context", "value", "core_skill")

Judged = tuple[Piece, Goal]


def heed_announcements(judged: Sequence[Judged], lexicon: Lexicon) -> tuple[Judged, ...]:
    """The same pieces, those in a list of goals taken for goals unless they clearly are something done or counted."""
    opening = {piece.span for piece in _section_openings([piece for piece, _ in judged], lexicon)}
    doing = _activities_called_goals(judged, lexicon)
    return tuple(
        (piece, _as_activity(goal) if piece.span in doing else _as_announced(piece, goal, opening, lexicon))
        for piece, goal in judged
    )


def _activities_called_goals(judged: Sequence[Judged], lexicon: Lexicon) -> set[Span]:
    """The points of lists of goals that, taken together, read like things to do."""
    lists: dict[str, list[Judged]] = {}
    for piece, goal in judged:
        if piece.labelled or _is_announced(piece, lexicon):
            lists.setdefault("" if piece.labelled else piece.heading, []).append((piece, goal))
    return {
        piece.span
        for points in lists.values()
        if len(points) >= _FEWEST_IN_LIST and _mean_doing(points) >= _DOING_LIST
        for piece, goal in points
        if goal.statement.kinds["activity"] >= _A_LITTLE
    }


def _mean_doing(points: Sequence[Judged]) -> float:
    return sum(goal.statement.kinds["activity"] for _, goal in points) / len(points)


def choose_goals(judged: Sequence[Judged], likely: Sequence[float], lexicon: Lexicon) -> tuple[Goal, ...]:
    """The goals in reading order, each once, with ids of their own: "g1", "g2" ….

    `likely` says how likely each of `judged` reads like a goal by the model for elements, in the same order.
    """
    upper = _upper_points(judged)
    opening = {piece.span for piece in _section_openings([piece for piece, _ in judged], lexicon)}
    doing = _activities_called_goals(judged, lexicon)
    read = [
        one
        for one in zip(judged, likely, strict=True)
        if not _tells_of_goal(one[0][0], lexicon) and one[0][0].span not in doing
    ]
    labelled = [goal for (piece, goal), _ in read if piece.labelled and goal.statement.kind == "goal"]
    announced = [
        (piece, _as_goal(goal))
        for (piece, goal), chance in read
        if (_may_be_goal(goal.statement, chance) and _announces_itself(goal.statement, lexicon))
        or (
            (goal.statement.kind == "goal" or chance >= _LIKELY_ALONE)
            and (_is_announced(piece, lexicon) or piece.span in opening)
            and (piece.block.kind == "paragraph" or piece.span in upper)
        )
    ]
    foremost = [goal for piece, goal in announced if not _heads_vision(piece.heading, lexicon)]
    listed = [goal for goals in _goal_lists(read, upper, lexicon) for goal in goals]
    everywhere = [goal for _, goal in announced]
    chosen = next((some for some in (labelled, foremost, everywhere, listed) if len(some) >= _FEWEST), None)
    if chosen is None:
        alone = [_as_goal(goal) for (piece, goal), chance in read if _stands_alone(piece, goal, chance, upper, lexicon)]
        chosen = [*labelled, *everywhere, *alone]
    if not chosen:
        chosen = [_as_goal(goal) for (_, goal), chance in read if _is_wished(goal.statement, chance, lexicon)]
    return tuple(_number(_once(chosen)))


def _is_wished(statement: Statement, chance: float, lexicon: Lexicon) -> bool:
    """Whether a sentence is the goal of a document that announces none: it wishes something, if not as goals do."""
    return chance >= _LIKELY_SAID and _may_be_goal(statement, chance) and _wishes(statement.text, lexicon)


def _tells_of_goal(piece: Piece, lexicon: Lexicon) -> bool:
    """Whether it says ahead that it is something about a goal, and no goal ("Indicator: …", "Timing: …")."""
    return bool(piece.label) and lexicon.cue("field").match(piece.label) is not None


def _heads_vision(heading: str, lexicon: Lexicon) -> bool:
    """Whether a heading may as well stand over a vision ("Ambition", "Where we want to go")."""
    return lexicon.elements["vision"].heading.search(heading) is not None


def _may_be_goal(statement: Statement, chance: float) -> bool:
    """Whether a sentence that says that it is a goal may be believed."""
    return statement.kind == "goal" or (
        chance >= _LIKELY_SAID and all(statement.kinds[kind] < _SURE for kind in _OTHER_AIMS)
    )


def _as_announced(piece: Piece, goal: Goal, opening: set[Span], lexicon: Lexicon) -> Goal:
    offered = piece.labelled or _is_announced(piece, lexicon) or piece.span in opening
    return _as_goal(goal) if offered and not _is_out_of_place(goal) else goal


def _is_out_of_place(goal: Goal) -> bool:
    """Whether a point keeps its kind even in a list of goals."""
    statement = goal.statement
    if statement.kind in _NO_POINTS and statement.kinds[statement.kind] >= _LIKELY_OTHER:
        return True
    least = _DATED if statement.kind == "activity" and goal.slots.time else _VERY_SURE
    return statement.kind in _OUT_OF_PLACE and statement.kinds[statement.kind] >= least


def _as_activity(goal: Goal) -> Goal:
    return replace(goal, statement=replace(goal.statement, kind="activity"))


def _as_goal(goal: Goal) -> Goal:
    return goal if goal.statement.kind == "goal" else replace(goal, statement=replace(goal.statement, kind="goal"))


def _is_announced(piece: Piece, lexicon: Lexicon) -> bool:
    """Whether it is a list point whose own heading or lead-in announces goals, and nothing else before them."""
    return piece.block.kind in ("item", "row") and announces_goals(piece.heading, lexicon)


def announces_goals(heading: str, lexicon: Lexicon) -> bool:
    """Whether a heading or lead-in says that goals stand below: it names them, or leads in with "we want …:"."""
    named = lexicon.headings["goal"].search(heading) or lexicon.cue("goals_below").search(heading)
    if named is None:
        return heading.rstrip().endswith(":") and lexicon.has("intent", heading)
    others = (lexicon.headings[kind].search(heading) for kind in ("activity", "indicator", "context"))
    return not any(other and other.start() < named.start() for other in others) and not any(
        lexicon.headings[kind].search(heading, named.end()) for kind in ("activity", "indicator")
    )


def _section_openings(pieces: Sequence[Piece], lexicon: Lexicon) -> Iterator[Piece]:
    """What opens the sections, two or more, under a heading that announces goals; and its paragraphs of one sentence.

    Such are "Students", "Staff" … under "Priorities". Where lists stand in the sections, it is all their points.
    """
    for _, group in groupby(pieces, key=lambda piece: piece.above):
        below = list(group)
        if not below[0].above or not announces_goals(below[0].above, lexicon):
            continue
        sections = [next(section) for _, section in groupby(below, key=lambda piece: piece.heading)]
        if _are_lists(sections, lexicon):
            yield from (piece for piece in below if piece.block.kind == "item")
            continue
        if any(lexicon.headings[kind].search(piece.heading) for piece in sections for kind in _NO_GOALS_BELOW):
            continue
        paragraphs = [piece for piece in sections if piece.block.kind == "paragraph"]
        if len(paragraphs) >= _FEWEST and len(paragraphs) == len(sections):
            yield from paragraphs
    for _, group in groupby(pieces, key=lambda piece: piece.heading):
        below = list(group)
        if below[0].block.kind == "paragraph" and below[0].heading and announces_goals(below[0].heading, lexicon):
            alone = [list(block) for _, block in groupby(below, key=lambda piece: piece.block.span)]
            yield from (block[0] for block in alone if len(block) == 1 and block[0].block.kind == "paragraph")


def _are_lists(sections: Sequence[Piece], lexicon: Lexicon) -> bool:
    """Whether sections, told by what opens each, are lists, of which hardly one says that no goals follow."""
    foreign = sum(any(lexicon.headings[kind].search(one.heading) for kind in _NO_GOALS_BELOW) for one in sections)
    return (
        len(sections) >= _FEWEST_IN_LIST
        and 3 * foreign <= len(sections)
        and all(one.block.kind == "item" for one in sections)
    )


def _announces_itself(statement: Statement, lexicon: Lexicon) -> bool:
    """Whether the sentence opens by saying that it is a goal."""
    found = (lexicon.find(cue, statement.text) for cue in ("intent", "announced"))
    return any(one is not None and one.start < _OPENING_CHARACTERS for one in found)


def _goal_lists(read: Sequence[tuple[Judged, float]], upper: set[Span], lexicon: Lexicon) -> Iterator[tuple[Goal, ...]]:
    """Lists, announced or not, whose upper points read like goals taken together."""
    for (above, heading), group in groupby(read, key=lambda one: (one[0][0].above, one[0][0].heading)):
        points = [(goal, chance) for (piece, goal), chance in group if piece.span in upper]
        foreign = _heads_others(heading, _OTHER_LISTS, lexicon)
        if len(points) < _FEWEST_IN_LIST or (foreign and not announces_goals(above, lexicon)):
            continue
        if sum(max(chance, goal.statement.kinds["goal"]) for goal, chance in points) / len(points) >= _LIKELY_LIST:
            yield tuple(_as_goal(goal) for goal, _ in points)


def _heads_others(heading: str, kinds: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether a heading announces statements of one of `kinds`, or missions."""
    announced = any(lexicon.headings[kind].search(heading) for kind in kinds)
    return announced or lexicon.elements["mission"].heading.search(heading) is not None


def _stands_alone(piece: Piece, goal: Goal, chance: float, upper: set[Span], lexicon: Lexicon) -> bool:
    """Whether it is a goal without any list of goals around it: only where it surely reads like one."""
    if piece.block.kind == "item":
        elsewhere = _heads_others(piece.heading, _NO_GOALS_BELOW, lexicon)
        return piece.span in upper and goal.statement.kind == "goal" and not elsewhere
    return (
        chance >= _LIKELY_ALONE
        and goal.statement.kind not in ("vision", "mission", "other")
        and (chance >= _VERY_LIKELY or _wishes(goal.statement.text, lexicon))
    )


def _wishes(text: str, lexicon: Lexicon) -> bool:
    """Whether it says that something is wanted, or is no sentence and has no finite verb, as a goal in a list."""
    said = any(lexicon.has(cue, text) for cue in ("intent", "announced", "will"))
    told = text.rstrip().endswith(_ENDS_OF_SENTENCES)
    wanted = said or lexicon.headings["goal"].search(text) is not None
    return wanted or (not told and "form:fragment" in find_form(text, load_grammar(lexicon.code)))


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
