"""What a statement shows of each of the guide's elements: signs that a small trained model weighs.

A sign is either about the element itself ("its own words are there"), shared by all elements so that what is learnt of
one serves the others, or one of everything else that is seen, learnt for that element alone ("money, for resources").
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files

from assistant.domain import ELEMENTS, ElementName, Goal, Kind
from assistant.judging.quantities import MONEY, find_numbers, find_years, has_digit
from assistant.reviewing.pieces import Piece
from knowledge.cues import find_standing
from knowledge.lexicon import JOB, MENTION, Lexicon, load_lexicon

# The kind of statement that does an element's job by itself, whatever heading it stands under.
KIND_OF: Mapping[ElementName, Kind] = {
    "operating_environment": "context",
    "vision": "vision",
    "mission": "mission",
    "core_skills": "core_skill",
    "values": "value",
    "goals": "goal",
    "action_plan": "activity",
    "indicators": "indicator",
}
WEIGHED: tuple[ElementName, ...] = tuple(name for name in ELEMENTS if name != "period")
_OPENING_CHARACTERS = 40
_MOST_HITS = 3
_LONG_WORDS = 40
# How loud the signs learnt for one element alone are beside those shared by all (evals/LOG.md).
_OWN_VOICE = 0.5
_LIKELY_KIND, _SURELY_A_GOAL = 0.3, 0.8
# What is seen of an element itself, and what each is called where it is learnt for all elements together.
_COUNTS = tuple(f"{words} {count}" for words in (JOB, MENTION) for count in range(1, _MOST_HITS + 1))
_MARKS: Mapping[ElementName, Mapping[str, str]] = {
    name: {f"{name}{what}": what for what in (*_COUNTS, " heading", " above", " opening")} for name in WEIGHED
}
# The same once more as learnt: for all elements together, and for this one among them.
_SHARED: Mapping[ElementName, tuple[tuple[str, str, str], ...]] = {
    name: tuple((mark, f"own{what}", f"own{what} {name}") for mark, what in marks.items())
    for name, marks in _MARKS.items()
}
_KIND_MARKS = {name: f"kind:{kind}" for name, kind in KIND_OF.items()}
_JOB_MARKS = {name: f"{name}{JOB} 1" for name in WEIGHED}
_HEADING_MARKS = {name: f"{name} heading" for name in WEIGHED}
_EVERY_JOB, _EVERY_HEADING = frozenset(_JOB_MARKS.values()), frozenset(_HEADING_MARKS.values())


@dataclass(frozen=True, slots=True)
class ElementModel:
    """The fitted weights, the bias, and the totals from which an element counts as weak and as present.

    `own` holds the weights of what else is seen, by the element for which they were learnt.
    """

    bias: float
    weights: Mapping[str, float]
    weak: float
    present: float
    own: Mapping[str, Mapping[str, float]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Sort the weights learnt for one element alone out of the others."""
        own: dict[str, dict[str, float]] = {name: {} for name in WEIGHED}
        for what, weight in self.weights.items():
            name, colon, seen = what.partition(": ")
            if colon:
                own[name][seen] = weight
        object.__setattr__(self, "own", own)


@cache
def load_element_model() -> ElementModel:
    """The model fitted by `python -m evals.fit_elements` on the plans in evals/plans/."""
    data = json.loads((files("knowledge") / "trained" / "elements.json").read_text(encoding="utf-8"))
    return ElementModel(data["bias"], data["weights"], data["weak"], data["present"])


def see(piece: Piece, goal: Goal, lexicon: Lexicon) -> dict[str, float]:
    """Everything that is seen of a statement, whatever the element: kinds, words, headings, figures."""
    return add_kinds(goal, see_words(piece, goal.statement.text, lexicon))


def add_kinds(goal: Goal, seen: Mapping[str, float]) -> dict[str, float]:
    """What is seen of a statement, with what it was judged to be."""
    return {**{f"kind:{kind}": 2 * likely for kind, likely in goal.statement.kinds.items()}, **seen}


def see_words(piece: Piece, text: str, lexicon: Lexicon) -> dict[str, float]:
    """What is seen of a statement before it is judged: words, headings, figures."""
    seen: dict[str, float] = {}
    for name, hits in lexicon.vocabulary.find(text).items():
        seen.update((f"{name} {count}", 1.0) for count in range(1, min(len(hits), _MOST_HITS) + 1))
    above = piece.context if piece.context != piece.heading else ""
    places = {"heading": piece.heading, "above": above, "opening": text[:_OPENING_CHARACTERS]}
    for place, words in places.items():
        seen.update((f"{name} {place}", 1.0) for name in _announced(words, lexicon.code))
    figures = has_digit(text)
    shapes = {
        "number": figures and bool(find_numbers(text)),
        "year": figures and bool(find_years(text)),
        "money": figures and bool(MONEY.search(text)),
        "item": piece.block.kind == "item",
    }
    seen.update((name, 1.0) for name, there in shapes.items() if there)
    seen["length"] = min(len(text.split()), _LONG_WORDS) / _LONG_WORDS
    return seen


@lru_cache(maxsize=2000)
def _announced(words: str, language: str) -> tuple[str, ...]:
    """The elements that a heading's words announce; a heading stands over many statements, so it is read once."""
    elements = load_lexicon(language).elements
    return tuple(find_standing({name: cues.heading for name, cues in elements.items()}, words))


def may_show(name: ElementName, seen: Mapping[str, float]) -> bool:
    """Whether anything at all speaks for the element: its words, its heading, or its kind of statement.

    A sum of money speaks for resources, in whatever words. A target inside a goal is no indicator (guide 5.5).
    """
    if name == "indicators" and _is_target(seen):
        return False
    if names_sum(name, seen):
        return True
    return not _MARKS[name].keys().isdisjoint(seen) or _own_kind(name, seen) >= 2 * _LIKELY_KIND


def names_sum(name: ElementName, seen: Mapping[str, float]) -> bool:
    """Whether the element is resources, and the statement names a sum of money."""
    return name == "resources" and "money" in seen


def _is_target(seen: Mapping[str, float]) -> bool:
    """Whether a statement is a goal below a heading of goals, with no word of indicators but an amount."""
    named = {_HEADING_MARKS["indicators"], "indicators above", f"indicators{MENTION} 1"}
    return (
        seen.get("kind:goal", 0.0) >= 2 * _SURELY_A_GOAL and _HEADING_MARKS["goals"] in seen and named.isdisjoint(seen)
    )


def sign(name: ElementName, seen: Mapping[str, float]) -> dict[str, float]:
    """The signs that a statement gives of one element."""
    return _shared_signs(name, seen) | {f"{name}: {what}": value * _OWN_VOICE for what, value in seen.items()}


def _shared_signs(name: ElementName, seen: Mapping[str, float]) -> dict[str, float]:
    """The signs about the element itself; some are learnt for all elements together."""
    signs = {f"is {name}": 1.0, "length": seen["length"]}
    for mark, shared, alone in _SHARED[name]:
        if mark in seen:
            signs[shared] = signs[alone] = 1.0
    job = _JOB_MARKS[name] in seen
    if job and f"{name}{MENTION} 2" in seen:
        signs["own words many"] = 1.0
    if job and _HEADING_MARKS[name] in seen:
        signs["own words under own heading"] = 1.0
    if name in KIND_OF:
        signs["own kind"] = signs[f"own kind {name}"] = _own_kind(name, seen)
    signs["other headings"] = float(len(seen.keys() & _EVERY_HEADING) > (_HEADING_MARKS[name] in seen))
    others = len(seen.keys() & _EVERY_JOB) - job
    signs["other words"] = min(_MOST_HITS, others) / _MOST_HITS
    return signs


def heads(name: ElementName, seen: Mapping[str, float]) -> bool:
    """Whether the heading right above announces this element and no other: then what stands below is the element."""
    return _HEADING_MARKS[name] in seen and len(seen.keys() & _EVERY_HEADING) == 1


def weigh(name: ElementName, seen: Mapping[str, float], model: ElementModel) -> float:
    """The log-odds that a statement shows the element."""
    weights, own = model.weights, model.own.get(name, {})
    shared = sum(weights.get(what, 0.0) * value for what, value in _shared_signs(name, seen).items())
    return model.bias + shared + _OWN_VOICE * sum(own[what] * value for what, value in seen.items() if what in own)


def _own_kind(name: ElementName, seen: Mapping[str, float]) -> float:
    return seen.get(_KIND_MARKS[name], 0.0) if name in _KIND_MARKS else 0.0
