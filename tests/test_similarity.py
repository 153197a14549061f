"""How alike two statements are."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.judging.similarity import likeness, profile

TEXTS = st.lists(st.text(max_size=60), min_size=2, max_size=6)


@settings(deadline=None)
@given(TEXTS)
def test_likeness_is_between_nothing_and_all_and_the_same_both_ways(texts: list[str]) -> None:
    first, second, *_ = profile(texts)
    assert 0 <= likeness(first, second) <= 1 + 1e-9
    assert likeness(first, second) == pytest.approx(likeness(second, first))


def test_the_same_words_are_wholly_alike_whatever_their_case() -> None:
    first, second = profile(["More students speak English", "more STUDENTS speak English"])
    assert likeness(first, second) == pytest.approx(1)


def test_statements_without_a_letter_in_common_are_not_alike() -> None:
    first, second = profile(["Students travel", "Kévés ügy"])
    assert likeness(first, second) == 0


def test_two_wordings_of_one_goal_are_more_alike_than_two_goals() -> None:
    one, other, third = profile(
        ["Improve the language skills of students", "Better language skills for students", "Visit the harbour in Riga"]
    )
    assert likeness(one, other) > likeness(one, third)
