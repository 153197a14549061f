"""What is looked up on the way: a question answered in passing, and the passage that a reason rests on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from assistant.asking.conversation import Phase, Source, Talk, find_reason
from assistant.asking.explaining import ask_bare, explain
from assistant.asking.talking import change_goal, go_on, tell, voice_of
from knowledge.document import Span
from knowledge.faults import AskwhyError
from knowledge.heard import Topic, load_heard
from knowledge.library.shelf import Place
from knowledge.library.stems import content_stems
from knowledge.sentences import split_sentences
from knowledge.telling import tell_fault


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


# What a question of ours is about, for whoever asks what it means.
_MEANT: Mapping[Phase, tuple[Topic, ...]] = {"why": ("why", "need"), "fill": ("example",)}
_MEANT_ELSEWHERE: tuple[Topic, ...] = ("difference",)
_FEWEST_SHARED, _SHARE = 2, 0.3  # measured on pairs of ours (evals/reasons.py)
Ask = Callable[[str, str], Answered]
# Gives what the school's papers say that has words of a text in a language, the likeliest first; at once.
LookUp = Callable[[str, str], Sequence[Source]]


def answer_in_passing(talk: Talk, message: str, ask: Ask | None) -> Talk:
    """Answer a question about the guide or the talk itself, then come back to the open question.

    What was acknowledged with that question is not said again.
    """
    bare = replace(talk, asked=ask_bare(talk.asked, talk.language))
    return replace(_answer(bare, message, ask), asked=talk.asked)


def _answer(talk: Talk, message: str, ask: Ask | None) -> Talk:
    heard = load_heard(talk.language)
    topics = heard.find_topics(message)
    if not topics and heard.asks_meaning(message):
        topics = _MEANT.get(talk.phase, _MEANT_ELSEWHERE)
    if topics:
        return go_on(tell(talk, *explain(topics, talk.language)), "")
    if ask is None:
        return go_on(talk, voice_of(talk)["no_guide"])
    try:
        found = ask(message, talk.language)
    except AskwhyError as fault:
        return go_on(talk, tell_fault(fault, talk.language))
    return go_on(tell(talk, found.text, tuple(map(cite, found.citations))), "")


def rest_reasons(before: Talk, after: Talk, look_up: LookUp | None) -> Talk:
    """`after` with the passages that newly reached reasons rest on (guide 4.1, 4.3), where there are any.

    An element of the uploaded strategy comes first, then a passage of the school's own papers; a reason without
    either rests on the manager's word. Papers that cannot be read change nothing.
    """
    had = {goal.id: find_reason(goal) for goal in before.goals if goal.state != "new"}
    for goal in after.goals:
        reason = "" if goal.state == "new" else find_reason(goal)
        if reason and had.get(goal.id) != reason:
            grounds = _find_grounds(after.elements, reason, goal.language, look_up)
            after = change_goal(after, goal.id, grounds=grounds)
    return after


def _find_grounds(elements: Sequence[Source], reason: str, language: str, look_up: LookUp | None) -> tuple[Source, ...]:
    found = find_ground(reason, elements, language)
    if found is None and look_up is not None:
        try:
            found = find_ground(reason, look_up(reason, language), language)
        except AskwhyError:  # told where the manager asks something; the reason itself needs no papers
            return ()
    return (found,) if found else ()


def find_ground(reason: str, passages: Sequence[Source], language: str) -> Source | None:
    """The passage that says what a reason says: the one with most of its words; None where none has enough of them.

    Words are compared by their stems in `language`, without those that carry no meaning.
    """
    shares = [(_share(reason, one.quote, language), -place) for place, one in enumerate(passages)]
    share, place = max(shares, default=(0.0, 0))
    return passages[-place] if share >= _SHARE else None


def _share(reason: str, quote: str, language: str) -> float:
    """The share of a reason's words that a passage has; 0 where it has fewer than two of them."""
    said, there = set(content_stems(reason, language)), set(content_stems(quote, language))
    shared = len(said & there)
    return shared / len(said) if shared >= _FEWEST_SHARED else 0.0


def quote_sentences(places: Sequence[Place]) -> tuple[Source, ...]:
    """The sentences of these passages, each with where it stands in its document."""
    return tuple(
        Source(place.document_id, place.title, None, place.page, place.document.quote(span), span)
        for place in places
        for span in (
            one.shifted(place.passage.span.start)
            for one in split_sentences(place.document.quote(place.passage.span), place.document.language)
        )
    )


def cite(one: Cited) -> Source:
    """A citation as it is kept."""
    return Source(one.document, one.title, one.section, one.page, one.quote, one.span)
