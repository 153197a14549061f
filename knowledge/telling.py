"""A fault told to the manager: the phrase of its key in the page's language."""

from knowledge.faults import AskwhyError, Hole
from knowledge.lexicon import DEFAULT_LANGUAGE
from knowledge.phrasebook import load_phrases

_MARKS = str.maketrans({",": "\u00a0", ".": ","})


def tell_fault(fault: AskwhyError, language: str) -> str:
    """The fault's one line in `language`; the English line that it carries where no phrase tells it."""
    phrases = load_phrases(language)
    if fault.key not in phrases.groups["faults"]:
        return str(fault)
    holes = {name: _write(hole, phrases.code) for name, hole in fault.holes.items()}
    return phrases.say("faults", fault.key, where=fault.where, **holes)


def _write(hole: Hole, language: str) -> str:
    """What fills a hole: words on one line; a number with at most one decimal, as the language writes it."""
    if isinstance(hole, str):
        return " ".join(hole.split())
    number = f"{hole:,.1f}".removesuffix(".0")
    return number if language == DEFAULT_LANGUAGE else number.translate(_MARKS)
