"""Two sources that give different numbers on one matter, told across languages."""

import pytest

from assistant.disagreement import numbers_differ

ASKED = ("How many goals should we have?", "en")
GUIDE = ("Five or six goals are advisable. The year has 12 months.", "en")


@pytest.mark.parametrize(
    "other",
    [
        ("Our school sets ten goals for the period.", "en"),
        ("Die Schule setzt sich zehn Ziele.", "de"),
        ("Notre école se fixe 9 objectifs.", "fr"),
        ("Asetamme kymmenen tavoitetta.", "fi"),
    ],
)
def test_other_numbers_on_the_same_matter_disagree(other: tuple[str, str]) -> None:
    assert numbers_differ(ASKED, GUIDE, other)
    assert numbers_differ(ASKED, other, GUIDE)


@pytest.mark.parametrize(
    "other",
    [
        ("Our school sets six goals for the period.", "en"),
        ("Our school sets goals with care.", "en"),
        ("Twenty buses leave at ten.", "en"),
        ("Die Schule setzt sich sechs Ziele.", "de"),
    ],
)
def test_the_same_number_none_or_one_on_another_matter_does_not(other: tuple[str, str]) -> None:
    assert not numbers_differ(ASKED, GUIDE, other)
