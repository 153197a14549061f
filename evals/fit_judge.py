"""Fits the judge on our own labelled statements: `python -m evals.fit_judge` writes knowledge/trained/judge.json.

Logistic regression with an L2 penalty over the signs of assistant/judging/features.py; classes weigh the same however
many statements they have. Where gists can be read, what the heads over them say (learnt by `python -m evals.fit_gist`,
which comes first) is added. The same fit, on four fifths, gives the cross-validated figures in evals/judge.py.
"""

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from assistant.judging.features import CUES_READ
from assistant.judging.form import WORDS_READ
from assistant.judging.gist import Floats, read_trained
from assistant.judging.judge import read_signs
from assistant.judging.slots import find_slots
from assistant.judging.weighing import GIST, Head, Panel, seat
from knowledge.grammar import load_grammar
from knowledge.labelled import Labelled, load_labelled
from knowledge.lexicon import LANGUAGES, load_lexicon
from knowledge.trades import load_trades

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
DECIMALS, GIST_DECIMALS = 2, 3
# How loud what is said by signs is where a gist is heard too, and how loud the gist; by likelihood on held-out sources.
BY_SIGNS = {"kind": 0.5, "vague": 0.5, "measurable": 0.5, "time_bound": 0.5, "compound": 0.25}
BY_GIST = {"kind": 1.0, "vague": 0.5, "measurable": 0.5, "time_bound": 0.5, "compound": 0.75}
# How far a source's size is evened out: 0 every statement counts alike, 1 every source; and where that helps.
EVENNESS = 0.5
EVENED = ("kind", "vague")
# The name in gist.npz of the SHA-256 of the statements that gists were learnt from.
LEARNT_FROM = "sha256"
Row = NDArray[np.float64]
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
    """One head fitted on `statements`, whose signs are `signs`, in the same order."""
    told = [place for place, one in enumerate(statements) if label(one, head)]
    seen = [_heard(signs[place], head) for place in told]
    shown = Counter(sign for signs in seen for sign in signs)
    common = {s for s, count in shown.items() if count >= (FEWEST_LETTERS if s.startswith("letters:") else FEWEST)}
    vectorizer = DictVectorizer(dtype=np.float64)
    matrix = vectorizer.fit_transform([{sign: one[sign] for sign in one if sign in common} for one in seen])
    model = LogisticRegression(
        C=STRENGTH[head],
        class_weight="balanced" if head in BALANCED else None,
        max_iter=1000,
        tol=1e-3,
        random_state=_SEED,
    )
    counted = weigh_sources([statements[place].source for place in told]) if head in EVENED else None
    model.fit(matrix, [label(statements[place], head) for place in told], sample_weight=counted)
    weights, bias = model.coef_, model.intercept_
    if len(weights) == 1:  # scikit-learn keeps one row for two classes; a head keeps both
        weights, bias = np.vstack([-weights / 2, weights / 2]), np.concatenate([-bias / 2, bias / 2])
    names = [str(name) for name in vectorizer.get_feature_names_out()]
    rows = {name: _rounded(weights[:, i], DECIMALS) for i, name in enumerate(names)}
    return Head(tuple(str(one) for one in model.classes_), _rounded(bias, DECIMALS), rows)


def hear_gist(by_signs: Head, rows: Floats, bias: Floats, name: str) -> Head:
    """A head over signs with one over gists added, each as loud as it is to be heard.

    Args:
        by_signs: the head over signs.
        rows: the weights of the numbers of a gist, a row for each answer in the head's order.
        bias: the bias of each answer.
        name: the head's.
    """
    quiet, loud = BY_SIGNS[name], BY_GIST[name]
    signs = {sign: _rounded(quiet * np.array(row), DECIMALS) for sign, row in by_signs.weights.items()}
    gist = {f"{GIST}{place}": _rounded(loud * row, GIST_DECIMALS) for place, row in enumerate(rows.T.astype(float))}
    both = quiet * np.array(by_signs.bias) + loud * bias.astype(float)
    return Head(by_signs.labels, _rounded(both, DECIMALS), signs | gist)


def weigh_sources(sources: Sequence[str]) -> Row:
    """How much each statement counts: less where its source has many, so that variety tells; 1 on average."""
    counts = Counter(sources)
    weights: Row = np.array([counts[source] ** -EVENNESS for source in sources], np.float64)
    return cast("Row", weights / weights.mean())


def fit_panel(statements: Sequence[Labelled], signs: Sequence[Mapping[str, float]], kept: Sequence[int]) -> Panel:
    """All heads over signs alone, fitted on the statements at the places `kept`."""
    mine, shown = [statements[i] for i in kept], [signs[i] for i in kept]
    return seat({head: fit(mine, shown, head) for head in HEADS})


def _heard(signs: Mapping[str, float], head: str) -> Mapping[str, float]:
    if head in LETTERED:
        return signs
    return {sign: strength for sign, strength in signs.items() if not sign.startswith("letters:")}


def _rounded(row: Row, decimals: int) -> tuple[float, ...]:
    return tuple(round(float(value), decimals) for value in row)


def digest(statements: Sequence[Labelled]) -> str:
    """The SHA-256 of the labelled statements, so that weights and data can be matched."""
    return hashlib.sha256(repr(tuple(statements)).encode()).hexdigest()


def digest_cues() -> str:
    """The SHA-256 of the words that signs are read off with: cues, groups, headings, trades, little words, by language.

    Cues that only other parts of the product use may change without a new fit.
    """
    words = []
    for language in LANGUAGES:
        lexicon, grammar = load_lexicon(language), load_grammar(language)
        words += [lexicon.cue(name).pattern for name in CUES_READ]
        words += [pattern.pattern for part in (lexicon.groups, lexicon.headings) for _, pattern in sorted(part.items())]
        words += [getattr(grammar, name).pattern for name in WORDS_READ]
        words.append(load_trades(language).pattern)
    return hashlib.sha256("\n".join(words).encode()).hexdigest()


def main() -> None:
    """Fit every head on all statements and write the weights."""
    statements = load_labelled()
    trained = read_trained()
    if str(trained[LEARNT_FROM]) != digest(statements):
        sys.exit("fit_judge: the statements changed since gists were learnt; run first: python -m evals.fit_gist")
    signs = [signs_of(one) for one in statements]
    heads = {name: fit(statements, signs, name) for name in HEADS}
    with_gist = {
        name: hear_gist(head, trained[f"{name}.weights"], trained[f"{name}.bias"], name) for name, head in heads.items()
    }
    content = {
        "statements": len(statements),
        "sha256": digest(statements),
        "cues_sha256": digest_cues(),
        "heads": {name: _plain(head) for name, head in heads.items()},
        "heads_with_gist": {name: _plain(head) for name, head in with_gist.items()},
    }
    TARGET.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{TARGET.name}: {len(HEADS)} heads, with gists and without, from {len(statements)} statements")


def _plain(head: Head) -> dict[str, object]:
    return {"labels": head.labels, "bias": head.bias, "weights": dict(sorted(head.weights.items()))}


if __name__ == "__main__":
    main()
