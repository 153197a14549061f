"""Finds goals that say much the same, in the same words or in others, and what a merged goal would have to keep."""

import itertools
import math
from collections import Counter
from collections.abc import Sequence

from assistant.domain import Goal, Overlap
from assistant.judging.similarity import likeness, profile
from knowledge.concepts import find_concepts, load_concepts
from knowledge.library.thesaurus import find_concepts as find_thesaurus_concepts

OVERLAP = 0.55
# In other words: how much of what two goals speak of must be the same, what few of the goals speak of weighing most.
_SAME_MATTER = 0.38
_FEWEST_SHARED = 3


def find_overlaps(goals: Sequence[Goal]) -> tuple[Overlap, ...]:
    """The pairs of goals that say much the same, the most alike first; scores from 0 to 1."""
    profiles = profile([goal.statement.text for goal in goals])
    matters = [_matter(goal) for goal in goals]
    spoken = Counter(concept for matter in matters for concept in matter)
    weights = {concept: math.log(1 + len(goals) / count) for concept, count in spoken.items()}
    overlaps = []
    for one, other in itertools.combinations(range(len(goals)), 2):
        score = likeness(profiles[one], profiles[other])
        same = _share(matters[one], matters[other], weights)
        if score >= OVERLAP or same >= _SAME_MATTER:
            overlaps.append(Overlap(goals[one].statement.id, goals[other].statement.id, max(score, same)))
    return tuple(sorted(overlaps, key=lambda one: (-one.score, one.first, one.second)))


def list_facts(goal: Goal) -> tuple[str, ...]:
    """What is particular about a goal: its amount, time, scope, means, need and beneficiary, in its own words."""
    slots = goal.slots
    parts = (slots.beneficiary, slots.amount, slots.time, slots.scope, *slots.means, slots.need)
    return tuple(dict.fromkeys(part.text.strip() for part in parts if part))


def _matter(goal: Goal) -> frozenset[str]:
    """What a goal speaks of, by the field's concepts, without its reason: two goals may well serve one need."""
    text = goal.statement.text
    if goal.slots.need:
        start = goal.slots.need.span.start - goal.statement.span.start
        text = text[:start] if start > len(text) // 3 else text
    return name_matter(text, goal.statement.language)


def name_matter(text: str, language: str) -> frozenset[str]:
    """The field's concepts that a text speaks of: people and topics, and the thesaurus's."""
    named = {concept for concept in find_concepts(text, language) if load_concepts()[concept].kind in ("who", "topic")}
    return frozenset(named | {f"thesaurus {concept}" for concept in find_thesaurus_concepts(text, language)})


def _share(one: frozenset[str], other: frozenset[str], weights: dict[str, float]) -> float:
    if len(one & other) < _FEWEST_SHARED:
        return 0.0
    return sum(weights[concept] for concept in one & other) / sum(weights[concept] for concept in one | other)
