"""Indicators proposed for goals, from our own bank and from a foreign one."""

import time
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.indicators import propose
from evals.indicators import BANK, own_bank, own_cases
from knowledge.bank import BankEntry, KnownIndicator, load_indicators
from knowledge.faults import EmptyText, OversizedText

FITS = [(one, goal) for one in load_indicators() for goal in one.fits]
MISFITS = [(one, goal) for one in load_indicators() for goal in one.misfits]
SKILLS_GOAL = "Every student gains the international skills that companies in our area need."


def names_of(cases: list[tuple[KnownIndicator, str]]) -> list[str]:
    return [f"{one.id}-{place}" for place, (one, _) in enumerate(cases)]


@pytest.mark.parametrize(("indicator", "goal"), FITS, ids=names_of(FITS))
def test_an_indicator_is_proposed_for_the_goals_it_fits(indicator: KnownIndicator, goal: str) -> None:
    assert indicator.id in {one.id for one in propose(goal)}


@pytest.mark.parametrize(("indicator", "goal"), MISFITS, ids=names_of(MISFITS))
def test_an_indicator_is_not_proposed_for_the_goals_it_does_not_fit(indicator: KnownIndicator, goal: str) -> None:
    assert indicator.id not in {one.id for one in propose(goal)}


def test_every_proposal_is_ranked_and_leaves_baseline_and_target_to_the_manager() -> None:
    for cases in own_cases().values():
        for case in cases:
            proposals = propose(case.goal, language=case.language)
            scores = [one.score for one in proposals]
            assert len(proposals) <= 5
            assert scores == sorted(scores, reverse=True)
            assert all(0 <= one <= 1 for one in scores)
            assert len({one.id for one in proposals}) == len(proposals)
            for one in proposals:
                assert one.baseline is None
                assert one.target is None
                assert (one.formula is None) is (one.nature == "qualitative")
                assert (one.method is None) is (one.nature == "quantitative")


def test_a_goal_about_people_gets_more_than_counts() -> None:
    for goal in (SKILLS_GOAL, "Students improve their language skills abroad.", "Staff develop intercultural skills."):
        assert {"outcome", "impact"} & {one.level for one in propose(goal)}


def test_a_count_comes_with_a_check_on_what_it_is_worth() -> None:
    pairs = {one.id: one.pairs_with for one in load_indicators()}
    for goal in (
        "More of our students go abroad.",
        "More teachers go on exchange.",
        "More lessons are taught in English.",
    ):
        ids = {one.id for one in propose(goal)}
        counts = {one for one in ids if pairs[one] is not None}
        assert counts
        assert any(pairs[one] in ids for one in counts)


def test_a_goal_with_two_subjects_gets_both() -> None:
    families = {one.family for one in propose("More students go abroad and teachers' language skills improve.")}
    assert len(families) >= 2
    assert "student_mobility" in families


def test_not_all_proposals_are_of_one_family() -> None:
    for goal in (SKILLS_GOAL, "The school's international cooperation grows and its quality improves."):
        assert len({one.family for one in propose(goal)}) > 1


def test_names_come_in_the_language_of_the_goal() -> None:
    assert propose("Mehr Auszubildende gehen ins Ausland.")[0].name.startswith("Anteil der Lernenden")
    assert "ulkomaanj" in propose("Erasmus", language="fi")[0].name.casefold()


def test_a_worked_example_travels_with_its_formula() -> None:
    share = next(one for one in propose("More of our students go abroad.") if one.id == "student_mobility.share")
    assert share.formula is not None
    assert share.formula.example.result == 7.5
    assert share.guide is not None
    assert share.guide.section == "5.5"


def test_a_goal_that_speaks_of_nothing_known_gets_nothing() -> None:
    assert propose("xqzw vvrt plmk") == ()


@pytest.mark.parametrize("goal", ["", "  \n", "…", "?!"])
def test_an_empty_goal_is_refused(goal: str) -> None:
    with pytest.raises(EmptyText):
        propose(goal)


def test_an_overlong_goal_is_refused() -> None:
    propose("word " * 2000)
    with pytest.raises(OversizedText):
        propose("word " * 2001)


@pytest.mark.parametrize("k", [1, 2, 3, 9])
def test_no_more_than_asked_for_are_proposed(k: int) -> None:
    assert 1 <= len(propose(SKILLS_GOAL, k=k)) <= k
    assert len(propose(SKILLS_GOAL, k=k, bank=own_bank().entries)) == k


def test_the_same_goal_gets_the_same_proposals() -> None:
    assert propose(SKILLS_GOAL) == propose(SKILLS_GOAL)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=300))
def test_whatever_is_written_is_answered_or_refused(goal: str) -> None:
    try:
        proposals = propose(goal)
        ranked = propose(goal, bank=own_bank().entries)
    except EmptyText:
        return
    assert [one.score for one in proposals] == sorted((one.score for one in proposals), reverse=True)
    assert len(ranked) == 5


def test_proposals_from_a_bank_come_from_that_bank_alone() -> None:
    bank = own_bank()
    known = {one.id: one for one in bank.entries}
    for case in bank.cases:
        for one in propose(case.goal, bank=bank.entries):
            assert one.name == known[one.id].name
            assert one.definition == known[one.id].definition
            assert (one.formula, one.method, one.guide, one.provenance) == (None, None, None, "bank")
            assert (one.data_source, one.frequency, one.limits) == ("", "", "")
    assert bank.name == BANK


def test_a_bank_is_ranked_by_fit() -> None:
    bank = (
        BankEntry("1", "Fire drills held"),
        BankEntry("2", "Graduation rate"),
        BankEntry("3", "Share of teachers with job shadowing abroad"),
        BankEntry("4", "Canteen meals sold"),
    )
    assert propose("More staff learn from colleagues in other countries.", bank=bank)[0].id == "3"
    assert propose("Valmistuneiden osuus kasvaa ja keskeyttäminen vähenee.", bank=bank, language="fi")[0].id == "2"


def test_what_the_words_of_a_bank_tell_is_inferred() -> None:
    bank = (
        BankEntry("1", "Number of students in mobility"),
        BankEntry("2", "Interviews with teachers on what they learned abroad"),
        BankEntry("3", "Share of graduates in employment"),
    )
    found = {one.id: one for one in propose("Mobility", bank=bank)}
    assert (found["1"].level, found["1"].nature, found["1"].family) == ("output", "quantitative", "student_mobility")
    assert found["2"].nature == "qualitative"
    assert (found["3"].level, found["3"].family) == ("impact", "employability_and_working_life")


def test_a_bank_of_one_or_of_nothing_is_answered() -> None:
    assert [one.id for one in propose("Anything at all", bank=(BankEntry("only", "Graduation rate"),))] == ["only"]
    assert propose("Anything at all", bank=()) == ()


def test_vectors_move_what_words_alone_cannot() -> None:
    bank = (BankEntry("1", "Kilometres by rail"), BankEntry("2", "Medals won"), BankEntry("3", "Posters printed"))

    def embed(texts: Sequence[str]) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
        rail = [float("rail" in text or "iron horse" in text) for text in texts]
        return np.array([[one, 1 - one] for one in rail], dtype=np.float32)

    assert propose("We ride the iron horse.", bank=bank, embed=embed)[0].id == "1"
    assert propose(SKILLS_GOAL, embed=embed)


def test_a_goal_is_answered_in_a_moment() -> None:
    propose(SKILLS_GOAL)
    spent = []
    for place in range(5):
        begun = time.process_time()
        propose(f"{SKILLS_GOAL} {place}")
        spent.append(time.process_time() - begun)
    assert min(spent) < 0.02
