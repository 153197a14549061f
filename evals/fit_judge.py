"""Fits the judge on our own labelled statements: `python -m evals.fit_judge` writes knowledge/trained/judge.json.

Logistic regression with an L2 penalty over the signs of assistant/judging/features.py; classes weigh the same
however many statements they have. The same fit, on four fifths, gives the cross-validated figures in evals/judge.py.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from assistant.judging.features import CUES_READ
from assistant.judging.form import WORDS_READ
from assistant.judging.judge import read_signs
from assistant.judging.slots import find_slots
from assistant.judging.weighing import Head
from knowledge.grammar import load_grammar
from knowledge.labelled import Labelled, load_labelled
from knowledge.lexicon import LANGUAGES, load_lexicon

HEADS = ("kind", "vague", "measurable", "time_bound", "compound")
TARGET = Path(__file__).parents[1] / "knowledge" / "trained" / "judge.json"
# Strength of the penalty, chosen by five-fold cross-validation on our own statements (evals/LOG.md).
STRENGTH = {"kind": 0.5, "vague": 0.5, "measurable": 0.5, "time_bound": 0.5, "compound": 0.5}
# A sign that fewer statements show is not learnt from; letters, which are many, must be seen oftener.
FEWEST, FEWEST_LETTERS = 3, 5
# Where letters help; for the others cues and build say as much (evals/LOG.md).
LETTERED = ("kind", "vague")
# Few statements are compound: weighing both answers alike would cry wolf.
BALANCED = ("kind", "vague")
# What is lost by writing weights short changes no judgement of the sample.
DECIMALS = 2
_SEED = 2017


def signs_of(one: Labelled) -> dict[str, float]:
    """The signs a labelled statement shows, with their strength."""
    lexicon = load_lexicon(one.language)
    return read_signs(one.text, one.context, find_slots(one.text, lexicon), lexicon)


def label(one: Labelled, head: str) -> str | None:
    """The label of a statement for one head; None where the question does not arise for it."""
    value = getattr(one, head)
    return value if head == "kind" or value is None else ("yes" if value else "no")


def fit(statements: Sequence[Labelled], signs: Sequence[Mapping[str, float]], head: str) -> Head:
    """One head fitted on `statements`, whose signs are `signs` in the same order."""
    pairs = [(seen, said) for one, seen in zip(statements, signs, strict=True) if (said := label(one, head))]
    if head not in LETTERED:
        pairs = [({sign: seen[sign] for sign in seen if not sign.startswith("letters:")}, said) for seen, said in pairs]
    shown = Counter(sign for seen, _ in pairs for sign in seen)
    common = {s for s, count in shown.items() if count >= (FEWEST_LETTERS if s.startswith("letters:") else FEWEST)}
    vectorizer = DictVectorizer(dtype=np.float64)
    matrix = vectorizer.fit_transform([{sign: seen[sign] for sign in seen if sign in common} for seen, _ in pairs])
    model = LogisticRegression(
        C=STRENGTH[head],
        class_weight="balanced" if head in BALANCED else None,
        max_iter=1000,
        tol=1e-3,
        random_state=_SEED,
    )
    model.fit(matrix, [said for _, said in pairs])
    weights, bias = model.coef_, model.intercept_
    if len(model.classes_) == 2:  # noqa: PLR2004 - scikit-learn keeps one row for two classes; a head keeps both
        weights, bias = np.vstack([-weights / 2, weights / 2]), np.concatenate([-bias / 2, bias / 2])
    names = vectorizer.get_feature_names_out()
    return Head(
        labels=tuple(str(one) for one in model.classes_),
        bias=tuple(round(float(value), DECIMALS) for value in bias),
        weights={str(name): tuple(round(float(w), DECIMALS) for w in weights[:, i]) for i, name in enumerate(names)},
    )


def digest(statements: Sequence[Labelled]) -> str:
    """The SHA-256 of the labelled statements, so that weights and data can be matched."""
    return hashlib.sha256(repr(tuple(statements)).encode()).hexdigest()


def digest_cues() -> str:
    """The SHA-256 of the words that signs are read off with: cues, groups, headings, little words, in every language.

    Cues that only other parts of the product use may change without a new fit.
    """
    words = []
    for language in LANGUAGES:
        lexicon, grammar = load_lexicon(language), load_grammar(language)
        words += [lexicon.cue(name).pattern for name in CUES_READ]
        words += [pattern.pattern for part in (lexicon.groups, lexicon.headings) for _, pattern in sorted(part.items())]
        words += [getattr(grammar, name).pattern for name in WORDS_READ]
    return hashlib.sha256("\n".join(words).encode()).hexdigest()


def main() -> None:
    """Fit every head on all statements and write the weights."""
    statements = load_labelled()
    signs = [signs_of(one) for one in statements]
    heads = {name: fit(statements, signs, name) for name in HEADS}
    content = {
        "statements": len(statements),
        "sha256": digest(statements),
        "cues_sha256": digest_cues(),
        "heads": {
            name: {"labels": head.labels, "bias": head.bias, "weights": dict(sorted(head.weights.items()))}
            for name, head in heads.items()
        },
    }
    TARGET.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{TARGET.name}: {len(heads)} heads from {len(statements)} statements")


if __name__ == "__main__":
    main()
