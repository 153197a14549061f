"""The moves of the why ladder: a goal taken up, an answer, a reading overruled, a beginning anew."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from assistant.asking.beginning import begin_with_stated
from assistant.asking.conversation import KeptGoal, Source, Stated, Talk, find_current, find_remarks
from assistant.asking.hearing import find_numbers, recognise
from assistant.asking.questions import ask_for_sentence
from assistant.asking.sifting import drop_complaints
from assistant.asking.steering import open_goal, open_next, proceed
from assistant.asking.talking import add_goal, change_current, change_goal, go_on, put, voice_of
from assistant.asking.why import shorten
from assistant.chain import AnswerClass
from assistant.judging.judge import MOST_WORDS
from knowledge.heard import load_heard
from knowledge.lexicon import DEFAULT_LANGUAGE, LANGUAGES

NOTHING_STATED: Mapping[str, Stated] = MappingProxyType({})
_WORTH_CHOOSING = 3  # goals; of fewer, the first is as good as any


def take_goal(talk: Talk, message: str) -> Talk:
    """A new goal, in whichever of the nine languages it is written."""
    language = recognise(message, talk.language)
    told = ""
    if language in LANGUAGES:
        talk = replace(talk, language=language)
    elif not talk.warned:
        talk = replace(talk, language=DEFAULT_LANGUAGE, warned=True)
        told = voice_of(talk)["unknown_language"]
    talk = add_goal(talk, " ".join(message.split()))
    return open_goal(talk, talk.goals[-1].id, told)


def take_goals(
    talk: Talk, texts: Sequence[str], elements: Sequence[Source] = (), stated: Mapping[str, Stated] = NOTHING_STATED
) -> Talk:
    """Add the goals of a strategy that are not there yet; one under way keeps its ladder.

    `elements` are passages of the strategy that a reason may rest on, `stated` is what it says beside a goal, by the
    goal's text.

    Of three or more, the one with most remarks is proposed to begin with; of fewer the first is opened.
    """
    talk = replace(talk, elements=tuple(elements) or talk.elements)
    known = {goal.original.casefold() for goal in talk.goals} | {goal.text.casefold() for goal in talk.goals}
    fresh: dict[str, str] = {}
    for text in (" ".join(text.split()) for text in texts):
        if any(map(str.isalnum, text)) and len(text.split()) <= MOST_WORDS and text.casefold() not in known:
            fresh.setdefault(text.casefold(), text)
    beside = {" ".join(text.split()): said for text, said in stated.items()}
    if not fresh:
        return go_on(talk, voice_of(talk)["none_taken"])
    for text in fresh.values():
        talk = add_goal(talk, text, beside.get(text))
    taken = talk.goals[-len(fresh) :]
    if len(taken) < _WORTH_CHOOSING:
        told = voice_of(talk)["taken"].format(count=len(fresh), goal=shorten(taken[0].text))
        return open_goal(talk, taken[0].id, told)
    first = max(taken, key=_weigh_talk)
    question = voice_of(talk)["pick"].format(
        count=len(taken), number=talk.goals.index(first) + 1, goal=shorten(first.text)
    )
    return put(replace(talk, current=first.id), "", "pick", question, ("accept", "next"))


def pick_goal(talk: Talk, message: str) -> Talk:
    """The goal proposed to begin with, or the one whose number was named."""
    numbers = find_numbers(message, len(talk.goals))
    chosen = talk.goals[numbers[0] - 1].id if numbers else talk.current
    return open_goal(talk, chosen, "") if chosen else open_next(talk, "")


def choose_goal(talk: Talk, goal_id: str) -> Talk:
    """Take up a goal of the list: its ladder where it stood, or its wording where it has a reason."""
    return open_goal(talk, goal_id, "")


def overrule(talk: Talk, goal_id: str, place: int, answer_class: AnswerClass) -> Talk:
    """Read the answer at `place` (from 0) of a goal's ladder as the manager does, and go on from there."""
    goal = next(goal for goal in talk.goals if goal.id == goal_id)
    readings = {**dict(goal.overruled), place: answer_class}
    talk = change_goal(
        replace(talk, current=goal_id), goal_id, overruled=tuple(sorted(readings.items())), state="asking", edited=False
    )
    return proceed(talk, voice_of(talk)["overruled"])


def take_answer(talk: Talk, message: str) -> Talk:
    """An answer to the why that is open; to a goal proposed to begin with, it says yes first."""
    if talk.phase == "pick":
        talk = change_current(replace(talk, phase="why"), state="asking")
    goal = find_current(talk)
    if goal is None or talk.phase != "why":
        return ask_for_sentence(talk) if talk.phase == "goal" else go_on(talk, "")
    heard = load_heard(talk.language)
    said = heard.strip_tag(heard.strip_shrug(drop_complaints(message, talk.language).strip()))
    return proceed(*begin_with_stated(change_current(talk, answers=(*goal.answers, said))))


def restart(talk: Talk, _: str) -> Talk:
    """Begin the goal's ladder anew, from the words it had at first."""
    goal = find_current(talk)
    if goal is None:
        return open_next(talk, voice_of(talk)["no_open_goal"])
    fresh = KeptGoal(goal.id, goal.original, goal.original, "asking", goal.language, actions=goal.actions)
    goals = tuple(fresh if one.id == goal.id else one for one in talk.goals)
    return proceed(replace(talk, goals=goals), voice_of(talk)["restarted"])


def _weigh_talk(goal: KeptGoal) -> tuple[int, bool]:
    """How much a goal would gain from a talk: by the remarks about it, then by whether it lacks a reason."""
    stated = goal.stated or Stated()
    if stated.remarks is not None:
        return stated.remarks, not stated.reason
    said = {rule for rule, words in (("need-missing", stated.reason), ("beneficiary-missing", stated.who)) if words}
    found = [one for one in find_remarks(goal.text, goal.language) if one.severity != "info" and one.rule not in said]
    return len(found), not stated.reason
