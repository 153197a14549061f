"""What the assistant does next: one function for each thing a manager can say, from one state of a talk to the next.

Each leaves exactly one open question; a remark about a goal comes before it, at most one (feedback before suggestion).
The guide's section 4.4 gives the order: why until a reason, then the goal in the manager's own words, then the next.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from assistant.asking.conversation import Source, Talk, find_chain, find_remarks
from assistant.asking.hearing import find_current, is_climbed, recognise
from assistant.asking.talking import add_goal, change_current, choose_fresh, go_on, join, put, tell, voice_of
from assistant.asking.why import shorten
from assistant.domain import AnswerClass
from assistant.judging.judge import MOST_WORDS
from knowledge.document import Span
from knowledge.faults import AskwhyError
from knowledge.lexicon import DEFAULT_LANGUAGE, LANGUAGES

MANY_GOALS, MOST_GOALS = 6, 8  # guide 4.4: five to six, certainly no more than eight
_CLIMBING = ("unsure", "skip", "park", "stop")
_OFFERING = ("accept", "edit", "next")
# The ladder asks for the need in any case; to remark that it is absent would put the same question twice.
_ASKED_ANYWAY = "need-missing"


class Cited(Protocol):
    """A citation, as an answer about the guide brings it."""

    @property
    def document(self) -> str:
        """Its id in the library."""

    @property
    def title(self) -> str:
        """Its name for the reader."""

    @property
    def section(self) -> str | None:
        """The guide's section number; None elsewhere."""

    @property
    def page(self) -> int:
        """The page, from 1."""

    @property
    def quote(self) -> str:
        """The exact words."""

    @property
    def span(self) -> Span:
        """Where they stand in the document."""


class Answered(Protocol):
    """An answer to a question about the guide or the library."""

    @property
    def text(self) -> str:
        """What is said."""

    @property
    def citations(self) -> Sequence[Cited]:
        """What it rests on, the best first."""


Ask = Callable[[str, str], Answered]
Move = Callable[[Talk, str], Talk]


def begin(language: str) -> Talk:
    """A new talk: the greeting, with the question for a first goal."""
    known = language in LANGUAGES
    talk = Talk(language=language if known else DEFAULT_LANGUAGE, warned=not known)
    voice = voice_of(talk)
    warning = "" if known else voice["unknown_language"]
    return replace(tell(talk, join(warning, voice["greeting"])), asked=voice["ask_goal_1"])


def take_goals(talk: Talk, texts: Sequence[str]) -> Talk:
    """Add the goals of a strategy that are not there yet, and open the first; one under way keeps its ladder."""
    known = {goal.original.casefold() for goal in talk.goals} | {goal.text.casefold() for goal in talk.goals}
    fresh: dict[str, str] = {}
    for text in (" ".join(text.split()) for text in texts):
        if any(map(str.isalnum, text)) and len(text.split()) <= MOST_WORDS and text.casefold() not in known:
            fresh.setdefault(text.casefold(), text)
    if not fresh:
        return go_on(talk, voice_of(talk)["none_taken"])
    for text in fresh.values():
        talk = add_goal(talk, text)
    first = talk.goals[-len(fresh)]
    told = voice_of(talk)["taken"].format(count=len(fresh), goal=shorten(first.text))
    return _open_goal(talk, first.id, told)


def choose_goal(talk: Talk, goal_id: str) -> Talk:
    """Take up a goal of the list: its ladder where it stood, or its wording where it has a reason."""
    return _open_goal(talk, goal_id, "")


def overrule(talk: Talk, goal_id: str, place: int, answer_class: AnswerClass) -> Talk:
    """Read the answer at `place` (from 0) of a goal's ladder as the manager does, and go on from there."""
    goal = next(goal for goal in talk.goals if goal.id == goal_id)
    readings = {**dict(goal.overruled), place: answer_class}
    talk = change_current(replace(talk, current=goal_id), overruled=tuple(sorted(readings.items())), state="asking")
    return _climb_on(talk, voice_of(talk)["overruled"])


def _say_nothing(talk: Talk, _: str) -> Talk:
    return tell(talk, choose_fresh(talk, "nothing_1", "nothing_2"))


def _refuse_length(talk: Talk, _: str) -> Talk:
    return tell(talk, voice_of(talk)["oversized"].format(most=f"{MOST_WORDS:,}"))


def _greet_back(talk: Talk, _: str) -> Talk:
    return _ask_for_sentence(talk) if talk.phase == "goal" else go_on(talk, "")


def _ask_sentence(talk: Talk, _: str) -> Talk:
    return _ask_for_sentence(talk) if talk.phase == "goal" else _next_goal(talk, "")


def _take_answer(talk: Talk, message: str) -> Talk:
    goal = find_current(talk)
    if goal is None or talk.phase != "why":
        return _ask_for_sentence(talk) if talk.phase == "goal" else go_on(talk, "")
    return _climb_on(change_current(talk, answers=(*goal.answers, message.strip())), "")


def _take_goal(talk: Talk, message: str) -> Talk:
    """A new goal, in whichever of the nine languages it is written."""
    language = recognise(message, talk.language)
    told = ""
    if language in LANGUAGES:
        talk = replace(talk, language=language)
    elif not talk.warned:
        talk = replace(talk, language=DEFAULT_LANGUAGE, warned=True)
        told = voice_of(talk)["unknown_language"]
    talk = add_goal(talk, " ".join(message.split()))
    return _open_goal(talk, talk.goals[-1].id, told)


def _take_wording(talk: Talk, message: str) -> Talk:
    """A new wording; where the ladder has found no reason, it begins anew."""
    goal, text = find_current(talk), " ".join(message.split())
    if goal is None:
        return _take_goal(talk, message)
    if talk.phase == "stuck":
        talk = change_current(talk, text=text, original=text, answers=(), overruled=())
        return _open_goal(talk, goal.id, "")
    talk = change_current(talk, text=text, state="reformulated" if is_climbed(goal) else "asking")
    return put(talk, "", "offer", voice_of(talk)["edited"].format(text=text), _OFFERING)


def _take_aside(talk: Talk, message: str) -> Talk:
    question = voice_of(talk)["noted"].format(words=shorten(message))
    if question == talk.asked:  # noted already: to ask once more would lead nowhere
        return _skip(talk, "")
    return put(talk, "", "offer", question, _OFFERING)


def _skip(talk: Talk, _: str) -> Talk:
    goal = find_current(talk)
    return _next_goal(talk, voice_of(talk)["skipped"].format(goal=shorten(goal.text)) if goal else "")


def _park(talk: Talk, _: str) -> Talk:
    goal = find_current(talk)
    if goal is None:
        return _next_goal(talk, voice_of(talk)["no_open_goal"])
    return _next_goal(change_current(talk, state="parked"), voice_of(talk)["parked"].format(goal=shorten(goal.text)))


def _stop(talk: Talk, _: str) -> Talk:
    """Ask no further; who says so twice wants to leave the goal altogether."""
    goal = find_current(talk)
    if goal is not None and talk.phase == "offer":
        return _park(talk, "")
    if goal is None:
        return _next_goal(talk, voice_of(talk)["no_open_goal"])
    return put(talk, "", "offer", voice_of(talk)["stopped"].format(goal=goal.text), ("accept", "edit", "park"))


def _accept(talk: Talk, _: str) -> Talk:
    """The goal is the manager's; with more than six, one question about the set (guide 4.4)."""
    if find_current(talk) is None:
        return _next_goal(talk, voice_of(talk)["no_open_goal"])
    talk = change_current(talk, state="accepted")
    goals = [goal.text.rstrip(" .") for goal in talk.goals if goal.state == "accepted"]
    listed = " ".join(f"({place}) {text}." for place, text in enumerate(goals, start=1))
    told = voice_of(talk)["accepted"].format(goals=listed)
    if len(goals) <= MANY_GOALS:
        return _next_goal(talk, told)
    question = voice_of(talk)["too_many" if len(goals) > MOST_GOALS else "many"].format(count=len(goals))
    return put(replace(talk, current=None), told, "set", question, ("next",))


def _edit(talk: Talk, _: str) -> Talk:
    if find_current(talk) is None:
        return _next_goal(talk, voice_of(talk)["no_open_goal"])
    return put(talk, "", "edit", voice_of(talk)["edit"], ())


def answer_in_passing(talk: Talk, message: str, ask: Ask | None) -> Talk:
    """Answer a question about the guide, then come back to the open question."""
    if ask is None:
        return go_on(talk, voice_of(talk)["no_guide"])
    try:
        found = ask(message, talk.language)
    except AskwhyError as fault:
        return go_on(talk, str(fault))
    sources = tuple(
        Source(one.document, one.title, one.section, one.page, one.quote, one.span) for one in found.citations
    )
    return go_on(tell(talk, found.text, sources), "")


# One move for everything that assistant/asking/hearing.py hears, but a question, which needs the guide.
MOVES: Mapping[str, Move] = {
    "nothing": _say_nothing,
    "oversized": _refuse_length,
    "hello": _greet_back,
    "no_goal": _ask_sentence,
    "answer": _take_answer,
    "unsure": _take_answer,
    "new_goal": _take_goal,
    "wording": _take_wording,
    "aside": _take_aside,
    "skip": _skip,
    "park": _park,
    "stop": _stop,
    "accept": _accept,
    "edit": _edit,
    "next": lambda talk, _: _next_goal(talk, ""),
}


def _open_goal(talk: Talk, goal_id: str, told: str) -> Talk:
    """Make a goal the current one: at most one remark about it, then why."""
    talk = replace(talk, current=goal_id)
    goal = next(goal for goal in talk.goals if goal.id == goal_id)
    if goal.state in {"reformulated", "accepted"}:
        return put(talk, told, "offer", voice_of(talk)["stopped"].format(goal=goal.text), _OFFERING)
    talk = change_current(talk, state="asking")
    remarks = [one for one in find_remarks(goal.text, goal.language) if one.rule != _ASKED_ANYWAY]
    weighty = next((one.message for one in remarks if one.severity != "info"), None)
    remark = voice_of(talk)["remark"].format(remark=weighty) if weighty and not goal.answers else ""
    return _climb_on(talk, join(told, remark))


def _climb_on(talk: Talk, told: str) -> Talk:
    """Put the ladder's next question, or what it has come to."""
    goal = next(goal for goal in talk.goals if goal.id == talk.current)
    chain = find_chain(goal)
    if chain.reformulation:
        talk = change_current(talk, text=chain.reformulation.text, state="reformulated")
        ending = "done_need" if chain.steps[-1].answer_class == "need_or_reason" else "done_value"
        return put(talk, told, "offer", voice_of(talk)[ending].format(text=chain.reformulation.text), _OFFERING)
    if chain.next_question is None:
        question = voice_of(talk)["no_reason"].format(goal=shorten(goal.text))
        return put(talk, told, "stuck", question, ("park", "edit", "next"))
    return put(talk, told, "why", chain.next_question, _CLIMBING)


def _next_goal(talk: Talk, told: str) -> Talk:
    """Open the next goal of the list that is still new, or ask for another."""
    waiting = next((goal for goal in talk.goals if goal.state == "new"), None)
    if waiting:
        return _open_goal(talk, waiting.id, told)
    question = choose_fresh(talk, "ask_goal_1", "ask_goal_2", "ask_goal_3")
    return put(replace(talk, current=None), told, "goal", question, ())


def _ask_for_sentence(talk: Talk) -> Talk:
    return put(talk, "", "goal", choose_fresh(talk, "ask_sentence", "ask_goal_2", "ask_goal_3"), ())
