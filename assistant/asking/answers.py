"""Reads an answer to "why?": which of the seven classes it belongs to, and how sure that is.

Named signs are read off the answer with the language's cues and little words, and its meaning as an e5 vector where
that model is installed; a small trained model weighs them (`python -m evals.fit_why`). The classes are those of the
guide's why test (section 4.4), told apart further: another goal goes on, a reason stops. The same words always get the
same class.
"""

import re
from collections.abc import Mapping
from typing import cast

from assistant.chain import AnswerClass
from assistant.judging.meaning import read_meaning
from assistant.judging.quantities import PERCENT, find_numbers, find_years
from assistant.judging.similarity import likeness, profile
from assistant.judging.weighing import Head, read_heads
from knowledge.grammar import Grammar, load_grammar
from knowledge.heard import load_heard
from knowledge.lexicon import Lexicon, load_lexicon

_CUES = ("unsure", "mandate", "funding", "value_answer", "circular", "value", "mission")
# Cues that mean one thing in a fact and another in an aim.
_CUES_BY_FORM = (
    "need",
    "change_answer",
    "context",
    "up",
    "down",
    "keep",
    "reach",
    "action",
    "comparative",
    "soft_quality",
    "time",
    "past",
    "deliverable",
    "means_answer",
    "means_connective",
    "intent",
)
_VERBS = ("up", "down", "keep", "reach", "empty_verb", "action")
_GROUPS = ("students", "staff", "employers", "community", "institution", "partners")
STOPPING: frozenset[AnswerClass] = frozenset({"need_or_reason", "value_or_mission"})
EVIDENCE: Mapping[str, frozenset[str]] = {
    "circular": frozenset({"cue:circular", "repeats:most", "repeats:some", "alike", "says:nothing of its own"}),
    "mandate_or_funding": frozenset({"cue:mandate", "cue:funding"}),
    "value_or_mission": frozenset({"cue:value_answer", "cue:value", "cue:mission"}),
    "unsure": frozenset({"cue:unsure", "asks", "says:nothing of its own"}),
}
_UNSAID = 0.3
_EVEN = 0.5
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_OPENING_WORDS = 3
_SOON = 30  # characters
_SHORT, _MIDDLE, _LONG = 4, 9, 18
_STEM, _CONTENT = 5, 4
_CLOSE, _NEAR = 0.6, 0.3
_ALIKE = 0.45


def classify_answer(goal: str, answer: str, language: str) -> tuple[AnswerClass, float]:
    """The class of `answer` to "why `goal`?" and its probability (0 to 1).

    An answer without a word, or one that only says not to know, is unsure.
    """
    if not _WORD.search(answer) or load_heard(language).shrugs(answer):
        return "unsure", 1.0
    likely = weigh_answer(goal, answer, language)
    best = choose_class(likely)
    return best, likely[best]


def choose_class(likely: Mapping[AnswerClass, float]) -> AnswerClass:
    """The likeliest class, among those that stop the ladder or those that go on, whichever are likelier together.

    To stop at what is no reason costs the manager the reason; to ask once more costs a turn.
    """
    stops = sum(value for name, value in likely.items() if name in STOPPING) > _EVEN
    return max((name for name in likely if (name in STOPPING) == stops), key=lambda name: likely[name])


def weigh_answer(goal: str, answer: str, language: str) -> Mapping[AnswerClass, float]:
    """The probability of each class, summing to 1."""
    signs, heads = find_answer_signs(goal, answer, language), _load_heads()
    if meaning := read_meaning(answer):
        return weigh_meaning(signs, meaning, heads["with_meaning"])
    return weigh_signs(signs, heads["signs_alone"])


def weigh_meaning(signs: frozenset[str], meaning: Mapping[str, float], head: Head) -> Mapping[AnswerClass, float]:
    """What `head` makes of the signs and of the meaning together."""
    likely = head.probabilities({**dict.fromkeys(signs, 1.0), **meaning})
    return cast("Mapping[AnswerClass, float]", likely)


def weigh_signs(signs: frozenset[str], head: Head) -> Mapping[AnswerClass, float]:
    """What `head` makes of the signs, once classes for which none of their own signs speaks are as good as ruled out.

    An aim or a fact needs no cue; that somebody ordered it, that it is a value, that it says the goal again or that
    the manager is unsure is only believed where it was said.
    """
    likely = head.probabilities(dict.fromkeys(signs, 1.0))
    weighed = {
        name: value * (1 if name not in EVIDENCE or signs & EVIDENCE[name] else _UNSAID)
        for name, value in likely.items()
    }
    total = sum(weighed.values())
    return cast("Mapping[AnswerClass, float]", {name: value / total for name, value in weighed.items()})


def find_answer_signs(goal: str, answer: str, language: str) -> frozenset[str]:
    """The names of the signs that `answer` shows, alone and against `goal`."""
    lexicon, grammar = load_lexicon(language), load_grammar(language)
    text = strip_lead(answer, grammar)
    found = {f"cue:{name}" for name in _CUES if lexicon.has(name, answer)}
    opening = _opening(text, lexicon, grammar)
    form = _form(text, opening, grammar)
    found |= {f"{form}:{name}" for name in _CUES_BY_FORM if lexicon.has(name, text)}
    if grammar.orders.search(text) and "opens:employers" not in opening:
        found.add("cue:mandate")
    found |= opening | {f"form:{form}"} | _shape(text) | _against(goal, answer)
    return frozenset(found | _together(found, form))


def is_clause(text: str, grammar: Grammar) -> bool:
    """Whether `text` has a verb of its own, so that it can stand after "because"."""
    if grammar.because.match(text) or grammar.subject.match(text):
        return True
    return _first_verb(text, grammar) is not None


def strip_lead(text: str, grammar: Grammar) -> str:
    """`text` without the words at its start that say nothing ("well, the reason is that")."""
    rest = text.strip(" \t\n,;:–—-")
    openers = (grammar.because, grammar.because_of, grammar.so_that, grammar.purpose)
    while (found := grammar.lead.match(rest)) and not any(opener.match(rest) for opener in openers):
        after = rest[found.end() :].lstrip(" \t\n,;:–—-.")
        if not _WORD.search(after):
            break
        rest = after
    return rest


def match_aim_clause(text: str, grammar: Grammar) -> re.Match[str] | None:
    """What opens a clause that gives an aim ("so that they …"); not "that is", where the word stands for a thing."""
    found = grammar.so_that.match(text)
    following = _WORD.search(text, found.end()) if found else None
    return None if following is None or grammar.finite.fullmatch(following[0]) else found


def match_cause(text: str, grammar: Grammar) -> re.Match[str] | None:
    """What opens a clause that gives a reason, unless the same word opens an aim (Danish "for at")."""
    return None if grammar.purpose.match(text) else grammar.because.match(text)


def _first_verb(text: str, grammar: Grammar) -> int | None:
    """How many words stand before the first verb that makes a sentence; None where there is no such verb."""
    before = ""
    for place, found in enumerate(_WORD.finditer(text)):
        word = found[0]
        part = grammar.relative.fullmatch(before) and place > 1
        sure = grammar.finite.fullmatch(word) and not part
        likely = before and grammar.maybe.fullmatch(word) and not part and not grammar.before_noun.fullmatch(before)
        if sure or likely:
            return place
        before = word
    return None


def _opening(text: str, lexicon: Lexicon, grammar: Grammar) -> set[str]:
    """Signs in the first words."""
    words = [found.end() for found in _WORD.finditer(text)]
    end = words[min(_OPENING_WORDS, len(words)) - 1] if words else 0
    signs = {f"opens:{name}" for name in ("because_of", "purpose", "verb") if getattr(grammar, name).match(text)}
    signs |= {"opens:because"} if match_cause(text, grammar) else set()
    signs |= {"opens:so_that"} if match_aim_clause(text, grammar) else set()
    more = lexicon.cue("comparative").match(text)
    if not more and any(lexicon.cue(name).match(text) for name in _VERBS):
        signs.add("opens:deed")
    if lexicon.cue("means_answer").match(text) or lexicon.cue("means_connective").match(text):
        signs.add("opens:means")
    if grammar.abstract.search(text, 0, end):
        signs.add("opens:abstract")
    for group in _GROUPS:
        found = lexicon.groups[group].search(text) if group in lexicon.groups else None
        if found:
            signs |= {"group:any"} | ({"opens:group"} if found.start() < end else set())
            if group == "employers" and found.start() < end:
                signs.add("opens:employers")
    return signs


def _form(text: str, opening: set[str], grammar: Grammar) -> str:
    """Whether the answer reads as an aim, a wish, a sentence of ours, a fact about the world, or a fragment."""
    because = match_cause(text, grammar)
    rest = text[because.end() :].lstrip(" ,") if because else text
    if not because and opening & {"opens:so_that", "opens:purpose", "opens:verb"}:
        return "aim"
    verb = _first_verb(rest, grammar)
    if not because and "opens:deed" in opening and (verb is None or verb > _OPENING_WORDS):
        return "aim"
    if grammar.wish.search(rest):
        return "wish"
    if verb is None and not because and not grammar.subject.match(rest):
        return "fragment"
    return "ours" if grammar.ours.search(rest, 0, _SOON) else "fact"


def _shape(text: str) -> set[str]:
    words = len(_WORD.findall(text))
    length = "short" if words <= _SHORT else "middle" if words <= _MIDDLE else "full" if words <= _LONG else "long"
    signs = {
        "has:number": bool(find_numbers(text)),
        "has:percent": bool(PERCENT.search(text)),
        "has:year": bool(find_years(text)),
        "asks": "?" in text,
    }
    return {f"length:{length}"} | {name for name, seen in signs.items() if seen}


def _against(goal: str, answer: str) -> set[str]:
    """How much of the answer only says the goal again."""
    said, asked = _stems(answer), _stems(goal)
    if not said:
        return {"says:nothing of its own"}
    share = len(said & asked) / len(said)
    first, second = profile((goal, answer))
    signs = {"repeats:most": share >= _CLOSE, "repeats:some": _NEAR <= share < _CLOSE, "repeats:none": not said & asked}
    signs["alike"] = likeness(first, second) >= _ALIKE
    return {name for name, seen in signs.items() if seen}


def _stems(text: str) -> frozenset[str]:
    return frozenset(word.casefold()[:_STEM] for word in _WORD.findall(text) if len(word) >= _CONTENT)


def _together(found: set[str], form: str) -> set[str]:
    """Signs that mean more together than apart."""
    shown = found & {f"cue:{name}" for name in _CUES}
    signs = {f"{form}:plain"} if not shown else set()
    if "opens:abstract" in found:
        signs.add(f"{form}:abstract")
    if form in {"fact", "ours"} and not shown and found & {f"{form}:need", "has:number"}:
        signs.add("a fact to point at")
    if "cue:circular" in found and "length:short" in found:
        signs.add("short+circular")
    if f"{form}:intent" in found and "length:short" in found:
        signs.add("short+intent")
    if "cue:unsure" in found and found & {"length:short", "length:middle"}:
        signs.add("short+unsure")
    if f"{form}:action" in found and f"{form}:time" in found:
        signs.add("a deed with a date")
    if found & {"cue:mandate", "cue:funding"}:
        signs.add(f"{form}:ordered")
    if "cue:value_answer" in found:
        signs.add(f"{form}:valued")
    return signs


def _load_heads() -> Mapping[str, Head]:
    """The trained heads: "with_meaning", and "signs_alone" for where there is no model that reads meaning."""
    return read_heads("why.json")
