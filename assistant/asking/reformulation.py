"""Puts a goal and the reason found for it into one sentence, in the manager's own words and no others.

Only the frame ("Our aim is to …, because …") comes from the language's voice; which frame fits is read off the form of
the two phrases. A form that cannot be told gets the frame that is right for any: a colon, a dash.
"""

import re
from collections.abc import Iterable, Sequence

from assistant.asking.answers import is_clause, match_aim_clause, match_cause, strip_lead
from assistant.chain import Reformulation
from knowledge.grammar import Grammar, load_grammar
from knowledge.lexicon import Lexicon, load_lexicon
from knowledge.persons import Persons, load_persons

_WORD = re.compile(r"\w+")
_FIRST_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
SENTENCE_BREAK = re.compile(r"[.!?…]\s+\S")
_EDGES = " \t\n,;:–—-"
_ENDS = " \t\n.,;:!…–—-"
_HOLE = re.compile(r"{\w*}")
_AIMS = ("aim_verb", "aim_that", "aim_noun")
_JOINS = ("join_clause", "join_opener", "join_fragment", "join_sentences")
FRAMES_OF_PARTS = (
    *("headline", "can_many", "can_one", "reason_first"),
    *("label_who", "label_change", "label_means", "label_sign"),
)


def reformulate(goal: str, reason: str, language: str) -> Reformulation:
    """`goal` with `reason` joined to it; the frames are those of `language` (English for an unknown one).

    Args:
        goal: the goal, or the answer that became the goal, as the manager wrote it.
        reason: the answer that stopped the ladder.
        language: an ISO 639-1 code.

    Returns:
        The sentence; `kept` holds the two phrases as they stand in it; `invented` every word that is neither the
        manager's nor the frame's (there must be none).
    """
    lexicon, grammar = load_lexicon(language), load_grammar(language)
    core, aim = frame_goal(goal, lexicon, grammar)
    said, join = frame_reason(reason, language)
    if SENTENCE_BREAK.search(core) or (join == "join_clause" and keeps_capital(said, grammar)):
        join = "join_sentences"
    framed = lexicon.voice[aim].format(goal=core) if aim else core
    text = lexicon.voice[join].format(goal=framed, reason=said)
    return Reformulation(
        text=text,
        kept=(core, said),
        invented=invented_words(text, (goal, reason), frame_words(lexicon)),
    )


def invented_words(text: str, sources: Sequence[str], allowed: Iterable[str] = ()) -> tuple[str, ...]:
    """The words, names and numbers of `text` that stand in none of `sources`, in order, each once.

    Capitals do not matter. `allowed` are function words that may be added; a number may never be.
    """
    known = {word for source in sources for word in _words(source)}
    free = {word for word in allowed if not any(character.isdigit() for character in word)}
    return tuple(dict.fromkeys(word for word in _words(text) if word not in known and word not in free))


def frame_words(lexicon: Lexicon) -> frozenset[str]:
    """The function words that the frames of a language add to the manager's own."""
    frames = (_HOLE.sub(" ", lexicon.voice[name]) for name in (*_AIMS, *_JOINS, *FRAMES_OF_PARTS))
    return frozenset(word for frame in frames for word in _words(frame))


def frame_goal(goal: str, lexicon: Lexicon, grammar: Grammar) -> tuple[str, str]:
    """The goal's own words and the name of the frame they need; "" where they are a sentence already."""
    text = fold(goal)
    rest = strip_lead(text, grammar)
    because = match_cause(rest, grammar)
    if because:
        rest = _after(rest, because.end())
    purpose = grammar.purpose.match(rest)
    if purpose:
        rest = _after(rest, purpose.end())
    elif found := match_aim_clause(rest, grammar):
        return uncapitalised(_after(rest, found.end()), grammar), "aim_that"
    if grammar.verb.match(rest):
        return lowered(rest), "aim_verb"
    if not purpose and not grammar.nominal.match(rest) and (is_clause(rest, grammar) or lexicon.has("intent", rest)):
        return capitalised(rest), ""
    return uncapitalised(rest, grammar), "aim_noun"


def frame_reason(reason: str, language: str) -> tuple[str, str]:
    """The reason's own words, and the name of the frame that joins them to a goal."""
    grammar, persons = load_grammar(language), load_persons(language)
    text = strip_lead(fold(reason), grammar)
    openers = (match_cause(text, grammar), grammar.because_of.match(text), match_aim_clause(text, grammar))
    if any(openers) or grammar.purpose.match(text):
        return lowered(text), "join_opener"
    said = uncapitalised(text, grammar)
    if persons.cause.search(text):  # one "because" after another leads nowhere
        return said, "join_sentences"
    return said, "join_clause" if is_clause(text, grammar) or ends_clause(text, persons) else "join_fragment"


def ends_clause(text: str, persons: Persons) -> bool:
    """Whether an ending shows a verb that makes a clause; where words stand in any order, that of the last word."""
    if not persons.in_any_order:
        return persons.clause_verb.search(text) is not None
    words = _WORD.findall(text)
    return bool(words) and persons.clause_verb.fullmatch(words[-1]) is not None


def fold(text: str) -> str:
    """One line, without the marks at its ends; the text itself where nothing else is left."""
    line = " ".join(text.split())
    return line.lstrip(_EDGES).rstrip(_ENDS) or line


def _after(text: str, start: int) -> str:
    """What stands after an opener; the whole text where that is nothing."""
    rest = text[start:].lstrip(_EDGES)
    return rest if _WORD.search(rest) else text


def uncapitalised(text: str, grammar: Grammar) -> str:
    """The text for use inside a sentence: its first word small where that word is no name."""
    first = _FIRST_WORD.match(text)
    return lowered(text) if first and grammar.plain.fullmatch(first[0]) else text


def lowered(text: str) -> str:
    """The text with a small first letter, unless its first word is written in capitals."""
    first = _FIRST_WORD.match(text)
    if not first or (len(first[0]) > 1 and not first[0][1:].islower()):
        return text
    small = text[0].lower()
    return small + text[1:] if small.casefold() == text[0].casefold() else text


def capitalised(text: str) -> str:
    """The text with a capital first letter."""
    great = text[:1].upper()
    return great + text[1:] if great.casefold() == text[:1].casefold() else text


def keeps_capital(text: str, grammar: Grammar) -> bool:
    """Whether the text begins with a capital that would look odd in the middle of a sentence."""
    first = _FIRST_WORD.match(text)
    return bool(first and text[0].isupper() and not grammar.capitals.fullmatch(first[0]))


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]
