"""What is looked up on the way: a question answered in passing, and the passage that a reason rests on."""

import re
from collections.abc import Callable, Sequence
from typing import Protocol

from assistant.asking.conversation import Source, Talk, find_reason
from assistant.asking.talking import change_goal, go_on, tell, voice_of
from knowledge.document import Span
from knowledge.faults import AskwhyError


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


_STEM, _FEWEST_SHARED, _SHARE = 4, 2, 0.34
_WORD = re.compile(r"[^\W\d_]+")
Ask = Callable[[str, str], Answered]


def answer_in_passing(talk: Talk, message: str, ask: Ask | None) -> Talk:
    """Answer a question about the guide, then come back to the open question."""
    if ask is None:
        return go_on(talk, voice_of(talk)["no_guide"])
    try:
        found = ask(message, talk.language)
    except AskwhyError as fault:
        return go_on(talk, str(fault))
    return go_on(tell(talk, found.text, tuple(map(cite, found.citations))), "")


def rest_reasons(before: Talk, after: Talk, ask: Ask | None) -> Talk:
    """`after` with the passages that newly reached reasons rest on (guide 4.1, 4.3), where there are any.

    An element of the uploaded strategy or a note of the journey comes first, then a passage of the school's own
    documents; a reason without either rests on the manager's word. A library that cannot be read changes nothing.
    """
    had = {goal.id: find_reason(goal) for goal in before.goals if goal.state != "new"}
    for goal in after.goals:
        reason = "" if goal.state == "new" else find_reason(goal)
        if reason and had.get(goal.id) != reason:
            after = change_goal(after, goal.id, grounds=_find_grounds(after, reason, ask))
    return after


def _find_grounds(talk: Talk, reason: str, ask: Ask | None) -> tuple[Source, ...]:
    at_hand = [one for one in talk.elements if rests_on(reason, one.quote)]
    if at_hand or ask is None:
        return tuple(at_hand[:1])
    try:
        found = ask(reason, talk.language).citations
    except AskwhyError:  # told where the manager asks something; the reason itself needs no library
        return ()
    own = (cite(one) for one in found if one.section is None)
    return tuple(one for one in own if rests_on(reason, one.quote))[:1]


def rests_on(reason: str, quote: str) -> bool:
    """Whether a passage speaks of what a reason says: it has enough of the reason's weightier words."""
    said, there = _stems(reason), _stems(quote)
    shared = said & there
    return len(shared) >= _FEWEST_SHARED and len(shared) >= _SHARE * len(said)


def _stems(text: str) -> frozenset[str]:
    return frozenset(word.casefold()[:_STEM] for word in _WORD.findall(text) if len(word) > _STEM)


def cite(one: Cited) -> Source:
    """A citation as it is kept."""
    return Source(one.document, one.title, one.section, one.page, one.quote, one.span)
