"""Measures the reading of annotated plans: elements and goals, each plan read by a model fitted on the others.

Plans that other hands wrote and marked, and that nothing is learnt from, are read by the model as it ships: those that
nobody here has read, and those whose errors were read.

A plan's goals are found where a goal of ours and one of the author's share at least half of their words, or ours holds
the author's whole (a sentence with three goals). Baselines: for elements the commonest state of each; for goals every
list point and every sentence that announces a goal. A strategy of forty pages is timed.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.reviewing.element_signs import WEIGHED, ElementModel, load_element_model
from assistant.reviewing.elements import rate, sum_up
from assistant.reviewing.goals import choose_goals
from assistant.reviewing.parts import judge_pieces
from evals.figures import Figure, bootstrap_interval, f1
from evals.fit_elements import SeenPlan, fit, see_plan
from evals.long_document import measure_speed
from evals.plans import Plan, load_held, load_plans, load_unseen
from knowledge.document import Span
from knowledge.lexicon import load_lexicon

FOLDS = 4
OWN, UNSEEN, HELD = "own, cross-validated", "other hands, unread", "further hands, read, not learnt"
Row = list[tuple[str, str]]
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Spans:
    """The spans of a plan's goals: the author's, ours, and those of the heuristic."""

    gold: tuple[Span, ...]
    ours: tuple[Span, ...]
    heuristic: tuple[Span, ...]


def measure() -> tuple[Figure, ...]:
    """Elements found (F1), goals found (precision and recall of spans), and the seconds a long strategy takes."""
    plans = [see_plan(plan) for plan in load_plans()]
    rows: list[Row] = []
    spans: list[Spans] = []
    for fold in range(FOLDS):
        model = fit([one for place, one in enumerate(plans) if place % FOLDS != fold])
        for one in plans[fold::FOLDS]:
            rows.append(_row(one, model))
            if one.plan.kind == "strategy":
                spans.append(_spans(one, rate("goals", one.seen, model)))
    own = _elements(rows, plans, OWN), *_goals(spans, OWN)
    return (*own, *_measure_shipped(load_unseen(), UNSEEN), *_measure_shipped(load_held(), HELD), *measure_speed())


def _measure_shipped(given: Sequence[Plan], cases: str) -> tuple[Figure, ...]:
    plans, model = [see_plan(plan) for plan in given], load_element_model()
    spans = [_spans(one, rate("goals", one.seen, model)) for one in plans if one.plan.kind == "strategy"]
    return _elements([_row(one, model) for one in plans], plans, cases), *_goals(spans, cases)


def _row(one: SeenPlan, model: ElementModel) -> Row:
    """Whether a plan has each element, and whether we say so."""
    return [(_has(one.plan.state(name)), _word(sum_up(rate(name, one.seen, model)) >= model.weak)) for name in WEIGHED]


def _elements(rows: Sequence[Row], plans: Sequence[SeenPlan], cases: str) -> Figure:
    common = {name: Counter(_has(one.plan.state(name)) for one in plans).most_common(1)[0][0] for name in WEIGHED}
    always = [(gold, common[name]) for row in rows for name, (gold, _) in zip(WEIGHED, row, strict=True)]

    def found(some: Sequence[Row]) -> float:
        return f1([pair for row in some for pair in row], "yes")

    interval = bootstrap_interval(rows, found)
    n = sum(len(row) for row in rows)
    return Figure("elements", "F1 of found", cases, n, found(rows), *interval, "commonest", f1(always, "yes"))


def _goals(spans: Sequence[Spans], cases: str) -> tuple[Figure, Figure]:
    def recall(some: Sequence[Spans], *, heuristic: bool = False) -> float:
        hits = [_is_found(gold, one.heuristic if heuristic else one.ours) for one in some for gold in one.gold]
        return sum(hits) / len(hits) if hits else 0.0

    def precision(some: Sequence[Spans], *, heuristic: bool = False) -> float:
        hits = [_is_right(said, one.gold) for one in some for said in (one.heuristic if heuristic else one.ours)]
        return sum(hits) / len(hits) if hits else 0.0

    name = "points and announcements"
    golds, said = sum(len(one.gold) for one in spans), sum(len(one.ours) for one in spans)
    of_gold, of_said = bootstrap_interval(spans, recall), bootstrap_interval(spans, precision)
    return (
        Figure("goal spans", "recall", cases, golds, recall(spans), *of_gold, name, recall(spans, heuristic=True)),
        Figure(
            "goal spans", "precision", cases, said, precision(spans), *of_said, name, precision(spans, heuristic=True)
        ),
    )


def _spans(one: SeenPlan, likely: Sequence[float]) -> Spans:
    plan = one.plan
    lexicon = load_lexicon(plan.language)
    judged = judge_pieces(plan.read(), lexicon, plan.language)
    ours = choose_goals(judged, likely, lexicon)
    plain = [
        piece.span for piece, goal in judged if piece.block.kind == "item" or lexicon.has("intent", goal.statement.text)
    ]
    return Spans(plan.goals, tuple(goal.statement.span for goal in ours), tuple(plain))


def _is_found(gold: Span, said: Sequence[Span]) -> bool:
    return any(_is_same(gold, one) or one.contains(gold) for one in said)


def _is_right(said: Span, golds: Sequence[Span]) -> bool:
    return any(_is_same(said, one) or said.contains(one) for one in golds)


def _is_same(one: Span, other: Span) -> bool:
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared > 0 and shared / (max(one.end, other.end) - min(one.start, other.start)) >= _HALF


def _has(state: str) -> str:
    return "no" if state == "missing" else "yes"


def _word(flag: bool) -> str:
    return "yes" if flag else "no"
