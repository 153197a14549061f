"""The goals that a document announces plainly, by the surest of its announcements alone.

Surest are headings and points numbered as goals ("Goal 2: …"), or as priorities with many goals below each but no list
that is called so ("Outcomes"); then the upper points of lists, and what opens the sections, under a heading or lead-in
that announces goals, together with sentences that say "our goal is …"; then lists that read like goals from end to end;
only where there is none of these, whatever surely reads like a goal; and where nothing does, what is wished. What
stands under a heading that may as well announce a vision ("Ambition") counts only where there is no surer announcement.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from assistant.domain import Goal, Kind, Statement
from assistant.reviewing.announcements import (
    FEWEST_IN_LIST,
    Judged,
    announces_itself,
    find_carriers,
    find_doing_lists,
    find_openings,
    find_upper,
    is_announced,
    is_surely_none,
    open_themes,
    tells_of_goal,
    wishes,
)
from assistant.reviewing.headings import announces_goals, heads_any, heads_deeds, heads_others, heads_vision
from assistant.reviewing.pieces import Piece
from knowledge.document import Span
from knowledge.lexicon import Lexicon

_FEWEST = 2
_SURE = 0.6
# Goals below each theme from which on the theme is the goal, and they spell it out.
_MANY_BELOW = 2
# So many words in a cell are a goal's name rather than a goal.
_LABEL_WORDS = 3
# How likely a statement reads like a goal, by the model for elements, to count: in running text, and in a list's mean.
_LIKELY_ALONE, _LIKELY_LIST = 0.45, 0.4
_VERY_LIKELY = 0.75
# The same where a sentence says of itself that it is a goal.
_LIKELY_SAID = 0.25
_OTHER_AIMS: tuple[Kind, ...] = ("vision", "mission", "value", "core_skill", "indicator")
_OTHER_LISTS: tuple[Kind, ...] = ("activity", "indicator", "context", "value", "core_skill")
_OTHER_HEADINGS: tuple[Kind, ...] = ("vision", "mission", "value")
Rated = tuple[Piece, Goal, float]


class Plain(NamedTuple):
    """Where the plainly announced goals stand, and what is plainly none.

    `parts` stand below a heading that is one of the goals, and mostly spell it out; `ruled_out` stand below one of
    missions, visions or values, in a list of what will be done, only name a goal, or are surely none.
    """

    goals: frozenset[Span]
    parts: frozenset[Span]
    ruled_out: frozenset[Span]


def find_plain_goals(judged: Sequence[Judged], likely: Sequence[float], lexicon: Lexicon) -> Plain:
    """The goals that `judged` announces plainly.

    `likely` says how likely each reads like a goal by the model for elements, in the same order.
    """
    upper, opening = find_upper(judged), find_openings([piece for piece, _ in judged], lexicon)
    doing, carriers = find_doing_lists(judged, lexicon), find_carriers([piece for piece, _ in judged])
    none = {piece.span for piece, goal in judged if is_surely_none(piece, goal, lexicon)}
    apart = doing | none
    rated = [
        (piece, goal, chance)
        for (piece, goal), chance in zip(judged, likely, strict=True)
        if piece.span not in apart and not tells_of_goal(piece, lexicon)
    ]
    below = {judged[place][0].span for place, carrier in carriers.items() if judged[carrier][0].theme}
    aims = sum(piece.span in below and goal.statement.kind == "goal" for piece, goal, _ in rated)
    themes = sum(piece.theme for piece, _ in judged)
    listed_below = {
        carrier
        for place, carrier in carriers.items()
        if judged[carrier][0].theme and _heads_goals_below(judged[place][0], judged[carrier][0], lexicon)
    }
    spelt_out = aims > _MANY_BELOW * themes and themes > 2 * len(listed_below)
    labelled = [
        one for one in rated if one[0].labelled and one[1].statement.kind == "goal" and (spelt_out or not one[0].theme)
    ]
    below_themes = open_themes(judged, lexicon)
    offered = [one for one in rated if one[0].span in below_themes or _is_plain(one, upper, opening, lexicon)]
    announced = _without_labels(offered)
    names = {piece.span for piece, _, _ in offered} - {piece.span for piece, _, _ in announced}
    names |= {piece.span for piece, _ in judged if below_themes and piece.theme}
    foremost = [one for one in announced if not heads_vision(one[0].heading, lexicon)]
    listed = [one for points in _goal_lists(rated, upper, lexicon) for one in points]
    surest = next(
        (some for some in (labelled, [*labelled, *foremost], announced, listed) if len(some) >= _FEWEST), None
    )
    alone = [*labelled, *announced, *(one for one in rated if _stands_alone(*one, upper, lexicon))]
    others = {piece.span for piece, _ in judged if heads_any(piece.heading, _OTHER_HEADINGS, lexicon)}
    to_do = {piece.span for piece, _ in judged if piece.block.kind == "item" and heads_deeds(piece.heading, lexicon)}
    wished = [one for one in rated if one[0].span not in to_do | others and _is_wished(*one[1:], lexicon)]
    goals = frozenset(piece.span for piece, _, _ in surest or alone or wished)
    parts = {judged[place][0].span for place, carrier in carriers.items() if judged[carrier][0].span in goals}
    return Plain(goals, frozenset(parts), frozenset(none | names | (others | to_do) - goals))


def _without_labels(announced: Sequence[Rated]) -> list[Rated]:
    """Without the points under one heading that only name, in a word or three each, the goals listed under another.

    So does a table's column of goals: "Mobility", "Nursing abroad".
    """
    longest: dict[str, int] = {}
    for piece, goal, _ in announced:
        longest[piece.heading] = max(longest.get(piece.heading, 0), len(goal.statement.text.split()))
    listed = sum(longest[piece.heading] > _LABEL_WORDS for piece, _, _ in announced)
    least = _LABEL_WORDS if listed >= FEWEST_IN_LIST else 0
    return [one for one in announced if longest[one[0].heading] > least]


def _heads_goals_below(piece: Piece, theme: Piece, lexicon: Lexicon) -> bool:
    """Whether a point below a theme has a heading of its own there that announces goals ("Pillar 2", "Outcomes")."""
    return piece.heading != theme.heading and is_announced(piece, lexicon)


def _is_plain(one: Rated, upper: frozenset[Span], opening: frozenset[Span], lexicon: Lexicon) -> bool:
    """Whether it says itself that it is a goal, or is a point where goals are announced and reads like one."""
    piece, goal, chance = one
    if _may_be_goal(goal.statement, chance) and announces_itself(goal.statement, lexicon):
        return True
    reads = goal.statement.kind == "goal" or chance >= _LIKELY_ALONE
    offered = is_announced(piece, lexicon) or piece.span in opening
    return reads and offered and (piece.block.kind == "paragraph" or piece.span in upper)


def _is_wished(goal: Goal, chance: float, lexicon: Lexicon) -> bool:
    """Whether a sentence is the goal of a document that announces none: it wishes something, if not as goals do."""
    statement = goal.statement
    return chance >= _LIKELY_SAID and _may_be_goal(statement, chance) and wishes(statement.text, lexicon)


def _may_be_goal(statement: Statement, chance: float) -> bool:
    """Whether a sentence that says that it is a goal may be believed."""
    return statement.kind == "goal" or (
        chance >= _LIKELY_SAID and all(statement.kinds[kind] < _SURE for kind in _OTHER_AIMS)
    )


def _goal_lists(rated: Sequence[Rated], upper: frozenset[Span], lexicon: Lexicon) -> Iterator[list[Rated]]:
    """Lists, announced or not, whose upper points read like goals taken together."""
    for (above, heading), group in groupby(rated, key=lambda one: (one[0].above, one[0].heading)):
        points = [one for one in group if one[0].span in upper]
        foreign = heads_any(heading, _OTHER_LISTS, lexicon)
        if len(points) < FEWEST_IN_LIST or (foreign and not announces_goals(above, lexicon)):
            continue
        reads = (max(chance, goal.statement.kinds["goal"]) for _, goal, chance in points)
        if sum(reads) / len(points) >= _LIKELY_LIST:
            yield points


def _stands_alone(piece: Piece, goal: Goal, chance: float, upper: frozenset[Span], lexicon: Lexicon) -> bool:
    """Whether it is a goal without any list of goals around it: only where it surely reads like one."""
    if piece.block.kind == "item":
        elsewhere = heads_others(piece.heading, lexicon)
        return piece.span in upper and goal.statement.kind == "goal" and not elsewhere
    return (
        chance >= _LIKELY_ALONE
        and goal.statement.kind not in ("vision", "mission", "other")
        and (chance >= _VERY_LIKELY or wishes(goal.statement.text, lexicon))
    )
