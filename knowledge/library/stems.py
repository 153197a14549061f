"""Words and their stems, in each of our languages."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from knowledge.datafile import Fields, list_data, read_fields

if TYPE_CHECKING:
    from Stemmer import Stemmer

WORD = re.compile(r"[^\W\d_]+|\d+")
STEMMERS = {
    "da": "danish",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "hu": "hungarian",
    "it": "italian",
    "nl": "dutch",
}


def stem_words(text: str, language: str) -> list[str]:
    """The stem of every word and number, in order; words as they are, folded, in a language without a stemmer."""
    return _stemmed(WORD.findall(text.casefold()), language)


def stem_each(texts: Sequence[str], language: str) -> list[tuple[str, ...]]:
    """The stems of each of some texts, as `stem_words` gives them; many short ones cost little more than one long."""
    words = [WORD.findall(text.casefold()) for text in texts]
    stems = iter(_stemmed([word for of_text in words for word in of_text], language))
    return [tuple(islice(stems, len(of_text))) for of_text in words]


def content_stems(text: str, language: str) -> list[str]:
    """The stems of the words that carry meaning, in order."""
    return stem_and_sift(text, language)[1]


def stem_and_sift(text: str, language: str) -> tuple[list[str], list[str]]:
    """The stems of all words, and those of the words that carry meaning, both in order."""
    words, stop_words = WORD.findall(text.casefold()), _stop_words(language)
    stems = _stemmed(words, language)
    return stems, [stem for word, stem in zip(words, stems, strict=True) if word not in stop_words]


def _stemmed(words: list[str], language: str) -> list[str]:
    stemmer = _stemmer(language)
    return stemmer.stemWords(words) if stemmer else words


@cache
def _stemmer(language: str) -> "Stemmer | None":
    import Stemmer as Snowball  # the package is named like its class; loaded when first needed

    return Snowball.Stemmer(STEMMERS[language]) if language in STEMMERS else None


@cache
def _stop_words(language: str) -> frozenset[str]:
    fields = _stop_word_lists()
    return frozenset(fields.text(language).split()) if fields.has(language) else frozenset()


@cache
def _stop_word_lists() -> Fields:
    return next(read_fields(file) for file in list_data("coverage") if file.name == "stopwords.yaml")
