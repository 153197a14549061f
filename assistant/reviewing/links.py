"""Ties the goals to what the document says of itself: needs, indicators, and the vision and mission they serve.

Two sentences are tied where they speak of the same subject: a concept of the field other than the people everybody
speaks of, or the stem of a word that is not about those people.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.domain import Finding, Goal, Statement, Strategy
from assistant.reviewing.nearness import compare
from assistant.reviewing.overlaps import name_core
from knowledge.concepts import find_concepts, load_concepts
from knowledge.document import Cell, Document
from knowledge.lexicon import Lexicon, load_lexicon
from knowledge.library.thesaurus import find_concepts as find_thesaurus_concepts
from knowledge.papers import load_international

NEED_RULE = "need-missing"
EMPTY_RULE = "change-empty"
_WORD = re.compile(r"[^\W\d_]{5,}")
_STEM = 6
_SURE = 0.5
# Sharing one subject may be chance in a long text; two are a tie. An indicator is short and names what it counts.
_TIED_TO_NEED, _TIED_TO_INDICATOR = 2, 1
# A goal is untied that lies no nearer to the vision or mission, and on average no nearer to the other goals (LOG).
_AIMS = ("vision", "mission")
_PEOPLE = ("students", "staff", "employers", "partners")
_NEAR_AIMS, _NEAR_GOALS = 0.3, 0.22
_FEWEST_GOALS, _MOST_READ = 4, 16
_FEWEST_NEED_WORDS = 5
_NEAR_BELOW = 200  # characters: an indicator no farther below a goal is its own
# What any house could speak of.
_OF_ANY_HOUSE = frozenset({"facilities", "growth"})
# What all of an international strategy speaks of; that two sentences share it says nothing.
_EVERYBODYS = frozenset(
    {"student", "teacher", "staff", "school", "training", "skill", "goal", "indicator"}
    | {"priority-region", "example", "five-things", "abroad", "europe"}
)


@lru_cache(maxsize=1024)
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
    """The needs that share no subject with any goal; none where no need does: then the goals were hardly read rightly.

    What has no subject of its own, or hardly any words ("The region changes."), is left out.
    """
    goals = [name_subjects(goal.statement.text, goal.statement.language) for goal in strategy.goals]
    needs = [
        (need, subjects)
        for need in find_needs(strategy, lexicon)
        if len(need.text.split()) >= _FEWEST_NEED_WORDS and (subjects := name_subjects(need.text, need.language))
    ]
    unanswered = tuple(need for need, subjects in needs if not any(subjects & goal for goal in goals))
    return unanswered if len(unanswered) < len(needs) else ()


def find_unmeasured(strategy: Strategy, lexicon: Lexicon) -> tuple[tuple[int, Goal], ...]:
    """The goals, with their numbers, that name no amount and share no subject with any indicator of the document.

    Of a goal in a table that has a column of indicators its own row says whether it has one. An amount or an indicator
    may stand beside it as well.
    """
    indicators = [
        name_subjects(one.text, one.language)
        for one in strategy.statements
        if one.kind == "indicator" and not any(goal.statement.span == one.span for goal in strategy.goals)
    ]
    return tuple(
        (number, goal)
        for number, goal in enumerate(strategy.goals, start=1)
        if not _is_measured(goal, indicators, strategy.document, lexicon)
    )


def _is_measured(goal: Goal, indicators: Sequence[frozenset[str]], document: Document, lexicon: Lexicon) -> bool:
    if goal.says("amount") or goal.says("indicator"):
        return True
    row = document.block_at(goal.statement.span.start)
    head = next((cell.head for cell in row.cells if cell.head), None) if row else None
    names = document.block_at(head.start) if head else None
    if names and any(_is_of_indicators(cell, document, lexicon) for cell in names.cells):
        return False
    return _is_tied(name_subjects(goal.statement.text, goal.statement.language), indicators, _TIED_TO_INDICATOR)


def _is_of_indicators(cell: Cell, document: Document, lexicon: Lexicon) -> bool:
    """Whether the column of a cell is named for indicators."""
    return cell.head is not None and lexicon.headings["indicator"].search(document.quote(cell.head)) is not None


def find_untied(strategy: Strategy, lexicon: Lexicon) -> tuple[tuple[int, Goal], ...]:
    """The goals, with their numbers, that neither the vision nor the mission has anything to do with (guide 4.4).

    Such a goal shares no subject with either, names no people, no other country and no topic of the field, and lies far
    in meaning from both and from the other goals. None where there is no vision and no mission, or where most goals
    would be such: then what was taken for the vision is none.
    """
    aims = _find_aims(strategy, lexicon)
    goals = strategy.goals
    if not aims or not _FEWEST_GOALS <= len(goals) <= _MOST_READ:
        return ()
    cores = [name_core(goal) for goal in goals]
    subjects = [name_subjects(one.text, one.language) for one in aims]
    strange = [
        place
        for place, (goal, core) in enumerate(zip(goals, cores, strict=True))
        if not goal.themes
        and not _field_topics(core, goal.statement.language)
        and not any(lexicon.groups[group].search(core) for group in _PEOPLE)
        and not load_international(lexicon.code).search(core)
        and not _is_tied(name_subjects(goal.statement.text, goal.statement.language), subjects, 1)
    ]
    # Reading meanings takes long, and most strategies have no such goal.
    to_aims = compare([cores[place] for place in strange], [one.text for one in aims])
    to_goals = compare([cores[place] for place in strange], cores)
    if to_aims is None or to_goals is None:
        return ()
    untied = tuple(
        (place + 1, goals[place])
        for place, near_aims, near_goals in zip(strange, to_aims, to_goals, strict=True)
        if max(near_aims) < _NEAR_AIMS and (sum(near_goals) - 1) / (len(goals) - 1) < _NEAR_GOALS
    )
    return untied if 2 * len(untied) < len(goals) else ()


def _field_topics(text: str, language: str) -> frozenset[str]:
    concepts = load_concepts()
    return frozenset(one for one in find_concepts(text, language) if concepts[one].kind == "topic") - _OF_ANY_HOUSE


def _find_aims(strategy: Strategy, lexicon: Lexicon) -> tuple[Statement, ...]:
    """The vision and the mission: what is one by itself, and what stands under a heading that names one."""
    goals = {goal.statement.span for goal in strategy.goals}
    return tuple(
        one
        for one in strategy.statements
        if one.span not in goals
        and (
            (one.kind in _AIMS and one.kinds[one.kind] >= _SURE)
            or any(one.context and lexicon.elements[name].heading.search(one.context) for name in _AIMS)
        )
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


def spare_measured(findings: Sequence[Finding], strategy: Strategy) -> list[Finding]:
    """The findings without those that find nothing to be seen of a goal whose own indicator stands right below it.

    That is so where two goals or more have such a one; of a single goal it may be the first of all indicators.
    """
    goals = [goal.statement for goal in strategy.goals]
    ends = [*(goal.span.start for goal in goals[1:]), len(strategy.document.text)][: len(goals)]
    indicators = [one.span.start for one in strategy.statements if one.kind == "indicator"]
    measured = {
        goal.id
        for goal, end in zip(goals, ends, strict=True)
        if any(goal.span.end <= place < min(end, goal.span.end + _NEAR_BELOW) for place in indicators)
    }
    spared = measured if len(measured) > 1 else set()
    return [one for one in findings if one.rule != EMPTY_RULE or one.goal not in spared]


def _is_tied(subjects: frozenset[str], others: Sequence[frozenset[str]], least: int) -> bool:
    return any(len(subjects & other) >= least for other in others)
