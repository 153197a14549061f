"""Measures the judge: kinds, vague, measurable, time-bound, compound.

Our own English statements are each judged by models fitted on four fifths of the others; the other languages are left
out, since many of their statements have a counterpart in another and would leak. The development sample, which trained
nothing, is judged by the models as they ship. The baseline is the commonest label of the same cases.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from assistant.judging.judge import judge
from evals.figures import Figure, accuracy, bootstrap_interval, f1, macro_f1
from evals.fit_judge import HEADS, fit, label, signs_of
from evals.shared import load_statements
from knowledge.labelled import load_labelled

FOLDS = 5
OWN, SHARED = "own English, cross-validated", "shared sample"


class Pair(NamedTuple):
    """A gold label and the label the judge gave."""

    gold: str
    said: str


def measure() -> tuple[Figure, ...]:
    """Every figure of the judge, on our own statements and on the sample where it is present."""
    figures = []
    for cases, pairs in ((OWN, _own_pairs()), (SHARED, _shared_pairs())):
        for head in HEADS:
            if pairs[head]:
                figures.extend(_figures(head, cases, pairs[head]))
    return tuple(figures)


def _own_pairs() -> dict[str, list[Pair]]:
    statements = [one for one in load_labelled() if one.language == "en"]
    signs = [signs_of(one) for one in statements]
    pairs: dict[str, list[Pair]] = {head: [] for head in HEADS}
    for fold in range(FOLDS):
        kept = [i for i in range(len(statements)) if i % FOLDS != fold]
        for head in HEADS:
            model = fit([statements[i] for i in kept], [signs[i] for i in kept], head)
            for i in range(fold, len(statements), FOLDS):
                gold = label(statements[i], head)
                if gold is not None:
                    likely = model.probabilities(signs[i])
                    said = max(likely, key=lambda one: likely[one])
                    pairs[head].append(_forgive(gold, said, statements[i].other_kind))
    return pairs


def _shared_pairs() -> dict[str, list[Pair]]:
    pairs: dict[str, list[Pair]] = {head: [] for head in HEADS}
    for one in load_statements():
        goal = judge(one.text, context=one.context, language=one.language)
        pairs["kind"].append(_forgive(one.kind, goal.statement.kind, one.other_kind))
        if one.vague != "na":
            pairs["vague"].append(Pair(one.vague, _word(goal.vague)))
        pairs["measurable"].append(Pair(_word(one.measurable), _word(goal.measurable)))
        pairs["time_bound"].append(Pair(_word(one.time_bound), _word(goal.time_bound)))
        pairs["compound"].append(Pair(_word(one.compound), _word(goal.compound)))
    return pairs


def _forgive(gold: str, said: str, other: str) -> Pair:
    """Either of two defensible labels counts as right."""
    return Pair(gold, gold if said == other else said)


def _figures(head: str, cases: str, pairs: Sequence[Pair]) -> list[Figure]:
    measures: dict[str, Callable[[Sequence[Pair]], float]] = {"accuracy": accuracy}
    if head == "kind":
        measures = {"macro-F1": macro_f1, "accuracy": accuracy}
    if head == "vague":
        measures = {"F1 of vague": lambda p: f1(p, "yes"), "F1 of specific": lambda p: f1(p, "no")}
    common = Counter(pair.gold for pair in pairs).most_common(1)[0][0]
    always = [Pair(pair.gold, common) for pair in pairs]
    return [
        Figure(
            head, name, cases, len(pairs), score(pairs), *bootstrap_interval(pairs, score), "majority", score(always)
        )
        for name, score in measures.items()
    ]


def _word(flag: bool) -> str:
    return "yes" if flag else "no"
