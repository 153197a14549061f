"""Answers in a form, and what rests on quotations: read strictly, and taken out where it does not hold."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scripted import GOAL, NEED, Scripted, cite, sentences, speaker_of

from assistant.speaking.alternatives import suggest
from assistant.speaking.cited import LeadWriter, find_sentence_objections, sum_up
from assistant.speaking.structured import Sentence, read_sentences, read_wordings
from knowledge.faults import ModelUnusable


def test_a_lead_keeps_the_sentences_that_its_passages_bear_out_and_cites_them() -> None:
    model = Scripted(
        [
            sentences(
                ("The hotels in Hanko need staff with languages.", 1, "cannot find staff who speak languages"),
                ("There are 13 hotels.", 1, "The 12 hotels in Hanko"),
                ("Nokia helps them.", 1, "cannot find staff who speak languages"),
                ("They look in vain.", 1, "cannot find any staff who speak languages"),
            )
        ]
    )
    speaker = speaker_of(model)
    worded = LeadWriter(speaker)("Who needs languages?", "en", (cite(NEED),))
    assert worded is not None
    assert worded.text == "The hotels in Hanko need staff with languages. [1]"
    assert worded.origin.prompt == "lead"
    assert speaker.standing().cut == {"number": 1, "name": 1, "quotation": 1}
    assert model.requests[0].schema is not None


@pytest.mark.parametrize("answer", [sentences(), sentences(("There are 13 hotels.", 1, "The 12 hotels in Hanko"))])
def test_where_no_sentence_is_left_ours_stands(answer: str) -> None:
    speaker = speaker_of(Scripted([answer]))
    assert LeadWriter(speaker)("Who needs languages?", "en", (cite(NEED),)) is None
    assert speaker.standing().refused == {"empty": 1}


def test_the_reasons_of_a_goal_are_summed_up_from_the_managers_answers() -> None:
    answer = sentences(("Hotels in Hanko find no staff with languages.", 2, "cannot find staff who speak languages"))
    worded = sum_up(speaker_of(Scripted([answer])), GOAL, ("It matters to us.", NEED), "en")
    assert worded is not None
    assert worded.text.endswith("[2]")
    assert sum_up(speaker_of(Scripted([answer])), GOAL, (), "en") is None


@given(st.text(), st.text(min_size=1), st.integers(0, 30), st.integers(0, 40))
@settings(deadline=None)
def test_no_sentence_stays_whose_quotation_is_not_there_letter_by_letter(
    text: str, other: str, start: int, length: int
) -> None:
    quotation = NEED[start : start + length]
    for words in (quotation, other):
        objections = find_sentence_objections(Sentence(text, 1, words), NEED, "en")
        assert objections or words in NEED


def test_other_wordings_hold_no_word_from_nowhere() -> None:
    wordings = [
        f"{GOAL}, so that the hotels in Hanko find staff.",
        f"{GOAL} and cook reindeer for the hotels.",
        f"{GOAL} in all 13 hotels.",
    ]
    speaker = speaker_of(Scripted([json.dumps({"wordings": wordings})]))
    kept = suggest(speaker, GOAL, (NEED,), "en")
    assert [one.text for one in kept] == wordings[:1]
    assert kept[0].origin.prompt == "alternatives"
    assert speaker.standing().cut == {"word": 1, "number": 1}


def test_in_form_or_not_a_failing_model_leaves_ours() -> None:
    speaker = speaker_of(Scripted(["not json"]))
    assert LeadWriter(speaker)("Who?", "en", (cite(NEED),)) is None
    assert suggest(speaker, GOAL, (NEED,), "en") == ()
    assert "form" in speaker.standing().fault


FORMLESS = [
    "", "no", "[]", "{}", '{"sentences": 1}', '{"sentences": [1]}', '{"sentences": [], "more": 1}', "[" * 100_000,
    sentences(("x", 2, "y")), sentences(("x", 0, "y")), sentences(*[("x", 1, "y")] * 9),
    '{"sentences": [{"text": 1, "passage": 1, "quotation": "y"}]}',
    '{"sentences": [{"text": "x", "passage": true, "quotation": "y"}]}',
]  # fmt: skip


@pytest.mark.parametrize("answer", FORMLESS, ids=lambda answer: answer[:30])
def test_an_answer_of_another_form_is_one_line(answer: str) -> None:
    with pytest.raises(ModelUnusable, match="not in the form"):
        read_sentences(answer, 1, "ollama:m")
    with pytest.raises(ModelUnusable, match="not in the form"):
        read_wordings(answer, "ollama:m")


def test_a_fence_around_json_is_forgiven() -> None:
    assert read_wordings('```json\n{"wordings": ["a  b"]}\n```', "ollama:m") == ("a b",)


KEYS = st.sampled_from(["sentences", "text", "passage", "quotation", "wordings"])


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner)
)


@given(JSON)
@settings(deadline=None)
def test_whatever_json_comes_it_is_read_or_told_in_one_line(value: object) -> None:
    for read in (lambda text: read_sentences(text, 2, "m"), lambda text: read_wordings(text, "m")):
        try:
            read(json.dumps(value))
        except ModelUnusable as fault:
            assert str(fault).count("\n") == 0  # noqa: PT017 - either way is right
