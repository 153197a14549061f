"""How a document announces its goals: headings that carry one, headings and lead-ins above them, sentences that say so.

An announcement decides nothing by itself: authors put convictions and things to do under a heading of goals, and goals
under none. What follows from it is weighed in goal_signs.py.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from assistant.domain import Goal, Statement
from assistant.judging.form import find_form
from assistant.reviewing.headings import KINDS_APART, announces_goals
from assistant.reviewing.pieces import Piece
from knowledge.disowned import load_disowning
from knowledge.document import Span
from knowledge.grammar import load_grammar
from knowledge.labels import read_line_label
from knowledge.lexicon import Lexicon

Judged = tuple[Piece, Goal]
FEWEST_IN_LIST = 3
# Where a list of goals reads like things to do, taken together, each point that reads a little so is one.
_DOING_LIST, _A_LITTLE = 0.65, 0.3
_ENDS_OF_SENTENCES = (".", "!", "?", "»", "”", '"')
_FEWEST = 2
_OPENING_CHARACTERS = 40
# Characters between a goal and whose it is: "the goal of the Ministry", "el objetivo del Ministerio".
_POSSESSIVE = 9
_HARDLY, _SURELY_ABOUT = 0.02, 0.9
# "With goal 1, stays abroad grow": what opens by pointing to a goal by its number is said about it.
_GOAL_NUMBER = re.compile(r"\s*\d{1,2}\.?\s*,")


def is_announced(piece: Piece, lexicon: Lexicon) -> bool:
    """Whether it is a list point whose own heading or lead-in announces goals, and nothing else before them."""
    return piece.block.kind in ("item", "row") and announces_goals(piece.heading, lexicon)


def announces_itself(statement: Statement, lexicon: Lexicon) -> bool:
    """Whether the sentence opens by saying that it is a goal, and one of the school's."""
    return _announcement(statement.text, lexicon) is not None and not is_disowned(statement.text, lexicon)


def is_disowned(text: str, lexicon: Lexicon) -> bool:
    """Whether a sentence speaks of a goal that the school denies, or that is the ministry's, the EU's or a law's."""
    known = load_disowning(lexicon.code)
    denied = known.denied.search(text)
    if denied and denied.start() < _OPENING_CHARACTERS and not known.still.search(text):
        return True
    said = _announcement(text, lexicon)
    if said is None or lexicon.has("we", text[: said.end]):
        return False
    named = known.others.search(text)
    return named is not None and named.start() <= said.end + _POSSESSIVE


def _announcement(text: str, lexicon: Lexicon) -> Span | None:
    """The words near the sentence's beginning that say it is a goal."""
    found = (lexicon.find(cue, text) for cue in ("intent", "announced"))
    return min((one for one in found if one and one.start < _OPENING_CHARACTERS), default=None)


def is_surely_none(piece: Piece, goal: Goal, lexicon: Lexicon) -> bool:
    """Whether a statement is no goal of the school's, even below a heading of goals.

    None is what denies a goal or tells of another's, points to a goal by its number, or stands in a list of weaknesses,
    costs and the like; nor is running text that is none for the judge and does not say it is. What is said about the
    goals says no goal ("The goals below were set by the board").
    """
    if is_disowned(goal.statement.text, lexicon) or (not piece.labelled and _points_to_goal(goal, lexicon)):
        return True
    if piece.block.kind == "item" and _lists_others(piece.heading, lexicon):
        return True
    about = goal.statement.kinds["other"] >= _SURELY_ABOUT
    said = piece.labelled or (announces_itself(goal.statement, lexicon) and not about)
    return piece.block.kind == "paragraph" and not said and goal.statement.kinds["goal"] < _HARDLY


def _lists_others(heading: str, lexicon: Lexicon) -> bool:
    """Whether a list is one of weaknesses, threats, costs and the like."""
    return bool(heading) and read_line_label(heading, lexicon.code) == "other" and not announces_goals(heading, lexicon)


def _points_to_goal(goal: Goal, lexicon: Lexicon) -> bool:
    text = goal.statement.text[:_OPENING_CHARACTERS]
    named = lexicon.find("goal_label", text)
    return named is not None and named.start > 0 and _GOAL_NUMBER.match(text, named.end) is not None


def tells_of_goal(piece: Piece, lexicon: Lexicon) -> bool:
    """Whether it says ahead that it is something about a goal, and no goal ("Indicator: …", "Timing: …")."""
    return bool(piece.label) and read_line_label(piece.label, lexicon.code) is not None


def wishes(text: str, lexicon: Lexicon) -> bool:
    """Whether it says that something is wanted, or is no sentence and has no finite verb, as a goal in a list."""
    said = any(lexicon.has(cue, text) for cue in ("intent", "announced", "will"))
    told = text.rstrip().endswith(_ENDS_OF_SENTENCES)
    wanted = said or lexicon.headings["goal"].search(text) is not None
    return wanted or (not told and "form:fragment" in find_form(text, load_grammar(lexicon.code)))


def find_openings(pieces: Sequence[Piece], lexicon: Lexicon) -> frozenset[Span]:
    """What opens the sections, two or more, under a heading that announces goals; and its paragraphs of one sentence.

    Such are "Students", "Staff" … under "Priorities". Where lists stand in the sections, it is all their points.
    """
    return frozenset(piece.span for piece in (*_open_sections(pieces, lexicon), *_stand_alone(pieces, lexicon)))


def find_upper(judged: Sequence[Judged]) -> frozenset[Span]:
    """The list points that are no sub-points: those of the least depth in their list."""
    upper: set[Span] = set()
    run: list[Piece] = []
    for piece, _ in (*judged, (None, None)):
        if piece is not None and piece.block.kind == "item" and (not run or piece.heading == run[-1].heading):
            run.append(piece)
            continue
        least = min((one.block.level for one in run), default=0)
        upper |= {one.span for one in run if one.block.level == least}
        run = [piece] if piece is not None and piece.block.kind == "item" else []
    return frozenset(upper)


def find_carriers(pieces: Sequence[Piece]) -> dict[int, int]:
    """For each statement below a heading that carries a goal of its own, the place of that heading's."""
    carriers: dict[int, int] = {}
    carrier: int | None = None
    for place, piece in enumerate(pieces):
        if piece.labelled and piece.block.kind == "heading":
            carrier = place
        elif carrier is not None:
            if pieces[carrier].heading in (piece.heading, piece.above):
                carriers[place] = carrier
            else:
                carrier = None
    return carriers


def open_themes(judged: Sequence[Judged], lexicon: Lexicon) -> frozenset[Span]:
    """What opens the sections of numbered themes, where it reads like a goal in most of them and says so in one.

    "Pillar 1: Without limits", and below it "We equip every learner with …": the theme only names what follows.
    """
    opened: dict[int, int] = {}
    for place, carrier in find_carriers([piece for piece, _ in judged]).items():
        if judged[carrier][0].theme:
            opened.setdefault(carrier, place)
    opening = [judged[place] for place in opened.values()]
    goals = [one for one in opening if one[0].block.kind == "paragraph" and one[1].statement.kind == "goal"]
    said = any(announces_itself(goal.statement, lexicon) for _, goal in goals)
    if not said or len(goals) < _FEWEST or 2 * len(goals) <= len(opening):
        return frozenset()
    return frozenset(piece.span for piece, _ in goals)


def find_doing_lists(judged: Sequence[Judged], lexicon: Lexicon) -> frozenset[Span]:
    """The points of lists of goals that, taken together, read like things to do."""
    lists: dict[str, list[Judged]] = {}
    for piece, goal in judged:
        if piece.labelled or is_announced(piece, lexicon):
            lists.setdefault("" if piece.labelled else piece.heading, []).append((piece, goal))
    return frozenset(
        piece.span
        for points in lists.values()
        if len(points) >= FEWEST_IN_LIST and _mean_doing(points) >= _DOING_LIST
        for piece, goal in points
        if goal.statement.kinds["activity"] >= _A_LITTLE
    )


def _open_sections(pieces: Sequence[Piece], lexicon: Lexicon) -> Iterator[Piece]:
    for above, group in groupby(pieces, key=lambda piece: piece.above):
        if not above or not announces_goals(above, lexicon):
            continue
        below = list(group)
        sections = [next(section) for _, section in groupby(below, key=lambda piece: piece.heading)]
        if _are_lists(sections, lexicon):
            yield from (piece for piece in below if piece.block.kind == "item")
            continue
        if any(lexicon.headings[kind].search(piece.heading) for piece in sections for kind in KINDS_APART):
            continue
        paragraphs = [piece for piece in sections if piece.block.kind == "paragraph"]
        if len(paragraphs) >= _FEWEST and len(paragraphs) == len(sections):
            yield from paragraphs


def _stand_alone(pieces: Sequence[Piece], lexicon: Lexicon) -> Iterator[Piece]:
    """Paragraphs of one sentence right under a heading that announces goals."""
    for heading, group in groupby(pieces, key=lambda piece: piece.heading):
        below = list(group)
        if below[0].block.kind == "paragraph" and heading and announces_goals(heading, lexicon):
            alone = [list(block) for _, block in groupby(below, key=lambda piece: piece.block.span)]
            yield from (block[0] for block in alone if len(block) == 1 and block[0].block.kind == "paragraph")


def _are_lists(sections: Sequence[Piece], lexicon: Lexicon) -> bool:
    """Whether sections, told by what opens each, are lists, of which hardly one says that no goals follow."""
    foreign = sum(any(lexicon.headings[kind].search(one.heading) for kind in KINDS_APART) for one in sections)
    return (
        len(sections) >= FEWEST_IN_LIST
        and 3 * foreign <= len(sections)
        and all(one.block.kind == "item" for one in sections)
    )


def _mean_doing(points: Sequence[Judged]) -> float:
    return sum(goal.statement.kinds["activity"] for _, goal in points) / len(points)
