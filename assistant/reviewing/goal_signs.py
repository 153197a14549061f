"""What speaks for a statement's being one of the goals that the author meant: signs that a small trained model weighs.

Signs are what the judge says of the statement, how it is announced, and what stands around it: a slogan in a heading is
the goal only where no better one stands below it, and a list is as likely a list of goals as its points are.
"""

import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest

from assistant.domain import Goal
from assistant.reviewing.announcements import (
    Judged,
    announces_itself,
    find_carriers,
    find_openings,
    find_upper,
    is_announced,
    tells_of_goal,
    wishes,
)
from assistant.reviewing.headings import announces_goals, heads_others, heads_vision
from assistant.reviewing.pieces import Piece
from knowledge.document import Span
from knowledge.lexicon import Lexicon

Signs = dict[str, float]
_LOGIT_MOST = 5.0
_LONG_WORDS, _FEW_WORDS = 40, 5
_MANY_IN_SECTION, _MANY_ANNOUNCED, _MANY_BETTER = 10, 5, 10
_HALF = 0.5
# Signs that mean more or less by how much the statement reads like a goal.
_LOUDER = (
    "announced", "item", "paragraph", "carried", "opens", "calls itself", "below carried", "above", "wishes", "theme",
    "sentence", "other heading", "below theme",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Section:
    """The statements under one heading: their places, sums of what they read like, and the two highest of each."""

    places: Sequence[int]
    reads: float
    does: float
    best: tuple[float, float]
    shows: tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Around:
    """What is known of a whole document's statements: the likelihoods by place, and what is announced."""

    likely: Sequence[float]
    goals: Sequence[float]
    sections: Mapping[tuple[str, str], _Section]
    ranked: Sequence[float]
    carrier: Mapping[int, int]
    below: Mapping[int, Sequence[int]]
    themes: frozenset[int]
    openings: frozenset[Span]
    upper: frozenset[Span]
    whole: Signs


def read_goal_signs(judged: Sequence[Judged], likely: Sequence[float], lexicon: Lexicon) -> tuple[Signs, ...]:
    """The signs of each statement of a document, in its order.

    Args:
        judged: the statements with the pieces they were cut from.
        likely: how likely each reads like a goal by the model for elements, 0 to 1.
        lexicon: of the document's language.
    """
    around = _look_around(judged, likely, lexicon)
    return tuple(_read_signs(place, *one, around, lexicon) for place, one in enumerate(judged))


def _look_around(judged: Sequence[Judged], likely: Sequence[float], lexicon: Lexicon) -> _Around:
    goals = [goal.statement.kinds["goal"] for _, goal in judged]
    sections: dict[tuple[str, str], list[int]] = {}
    for place, (piece, _) in enumerate(judged):
        sections.setdefault((piece.above, piece.heading), []).append(place)
    carriers = find_carriers([piece for piece, _ in judged])
    announced = sum(is_announced(piece, lexicon) and goal.statement.kind == "goal" for piece, goal in judged)
    carried = sum(piece.labelled and goal.statement.kind == "goal" for piece, goal in judged)
    selves = sum(goal.statement.kind == "goal" and announces_itself(goal.statement, lexicon) for _, goal in judged)
    counts = {"carried anywhere": carried, "announced anywhere": announced, "selves anywhere": selves}
    whole = {name: min(count, _MANY_ANNOUNCED) / _MANY_ANNOUNCED for name, count in counts.items()}
    return _Around(
        likely,
        goals,
        {name: _sum_section(places, judged, goals, likely) for name, places in sections.items()},
        sorted(likely),
        carriers,
        {carrier: [place for place, one in carriers.items() if one == carrier] for carrier in set(carriers.values())},
        frozenset(place for place, carrier in carriers.items() if judged[carrier][0].theme),
        find_openings([piece for piece, _ in judged], lexicon),
        find_upper(judged),
        whole | {"best anywhere": max(likely, default=0.0)},
    )


def _read_signs(place: int, piece: Piece, goal: Goal, around: _Around, lexicon: Lexicon) -> Signs:
    text, chance, reads = goal.statement.text, around.likely[place], around.goals[place]
    logit = math.log((reads + 1e-4) / (1 - reads + 1e-4)) / _LOGIT_MOST
    signs = {f"kind {kind}": share for kind, share in goal.statement.kinds.items()}
    signs |= {"reads": max(-1.0, min(1.0, logit)), "shows": chance}
    words = len(text.split())
    there = {
        piece.block.kind: True,
        "carried": piece.labelled,
        "theme": piece.theme,
        "announced": announces_goals(piece.heading, lexicon),
        "above": bool(piece.above) and announces_goals(piece.above, lexicon),
        "opens": piece.span in around.openings,
        "calls itself": announces_itself(goal.statement, lexicon),
        "wishes": wishes(text, lexicon),
        "tells": tells_of_goal(piece, lexicon),
        "vision heading": heads_vision(piece.heading, lexicon),
        "other heading": heads_others(piece.heading, lexicon),
        "upper": piece.span in around.upper,
        "measurable": goal.measurable,
        "time": goal.slots.time is not None,
        "beneficiary": goal.slots.beneficiary is not None,
        "object": goal.slots.object is not None,
        "vague": goal.vague,
        "short": words <= _FEW_WORDS,
        "sentence": text.rstrip().endswith((".", "!", "?")),
        "below carried": place in around.carrier,
        "below theme": place in around.themes,
    }
    signs |= {name: 1.0 for name, shown in there.items() if shown}
    signs |= {"specific": goal.specificity, "words": min(words, _LONG_WORDS) / _LONG_WORDS}
    signs |= around.whole | dict(_read_section(place, piece, around)) | dict(_read_below(place, piece, around))
    if "carried" not in signs:
        signs["not carried, others"] = signs["carried anywhere"]
    if "announced" not in signs:
        signs["not announced, others"] = signs["announced anywhere"]
    for name in _LOUDER:
        if name in signs:
            signs |= {f"{name} · reads": signs["reads"], f"{name} · shows": chance}
    return signs


def _sum_section(
    places: Sequence[int], judged: Sequence[Judged], goals: Sequence[float], likely: Sequence[float]
) -> _Section:
    return _Section(
        places,
        sum(goals[place] for place in places),
        sum(judged[place][1].statement.kinds["activity"] for place in places),
        _find_two_highest(goals[place] for place in places),
        _find_two_highest(likely[place] for place in places),
    )


def _find_two_highest(values: Iterable[float]) -> tuple[float, float]:
    first, second = [*nlargest(2, values), 0.0][:2]
    return first, second


def _read_section(place: int, piece: Piece, around: _Around) -> Iterator[tuple[str, float]]:
    """How it stands among the statements under its own heading, and among all."""
    section = around.sections[piece.above, piece.heading]
    reads, chance, count = around.goals[place], around.likely[place], len(section.places)
    best = section.best[reads == section.best[0]]  # of the others: the second where it is the first itself
    yield "section", min(count, _MANY_IN_SECTION) / _MANY_IN_SECTION
    yield "section reads", (section.reads - reads) / max(1, count - 1)
    yield "section does", section.does / count
    yield "section best", best
    yield "section shows", section.shows[chance == section.shows[0]]
    yield "first of section", float(section.places[0] == place)
    yield "best of section", float(reads >= best)
    yield "ahead of section", reads - best
    better = len(around.ranked) - bisect_right(around.ranked, chance)
    yield "better anywhere", min(_MANY_BETTER, better) / _MANY_BETTER


def _read_below(place: int, piece: Piece, around: _Around) -> Iterator[tuple[str, float]]:
    """What stands below a heading that carries a goal; and, below one, how much the heading reads like it."""
    if place in around.carrier:
        yield "carrier reads", around.goals[around.carrier[place]]
    if piece.labelled:
        below = around.below.get(place, ())
        best = max((around.likely[other] for other in below if around.goals[other] > _HALF), default=0.0)
        yield "carried, best below", best
        yield "carried, none below", float(not below)
