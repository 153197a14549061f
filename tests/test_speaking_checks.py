"""What a model may say: no number, name or date from nowhere, no praise, no markup, one question."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.speaking.checks import (
    Ground,
    Objection,
    find_claims,
    find_growing_objections,
    find_objections,
    find_question_objections,
    find_quotations,
    find_strange_words,
)
from knowledge.lexicon import LANGUAGES, load_lexicon
from knowledge.speaking import load_speaking, plain_words

SAID = "Our 14 teachers in Porvoo went to Bremen in March 2023, and half of them came back with new methods."
GROUND = Ground("en", (SAID, "Why do you want this: “better teaching”?"), 45)
GOAL = "more of our apprentices abroad"


@pytest.mark.parametrize(
    "text",
    [
        "Why did your teachers go?",
        "Why does it matter that 14 teachers went to Bremen?",
        "What did half of them learn in March 2023?",
        "Who in Porvoo needs these methods?",
        "You say “better teaching”. Who would notice it?",
    ],
)
def test_what_keeps_to_what_was_said_passes(text: str) -> None:
    assert find_question_objections(text, GROUND, (), ()) == ()


@pytest.mark.parametrize(
    ("text", "objection"),
    [
        ("", "empty"),
        ("?!", "empty"),
        ("Why did 15 teachers go?", "number"),
        ("Why do ten of them matter?", "number"),
        ("Why did a hundred teachers go?", "number"),
        ("Why do you want ½ of it?", "number"),
        ("What will twice as many bring?", "number"),
        ("Why in April?", "date"),
        ("Why not in Tampere?", "name"),
        ("What does the OECD say of it?", "name"),
        ("Why does Maria want it?", "name"),
        ("Tampere is far, so why there?", "name"),
        ("What a great goal! Why does it matter?", "praise"),
        ("Why does **this** matter?", "markup"),
        ("Why this [link](x)?", "markup"),
        ("Why this, see http://x?", "markup"),
        ("Why\nthis?", "markup"),
        ("Why this 😀?", "markup"),
        ("Why \u202ethis?", "markup"),
        ("Why <b>this?", "markup"),
        ("Why does it matter? And to whom?", "questions"),
        ("It matters to the teachers.", "questions"),
        ("Why does it matter? Tell me.", "questions"),
        ("You say “worse teaching”. Who would notice it?", "quotation"),
        ("Warum ist das für Ihre Lehrkräfte wichtig?", "language"),
        ("Why " + "so " * 60 + "?", "long"),
    ],
)
def test_what_does_not_is_refused_for_what_is_wrong_with_it(text: str, objection: Objection) -> None:
    assert objection in find_question_objections(text, GROUND, (), ())


def test_a_question_must_quote_what_ours_quotes() -> None:
    assert find_question_objections("Why does it matter?", GROUND, ("better teaching",), ()) == ("quotation",)
    assert not find_question_objections("Why “better teaching”?", GROUND, ("better teaching",), ())


@pytest.mark.parametrize(
    "said",
    [
        "Why does it matter to your teachers?",
        "Noted. why does it matter, to your TEACHERS?",
        "Why does it matter to your own teachers?",
    ],
)
def test_a_question_put_before_is_not_put_again(said: str) -> None:
    asked = "Why does it matter to your teachers?"
    assert "repeated" in find_question_objections(asked, GROUND, (), (said,))
    assert not find_question_objections("Who needs it?", GROUND, (), (said,))


@pytest.mark.parametrize("language", LANGUAGES)
def test_praise_is_found_and_plain_speech_is_not_praise(language: str) -> None:
    speaking = load_speaking(language)
    for text in speaking.flatters:
        assert "praise" in find_objections(text, Ground(language, (text,), 45)), text
    for text in speaking.plain:
        assert find_objections(text, Ground(language, (), 45)) == (), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_built_in_voice_would_pass_every_check_of_truth(language: str) -> None:
    """So the checks do not refuse the plain words of a language for their own sake."""
    voice = load_lexicon(language).voice
    for name in [name for name in voice if name.startswith(("why_", "higher_goal_", "means_or_", "circular_"))]:
        text = voice[name].format(goal=GOAL, words=GOAL)
        found = set(find_objections(text, Ground(language, (GOAL,), 45)))
        assert not found & {"date", "name", "praise", "markup", "long", "quotation"}, (name, text, found)


@pytest.mark.parametrize("quoted", ["“a b”", "„a b“", "„a b”", "»a b«", "« a b »", "”a b”", "‘a b’", '"a b"'])
def test_quotations_are_found_in_the_marks_of_any_language(quoted: str) -> None:
    assert find_quotations(f"You say {quoted}. Why?") == ("a b",)


def test_praise_that_the_manager_spoke_may_be_quoted() -> None:
    ground = Ground("en", ("We want excellent teachers",), 45)
    assert not find_objections("You say “excellent teachers”. Whom do they serve?", ground)


def test_words_that_nobody_said_are_strange() -> None:
    ground = Ground("en", ("Apprentices cook for guests",), 45)
    assert find_strange_words("Apprentices cook for guests so that the school will be better", ground) == ()
    assert find_strange_words("Apprentices cook reindeer", ground) == ("reindeer",)


def test_in_german_a_noun_is_no_name_for_its_capital() -> None:
    assert "schule" in plain_words("de")
    ground = Ground("de", ("Die Gäste kommen aus Polen",), 45)
    assert not find_objections("Was braucht Ihre Schule für die Gäste aus Polen?", ground)
    assert "name" in find_objections("Was braucht Ihre Schule für die Gäste aus Kuopio?", ground)


@given(st.text(min_size=1), st.text())
@settings(deadline=None)
def test_what_a_beginning_is_refused_for_the_whole_is_refused_for_too(begun: str, rest: str) -> None:
    """So an answer may be broken off at its first fault; the words after a space do not change those before it."""
    whole = f"{begun} {rest}"
    quoted = set('“„»«"”‘’')
    if not quoted & set(whole):
        assert set(find_growing_objections(begun, GROUND)) <= set(find_objections(whole, GROUND))


@given(st.text(alphabet="0123456789", min_size=1, max_size=6))
@settings(deadline=None)
def test_no_number_from_nowhere_ever_passes(number: str) -> None:
    passes = not find_question_objections(f"Why do {number} matter?", GROUND, (), ())
    assert passes == (number in {"14", "2023"})


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_plain_questions_of_a_language_claim_nothing_and_a_fact_of_its_own_is_a_claim(language: str) -> None:
    ground = Ground(language, (), 99)
    for question in load_speaking(language).plain:
        assert find_claims(question, ground) == ()
        assert find_claims(question.replace("?", " xylophonia?"), ground) == ("xylophonia",)


def test_what_the_manager_said_is_no_claim_in_whatever_form() -> None:
    asked = "Why do the bakeries matter to the harbour, where ovens stand idle?"
    assert find_claims(asked, Ground("en", ("the bakery of the harbours has an idle oven",), 99)) == ()
    assert find_claims(asked, Ground("en", ("the bakery",), 99)) == ("harbour", "ovens", "idle")


def test_a_claim_refuses_a_question_and_a_quotation_is_none() -> None:
    ground = Ground("en", ("Why “our cooks speak Danish”?", "our cooks speak Danish"), 99)
    said = ("our cooks speak Danish",)
    assert find_question_objections("What makes “our cooks speak Danish” matter to you?", ground, said, ()) == ()
    claim = "What makes “our cooks speak Danish” matter, since the companies do not trust you?"
    assert find_question_objections(claim, ground, said, ()) == ("claim",)
