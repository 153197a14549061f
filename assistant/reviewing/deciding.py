"""Writes down what the manager decides of a critique: which remark, which statement, which element; and takes it back.

The same for the app and the command line: a remark that speaks of several goals is dismissed for all of them.
"""

from assistant.domain import ELEMENTS, KINDS, Critique, Finding
from assistant.reviewing.decisions import find_dismissals, words_about
from assistant.reviewing.diary import Diary
from assistant.reviewing.emphasis import spoken_by
from assistant.reviewing.versions import snapshot
from knowledge.faults import BadInput

LONGEST_REASON = 300


def dismiss_remark(diary: Diary, found: Critique, finding: str, reason: str) -> None:
    """Set the remark with the id `finding` aside, wherever it is made.

    Raises:
        BadInput: if the critique has no such remark.
    """
    for one in _places(found, finding):
        words = words_about(one, found.strategy.goals)
        diary.decide(snapshot(found), "dismiss", one.rule, words, reason[:LONGEST_REASON])


def restore_remark(diary: Diary, found: Critique, finding: str) -> None:
    """Let a remark that was set aside stand again: what set it aside is taken back, of earlier words too.

    Raises:
        BadInput: if the critique has no such remark.
    """
    held = find_dismissals(found.findings, found.strategy.goals, diary.decisions(snapshot(found)))
    for one in _places(found, finding):
        for decision in held.get(one.id, ()):
            diary.take_back(decision.number)


def overrule_kind(diary: Diary, found: Critique, statement: str, kind: str, reason: str = "") -> None:
    """Say what the goal or statement with the id `statement` is.

    Raises:
        BadInput: if the critique has no such goal or statement, or if there is no such kind.
    """
    if kind not in KINDS:
        raise BadInput(kind, "there is no such kind of statement", f"Choose from {', '.join(KINDS)}.")
    statements = [*(goal.statement for goal in found.strategy.goals), *found.strategy.statements]
    words = next((one.text for one in statements if one.id == statement), None)
    if words is None:
        raise BadInput(statement, "the critique has no such goal or statement", "Look up its id in the critique.")
    diary.decide(snapshot(found), "kind", kind, words, reason[:LONGEST_REASON])


def affirm_element(diary: Diary, found: Critique, element: str, reason: str = "") -> None:
    """Say that an element of a strategy is there.

    Raises:
        BadInput: if there is no such element.
    """
    if element not in ELEMENTS:
        raise BadInput(element, "there is no such element", f"Choose from {', '.join(ELEMENTS)}.")
    diary.decide(snapshot(found), "element", element, "", reason[:LONGEST_REASON])


def _places(found: Critique, finding: str) -> tuple[Finding, ...]:
    """A remark at each place that it speaks of."""
    meant = next((one for one in found.findings if one.id == finding), None)
    if meant is None:
        raise BadInput(finding, "the critique has no such remark", "Look up its id in the critique (--json).")
    return spoken_by(meant, found.findings)
