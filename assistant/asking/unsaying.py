"""What the manager takes back by saying so: "scrap the bit about the teachers" takes that bit out of the goal."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.asking.composition import Part
from assistant.asking.conversation import Action, KeptGoal, Phase, Talk, find_chain, find_current
from assistant.asking.correcting import take_correction
from assistant.asking.filling import pass_part, take_part
from assistant.asking.questions import ask_how, word_anew
from assistant.asking.rewording import is_worded, without
from assistant.asking.steering import proceed
from assistant.asking.talking import put, voice_of
from assistant.asking.why import shorten
from knowledge.heard import load_heard
from knowledge.library.stems import content_stems

_ABOUT_ONE: tuple[Phase, ...] = ("why", "fill", "how", "offer", "stuck")
_SAYS_MORE = 3  # words
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")


def takes_back(talk: Talk, message: str) -> bool:
    """Whether a message takes back something said for the current goal.

    "Remove" and its like are words of a step as well: they take back only what was said, and where something else
    shows it too: a word for a part of the answer, a "wait" before it, or a wording that is on offer.
    """
    goal, heard = find_current(talk), load_heard(talk.language)
    found = heard.find_taking_back(message)
    if goal is None or found is None or talk.phase not in _ABOUT_ONE:
        return False
    if talk.phase == "why" and len(found.after.split()) >= _SAYS_MORE:
        return False
    meant = frozenset(content_stems(found.meant, talk.language))
    held, named = _is_held(talk, goal, meant), heard.words["piece"].search(message) is not None
    if found.plain:
        return named or held or not meant or _shares(goal.original, meant, goal.language)
    offered = talk.phase == "offer"
    return (held and (named or offered or heard.opens(message))) or (named and offered)


def take_back(talk: Talk, message: str) -> Talk:
    """Take out what a message names: parts, steps and remarks, else answers; what the goal itself says is asked for.

    Where it names nothing, the part or the answer given last is meant. What is said after it answers the open part.
    """
    goal, found = find_current(talk), load_heard(talk.language).find_taking_back(message)
    if goal is None or found is None:
        return proceed(talk, "")
    left = _take_back(talk, goal, message, frozenset(content_stems(found.meant, talk.language)))
    more = len(found.after.split()) >= _SAYS_MORE and talk.phase == left.phase == "fill"
    return take_part(left, found.after) if more else left


def _take_back(talk: Talk, goal: KeptGoal, message: str, meant: frozenset[str]) -> Talk:
    if not meant:
        return _take_back_last(talk, goal, message)
    parts = [name for name, words in goal.parts if _shares(_label(name, words, talk), meant, talk.language)]
    actions = [one for one in goal.actions if _shares(one.text, meant, talk.language)]
    asides = [words for words in goal.asides if _shares(words, meant, talk.language)]
    if parts or actions or asides:
        return _take_out(talk, goal, parts, actions, asides)
    if any(_shares(words, meant, talk.language) for words in goal.answers):
        return _take_out_of_answers(talk, goal, meant)
    return take_correction(talk, message)


def _take_back_last(talk: Talk, goal: KeptGoal, message: str) -> Talk:
    if talk.phase == "how" and goal.actions:
        return _take_out(talk, goal, [], [goal.actions[-1]], [])
    if talk.phase == "fill" and not goal.parts:
        return pass_part(talk, message)
    if talk.phase in {"fill", "offer"} and goal.parts:
        name, words = goal.parts[-1]
        return _take_out(talk, goal, [name], [one for one in goal.actions if one.text == words], [])
    if talk.phase == "why" and goal.answers:
        return _leave_answers(talk, goal, {len(goal.answers) - 1: ""}, (goal.answers[-1],))
    return take_correction(talk, message)


def _take_out(
    talk: Talk, goal: KeptGoal, parts: Sequence[Part], actions: Sequence[Action], asides: Sequence[str]
) -> Talk:
    """The talk without these, and the question that is open then; of a wording on offer, no part is asked for again."""
    said = {words for name, words in goal.parts if name in parts}
    steps = [*actions, *(one for one in goal.actions if one.text in said and one not in actions)]
    words = dict.fromkeys((*said, *(one.text for one in steps), *asides))
    left = without(goal, parts, steps, asides)
    if talk.phase == "offer":
        left = replace(left, passed=(*left.passed, *parts))
    talk = _put_in_place(talk, replace(left, text=word_anew(left)))
    told = _tell(talk, tuple(words))
    changed = find_current(talk)
    if changed is not None and talk.phase == "how":
        return ask_how(replace(talk, phase="why"), changed, told)
    if changed is not None and changed.edited and any(is_worded(one, changed.text, goal.language) for one in words):
        return put(talk, told, "edit", voice_of(talk)["edit"], ())
    return proceed(talk, told)


def _take_out_of_answers(talk: Talk, goal: KeptGoal, meant: frozenset[str]) -> Talk:
    """The talk without the sentences of the answers that share words with what is meant."""
    left, gone = dict[int, str](), list[str]()
    for place, answer in enumerate(goal.answers):
        sentences = _SENTENCE_END.split(answer)
        out = [one for one in sentences if _shares(one, meant, goal.language)]
        if out:
            left[place] = " ".join(one for one in sentences if one not in out)
            gone += out
    return _leave_answers(talk, goal, left, gone)


def _leave_answers(talk: Talk, goal: KeptGoal, left: Mapping[int, str], gone: Sequence[str]) -> Talk:
    """The talk with what is `left` of the answers at these places, and the ladder as it stands then."""
    answers = [left.get(place, answer) for place, answer in enumerate(goal.answers)]
    kept = [place for place, answer in enumerate(answers) if answer]
    readings = {place: read for place, read in goal.overruled if place not in left}
    changed = replace(
        goal,
        answers=tuple(answers[place] for place in kept),
        overruled=tuple((new, readings[old]) for new, old in enumerate(kept) if old in readings),
        edited=False,
        grounds=(),
    )
    done = find_chain(changed).done
    text = word_anew(changed) if done else goal.original
    changed = replace(changed, text=text, state=goal.state if done else "asking")
    return proceed(_put_in_place(talk, changed), _tell(talk, gone))


def _put_in_place(talk: Talk, goal: KeptGoal) -> Talk:
    return replace(talk, goals=tuple(goal if one.id == goal.id else one for one in talk.goals))


def _tell(talk: Talk, words: Sequence[str]) -> str:
    return load_heard(talk.language).says["unsaid"].format(words="; ".join(map(shorten, words)))


def _label(name: Part, words: str, talk: Talk) -> str:
    """A part as it stands in a wording, after the words that say which part it is."""
    return voice_of(talk)[f"label_{name}"].format(words=words)


def _is_held(talk: Talk, goal: KeptGoal, meant: frozenset[str]) -> bool:
    said = (
        *(_label(name, words, talk) for name, words in goal.parts),
        *(one.text for one in goal.actions),
        *goal.asides,
        *goal.answers,
    )
    return any(_shares(words, meant, goal.language) for words in said)


def _shares(words: str, meant: frozenset[str], language: str) -> bool:
    return not meant.isdisjoint(content_stems(words, language))
