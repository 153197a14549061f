"""Statements that others wrote and labelled, who had read neither our rules nor our data: for measuring alone.

One hand wrote 102 in English, another 30 in each of the eight other languages, a third 260 in English in the manner of
thirteen publishers, one heading in ten misleading. A fourth (223 in English), a fifth (140 in Finnish and Hungarian)
and a sixth (206 in French, Spanish and Italian) wrote passages of documents and cut them into statements, with as many
of the rare kinds as they could. The first hand's were read once for the kinds of errors made on them (evals/LOG.md),
the others never.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from knowledge.labelled import Labelled, read_labelled

FOLDER = Path(__file__).parent / "cases" / "hands"
ENGLISH, OTHERS = "another hand, English", "another hand, eight languages"
THIRD, FOURTH = "a third hand, English", "a fourth hand, English"
FIFTH, SIXTH = "a fifth hand, fi and hu", "a sixth hand, fr, es and it"


@cache
def load_hands() -> Mapping[str, tuple[Labelled, ...]]:
    """The statements by what they are called in the figures: the English ones, those of each language, the eight."""
    by_language = {file.stem.split("_")[1]: read_labelled(file) for file in sorted(FOLDER.glob("hand2_*.yaml"))}
    others = tuple(one for statements in by_language.values() for one in statements)
    each = {f"another hand, {language}": statements for language, statements in by_language.items()}
    english, third, fourth = (read_labelled(FOLDER / f"hand{number}_en.yaml") for number in (1, 3, 4))
    fifth, sixth = (
        tuple(one for file in sorted(FOLDER.glob(f"hand{number}_*.yaml")) for one in read_labelled(file))
        for number in (5, 6)
    )
    return {ENGLISH: english, THIRD: third, FOURTH: fourth, FIFTH: fifth, SIXTH: sixth, OTHERS: others, **each}
