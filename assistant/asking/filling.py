"""The moves of the parts that are asked for after the reason: given, helped with, or passed over."""

from assistant.asking.answers import STOPPING, classify_answer
from assistant.asking.composition import PARTS, Part
from assistant.asking.conversation import KeptGoal, Talk, find_chain, find_current, find_missing
from assistant.asking.planning import take_action
from assistant.asking.questions import ask_how, word_anew
from assistant.asking.sifting import drop_complaints, names_people_alone
from assistant.asking.steering import proceed
from assistant.asking.talking import change_current, go_on
from assistant.asking.tree import make_action
from assistant.asking.why import MOST_ANSWER_WORDS, shorten
from knowledge.heard import load_heard


def take_part(talk: Talk, message: str) -> Talk:
    """The manager's words for the part that is open; the wording is composed anew with them."""
    goal = find_current(talk)
    missing = find_missing(goal) if goal else ()
    if goal is None or not missing:
        return proceed(talk, "")
    words = " ".join(drop_complaints(message, talk.language).split())
    if _names_others(goal, missing[0], words) and not _insists(talk, goal, missing[0], words):
        return _take_people(talk, goal, words)
    talk = change_current(talk, parts=(*goal.parts, (missing[0], words)))
    if missing[0] == "means":  # the first step of the way there
        talk = change_current(talk, actions=(*goal.actions, make_action(goal, words, talk.goals)))
    return proceed(_reword(talk), "")


def add_reason(talk: Talk, message: str) -> Talk:
    """A further reason for a goal that has one: it joins the first, and the open question stays.

    Where the two together are too long it is a step or a remark like any other message.
    """
    goal = find_current(talk)
    chain = find_chain(goal) if goal else None
    if goal is None or chain is None or not chain.done:
        return proceed(talk, "")
    place = len(chain.steps) - 1
    first, words = goal.answers[place].rstrip(" .!;,"), " ".join(message.split())
    whole = f"{first}. {words[:1].upper()}{words[1:]}"
    if len(whole.split()) > MOST_ANSWER_WORDS:
        return take_action(talk, message) if talk.phase == "how" else go_on(talk, "")
    read = chain.steps[place].answer_class
    readings = dict(goal.overruled)
    if classify_answer(chain.true_goal or goal.original, whole, goal.language)[0] not in STOPPING:
        readings[place] = read  # that there is a second reason does not undo the first
    talk = _reword(
        change_current(talk, answers=(*goal.answers[:place], whole), overruled=tuple(sorted(readings.items())))
    )
    told, changed = load_heard(talk.language).says["reason"], find_current(talk)
    return ask_how(talk, changed, told) if changed and talk.phase == "how" else proceed(talk, told)


def help_with_part(talk: Talk, message: str) -> Talk:
    """Who does not know is helped once, with a question closer at hand; after that the part is passed over."""
    goal = find_current(talk)
    missing = find_missing(goal) if goal else ()
    if goal is None or not missing:
        return proceed(talk, "")
    if missing[0] in goal.hinted:
        return pass_part(talk, message)
    return proceed(change_current(talk, hinted=(*goal.hinted, missing[0])), "")


def pass_part(talk: Talk, _: str) -> Talk:
    """Leave the part that is open; it is not asked for again."""
    goal = find_current(talk)
    missing = find_missing(goal) if goal else ()
    if goal is not None and missing:
        talk = change_current(talk, passed=(*goal.passed, missing[0]))
    return proceed(talk, "")


def pass_every_part(talk: Talk) -> Talk:
    """Leave every part that is still missing: the manager wants no more questions."""
    return proceed(change_current(talk, passed=PARTS), "")


def _names_others(goal: KeptGoal, part: Part, words: str) -> bool:
    """Whether what is said for a part only names people, who are no means and no change.

    Who was helped with the sign may well name those who could tell.
    """
    if part == "who" or (part == "sign" and part in goal.hinted):
        return False
    return names_people_alone(words, goal.language, bare=part != "means")


def _insists(talk: Talk, goal: KeptGoal, part: Part, words: str) -> bool:
    """Whether the manager has said these words before; people may be a means, but what changes is not who gains."""
    if part != "means" and dict(goal.parts).get("who", "").casefold() == words.casefold():
        return False
    said = [" ".join(turn.text.split()).casefold() for turn in talk.turns if turn.speaker == "manager"]
    return said.count(words.casefold()) > 1


def _take_people(talk: Talk, goal: KeptGoal, words: str) -> Talk:
    """People named for another part are those who gain by it, unless those are known; the question stays."""
    says = load_heard(talk.language).says
    if "who" in dict(goal.parts):
        return go_on(talk, says["named"].format(words=shorten(words)))
    talk = _reword(change_current(talk, parts=(*goal.parts, ("who", words))))
    return proceed(talk, says["people"].format(words=shorten(words)))


def _reword(talk: Talk) -> Talk:
    goal = find_current(talk)
    return change_current(talk, text=word_anew(goal)) if goal else talk
