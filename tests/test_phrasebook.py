"""The words around a critique and a talk are the same in all nine languages: no phrase missing, no hole lost."""

import re
from typing import get_args

import pytest

from assistant.asking.composition import PARTS
from assistant.asking.conversation import GOAL_STATES
from assistant.chain import ANSWER_CLASSES
from assistant.domain import ELEMENTS, FAMILIES, KINDS, ElementState, ModelKind, SetState, Severity
from assistant.reviewing.set_checks import TOPICS
from knowledge.lexicon import LANGUAGES
from knowledge.papers import PAPERS
from knowledge.phrasebook import load_phrases
from knowledge.rulebook import load_rules

ENGLISH = load_phrases("en")


def holes(phrase: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", phrase))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_every_phrase_with_the_same_holes(language: str) -> None:
    phrases = load_phrases(language)
    assert {group: set(named) for group, named in phrases.groups.items()} == {
        group: set(named) for group, named in ENGLISH.groups.items()
    }
    for group, named in phrases.groups.items():
        for name, phrase in named.items():
            assert holes(phrase) == holes(ENGLISH.groups[group][name]), (group, name)


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_a_language_does_not_speak_english(language: str) -> None:
    """Short words ("vision", "page") are the same in several languages; a sentence is not."""
    for group, named in load_phrases(language).groups.items():
        for name, phrase in named.items():
            english = ENGLISH.groups[group][name]
            assert len(english.split()) < 5 or phrase != english, (group, name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_merged_goal_must_keep_and_the_question_about_it_stand_apart(language: str) -> None:
    phrases, rule = load_phrases(language), next(rule for rule in load_rules() if rule.id == "goals-overlap")
    quoted = phrases.say("frame", "quoted", words="60 cooks")
    question = rule.wording.question(language).format(keep=phrases.say("frame", "merged", facts=quoted))
    assert not re.search(r"[.!?][^\s\d]", question), question


def test_every_thing_that_is_named_has_a_name() -> None:
    for group, names in (
        ("elements", ELEMENTS),
        ("families", FAMILIES),
        ("kinds", KINDS),
        ("topics", TOPICS),
        ("states", get_args(ElementState)),
        ("severities", get_args(Severity)),
        ("set", get_args(SetState)),
        ("papers", PAPERS),
        ("models", get_args(ModelKind)),
        ("goal_states", GOAL_STATES),
        ("parts", (*PARTS, "step", "beside")),
        ("readings", ANSWER_CLASSES),
    ):
        assert set(ENGLISH.groups[group]) == set(names), group


def test_a_language_without_a_file_is_spoken_to_in_english() -> None:
    assert load_phrases("und") is not None
    assert load_phrases("sv").code == "en"


def test_a_list_is_said_as_a_list() -> None:
    assert [ENGLISH.join(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
    assert load_phrases("fi").join(["1", "3", "5"]) == "1, 3 ja 5"


def test_one_thing_is_counted_in_the_singular() -> None:
    assert [ENGLISH.count("goals", number) for number in (1, 2)] == ["1 goal", "2 goals"]


def test_a_hole_left_open_is_an_error_by_name() -> None:
    with pytest.raises(KeyError, match="total"):
        ENGLISH.say("frame", "score")
