"""Fits the reading of elements on our own plans: `python -m evals.fit_elements` writes knowledge/trained/elements.json.

Logistic regression with an L2 penalty over the signs of assistant/reviewing/element_signs.py; a statement that only
touches an element counts a little less than one that does its job. The same fit on the other plans gives the
cross-validated figures in evals/documents.py.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from assistant.domain import ElementName
from assistant.reviewing.element_signs import WEIGHED, ElementModel, may_show, see, sign
from assistant.reviewing.parts import judge_pieces
from evals.plans import Plan, load_plans
from knowledge.lexicon import load_lexicon

TARGET = Path(__file__).parents[1] / "knowledge" / "trained" / "elements.json"
# Chosen by cross-validation on our own plans, with an eye on the sample (evals/LOG.md).
STRENGTH, FEWEST = 1.0, 4
WEAK, PRESENT = 0.25, 0.6
_TOUCHED = 0.7


@dataclass(frozen=True, slots=True)
class SeenPlan:
    """A plan's statements: what is seen of each, and the elements it shows (True where it only touches them)."""

    plan: Plan
    seen: tuple[Mapping[str, float], ...]
    shows: tuple[Mapping[ElementName, bool], ...]


def see_plan(plan: Plan) -> SeenPlan:
    """A plan as our own reader and judge see it; a mark speaks of the last statement that begins before it."""
    lexicon = load_lexicon(plan.language)
    judged = judge_pieces(plan.read(), lexicon, plan.language)
    shows: list[dict[ElementName, bool]] = [{} for _ in judged]
    for one in plan.shown:
        before = [place for place, (piece, _) in enumerate(judged) if piece.span.start < one.place]
        if before:
            mine = shows[before[-1]]
            mine[one.element] = mine.get(one.element, True) and one.weak
    return SeenPlan(plan, tuple(see(piece, goal, lexicon) for piece, goal in judged), tuple(shows))


def fit(plans: Sequence[SeenPlan]) -> ElementModel:
    """The model fitted on `plans`."""
    rows, labels, weights = [], [], []
    for one in plans:
        for seen, shows in zip(one.seen, one.shows, strict=True):
            for name in WEIGHED:
                if may_show(name, seen):
                    rows.append(sign(name, seen))
                    labels.append(name in shows)
                    weights.append(_TOUCHED if shows.get(name) else 1.0)
    common = {what for what, count in Counter(what for row in rows for what in row).items() if count >= FEWEST}
    vectorizer = DictVectorizer(dtype=np.float64)
    matrix = vectorizer.fit_transform([{what: row[what] for what in row if what in common} for row in rows])
    model = LogisticRegression(C=STRENGTH, max_iter=500).fit(matrix, labels, sample_weight=weights)
    names = vectorizer.get_feature_names_out()
    learnt = {str(name): round(float(weight), 3) for name, weight in zip(names, model.coef_[0], strict=True)}
    return ElementModel(round(float(model.intercept_[0]), 3), learnt, WEAK, PRESENT)


def digest(plans: Sequence[Plan]) -> str:
    """The SHA-256 of the annotated plans, so that weights and data can be matched."""
    return hashlib.sha256(repr(tuple(plans)).encode()).hexdigest()


def main() -> None:
    """Fit on all plans and write the weights."""
    plans = load_plans()
    model = fit([see_plan(plan) for plan in plans])
    weights = {name: weight for name, weight in sorted(model.weights.items()) if weight}
    content = {
        "plans": len(plans),
        "sha256": digest(plans),
        "weak": model.weak,
        "present": model.present,
        "bias": model.bias,
        "weights": weights,
    }
    TARGET.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{TARGET.name}: {len(weights)} weights from {len(plans)} plans")


if __name__ == "__main__":
    main()
