"""Cues are tried only where they could stand, and are found wherever they do."""

import pytest
from hypothesis import given, settings
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
PIECES = ["Increasing", "grow", "growth", "Hauptschule", "Schulen", "Berufskollegs", "from", "one", "to", "2029", "209"]
PIECES += ["l’objectif", "L'OBJECTIF", "well-being", "well", "being", "%", "of", "ſchule", "İncreas", "GROWſ", "-", "_"]


def own_cues(language: str) -> list[Cue]:
    lexicon = load_lexicon(language)
    return [cue for part in (lexicon.cues, lexicon.groups, lexicon.topics, lexicon.headings) for cue in part.values()]


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
    tried = [cue for cue in cues if cue.sieve.look(text) & cue.bit]
    assert 0 < len(tried) < len(cues) / 2
