"""The next version: goals aligned, remarks mended; what the manager decided holds there too, and can be taken back."""

import json
from pathlib import Path

import pytest
from conftest import Run

from assistant.domain import Critique
from assistant.reviewing.critique import critique
from assistant.reviewing.diary import FILE, Diary, write_diary
from assistant.reviewing.versions import compare, continues, snapshot
from evals.versions import find_fates, load_pairs
from knowledge.faults import ForeignData
from knowledge.reading.files import read_bytes

BAKERS = "Our apprentice bakers talk with the mills across the border, so that the village shops keep their bread."
OLD = ("Mobility is strengthened as far as possible.", "Improve the quality of projects", BAKERS)
NEW = ("Mobility is strengthened.", BAKERS, "Teachers bring a method from a partner school into class every year.")


def plan(goals: tuple[str, ...], name: str = "plan.txt", *, extra: str = "") -> Critique:
    listed = "\n".join(f"- {goal}" for goal in goals)
    text = (
        f"Strategy of Lindby bakery school 2027-2031\n\nOur students and teachers bake.\n{extra}\nOur goals\n\n{listed}"
    )
    return critique(read_bytes(text.encode(), name))


def decided(found: Critique, diary: Diary) -> Critique:
    return critique(found.strategy.document, decisions=diary.decisions(snapshot(found)))


def test_each_goal_is_told_what_became_of_it() -> None:
    compared = compare(snapshot(plan(OLD)), snapshot(plan(NEW)))
    fates = {
        (one.before[0].text if one.before else None, one.now.text if one.now else None): one.fate
        for one in compared.goals
    }
    assert fates[(BAKERS, BAKERS)] == "same"
    assert fates[(OLD[0], NEW[0])] == "reworded"
    assert fates[(OLD[1], None)] == "vanished"
    assert fates[(None, NEW[2])] == "added"


def test_what_was_answered_is_mended_and_what_was_not_still_stands() -> None:
    old, new = plan(OLD), plan(NEW)
    compared = compare(snapshot(old), snapshot(new))
    assert "loophole" in {one.rule for one in compared.mended}
    rules = {one.id: one.rule for one in new.findings}
    assert "vision-missing" in {rules[one] for one in compared.standing}
    assert {*compared.new, *compared.standing} <= set(rules)
    assert not set(compared.new) & set(compared.standing)


def test_a_remark_on_a_goal_that_vanished_is_not_mended() -> None:
    old = plan(OLD)
    compared = compare(snapshot(old), snapshot(plan(NEW)))
    vanished = {goal.statement.id for goal in old.strategy.goals if goal.statement.text == OLD[1]}
    assert not [one for one in compared.mended if one.goal in vanished]


def test_a_version_held_against_itself_has_changed_nothing() -> None:
    found = snapshot(plan(OLD))
    compared = compare(found, found)
    assert {one.fate for one in compared.goals} == {"same"}
    assert (compared.mended, compared.new) == ((), ())


def dated(*years: int) -> Critique:
    goals = (
        "Apprentice bakers talk with the mills across the border by {}, so that the village shops keep their bread.",
        "Teachers of the catering programme learn from restaurants abroad by {}, because guests ask for it.",
    )
    return plan(tuple(goal.format(year) for goal, year in zip(goals, years, strict=True)))


def test_a_remark_is_mended_where_the_same_rule_still_speaks_of_other_words() -> None:
    old, new = dated(2034, 2035), dated(2034, 2029)
    compared = compare(snapshot(old), snapshot(new))
    assert [(one.rule, one.quote.text) for one in compared.mended] == [("deadline-outside", "2035")]
    assert compared.new == ()
    again = compare(snapshot(new), snapshot(old))
    later = {one.id: one.quote.text for one in old.findings}
    assert [later[one] for one in again.new] == ["2035"]


def test_no_remark_is_lost_where_a_rule_makes_several() -> None:
    found = snapshot(dated(2034, 2035))
    compared = compare(found, found)
    assert set(compared.standing) == {one.id for one in found.findings}


def test_what_is_said_of_the_whole_still_stands_when_it_counts_otherwise() -> None:
    goals = [f"Apprentices of workshop {name} speak with mills abroad, so that shops trade." for name in "ABCDEFGHIJK"]
    old, new = plan(tuple(goals)), plan(tuple(goals[:10]))
    compared = compare(snapshot(old), snapshot(new))
    rules = {one.id: one.rule for one in new.findings}
    assert "goals-too-many" in {rules[one] for one in compared.standing}
    assert "goals-too-many" not in {*(one.rule for one in compared.mended), *(rules[one] for one in compared.new)}


def test_a_remark_that_quotes_a_goal_still_stands_when_the_goal_is_reworded() -> None:
    twice = "Our apprentice bakers talk with the mills across the border, so that our village shops keep their bread."
    old, new = plan((BAKERS, twice)), plan((BAKERS, twice.replace("our village shops", "the 12 shops nearby")))
    assert "goals-overlap" in {one.rule for one in new.findings}
    compared = compare(snapshot(old), snapshot(new))
    rules = {one.id: one.rule for one in new.findings}
    assert "goals-overlap" in {rules[one] for one in compared.standing}


def test_what_is_dismissed_is_not_told_as_mended(tmp_path: Path) -> None:
    diary, old = Diary(tmp_path), plan(OLD)
    diary.decide(snapshot(old), "dismiss", "loophole", OLD[0], "it depends on the ferry")
    later = decided(old, diary)
    assert "loophole" not in {one.rule for one in compare(snapshot(old), snapshot(later)).mended}


@pytest.mark.parametrize("pair", load_pairs(), ids=lambda pair: pair.id)
def test_every_pair_gives_a_fate_to_each_of_its_goals(pair: object) -> None:
    assert all(0 <= fate <= len(pair.after) for fate in find_fates(pair))  # type: ignore[attr-defined] - a Pair


def test_versions_belong_together_by_name_or_by_goals() -> None:
    first = snapshot(plan(OLD, "strategy draft v1.txt"))
    assert continues(first, snapshot(plan(NEW, "Strategy v2.txt")))
    assert continues(first, snapshot(plan((*OLD[:2], NEW[2]), "other.txt")))
    assert not continues(first, snapshot(plan(("Welders weld in Riga.", "Cooks cook in Turku."), "other.txt")))


def test_what_is_dismissed_stays_so_in_the_next_version_and_moves_only_the_managers_score(
    tmp_path: Path,
) -> None:
    diary, old = Diary(tmp_path), plan(OLD)
    diary.decide(snapshot(old), "dismiss", "loophole", OLD[0], "it depends on the ferry")
    marked = decided(old, diary)
    assert [one.dismissed for one in marked.findings if one.rule == "loophole"] == ["it depends on the ferry"]
    assert marked.score == old.score
    assert marked.managers is not None
    assert marked.managers.total >= old.score.total

    edited = ("Mobility of students is strengthened as far as possible.", *OLD[1:])
    later = decided(plan(edited, extra="\nWe have a new roof.\n"), diary)
    assert [one.dismissed for one in later.findings if one.rule == "loophole"] == ["it depends on the ferry"]
    assert not [one for one in later.findings if one.rule == "loophole" and one.shown]


def test_a_dismissal_can_be_taken_back_and_concerns_no_other_workspace(tmp_path: Path) -> None:
    diary, found = Diary(tmp_path), plan(OLD)
    diary.decide(snapshot(found), "dismiss", "vision-missing", "", "it hangs in the hall")
    assert Diary(tmp_path, "another").decisions(snapshot(found)) == ()
    assert decided(found, diary).managers is not None
    Diary(tmp_path, "another").take_back(diary.entries()[0].number)
    assert len(diary.entries()) == 1
    diary.take_back(diary.entries()[0].number)
    assert decided(found, diary) == found


def test_a_goal_overruled_is_none_in_the_next_version_either(tmp_path: Path) -> None:
    diary, found = Diary(tmp_path), plan(OLD)
    diary.decide(snapshot(found), "kind", "activity", OLD[1], "we do that every year")
    for one in (decided(found, diary), decided(plan((*NEW, OLD[1] + " again")), diary)):
        assert OLD[1] not in {goal.statement.text.removesuffix(" again") for goal in one.strategy.goals}
        assert one.managers is not None
    assert decided(found, diary).score == found.score


def test_an_element_that_is_there_is_not_missed(tmp_path: Path) -> None:
    diary, found = Diary(tmp_path), plan(OLD)
    assert "vision-missing" in {one.rule for one in found.findings}
    diary.decide(snapshot(found), "element", "vision", "", "page 4, as a picture")
    assert "vision-missing" not in {one.rule for one in decided(found, diary).findings}


def test_the_diary_keeps_each_version_once_and_gives_the_one_before(tmp_path: Path) -> None:
    diary, old, new = Diary(tmp_path), snapshot(plan(OLD)), snapshot(plan(NEW))
    assert diary.before(old) is None
    assert not (tmp_path / FILE).exists()
    for one in (old, old, new, new):
        diary.keep(one)
    kept = diary.before(new)
    assert kept is not None
    assert kept[0] == old
    assert diary.before(old) is None


def test_the_diary_is_written_in_three_forms_and_forgotten(tmp_path: Path) -> None:
    diary, found = Diary(tmp_path), plan(OLD)
    diary.decide(snapshot(found), "dismiss", "loophole", OLD[0], "=HYPERLINK(1) | <b>")
    entries = diary.entries()
    assert json.loads(write_diary(entries, "json"))[0]["reason"] == "=HYPERLINK(1) | <b>"
    assert "'=HYPERLINK(1)" in write_diary(entries, "csv")
    assert "<b>" not in write_diary(entries, "md")
    diary.forget()
    assert diary.entries() == ()
    assert b"HYPERLINK" not in (tmp_path / FILE).read_bytes()


def test_a_file_that_is_no_diary_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"not a database, but long enough to be taken for one" * 40)
    with pytest.raises(ForeignData):
        Diary(tmp_path).entries()


def test_the_command_line_compares_two_files_and_respects_the_diary(askwhy: Run, tmp_path: Path) -> None:
    for name, goals in (("old.txt", OLD), ("new.txt", NEW)):
        (tmp_path / name).write_text(plan(goals).strategy.document.text, encoding="utf-8")
    said = askwhy("critique", "new.txt", "--against", "old.txt", "--json").record
    assert [one["state"] for one in said["versions"]["goals"]].count("vanished") == 1
    text = (tmp_path / "old.txt").read_text(encoding="utf-8")
    for one in said["versions"]["goals"]:
        assert all(text[quote["start"] : quote["end"]] == quote["quote"] for quote in one["before"])
    assert "on purpose" in askwhy("critique", "new.txt", "--against", "old.txt").out
    assert not (tmp_path / "data" / FILE).exists()

    Diary(tmp_path / "data").decide(snapshot(plan(NEW, "new.txt")), "dismiss", "vision-missing", "", "in the hall")
    again = askwhy("critique", "new.txt", "--json").record
    assert [one["dismissed"] for one in again["findings"] if one["rule"] == "vision-missing"] == ["in the hall"]
    assert again["score"]["managers"] > again["score"]["total"]
