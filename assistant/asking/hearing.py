"""What a manager's message is, in the place where it was said: a goal, an answer, a question, a quick reply."""

import re
from collections.abc import Mapping
from typing import Literal

from assistant.asking.answers import match_cause
from assistant.asking.conversation import Phase, Talk, find_chain, find_current, find_missing, list_set
from assistant.asking.correcting import is_correction
from assistant.asking.replies import Reply, find_reply, is_listed, plain
from assistant.asking.sifting import drop_complaints
from assistant.asking.unsaying import takes_back
from assistant.judging.judge import MOST_WORDS, judge
from assistant.judging.similarity import likeness, profile
from assistant.origin import Worded
from knowledge.grammar import load_grammar
from knowledge.heard import load_heard, says_unknown
from knowledge.identification import identify_language
from knowledge.lexicon import load_lexicon

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
    "complaint",
    "taking_back",
    "reason",
]
Heard = Reply | Said
_ENOUGH_WORDS = 5
_PASSING_WORDS = 8
_FEW_WORDS = 3
_ALIKE = 0.35
_NUMBER = re.compile(r"\d+")
_WORDINGS = frozenset({"goal", "activity", "vision", "mission", "indicator"})
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")
# What a message in the manager's own words is where one thing alone can be meant.
_PLAIN: Mapping[Phase, Heard] = {"why": "answer", "fill": "part", "how": "action", "step": "note"}
_ASKING = frozenset({"why", "fill", "offer", "stuck"})


def hear(talk: Talk, message: str) -> Heard:
    """What `message` is; what it does to the talk is told in assistant/asking/moves.py."""
    if not any(map(str.isalnum, message)) and ("?" not in message or talk.phase == "edit"):
        return "nothing"
    if len(message.split()) > MOST_WORDS:
        return "oversized"
    reply = find_reply(message, talk.language) or _hear_about_said(talk, message)
    if reply:
        return "stop" if reply == "enough" and talk.phase in _ASKING else reply
    if talk.phase == "edit":
        return "hello" if load_heard(talk.language).says_nothing(message) else "wording"
    if find_suggestion(talk, message) is not None:
        return "suggestion"
    return "hello" if is_listed(message, talk.language, "hellos") else _hear_words(talk, message)


def recognise(message: str, language: str) -> str:
    """The language a message is written in ("und" for none of ours); `language` where it is too short to tell."""
    return identify_language(message) if len(message.split()) >= _ENOUGH_WORDS else language


def find_numbers(message: str, most: int) -> tuple[int, ...]:
    """The numbers from 1 to `most` that a message names, in its order, each once."""
    named = (int(found) for found in _NUMBER.findall(message) if len(found) < _FEW_WORDS)
    return tuple(dict.fromkeys(number for number in named if 1 <= number <= most))


def find_suggestion(talk: Talk, message: str) -> Worded | None:
    """The wording of a language model that a message takes over: by its words, or by its number alone."""
    said = plain(message)
    for place, one in enumerate(talk.suggested, start=1):
        if said in {plain(one.text), str(place), f"({place})"}:
            return one
    return None


def _hear_about_said(talk: Talk, message: str) -> Heard | None:
    """What a message says about the talk: that it is enough, a complaint, a correction, something taken back."""
    heard = load_heard(talk.language)
    if talk.phase != "edit" and (heard.find_topics(message) or heard.asks_meaning(message)):
        return None
    if talk.phase in _PLAIN.keys() | _ASKING | {"goal", "edit"} and heard.says_enough(message):
        return "enough" if talk.phase == "how" else "stop"
    if takes_back(talk, message):
        return "taking_back"
    if is_correction(talk, message):
        return "correction"
    return None if drop_complaints(message, talk.language) else "complaint"


def _hear_words(talk: Talk, message: str) -> Heard:
    """A message in the manager's own words."""
    if _asks_about_talk(talk, message):
        return "unsure" if _asks_for_help(talk, message) else "question"
    if _asks(talk, message) and not _is_doubt(talk, message):
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
    words, refused = load_heard(talk.language), is_listed(message, talk.language, "noes", "ends")
    begins = words.says_to_begin(message) or (talk.phase != "why" and words.agrees(message))
    if talk.phase != "step" and begins:
        return "hello"
    unknown = says_unknown(message, talk.language)
    if talk.phase == "why":
        return "hello" if words.breaks_off(message) and not (refused or unknown) else heard
    if refused:
        return "enough" if talk.phase == "how" else "skip"
    if unknown:
        return "unsure"
    if words.says_nothing(message):
        return "hello"
    return "reason" if _adds_reason(talk, message) else heard


def _hear_choice(talk: Talk, message: str) -> Heard:
    """A message where goals could be chosen by number."""
    named = find_numbers(message, len(talk.goals) if talk.phase == "pick" else len(list_set(talk)))
    if named and len(message.split()) <= _PASSING_WORDS + len(named):
        return "numbers"
    if talk.phase == "pick" and (
        is_listed(message, talk.language, "yeses") or load_heard(talk.language).begins(message)
    ):
        return "accept"
    if is_listed(message, talk.language, "noes", "yeses"):
        return "next"
    if talk.phase == "pick" and _gives_reason(talk, message):
        return "answer"
    chooses = talk.phase == "rank" or (talk.phase == "pick" and load_heard(talk.language).names_another(message))
    return "hello" if chooses or _is_no_goal(talk, message) else "new_goal"


def _adds_reason(talk: Talk, message: str) -> bool:
    """Whether a message gives a further reason for a goal that has one; how one sees it may be said so as well."""
    goal = find_current(talk)
    if goal is None or goal.edited or not load_heard(talk.language).gives_reason(message):
        return False
    missing = find_missing(goal)
    sign = talk.phase == "fill" and missing and missing[0] == "sign"
    opens = load_heard(talk.language).words["because"].match(message.strip())
    return find_chain(goal).done and not (sign and opens)


def _gives_reason(talk: Talk, message: str) -> bool:
    """Whether a message opens as a reason does ("because …"), which no goal does."""
    return match_cause(message.strip(), load_grammar(talk.language)) is not None


def _hear_about_wording(talk: Talk, message: str) -> Heard:
    """A message where the wording of a goal was up for a yes."""
    goal, heard = find_current(talk), load_heard(talk.language)
    if is_listed(message, talk.language, "yeses") or heard.agrees(message):
        return "accept" if talk.phase == "offer" else "park"
    if is_listed(message, talk.language, "noes"):
        return "edit"
    if heard.says_nothing(message) or _adds_reason(talk, message):
        return "hello" if heard.says_nothing(message) else "reason"
    likely = judge(message, language=talk.language).statement.kind
    stuck = talk.phase == "stuck" and (likely in _WORDINGS or len(message.split()) >= _ENOUGH_WORDS)
    if goal and (stuck or _likeness(goal.text, message) >= _ALIKE):
        return "wording"
    return "new_goal" if likely == "goal" and len(message.split()) >= _ENOUGH_WORDS else "aside"


def _asks(talk: Talk, message: str) -> bool:
    """Whether a message is a question, or little more: not one that says something first and asks at its end."""
    if not message.rstrip().endswith("?") or load_heard(talk.language).strip_tag(message) != message:
        return False
    *before, _ = _SENTENCE_END.split(message.strip())
    said = [sentence for sentence in before if not sentence.endswith("?")]
    return len(" ".join(said).split()) < _ENOUGH_WORDS


def _asks_about_talk(talk: Talk, message: str) -> bool:
    """Whether a message asks what the talk itself is about, at its end or, with or without a question mark, at once."""
    heard = load_heard(talk.language)
    if heard.asks_meaning(message):
        return True
    if message.rstrip().endswith("?"):
        return bool(heard.find_topics(message))
    return len(message.split()) <= _PASSING_WORDS and heard.opens_with_topic(message)


def _asks_for_help(talk: Talk, message: str) -> bool:
    """Whether a message asks what the question for a part means, and it can still be put closer at hand."""
    goal = find_current(talk)
    missing = find_missing(goal) if goal and talk.phase == "fill" else ()
    if goal is None or not missing or load_heard(talk.language).find_topics(message):
        return False
    return missing[0] not in goal.hinted


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
    said = plain(message)
    return sum(turn.speaker == "manager" and plain(turn.text) == said for turn in talk.turns) > 1


def _likeness(first: str, second: str) -> float:
    return likeness(*profile((first, second)))
