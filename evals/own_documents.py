"""Measures the reading of annotated plans: their elements, and which of their statements are goals.

Our own plans' elements are read by models fitted on the others of them. Goals of the plans that may be learnt from are
chosen by a model fitted without all that the same hand wrote. Plans by other hands that nobody here has read, and that
nothing is learnt from, are read by the models as they ship; for elements the further hands' plans are too.

A plan's goals are found where a goal of ours and one of the author's share at least half of their words, or ours holds
the author's whole (a sentence with three goals). Baselines: for elements the commonest state of each; for goals every
list point and every sentence that announces a goal. A strategy of forty pages is timed.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.judging.weighing import Head
from assistant.reviewing.element_signs import WEIGHED, ElementModel, load_element_model
from assistant.reviewing.elements import rate, sum_up
from assistant.reviewing.goals import load_goal_model, pick_goals, weigh_meant
from evals.figures import Figure, bootstrap_interval, f1
from evals.fit_elements import SeenPlan, fit, see_plan
from evals.fit_goals import FOLDS, Offered, fit_goals, is_right, is_same, offer, offer_learnt
from evals.long_document import measure_speed
from evals.plans import Plan, load_excerpts, load_further, load_long, load_plans, load_unseen
from knowledge.document import Span
from knowledge.lexicon import load_lexicon

OWN, FURTHER = "own, cross-validated", "further hands, read, not learnt"
OURSELVES, OTHERS = "own, hand left out", "other hands, each left out"
# Nobody has read these; the choice of goals by rules, which came before, was checked on the first of them.
UNREAD = {
    "": "other hands, unread",
    "fifth": "a fifth hand, unread",
    "thirteenth": "a thirteenth hand, unread",
    "fourteenth": "long plans in English, unread",
    "seventeenth": "long plans in four languages, unread",
}
LONG = "long plans in four languages, read"
# Two of the three hands' were read for what is got wrong in them (evals/LOG.md).
EXCERPTS = "excerpts by three hands, not learnt"
Row = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Spans:
    """The spans of a plan's goals: the author's, ours, and those of the heuristic."""

    gold: tuple[Span, ...]
    ours: tuple[Span, ...]
    heuristic: tuple[Span, ...]


def measure() -> tuple[Figure, ...]:
    """Elements found (F1), goals found (precision and recall of spans), and the seconds a long strategy takes."""
    unread = {cases: [plan for plan in load_unseen() if plan.hand == hand] for hand, cases in UNREAD.items()}
    unlearnt = {**unread, LONG: load_long(), EXCERPTS: load_excerpts()}
    given = {**unlearnt, FURTHER: load_further()}
    elements = [_measure_own_elements(), *(_measure_elements(plans, cases) for cases, plans in given.items())]
    spans = {**_choose_learnt(), **{cases: _choose(plans) for cases, plans in unlearnt.items()}}
    goals = [figure for cases, chosen in spans.items() for figure in _goals(chosen, cases)]
    return (*elements, *goals, *measure_speed())


def _measure_own_elements() -> Figure:
    plans = [see_plan(plan) for plan in load_plans()]
    rows: list[Row] = []
    for fold in range(FOLDS):
        model = fit([one for place, one in enumerate(plans) if place % FOLDS != fold])
        rows += [_row(one, model) for one in plans[fold::FOLDS]]
    return _elements(rows, plans, OWN)


def _measure_elements(given: Sequence[Plan], cases: str) -> Figure:
    plans, model = [see_plan(plan) for plan in given], load_element_model()
    return _elements([_row(one, model) for one in plans], plans, cases)


def _choose_learnt() -> Mapping[str, list[Spans]]:
    """The goals of the plans that may be learnt from, those of each hand chosen by what the others taught."""
    offered = offer_learnt()
    chosen: dict[str, list[Spans]] = {OURSELVES: [], OTHERS: []}
    for hand in sorted({one.plan.hand for one in offered}):
        head = fit_goals([one for one in offered if one.plan.hand != hand])
        chosen[OTHERS if hand else OURSELVES] += [_spans(one, head) for one in offered if one.plan.hand == hand]
    return chosen


def _choose(given: Sequence[Plan]) -> list[Spans]:
    offered = offer([see_plan(plan) for plan in given], load_element_model())
    return [_spans(one, load_goal_model()) for one in offered]


def _spans(one: Offered, head: Head) -> Spans:
    lexicon = load_lexicon(one.plan.language)
    ours = pick_goals(one.judged, one.plain, weigh_meant(one.signs, head))
    plain = [
        piece.span
        for piece, goal in one.judged
        if piece.block.kind == "item" or lexicon.has("intent", goal.statement.text)
    ]
    return Spans(one.plan.goals, tuple(goal.statement.span for goal in ours), tuple(plain))


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
        hits = [is_right(said, one.gold) for one in some for said in (one.heuristic if heuristic else one.ours)]
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


def _is_found(gold: Span, said: Sequence[Span]) -> bool:
    return any(is_same(gold, one) or one.contains(gold) for one in said)


def _has(state: str) -> str:
    return "no" if state == "missing" else "yes"


def _word(flag: bool) -> str:
    return "yes" if flag else "no"
