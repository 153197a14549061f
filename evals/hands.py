"""Statements that others wrote and labelled, who had read neither our rules nor our data: for measuring alone.

One hand wrote 102 in English, another 30 in each of the eight other languages, a third 260 in English in the manner of
thirteen publishers, one heading in ten misleading. The others, who had the data card's definitions of the labels, wrote
passages of documents and cut them into statements, with as many of the rare kinds as they could: 223 in English by a
fourth, 220 in the eight languages by a ninth; 198 in English by a tenth are lists under headings of goals in which half
are none; 270 in English, Spanish, German and Finnish by an eleventh are chapters of rules, reports and running text in
which few are goals; 190 in English, German, French and Finnish by an eighteenth are goals told as a state that is
reached, mostly without a heading, among facts and routines in the same shape; 195 in English, Spanish, German and
Finnish by a nineteenth, and 180 in Danish, German, Hungarian and Dutch by a twentieth, are running prose of policies,
websites and college plans. The first hand's were read once for the kinds of errors made on them (evals/LOG.md), the
others never. The fifth to the eighth hand's have become statements to learn from. Whether a goal, an activity or an
indicator is compound was told anew for all but the last two by one more reader, who had the data card and saw no label.
The twentieth hand was told which errors two testers had found, as were those who wrote the statements learnt from
(`prose_*`).
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from knowledge.labelled import Labelled, read_labelled

FOLDER = Path(__file__).parent / "cases" / "hands"
ENGLISH, OTHERS = "another hand, English", "another hand, eight languages"
# The others, by the number in their files' names.
FURTHER = {
    3: "a third hand, English",
    4: "a fourth hand, English",
    9: "a ninth hand, eight languages",
    10: "a tenth hand, English, lists",
    11: "an eleventh hand, four languages, chapters",
    18: "an eighteenth hand, four languages, states",
    19: "a nineteenth hand, four languages, prose",
    20: "a twentieth hand, four more, prose",
}


@cache
def load_hands() -> Mapping[str, tuple[Labelled, ...]]:
    """The statements by what they are called in the figures: the English ones, those of each language, the eight."""
    by_language = {file.stem.split("_")[1]: read_labelled(file) for file in sorted(FOLDER.glob("hand2_*.yaml"))}
    others = tuple(one for statements in by_language.values() for one in statements)
    each = {f"another hand, {language}": statements for language, statements in by_language.items()}
    further = {name: _read_hand(number) for number, name in FURTHER.items()}
    return {ENGLISH: _read_hand(1), OTHERS: others, **further, **each}


def _read_hand(number: int) -> tuple[Labelled, ...]:
    return tuple(one for file in sorted(FOLDER.glob(f"hand{number}_*.yaml")) for one in read_labelled(file))
