"""What of a message is meant for the goal: without complaints about the talk, and whether it only names people."""

import re
from collections.abc import Sequence

from assistant.asking.answers import is_clause
from assistant.asking.composition import name_people
from assistant.asking.reformulation import fold
from knowledge.grammar import load_grammar
from knowledge.heard import load_heard
from knowledge.lexicon import load_lexicon
from knowledge.library.stems import WORD, content_stems
from knowledge.persons import load_persons

_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")
_GROUPS = ("students", "staff", "employers", "community", "partners")
_MEANS = ("means_answer", "means_connective")
_BECOMING = ("comparative", "up")
_MOST_OF_PEOPLE = 8  # words
_HEAD_FIRST = frozenset({"fr", "es", "it"})  # what tells of people stands after them


def drop_complaints(message: str, language: str) -> str:
    """`message` without the sentences that complain of the talk or of its wording; "" where all of them do."""
    sentences = _SENTENCE_END.split(message.strip())
    kept = [one for one in sentences if not _complains(one, language)]
    if len(kept) == len(sentences):
        return message
    rest = " ".join(kept)
    return "" if not any(map(str.isalnum, rest)) or load_heard(language).says_nothing(rest) else rest


def names_people_alone(message: str, language: str, *, bare: bool = False) -> bool:
    """Whether a message names people and says nothing of them: "our nursing students".

    `bare` is for where the word before may say what becomes of them ("confident trainees"): only "our students" then.
    """
    lexicon, grammar = load_lexicon(language), load_grammar(language)
    persons, heard = load_persons(language), load_heard(language)
    text = name_people(fold(message), persons)
    if len(text.split()) > _MOST_OF_PEOPLE or any(lexicon.cue(name).match(text) for name in _MEANS):
        return False
    if any(lexicon.has(name, text) for name in _BECOMING):  # "more motivated teachers" says what becomes of them
        return False
    if heard.words["by"].match(text) or grammar.verb.match(text) or is_clause(text, grammar):
        return False  # "with our teachers" is a way, not a group
    words = list(WORD.finditer(text))
    ends = [found.start() for found in words[1:] if persons.head_end.fullmatch(found[0])]
    head = [found for found in words if not ends or found.start() < ends[0]]
    named = list(heard.words["people"].finditer(text))
    people = [one for one in head if any(found.start() <= one.start() < found.end() for found in named)]
    others = [one for one in head if one not in people and content_stems(one[0], language)]
    if not people or len(others) > (0 if bare else 1):
        return False
    return all(_describes(one, people, head, language) for one in others)


_Words = Sequence[re.Match[str]]


def _describes(word: re.Match[str], people: _Words, head: _Words, language: str) -> bool:
    """Whether a word is the adjective of a group of people: beside it, and where it stands after, in agreement."""
    place = head.index(word)
    if language in _HEAD_FIRST:
        before = head[place - 1] if place else None
        return before in people and before is not None and before[0][-1] == word[0][-1]
    beside = place + 1 < len(head) and head[place + 1] in people
    return beside and load_persons(language).infinitive.fullmatch(word[0]) is None


def _complains(sentence: str, language: str) -> bool:
    """Whether a sentence complains of the talk; one that gives a reason, or speaks of people, does not."""
    heard, groups = load_heard(language), load_lexicon(language).groups
    if heard.gives_reason(sentence) or any(groups[name].search(sentence) for name in _GROUPS if name in groups):
        return False
    if heard.words["complaint"].search(sentence):
        return True
    if not heard.words["annoyed"].search(sentence):
        return False
    rest = sentence
    for name in ("annoyed", "rather", "piece", "away", "opener", "hesitation", "filler"):
        rest = heard.words[name].sub(" ", rest)
    return not content_stems(rest, language)
