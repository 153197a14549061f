"""Measures the why ladder: the class of an answer, and whether it is another goal, a reason or neither.

On our own pairs every answer is read by a model fitted on the goals of the other four fifths; since the languages share
their first goals, all answers to one topic lie in one fifth. That still flatters: one hand wrote much the same answers
in several languages. So each language is also read by a model fitted on the other eight alone. On the development
sample, which trained nothing, by the model as it ships. Baselines: the commonest class of the same cases, and a rule
that looks for a verb of wanting.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from assistant.asking.answers import choose_class, classify_answer, weigh_meaning, weigh_signs
from evals.figures import Figure, accuracy, bootstrap_interval, macro_f1
from evals.fit_why import fit, fit_with_meaning, read_meanings, read_signs
from evals.shared import read_rows
from knowledge.lexicon import LANGUAGES, load_lexicon
from knowledge.pairs import LabelledAnswer, load_labelled_answers

FOLDS = 5
PART = "answers to why"
OWN, STRANGE, SHARED = "own, cross-validated", "own, fitted on the other languages", "shared sample"
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
        strange = read_strange(language)
        figures.append(_figure("macro-F1, 7 classes", f"{STRANGE}, {language}", strange, macro_f1))
        figures.append(_figure("accuracy, 3 ways", f"{STRANGE}, {language}", _in_three(strange), accuracy))
    return tuple(figures)


def read_own() -> list[Read]:
    """Our own pairs, each read by a model that has not seen its topic."""
    pairs = load_labelled_answers()
    found: list[Read] = []
    for fold in range(FOLDS):
        found += _read_held_out(pairs, [one.topic % FOLDS == fold for one in pairs])
    return found


def read_strange(language: str) -> list[Read]:
    """Our own pairs in one language, each read by a model that has seen none in it."""
    pairs = load_labelled_answers()
    return _read_held_out(pairs, [one.language == language for one in pairs])


def _read_held_out(pairs: Sequence[LabelledAnswer], held: Sequence[bool]) -> list[Read]:
    """The pairs marked in `held`, read by a model fitted on the others."""
    signs, meanings = _signs(), _meanings()
    kept = [place for place, out in enumerate(held) if not out]
    classes = [pairs[place].answer_class for place in kept]
    with_meaning = bool(meanings[0])
    if with_meaning:
        head = fit_with_meaning([signs[place] for place in kept], [meanings[place] for place in kept], classes)
    else:
        head = fit([signs[place] for place in kept], classes)
    found = []
    for place, out in enumerate(held):
        if out:
            one = pairs[place]
            likely = (
                weigh_meaning(signs[place], meanings[place], head) if with_meaning else weigh_signs(signs[place], head)
            )
            said = choose_class(likely)
            found.append(Read(one.answer_class, said, _by_rule(one.answer, one.language), one.language))
    return found


@cache
def _signs() -> list[frozenset[str]]:
    return [read_signs(one) for one in load_labelled_answers()]


@cache
def _meanings() -> list[Mapping[str, float]]:
    return read_meanings(load_labelled_answers())


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
