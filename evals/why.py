"""Measures the why ladder: the class of an answer, and whether it is another goal, a reason or neither.

On our own pairs every answer is read by a model fitted on the goals of the other four fifths; since the languages share
their goals' topics, all answers to one topic lie in one fifth. On the development sample, which trained nothing, by the
model as it ships. Baselines: the commonest class of the same cases, and a rule that looks for a verb of wanting.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from assistant.asking.answers import classify_answer, weigh_signs
from evals.figures import Figure, accuracy, bootstrap_interval, macro_f1
from evals.fit_why import fit, read_signs
from evals.shared import read_rows
from knowledge.lexicon import LANGUAGES, load_lexicon
from knowledge.pairs import load_labelled_answers

FOLDS = 5
PART = "answers to why"
OWN, SHARED = "own, cross-validated", "shared sample"
_ANOTHER_GOAL, _REASON, _NEITHER = "another_goal", "reason", "neither"
_THREE = {"higher_goal": _ANOTHER_GOAL, "need_or_reason": _REASON, "value_or_mission": _REASON}


class Read(NamedTuple):
    """One answer: its class, the class it was given, and the class a rule of thumb gives it."""

    gold: str
    said: str
    by_rule: str
    language: str


def measure() -> tuple[Figure, ...]:
    """Every figure of the ladder, on our own pairs and on the sample where it is present."""
    own, shared = read_own(), read_shared()
    figures = [*_figures(own, OWN), *(_figures(shared, SHARED) if shared else ())]
    for language in LANGUAGES:
        some = [one for one in own if one.language == language]
        figures.append(_figure("accuracy, 3 ways", f"{OWN}, {language}", _in_three(some), accuracy))
    return tuple(figures)


def read_own() -> list[Read]:
    """Our own pairs, each read by a model that has not seen its topic."""
    pairs = load_labelled_answers()
    signs = [read_signs(one) for one in pairs]
    found: list[Read] = []
    for fold in range(FOLDS):
        kept = [i for i, one in enumerate(pairs) if one.topic % FOLDS != fold]
        head = fit([signs[i] for i in kept], [pairs[i].answer_class for i in kept])
        for i, one in enumerate(pairs):
            if one.topic % FOLDS == fold:
                likely = weigh_signs(signs[i], head)
                said = max(likely, key=lambda name: likely[name])
                found.append(Read(one.answer_class, said, _by_rule(one.answer, one.language), one.language))
    return found


def read_shared() -> list[Read]:
    """The sample's pairs, read as they would be for a manager; none where it is not there."""
    return [
        Read(row["class"], classify_answer(row["goal"], row["answer"], "en")[0], _by_rule(row["answer"], "en"), "en")
        for row in read_rows("why_pairs.csv")
    ]


def _by_rule(answer: str, language: str) -> str:
    """The rule of thumb: words of wanting or of change make another goal; anything else is a reason."""
    lexicon = load_lexicon(language)
    wanting = lexicon.has("change_answer", answer) or lexicon.has("intent", answer)
    return "higher_goal" if wanting else "need_or_reason"


def _figures(reads: Sequence[Read], cases: str) -> list[Figure]:
    three = _in_three(reads)
    return [
        _figure("macro-F1, 7 classes", cases, reads, macro_f1),
        _figure("accuracy, 7 classes", cases, reads, accuracy),
        _figure("accuracy, 3 ways", cases, three, accuracy),
        _figure("accuracy, 3 ways", cases, three, accuracy, rule=True),
    ]


def _figure(
    measure_name: str,
    cases: str,
    reads: Sequence[Read],
    score: Callable[[Sequence[tuple[str, str]]], float],
    *,
    rule: bool = False,
) -> Figure:
    common = Counter(one.gold for one in reads).most_common(1)[0][0]
    baseline = [(one.gold, one.by_rule if rule else common) for one in reads]
    pairs = [(one.gold, one.said) for one in reads]
    interval = bootstrap_interval(pairs, score)
    name = "verb of wanting" if rule else "majority"
    return Figure(PART, measure_name, cases, len(reads), score(pairs), *interval, name, score(baseline))


def _in_three(reads: Sequence[Read]) -> list[Read]:
    return [Read(_coarse(one.gold), _coarse(one.said), _coarse(one.by_rule), one.language) for one in reads]


def _coarse(answer_class: str) -> str:
    return _THREE.get(answer_class, _NEITHER)
