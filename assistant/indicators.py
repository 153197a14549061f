"""Indicators for a goal: from Askwhy's own bank, varied and with a check on quality, or from a bank that is given."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from assistant.domain import GuideRef
from assistant.indicator import Example, Formula, Indicator, Level, Nature
from assistant.ranking import Embed, ReadTexts, cosine, fit, pieces_in_common, rarity, read_texts, weigh
from knowledge.bank import BankEntry, KnownIndicator, Method, WorkedFormula, load_indicators
from knowledge.bank_wording import Wording, word
from knowledge.concepts import find_concepts, load_concepts
from knowledge.faults import EmptyText, OversizedText
from knowledge.identification import LANGUAGES, identify_language
from knowledge.phrasebook import load_phrases

MOST_WORDS = 2000
BANK_PROVENANCE = "bank"

_SPELLING = 0.3  # the share of likeness in spelling in the fit of our own indicators; the rest is their concepts
_VECTORS = 0.3  # the share of likeness in meaning where there are vectors; of 0.2 to 0.6 the best on our own cases
_FAR_ABOVE = 4.0  # standard deviations above the mean at which likeness in meaning counts in full
_OTHER_PEOPLE = 0.5  # what remains of the fit where the goal names other people than the indicator watches
_NO_PEOPLE = 0.7  # … and where it watches nobody in particular
_PART = 0.9  # what the fit to one part of a goal counts for beside the fit to the whole
_AND = re.compile(r"[;,]|\s(?:and|ja|og|en|und|és|et|y|e)\s")
_CHIEF = (1.0, 0.6, 0.4, 0.3)  # what an indicator's concepts count for, the chief one first
_LEAST = 0.2  # a proposal fits at least this well …
_LEAST_OF_BEST = 0.4  # … and at least this share of the best one
_SAME_FAMILY = 0.12  # what each proposal already taken from a family takes from the fit of the next one
_SAME_SORT = 0.04  # the same for level and nature alike
# What a goal is about where it wants people to change: then a count of activities alone would miss it.
_PEOPLE_CHANGE = frozenset({"skills", "intercultural", "language", "transversal", "citizenship", "satisfaction"})
_OUTCOME_CONCEPTS = frozenset(
    {"skills", "satisfaction", "attainment", "completion", "recognition", "wellbeing", "attendance", "quality"}
)
_IMPACT_CONCEPTS = frozenset({"employment"})


@dataclass(frozen=True, slots=True)
class _OwnBank:
    """Our indicators as one language reads them: their concepts weighted, their names' spelling."""

    indicators: tuple[KnownIndicator, ...]
    about: tuple[Mapping[str, float], ...]
    concept_weights: Mapping[str, float]
    names: ReadTexts


def propose(
    goal: str,
    *,
    k: int = 5,
    bank: tuple[BankEntry, ...] | None = None,
    language: str | None = None,
    embed: Embed | None = None,
) -> tuple[Indicator, ...]:
    """Up to `k` indicators for a goal, the best fit first; baselines and targets stay empty, they are the manager's.

    From our own bank: where the goal wants people to change, one proposal at least is an outcome or impact; a count
    comes with the indicator that keeps it honest (guide 5.5); proposals of one family give way to others nearly as
    fit. A goal that speaks of nothing the bank knows gets fewer, or none. From a given bank: that bank alone, ranked.

    Args:
        goal: the goal in the manager's words, 1 to 2,000 words.
        k: the most to propose.
        bank: a foreign bank (`knowledge.bank.read_bank`); None for our own.
        language: of the goal, an ISO 639-1 code; None to find out. Names, definitions and all else come in it.
        embed: texts to vectors of length 1, the same for goals and indicators; None to do without.

    Raises:
        EmptyText: where the goal has no letter or digit.
        OversizedText: where it has more than 2,000 words.
    """
    if not any(sign.isalnum() for sign in goal):
        remedy = "Write the goal that needs an indicator."
        raise EmptyText("the goal", "there is nothing in it", remedy, key="no_goal")
    if len(goal.split()) > MOST_WORDS:
        raise OversizedText("the goal", f"it has more than {MOST_WORDS} words", "Give one goal at a time.")
    spoken = language if language is not None else identify_language(goal)
    if bank is not None:
        return _from_bank(goal, spoken, bank, embed)[:k] if bank else ()
    shown = spoken if spoken in LANGUAGES else "en"
    return tuple(_indicator(one, score, shown) for one, score in _choose(goal, spoken, _own_bank(shown), k, embed))


def find_indicator(named: str, language: str) -> Indicator | None:
    """Our indicator with the id `named` in a language, or None; how well it fits is not asked (score 1)."""
    shown = language if language in LANGUAGES else "en"
    return next((_indicator(one, 1.0, shown) for one in load_indicators() if one.id == named), None)


def _choose(goal: str, spoken: str, own: _OwnBank, k: int, embed: Embed | None) -> list[tuple[KnownIndicator, float]]:
    named = find_concepts(goal, spoken)
    scores = _fits(goal, spoken, own)
    if embed is not None:
        scores = _with_meaning(goal, scores, embed)
    by_id = dict(zip((one.id for one in own.indicators), scores, strict=True))
    floor = max(_LEAST, _LEAST_OF_BEST * max(scores))
    open_ones = [one for one in own.indicators if by_id[one.id] >= floor]
    chosen: list[KnownIndicator] = []
    while open_ones and len(chosen) < k:
        best = max(open_ones, key=lambda one: by_id[one.id] - _sameness(one, chosen))
        chosen.append(best)
        open_ones.remove(best)
    _pair_counts(chosen, by_id, k)
    if named & _PEOPLE_CHANGE:
        _include_outcome(chosen, [one for one in own.indicators if by_id[one.id] >= floor], by_id, k)
    return sorted(((one, by_id[one.id]) for one in chosen), key=lambda pair: -pair[1])


def _fits(goal: str, spoken: str, own: _OwnBank) -> list[float]:
    """How well each indicator fits the goal as a whole or, where it says several things of different people, a part."""
    parts = [find_concepts(part, spoken) for part in _AND.split(goal)]
    several = [part for part in parts if _people(part) and part - _people(part)]
    wholes = _concept_fits(find_concepts(goal, spoken), own)
    if len({_people(part) for part in several}) > 1:
        of_parts = zip(*(_concept_fits(part, own) for part in several), strict=True)
        wholes = [max(whole, _PART * max(part)) for whole, part in zip(wholes, of_parts, strict=True)]
    spelling = pieces_in_common(goal, own.names)
    return [(1 - _SPELLING) * one + _SPELLING * like for one, like in zip(wholes, spelling, strict=True)]


def _concept_fits(named: frozenset[str], own: _OwnBank) -> list[float]:
    people = _people(named)
    asked = weigh(dict.fromkeys(sorted(named & own.concept_weights.keys()), 1.0), own.concept_weights)
    return [
        cosine(asked, about) * _people_share(people, one.beneficiaries)
        for one, about in zip(own.indicators, own.about, strict=True)
    ]


def _people(named: frozenset[str]) -> frozenset[str]:
    return frozenset(one for one in named if load_concepts()[one].kind == "who")


def _with_meaning(goal: str, scores: Sequence[float], embed: Embed) -> list[float]:
    likeness = _vectors(embed) @ embed([goal])[0]
    meant = np.clip((likeness - likeness.mean()) / (float(likeness.std() or 1) * _FAR_ABOVE), 0, 1)
    return [(1 - _VECTORS) * one + _VECTORS * float(other) for one, other in zip(scores, meant, strict=True)]


@lru_cache(maxsize=2)
def _vectors(embed: Embed) -> npt.NDArray[np.float32]:
    """Of the English names: a model of many languages finds them from any, and they are read once."""
    return embed([one.names["en"] for one in load_indicators()])


def _people_share(people: frozenset[str], watched: Sequence[str]) -> float:
    if not people or people & {*watched}:
        return 1.0
    return _OTHER_PEOPLE if watched else _NO_PEOPLE


def _sameness(one: KnownIndicator, chosen: Sequence[KnownIndicator]) -> float:
    """How much one proposal loses by what has been taken already."""
    families = sum(other.family == one.family for other in chosen)
    sorts = sum((other.level, other.nature) == (one.level, one.nature) for other in chosen)
    return _SAME_FAMILY * max(0, families - 1) + _SAME_SORT * sorts


def _pair_counts(chosen: list[KnownIndicator], by_id: dict[str, float], k: int) -> None:
    """Bring the best count's check on quality in, for the last one where there is no room; it fits as its count does.

    A pair belongs together, so the check never ranks below the proposals that it was preferred to.
    """
    counts = [one for one in chosen if one.pairs_with is not None]
    if k <= 1 or not counts or any(one.pairs_with in {other.id for other in chosen} for one in counts):
        return
    check = next(one for one in load_indicators() if one.id == counts[0].pairs_with)
    del chosen[k - 1 :]
    by_id[check.id] = max(by_id[check.id], min(by_id[one.id] for one in chosen))
    chosen.append(check)


def _include_outcome(
    chosen: list[KnownIndicator], fitting: Sequence[KnownIndicator], by_id: Mapping[str, float], k: int
) -> None:
    """Where all that is proposed are outputs, put the fittest outcome or impact in, for the last one if need be."""
    if any(one.level != "output" for one in chosen):
        return
    outcomes = [one for one in fitting if one.level != "output"]
    if outcomes:
        del chosen[k - 1 :]
        chosen.append(max(outcomes, key=lambda one: by_id[one.id]))


@lru_cache(maxsize=len(LANGUAGES))
def _own_bank(language: str) -> _OwnBank:
    indicators = load_indicators()
    weights = rarity([one.about for one in indicators])
    return _OwnBank(
        indicators=indicators,
        about=tuple(weigh(_by_place(one.about), weights) for one in indicators),
        concept_weights=weights,
        names=read_texts([_said(one.names, language) for one in indicators], language),
    )


def _by_place(about: Sequence[str]) -> dict[str, float]:
    return {one: _CHIEF[min(place, len(_CHIEF) - 1)] for place, one in enumerate(about)}


def _said(texts: Mapping[str, str], language: str) -> str:
    return texts.get(language, texts["en"])


def _indicator(known: KnownIndicator, score: float, language: str) -> Indicator:
    said = word(known, language)
    return Indicator(
        id=known.id,
        name=_said(known.names, language),
        family=known.family,
        level=known.level,
        nature=known.nature,
        definition=said.definition,
        formula=_formula(known.formula, said) if known.formula else None,
        method=_method(said.method, language) if said.method else None,
        data_source=said.data_source,
        frequency=said.frequency,
        limits=said.limits,
        guide=GuideRef(known.guide.section, known.guide.page) if known.guide else None,
        provenance=known.provenance,
        score=round(min(1.0, score), 4),
    )


def _formula(worked: WorkedFormula, said: Wording) -> Formula:
    example = Example(worked.example_numerator, worked.example_denominator, worked.result)
    return Formula(said.numerator, said.denominator, said.unit, example)


def _method(method: Method, language: str) -> str:
    return load_phrases(language).say("indicators", "method", **asdict(method))


def _from_bank(goal: str, spoken: str, bank: tuple[BankEntry, ...], embed: Embed | None) -> tuple[Indicator, ...]:
    texts = _read_bank_texts(bank, embed)
    scores = fit(goal, spoken, texts, embed)
    order = sorted(range(len(bank)), key=lambda place: -scores[place])
    return tuple(_foreign(bank[place], texts.language, scores[place]) for place in order)


@lru_cache(maxsize=8)
def _read_bank_texts(bank: tuple[BankEntry, ...], embed: Embed | None) -> ReadTexts:
    texts = [f"{one.name}. {one.definition}" if one.definition else one.name for one in bank]
    return read_texts(texts, identify_language(" ".join(one.name for one in bank)), embed)


def _foreign(entry: BankEntry, language: str, score: float) -> Indicator:
    """What a bank says of an indicator, and what its words let us infer; what neither says stays empty."""
    said = find_concepts(f"{entry.name} {entry.definition}", language)
    level: Level = "impact" if said & _IMPACT_CONCEPTS else "outcome" if said & _OUTCOME_CONCEPTS else "output"
    nature: Nature = "qualitative" if "judged" in said and "counted" not in said else "quantitative"
    return Indicator(
        id=entry.id,
        name=entry.name,
        family=_nearest_family(said),
        level=level,
        nature=nature,
        definition=entry.definition,
        formula=None,
        method=None,
        data_source="",
        frequency="",
        limits="",
        guide=None,
        provenance=BANK_PROVENANCE,
        score=round(score, 4),
    )


@lru_cache(maxsize=4096)
def _nearest_family(said: frozenset[str]) -> str:
    """The family of our indicator that shares most with what is said, "" where none shares anything."""
    own = _own_bank("en")
    likeness = _concept_fits(said, own)
    best = max(range(len(likeness)), key=lambda place: likeness[place])
    return own.indicators[best].family if likeness[best] > 0 else ""
