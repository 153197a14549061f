"""Passwords: asked for in the app, told apart from wrong ones, and written down nowhere."""

import time
from pathlib import Path

import pytest
from files import lock_pdf, make_pdf

from assistant.app import critique_tab, library_tab
from assistant.app.workplace import Workplace

SECRET = "heather-and-gorse-2027"  # noqa: S105 - of files that the tests make
VISITOR = "someone"
PATIENCE = 60.0  # seconds for a paper to be read behind the page
GOAL = "Our apprentice bakers talk with the mills across the border, so that the village shops keep their bread."
LINES = ["Strategy of Lindby College 2027-2031", "", "Goals", "", *[GOAL[at : at + 80] for at in (0, 80)]]


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    path = tmp_path / "upload" / "locked.pdf"
    path.parent.mkdir()
    path.write_bytes(lock_pdf(make_pdf(LINES), user=SECRET, owner="owner"))
    return path


def is_written_down(folder: Path) -> bool:
    return any(SECRET.encode() in file.read_bytes() for file in folder.rglob("*") if file.is_file())


def add(workplace: Workplace, path: Path, password: str) -> str:
    """What the library tab tells of a paper once it is done with it: its status and message."""
    tickets = workplace.adding.begin([path], password or None)
    until = time.monotonic() + PATIENCE
    while workplace.adding.underway() and time.monotonic() < until:
        time.sleep(0.02)
    (told,) = workplace.adding.outcomes(tickets)
    return f"{told.status} {told.message}"


def test_a_locked_strategy_is_criticised_with_its_password_which_is_written_down_nowhere(
    workplace: Workplace, locked: Path, tmp_path: Path
) -> None:
    *_, kept, field, line, box = critique_tab.criticise_file(workplace, str(locked), "", False, VISITOR)
    assert (kept, field.visible) == (str(locked), True)
    assert "password" in line
    *_, field, line, box = critique_tab.criticise_file(workplace, kept, "wrong", False, VISITOR)
    assert field.visible
    assert "password" in line
    results = critique_tab.criticise_file(workplace, kept, SECRET, False, VISITOR)
    assert any("mills across the border" in str(part) for part in results)
    assert SECRET not in str(results)
    assert not is_written_down(tmp_path)
    assert box is not None


def test_a_locked_paper_is_added_with_its_password_which_is_written_down_nowhere(
    workplace: Workplace, locked: Path, tmp_path: Path
) -> None:
    data = locked.read_bytes()
    assert "locked with a password" in add(workplace, locked, "")
    locked.write_bytes(data)
    assert "does not open it" in add(workplace, locked, "wrong")
    locked.write_bytes(data)
    assert add(workplace, locked, SECRET).startswith("added")
    assert "mills across the border" in workplace.library().text(workplace.library().documents()[0].id)
    assert not is_written_down(tmp_path)


def test_the_field_is_emptied_once_the_password_has_been_taken(workplace: Workplace, locked: Path) -> None:
    *_, password = library_tab.add_files(workplace, [str(locked)], SECRET)
    assert password == ""
