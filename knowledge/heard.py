"""What a manager says in a talk beside goals and answers: a yes, a correction, a question about the talk itself.

The words are data, `knowledge/heard/`, one file a language; none of them is a sign that a trained model reads.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

from knowledge.datafile import read_fields
from knowledge.lexicon import DEFAULT_LANGUAGE, LANGUAGES, compile_cues, load_lexicon

Topic = Literal["why", "need", "example", "difference"]
TOPICS: tuple[Topic, ...] = get_args(Topic)
SAYS = ("corrected", "correction", "why", "need", "difference")
_WORDS = ("yeses", "begin", "filler", "another", "opener", "correction", "unknown")
_BETWEEN = ("be", "instead", "sooner")
_MOST = 200
_EDGES = re.compile(r"[\W_]*")
_THING = r"(?:[^\s,;.:!?]|[.,](?=\d))+(?:\s+(?:[^\s,;.:!?]|[.,](?=\d))+){0,5}?"
_MOST_OF_YES, _MOST_OF_UNKNOWN = 12, 8  # words


@dataclass(frozen=True, slots=True)
class Swap:
    """A plain correction: `new` is right, not `old`, each in the manager's words."""

    new: str
    old: str


@dataclass(frozen=True, slots=True)
class HeardWords:
    """One language's words.

    `words` are patterns by the names of the lists; `swaps` the forms of "it is X, not Y"; `topics` what asks about the
    talk, by its topic; `says` is what is answered, with named holes.
    """

    words: Mapping[str, re.Pattern[str]]
    swaps: tuple[re.Pattern[str], ...]
    topics: Mapping[Topic, re.Pattern[str]]
    says: Mapping[str, str]

    def agrees(self, message: str) -> bool:
        """Whether a message says yes, or to begin, and nothing else."""
        rest, yes = message, False
        while _EDGES.fullmatch(rest) is None:
            after = self._drop(rest, "yeses", "begin")
            yes = yes or after != rest
            after = after if after != rest else self._drop(rest, "filler")
            if after == rest:
                return False
            rest = after
        return yes

    def says_to_begin(self, message: str) -> bool:
        """Whether a message says to begin, and nothing else."""
        return self.agrees(message) and self.words["begin"].search(message) is not None

    def begins(self, message: str) -> bool:
        """Whether a message says to begin with what was proposed: a yes with or without words for beginning."""
        if len(message.split()) > _MOST_OF_YES or self.words["another"].search(message):
            return False
        after = self._drop(message, "yeses")
        return self.agrees(message) or (after != message and self.words["begin"].search(after) is not None)

    def names_another(self, message: str) -> bool:
        """Whether a message says yes or no to what was proposed and means another."""
        answers = self._drop(message, "yeses", "opener") != message
        return answers and len(message.split()) <= _MOST_OF_YES and self.words["another"].search(message) is not None

    def strip_correction(self, message: str) -> str | None:
        """What follows the words that announce a correction ("sorry, I got that wrong: …"); None without any."""
        rest = self._strip_openers(message)
        after = self._drop(rest, "correction")
        return after if after != rest else None

    def find_swap(self, message: str) -> Swap | None:
        """What a message corrects to what, where it says so plainly, announced or not; None where it does not."""
        announced = self.strip_correction(message)
        # "No" opens a correction ("no, it is 45") and may itself be the "not" in it: the whole message comes first.
        texts = (message, self._strip_openers(message)) if announced is None else (announced,)
        found = next((one for text in texts for form in self.swaps if (one := form.fullmatch(text.strip()))), None)
        return Swap(found["new"], found["old"]) if found else None

    def find_topics(self, message: str) -> tuple[Topic, ...]:
        """What of the talk itself a message asks about."""
        return tuple(topic for topic, cue in self.topics.items() if cue.search(message))

    def opens_with_topic(self, message: str) -> bool:
        """Whether a message opens with such a question, with or without its mark."""
        rest = self._strip_openers(message)
        return any(cue.match(rest) for cue in self.topics.values())

    def _strip_openers(self, message: str) -> str:
        rest = message
        while (after := self._drop(rest, "opener")) != rest:
            rest = after
        return rest

    def _drop(self, text: str, *names: str) -> str:
        """`text` without the words of these lists that it opens with; as it was where it opens with none."""
        start = _start(text)
        found = next((one for one in (self.words[name].match(text, start) for name in names) if one), None)
        return text[_start(text, found.end()) :] if found else text


def says_unknown(message: str, language: str) -> bool:
    """Whether a short message only says that the manager does not know."""
    said = load_heard(language).words["unknown"].search(message) or load_lexicon(language).has("unsure", message)
    return len(message.split()) <= _MOST_OF_UNKNOWN and bool(said)


@cache
def load_heard(language: str) -> HeardWords:
    """The words of `language`; English for a code that has no file ("und" among them).

    Raises:
        ValueError: if the file has not the form it must have; the message names the file and the key.
    """
    code = language if language in LANGUAGES else DEFAULT_LANGUAGE
    data = read_fields(files("knowledge") / "heard" / f"{code}.yaml")
    data.allow("code", *_WORDS, *_BETWEEN, *TOPICS, "says")
    if data.text("code") != code:
        raise data.fault("code", f"must be {code}")
    lists = {name: data.texts(name, 1, _MOST) for name in (*_WORDS, *_BETWEEN, *TOPICS)}
    voiced = tuple(one.strip() for one in load_lexicon(code).voice["yeses"].split("|"))
    says = data.inner("says")
    says.allow(*SAYS)
    return HeardWords(
        words={name: compile_cues((*lists[name], *(voiced if name == "yeses" else ()))) for name in _WORDS},
        swaps=_swaps(*(compile_cues(lists[name]).pattern for name in _BETWEEN)),
        topics={topic: compile_cues(lists[topic]) for topic in TOPICS},
        says={name: says.text(name) for name in SAYS},
    )


def _start(text: str, place: int = 0) -> int:
    """Where the first word of `text` stands from `place` on."""
    found = _EDGES.match(text, place)
    return found.end() if found else place


def _swaps(be: str, instead: str, sooner: str) -> tuple[re.Pattern[str], ...]:
    """The forms of a plain correction: "it is X, not Y", and "not Y but X"."""
    opening, new, old = rf"(?:(?:{be})\s+){{0,2}}", rf"(?P<new>{_THING})", rf"(?P<old>{_THING})"
    forms = (
        rf"{opening}{new}\s*[,;–-]?\s+(?:{instead})\s+{old}\s*[.!]?",
        rf"{opening}(?:{instead})\s+{opening}{old}\s*[,;]?\s+(?:{sooner})\s+{opening}{new}\s*[.!]?",
    )
    return tuple(re.compile(form, re.IGNORECASE) for form in forms)
