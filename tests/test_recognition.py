"""What is a strategy, what is none and what it seems to be, and which of the guide's models a strategy follows."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.reviewing.parts import find_parts
from evals.decoys import STRATEGY, Decoy, load_decoys, recognise
from evals.sets import load_clean
from knowledge.lexicon import LANGUAGES
from knowledge.papers import PAPERS, find_telling, load_international, load_papers
from knowledge.reading.files import read_bytes

SCHOOL = (
    "Development plan 2027-2031\n\nThe college has 300 students and 30 teachers.\n\nGoals\n\n- Every apprentice reads "
    "a drawing\n- Teachers know the trade as it is today\n- {goal}\n\nThe principal is responsible."
)


def model_of(text: str) -> str | None:
    model = find_parts(read_bytes(text.encode(), "plan.txt"), language="en").model
    return model.kind if model else None


@pytest.mark.parametrize("decoy", load_decoys(), ids=lambda one: f"{one.language} {one.name}")
def test_a_strategy_is_told_from_other_papers(decoy: Decoy) -> None:
    is_strategy, named = recognise(decoy)
    assert is_strategy is (decoy.kind == STRATEGY)
    assert named is (decoy.kind in PAPERS)


def test_there_are_papers_and_strategies_that_look_like_them_in_every_language() -> None:
    kinds = {(one.language, one.kind == STRATEGY) for one in load_decoys()}
    assert kinds == {(language, is_strategy) for language in LANGUAGES for is_strategy in (True, False)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_knows_every_kind_of_paper_and_no_word_matches_nothing(language: str) -> None:
    patterns = [one for telling in load_papers(language).values() for one in (telling.title, telling.words)]
    assert set(load_papers(language)) == set(PAPERS)
    assert all(pattern.search("") is None for pattern in [*patterns, load_international(language)])


def test_a_strategy_of_its_own_is_the_partial_model() -> None:
    assert {model_of(one.text) for one in load_clean() if one.language == "en"} == {"partial"}


def test_one_international_goal_among_others_is_the_complete_model() -> None:
    assert model_of(SCHOOL.format(goal="Every class works with a class abroad")) == "complete"


def test_a_plan_without_any_international_part_is_the_general_one() -> None:
    assert model_of(SCHOOL.format(goal="Every class has its own workshop")) == "general"


def test_what_is_no_strategy_follows_no_model() -> None:
    paper = next(one for one in load_decoys() if one.kind == "minutes")
    assert model_of(paper.text) is None


def test_the_reason_comes_in_the_language_of_the_document() -> None:
    told = {
        one.language: find_parts(read_bytes(one.text.encode(), "a.txt"), language=one.language).reason
        for one in load_decoys()
        if one.kind == "minutes"
    }
    assert "Protokoll" in told["de"] or "protokoll" in told["de"]
    assert "verbale" in told["it"]
    assert len(set(told.values())) == len(LANGUAGES)


def test_two_elements_are_enough_where_the_title_names_a_plan() -> None:
    said = "Firms in our region cannot find skilled workers. The students of the college like the new building."
    titles = {"Strategic plan 2027-2031": True, "From the college": False}
    told = {
        title: find_parts(read_bytes(f"{title}\n\n{said}".encode(), "plan.txt"), language="en").is_strategy
        for title in titles
    }
    assert told == titles


def test_steps_that_speak_of_no_school_and_no_plan_are_no_strategy() -> None:
    steps = (
        "Mending a tyre\n\nA puncture is soon mended with a patch.\n\n"
        "- Take the wheel off and find the hole under water\n"
        "- Make the rubber rough, and strengthen the place with glue\n"
        "- Press the patch on firmly for a better hold\n"
        "- Improve the grip of the tube by waiting five minutes\n"
        "- Increase the pressure step by step until the tyre is hard\n"
    )
    assert not find_parts(read_bytes(steps.encode(), "tyre.txt"), language="en").is_strategy


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_the_words_of_all_papers_are_found_at_once_as_each_would_be_alone(language: str, data: st.DataObject) -> None:
    papers = load_papers(language)
    lines = [line for one in load_decoys() if one.language == language for line in one.text.splitlines()]
    text = data.draw(st.sampled_from([" ", "", "\n"])).join(
        data.draw(st.lists(st.sampled_from(lines) | st.text(max_size=8), max_size=20))
    )
    alone = {
        name: frozenset(found[0].casefold() for found in telling.words.finditer(text))
        for name, telling in papers.items()
    }
    assert find_telling(text, language) == alone
