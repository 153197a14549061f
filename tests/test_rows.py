"""Action plans in tables: which of a row's words are a goal, and which are what is planned for it."""

from pathlib import Path

import pytest
from files import make_rows, make_workbook

from assistant.reviewing.critique import critique
from assistant.reviewing.pieces import cut_pieces
from knowledge.document import Document
from knowledge.lexicon import load_lexicon
from knowledge.reading.files import read_bytes, read_file

PDFS = Path(__file__).resolve().parents[2] / "shared" / "data" / "pdfs"
PLANS = {
    "en": (
        ("Goal", "Action", "Owner", "Budget"),
        ("Bakers speak two languages", "A course in the evening", "Anna", 1200),
        (None, "A week in Linz", "Bo", 900),
        ("Guests feel at home here", "A tutor for every guest", "Cai", 300),
        ("Total", None, None, 2400),
    ),
    "de": (
        ("Wer", "Maßnahme", "Ziel", "Bis wann"),
        ("Anna", "Ein Kurs am Abend", "Bäckerinnen sprechen zwei Sprachen", "2027"),
        ("Bo", "Eine Woche in Linz", "Gäste fühlen sich hier wohl", "2028"),
        ("Cai", "Ein Pate für jeden Gast", "Gäste lernen die Stadt kennen", "2028"),
    ),
}


def plan(code: str) -> Document:
    return read_bytes(make_workbook(make_rows(*PLANS[code])), "plan.xlsx")


def pieces(code: str) -> list[tuple[str, str]]:
    document = plan(code)
    return [(piece.heading, document.quote(piece.span)) for piece in cut_pieces(document, load_lexicon(code), code)]


def test_a_goal_is_told_once_and_each_action_with_its_owner_and_money() -> None:
    assert pieces("en") == [
        ("Goal", "Bakers speak two languages"),
        ("Action", "A course in the evening | Anna | 1200"),
        ("Action", "A week in Linz | Bo | 900"),
        ("Goal", "Guests feel at home here"),
        ("Action", "A tutor for every guest | Cai | 300"),
        ("Goal", "Total | | | 2400"),
    ]


def test_a_theme_is_no_goal_where_another_column_says_what_is_aimed_for() -> None:
    rows = (
        ("Priority", "What we aim for", "Action", "When"),
        ("A. Learners", "One cook in four has worked in a kitchen abroad", "Three weeks in Linz", "2027"),
        ("B. Staff", "Every teacher can teach a class in English", "An evening course", "2028"),
    )
    document = read_bytes(make_workbook(make_rows(*rows)), "plan.xlsx")
    found = [
        document.quote(piece.span)
        for piece in cut_pieces(document, load_lexicon("en"), "en")
        if piece.heading == "What we aim for"
    ]
    assert found == [rows[1][1], rows[2][1]]


def test_what_stands_on_both_sides_of_a_goal_is_told_apart() -> None:
    assert pieces("de")[:3] == [
        ("Maßnahme", "Anna | Ein Kurs am Abend"),
        ("Ziel", "Bäckerinnen sprechen zwei Sprachen"),
        ("Maßnahme", "Bo | Eine Woche in Linz"),
    ]


def test_the_goals_of_an_action_plan_are_its_goals() -> None:
    found = critique(plan("en"))
    assert [goal.statement.text for goal in found.strategy.goals] == [
        "Bakers speak two languages",
        "Guests feel at home here",
    ]


def test_the_sample_plan_has_its_five_goals() -> None:
    found = sorted(PDFS.glob("m24*"))
    if not found:
        pytest.skip("the sample files, ../shared, are not here")
    strategy = critique(read_file(found[0])).strategy
    assert [len(goal.statement.text.split()) < 10 for goal in strategy.goals] == [True] * 5
    assert sum(statement.kind == "activity" for statement in strategy.statements) >= 8


def test_a_dash_in_the_column_of_indicators_is_no_statement() -> None:
    named = "Goal | Action | Indicator"
    rows = f"{named}\nBakers speak two languages | a course | –\nGuests feel at home | a tutor | guests' answers"
    document = read_bytes(f"Our plan\n\n{rows}\n".encode(), "plan.txt")
    found = critique(document).strategy
    assert [goal.statement.text for goal in found.goals] == ["Bakers speak two languages", "Guests feel at home"]
    assert "–" not in {statement.text for statement in found.statements}


def test_the_number_ahead_of_a_goal_in_its_cell_is_no_part_of_it() -> None:
    table = "Goal\tOwner\tIndicator\n1. Bakers speak French\tRuth\tshare\n2.1) Cooks dare to travel\tKarim\tnumber\n"
    document = read_bytes(f"Our plan\n\nGoals\n\n{table}".encode(), "plan.txt")
    said = [document.quote(piece.span) for piece in cut_pieces(document, load_lexicon("en"), "en")]
    assert [words for words in said if words[0] in "BC"] == ["Bakers speak French", "Cooks dare to travel"]
