"""Goals that are numbered under an aim or an axis: "Axis 2: The world at school", then "Objective 2.1: …" or "2.1 …".

Where what is above is a mere title, the author's goals are what is numbered under it; where it says a goal by itself,
what is numbered under it spells that out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.reviewing.announcements import FEWEST_IN_LIST, Judged

# A title has few words and no figure; what is numbered under it, by mere numbers, must read like goals on the whole.
_TITLE_WORDS, _READS_LIKE_GOALS = 7, 0.5


def heed_numbers(judged: Sequence[Judged]) -> tuple[Judged, ...]:
    """The same pieces; where goals are numbered under titles, they are labelled as goals and the titles no longer.

    So are those that are called goals by their numbers ("Objective 2.1: …") where nothing above is called one.
    """
    parts = _find_parts(judged)
    called = {place for place, (piece, _) in enumerate(judged) if piece.named}
    if len(called) >= FEWEST_IN_LIST and not any(piece.labelled and piece.number for piece, _ in judged):
        return tuple((replace(one[0], labelled=True), one[1]) if at in called else one for at, one in enumerate(judged))
    below = {place for places in parts.values() for place in places}
    above, said = [judged[place] for place in parts], [judged[place] for place in sorted(below)]
    if len(below) < FEWEST_IN_LIST or not _are_goals(above, said):
        return tuple(judged)
    return tuple(
        (replace(piece, labelled=True, theme=False), goal)
        if place in below
        else (replace(piece, labelled=False, theme=False), goal)
        if piece.number and piece.number.isdigit()
        else (piece, goal)
        for place, (piece, goal) in enumerate(judged)
    )


def _find_parts(judged: Sequence[Judged]) -> Mapping[int, Sequence[int]]:
    """The places of what is numbered under each labelled statement, by that one's place, from "N.1" on."""
    parts: dict[int, list[int]] = {}
    carrier: int | None = None
    for place, (piece, _) in enumerate(judged):
        if piece.labelled and piece.number:
            carrier = place
        elif carrier is not None and piece.part is not None and piece.part[0] == judged[carrier][0].number:
            below = parts.setdefault(carrier, [])
            if piece.part[1] == len(below) + 1:
                below.append(place)
    return {carrier: below for carrier, below in parts.items() if below}


def _are_goals(above: Sequence[Judged], below: Sequence[Judged]) -> bool:
    """Whether what is numbered below is what was meant: called goals under axes, or read like goals under titles."""
    named = all(piece.named for piece, _ in below)
    if named and all(piece.theme for piece, _ in above):
        return True
    reads = sum(goal.statement.kinds["goal"] for _, goal in below) / len(below)
    return all(map(_is_title, above)) and (named or reads >= _READS_LIKE_GOALS)


def _is_title(one: Judged) -> bool:
    text = one[1].statement.text
    return len(text.split()) <= _TITLE_WORDS and not any(map(str.isdigit, text))
