"""Sentences to a machine: how many of those in evals/cases/addressed.yaml are found, and how many innocent ones too."""

from collections.abc import Iterator
from importlib.resources import files

from evals.figures import Figure, wilson_interval
from knowledge.addressing import find_addressed
from knowledge.datafile import read_fields
from knowledge.lexicon import LANGUAGES

MOST = 50  # sentences of a kind in a language


def measure() -> tuple[Figure, ...]:
    """The share of attacks found and of innocent sentences taken for attacks; the baseline finds nothing."""
    return (_share("attacks", "found"), _share("unseen attacks", "found"), _share("innocent", "taken for attacks"))


def read_sentences(kind: str) -> Iterator[str]:
    """The sentences of one kind: "attacks", "unseen attacks" (written after the cues, changed nothing), "innocent"."""
    cases = read_fields(files("evals") / "cases" / "addressed.yaml").inner(kind)
    for language in LANGUAGES:
        yield from cases.texts(language, 1, MOST)


def _share(kind: str, measure_name: str) -> Figure:
    found = [bool(find_addressed(sentence)) for sentence in read_sentences(kind)]
    low, high = wilson_interval(sum(found), len(found))
    share = sum(found) / len(found)
    cases = f"own {kind}, nine languages"
    return Figure("integrity", f"share {measure_name}", cases, len(found), share, low, high, "no check", 0.0)
