"""Chapters whose numbers have no full stop head what stands below them, sections of theirs a level deeper."""

import pytest
from test_outline import blocks, kinds, words

PROSE = "Bakers and cooks learn here for the coast and the fjord."
CHAPTERED = f"""Harbour Bakers' College

1 Foreword

{PROSE}

2 Three ambitions

2.1 One baker in ten has worked abroad

{PROSE}

2.2 Every teacher has a colleague in the south

{PROSE}

3 Money

• Grants of the fund
• A sum of the town
"""


def test_chapters_are_of_level_one_and_their_sections_of_level_two() -> None:
    assert blocks(CHAPTERED) == [
        ("heading1", "Harbour Bakers' College"),
        ("heading1", "Foreword"),
        ("paragraph", PROSE),
        ("heading1", "Three ambitions"),
        ("heading2", "One baker in ten has worked abroad"),
        ("paragraph", PROSE),
        ("heading2", "Every teacher has a colleague in the south"),
        ("paragraph", PROSE),
        ("heading1", "Money"),
        ("item1", "Grants of the fund"),
        ("item1", "A sum of the town"),
    ]


def test_a_chapter_whose_number_has_a_full_stop_heads_its_sections_even_where_a_list_has_the_same_numbers() -> None:
    text = f"3. Ambitions\n\n3.1 One baker in ten\n\n{PROSE}\n\n3.2 Every teacher\n\n{PROSE}\n\n1. flour\n2. water\n"
    assert kinds(text)[:2] == ["heading1", "heading2"]


def test_the_last_numbered_chapter_is_one_even_where_a_list_stands_right_below_it() -> None:
    text = f"1. Aims\n\n{PROSE}\n\n2. Partners\n\n• A bakery in Vigo\n• A mill in Turku\n"
    assert kinds(text) == ["heading1", "paragraph", "heading1", "item1", "item1"]


def test_a_list_with_such_numbers_is_a_list() -> None:
    text = f"Aims\n\n1 Bakers who speak German\n2 Teachers at ease abroad\n3 Firms that ask for us\n\n{PROSE}\n"
    assert blocks(text)[1:4] == [
        ("item1", "Bakers who speak German"),
        ("item1", "Teachers at ease abroad"),
        ("item1", "Firms that ask for us"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"2 Bakers\n\n{PROSE}\n\n3 Cooks\n\n{PROSE}\n\n4 Smiths\n\n{PROSE}",  # nothing begins with them
        f"1 Baker\n\n{PROSE}\n\n2 Cooks\n\n{PROSE}",  # too few
        f"1 Baker\n\n{PROSE}\n\n3 Cooks\n\n{PROSE}\n\n5 Smiths\n\n{PROSE}",  # no row
        f"1 baker\n\n{PROSE}\n\n2 cooks\n\n{PROSE}\n\n3 smiths\n\n{PROSE}",  # counted, not numbered
    ],
)
def test_numbers_that_make_no_row_of_chapters_stay_with_their_words(text: str) -> None:
    assert [said for said in words(text) if said[0].isdigit()] == [
        line for line in text.split("\n\n") if line[0].isdigit()
    ]


def test_two_chapters_are_enough_where_one_has_sections() -> None:
    text = f"1 Who we are\n\n{PROSE}\n\n2 Ambitions\n\n2.1 One baker in ten\n\n{PROSE}\n\n2.2 Teachers\n\n{PROSE}\n"
    assert kinds(text) == [
        "heading1", "paragraph", "heading1", "heading2", "paragraph", "heading2", "paragraph"
    ]  # fmt: skip
