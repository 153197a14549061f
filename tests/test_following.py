"""What is followed: figures as managers write them, the way gone, the register, the chart, the tab, the commands."""

import csv
import io
import xml.etree.ElementTree as ET
from datetime import date, timedelta
from pathlib import Path

import gradio as gr
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.app import following, indicators_tab
from assistant.app.followed_cards import followed_html
from assistant.app.workplace import Workplace
from assistant.following.chart import draw_readings
from assistant.following.followed import (
    is_due,
    measure_way,
    today,
)
from assistant.following.register import Register
from assistant.indicators import propose
from assistant.settings import Settings
from knowledge.faults import BadInput, EmptyText, OversizedText
from knowledge.lexicon import LANGUAGES
from knowledge.phrasebook import load_phrases
from tests.conftest import Run
from tests.readings import DAY, GOAL, followed


def test_the_way_is_told_only_where_all_three_are_figures() -> None:
    assert measure_way(followed("15 %")) == pytest.approx(0.25)
    assert measure_way(followed("15 %", "35 %")) == pytest.approx(1.25)
    assert measure_way(followed("8 %", baseline="20 %", target="5 %")) == pytest.approx(0.8)
    assert measure_way(followed("5 %")) == pytest.approx(-0.25)
    assert measure_way(followed()) is None
    assert measure_way(followed("better")) is None
    assert measure_way(followed("15", baseline="")) is None
    assert measure_way(followed("15", baseline="30", target="30")) is None


def test_after_a_year_without_a_look_it_is_due() -> None:
    assert not is_due(followed(), DAY + timedelta(days=365))
    assert is_due(followed(), DAY + timedelta(days=366))
    assert not is_due(followed("12 %"), DAY + timedelta(days=366))


def test_the_register_keeps_what_is_followed_and_read(tmp_path: Path) -> None:
    register = Register(tmp_path)
    assert register.entries() == ()
    assert list(tmp_path.iterdir()) == []
    first, second = propose(GOAL)[:2]
    number = register.follow(GOAL, first, "en", "", "", DAY)
    other = register.follow(GOAL, second, "en", "3", "9", DAY)
    assert register.follow(f" {GOAL} ", first, "en", "10 %", "30 %", DAY + timedelta(days=9)) == number
    register.record(number, date(2027, 3, 1), "18 %", "of 40 asked")
    register.record(number, date(2026, 9, 1), "12 %")
    register.record(number, date(2026, 9, 1), "14 %")
    kept, beside = Register(tmp_path).entries()
    assert (kept.number, kept.since, kept.baseline, kept.target) == (number, DAY, "10 %", "30 %")
    assert [(one.day.year, one.words, one.note) for one in kept.readings] == [
        (2026, "14 %", ""), (2027, "18 %", "of 40 asked"),
    ]  # fmt: skip
    assert (beside.number, beside.readings) == (other, ())
    register.take_back(kept.readings[0].number)
    assert [one.words for one in register.entries()[0].readings] == ["18 %"]
    register.drop(number)
    assert [one.number for one in register.entries()] == [other]


def test_workspaces_see_and_change_nothing_of_one_another(tmp_path: Path) -> None:
    north, south = Register(tmp_path, "north"), Register(tmp_path, "south")
    number = north.follow(GOAL, propose(GOAL)[0], "en", "", "", DAY)
    north.record(number, DAY, "7")
    assert south.entries() == ()
    with pytest.raises(BadInput, match="not followed here"):
        south.record(number, DAY, "8")
    with pytest.raises(BadInput, match="not followed here"):
        south.drop(number)
    south.take_back(north.entries()[0].readings[0].number)
    south.forget()
    assert [one.words for one in north.entries()[0].readings] == ["7"]
    north.forget()
    assert north.entries() == ()


def test_nothing_and_too_much_are_refused_in_one_line(tmp_path: Path) -> None:
    register, indicator = Register(tmp_path), propose(GOAL)[0]
    with pytest.raises(EmptyText, match="the goal"):
        register.follow("  ", indicator, "en", "", "", DAY)
    with pytest.raises(OversizedText, match="figure aimed at"):
        register.follow(GOAL, indicator, "en", "", "9" * 201, DAY)
    number = register.follow(GOAL, indicator, "en", "", "", DAY)
    with pytest.raises(EmptyText, match="the figure"):
        register.record(number, DAY, " ")
    with pytest.raises(OversizedText, match="the note"):
        register.record(number, DAY, "7", "n" * 2001)
    assert register.entries()[0].readings == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_chart_is_drawn_of_figures_alone_and_says_so_in_words(language: str) -> None:
    assert draw_readings(followed("better")) == ""
    assert draw_readings(followed("15 %", baseline="", target="")) == ""
    drawn = ET.fromstring(draw_readings(followed("12 %", "18 % <b>", "some", language=language)))  # noqa: S314 - our own picture
    places = {one.tag.rpartition("}")[2]: one for one in drawn.iter()}
    assert "some" in (places["title"].text or "")
    assert len([one for one in drawn.iter() if one.tag.endswith("circle")]) == 2
    assert len(places["polyline"].attrib["points"].split()) == 2


def test_what_stands_beside_a_line_of_the_chart_is_never_cut() -> None:
    one = followed("22,5 %", "30 %", baseline="12 élèves sur 60", target="les 3/4", language="fr")
    drawn = ET.fromstring(draw_readings(one))  # noqa: S314 - our own picture
    beside = [text.text for text in drawn.iter() if text.tag.endswith("}text")]
    assert beside[:2] == ["20 %", "les 3/4"]
    heights = [float(line.attrib["y1"]) for line in drawn.iter() if line.tag.endswith("}line")]
    assert heights[0] > heights[1]


@given(st.lists(st.text(max_size=20), max_size=6), st.text(max_size=20), st.text(max_size=20))
def test_whatever_is_read_the_card_stays_whole(read: list[str], baseline: str, target: str) -> None:
    one = followed(*read, baseline=baseline, target=target)
    shown = followed_html([one], DAY, load_phrases("fi"))
    assert "<script" not in shown
    drawn = draw_readings(one)
    if drawn and all(sign.isprintable() for sign in "".join([*read, baseline, target])):
        ET.fromstring(drawn)  # noqa: S314 - our own picture


def test_the_tab_follows_a_proposal_and_remembers_its_ends(tmp_path: Path) -> None:
    workplace = Workplace(Settings(tmp_path / "data"))
    *_, found, _ = indicators_tab.propose_for(workplace, GOAL, {})
    _, cards, which, *_ = following.follow_proposed(1, workplace, GOAL, found, "10 %", "30 %")
    assert found[1].name in cards
    (number,) = [number for _, number in which.choices]
    shown = following.write_down(workplace, number, "2026-05-04", "15 %", "spring")
    assert "25 % of the way" in shown[0]
    assert "4 May 2026" in shown[0]
    again = indicators_tab.propose_for(workplace, GOAL, {})
    fields = [one.value for one in again if isinstance(one, gr.Textbox)]
    assert fields[1] == "10 %"
    assert fields[indicators_tab.MOST + 1] == "30 %"
    assert "5 May 2026" in following.write_down(workplace, number, "05.05.2026", "16 %", "")[0]
    kept = workplace.register().entries()
    for nothing in (None, "", "15.06."):
        with pytest.raises(BadInput, match="is no day"):
            following.write_down(workplace, number, nothing, "15 %", "")
    assert workplace.register().entries() == kept
    with pytest.raises(BadInput, match="lies ahead"):
        following.write_down(workplace, number, (today() + timedelta(days=1)).isoformat(), "15 %", "")
    with pytest.raises(BadInput, match="nothing is chosen"):
        following.write_down(workplace, None, "2026-05-04", "15 %", "")
    with pytest.raises(BadInput, match="is no day"):
        following.write_down(workplace, number, "soon", "15 %", "")


def test_a_list_of_goals_left_without_choosing_changes_nothing(tmp_path: Path) -> None:
    workplace = Workplace(Settings(tmp_path / "data"))
    for nothing in (None, ""):
        left = indicators_tab.propose_chosen(workplace, nothing, {})
        assert left == (gr.skip(),) * indicators_tab.SHOWN
    assert len(indicators_tab.propose_chosen(workplace, GOAL, {})) == indicators_tab.SHOWN


def test_presses_in_the_cards_delete_a_figure_or_the_whole(tmp_path: Path) -> None:
    workplace = Workplace(Settings(tmp_path / "data"))
    register = workplace.register()
    number = register.follow(GOAL, propose(GOAL)[0], "en", "", "", DAY)
    register.record(number, DAY, "7")

    class Press:
        def __init__(self, act: str, value: int) -> None:
            self.act, self.value = act, str(value)

    following.followed_pressed(workplace, Press("take_back", register.entries()[0].readings[0].number))  # type: ignore[arg-type] - what a press carries
    assert register.entries()[0].readings == ()
    following.followed_pressed(workplace, Press("drop", number))  # type: ignore[arg-type] - the same
    assert register.entries() == ()


def test_the_table_has_a_row_a_reading_and_no_formula() -> None:
    rows = list(csv.reader(io.StringIO(following.to_csv([followed("=1+1", "12 %"), followed()]).lstrip("\ufeff"))))
    assert rows[0] == list(following.COLUMNS)
    assert [row[6] for row in rows[1:]] == ["'=1+1", "12 %", ""]


def test_the_command_line_follows_records_lists_and_drops(askwhy: Run) -> None:
    named = askwhy("indicators", GOAL, "--json").record["indicators"][0]["id"]
    added = askwhy("follow", "add", GOAL, named, "--baseline", "10 %", "--target", "30 %", "--json").record["followed"]
    said = askwhy("follow", "record", str(added["number"]), "20 %", "--day", "2026-05-04", "--note", "spring")
    assert "2026-05-04: 20 % (50% of the way)" in said.out
    (kept,) = askwhy("follow", "list", "--json").record["followed"]
    assert kept["readings"][0]["note"] == "spring"
    assert kept["way"] == pytest.approx(0.5)
    assert askwhy("follow", "record", "9", "20 %").code == 1
    assert askwhy("follow", "add", GOAL, "no.such").code == 1
    assert askwhy("follow", "record", "1", "20 %", "--day", "2999-01-01").code == 2
    askwhy("follow", "drop", str(added["number"]))
    assert "Nothing is followed yet." in askwhy("follow", "list").out
