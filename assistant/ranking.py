"""How well free texts fit a goal: words, pieces of words, shared concepts and, where given, vectors, fused."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from knowledge.concepts import find_concepts, load_concepts
from knowledge.library.stems import content_stems

Embed = Callable[[Sequence[str]], npt.NDArray[np.float32]]
Weights = Mapping[str, float]
Scores = npt.NDArray[np.float64]

# Chosen on 73 goals with their indicators that are no evaluation cases. What was tried there and left out: counting
# concepts akin to those named (worse), BM25 for more than a fifth (worse), a second, English model (no better).
_WORDS, _PIECES, _CONCEPTS = 0.2, 0.4, 0.4
_VECTORS = 0.6
_SATURATION, _LENGTH = 1.2, 0.5  # BM25's k1 and b: indicators are short, so length counts for little
_PIECE_LENGTHS = (3, 4, 5)
_MIDDLE = 2.0  # standard deviations above the bank's mean at which a score is one half


@dataclass(frozen=True, slots=True)
class ReadTexts:
    """Texts made ready to be set against many goals: what they hold, and how much each feature tells among them."""

    language: str
    stems: tuple[Counter[str], ...]
    stem_weights: Weights
    pieces: tuple[Weights, ...]
    piece_weights: Weights
    concepts: tuple[Weights, ...]
    concept_weights: Weights
    vectors: npt.NDArray[np.float32] | None


def read_texts(texts: Sequence[str], language: str, embed: Embed | None = None) -> ReadTexts:
    """Read the texts once.

    Args:
        texts: what is to be ranked, at least one: name and definition of each indicator.
        language: the language of the texts, or "und".
        embed: texts to vectors of length 1, the same for goals and texts; None to do without.
    """
    stems = tuple(Counter(content_stems(text, language)) for text in texts)
    pieces = tuple(Counter(_pieces(text)) for text in texts)
    concepts = tuple(_concepts(text, language) for text in texts)
    piece_weights, concept_weights = rarity(pieces), rarity(concepts)
    return ReadTexts(
        language=language,
        stems=stems,
        stem_weights=rarity(stems),
        pieces=tuple(weigh(text, piece_weights) for text in pieces),
        piece_weights=piece_weights,
        concepts=tuple(weigh(text, concept_weights) for text in concepts),
        concept_weights=concept_weights,
        vectors=embed(texts) if embed else None,
    )


def fit(goal: str, language: str, texts: ReadTexts, embed: Embed | None = None) -> tuple[float, ...]:
    """How well each text fits the goal, between 0 and 1, in the order of the texts.

    Each signal is counted in standard deviations from its mean over the texts, so the figures rank the texts of one
    bank for one goal and do not compare goals. `embed` must be the one the texts were read with.
    """
    fused = (
        _WORDS * _standard(bm25(goal, texts))
        + _PIECES * _standard(pieces_in_common(goal, texts))
        + _CONCEPTS
        * _standard([cosine(weigh(_concepts(goal, language), texts.concept_weights), one) for one in texts.concepts])
    )
    if texts.vectors is not None and embed is not None:
        fused = (1 - _VECTORS) * fused + _VECTORS * _standard(texts.vectors @ embed([goal])[0])
    return tuple(float(one) for one in 1 / (1 + np.exp(_MIDDLE - fused)))


def bm25(goal: str, texts: ReadTexts) -> list[float]:
    """How many of the goal's words each text has, the rarer the more (BM25 over stems); 0 for none."""
    lengths = [sum(stems.values()) for stems in texts.stems]
    mean = max(1.0, sum(lengths) / len(lengths))
    stems_asked = sorted(set(content_stems(goal, texts.language)))
    return [
        sum(
            texts.stem_weights[stem]
            * stems[stem]
            * (_SATURATION + 1)
            / (stems[stem] + _SATURATION * (1 - _LENGTH + _LENGTH * length / mean))
            for stem in stems_asked
            if stem in stems
        )
        for stems, length in zip(texts.stems, lengths, strict=True)
    ]


def pieces_in_common(goal: str, texts: ReadTexts) -> list[float]:
    """The likeness of spelling between the goal and each text, 0 to 1."""
    asked = weigh(Counter(_pieces(goal)), texts.piece_weights)
    return [cosine(asked, one) for one in texts.pieces]


def rarity(texts: Sequence[Iterable[str]]) -> dict[str, float]:
    """For each feature, how much it tells: the logarithm of how many texts there are to each that has it."""
    counts = Counter(feature for text in texts for feature in set(text))
    return {feature: math.log(1 + len(texts) / count) for feature, count in counts.items()}


def weigh(features: Weights, weights: Weights) -> dict[str, float]:
    """Features by how much they tell; one that no text has counts as much as one that a single text has."""
    unknown = max(weights.values(), default=1.0)
    return {
        one: (1 + math.log(max(count, 1))) * min(count, 1) * weights.get(one, unknown)
        for one, count in features.items()
    }


def cosine(first: Weights, second: Weights) -> float:
    """The cosine of two bags of weighted features, 0 where either is empty."""
    size = math.sqrt(sum(one * one for one in first.values()) * sum(one * one for one in second.values()))
    return sum(weight * second[one] for one, weight in first.items() if one in second) / size if size else 0.0


def _pieces(text: str) -> Iterable[str]:
    """The runs of three to five letters within each word, its edges marked."""
    for word in "".join(sign if sign.isalpha() else " " for sign in text.casefold()).split():
        marked = f"_{word}_"
        for length in _PIECE_LENGTHS:
            yield from (marked[start : start + length] for start in range(len(marked) - length + 1))


def _concepts(text: str, language: str) -> dict[str, float]:
    known = load_concepts()
    return {one: 1.0 for one in sorted(find_concepts(text, language)) if known[one].kind != "measure"}


def _standard(values: Sequence[float] | npt.NDArray[np.float32]) -> Scores:
    array = np.asarray(values, dtype=np.float64)
    spread = float(array.std())
    return (array - array.mean()) / spread if spread > 0 else np.zeros(len(array))
