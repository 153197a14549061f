"""What gives away a paper that is no strategy (minutes, a contract, a thesis …), and what shows international work."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from knowledge.datafile import Fields, list_data, read_fields
from knowledge.lexicon import DEFAULT_LANGUAGE, LANGUAGES, compile_cues

_FILE = "papers.yaml"
_MOST = 60
PAPERS = (
    *("contract", "recipe", "paper", "invoice", "manual", "menu", "form", "minutes"),
    *("cv", "law", "news", "brochure", "application", "job_advert", "letter"),
)


@dataclass(frozen=True, slots=True)
class Telling:
    """What tells a kind of paper: a `title` in its first lines, `words` anywhere in it."""

    title: re.Pattern[str]
    words: re.Pattern[str]


@cache
def load_papers(language: str) -> Mapping[str, Telling]:
    """What tells each kind of paper in `language`, by the kind's name in `PAPERS`; in English for a code without any.

    Raises:
        ValueError: if the file has not the form it must have; the message names the file and the key.
    """
    papers = _read_papers(language)
    told = {name: papers.inner(name) for name in PAPERS}
    return {
        name: Telling(compile_cues(one.texts("title", 1, _MOST)), compile_cues(one.texts("words", 1, _MOST)))
        for name, one in told.items()
    }


def _read_papers(language: str) -> Fields:
    data = read_fields(next(file for file in list_data("languages") if file.name == _FILE))
    data.allow("papers", "international")
    papers = data.inner("papers").inner(language if language in LANGUAGES else DEFAULT_LANGUAGE)
    papers.allow(*PAPERS)
    return papers


def find_telling(text: str, language: str) -> Mapping[str, frozenset[str]]:
    """The words in `text` that tell each kind of paper, by the kind's name, in small letters.

    One look along the text finds every place where a word of any kind begins; the kinds' own are tried only there.
    """
    papers = load_papers(language)
    found: dict[str, set[str]] = {name: set() for name in papers}
    ends = dict.fromkeys(papers, 0)
    for place in _load_beginnings(language).finditer(text):
        for name, telling in papers.items():
            word = telling.words.match(text, place.start()) if place.start() >= ends[name] else None
            if word:
                found[name].add(word[0].casefold())
                ends[name] = word.end()
    return {name: frozenset(words) for name, words in found.items()}


@cache
def _load_beginnings(language: str) -> re.Pattern[str]:
    """Where a word of any kind of paper begins."""
    papers = _read_papers(language)
    words = [word for name in PAPERS for word in papers.inner(name).texts("words", 1, _MOST)]
    return re.compile(f"(?={compile_cues(words).pattern})", re.IGNORECASE)


@cache
def load_international(language: str) -> re.Pattern[str]:
    """The words for international work in `language`; English for a code without any.

    Raises:
        ValueError: as `load_papers` does.
    """
    data = read_fields(next(file for file in list_data("languages") if file.name == _FILE))
    words = data.inner("international").texts(language if language in LANGUAGES else DEFAULT_LANGUAGE, 1, _MOST)
    return compile_cues(words)
