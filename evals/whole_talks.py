"""Whole talks with invented managers: through the ladder, the parts, the way there, back again, sets and the journey.

A manager (evals/cases/whole_talks.yaml) says a fixed list of things, whatever comes back. Measured: whether the reason
was found within eight turns of its goal, whether what was said stands in the end where it belongs (and what was taken
back does not), and the manners that no talk may break. Beside it, a form that asks the same parts in a fixed order and
keeps every message under the next heading.
"""

from dataclasses import dataclass
from importlib.resources import files

from assistant.asking.dialogue import Dialogue
from assistant.asking.reformulation import frame_words, invented_words
from assistant.asking.showing import Conversation
from evals.figures import Figure
from evals.manners import MOST_TURNS, Beside, Manners, hold_all
from knowledge.datafile import Fields, read_fields
from knowledge.lexicon import load_lexicon

BESIDE = Beside("whole talks", "a form")
_FORM = 5  # headings of the form: goal, reason, who, what, how


@dataclass(frozen=True, slots=True)
class WholeTalk:
    """A manager's side of a talk; `goal` and `motive` are messages among `says`, as places from 0."""

    id: str
    language: str
    says: tuple[str, ...]
    goal: int
    motive: int
    holds: tuple[str, ...]
    drops: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a talk: whether the reason was found in time, what was lost or not dropped, and its manners."""

    talk: WholeTalk
    found: bool
    lost: tuple[str, ...]
    manners: Manners


def load_whole_talks() -> tuple[WholeTalk, ...]:
    """The invented managers.

    Raises:
        ValueError: if the file is malformed.
    """
    fields = read_fields(files("evals") / "cases" / "whole_talks.yaml")
    return tuple(_talk(one) for one in fields.each("talks"))


def measure() -> tuple[Figure, ...]:
    """The shares of talks in which the reason was found, everything was kept, and no rule was broken."""
    talks = load_whole_talks()
    outcomes = hold_all(hold, talks)
    form = sum(talk.motive - talk.goal == 1 for talk in talks)
    kept_by_form = sum(len(talk.says) <= _FORM and not talk.drops for talk in talks)
    kept, n = sum(not one.lost for one in outcomes), len(outcomes)
    return (
        BESIDE.share(f"reasons found within {MOST_TURNS} turns", sum(one.found for one in outcomes), n, form),
        BESIDE.share("talks in which all that was said is kept", kept, n, kept_by_form),
        *BESIDE.measure_manners([one.manners for one in outcomes], "an invented word", 0),
    )


def hold(dialogue: Dialogue, talk: WholeTalk) -> Outcome:
    """One whole talk."""
    shown = dialogue.start(talk.id, talk.language)
    said, repeated, dead_ends, found = [shown.turns[-1].text], list[str](), list[str](), False
    back = _list_ways_back(talk.language)
    for place, message in enumerate(talk.says):
        before = len(shown.turns)
        shown = dialogue.say(talk.id, message)
        if len(shown.turns) < before + 2 or ("?" not in shown.turns[-1].text and not shown.quick_replies):
            dead_ends.append(message)
        if message.casefold() in back:
            said = []  # who goes back wants the question again
        repeated += [shown.turns[-1].text] if shown.turns[-1].text in said else []
        said.append(shown.turns[-1].text)
        found |= place - talk.goal <= MOST_TURNS and _has_reason(shown, talk.says[talk.motive])
    kept = _list_kept(shown)
    lost = [words for words in talk.holds if not any(words.casefold() in text.casefold() for text in kept)]
    lost += [words for words in talk.drops if any(words.casefold() in text.casefold() for text in kept)]
    manners = Manners(tuple(repeated), _find_invented(shown, talk), tuple(dead_ends))
    return Outcome(talk, found, tuple(lost), manners)


def _list_ways_back(language: str) -> frozenset[str]:
    """What is said to have an earlier question again: going back, the step before, or a goal begun anew."""
    voice = load_lexicon(language).voice
    replies = (voice[f"reply_{name}"] for name in ("back", "previous", "restart"))
    return frozenset(said.strip().casefold() for said in (*replies, *voice["backs"].split("|")))


def _has_reason(shown: Conversation, motive: str) -> bool:
    """Whether a goal's ladder has stopped at the message that holds the reason, and its wording says so."""
    return any(
        goal.chain is not None and goal.chain.done and goal.chain.steps[-1].answer == motive and goal.reason
        for goal in shown.goals
    )


def _list_kept(shown: Conversation) -> list[str]:
    """All that is kept of what was said: the goals, their ladders, parts and steps, what was said beside, the notes."""
    kept = [note.text for note in shown.notes]
    for goal in shown.goals:
        kept += [goal.text, *(text for _, text in goal.parts), *(action.text for action in goal.actions), *goal.asides]
        kept += [step.answer for step in goal.chain.steps] if goal.chain else []
    return kept


def _find_invented(shown: Conversation, talk: WholeTalk) -> tuple[str, ...]:
    frame = frame_words(load_lexicon(shown.language))
    return tuple(word for goal in shown.goals for word in invented_words(goal.text, talk.says, frame))


def _talk(fields: Fields) -> WholeTalk:
    fields.allow("id", "language", "style", "says", "goal", "motive", "holds", "drops")
    return WholeTalk(
        id=fields.text("id"),
        language=fields.text("language"),
        says=fields.texts("says", 1, 40),
        goal=fields.number("goal") - 1,
        motive=fields.number("motive") - 1,
        holds=fields.texts("holds", 0, 20),
        drops=fields.texts("drops", 0, 20),
    )
