"""Search by words beside search by meaning: BM25 over stems of the same language and over concepts across languages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.library.stems import content_stems
from knowledge.library.thesaurus import concepts_of_word, find_concepts

if TYPE_CHECKING:
    from bm25s import BM25


@dataclass(frozen=True, slots=True)
class LexicalIndex:
    """BM25 of some texts; `vocabulary` holds every term that occurs in them."""

    index: "BM25"
    vocabulary: frozenset[str]
    size: int

    def scores(self, question: str, language: str) -> list[float]:
        """BM25 of each text for a question, 0 for a text that shares no term with it."""
        asked = [term for term in terms_of(question, language) if term in self.vocabulary]
        return [float(score) for score in self.index.get_scores(asked)] if asked else [0.0] * self.size


def build_lexical(texts: Sequence[tuple[str, str]]) -> LexicalIndex:
    """Index texts by their words and concepts.

    Args:
        texts: pairs of a text and the code of its language; at least one of them has a word.
    """
    from bm25s import BM25  # half a second that `import knowledge` need not take

    terms = [terms_of(text, language) for text, language in texts]
    index = BM25()
    index.index(terms, show_progress=False)
    return LexicalIndex(index, frozenset(term for of_text in terms for term in of_text), len(texts))


def share_known(text: str, language: str, terms: frozenset[str]) -> float:
    """The share of a text's words of meaning found in `terms`, themselves or by a concept; 0 where it has none."""
    stems = set(content_stems(text, language))
    known = [
        f"{language}:{stem}" in terms
        or not terms.isdisjoint(f"#{concept}" for concept in concepts_of_word(stem, language))
        for stem in stems
    ]
    return sum(known) / len(known) if known else 0.0


def terms_of(text: str, language: str) -> list[str]:
    """What a text is found by: the stems of its words, each marked with the language, and the concepts they name.

    A stem meets only the same language's stems, so words that look alike in two languages do not; concepts meet
    across languages.
    """
    stems = [f"{language}:{stem}" for stem in content_stems(text, language)]
    return stems + [f"#{concept}" for concept in find_concepts(text, language)]
