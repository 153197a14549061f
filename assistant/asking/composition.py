"""Puts the parts a manager has given one by one into the wording of a goal: who, what will be different, how, seen by.

The words are the manager's; the frames come from the language's voice. Who and what become one sentence where their
forms allow it (knowledge/languages/persons.yaml); where they do not, each stands after a label, which is right for any.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Literal, get_args

from assistant.asking.answers import is_clause, match_aim_clause, strip_lead
from assistant.asking.reformulation import (
    SENTENCE_BREAK,
    capitalised,
    ends_clause,
    fold,
    frame_goal,
    frame_reason,
    frame_words,
    invented_words,
    keeps_capital,
    lowered,
    reformulate,
    uncapitalised,
)
from assistant.chain import Reformulation
from knowledge.grammar import Grammar, load_grammar
from knowledge.lexicon import Lexicon, load_lexicon
from knowledge.persons import Persons, load_persons

Part = Literal["who", "change", "means", "sign"]
PARTS: tuple[Part, ...] = get_args(Part)
Parts = Mapping[Part, str]
_LONG_HEADLINE = 12  # words; a longer one is a sentence of its own
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def compose(goal: str, reason: str, parts: Parts, language: str) -> Reformulation:
    """The goal with its reason and every part that the manager has given.

    Args:
        goal: the goal as the ladder left it.
        reason: the answer that stopped the ladder; "" where there is none.
        parts: the manager's words for who, change, means and sign, as far as given.
        language: an ISO 639-1 code.

    Returns:
        The wording; `kept` holds the manager's phrases as they stand in it; `invented` must be empty.
    """
    return _compose(goal, reason, parts, language, _goal_first)


def list_wordings(goal: str, reason: str, parts: Parts, language: str) -> tuple[Reformulation, ...]:
    """Every wording on offer, the usual one first: all in it, the reason first, the change alone; none twice."""
    made = [
        _compose(goal, reason, parts, language, _goal_first),
        _compose(goal, reason, parts, language, _reason_first),
        _compose(
            goal, reason, {name: text for name, text in parts.items() if name in {"who", "change"}}, language, _bare
        ),
    ]
    return tuple({one.text: one for one in made}.values())


Arrange = Callable[[str, str, str, str, Lexicon], tuple[str, tuple[str, ...]]]


def _compose(goal: str, reason: str, parts: Parts, language: str, arrange: Arrange) -> Reformulation:
    lexicon = load_lexicon(language)
    given = {name: fold(text) for name, text in parts.items() if _WORD.search(text)}
    aim = _name_in_aim(goal, given.get("who", ""), language) if "change" not in given else ""
    sentence, used, kept = _say_change(given.get("who", ""), given.get("change", aim), language)
    if aim and "who" in used:
        arrange = _bare
    text, phrases = arrange(goal, sentence, reason, language, lexicon)
    for name in PARTS:
        if name in given and name not in used:
            label, words = _label(name, given[name], language, lexicon)
            text, phrases = f"{text} {label}", (*phrases, words)
    kept_phrases = tuple(dict.fromkeys(phrase for phrase in (*phrases, *kept) if phrase and phrase in text))
    sources = (goal, reason, *parts.values())
    return Reformulation(text, kept_phrases, invented_words(text, sources, frame_words(lexicon)))


def state_aim(goal: str, language: str) -> str:
    """The goal's own words without what only announces that it is one ("so that", "in order to")."""
    core, _ = frame_goal(goal, load_lexicon(language), load_grammar(language))
    return core


def _name_in_aim(goal: str, who: str, language: str) -> str:
    """An aim that speaks of "they", where it is known who they are; "" for any other goal."""
    core, aim = frame_goal(goal, load_lexicon(language), load_grammar(language))
    return core if who and aim == "aim_that" and load_persons(language).they.match(core) else ""


def _goal_first(goal: str, sentence: str, reason: str, language: str, lexicon: Lexicon) -> tuple[str, tuple[str, ...]]:
    """The goal, what will be different as part of it, and then the reason."""
    if not sentence:
        if not reason:
            return _end(fold(goal)), (fold(goal),)
        made = reformulate(goal, reason, language)
        return made.text, made.kept
    grammar = load_grammar(language)
    core, _ = frame_goal(goal, lexicon, grammar)
    if len(core.split()) > _LONG_HEADLINE or SENTENCE_BREAK.search(core) or ":" in core:
        text, phrases = _bare("", sentence, reason, language, lexicon)
        return f"{_end(capitalised(core))} {text}", (core, *phrases)
    whole = lexicon.voice["headline"].format(goal=capitalised(core), change=sentence)
    text, phrases = _join(whole, reason, language, lexicon)
    return text, (core, capitalised(core), *phrases)


def _reason_first(
    goal: str, sentence: str, reason: str, language: str, lexicon: Lexicon
) -> tuple[str, tuple[str, ...]]:
    """The reason as a sentence, and the goal that follows from it."""
    if not reason:
        return _goal_first(goal, sentence, reason, language, lexicon)
    grammar = load_grammar(language)
    core, aim = frame_goal(goal, lexicon, grammar)
    said, join = frame_reason(reason, language)
    if join == "join_opener":
        return _goal_first(goal, sentence, reason, language, lexicon)
    wanted = _small_doing(core, grammar, load_persons(language))
    frame = lexicon.voice["reason_first"] if aim else "{reason}. {goal}."
    text = frame.format(reason=capitalised(said), goal=wanted if aim else capitalised(core))
    return (f"{text} {_end(capitalised(sentence))}" if sentence else text), (capitalised(said), said, wanted, core)


def _bare(goal: str, sentence: str, reason: str, language: str, lexicon: Lexicon) -> tuple[str, tuple[str, ...]]:
    """What will be different and the reason, without the words it began with."""
    if not sentence:
        return _goal_first(goal, sentence, reason, language, lexicon)
    return _join(capitalised(sentence), reason, language, lexicon)


def _join(whole: str, reason: str, language: str, lexicon: Lexicon) -> tuple[str, tuple[str, ...]]:
    """A sentence and the reason after it, joined as the reason's form allows."""
    if not _WORD.search(reason):
        return _end(whole), ()
    said, join = frame_reason(reason, language)
    if join == "join_clause" and keeps_capital(said, load_grammar(language)):
        join = "join_sentences"
    return lexicon.voice[join].format(goal=whole.rstrip(" ."), reason=said), (said,)


def _label(name: Part, words: str, language: str, lexicon: Lexicon) -> tuple[str, str]:
    """A part after its label, and its words as they stand there."""
    grammar = load_grammar(language)
    said = uncapitalised(
        strip_lead(name_people(words, load_persons(language)) if name == "who" else words, grammar), grammar
    )
    return lexicon.voice[f"label_{name}"].format(words=said), said


def _say_change(who: str, change: str, language: str) -> tuple[str, frozenset[Part], Sequence[str]]:
    """Who and what will be different as one sentence without its end; which parts it holds, and their words in it.

    "" where they do not go together.
    """
    grammar, persons, lexicon = load_grammar(language), load_persons(language), load_lexicon(language)
    text = _without_aim(strip_lead(change, grammar), grammar) if change else ""
    if not text or SENTENCE_BREAK.search(text):
        return "", frozenset(), ()
    if who and _is_name(who, grammar):
        group = uncapitalised(name_people(who, persons), grammar)
        if joined := _predicate(group, text, grammar, persons, lexicon):
            sentence, words = joined
            return sentence, frozenset({"who", "change"}), (group, words)
    if _doing(text, persons, grammar):
        return "", frozenset(), ()
    subject = grammar.subject.match(text) or persons.they.match(text)
    if subject or (is_clause(text, grammar) and not grammar.finite.match(text)):
        said = uncapitalised(text, grammar)
        return said, frozenset({"change"}), (said,)
    return "", frozenset(), ()


def _predicate(who: str, change: str, grammar: Grammar, persons: Persons, lexicon: Lexicon) -> tuple[str, str] | None:
    """`who` as the subject of `change`, and the words of `change` that stand in it; None where the forms forbid it."""
    if they := persons.they.match(change):
        rest = change[they.end() :].lstrip()
        return (f"{who} {rest}", rest) if _WORD.search(rest) else None
    first = _WORD.match(change)
    if first and (_opens_with_verb(first[0], persons, grammar) or _lacks_subject(change, persons, grammar)):
        verb = _opens_with_verb(first[0], persons, grammar)
        said = lowered(change) if verb else uncapitalised(change, grammar)
        return f"{who} {said}", said
    doing, number = _doing(change, persons, grammar), count_people(who, persons)
    if doing and number:
        return lexicon.voice[f"can_{number}"].format(who=who, change=doing), doing
    return None


def _opens_with_verb(word: str, persons: Persons, grammar: Grammar) -> bool:
    """Whether the first word is a verb with a person, rather than a doing without one."""
    if grammar.finite.fullmatch(word) or persons.clause_verb.fullmatch(word):
        return True
    return bool(grammar.maybe.fullmatch(word)) and not persons.infinitive.fullmatch(word)


def _lacks_subject(change: str, persons: Persons, grammar: Grammar) -> bool:
    """Whether a clause in a language of free word order leaves its subject to be said before it."""
    if not persons.in_any_order or persons.own_subject.match(change):
        return False
    return is_clause(change, grammar) or ends_clause(change, persons)


def _doing(change: str, persons: Persons, grammar: Grammar) -> str:
    """What somebody can do, as an infinitive without "be able to"; "" where the words are none."""
    said = _small_doing(change, grammar, persons)
    if able := persons.able.match(said):
        said = said[able.end() :].lstrip()
    said = _without_able(said, persons)
    words = _WORD.findall(said)
    if not words:
        return ""
    if persons.infinitive.fullmatch(words[0]):
        return said
    last = words[-1]
    before = said[: said.rindex(last)]
    ends = (
        last.islower() and persons.infinitive_last.fullmatch(last) and before.strip() and not is_clause(before, grammar)
    )
    return said if ends else ""


def _without_able(doing: str, persons: Persons) -> str:
    """A doing whose verb stands last without "can" beside that verb ("Zeichnungen lesen können")."""
    words = list(_WORD.finditer(doing))
    for found in words[-2:]:
        modal = persons.able.fullmatch(found[0]) and persons.infinitive_last.fullmatch(found[0])
        if modal and found is not words[0]:
            return f"{doing[: found.start()].rstrip()} {doing[found.end() :].lstrip()}".strip()
    return doing


def _small_doing(text: str, grammar: Grammar, persons: Persons) -> str:
    """The text for use inside a sentence: a verb or a little word at its start small."""
    first = _WORD.match(text)
    return lowered(text) if first and persons.infinitive.fullmatch(first[0]) else uncapitalised(text, grammar)


def count_people(who: str, persons: Persons) -> Literal["many", "one"] | None:
    """Whether `who` names several people or one; None where its form does not tell."""
    words = list(_WORD.finditer(who))
    ends = [found.start() for found in words[1:] if persons.head_end.fullmatch(found[0])]
    head = _WORD.findall(who[: ends[0]] if ends else who)
    if persons.one.match(who) or (head and persons.one.fullmatch(head[-1])):
        return "one"
    return "many" if any(persons.many.fullmatch(word) for word in head) else None


def _is_name(who: str, grammar: Grammar) -> bool:
    """Whether `who` names people rather than saying something about them; "those who will travel" names them."""
    before = ""
    for word in _WORD.findall(who):
        if grammar.finite.fullmatch(word) and not grammar.relative.fullmatch(before):
            return False
        before = word
    return not SENTENCE_BREAK.search(who)


def name_people(who: str, persons: Persons) -> str:
    """`who` without "for" before it."""
    opener = persons.for_whom.match(who)
    rest = who[opener.end() :].lstrip() if opener else who
    return rest if _WORD.search(rest) else who


def _without_aim(text: str, grammar: Grammar) -> str:
    found = match_aim_clause(text, grammar)
    rest = text[found.end() :].lstrip(" ,") if found else text
    return rest if _WORD.search(rest) else text


def _end(text: str) -> str:
    """The text with a full stop at its end."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
