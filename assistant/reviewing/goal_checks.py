"""Looks at one goal or statement: each check yields where it falls short, and the words that fill the rule's holes.

A check is named by the rules that use it (`check:` in knowledge/rules/); what it looks for comes from the rule.
Spans are relative to the same text as the goal's own.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from assistant.domain import Goal, Quote, Statement
from assistant.judging.quantities import find_numbers
from assistant.judging.slots import DIRECTIONS, find_from_to, leave_out_need
from assistant.reviewing.headings import announces_goals, heads_vision
from assistant.reviewing.stated import parse_number
from knowledge.document import Span
from knowledge.lexicon import Lexicon
from knowledge.trades import load_trades

_SURE = 0.5
_LEAP = 3.0
_EMPTY = 0.05
_OPENING = 12  # characters: an article before whoever a sentence is about
# "Goal 2: …", "Pillar III": what stands under one goal is done for it, and not offered as another.
_NUMBERED = re.compile(r"[^\W\d_](?:[^\W\d_]|[' ’-]){2,30}?(?:\s*\d{1,2}|\s+[A-Z]|\s+[IVX]{1,4})\b\s*(?:[:.–—-]|$)")
_PEOPLE = ("students", "staff", "employers", "partners")
# What lets one see afterwards whether a change has come, or what it is for.
_SEEN_BY = ("amount", "need", "indicator")


@dataclass(frozen=True, slots=True)
class Hit:
    """What a check found: the words it is about (empty for something absent), and what fills the rule's holes."""

    quote: Quote
    holes: Mapping[str, str] = field(default_factory=dict)


GoalCheck = Callable[[Goal, Lexicon, Mapping[str, str]], Iterator[Hit]]
StatementCheck = Callable[[Statement, Lexicon, Mapping[str, str]], Iterator[Hit]]


def whole(goal: Goal) -> Quote:
    """All the words of a goal."""
    return Quote(goal.statement.text, goal.statement.span, goal.statement.page)


def nothing(goal: Goal) -> Quote:
    """The place where a goal ends: there the absent part would stand."""
    return Quote("", Span(goal.statement.span.end, goal.statement.span.end), goal.statement.page)


def miss_slot(goal: Goal, lexicon: Lexicon, options: Mapping[str, str]) -> Iterator[Hit]:
    """No slot of the name in `options["slot"]`, in the goal or beside it (guide 4.4: who, what, so that which need)."""
    named = options["slot"] == "beneficiary" and (
        _name_trade(goal, lexicon) or _open_with_people(goal, lexicon) or _name_own(goal, lexicon)
    )
    if goal.statement.kind == "goal" and not goal.says(options["slot"]) and not named:
        yield Hit(nothing(goal))


def _name_trade(goal: Goal, lexicon: Lexicon) -> bool:
    """Whether a goal speaks of people by their trade ("carers", "Elektroniker"): they are who learns or works there."""
    return load_trades(lexicon.code).search(leave_out_need(goal.statement.text, _find_reason(goal))) is not None


def _find_reason(goal: Goal) -> Span | None:
    """Where the reason stands in the goal's own words."""
    return goal.slots.need.span.shifted(-goal.statement.span.start) if goal.slots.need else None


def _name_own(goal: Goal, lexicon: Lexicon) -> bool:
    """Whether students or staff are named anywhere, if only in the reason ("…, so that our students find work")."""
    return any(lexicon.groups[group].search(goal.statement.text) for group in ("students", "staff"))


def _open_with_people(goal: Goal, lexicon: Lexicon) -> bool:
    """Whether managers or companies are who changes ("The management uses what visitors say"), as guide 4.4 wants too.

    Not where they only see to a change in something else ("The management strengthens …").
    """
    if goal.slots.direction is not None:
        return False
    text = goal.statement.text
    opening = (lexicon.groups[group].search(text) for group in ("management", "employers", "community"))
    return any(found is not None and found.start() <= _OPENING for found in opening)


def leaves_open(goal: Goal) -> bool:
    """Whether a goal is vague, and neither an amount nor an indicator nor a reason says what is to come of it."""
    return goal.statement.kind == "goal" and goal.vague and not any(map(goal.says, _SEEN_BY))


def miss_change(goal: Goal, lexicon: Lexicon, _: Mapping[str, str]) -> Iterator[Hit]:
    """Nothing that could be seen to change: no direction, or a verb that says nothing by itself (guide 4.4)."""
    if not leaves_open(goal):
        return
    text, change = goal.statement.text, goal.slots.change
    if change and lexicon.has("empty_verb", change.text) and not lexicon.has("countable", change.text):
        yield Hit(change)
    # What names people, or what could be counted, may still say something: "Teachers use cases from abroad".
    elif goal.specificity < _EMPTY and goal.slots.beneficiary is None and not lexicon.has("countable", text):
        yield Hit(whole(goal))


def find_cue(goal: Goal, lexicon: Lexicon, options: Mapping[str, str]) -> Iterator[Hit]:
    """A word of the cue `options["cue"]` in a goal, or in an activity offered as one.

    Words point at a span and ask; they never decide (goal-quality, family D). They are silent where one of the parts
    in `options["settled_by"]`, separated by blanks, already says what they leave open, in the goal or beside it; and
    in the reason where that is the goal's `options["outside"]` ("so that they could work in mixed groups").
    """
    settled = any(map(goal.says, options.get("settled_by", "").split()))
    if goal.statement.kind not in ("goal", "activity") or settled:
        return
    if options.get("unless") and lexicon.has(options["unless"], goal.statement.text):
        return
    fixed = lexicon.find_all("fixed_wording", goal.statement.text)
    reason = _find_reason(goal) if options.get("outside") == "need" else None
    aside = [*fixed, reason] if reason else fixed
    hits = lexicon.find_all(options["cue"], goal.statement.text)
    found = next((hit for hit in hits if not any(one.contains(hit) for one in aside)), None)
    if found:
        words = goal.statement.text[found.start : found.end]
        yield Hit(Quote(words, found.shifted(goal.statement.span.start), goal.statement.page), {"quote": words})


def join_changes(goal: Goal, _: Lexicon, __: Mapping[str, str]) -> Iterator[Hit]:
    """Several changes in one sentence (guide 4.4: the vision blurs)."""
    if goal.statement.kind == "goal" and goal.compound:
        yield Hit(whole(goal))


def be_kind(statement: Statement, lexicon: Lexicon, options: Mapping[str, str]) -> Iterator[Hit]:
    """A statement of kind `options["kind"]` offered as a goal: alone, or under a heading that announces goals.

    Under "Our ambition" a vision is in its place. With `options["standing"]`, also a goal that is no more than the rank
    the school wishes for itself; with `options["counting"]`, also one that opens by naming a quantity and does not say
    which way it is to go.
    """
    announced = announces_goals(statement.context, lexicon) and not _NUMBERED.match(statement.context)
    if statement.context and not announced:
        return
    if options["kind"] == "vision" and heads_vision(statement.context, lexicon):
        return
    sure = statement.kind == options["kind"] and statement.kinds[statement.kind] >= _SURE
    seems = (options.get("standing") and _wants_standing(statement, lexicon)) or (
        options.get("counting") and _only_counts(statement, lexicon)
    )
    if sure or seems:
        yield Hit(Quote(statement.text, statement.span, statement.page))


def _wants_standing(statement: Statement, lexicon: Lexicon) -> bool:
    """Whether a goal speaks of the school and its rank, and of no people."""
    text = statement.text
    if statement.kind != "goal" or not lexicon.has("standing", text) or not lexicon.has("school_word", text):
        return False
    return not any(lexicon.groups[group].search(text) for group in _PEOPLE)


def _only_counts(statement: Statement, lexicon: Lexicon) -> bool:
    """Whether it opens like an indicator ("Number of …") and names no direction and no figure to be reached."""
    text = statement.text
    opening = lexicon.find("indicator_start", text) if statement.kind == "goal" else None
    if opening is None or opening.start > 0:
        return False
    return not any(lexicon.has(cue, text) for cue in (*DIRECTIONS, "will")) and not find_numbers(text)


def leap(goal: Goal, lexicon: Lexicon, _: Mapping[str, str]) -> Iterator[Hit]:
    """From a baseline to at least three times as much (guide 4.4: realistic as well as challenging)."""
    if goal.statement.kind not in ("goal", "indicator"):
        return
    beside = _leap_beside(goal)
    if beside:
        yield beside
        return
    for quote, first, last in _changes(goal, lexicon):
        if first > 0 and last / first >= _LEAP:
            yield Hit(quote, {"quote": quote.text, "times": f"{last / first:.0f}"})


def reverse(goal: Goal, lexicon: Lexicon, _: Mapping[str, str]) -> Iterator[Hit]:
    """A number that is to rise and falls from the first to the second, or the other way round (guide 4.4)."""
    text = goal.statement.text
    ways = [way for way in ("raises", "lowers") if lexicon.has(way, text)]
    if goal.statement.kind not in ("goal", "indicator") or len(ways) != 1:
        return
    for quote, first, last in _changes(goal, lexicon):
        if last < first if ways == ["raises"] else last > first:
            yield Hit(quote, {"quote": quote.text})


def _changes(goal: Goal, lexicon: Lexicon) -> Iterator[tuple[Quote, float, float]]:
    """Every "from … to …" of a goal in its words, with its two numbers."""
    text = goal.statement.text
    for place, first, last in find_from_to(text, lexicon):
        words = text[place.start : place.end]
        before, after = (parse_number(text[span.start : span.end]) for span in (first, last))
        yield Quote(words, place.shifted(goal.statement.span.start), goal.statement.page), before, after


def _leap_beside(goal: Goal) -> Hit | None:
    """A leap from the level to the target that stand beside a goal, where each is one number of the same unit."""
    level, target = goal.beside.baseline, goal.beside.amount
    if level is None or target is None:
        return None
    first, last = find_numbers(level.text), find_numbers(target.text)
    if len(first) != 1 or len(last) != 1 or ("%" in level.text) != ("%" in target.text):
        return None
    before, after = (
        parse_number(one.text[span.start : span.end]) for one, span in ((level, first[0]), (target, last[0]))
    )
    if before <= 0 or after / before < _LEAP:
        return None
    return Hit(target, {"quote": f"{level.text} → {target.text}", "times": f"{after / before:.0f}"})


GOAL_CHECKS: Mapping[str, GoalCheck] = {
    "miss_slot": miss_slot,
    "miss_change": miss_change,
    "find_cue": find_cue,
    "join_changes": join_changes,
    "leap": leap,
    "reverse": reverse,
}
STATEMENT_CHECKS: Mapping[str, StatementCheck] = {"be_kind": be_kind}
