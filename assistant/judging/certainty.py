"""Rules that are surer than the trained models: where one speaks, it sets the kind; the models share what is left."""

from collections.abc import Mapping

from assistant.domain import Kind, Slots
from assistant.judging.quantities import PERCENT, find_numbers, find_years
from assistant.judging.slots import counts_group
from knowledge.lexicon import Lexicon

_SURE = 0.9
_LIKELY_DONE, _THOUGHT_OF = 0.7, 0.3
_OPENING = 3
_NAMING: Mapping[Kind, str] = {"vision": "names_vision", "mission": "names_mission"}
# Between these a goal is neither surely vague nor surely specific; chosen on held-out sources (evals/LOG.md).
_DOUBTFUL, _SETTLED = 0.1, 0.6
_SURELY_MEASURABLE = 0.7
_COUNTING: tuple[Kind, ...] = ("goal", "activity", "indicator", "context", "core_skill", "mission")


def correct_kinds(kinds: Mapping[Kind, float], text: str, lexicon: Lexicon) -> dict[Kind, float]:
    """The models' probabilities, with `_SURE` given to the kind that a rule names; they sum to 1 as before."""
    named: Kind | None = "activity" if announces_deed(text, lexicon) else names_itself(kinds, text, lexicon)
    if named is None or kinds[named] >= _SURE:
        return dict(kinds)
    rest = 1 - kinds[named]
    return {kind: _SURE if kind == named else share * (1 - _SURE) / rest for kind, share in kinds.items()}


def names_itself(kinds: Mapping[Kind, float], text: str, lexicon: Lexicon) -> Kind | None:
    """The vision, mission or goal that a statement says it is in its first words ("Our vision is …").

    None where it tells what is done with one ("The mission is read aloud"); a mission that names a day for it is none,
    and what is called a goal is one where the models think so too, if not first.
    """
    if kinds["activity"] >= _LIKELY_DONE:
        return None
    named = lexicon.find("names_goal", text)
    if named and len(text[: named.start].split()) < _OPENING and kinds["goal"] >= _THOUGHT_OF:
        return "goal"
    for kind, cue in _NAMING.items():
        found = lexicon.find(cue, text)
        if found and len(text[: found.start].split()) < _OPENING and (kind == "vision" or not find_years(text)):
            return kind
    return None


def announces_deed(text: str, lexicon: Lexicon) -> bool:
    """Whether it opens with "we will" and a deed right after ("We will join the network"): an action (guide 4.5)."""
    will = lexicon.find("will", text)
    if will is None or len(text[: will.start].split()) >= _OPENING or not lexicon.has("we", text[: will.end]):
        return False
    deed = lexicon.cue("action").match(text, will.end + 1)
    return deed is not None and text[will.end : deed.start()].isspace()


def states_amount(text: str, kind: Kind, slots: Slots, lexicon: Lexicon) -> bool:
    """Whether it counts something, and is of a kind where a figure counts ("see table 3" is not).

    "Every student" counts in whatever kind.
    """
    figures = kind in _COUNTING and bool(PERCENT.search(text) or find_numbers(text))
    return figures or counts_group(slots, lexicon)


def settle_specificity(specific: float, measurable: float, *, complete: bool = False) -> float:
    """How specific a goal is, given how likely the models find it specific, and measurable.

    In doubt a goal that can be measured is specific, short as it may be; so is one that is `complete`.
    """
    doubtful = _DOUBTFUL < specific < _SETTLED and measurable >= _SURELY_MEASURABLE
    return max(specific, _SETTLED) if complete or doubtful else specific
