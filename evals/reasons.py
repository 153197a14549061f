"""What a manager's reason is said to rest on: the right passage of the school's papers, a wrong one, or nothing.

Reasons and passages of our own in seven languages (evals/cases/reasons.yaml): English, Finnish and German were looked
at while the linking was made better, the others were not. The reasons say much in the words of the passages, as people
do who know their papers; one in three rests on none, and some of those share words with a passage all the same.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files

from assistant.asking.conversation import Source
from assistant.asking.passing import find_ground
from evals.figures import Figure, wilson_interval
from knowledge.datafile import Fields, read_fields
from knowledge.document import Span
from knowledge.library.stems import content_stems

PART = "what a reason rests on"
BASELINE = "whatever shares most words"


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason, what there is to rest on, and the place of the passage that says it, from 1; 0 for none."""

    text: str
    language: str
    passages: tuple[Source, ...]
    rests: int
    seen: bool


Link = Callable[[Reason], int]


def load_reasons() -> tuple[Reason, ...]:
    """The labelled reasons.

    Raises:
        ValueError: if the file is malformed.
    """
    fields = read_fields(files("evals") / "cases" / "reasons.yaml")
    return tuple(reason for one in fields.each("sets") for reason in _reasons(one))


def measure() -> tuple[Figure, ...]:
    """How many links are right, and how many of those there should be are made; in languages seen and unseen."""
    return tuple(figure for seen in (True, False) for figure in _measure(seen))


def link(reason: Reason) -> int:
    """The place of the passage that we link a reason to, from 1; 0 for none."""
    found = find_ground(reason.text, reason.passages, reason.language)
    return reason.passages.index(found) + 1 if found else 0


def _measure(seen: bool) -> Iterator[Figure]:
    reasons = [one for one in load_reasons() if one.seen == seen]
    languages = ", ".join(dict.fromkeys(one.language for one in reasons))
    cases = f"own, {languages} ({'seen' if seen else 'unseen'})"
    for measured, count in (("links that are right", _made), ("links made of those due", _due)):
        right, n = count(reasons, link)
        usual, of = count(reasons, _link_likest)
        low, high = wilson_interval(right, n)
        yield Figure(PART, measured, cases, n, right / n if n else 0.0, low, high, BASELINE, usual / of if of else 0.0)


def _made(reasons: Sequence[Reason], link_of: Link) -> tuple[int, int]:
    """How many of the links made are right, and how many there are."""
    made = [(one, place) for one in reasons if (place := link_of(one))]
    return sum(one.rests == place for one, place in made), len(made)


def _due(reasons: Sequence[Reason], link_of: Link) -> tuple[int, int]:
    """How many of the links that should be made are, and how many those are."""
    due = [one for one in reasons if one.rests]
    return sum(one.rests == link_of(one) for one in due), len(due)


def _link_likest(reason: Reason) -> int:
    said = set(content_stems(reason.text, reason.language))
    shared = [len(said & set(content_stems(one.quote, reason.language))) for one in reason.passages]
    return shared.index(max(shared)) + 1 if any(shared) else 0


def _reasons(fields: Fields) -> Iterator[Reason]:
    fields.allow("language", "seen", "passages", "reasons")
    language, seen = fields.text("language"), fields.choice("seen", ("yes", "no")) == "yes"
    passages = tuple(
        Source("own", "own", None, 1, text, Span(0, len(text))) for text in fields.texts("passages", 1, 20)
    )
    for one in fields.each("reasons"):
        one.allow("text", "rests")
        rests = one.number("rests") if one.has("rests") else 0
        yield Reason(one.text("text"), language, passages, rests, seen)
