"""Talks with invented managers: does the ladder find the reason each of them has, and does the talk keep its manners?

A persona (evals/cases/personas.yaml) answers in a fixed order, whatever it is asked, and gives its reason away in one
of its answers. A reason is found where the ladder stops at that answer and the new wording names it. Beside it, a bot
that asks a plain "why?" three times and takes the last answer for the reason, as interview scripts do.
"""

import re
from dataclasses import dataclass
from importlib.resources import files
from itertools import chain, repeat

from assistant.asking.dialogue import Dialogue
from assistant.asking.reformulation import frame_words
from assistant.asking.showing import Conversation, GoalCard
from evals.figures import Figure
from evals.manners import MOST_TURNS, Beside, Manners, hold_all
from knowledge.datafile import Fields, read_fields
from knowledge.lexicon import load_lexicon

BESIDE = Beside("simulated managers", "“why?” three times")
_ASKS = 3
_HALF = 0.5  # of the words of a reason
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Persona:
    """A manager: the goal to begin with, the answers in order, and the one among them that holds the reason."""

    id: str
    language: str
    style: str
    goal: str
    says: tuple[str, ...]
    motive: str
    after: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a talk: turns until the reason was found (0 for never), and its manners."""

    persona: Persona
    turns: int
    manners: Manners


def load_personas() -> tuple[Persona, ...]:
    """The invented managers.

    Raises:
        ValueError: if the file is malformed.
    """
    fields = read_fields(files("evals") / "cases" / "personas.yaml")
    return tuple(_persona(one) for one in fields.each("personas"))


def measure() -> tuple[Figure, ...]:
    """The share of reasons found within eight turns, and how many talks broke a rule that none may break."""
    personas = load_personas()
    outcomes = hold_all(talk, personas)
    plain = sum(persona.says.index(persona.motive) == min(_ASKS, len(persona.says)) - 1 for persona in personas)
    found = [outcome.turns for outcome in outcomes if outcome.turns]
    return (
        BESIDE.share(f"reasons found within {MOST_TURNS} turns", len(found), len(outcomes), plain),
        Figure(
            BESIDE.part,
            "turns until found, mean",
            "own",
            len(found),
            sum(found) / max(1, len(found)),
            min(found, default=0),
            max(found, default=0),
            BESIDE.baseline,
            _ASKS,
        ),
        *BESIDE.measure_manners([one.manners for one in outcomes], "an invented fact", len(outcomes)),
    )


def talk(dialogue: Dialogue, persona: Persona) -> Outcome:
    """A whole talk with one persona, at most eight turns after its goal."""
    dialogue.start(persona.id, persona.language)
    shown = dialogue.say(persona.id, persona.goal)
    asked = [_last(shown)]
    if not shown.goals:  # asked for a sentence, a manager in a hurry says it again
        shown = dialogue.say(persona.id, persona.goal)
    dead_ends, turns = list[str](), 0
    for turn, answer in enumerate(chain(persona.says, repeat(persona.after, MOST_TURNS)), start=1):
        if turn > MOST_TURNS:
            break
        shown = dialogue.say(persona.id, answer)
        asked.append(_last(shown))
        dead_ends += [] if "?" in _last(shown) or shown.quick_replies else [answer]
        if _is_found(shown.goals[0], persona.motive):
            turns = turn
            break
        if shown.goals[0].state != "asking":
            break
    repeated = tuple(question for place, question in enumerate(asked) if question in asked[:place])
    invented = _find_invented(shown.goals[0], persona, shown)
    return Outcome(persona, turns, Manners(repeated, invented, tuple(dead_ends)))


def _is_found(goal: GoalCard, motive: str) -> bool:
    """Whether the ladder stopped at the answer that holds the reason, and the wording names it."""
    reached = goal.chain is not None and goal.chain.done and goal.chain.steps[-1].answer == motive
    return reached and _share_of(motive, goal.text) >= _HALF


def _share_of(words: str, text: str) -> float:
    wanted, there = set(_WORD.findall(words.casefold())), set(_WORD.findall(text.casefold()))
    return len(wanted & there) / max(1, len(wanted))


def _find_invented(goal: GoalCard, persona: Persona, shown: Conversation) -> tuple[str, ...]:
    """Numbers and names in the wording that neither the manager said nor the frame of the sentence holds."""
    frame = frame_words(load_lexicon(persona.language))
    heard = (turn.text for turn in shown.turns if turn.speaker == "manager")
    said = " ".join([persona.goal, *heard, *frame]).casefold()
    facts = re.findall(r"\d[\d.,]*|(?<=[\w,] )[A-ZÄÖÅÆØÜÉÁ]\w+", goal.text)
    return tuple(fact for fact in facts if fact.casefold() not in said)


def _last(shown: Conversation) -> str:
    return next(turn.text for turn in reversed(shown.turns) if turn.speaker == "assistant")


def _persona(fields: Fields) -> Persona:
    fields.allow("id", "language", "style", "goal", "says", "motive", "after")
    says = fields.texts("says", 1, MOST_TURNS)
    place = fields.number("motive")
    return Persona(
        fields.text("id"),
        fields.text("language"),
        fields.text("style"),
        fields.text("goal"),
        says,
        says[place - 1],
        fields.text("after"),
    )
