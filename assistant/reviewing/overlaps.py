"""Finds goals that say much the same, in the same words or in others, and what a merged goal would have to keep.

Three signs: the letters two goals share, the field's concepts they share, and how near their meanings lie by e5 as seen
from the middle of all goals. Meaning counts only beside another sign, for e5 finds all goals alike.
"""

import itertools
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.domain import Goal, Overlap, Quote
from assistant.judging.similarity import likeness, profile
from assistant.judging.slots import leave_out_need
from assistant.reviewing.nearness import compare
from knowledge.concepts import find_concepts, load_concepts
from knowledge.lexicon import load_lexicon
from knowledge.library.thesaurus import find_concepts as find_thesaurus_concepts
from knowledge.trades import find_fields, load_trades

OVERLAP = 0.55
# The same said of students and of staff, or of cooks and of bakers, is two goals, unless hardly a word differs.
_SAME_WORDS = 0.9
# In other words: how much of what two goals speak of must be the same, what few of the goals speak of weighing most;
# beside a meaning that is not far, or where no meaning was read.
_SAME_MATTER, _NOT_FAR = 0.38, 0.35
_SAME_MATTER_ALONE = 0.5
_FEWEST_SHARED = 3
_DECIMALS = 6
# How near the meanings must lie (evals/overlaps.py): with half of what is shared in matter; or by themselves, where
# they stand out by two standard deviations from all other pairs of the set.
_NEAR, _NEAR_WITH_MATTER = 0.4, 0.63
_NEAR_ALONE, _STANDING_OUT = 0.55, 2.0
_FEWEST_OTHERS = 3
_LEAST_SPREAD = 0.05
# Above that many goals "too many" is what matters, and reading them all would take long, or holding each against each.
_MOST_READ = 16
_MOST_HELD = 200
_MOST_TOLD = 3  # overlaps of one goal, the closest
_OPENING_CHARACTERS = 20
_NUMBER = re.compile(r"^\W*(?:[^\W\d_]{2,20}\s+)?\d{1,2}(?:\.\d{1,2})*\s*[-–—:.)]\s+")
_OWN = ("students", "staff")
_STEM = 5


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two goals by their places, with the signs that they say the same, each 0 to 1 but for `near` (from -1)."""

    one: int
    other: int
    letters: float
    shared: int
    matter: float
    near: float
    apart: bool
    opposed: bool


def find_overlaps(goals: Sequence[Goal]) -> tuple[Overlap, ...]:
    """The pairs of goals that say much the same, the most alike first; scores from 0 to 1.

    A pair both of whose goals are told of three times already is left out, and goals beyond two hundred are.
    """
    pairs = tuple(_pair_up(goals[:_MOST_HELD]))
    near = np.array([pair.near for pair in pairs]) if any(pair.near for pair in pairs) else None
    overlaps = [
        Overlap(goals[pair.one].statement.id, goals[pair.other].statement.id, _score(pair))
        for place, pair in enumerate(pairs)
        if _says_same(pair, near, place)
    ]
    told: Counter[str] = Counter()
    kept: list[Overlap] = []
    for one in sorted(overlaps, key=lambda one: (-one.score, one.first, one.second)):
        if min(told[one.first], told[one.second]) < _MOST_TOLD:
            told.update((one.first, one.second))
            kept.append(one)
    return tuple(kept)


def _score(pair: _Pair) -> float:
    # In sums over threads the last digits may differ from run to run.
    return round(max(pair.letters, pair.matter, pair.near), _DECIMALS)


def list_facts(*goals: Goal) -> tuple[str, ...]:
    """What is particular about goals: amounts, times, scopes, means, needs and beneficiaries, in their own words.

    Whom a lone word names ("students") is nothing particular. A part inside another ("every" in "every student") is not
    told again.
    """
    slots = [goal.slots for goal in goals]
    parts = [(_exact(one.beneficiary), _exact(one.amount), one.time, one.scope, *one.means, one.need) for one in slots]
    found = [part.text.strip() for some in parts for part in some if part]
    told = dict.fromkeys(found)
    return tuple(one for one in told if not any(one != other and one.casefold() in other.casefold() for other in told))


def _exact(part: Quote | None) -> Quote | None:
    """An amount or a group, unless it is a lone word such as "all"."""
    return part if part and any(character.isdigit() or character.isspace() for character in part.text) else None


def _pair_up(goals: Sequence[Goal]) -> Iterator[_Pair]:
    cores = [name_core(goal) for goal in goals]
    profiles = profile([_NUMBER.sub("", goal.statement.text, count=1) for goal in goals])
    matters = [name_matter(core, goal.statement.language) for core, goal in zip(cores, goals, strict=True)]
    spoken = Counter(concept for matter in matters for concept in matter)
    weights = {concept: math.log(1 + len(goals) / count) for concept, count in spoken.items()}
    near = compare(cores, cores) if len(goals) <= _MOST_READ else None
    ways = [_name_way(goal) for goal in goals]
    people = [_own_people(core, goal.statement.language) for core, goal in zip(cores, goals, strict=True)]
    trades = [_name_trades(core, goal.statement.language) for core, goal in zip(cores, goals, strict=True)]
    fields = [find_fields(core, goal.statement.language) for core, goal in zip(cores, goals, strict=True)]
    for one, other in itertools.combinations(range(len(goals)), 2):
        yield _Pair(
            one,
            other,
            letters=likeness(profiles[one], profiles[other]),
            shared=len(matters[one] & matters[other]),
            matter=_share(matters[one], matters[other], weights),
            near=0.0 if near is None else float(near[one, other]),
            apart=any(_are_apart(named[one], named[other]) for named in (people, trades, fields)),
            opposed={ways[one], ways[other]} == {"up", "down"},
        )


def _says_same(pair: _Pair, near: NDArray[np.float64] | None, place: int) -> bool:
    """Whether the pair at that place says much the same; `near` is how near all pairs are, None where none was read."""
    # "Increase …" and "reduce …" the same are opposites.
    if (pair.apart and pair.letters < _SAME_WORDS) or (pair.opposed and pair.letters >= OVERLAP):
        return False
    least, far = (_SAME_MATTER_ALONE, False) if near is None else (_SAME_MATTER, pair.near < _NOT_FAR)
    if pair.letters >= OVERLAP or (pair.shared >= _FEWEST_SHARED and pair.matter >= least and not far):
        return True
    if near is None or pair.near < _NEAR:
        return False
    if pair.shared >= _FEWEST_SHARED and pair.near + pair.matter / 2 >= _NEAR_WITH_MATTER:
        return True
    if len(near) <= _FEWEST_OTHERS or pair.near < _NEAR_ALONE:
        return False
    others = np.delete(near, place)
    return bool((pair.near - np.mean(others)) / (np.std(others) + _LEAST_SPREAD) >= _STANDING_OUT)


def name_core(goal: Goal) -> str:
    """A goal without its number, its reason (two may well serve one need) and "our goal is that"."""
    text = goal.statement.text
    if goal.slots.need:
        core = leave_out_need(text, goal.slots.need.span.shifted(-goal.statement.span.start))
        text = core if len(core) > len(text) // 3 else text
    text = _NUMBER.sub("", text, count=1)
    opening = load_lexicon(goal.statement.language).find("intent", text)
    if opening and opening.start < _OPENING_CHARACTERS < len(text) - opening.end:
        text = text[opening.end :]
    return text.strip(" ,.;")


def name_matter(text: str, language: str) -> frozenset[str]:
    """The field's concepts that a text speaks of: people and topics, and the thesaurus's."""
    named = {concept for concept in find_concepts(text, language) if load_concepts()[concept].kind in ("who", "topic")}
    return frozenset(named | {f"thesaurus {concept}" for concept in find_thesaurus_concepts(text, language)})


def _share(one: frozenset[str], other: frozenset[str], weights: Mapping[str, float]) -> float:
    both = sum(weights[concept] for concept in one | other)
    return sum(weights[concept] for concept in one & other) / both if both else 0.0


def _name_way(goal: Goal) -> str:
    """Which way it is to go, "up" or "down"; "" for any other."""
    said, lexicon = goal.slots.direction, load_lexicon(goal.statement.language)
    return next((way for way in ("up", "down") if said and lexicon.has(way, said.text)), "")


def _own_people(text: str, language: str) -> frozenset[str]:
    """Which of the school's own people a text names: the same done by students and by teachers is two goals."""
    groups = load_lexicon(language).groups
    return frozenset(name for name in _OWN if groups[name].search(text))


def _name_trades(text: str, language: str) -> frozenset[str]:
    """The trades a text names, each by how it begins: the same done by cooks and by bakers is two goals."""
    return frozenset(found[0].casefold()[:_STEM] for found in load_trades(language).finditer(text))


def _are_apart(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other and not one & other)
