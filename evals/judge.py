"""Measures the judge: kinds, vague, measurable, time-bound, compound, and how fast it is.

Our own statements are each judged by models fitted without their source (those written in the manner of the same
publisher are left out together); figures are given for English and for each other language. The development sample and
the statements of other hands, which trained nothing, are judged by the models as they ship. Beside each figure stand
three baselines: the commonest label, rules of thumb, and (on the sample) logistic regression over sentence embeddings
of our own statements.
"""

import math
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from assistant.judging.judge import judge
from evals.figures import Figure, accuracy, bootstrap_interval, f1, macro_f1
from evals.fit_judge import BY_GIST, BY_SIGNS, HEADS, fit_panel, label, signs_of
from evals.folds import FOLDS, share_out
from evals.hands import ENGLISH, FURTHER, OTHERS, load_hands
from evals.held_out import read_held_out
from evals.judge_baselines import EMBEDDED, HEURISTIC, MAJORITY, guess, learn_from_embeddings
from evals.shared import SharedStatement, load_statements
from evals.slots import measure_slots
from evals.specificity import Likely, measure_specificity
from knowledge.labelled import Labelled, load_labelled
from knowledge.lexicon import LANGUAGES

SHARED = "shared sample"
TIMED = 1000
WHOLE = (ENGLISH, OTHERS, *FURTHER.values())  # those of which there are enough for every head


class Pair(NamedTuple):
    """A gold label and the label the judge gave."""

    gold: str
    said: str


@dataclass(frozen=True, slots=True)
class Answers:
    """What was said of a set of cases: by the judge and by each baseline, a pair a case, in the same order."""

    cases: str
    pairs: Mapping[str, Sequence[Pair]]
    baselines: Mapping[str, Mapping[str, Sequence[Pair]]]


def measure() -> tuple[Figure, ...]:
    """Every figure of the judge, on our own statements and on the sample where it is present."""
    own = judge_held_out(load_labelled())
    answers = [_own_answers(own, "own English, sources held out", "en")]
    if shared := load_statements():
        answers.append(_shared_answers(shared))
    hands = [_hand_answers(cases, statements) for cases, statements in load_hands().items()]
    answers += [one for one in hands if one.cases in WHOLE]
    figures = [figure for one in answers for head in HEADS for figure in _figures(head, one)]
    # Thirty statements a language are enough for the kind alone.
    figures += [figure for one in hands if one.cases not in WHOLE for figure in _figures("kind", one)]
    for language in LANGUAGES[1:]:
        one = _own_answers(own, f"own {language}, sources held out", language)
        told = [figure for head in HEADS for figure in _figures(head, one)]
        figures += [figure for figure in told if figure.baseline_name == MAJORITY]
    return (*figures, *measure_specificity(own), *measure_slots(), _time())


def judge_held_out(statements: Sequence[Labelled]) -> list[tuple[Labelled, Likely]]:
    """Each statement with how likely models fitted without its source find each answer, by head."""
    signs, by_gist = [signs_of(one) for one in statements], read_held_out(statements)
    fold = share_out([one.source for one in statements])
    said: dict[int, Likely] = {}
    for number in range(FOLDS):
        kept = [i for i, one in enumerate(statements) if fold[one.source] != number]
        left = [i for i, one in enumerate(statements) if fold[one.source] == number]
        panel = fit_panel(statements, signs, kept)
        for i in left:
            by_signs = panel.probabilities(signs[i])
            said[i] = {head: _add(by_signs[head], by_gist[head][i], head) for head in HEADS}
    return [(one, said[i]) for i, one in enumerate(statements)]


def _add(by_signs: Mapping[str, float], by_gist: Sequence[float], head: str) -> dict[str, float]:
    """What signs and gist say together, each as loud as the judge hears it."""
    totals = [
        BY_SIGNS[head] * math.log(share) + BY_GIST[head] * float(said)
        for share, said in zip(by_signs.values(), by_gist, strict=True)
    ]
    powers = [math.exp(total - max(totals)) for total in totals]
    return {answer: power / sum(powers) for answer, power in zip(by_signs, powers, strict=True)}


def _own_answers(judged: Sequence[tuple[Labelled, Likely]], cases: str, language: str) -> Answers:
    chosen = [
        (one, {head: max(shares.items(), key=lambda share: share[1])[0] for head, shares in likely.items()})
        for one, likely in judged
        if one.language == language
    ]
    pairs: dict[str, list[Pair]] = {head: [] for head in HEADS}
    thumb: dict[str, list[Pair]] = {head: [] for head in HEADS}
    for one, said in chosen:
        guessed = guess(one.text, one.context)
        for head in HEADS:
            if gold := label(one, head):
                pairs[head].append(_forgive(gold, said[head], one.other_kind))
                thumb[head].append(_forgive(gold, guessed[head], one.other_kind))
    return Answers(cases, pairs, {HEURISTIC: thumb})


def _shared_answers(shared: Sequence[SharedStatement]) -> Answers:
    pairs: dict[str, list[Pair]] = {head: [] for head in HEADS}
    thumb: dict[str, list[Pair]] = {head: [] for head in HEADS}
    learnt: dict[str, list[Pair]] = {head: [] for head in HEADS}
    embedded = learn_from_embeddings(load_labelled(), shared)
    for one, vectors in zip(shared, embedded, strict=True):
        goal = judge(one.text, context=one.context, language=one.language)
        said = {"kind": goal.statement.kind, **{head: _word(getattr(goal, head)) for head in HEADS[1:]}}
        guessed = guess(one.text, one.context)
        for head in HEADS:
            value = getattr(one, head)
            gold = _word(value) if isinstance(value, bool) else value
            if gold != "na":
                pairs[head].append(_forgive(gold, said[head], one.other_kind))
                thumb[head].append(_forgive(gold, guessed[head], one.other_kind))
                learnt[head].append(_forgive(gold, vectors[head], one.other_kind))
    return Answers(SHARED, pairs, {HEURISTIC: thumb, EMBEDDED: learnt})


def _hand_answers(cases: str, statements: Sequence[Labelled]) -> Answers:
    """What the judge as it ships, and rules of thumb, say of another hand's statements."""
    pairs: dict[str, list[Pair]] = {head: [] for head in HEADS}
    thumb: dict[str, list[Pair]] = {head: [] for head in HEADS}
    for one in statements:
        goal = judge(one.text, context=one.context, language=one.language)
        said = {"kind": goal.statement.kind, **{head: _word(getattr(goal, head)) for head in HEADS[1:]}}
        guessed = guess(one.text, one.context)
        for head in HEADS:
            if gold := label(one, head):
                pairs[head].append(_forgive(gold, said[head], one.other_kind))
                thumb[head].append(_forgive(gold, guessed[head], one.other_kind))
    return Answers(cases, pairs, {HEURISTIC: thumb})


def _forgive(gold: str, said: str, other: str) -> Pair:
    """Either of two defensible labels counts as right."""
    return Pair(gold, gold if said == other else said)


def _figures(head: str, answers: Answers) -> list[Figure]:
    """A figure for each measure of a head and each baseline beside it."""
    pairs = answers.pairs[head]
    common = Counter(pair.gold for pair in pairs).most_common(1)[0][0]
    baselines: dict[str, Sequence[Pair]] = {MAJORITY: [Pair(pair.gold, common) for pair in pairs]}
    baselines |= {name: said[head] for name, said in answers.baselines.items()}
    return [
        Figure(head, name, answers.cases, len(pairs), value, *interval, baseline, score(said))
        for name, score in _measures(head).items()
        for value, interval in [(score(pairs), bootstrap_interval(pairs, score))]
        for baseline, said in baselines.items()
    ]


def _measures(head: str) -> dict[str, Callable[[Sequence[Pair]], float]]:
    if head == "kind":
        return {"macro-F1": macro_f1, "accuracy": accuracy}
    if head == "vague":
        return {"F1 of vague": lambda pairs: f1(pairs, "yes"), "F1 of specific": lambda pairs: f1(pairs, "no")}
    return {"accuracy": accuracy}


def _time() -> Figure:
    """Processor seconds for 1,000 statements in nine languages, the models once loaded."""
    statements = (load_labelled() * 2)[:: max(1, 2 * len(load_labelled()) // TIMED)][:TIMED]
    judge(statements[0].text)
    begun = time.process_time()
    for one in statements:
        judge(one.text, context=one.context)
    seconds = time.process_time() - begun
    return Figure("judge", "processor seconds", "1,000 statements", TIMED, seconds, seconds, seconds, "aim", 10.0)


def _word(flag: bool) -> str:
    return "yes" if flag else "no"
