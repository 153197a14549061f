"""What a language model may say: each check finds one fault in its words; one is enough for ours to stand instead.

The checks err on the safe side. What they refuse may have been harmless; ours is then said, which always is.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from assistant.asking.reformulation import invented_words
from knowledge.identification import identify_language
from knowledge.library.stems import content_stems
from knowledge.speaking import ladder_stems, load_speaking, plain_words

Objection = Literal[
    "empty",
    "markup",
    "long",
    "number",
    "date",
    "name",
    "word",
    "claim",
    "praise",
    "quotation",
    "questions",
    "repeated",
    "language",
]
OBJECTIONS: tuple[Objection, ...] = get_args(Objection)
_MARKUP = re.compile(r"[*_#`<>|~\\^{}\[\]@=]|&\w+;|://|\bwww\.|\n", re.IGNORECASE)
_UNSEEN = ("Cc", "Cf", "Co", "Cn", "Cs", "So", "Sk")  # controls, private signs, pictures
_WORD = re.compile(r"\w+")
_LETTERS = re.compile(r"[^\W\d_]+")
_QUOTED = re.compile(r"[„“”»«\"]\s*([^„“”»«\"]+?)\s*[“”»«\"]|‘(.+?)’(?!\w)")
_QUESTION_END = "?"
_SENTENCE_END = re.compile(r"(?<=[.?!])\s+")
_FEWEST_LETTERS = 12  # of a language: in less no language can be told
_SAME = 0.8  # the share of words in common from which two questions are the same one


@dataclass(frozen=True, slots=True)
class Ground:
    """What words are held against.

    `sources` are the texts that a number, date, name or quotation may come from; `most_words` is the length allowed;
    `language` an ISO 639-1 code.
    """

    language: str
    sources: tuple[str, ...]
    most_words: int


def find_objections(text: str, ground: Ground) -> tuple[Objection, ...]:
    """What there is against `text`, an answer that is whole; nothing where it may be shown."""
    checks: tuple[tuple[Objection, Callable[[str, Ground], bool]], ...] = (
        ("empty", lambda said, _: not _LETTERS.search(said)),
        *_GROWING,
        ("quotation", _misquotes),
        ("language", _is_foreign),
    )
    return tuple(name for name, fails in checks if fails(text, ground))


def find_question_objections(
    text: str, ground: Ground, must_quote: Sequence[str], earlier: Sequence[str]
) -> tuple[Objection, ...]:
    """What there is against `text` as the one question of a turn.

    Args:
        text: the question.
        ground: see there.
        must_quote: words that the question must quote, exactly.
        earlier: what was said before; no question of it may be put again.
    """
    found = list(find_objections(text, ground))
    if text.count(_QUESTION_END) != 1 or not text.rstrip().endswith(_QUESTION_END):
        found.append("questions")
    if "quotation" not in found and not set(must_quote) <= set(find_quotations(text)):
        found.append("quotation")
    if any(_is_same(text, said) for said in earlier):
        found.append("repeated")
    if not found and find_claims(text, ground):
        found.append("claim")
    return tuple(found)


def find_strange_words(text: str, ground: Ground) -> tuple[str, ...]:
    """The words of `text` that neither the sources nor our own texts in the language have: facts may hide in them."""
    return invented_words(text, ground.sources, plain_words(ground.language))


def find_claims(text: str, ground: Ground) -> tuple[str, ...]:
    """The words by which a question says something of its own, so that a claim may hide in it.

    They are those that carry meaning and are neither in the sources, in whatever form, nor in the questions of our
    own ladder, nor among the words that questions are made of.
    """
    asks = load_speaking(ground.language).asks
    known = {stem for source in ground.sources for stem in content_stems(source, ground.language)}
    known |= ladder_stems(ground.language)
    own = _QUOTED.sub(" ", text).casefold()
    return tuple(
        word
        for word in dict.fromkeys(_LETTERS.findall(own))
        if not asks.fullmatch(word) and not known.issuperset(content_stems(word, ground.language))
    )


def find_growing_objections(text: str, ground: Ground) -> tuple[Objection, ...]:
    """What there is against the beginning of an answer, cut after a whole word; no more words would mend it."""
    return tuple(name for name, fails in _GROWING if fails(text, ground))


def find_quotations(text: str) -> tuple[str, ...]:
    """The words between quotation marks of any language."""
    return tuple(found[1] or found[2] for found in _QUOTED.finditer(text))


def _has_markup(text: str, _: Ground) -> bool:
    return bool(_MARKUP.search(text)) or any(unicodedata.category(sign) in _UNSEEN for sign in text)


def _is_long(text: str, ground: Ground) -> bool:
    return len(text.split()) > ground.most_words or len(text) > ground.most_words * 12


def _invents_number(text: str, ground: Ground) -> bool:
    invented = " ".join(invented_words(text, ground.sources))
    return _has_number(invented, ground) or any(
        not _known(found, ground) for found in load_speaking(ground.language).quantities.findall(text)
    )


def _has_number(text: str, ground: Ground) -> bool:
    return any(unicodedata.category(sign).startswith("N") for sign in text) or bool(
        load_speaking(ground.language).quantities.search(text)
    )


def _invents_date(text: str, ground: Ground) -> bool:
    return any(not _known(found, ground) for found in load_speaking(ground.language).months.findall(text))


def _known(phrase: str, ground: Ground) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", source, re.IGNORECASE) for source in ground.sources)


def _invents_name(text: str, ground: Ground) -> bool:
    """Whether a word with a capital, anywhere, is neither in the sources nor in our own texts."""
    unknown = set(invented_words(text, ground.sources, plain_words(ground.language)))
    return any(word != word.lower() and word.casefold() in unknown for word in _LETTERS.findall(text))


def _praises(text: str, ground: Ground) -> bool:
    """Whether the text praises with words of its own: those of the manager may be quoted."""
    own = _QUOTED.sub(" ", text)
    return bool(load_speaking(ground.language).praise.search(own))


def _misquotes(text: str, ground: Ground) -> bool:
    return any(not any(quoted in source for source in ground.sources) for quoted in find_quotations(text))


def _is_foreign(text: str, ground: Ground) -> bool:
    """Whether what the text says itself, without its quotations, is in another language."""
    own = _QUOTED.sub(" ", text)
    return sum(map(str.isalpha, own)) >= _FEWEST_LETTERS and identify_language(own) != ground.language


def _is_same(text: str, said: str) -> bool:
    """Whether a question of `text` was put in `said`: the same quotations, and nearly all words around them."""
    return find_quotations(text) == find_quotations(said) and any(
        len(asked & before) / len(asked | before) >= _SAME for asked in _questions(text) for before in _questions(said)
    )


def _questions(text: str) -> tuple[frozenset[str], ...]:
    """The words of each question of a text, without what it quotes."""
    own = _QUOTED.sub(" ", text)
    found = (frozenset(_WORD.findall(part.casefold())) for part in _SENTENCE_END.split(own) if _QUESTION_END in part)
    return tuple(words for words in found if words)


# Checks whose fault stays, whatever comes after it.
_GROWING: tuple[tuple[Objection, Callable[[str, Ground], bool]], ...] = (
    ("markup", _has_markup),
    ("long", _is_long),
    ("number", _invents_number),
    ("date", _invents_date),
    ("name", _invents_name),
    ("praise", _praises),
)
