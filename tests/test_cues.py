"""Cues are tried only where they could stand, and are found wherever they do."""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from knowledge.cues import Cue, Sieve, find_standing
from knowledge.labelled import load_labelled
from knowledge.lexicon import LANGUAGES, compile_cues, load_lexicon

LISTS = {
    "rise": ["increas*", "grow"],
    "schools": ["*schule", "*kolleg*"],
    "ranges": ["from .. to *", "20*"],
    "goals": ["l'objectif", "well-being"],
    "signs": ["% of"],
}
SIEVE = Sieve(list(LISTS.values()))
CUES = {
    name: Cue(compile_cues(entries), SIEVE, bit) for (name, entries), bit in zip(LISTS.items(), SIEVE.bits, strict=True)
}
ENTRIES = [
    "increas*",
    "increasing number",
    "in",
    "in 20*",
    "inch",
    "a year",
    "a .. month",
    "annual*",
    "an",
    "a*",
    "Ärzt*",
    "ärger",
]
ENTRIES += [
    "grow",
    "growing up",
    "growth",
    "*grow",
    "*owth",
    "l'objectif",
    "l'objet*",
    "l",
    "20*",
    "2*",
    "well-being",
    "well",
]
SPOKEN = [
    "Increasing",
    "number",
    "IN",
    "2029",
    "inch",
    "a",
    "year",
    "busy",
    "month",
    "annually",
    "an",
    "ÄRZTE",
    "Ärger",
]
SPOKEN += ["outgrow", "growing", "up", "growth", "L’objectif", "l'objets", "well-being", "well", "-", "x"]
PIECES = ["Increasing", "grow", "growth", "Hauptschule", "Schulen", "Berufskollegs", "from", "one", "to", "2029", "209"]
PIECES += ["l’objectif", "L'OBJECTIF", "well-being", "well", "being", "%", "of", "ſchule", "İncreas", "GROWſ", "-", "_"]


@cache
def read_datafile(language: str) -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load((files("knowledge") / "languages" / f"{language}.yaml").read_text("utf-8"))
    return data


def own_cues(language: str) -> list[Cue]:
    lexicon = load_lexicon(language)
    return [cue for part in (lexicon.cues, lexicon.groups, lexicon.topics, lexicon.headings) for cue in part.values()]


def find_one_by_one(entries: Sequence[str], text: str) -> tuple[int, int] | None:
    """The place that `compile_cues` promises: the first, of those there the fullest entry's, word starts ahead."""
    found = [(alone, entry) for entry in entries if (alone := compile_cues([entry]).search(text))]
    ranked = [(one.start(), entry.startswith("*"), -len(entry), entry, one.span()) for one, entry in found]
    return min(ranked)[-1] if ranked else None


@given(
    st.lists(st.sampled_from(ENTRIES), min_size=1, max_size=12, unique=True),
    st.lists(st.sampled_from(SPOKEN), max_size=8).map(" ".join),
)
@example(["a* busy month", "annual*", "another"], "annually busy month")
@example(["in .. month", "in*", "inch"], "in a busy month")
def test_entries_with_one_beginning_are_found_as_each_alone_would_be(entries: list[str], text: str) -> None:
    found = compile_cues(entries).search(text)
    assert (found and found.span()) == find_one_by_one(entries, text)


@pytest.mark.parametrize("language", LANGUAGES)
@settings(deadline=None, max_examples=10)
@given(st.data())
def test_a_languages_longest_lists_are_found_as_each_entry_alone_would_be(language: str, data: st.DataObject) -> None:
    cues = read_datafile(language)["cues"]
    entries = data.draw(st.sampled_from([cues[name] for name in ("time", "intent", "quantifier", "reach")]))
    text = data.draw(st.sampled_from([one.text for one in load_labelled() if one.language == language]))
    found = compile_cues(entries).search(text)
    assert (found and found.span()) == find_one_by_one(entries, text)


@given(st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join) | st.text(max_size=40))
def test_a_cue_is_found_where_its_pattern_alone_finds_it(text: str) -> None:
    for cue in CUES.values():
        alone = cue.compiled.search(text)
        found = cue.search(text)
        assert (found and found.span()) == (alone and alone.span())
        assert [one.span() for one in cue.finditer(text)] == [one.span() for one in cue.compiled.finditer(text)]
    assert find_standing(CUES, text) == [name for name, cue in CUES.items() if cue.compiled.search(text)]


@pytest.mark.parametrize("language", LANGUAGES)
@settings(deadline=None, max_examples=25)
@given(st.data())
def test_every_language_finds_its_cues_in_its_statements(language: str, data: st.DataObject) -> None:
    text = data.draw(st.sampled_from([one.text for one in load_labelled() if one.language == language]))
    written = data.draw(st.sampled_from([text, text.upper(), text[::-1]]))
    for cue in own_cues(language):
        alone = cue.compiled.search(written)
        found = cue.search(written)
        assert (found and found.span()) == (alone and alone.span())


def test_most_cues_are_not_tried_on_a_statement() -> None:
    text = "Every apprentice speaks a second language by 2029."
    cues = own_cues("en")
    tried = [cue for cue in cues if cue.sieve.look(text).lists & cue.bit]
    assert 0 < len(tried) < len(cues) / 2
