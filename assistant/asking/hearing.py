"""What a manager's message is, in the place where it was said: a goal, an answer, a question, a quick reply."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Literal, get_args

from assistant.asking.answers import match_cause
from assistant.asking.conversation import Phase, Talk, find_current, list_set
from assistant.asking.correcting import is_correction
from assistant.judging.judge import MOST_WORDS, judge
from assistant.judging.similarity import likeness, profile
from assistant.origin import Worded
from knowledge.grammar import load_grammar
from knowledge.heard import load_heard, says_unknown
from knowledge.identification import identify_language
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
Said = Literal[
    "nothing",
    "oversized",
    "hello",
    "question",
    "no_goal",
    "new_goal",
    "answer",
    "part",
    "action",
    "note",
    "wording",
    "aside",
    "numbers",
    "suggestion",
    "correction",
]
Heard = Reply | Said
REPLIES: tuple[Reply, ...] = get_args(Reply)
# Other words for some of the quick replies, as lists in the voice.
_SYNONYMS: Mapping[str, Reply] = {"backs": "back", "stops": "stop", "skips": "skip", "wheres": "where", "sums": "sum"}
_ENOUGH_WORDS = 5
_PASSING_WORDS = 8
_FEW_WORDS = 3
_ALIKE = 0.35
_NUMBER = re.compile(r"\d+")
_WORDINGS = frozenset({"goal", "activity", "vision", "mission", "indicator"})
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")
# What a message in the manager's own words is where one thing alone can be meant.
_PLAIN: Mapping[Phase, Heard] = {"why": "answer", "fill": "part", "how": "action", "step": "note"}
_EDGES = " \t\n.!?,;:…"


def hear(talk: Talk, message: str) -> Heard:
    """What `message` is; what it does to the talk is told in assistant/asking/moves.py."""
    if not any(map(str.isalnum, message)) and ("?" not in message or talk.phase == "edit"):
        return "nothing"
    if len(message.split()) > MOST_WORDS:
        return "oversized"
    said = _plain(message)
    reply = _replies(talk.language).get(said) or ("correction" if is_correction(talk, message) else None)
    if reply:
        return reply
    if talk.phase == "edit":
        return "wording"
    if find_suggestion(talk, message) is not None:
        return "suggestion"
    return "hello" if said in _list(talk.language, "hellos") else _hear_words(talk, message)


def recognise(message: str, language: str) -> str:
    """The language a message is written in ("und" for none of ours); `language` where it is too short to tell."""
    return identify_language(message) if len(message.split()) >= _ENOUGH_WORDS else language


def find_numbers(message: str, most: int) -> tuple[int, ...]:
    """The numbers from 1 to `most` that a message names, in its order, each once."""
    named = (int(found) for found in _NUMBER.findall(message) if len(found) < _FEW_WORDS)
    return tuple(dict.fromkeys(number for number in named if 1 <= number <= most))


def find_suggestion(talk: Talk, message: str) -> Worded | None:
    """The wording of a language model that a message takes over: by its words, or by its number alone."""
    said = _plain(message)
    for place, one in enumerate(talk.suggested, start=1):
        if said in {_plain(one.text), str(place), f"({place})"}:
            return one
    return None


def _hear_words(talk: Talk, message: str) -> Heard:
    """A message in the manager's own words."""
    if _asks_about_talk(talk, message) or (_asks(message) and not _is_doubt(talk, message)):
        return "question"
    if talk.phase in _PLAIN:
        return _hear_plainly(talk, message, _PLAIN[talk.phase])
    if talk.phase in {"offer", "stuck"}:
        return _hear_about_wording(talk, message)
    if talk.phase in {"set", "rank", "pick"}:
        return _hear_choice(talk, message)
    return "no_goal" if _is_no_goal(talk, message) else "new_goal"


def _hear_plainly(talk: Talk, message: str, heard: Heard) -> Heard:
    """A message where one thing alone is meant, unless it says that there is nothing, or nothing more, to say.

    A yes is nothing to write down; to a why, "of course" is an answer, if a poor one, and only "let us begin" is none.
    """
    said, words = _plain(message), load_heard(talk.language)
    if talk.phase != "step" and words.says_to_begin(message):
        return "hello"
    if talk.phase == "why":
        return heard
    if talk.phase != "step" and words.agrees(message):
        return "hello"
    if said in _list(talk.language, "noes") | _list(talk.language, "ends"):
        return "enough" if talk.phase == "how" else "skip"
    return "unsure" if says_unknown(message, talk.language) else heard


def _hear_choice(talk: Talk, message: str) -> Heard:
    """A message where goals could be chosen by number."""
    named = find_numbers(message, len(talk.goals) if talk.phase == "pick" else len(list_set(talk)))
    if named and len(message.split()) <= _PASSING_WORDS + len(named):
        return "numbers"
    said = _plain(message)
    if talk.phase == "pick" and (said in _list(talk.language, "yeses") or load_heard(talk.language).begins(message)):
        return "accept"
    if said in _list(talk.language, "noes") | _list(talk.language, "yeses"):
        return "next"
    if talk.phase == "pick" and _gives_reason(talk, message):
        return "answer"
    chooses = talk.phase == "rank" or (talk.phase == "pick" and load_heard(talk.language).names_another(message))
    return "hello" if chooses or _is_no_goal(talk, message) else "new_goal"


def _gives_reason(talk: Talk, message: str) -> bool:
    """Whether a message opens as a reason does ("because …"), which no goal does."""
    return match_cause(message.strip(), load_grammar(talk.language)) is not None


def _hear_about_wording(talk: Talk, message: str) -> Heard:
    """A message where the wording of a goal was up for a yes."""
    goal, said = find_current(talk), _plain(message)
    if said in _list(talk.language, "yeses") or load_heard(talk.language).agrees(message):
        return "accept" if talk.phase == "offer" else "park"
    if said in _list(talk.language, "noes"):
        return "edit"
    if goal and _likeness(goal.text, message) >= _ALIKE:
        return "wording"
    likely = judge(message, language=talk.language).statement.kind
    if goal and talk.phase == "stuck" and (likely in _WORDINGS or len(message.split()) >= _ENOUGH_WORDS):
        return "wording"
    return "new_goal" if likely == "goal" and len(message.split()) >= _ENOUGH_WORDS else "aside"


def _asks(message: str) -> bool:
    """Whether a message is a question, or little more: not one that says something first and asks at its end."""
    if not message.rstrip().endswith("?"):
        return False
    *before, _ = _SENTENCE_END.split(message.strip())
    said = [sentence for sentence in before if not sentence.endswith("?")]
    return len(" ".join(said).split()) < _ENOUGH_WORDS


def _asks_about_talk(talk: Talk, message: str) -> bool:
    """Whether a message asks what the talk itself is about, at its end or, with or without a question mark, at once."""
    heard = load_heard(talk.language)
    if message.rstrip().endswith("?"):
        return bool(heard.find_topics(message))
    return len(message.split()) <= _PASSING_WORDS and heard.opens_with_topic(message)


def _is_doubt(talk: Talk, message: str) -> bool:
    """Whether a question mark ends an answer rather than a question ("why not?", "maybe for the students?")."""
    if talk.phase != "why" or len(message.split()) > _PASSING_WORDS:
        return False
    lexicon = load_lexicon(talk.language)
    doubtful = lexicon.has("unsure", message) or lexicon.has("circular", message)
    return doubtful or not any(map(str.isalnum, message))


def _is_no_goal(talk: Talk, message: str) -> bool:
    """Whether a message has too little in it to be asked about."""
    if not any(map(str.isalnum, message)) or _gives_reason(talk, message):
        return True
    judged = judge(message, language=talk.language)
    kind = judged.statement.kind
    if talk.phase == "set":
        return kind not in {"goal", "activity", "vision"}
    # A word of the field makes a goal of few words. Who was asked for a sentence and says them again, means them.
    says = judged.themes or judged.slots.direction or judged.slots.beneficiary
    few = kind == "other" and len(message.split()) <= _FEW_WORDS and not says
    return few and not _was_said(talk, message)


def _was_said(talk: Talk, message: str) -> bool:
    """Whether the manager has sent these words before."""
    said = _plain(message)
    return sum(turn.speaker == "manager" and _plain(turn.text) == said for turn in talk.turns) > 1


def _likeness(first: str, second: str) -> float:
    return likeness(*profile((first, second)))


@cache
def _replies(language: str) -> dict[str, Heard]:
    """What each quick reply means, in a language and in English."""
    found: dict[str, Heard] = {}
    for voice in _voices(language):
        for reply in REPLIES:
            found[_plain(voice[f"reply_{reply}"])] = reply
        found[_plain(voice["reply_another"])] = "next"
        found |= {_plain(said): reply for name, reply in _SYNONYMS.items() for said in voice[name].split("|")}
    return found


@cache
def _list(language: str, name: str) -> frozenset[str]:
    """The entries of a phrase that lists several, in a language and in English."""
    return frozenset(_plain(entry) for voice in _voices(language) for entry in voice[name].split("|"))


def _voices(language: str) -> tuple[Mapping[str, str], ...]:
    return load_lexicon(DEFAULT_LANGUAGE).voice, load_lexicon(language).voice


def _plain(text: str) -> str:
    return " ".join(text.replace("’", "'").split()).strip(_EDGES).casefold()
