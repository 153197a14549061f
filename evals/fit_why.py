"""Fits the reading of answers on our own pairs: `python -m evals.fit_why` writes knowledge/trained/why.json.

Logistic regression with an L2 penalty over the signs of assistant/asking/answers.py, once alone and once with the
numbers of the answer's e5 vector beside them; classes weigh the same however many pairs they have. The same fit, on
four fifths of the goals, gives the cross-validated figures in evals/why.py.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from assistant.asking.answers import find_answer_signs
from assistant.judging.meaning import read_meaning
from assistant.judging.weighing import Head
from knowledge.pairs import LabelledAnswer, load_labelled_answers

TARGET = Path(__file__).parents[1] / "knowledge" / "trained" / "why.json"
# Strength of the penalty, chosen by five-fold cross-validation on our own pairs.
STRENGTH = 0.2
STRENGTH_WITH_MEANING = 0.3
# How loud a number of the vector is beside a sign that is there or not, once all are of the same spread; as above.
LOUDNESS = 0.15
_SEED = 2017


def read_signs(one: LabelledAnswer) -> frozenset[str]:
    """The signs a labelled answer shows."""
    return find_answer_signs(one.goal, one.answer, one.language)


def read_meanings(pairs: Sequence[LabelledAnswer]) -> list[Mapping[str, float]]:
    """The meaning of each answer, as `assistant.judging.meaning` reads it."""
    return [read_meaning(one.answer) for one in pairs]


def fit_with_meaning(
    signs: Sequence[frozenset[str]], meanings: Sequence[Mapping[str, float]], classes: Sequence[str]
) -> Head:
    """A model fitted on signs and meanings together.

    The vectors' numbers are brought to mean 0 and the same spread for the fit; the weights that come out take them raw.
    """
    names = list(meanings[0])
    raw = np.array([[meaning[name] for name in names] for meaning in meanings])
    centre, spread = raw.mean(axis=0), raw.std(axis=0)
    scaled = [dict(zip(names, row, strict=True)) for row in ((raw - centre) / spread * LOUDNESS).tolist()]
    both = [{**dict.fromkeys(sorted(seen), 1.0), **meaning} for seen, meaning in zip(signs, scaled, strict=True)]
    head = _fit(both, classes, STRENGTH_WITH_MEANING)
    turned = {
        name: np.array(head.weights[name]) * LOUDNESS / width
        for name, width in zip(names, spread.tolist(), strict=True)
    }
    bias = np.array(head.bias) - sum(turned[name] * middle for name, middle in zip(names, centre.tolist(), strict=True))
    weights = {**head.weights, **{name: tuple(round(float(one), 3) for one in row) for name, row in turned.items()}}
    return Head(head.labels, tuple(round(float(one), 4) for one in bias), weights)


def fit(signs: Sequence[frozenset[str]], classes: Sequence[str], strength: float = STRENGTH) -> Head:
    """A model fitted on answers whose signs and classes are given in the same order."""
    return _fit([dict.fromkeys(sorted(seen), 1.0) for seen in signs], classes, strength)


def _fit(signs: Sequence[Mapping[str, float]], classes: Sequence[str], strength: float) -> Head:
    vectorizer = DictVectorizer(dtype=np.float64)
    matrix = vectorizer.fit_transform(signs)
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
    signs, classes = [read_signs(one) for one in pairs], [one.answer_class for one in pairs]
    heads = {"signs_alone": fit(signs, classes), "with_meaning": fit_with_meaning(signs, read_meanings(pairs), classes)}
    content = {
        "pairs": len(pairs),
        "sha256": digest(pairs),
        "heads": {
            name: {"labels": head.labels, "bias": head.bias, "weights": dict(sorted(head.weights.items()))}
            for name, head in heads.items()
        },
    }
    TARGET.write_text(json.dumps(content) + "\n", encoding="utf-8")
    print(f"{TARGET.name}: {len(heads['signs_alone'].weights)} signs from {len(pairs)} pairs")


if __name__ == "__main__":
    main()
