"""The quick replies and the short lists of the voice, as a manager may type them: which of them a message is."""

from collections.abc import Mapping
from functools import cache
from typing import Literal, get_args

from knowledge.lexicon import DEFAULT_LANGUAGE, load_lexicon

Reply = Literal[
    "unsure",
    "skip",
    "park",
    "stop",
    "accept",
    "edit",
    "other",
    "next",
    "enough",
    "restart",
    "back",
    "where",
    "rank",
    "journey",
    "step",
    "previous",
    "sum",
]
REPLIES: tuple[Reply, ...] = get_args(Reply)
# Other words for some of the quick replies, as lists in the voice.
_SYNONYMS: Mapping[str, Reply] = {"backs": "back", "stops": "stop", "skips": "skip", "wheres": "where", "sums": "sum"}
_EDGES = " \t\n.!?,;:…"


def find_reply(message: str, language: str) -> Reply | None:
    """The quick reply that a message is, word for word, in a language or in English; None for any other message."""
    return _replies(language).get(plain(message))


def is_listed(message: str, language: str, *names: str) -> bool:
    """Whether a message is an entry of one of these lists of the voice, in a language or in English."""
    return any(plain(message) in _list(language, name) for name in names)


def plain(text: str) -> str:
    """A text as it is compared: one line, without capitals or the marks at its ends."""
    return " ".join(text.replace("’", "'").split()).strip(_EDGES).casefold()


@cache
def _replies(language: str) -> dict[str, Reply]:
    """What each quick reply means, in a language and in English."""
    found: dict[str, Reply] = {}
    for voice in _voices(language):
        for reply in REPLIES:
            found[plain(voice[f"reply_{reply}"])] = reply
        found[plain(voice["reply_another"])] = "next"
        found |= {plain(said): reply for name, reply in _SYNONYMS.items() for said in voice[name].split("|")}
    return found


@cache
def _list(language: str, name: str) -> frozenset[str]:
    """The entries of a phrase that lists several, in a language and in English."""
    return frozenset(plain(entry) for voice in _voices(language) for entry in voice[name].split("|"))


def _voices(language: str) -> tuple[Mapping[str, str], ...]:
    return load_lexicon(DEFAULT_LANGUAGE).voice, load_lexicon(language).voice
