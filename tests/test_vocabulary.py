"""Many lists of words looked for in one pass."""

import pytest

from knowledge.vocabulary import Vocabulary

LISTS = {
    "partners": ["partner*", "chamber* of commerce"],
    "skills": ["*skill"],
    "rise": ["from .. to *"],
    "years": ["since 20*"],
    "law": ["lei*"],
}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Our PARTNERS abroad", {"partners": {"partner*"}}),
        ("the chambers of commerce", {"partners": {"chamber* of commerce"}}),
        ("the chambers of the commerce", {}),
        ("an artskill", {"skills": {"*skill"}}),
        ("from about ten to twenty", {"rise": {"from .. to *"}}),
        ("from one two three four to five", {}),
        ("since 2015", {"years": {"since 20*"}}),
        ("since 20 years", {}),
        ("a leisure", {"law": {"lei*"}}),
        ("", {}),
    ],
)
def test_an_entry_is_found_where_its_words_stand(text: str, found: dict[str, set[str]]) -> None:
    assert Vocabulary(LISTS).find(text) == found
