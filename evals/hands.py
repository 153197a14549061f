"""Statements that others wrote and labelled, who had read neither our rules nor our data: for measuring alone.

One hand wrote 102 in English, another 30 in each of the eight other languages, a third 260 in English in the manner of
thirteen publishers, one heading in ten misleading. The first hand's were read once for the kinds of errors made on them
(evals/LOG.md), the others never.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from knowledge.labelled import Labelled, read_labelled

FOLDER = Path(__file__).parent / "cases" / "hands"
ENGLISH, OTHERS, THIRD = "another hand, English", "another hand, eight languages", "a third hand, English"


@cache
def load_hands() -> Mapping[str, tuple[Labelled, ...]]:
    """The statements by what they are called in the figures: the English ones, those of each language, the eight."""
    by_language = {file.stem.split("_")[1]: read_labelled(file) for file in sorted(FOLDER.glob("hand2_*.yaml"))}
    others = tuple(one for statements in by_language.values() for one in statements)
    each = {f"another hand, {language}": statements for language, statements in by_language.items()}
    english, third = (read_labelled(FOLDER / f"hand{number}_en.yaml") for number in (1, 3))
    return {ENGLISH: english, THIRD: third, OTHERS: others, **each}
