"""What the judge is measured against: the commonest label, rules of thumb, a classifier over sentence embeddings."""

import re
from collections.abc import Mapping, Sequence

import numpy as np
from sklearn.linear_model import LogisticRegression

from evals.fit_judge import HEADS, label
from evals.shared import SharedStatement
from knowledge.labelled import Labelled
from knowledge.library.embeddings import open_embeddings

MAJORITY, HEURISTIC, EMBEDDED = "majority", "rules of thumb", "embeddings + logistic regression"
_HEADINGS = (
    ("indicator", r"indicator|measur|evidence|kpi"),
    ("goal", r"goal|aim|objective|target|priorit"),
    ("activity", r"action|activit|task|step|measure"),
    ("vision", r"vision"),
    ("mission", r"mission"),
    ("value", r"value|belie|principle"),
    ("context", r"background|context|introduction|trend|situation"),
)
_OPENINGS = (
    ("indicator", r"(number|percent\w*|share|proportion|rate)\b"),
    ("goal", r"(to )?(increas|improv|strengthen|develop|rais|reduc|enhanc|promot)"),
    ("activity", r"(we (will )?)?(organis|organiz|set up|creat|hold|carry|prepar|publish|visit|train)"),
)
_FIGURE = re.compile(r"\d")
_YEAR = re.compile(r"\b20\d\d\b|\byear|\bannual|\bmonth", re.IGNORECASE)
_NAME = re.compile(r"(?<=[a-z,] )[A-Z]\w+")
_AND = re.compile(r"\band\b|;", re.IGNORECASE)
_SEVERAL = 2
# Every second statement is enough for a classifier over 384 numbers; all would take twice the time.
_EVERY = 2


def guess(text: str, context: str) -> dict[str, str]:
    """What rules of thumb, in English, say of a statement under a heading, by head."""
    kinds = [kind for kind, words in _HEADINGS if re.search(words, context, re.IGNORECASE)]
    kinds = [kind for kind, words in _OPENINGS if re.match(words, text, re.IGNORECASE)] or kinds
    seen = {
        "vague": not (_FIGURE.search(text) or _NAME.search(text)),
        "measurable": bool(_FIGURE.search(text)),
        "time_bound": bool(_YEAR.search(f"{context} {text}")),
        "compound": len(_AND.findall(text)) >= _SEVERAL,
    }
    return {"kind": kinds[0] if kinds else "context", **{head: "yes" if said else "no" for head, said in seen.items()}}


def learn_from_embeddings(own: Sequence[Labelled], asked: Sequence[SharedStatement]) -> list[Mapping[str, str]]:
    """What logistic regression over the vectors of statement and heading, fitted on `own`, says of `asked`, by head."""
    learnt = own[::_EVERY]
    known = _embed([(one.text, one.context) for one in learnt])
    unknown = _embed([(one.text, one.context) for one in asked])
    said: list[dict[str, str]] = [{} for _ in asked]
    for head in HEADS:
        labels = [label(one, head) for one in learnt]
        rows = [i for i, name in enumerate(labels) if name]
        model = LogisticRegression(C=10, class_weight="balanced" if head in ("kind", "vague") else None, max_iter=1000)
        model.fit(known[rows], [labels[i] for i in rows])
        for answers, name in zip(said, model.predict(unknown), strict=True):
            answers[head] = str(name)
    return list(said)


def _embed(pairs: Sequence[tuple[str, str]]) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """The vectors of text and heading side by side; texts of like length are embedded together."""
    texts = sorted({text for pair in pairs for text in pair if text}, key=len)
    vectors = dict(zip(texts, np.array(open_embeddings().embed_documents(texts), dtype=np.float32), strict=True))
    nothing = np.zeros(next(iter(vectors.values())).shape, dtype=np.float32)
    return np.array([np.concatenate([vectors[text], vectors.get(context, nothing)]) for text, context in pairs])
