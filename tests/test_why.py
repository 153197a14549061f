"""The why ladder: where it stops, what it asks next, and how answers are told apart."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.asking.answers import STOPPING, classify_answer, weigh_answer
from assistant.asking.why import MOST_ASKS, climb
from assistant.chain import ANSWER_CLASSES
from evals.fit_why import digest
from knowledge.faults import EmptyText, OversizedText
from knowledge.lexicon import LANGUAGES, load_lexicon
from knowledge.pairs import CLASSES, load_labelled_answers

ROOT = Path(__file__).resolve().parents[1]
GUIDE = ROOT.parent / "shared" / "guide" / "go-international.md"
GOAL = "We want more of our apprentices to work abroad for a while."
UNENDING = ["it is important", "by joining a network", "the ministry requires it", "to become better", "no idea"]

answers = st.lists(st.sampled_from([*UNENDING, "", "???", "so that they grow", "we will send six cooks"]), max_size=9)
words = st.text(max_size=80)


def test_a_chain_without_answers_asks_why() -> None:
    chain = climb(GOAL, [], "en")
    assert chain.steps == ()
    assert not chain.done
    assert chain.next_question is not None
    assert "our apprentices" in chain.next_question


def test_a_need_stops_the_ladder_and_later_answers_are_ignored() -> None:
    chain = climb(GOAL, ["The hotels on the coast cannot find staff with languages.", "by joining a network"], "en")
    assert chain.done
    assert len(chain.steps) == 1
    assert chain.true_goal == GOAL
    assert chain.next_question is None
    assert chain.reformulation is not None


def test_a_higher_goal_becomes_the_goal_that_is_asked_about() -> None:
    chain = climb(GOAL, ["to become more independent", "because local firms struggle to find fitters"], "en")
    assert [step.answer_class for step in chain.steps] == ["higher_goal", "need_or_reason"]
    assert "to become more independent" in chain.steps[1].question
    assert chain.true_goal == "to become more independent"


def test_a_value_stops_the_ladder_too() -> None:
    chain = climb(GOAL, ["we believe every young person deserves the chance"], "en")
    assert chain.done
    assert chain.steps[0].answer_class == "value_or_mission"


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("it is important", "circular"),
        ("by joining a network", "means_or_activity"),
        ("the ministry requires it", "mandate_or_funding"),
        ("to become better", "higher_goal"),
        ("I don't know", "unsure"),
        ("", "unsure"),
    ],
)
def test_an_answer_that_is_no_reason_is_followed_by_a_question(answer: str, expected: str) -> None:
    chain = climb(GOAL, [answer], "en")
    assert chain.steps[0].answer_class == expected
    assert not chain.done
    assert chain.next_question is not None
    assert chain.next_question.count("?") == 1


def test_after_five_asks_without_a_reason_nothing_more_is_asked() -> None:
    chain = climb(GOAL, [*UNENDING, "no idea", "no idea"], "en")
    assert len(chain.steps) == MOST_ASKS
    assert not chain.done
    assert chain.next_question is None
    assert chain.true_goal is None


@given(answers)
@settings(deadline=None)
def test_no_question_is_put_twice(given_answers: list[str]) -> None:
    chain = climb(GOAL, given_answers, "en")
    asked = [step.question for step in chain.steps] + ([chain.next_question] if chain.next_question else [])
    assert len(asked) == len(set(asked)) <= MOST_ASKS


@given(words, st.lists(words, max_size=7), st.sampled_from(LANGUAGES))
@settings(deadline=None, max_examples=40)
def test_a_chain_is_done_exactly_when_its_last_answer_stops_it(goal: str, given_answers: list[str], code: str) -> None:
    if not any(map(str.isalnum, goal)):
        goal += "x"
    chain = climb(goal, given_answers, code)
    assert len(chain.steps) <= MOST_ASKS
    assert chain.done == bool(chain.steps and chain.steps[-1].answer_class in STOPPING)
    assert all(step.answer_class not in STOPPING for step in chain.steps[:-1])
    assert (chain.true_goal is not None) == (chain.reformulation is not None) == chain.done
    if chain.reformulation:
        assert chain.reformulation.invented == ()


def test_the_manager_may_overrule_what_an_answer_was_taken_for() -> None:
    chain = climb(GOAL, ["it is important"], "en", overruled={0: "need_or_reason"})
    assert chain.done
    assert chain.steps[0].confidence == 1.0


def test_a_goal_without_words_and_a_book_are_refused() -> None:
    with pytest.raises(EmptyText):
        climb(" … ", [], "en")
    with pytest.raises(OversizedText):
        climb(GOAL, ["why " * 2001], "en")


def test_the_probabilities_of_the_classes_sum_to_one() -> None:
    likely = weigh_answer(GOAL, "Half of them have never been abroad.", "en")
    assert set(likely) == set(ANSWER_CLASSES)
    assert sum(likely.values()) == pytest.approx(1)


def test_an_unknown_language_is_read_with_english_cues() -> None:
    assert climb(GOAL, ["no idea"], "und").steps[0].answer_class == "unsure"


def test_the_same_words_always_get_the_same_class() -> None:
    first = classify_answer(GOAL, "so that they find work", "en")
    assert all(classify_answer(GOAL, "so that they find work", "en") == first for _ in range(3))


def test_a_quoted_answer_is_shortened() -> None:
    chain = climb(GOAL, ["to become " + " ".join(f"better{i}" for i in range(40))], "en")
    assert chain.next_question is not None
    assert "better5" in chain.next_question
    assert "better20" not in chain.next_question


def test_answers_are_read_without_the_model_of_meaning_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.asking.answers.read_meaning", lambda _: {})
    assert classify_answer(GOAL, "by joining a network", "en")[0] == "means_or_activity"
    assert classify_answer(GOAL, "Half of them have never been abroad.", "en")[0] == "need_or_reason"


def test_our_pairs_hold_every_class_in_every_language() -> None:
    pairs = load_labelled_answers()
    assert CLASSES == ANSWER_CLASSES
    for language in LANGUAGES:
        ours = [one for one in pairs if one.language == language]
        assert len(ours) >= (400 if language == "en" else 110)
        assert {one.answer_class for one in ours} == set(ANSWER_CLASSES)


def test_the_model_was_fitted_on_the_pairs_as_they_are() -> None:
    trained = (ROOT / "knowledge" / "trained" / "why.json").read_text(encoding="utf-8")
    assert digest(load_labelled_answers()) in trained


def test_every_language_says_everything_with_the_same_holes() -> None:
    english = load_lexicon("en").voice
    for language in LANGUAGES:
        voice = load_lexicon(language).voice
        assert set(voice) == set(english), language
        for name, phrase in voice.items():
            assert sorted(_holes(phrase)) == sorted(_holes(english[name])), (language, name)


def _holes(phrase: str) -> list[str]:
    return re.findall(r"{(\w*)}", phrase)


def test_the_guides_own_example_stops_at_its_answer() -> None:
    if not GUIDE.is_file():
        pytest.skip("the guide in ../shared is not here")
    text = GUIDE.read_text(encoding="utf-8")
    goal = re.search(r"\*\*First goal:\*\* (.+)", text)
    answer = re.search(r"\*\*Answer:\*\* (.+)", text)
    assert goal
    assert answer
    chain = climb(goal[1], [answer[1]], "en")
    assert chain.done
    assert chain.steps[0].answer_class == "need_or_reason"
    assert chain.reformulation is not None
    assert chain.reformulation.invented == ()
    assert all(kept in chain.reformulation.text for kept in chain.reformulation.kept)


def test_the_ladder_loads_no_graph_and_no_model() -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, assistant.asking.why; print([m for m in sys.modules if 'langgraph' in m])"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    assert loaded.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("goal", "answer", "language"),
    [
        ("We strengthen our profile.", "Because we would like to belong to a European network", "en"),
        ("Wir stärken unser Profil.", "Weil wir in ein Netzwerk eintreten möchten", "de"),
        ("Vi styrker profilen.", "Fordi vi gerne vil med i et netværk", "da"),
        ("We versterken ons profiel.", "Omdat we lid willen worden van een netwerk", "nl"),
        ("Nous renforçons notre profil.", "Parce que nous voulons entrer dans un réseau", "fr"),
        ("Reforzamos el perfil.", "Porque queremos formar parte de una red", "es"),
        ("Rafforziamo il profilo.", "Perché vogliamo far parte di una rete", "it"),
        ("Erősítjük az arculatot.", "Mert be akarunk lépni egy hálózatba", "hu"),
    ],
)
def test_a_network_that_one_wants_to_join_is_a_means(goal: str, answer: str, language: str) -> None:
    assert classify_answer(goal, answer, language)[0] == "means_or_activity"
