"""Ties the goals to what the document says of itself: the needs they answer and the indicators that follow them.

Two sentences are tied where they speak of the same subject: a concept of the field other than the people everybody
speaks of, or the stem of a word that is not about those people.
"""

import re
from collections.abc import Sequence

from assistant.domain import Finding, Goal, Statement, Strategy
from knowledge.concepts import find_concepts, load_concepts
from knowledge.lexicon import Lexicon, load_lexicon
from knowledge.library.thesaurus import find_concepts as find_thesaurus_concepts
from knowledge.papers import load_international

NEED_RULE = "need-missing"
_WORD = re.compile(r"[^\W\d_]{5,}")
_STEM = 6
_SURE = 0.5
# Sharing one subject may be chance in a long text; two are a tie. An indicator is short and names what it counts.
_TIED_TO_NEED, _TIED_TO_INDICATOR = 2, 1
# What all of an international strategy speaks of; that two sentences share it says nothing.
_EVERYBODYS = frozenset(
    {"student", "teacher", "staff", "school", "training", "skill", "goal", "indicator"}
    | {"priority-region", "example", "five-things", "abroad", "europe"}
)


def name_subjects(text: str, language: str) -> frozenset[str]:
    """What `text` speaks of beside students, staff and the school: concepts by name, and stems after "~"."""
    concepts = load_concepts()
    named = {one for one in find_concepts(text, language) if concepts[one].kind == "topic" and one not in _EVERYBODYS}
    named |= {f"thesaurus {one}" for one in find_thesaurus_concepts(text, language) if one not in _EVERYBODYS}
    general = [cue.search for cue in load_lexicon(language).groups.values()] + [load_international(language).search]
    stems = (found[0] for found in _WORD.finditer(text) if not any(search(found[0]) for search in general))
    return frozenset(named | {f"~{stem.casefold()[:_STEM]}" for stem in stems})


def find_needs(strategy: Strategy, lexicon: Lexicon) -> tuple[Statement, ...]:
    """The needs that the document itself names: facts about its world that say something is wanting (guide 4.1)."""
    return tuple(
        one
        for one in strategy.statements
        if one.kind == "context" and one.kinds["context"] >= _SURE and lexicon.has("need", one.text)
    )


def find_unanswered(strategy: Strategy, lexicon: Lexicon) -> tuple[Statement, ...]:
    """The needs that share no subject with any goal; none where there is no goal."""
    goals = [name_subjects(goal.statement.text, goal.statement.language) for goal in strategy.goals]
    return tuple(
        need
        for need in find_needs(strategy, lexicon)
        if goals and not any(name_subjects(need.text, need.language) & goal for goal in goals)
    )


def find_unmeasured(strategy: Strategy) -> tuple[tuple[int, Goal], ...]:
    """The goals, with their numbers, that name no amount and share no subject with any indicator of the document."""
    indicators = [
        name_subjects(one.text, one.language)
        for one in strategy.statements
        if one.kind == "indicator" and not any(goal.statement.span == one.span for goal in strategy.goals)
    ]
    return tuple(
        (number, goal)
        for number, goal in enumerate(strategy.goals, start=1)
        if goal.slots.amount is None
        and not _is_tied(name_subjects(goal.statement.text, goal.statement.language), indicators, _TIED_TO_INDICATOR)
    )


def spare_answering(findings: Sequence[Finding], strategy: Strategy, lexicon: Lexicon) -> list[Finding]:
    """The findings without those that miss the need of a goal, where the document itself names it."""
    needs = [name_subjects(need.text, need.language) for need in find_needs(strategy, lexicon)]
    answering = {
        goal.statement.id
        for goal in strategy.goals
        if _is_tied(name_subjects(goal.statement.text, goal.statement.language), needs, _TIED_TO_NEED)
    }
    return [one for one in findings if one.rule != NEED_RULE or one.goal not in answering]


def _is_tied(subjects: frozenset[str], others: Sequence[frozenset[str]], least: int) -> bool:
    return any(len(subjects & other) >= least for other in others)
