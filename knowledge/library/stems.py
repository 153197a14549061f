"""Words and their stems, in each of our languages."""

import re
from functools import cache
from typing import TYPE_CHECKING

from knowledge.datafile import list_data, read_fields

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


def content_stems(text: str, language: str) -> list[str]:
    """The stems of the words that carry meaning, in order."""
    stop_words = _stop_words(language)
    return _stemmed([word for word in WORD.findall(text.casefold()) if word not in stop_words], language)


def _stemmed(words: list[str], language: str) -> list[str]:
    stemmer = _stemmer(language)
    return stemmer.stemWords(words) if stemmer else words


@cache
def _stemmer(language: str) -> "Stemmer | None":
    import Stemmer as Snowball  # the package is named like its class; loaded when first needed

    return Snowball.Stemmer(STEMMERS[language]) if language in STEMMERS else None


@cache
def _stop_words(language: str) -> frozenset[str]:
    fields = next(read_fields(file) for file in list_data("coverage") if file.name == "stopwords.yaml")
    return frozenset(fields.text(language).split()) if fields.has(language) else frozenset()
