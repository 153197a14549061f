"""Fits the choice of goals on annotated plans: `python -m evals.fit_goals` writes knowledge/trained/goals.json.

Logistic regression with an L2 penalty over the signs of assistant/reviewing/goal_signs.py, on strategies by all hands
that may be learnt from; every document counts by the root of its length. The element model, which gives two of the
signs, is fitted anew without each fold of the plans that it learns from. The same fit without a hand's plans gives the
figures for that hand (evals/own_documents.py).
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from assistant.judging.weighing import Head
from assistant.reviewing.announcements import Judged
from assistant.reviewing.element_signs import ElementModel, load_element_model
from assistant.reviewing.elements import rate
from assistant.reviewing.goal_signs import Signs, read_goal_signs
from assistant.reviewing.goals import MEANT, NOT_MEANT, TRAINED
from assistant.reviewing.parts import judge_pieces
from assistant.reviewing.plain_goals import Plain, find_plain_goals
from evals.fit_elements import SeenPlan, digest, fit, see_plan
from evals.plans import Plan, load_further, load_plans
from knowledge.document import Span
from knowledge.lexicon import load_lexicon

TARGET = Path(__file__).parents[1] / "knowledge" / "trained" / TRAINED
FOLDS = 4
# Chosen by leaving each hand's plans out (evals/LOG.md).
STRENGTH, LENGTH_COUNTS = 0.1, 0.5
_DECIMALS = 3
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Offered:
    """A plan's statements as goals are chosen from them: those plainly announced, signs, and whether each was meant."""

    plan: Plan
    judged: tuple[Judged, ...]
    plain: Plain
    signs: tuple[Signs, ...]
    meant: tuple[bool, ...]


def offer_learnt() -> tuple[Offered, ...]:
    """All strategies that may be learnt from; those that the element model learns from, seen by one that has not."""
    own = [see_plan(plan) for plan in load_plans()]
    offered: dict[str, Offered] = {}
    for fold in range(FOLDS):
        model = fit([one for place, one in enumerate(own) if place % FOLDS != fold])
        offered |= {one.plan.name: one for one in offer(own[fold::FOLDS], model)}
    further = offer([see_plan(plan) for plan in load_further()], load_element_model())
    ours = [offered[one.plan.name] for one in own if one.plan.name in offered]
    return (*ours, *further)


def offer(seen: Sequence[SeenPlan], model: ElementModel) -> Iterator[Offered]:
    """Those of the plans that are strategies, with the signs of their statements."""
    for one in seen:
        if one.plan.kind == "strategy":
            lexicon = load_lexicon(one.plan.language)
            judged = judge_pieces(one.plan.read(), lexicon, one.plan.language)
            likely = rate("goals", one.seen, model)
            plain, signs = find_plain_goals(judged, likely, lexicon), read_goal_signs(judged, likely, lexicon)
            meant = tuple(is_right(piece.span, one.plan.goals) for piece, _ in judged)
            yield Offered(one.plan, judged, plain, signs, meant)


def is_right(said: Span, golds: Sequence[Span]) -> bool:
    """Whether a stretch is one of the author's goals, or holds one whole."""
    return any(is_same(said, one) or said.contains(one) for one in golds)


def is_same(one: Span, other: Span) -> bool:
    """Whether two stretches share at least half of what they cover together."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared > 0 and shared / (max(one.end, other.end) - min(one.start, other.start)) >= _HALF


def fit_goals(offered: Sequence[Offered]) -> Head:
    """The head fitted on the plans `offered`."""
    rows = [signs for one in offered for signs in one.signs]
    meant = [flag for one in offered for flag in one.meant]
    counted = np.array([len(one.signs) ** -LENGTH_COUNTS for one in offered for _ in one.signs])
    vectorizer = DictVectorizer(dtype=np.float64, sparse=False)
    scaler = StandardScaler().fit(matrix := vectorizer.fit_transform(rows))
    model = LogisticRegression(C=STRENGTH, max_iter=3000)
    model.fit(scaler.transform(matrix), meant, sample_weight=counted / counted.mean())
    weights = model.coef_[0] / scaler.scale_
    bias = float(model.intercept_[0] - weights @ scaler.mean_)
    names = (str(name) for name in vectorizer.get_feature_names_out())
    learnt = {name: (0.0, round(float(weight), _DECIMALS)) for name, weight in zip(names, weights, strict=True)}
    return Head((NOT_MEANT, MEANT), (0.0, round(bias, _DECIMALS)), learnt)


def main() -> None:
    """Fit on all plans that may be learnt from and write the weights."""
    offered = offer_learnt()
    head = fit_goals(offered)
    content = {
        "plans": len(offered),
        "sha256": digest([one.plan for one in offered]),
        "heads": {"goal": {"labels": head.labels, "bias": head.bias, "weights": dict(sorted(head.weights.items()))}},
    }
    TARGET.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{TARGET.name}: {len(head.weights)} weights from {len(offered)} plans")


if __name__ == "__main__":
    main()
