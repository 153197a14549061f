"""Fits the reading of answers on our own pairs: `python -m evals.fit_why` writes knowledge/trained/why.json.

Logistic regression with an L2 penalty over the signs of assistant/asking/answers.py; classes weigh the same however
many pairs they have. The same fit, on four fifths of the goals, gives the cross-validated figures in evals/why.py.
"""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from assistant.asking.answers import find_answer_signs
from assistant.judging.weighing import Head
from knowledge.pairs import LabelledAnswer, load_labelled_answers

TARGET = Path(__file__).parents[1] / "knowledge" / "trained" / "why.json"
# Strength of the penalty, chosen by five-fold cross-validation on our own pairs.
STRENGTH = 0.2
_SEED = 2017


def read_signs(one: LabelledAnswer) -> frozenset[str]:
    """The signs a labelled answer shows."""
    return find_answer_signs(one.goal, one.answer, one.language)


def fit(signs: Sequence[frozenset[str]], classes: Sequence[str], strength: float = STRENGTH) -> Head:
    """A model fitted on answers whose signs and classes are given in the same order."""
    vectorizer = DictVectorizer(dtype=np.float64)
    matrix = vectorizer.fit_transform([dict.fromkeys(sorted(seen), 1.0) for seen in signs])
    model = LogisticRegression(C=strength, class_weight="balanced", max_iter=4000, random_state=_SEED)
    model.fit(matrix, list(classes))
    names = vectorizer.get_feature_names_out()
    return Head(
        labels=tuple(str(one) for one in model.classes_),
        bias=tuple(round(float(value), 4) for value in model.intercept_),
        weights={str(name): tuple(round(float(w), 4) for w in model.coef_[:, i]) for i, name in enumerate(names)},
    )


def digest(pairs: Sequence[LabelledAnswer]) -> str:
    """The SHA-256 of the labelled pairs, so that weights and data can be matched."""
    return hashlib.sha256(repr(tuple(pairs)).encode()).hexdigest()


def main() -> None:
    """Fit the model on all pairs and write its weights."""
    pairs = load_labelled_answers()
    head = fit([read_signs(one) for one in pairs], [one.answer_class for one in pairs])
    content = {
        "pairs": len(pairs),
        "sha256": digest(pairs),
        "labels": head.labels,
        "bias": head.bias,
        "weights": dict(sorted(head.weights.items())),
    }
    TARGET.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    print(f"{TARGET.name}: {len(head.weights)} signs from {len(pairs)} pairs")


if __name__ == "__main__":
    main()
