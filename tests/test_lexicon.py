"""Every language has what the judge looks for."""

import pytest

from knowledge.document import Span
from knowledge.lexicon import LANGUAGES, load_lexicon

ENGLISH = load_lexicon("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_cue_group_topic_heading_and_element(language: str) -> None:
    lexicon = load_lexicon(language)
    assert lexicon.code == language
    for part in ("cues", "groups", "topics", "headings", "elements"):
        assert set(getattr(lexicon, part)) == set(getattr(ENGLISH, part)), part


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_cue_matches_nothing_or_the_empty_text(language: str) -> None:
    assert not [name for name, pattern in load_lexicon(language).cues.items() if pattern.search("") is not None]


def test_an_unknown_language_is_read_with_english_cues() -> None:
    assert load_lexicon("und").code == "en"
    assert load_lexicon("pl").code == "en"


def test_a_stem_matches_the_rest_of_its_word_and_no_other() -> None:
    text = "We are increasing pay, not just decreasing"
    assert ENGLISH.find("up", text) == Span(7, 17)


def test_a_year_stem_matches_years_alone() -> None:
    assert not ENGLISH.has("time", "Increase it by 20 % at once")
    assert ENGLISH.find("time", "Increase it by 2028") == Span(12, 19)


def test_a_gap_spans_up_to_three_words() -> None:
    assert ENGLISH.has("time", "within two years")
    assert ENGLISH.has("time", "within the next two years")
    assert not ENGLISH.has("time", "within a great many more long years")
