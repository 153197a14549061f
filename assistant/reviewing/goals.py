"""Picks a strategy's goals as its author meant them, out of everything in it that reads like a goal.

Many authors announce their goals plainly (plain_goals.py); others put goals into running text, and praise and things
to do under the heading of goals. So what a statement says, how it is announced and what stands around it are weighed
together by a small model (goal_signs.py), fitted on annotated plans by several hands (`python -m evals.fit_goals`):
what is plainly announced counts unless the model is sure that it is none, anything else only where the model is sure.
"""

from collections.abc import Container, Iterator, Sequence
from dataclasses import replace

from assistant.domain import Goal, Statement
from assistant.judging.weighing import Head, read_heads
from assistant.reviewing.announcements import (
    Judged,
    find_carriers,
    find_doing_lists,
    find_openings,
    is_announced,
    is_disowned,
    is_surely_none,
    tells_of_goal,
)
from assistant.reviewing.goal_signs import Signs, read_goal_signs
from assistant.reviewing.pieces import Piece
from assistant.reviewing.plain_goals import Plain, find_plain_goals
from knowledge.document import Span
from knowledge.lexicon import Lexicon
from knowledge.sentences import fold_letters

TRAINED, MEANT, NOT_MEANT = "goals.json", "meant", "not"
# From which likelihood on a statement is a goal: one that is plainly announced; one that says by when and how much, as
# a goal should (guide 4.4); any other; and any where none is announced. Chosen on plans whose hand taught nothing.
LIKELY_PLAIN, LIKELY_EXACT, LIKELY, LIKELY_ALONE = 0.1, 0.6, 0.9, 0.5
# The first, where by its own words it reads very much like a goal ("Teachers speak Danish" in a column of goals).
LIKELY_PLAIN_READ, _READS_LIKE_ONE = 0.05, 0.85
# In a list of so many announced points of which this share is chosen, all are.
_FEWEST_POINTS, _NEARLY_ALL = 4, 0.9
# Where a theme ("Pillar 2: …") is less likely than the first, what stands below it is a goal from the second on.
UNLIKELY_THEME, LIKELY_BELOW = 0.6, 0.8
# Kinds that keep their name even in a list of goals: there they are a finding, not a goal.
_OUT_OF_PLACE = ("activity", "indicator", "vision")
# A point in a list of goals is another kind only where it reads very much like one, or is something done that is dated.
_VERY_SURE, _DATED = 0.97, 0.5
# What is surely one of these was put under a heading of goals for want of another, and is none.
_NO_POINTS, _LIKELY_OTHER = ("value", "core_skill", "mission", "other"), 0.9


def heed_announcements(judged: Sequence[Judged], lexicon: Lexicon) -> tuple[Judged, ...]:
    """The same pieces, those in a list of goals taken for goals unless they clearly are something done or counted.

    What says ahead that it is something about a goal ("Deadline: …"), or that the goal is another's, is none, whatever
    it reads like.
    """
    opening = find_openings([piece for piece, _ in judged], lexicon)
    doing = find_doing_lists(judged, lexicon)
    return tuple(
        (piece, _as_no_goal(goal))
        if tells_of_goal(piece, lexicon) or is_disowned(goal.statement.text, lexicon)
        else (piece, _as_activity(goal))
        if piece.span in doing
        else (piece, _as_announced(goal))
        if piece.labelled
        or is_announced(piece, lexicon)
        or (piece.span in opening and not is_surely_none(piece, goal, lexicon))
        else (piece, goal)
        for piece, goal in judged
    )


def choose_goals(judged: Sequence[Judged], likely: Sequence[float], lexicon: Lexicon) -> tuple[Goal, ...]:
    """The goals in reading order, each once, with ids of their own: "g1", "g2" ….

    `likely` says how likely each of `judged` reads like a goal by the model for elements, in the same order.
    """
    plain = find_plain_goals(judged, likely, lexicon)
    return pick_goals(judged, plain, weigh_meant(read_goal_signs(judged, likely, lexicon), load_goal_model()))


def settle_kinds(judged: Sequence[Judged], goals: Sequence[Goal]) -> tuple[Statement, ...]:
    """The statements of a document, of which `goals` were chosen; what was not is a goal only where it reads like one.

    A point put under a heading of goals was taken for one until then ("The library opens on Saturdays").
    """
    chosen = {goal.statement.span for goal in goals}
    return tuple(_as_it_reads(goal.statement, chosen) for _, goal in judged)


def _as_it_reads(statement: Statement, chosen: Container[Span]) -> Statement:
    likeliest = max(statement.kinds, key=lambda kind: statement.kinds[kind])
    unread = statement.kind == "goal" and statement.span not in chosen
    return replace(statement, kind=likeliest) if unread else statement


def load_goal_model() -> Head:
    """The model fitted by `python -m evals.fit_goals` on the plans in evals/plans/."""
    return read_heads(TRAINED)["goal"]


def weigh_meant(signs: Sequence[Signs], head: Head) -> list[float]:
    """How likely each statement was meant as a goal, 0 to 1, by what speaks for it."""
    return [head.probabilities(one)[MEANT] for one in signs]


def pick_goals(judged: Sequence[Judged], plain: Plain, meant: Sequence[float]) -> tuple[Goal, ...]:
    """The goals among `judged`, given which are plainly announced and how likely each was meant as one."""
    likely = _level_themes(judged, plain, meant)
    plainly = [chance for (piece, _), chance in zip(judged, likely, strict=True) if piece.span in plain.goals]
    some = max(plainly, default=0.0) >= LIKELY_PLAIN
    below = _find_below_themes(judged, plain, likely)
    left_out = plain.parts | plain.ruled_out | ({piece.span for piece, _ in judged if piece.theme} if below else set())
    chosen = {
        piece.span
        for (piece, goal), chance in zip(judged, likely, strict=True)
        if piece.span in below
        or (piece.span not in left_out and chance >= _ask_least(piece, goal, plain, some_announced=some))
    }
    chosen |= _find_last_points(judged, plain.goals - left_out, chosen)
    return tuple(_number(_once([_as_goal(goal) for piece, goal in judged if piece.span in chosen])))


def _find_last_points(judged: Sequence[Judged], announced: frozenset[Span], chosen: Container[Span]) -> frozenset[Span]:
    """The points of announced lists in which nearly all are chosen: the few others are no less a goal for that.

    What a list says twice counts once.
    """
    lists: dict[tuple[str, str], dict[str, list[Span]]] = {}
    for piece, goal in judged:
        if piece.block.kind == "item" and piece.heading and piece.span in announced:
            points = lists.setdefault((piece.above, piece.heading), {})
            points.setdefault(fold_letters(goal.statement.text), []).append(piece.span)
    return frozenset(
        span
        for points in lists.values()
        if len(points) >= _FEWEST_POINTS
        and sum(any(one in chosen for one in spans) for spans in points.values()) >= _NEARLY_ALL * len(points)
        for spans in points.values()
        for span in spans
    )


def _find_below_themes(judged: Sequence[Judged], plain: Plain, likely: Sequence[float]) -> frozenset[Span]:
    """What is a goal below themes that are hardly any: the themes of the document then give way to it."""
    carriers = find_carriers([piece for piece, _ in judged])
    return frozenset(
        judged[place][0].span
        for place, carrier in carriers.items()
        if judged[carrier][0].theme
        and judged[place][0].span in plain.parts - plain.ruled_out
        and likely[carrier] < UNLIKELY_THEME
        and likely[place] >= LIKELY_BELOW
    )


def _level_themes(judged: Sequence[Judged], plain: Plain, meant: Sequence[float]) -> list[float]:
    """The likelihoods, those of numbered themes ("Pillar 2: …") made alike: they are goals together or not at all."""
    series = [piece.theme and piece.span in plain.goals for piece, _ in judged]
    themes = [chance for chance, one in zip(meant, series, strict=True) if one]
    mean = sum(themes) / len(themes) if themes else 0.0
    return [mean if one else chance for chance, one in zip(meant, series, strict=True)]


def _ask_least(piece: Piece, goal: Goal, plain: Plain, *, some_announced: bool) -> float:
    """From which likelihood on a statement is a goal; one that is numbered as a goal always is."""
    if piece.span in plain.goals:
        if piece.labelled and not piece.theme:
            return 0.0
        return LIKELY_PLAIN_READ if goal.statement.kinds["goal"] >= _READS_LIKE_ONE else LIKELY_PLAIN
    if not some_announced:
        return LIKELY_ALONE
    return LIKELY_EXACT if goal.measurable and goal.time_bound else LIKELY


def _as_announced(goal: Goal) -> Goal:
    return goal if _is_out_of_place(goal) else _as_goal(goal)


def _is_out_of_place(goal: Goal) -> bool:
    """Whether a point keeps its kind even in a list of goals."""
    statement = goal.statement
    if statement.kind in _NO_POINTS and statement.kinds[statement.kind] >= _LIKELY_OTHER:
        return True
    least = _DATED if statement.kind == "activity" and goal.slots.time else _VERY_SURE
    return statement.kind in _OUT_OF_PLACE and statement.kinds[statement.kind] >= least


def _as_activity(goal: Goal) -> Goal:
    return replace(goal, statement=replace(goal.statement, kind="activity"))


def _as_no_goal(goal: Goal) -> Goal:
    if goal.statement.kind != "goal":
        return goal
    _, kind = max((likely, kind) for kind, likely in goal.statement.kinds.items() if kind != "goal")
    return replace(goal, statement=replace(goal.statement, kind=kind))


def _as_goal(goal: Goal) -> Goal:
    return goal if goal.statement.kind == "goal" else replace(goal, statement=replace(goal.statement, kind="goal"))


def _once(goals: Sequence[Goal]) -> Iterator[Goal]:
    """Each goal at its first place: plans repeat their goals in an overview and again over each chapter."""
    seen: set[str] = set()
    for goal in sorted(goals, key=lambda one: one.statement.span):
        words = fold_letters(goal.statement.text)
        if words not in seen:
            seen.add(words)
            yield goal


def _number(goals: Iterator[Goal]) -> Iterator[Goal]:
    for number, goal in enumerate(goals, start=1):
        yield replace(goal, statement=replace(goal.statement, id=f"g{number}"))
