"""Names that a URL, a text or a table would take for something else."""

import csv
import io
import json
import os
from datetime import date
from pathlib import Path

from commanding import GOAL, PLAN
from conftest import Run

from assistant.following.register import Register
from assistant.indicators import propose
from assistant.spreadsheet import write_csv


def test_what_is_followed_is_kept_inside_a_data_folder_with_marks_in_its_name(tmp_path: Path) -> None:
    folder = tmp_path / "a?b#c%20d"
    Register(folder).follow(GOAL, propose(GOAL)[0], "en", "", "", date(2026, 5, 4))
    assert [path.name for path in tmp_path.iterdir()] == [folder.name]
    assert len(Register(folder).entries()) == 1


def test_a_file_whose_name_is_no_text_is_added_beside_others_and_criticised(askwhy: Run, tmp_path: Path) -> None:
    folder = tmp_path / "plans"
    folder.mkdir()
    odd = Path(os.fsdecode(os.fsencode(folder) + b"/strat\xe9gie.md"))
    odd.write_text(PLAN, encoding="utf-8")
    (folder / "good.md").write_text(f"{PLAN}\nThe board reads it.\n", encoding="utf-8")
    added = askwhy("library", "add", str(folder), "--json").record["documents"]
    assert [(one["name"], one["status"]) for one in added] == [("good.md", "added"), ("strat?gie.md", "added")]
    again = askwhy("library", "add", str(odd), "--json").record["documents"]
    assert [(one["id"], one["status"]) for one in again] == [(added[1]["id"], "unchanged")]
    assert askwhy("critique", str(odd), "--json").record["is_strategy"]
    lines = "".join(json.dumps({"file": name}) + "\n" for name in (str(odd), "\ud800.md"))
    read, refused = askwhy("critique", "--batch", "-", given=lines).records
    assert read["is_strategy"]
    assert "half of a character" in refused["error"]


def test_a_cell_that_a_spreadsheet_would_calculate_is_text() -> None:
    cells = ["=1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", "1 = 1"]
    table = write_csv(["head"], [[cell] for cell in cells])
    assert table.startswith("\ufeffhead")
    read = [row[0] for row in csv.reader(io.StringIO(table, newline=""))]
    assert read[1:] == [*(f"'{cell}" for cell in cells[:-1]), cells[-1]]
