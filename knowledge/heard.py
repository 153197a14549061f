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
SAYS = (
    *("corrected", "correction", "why", "need", "difference"),
    *("complaint", "unsaid", "people", "named", "reason"),
)
_WORDS = (
    *("yeses", "begin", "filler", "another", "opener", "correction", "unknown"),
    *("shrug", "hesitation", "because", "enough", "complaint", "annoyed", "rather", "meant", "meaning"),
    *("unsay", "remove", "piece", "away", "tag", "tag_apart", "either", "myself", "people", "by"),
)
_BETWEEN = ("be", "instead", "sooner")
_MOST = 200
_EDGES = re.compile(r"[\W_]*")
_CLAUSE_END = re.compile(r"[.,;:!?…]+(?:\s+|$)")
_LITTLE = ("opener", "filler", "hesitation")
_THING = r"(?:[^\s,;.:!?]|[.,](?=\d))+(?:\s+(?:[^\s,;.:!?]|[.,](?=\d))+){0,5}?"
_MOST_OF_YES, _MOST_OF_UNKNOWN, _MOST_OF_MEANING = 12, 8, 7  # words
_FEWEST_BEFORE_TAG = 3  # words


@dataclass(frozen=True, slots=True)
class Swap:
    """A plain correction: `new` is right, not `old`, each in the manager's words."""

    new: str
    old: str


@dataclass(frozen=True, slots=True)
class TakingBack:
    """Something taken back: the words that say what, and what is said `after` it.

    `plain` where nothing else can be meant ("forget the …"); "remove the …" may as well be a step towards a goal.
    """

    meant: str
    after: str
    plain: bool


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

    def says_nothing(self, message: str) -> bool:
        """Whether a message is made of little words alone ("well, that's it", "because")."""
        return self.breaks_off(message) or bool(self._make_up(message, *_LITTLE, "because", "yeses"))

    def breaks_off(self, message: str) -> bool:
        """Whether a message only begins to say something ("because", "no, I mean")."""
        return bool(self._make_up(message, "opener", "hesitation", "because"))

    def says_enough(self, message: str) -> bool:
        """Whether a message says that it is enough, and nothing else."""
        return "enough" in self._make_up(message, "enough", *_LITTLE)

    def shrugs(self, message: str) -> bool:
        """Whether a message says that the manager does not know, and nothing else."""
        return "shrug" in self._make_up(message, "shrug", *_LITTLE)

    def gives_reason(self, message: str) -> bool:
        """Whether a message opens as a reason, after little words ("and also because …"), and goes on."""
        rest = self._strip_openers(message)
        while (after := self._drop(rest, "hesitation", "yeses")) != rest and not self.words["because"].match(rest):
            rest = after
        reason = self._drop(rest, "because")
        return reason != rest and not self.says_nothing(message)

    def strip_shrug(self, message: str) -> str:
        """The reason that follows words of not knowing ("no idea, because …"); the message itself without such words.

        Why the manager does not know is no reason for the goal.
        """
        end = _CLAUSE_END.search(message)
        if end is None or not self.gives_reason(rest := message[end.end() :]):
            return message
        first = message[: end.start()]
        unknown = self.shrugs(first) or self.words["unknown"].search(first)
        return message if not unknown or self.words["myself"].search(rest) else rest

    def asks_meaning(self, message: str) -> bool:
        """Whether a message asks what the question means, with or without its mark."""
        if len(message.split()) > _MOST_OF_MEANING:
            return False
        # "Que" is a little word by itself, and begins "que voulez-vous dire".
        texts = (self._strip_openers(message), self._strip_little(message))
        return any(self.words["meaning"].match(text, _start(text)) for text in texts)

    def strip_tag(self, message: str) -> str:
        """A message without what ends it as a question and only asks to agree ("that is so, isn't it?")."""
        if not message.rstrip().endswith("?"):
            return message
        said = message.rstrip(" ?!\u00a0\u202f")
        for name in ("tag", "tag_apart"):
            for found in self.words[name].finditer(said):
                before = said[: found.start()].rstrip()
                words = before.rstrip(" ,;–—-").split()
                apart = name == "tag" or not before[-1:].isalnum()
                if found.end() < len(said) or not apart or len(words) < _FEWEST_BEFORE_TAG:
                    continue
                return message if self.words["either"].fullmatch(words[-1]) else f"{before.rstrip(' ,;–—-')}."
        return message

    def find_taking_back(self, message: str) -> TakingBack | None:
        """What a message takes back, and what it says after that; None where no clause of it takes anything back."""
        clauses = [self._strip_little(clause) for clause in _CLAUSE_END.split(message)]
        for name in ("unsay", "remove"):
            places = [place for place, text in enumerate(clauses) if self._drop(text, name) != text]
            if places:
                meant = " ".join(clauses[place] for place in places)
                for removed in (name, "piece", "away"):
                    meant = self.words[removed].sub(" ", meant)
                return TakingBack(meant, ", ".join(clauses[places[-1] + 1 :]).strip(), plain=name == "unsay")
        return None

    def opens(self, message: str) -> bool:
        """Whether a message opens with a word that holds the talk up ("wait", "sorry", "no")."""
        return self._strip_openers(message) != message

    def strip_correction(self, message: str) -> str | None:
        """What follows the words that announce a correction ("sorry, I got that wrong: …"); None without any.

        "I meant" announces one only after a word such as "sorry".
        """
        rest = self._strip_openers(message)
        after = self._drop(rest, "correction", *(("meant",) if rest != message else ()))
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

    def _strip_little(self, message: str) -> str:
        rest = message
        while (after := self._drop(rest, "opener", "hesitation")) != rest:
            rest = after
        return rest

    def _make_up(self, message: str, *names: str) -> frozenset[str]:
        """The lists whose words make up the whole of a message; none where anything else stands in it."""
        rest, met = message, set[str]()
        while _EDGES.fullmatch(rest) is None:
            start = _start(rest)
            ends = [one.end() if (one := self.words[name].match(rest, start)) else 0 for name in names]
            if not any(ends):
                return frozenset()
            met.add(names[ends.index(max(ends))])
            rest = rest[max(ends) :]
        return frozenset(met)

    def _drop(self, text: str, *names: str) -> str:
        """`text` without the words of these lists that it opens with; as it was where it opens with none."""
        start = _start(text)
        found = next((one for one in (self.words[name].match(text, start) for name in names) if one), None)
        return text[_start(text, found.end()) :] if found else text


def says_unknown(message: str, language: str) -> bool:
    """Whether a short message only says that the manager does not know."""
    heard = load_heard(language)
    said = heard.words["unknown"].search(message) or load_lexicon(language).has("unsure", message)
    return len(message.split()) <= _MOST_OF_UNKNOWN and (bool(said) or heard.shrugs(message))


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
