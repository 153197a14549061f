"""Measures the proposals of indicators: from our own bank by family, from a foreign bank by entry.

Our own goals come in two sets. The first was looked at while the matching was made; the second was written when it was
settled (a mistyped cue and the share of the vectors came after it), so the second tells more. On the sample, one real
plan lists measures under its pillars: its focus areas are the goals, and every measure of the same pillar counts as
right. The figures "with vectors" add the default embeddings. Baselines: the commonest families, and plain BM25.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

import numpy as np

from assistant.indicators import propose
from assistant.ranking import Embed, bm25, read_texts
from evals.figures import Figure, bootstrap_interval, wilson_interval
from evals.shared import FOLDER
from knowledge.bank import BankEntry
from knowledge.concepts import LANGUAGES
from knowledge.datafile import Fields, read_fields
from knowledge.library.embeddings import open_embeddings

FIRST, SECOND, BANK, PLAN = "own, first set", "own, second set", "own bank", "shared sample, one plan"
MOST = 5
_PLAN_FILE = FOLDER / "data" / "strategies" / "48-us-ncdpi-strategic-plan.txt"


@dataclass(frozen=True, slots=True)
class Case:
    """A goal, its language, and what is right for it: families, or ids of a bank's entries."""

    goal: str
    language: str
    right: frozenset[str]


@dataclass(frozen=True, slots=True)
class CaseBank:
    """A foreign bank with the goals it is to answer."""

    name: str
    entries: tuple[BankEntry, ...]
    cases: tuple[Case, ...]


def measure() -> tuple[Figure, ...]:
    """Hit@1, hit@5 and MRR of every set, without and with vectors; the sample's only where it is present."""
    embeddings = open_embeddings()

    def embed(texts: Sequence[str]) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
        return np.array(embeddings.embed_documents(list(texts)), dtype=np.float32)

    figures: list[Figure] = []
    for part, meaning in (("indicators", None), ("indicators with vectors", embed)):
        for name, cases in own_cases().items():
            figures += _family_figures(part, name, cases, meaning)
        for bank in (own_bank(), *plan_bank()):
            figures += _bank_figures(part, bank, meaning)
    return tuple(figures)


def own_cases() -> dict[str, tuple[Case, ...]]:
    """Our own goals with their acceptable families, by the name of their set."""
    fields = _case_file()
    return {
        name: tuple(
            Case(one.text("goal"), one.choice("language", LANGUAGES), frozenset(one.texts("families", 1, 5)))
            for one in fields.each(key)
        )
        for name, key in ((FIRST, "own"), (SECOND, "blind"))
    }


def own_bank() -> CaseBank:
    """A bank as a school might bring it along, with goals and the entries that fit each."""
    fields = _case_file()
    entries = tuple(
        BankEntry(one.text("id"), one.text("name"), one.text("definition") if one.has("definition") else "")
        for one in fields.each("bank")
    )
    cases = tuple(Case(one.text("goal"), "", frozenset(one.texts("fits", 1, 5))) for one in fields.each("bank_goals"))
    return CaseBank(BANK, entries, cases)


def plan_bank() -> tuple[CaseBank, ...]:
    """The one plan of the sample that lists measures under its pillars; nothing where the sample is absent."""
    if not _PLAN_FILE.is_file():
        return ()
    entries: list[BankEntry] = []
    cases: list[Case] = []
    for pillar in re.split(r"\n(?=Pillar \d+: )", _PLAN_FILE.read_text(encoding="utf-8"))[1:]:
        measures = re.findall(r"^- (.+)", pillar.partition("\nMeasures\n")[2], re.MULTILINE)
        own = [BankEntry(f"m{len(entries) + place}", name) for place, name in enumerate(measures)]
        entries += own
        right = frozenset(one.id for one in own)
        cases += [Case(goal, "en", right) for goal in re.findall(r"^Focus area [\d.]+: (.+)", pillar, re.MULTILINE)]
    return (CaseBank(PLAN, tuple(entries), tuple(cases)),)


def _case_file() -> Fields:
    return read_fields(files("evals") / "cases" / "indicators.yaml")


def _family_figures(part: str, name: str, cases: Sequence[Case], embed: Embed | None) -> list[Figure]:
    ranks = [
        _rank(case, [one.family for one in propose(case.goal, k=MOST, language=case.language, embed=embed)])
        for case in cases
    ]
    commonest = [family for family, _ in Counter(one for case in cases for one in sorted(case.right)).most_common(MOST)]
    return _figures(part, name, ranks, "commonest families", [_rank(case, commonest) for case in cases])


def _bank_figures(part: str, bank: CaseBank, embed: Embed | None) -> list[Figure]:
    ranks, plain = [], []
    texts = read_texts([f"{one.name} {one.definition}" for one in bank.entries], "en")
    for case in bank.cases:
        ranked = propose(case.goal, k=len(bank.entries), bank=bank.entries, embed=embed)
        ranks.append(_rank(case, [one.id for one in ranked]))
        worded = sorted(zip(bm25(case.goal, texts), bank.entries, strict=True), key=lambda pair: -pair[0])
        plain.append(_rank(case, [one.id for _, one in worded]))
    return _figures(part, bank.name, ranks, "BM25", plain)


def _rank(case: Case, said: Sequence[str]) -> int:
    """The place, from 1, of the first right answer; 0 where there is none."""
    return next((place for place, one in enumerate(said, start=1) if one in case.right), 0)


def _figures(part: str, cases: str, ranks: Sequence[int], baseline_name: str, baseline: Sequence[int]) -> list[Figure]:
    figures = []
    for most in (1, MOST):
        hits = sum(1 <= rank <= most for rank in ranks)
        low, high = wilson_interval(hits, len(ranks))
        others = sum(1 <= rank <= most for rank in baseline) / len(baseline)
        figures.append(
            Figure(part, f"hit@{most}", cases, len(ranks), hits / len(ranks), low, high, baseline_name, others)
        )
    low, high = bootstrap_interval(ranks, mean_reciprocal)
    value, other = mean_reciprocal(ranks), mean_reciprocal(baseline)
    figures.append(Figure(part, "MRR", cases, len(ranks), value, low, high, baseline_name, other))
    return figures


def mean_reciprocal(ranks: Sequence[int]) -> float:
    """The mean of 1/rank, a rank of 0 (not found) counting nothing."""
    return sum(1 / rank for rank in ranks if rank) / len(ranks)
