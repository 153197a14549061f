"""What the wording of a language model is checked for in each language: praise, months, and words of quantity."""

import re
from dataclasses import dataclass
from functools import cache

from knowledge.counting import load_counting
from knowledge.digest import load_digest
from knowledge.lexicon import DEFAULT_LANGUAGE, LANGUAGES, compile_cues, load_lexicon
from knowledge.library.stems import content_stems
from knowledge.rulebook import Rule, load_rules
from knowledge.translations import load_translations
from knowledge.wording import read_words

_FILE = "speaking.yaml"
_MOST, _MOST_ASKED = 60, 400
_WORD = re.compile(r"[^\W\d_]+")
_HOLE = re.compile(r"{\w*}")
_QUESTIONS = (
    *("why_", "higher_goal_", "means_or_activity_", "circular_", "mandate_or_funding_", "unsure_"),
    *("ask_", "hint_"),
)


@dataclass(frozen=True, slots=True)
class Speaking:
    """One language's lists, each a compiled pattern; `flatters` and `plain` are sentences that praise and do not.

    `asks` are the words that questions are made of.
    """

    praise: re.Pattern[str]
    months: re.Pattern[str]
    quantities: re.Pattern[str]
    asks: re.Pattern[str]
    flatters: tuple[str, ...]
    plain: tuple[str, ...]


@cache
def load_speaking(language: str) -> Speaking:
    """The lists of `language`; English for a code that has none.

    Words of quantity are those of the file and the small numbers from two on: one is an article in most languages.

    Raises:
        ValueError: if the file has not the form it must have; the message names the file and the key.
    """
    data = read_words(_FILE, language)
    data.allow(*Speaking.__slots__)
    return Speaking(
        praise=compile_cues(data.texts("praise", 1, _MOST)),
        months=compile_cues(data.texts("months", 1, _MOST)),
        quantities=compile_cues((*data.texts("quantities", 1, _MOST), *load_counting(language).numbers[1:])),
        asks=compile_cues(data.texts("asks", 1, _MOST_ASKED)),
        flatters=data.texts("flatters", 1, _MOST),
        plain=data.texts("plain", 1, _MOST),
    )


@cache
def plain_words(language: str) -> frozenset[str]:
    """The words, in small letters, that our own texts in `language` use: a capital does not make a name of them.

    Our texts are the digest of the guide, the rules' remarks and the built-in voice. A word of the digest that stands
    there with a capital alone is a name, unless it opens a question, or is German, where every noun has a capital; the
    others hold no names.
    """
    code = language if language in LANGUAGES else DEFAULT_LANGUAGE
    digest = load_digest() if code == DEFAULT_LANGUAGE else tuple(load_translations(code).values())
    questions = [question for entry in digest for question in entry.questions]
    texts = [*questions, *(part for entry in digest for part in (entry.title, entry.text))]
    words = {word for text in texts for word in _WORD.findall(text) if code == "de" or word.islower()}
    words |= {opener[0] for question in questions if (opener := _WORD.search(question))}
    ours = [*load_lexicon(code).voice.values(), *(part for rule in load_rules() for part in _remarks(rule, code))]
    words |= {word for text in ours for word in _WORD.findall(text)}
    return frozenset(word.casefold() for word in words)


@cache
def ladder_stems(language: str) -> frozenset[str]:
    """The stems of the words of meaning in the built-in voice's questions why, and about the parts of a goal."""
    voice = load_lexicon(language if language in LANGUAGES else DEFAULT_LANGUAGE).voice
    asked = [_HOLE.sub(" ", text) for name, text in voice.items() if name.startswith(_QUESTIONS)]
    return frozenset(stem for text in asked for stem in content_stems(text, language))


def _remarks(rule: Rule, language: str) -> tuple[str, str]:
    return rule.wording.message(language), rule.wording.question(language)
