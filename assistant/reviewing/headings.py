"""What a heading or a lead-in says of the statements below it: that they are goals, or that they are something else.

A heading stands over many statements and is asked about for each of them, so what it says is remembered.
"""

from collections.abc import Sequence
from functools import lru_cache

from assistant.domain import Kind
from knowledge.lexicon import Lexicon, load_lexicon

KINDS_APART: tuple[Kind, ...] = ("activity", "indicator", "context", "vision", "mission", "value")
_REMEMBERED = 2048  # headings


def announces_goals(heading: str, lexicon: Lexicon) -> bool:
    """Whether a heading or lead-in says that goals stand below: it names them, or leads in with "we want …:"."""
    return _announces_goals(heading, lexicon.code)


@lru_cache(_REMEMBERED)
def _announces_goals(heading: str, language: str) -> bool:
    lexicon = load_lexicon(language)
    named = lexicon.headings["goal"].search(heading) or lexicon.cue("goals_below").search(heading)
    if named is None:
        return heading.rstrip().endswith(":") and lexicon.has("intent", heading)
    others = (lexicon.headings[kind].search(heading) for kind in ("activity", "indicator", "context"))
    return not any(other and other.start() < named.start() for other in others) and not any(
        lexicon.headings[kind].search(heading, named.end()) for kind in ("activity", "indicator")
    )


def heads_vision(heading: str, lexicon: Lexicon) -> bool:
    """Whether a heading may as well stand over a vision ("Ambition", "Where we want to go")."""
    return lexicon.elements["vision"].heading.search(heading) is not None


def heads_any(heading: str, kinds: Sequence[Kind], lexicon: Lexicon) -> bool:
    """Whether a heading announces statements of one of `kinds`, or missions."""
    return _heads_any(heading, tuple(kinds), lexicon.code)


@lru_cache(_REMEMBERED)
def _heads_any(heading: str, kinds: tuple[Kind, ...], language: str) -> bool:
    lexicon = load_lexicon(language)
    announced = any(lexicon.headings[kind].search(heading) for kind in kinds)
    return announced or lexicon.elements["mission"].heading.search(heading) is not None


def heads_deeds(heading: str, lexicon: Lexicon) -> bool:
    """Whether a heading announces what will be done, and no goals."""
    return bool(heading) and _heads_deeds(heading, lexicon.code)


@lru_cache(_REMEMBERED)
def _heads_deeds(heading: str, language: str) -> bool:
    headings = load_lexicon(language).headings
    return headings["activity"].search(heading) is not None and headings["goal"].search(heading) is None


def heads_others(heading: str, lexicon: Lexicon) -> bool:
    """Whether a heading announces statements of another kind than goals."""
    return heads_any(heading, KINDS_APART, lexicon)
