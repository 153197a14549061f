"""The command line on many lines, and on a folder at a time."""

import json
from pathlib import Path
from typing import Any

from commanding import GOAL, PLAN, one_line
from conftest import Run
from test_schema import hold_to_contract

# Lines in, lines out


def batch(askwhy: Run, command: str, lines: list[Any]) -> list[dict[str, Any]]:
    """The answers to `lines`, each a JSON value or a line as it stands (text or bytes), through standard input."""
    written = (line if isinstance(line, (str, bytes)) else json.dumps(line) for line in lines)
    raw = b"\n".join(line.encode() if isinstance(line, str) else line for line in written)
    said = askwhy(command, "--batch", "-", given=raw + b"\n\n")
    assert (said.code, said.err) == (0, "")
    return said.records


def test_each_line_is_answered_in_its_place_and_bad_ones_stop_nothing(askwhy: Run) -> None:
    good = {"id": "a", "text": GOAL}
    lines = [
        good,
        "not json",
        "",
        [1],
        {"id": 7},
        {"id": "b", "text": 3},
        {"id": "c", "text": "  "},
        b'{"text": "caf\xe9"}',
        '{"id": "d", "text": "\\ud800"}',
        "[" * 100_000,
        {"id": "e", "text": GOAL, "context": "Goals"},
    ]
    answers = batch(askwhy, "judge", lines)
    assert len(answers) == len(lines)
    assert [one.get("id") for one in answers] == ["a", None, None, None, 7, "b", "c", None, "d", None, "e"]
    assert ["error" in one for one in answers] == [False, *[True] * 9, False]
    for one in answers:
        hold_to_contract(one, "error" if "error" in one else "judge")


def test_lines_are_answered_the_same_as_the_one_asked_alone(askwhy: Run) -> None:
    alone = askwhy("judge", GOAL, "--json").record
    assert batch(askwhy, "judge", [{"text": GOAL}]) == [alone]


def test_whys_and_indicators_are_answered_line_by_line(askwhy: Run) -> None:
    whys = batch(
        askwhy, "why", [{"id": 1, "goal": GOAL, "answers": ["Because the ferries lack cooks."]}, {"goal": GOAL}]
    )
    hold_to_contract(whys[0], "why")
    assert (whys[0]["id"], "answers" in whys[1]["error"]) == (1, True)
    found = batch(askwhy, "indicators", [{"id": 1, "goal": GOAL}, {"id": 2}])
    hold_to_contract(found[0], "indicators")
    assert (found[0]["id"], found[1]["id"], "goal" in found[1]["error"]) == (1, 2, True)


def test_questions_are_answered_line_by_line(askwhy: Run) -> None:
    answers = batch(askwhy, "ask", [{"id": "q", "question": "How many goals should we have?"}, {"id": "r"}])
    hold_to_contract(answers[0], "ask")
    assert (answers[0]["id"], answers[1]["id"]) == ("q", "r")


def test_files_are_criticised_line_by_line(askwhy: Run, plan: Path) -> None:
    answers = batch(askwhy, "critique", [{"id": 1, "file": str(plan)}, {"id": 2, "file": "gone.pdf"}])
    hold_to_contract(answers[0], "critique")
    assert answers[0]["id"] == 1
    assert "gone.pdf" in answers[1]["error"]


# A folder at a time


def test_a_folder_is_criticised_and_a_second_run_finds_it_done(askwhy_process: Run, tmp_path: Path) -> None:
    folder, out = tmp_path / "calls", tmp_path / "critiques"
    (folder / "north").mkdir(parents=True)
    (folder / "north" / "one.md").write_text(PLAN, encoding="utf-8")
    (folder / "two.md").write_text(PLAN.replace("cooks", "bakers"), encoding="utf-8")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 and then nothing")
    (folder / ".hidden").write_text("x")
    words = ("batch", str(folder), "--out", str(out), "--workers", "2", "--json")

    first = askwhy_process(*words)
    read = hold_to_contract(first.record, "batch")
    assert (first.code, read["files"], read["written"], read["failed"]) == (0, 3, 2, 1)
    assert "broken.pdf" in first.err
    written = json.loads((out / "north" / "one.md.json").read_text(encoding="utf-8"))
    alone = askwhy_process("critique", str(folder / "north" / "one.md"), "--json").record
    assert hold_to_contract(written, "critique") == {**alone, "made_from": written["made_from"]}
    assert sorted(path.name for path in out.rglob("*") if path.is_file()) == ["one.md.json", "two.md.json"]

    (out / "two.md.json").write_text('{"schema": 1, "half', encoding="utf-8")
    (folder / "north" / "one.md").write_text(PLAN + "\nThe board reads the report in May.\n", encoding="utf-8")
    assert askwhy_process(*words).record["written"] == 2
    third = askwhy_process(*words).record
    assert (third["written"], third["unchanged"], third["failed"]) == (0, 2, 1)


def test_a_folder_where_nothing_can_be_read_is_a_fault(askwhy_process: Run, tmp_path: Path) -> None:
    (tmp_path / "calls").mkdir()
    (tmp_path / "calls" / "empty.pdf").touch()
    said = askwhy_process("batch", str(tmp_path / "calls"), "--out", str(tmp_path / "out"), "--json")
    assert (said.code, said.record["failed"]) == (1, 1)


def test_the_folder_for_critiques_may_lie_in_the_folder_of_strategies(
    askwhy_process: Run, plan: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "calls"
    folder.mkdir()
    plan.rename(folder / "plan.md")
    words = ("batch", str(folder), "--out", str(folder / "critiques"), "--json")
    assert askwhy_process(*words).record["files"] == 1
    assert askwhy_process(*words).record["files"] == 1


def test_a_folder_with_nothing_but_critiques_is_a_fault_of_one_line(askwhy: Run, plan: Path, tmp_path: Path) -> None:
    folder = tmp_path / "calls"
    folder.mkdir()
    plan.rename(folder / "plan.md")
    said = askwhy("batch", str(folder), "--out", str(folder))
    assert (said.code, said.out) == (1, "")
    assert one_line(said.err)
    assert "--out" in said.err


def test_what_json_does_not_have_is_not_answered_with(askwhy: Run) -> None:
    answers = batch(askwhy, "judge", [f'{{"id": {number}, "text": "x"}}' for number in ("NaN", "-Infinity", "1e999")])
    assert all("not a JSON object" in one["error"] and "id" not in one for one in answers)
