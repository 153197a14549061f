"""The command line on real files, by its exit codes and its output; in processes of its own where that matters."""

import json
import resource
import signal
import subprocess
import sys
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from conftest import ROOT, Run
from files import make_pdf
from test_schema import hold_to_contract

from assistant.terminal import progress

GOAL = "Our apprentice cooks handle complaints in Swedish, so that the ferry kitchens find staff close to home."
PLAN = """# Strategy for international work 2026-2030

## Operating environment

The ferry lines around our town look for cooks who can talk with guests from Sweden.

## Vision

By the end of the period our kitchens are known on both shores.

## Goals

- Our apprentice cooks handle complaints in Swedish, so that the ferry kitchens find staff close to home.
- Teachers bring dishes and habits of partner schools into their lessons, because guests ask for them.

## Action plan

The head of the kitchen department books two study visits a year and reports in June.
"""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    file = tmp_path / "plan.md"
    file.write_text(PLAN, encoding="utf-8")
    return file


def one_line(text: str) -> bool:
    return text.endswith("\n") and text.count("\n") == 1


# What is printed


def test_judge_prints_one_object_of_the_contract(askwhy: Run) -> None:
    said = askwhy("judge", GOAL, "--json")
    assert (said.code, said.err) == (0, "")
    read = hold_to_contract(said.record, "judge")
    assert read["text"] == GOAL


def test_a_critique_without_a_form_is_for_reading_in_a_terminal(askwhy: Run, plan: Path) -> None:
    said = askwhy("critique", str(plan))
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("plan.md\n")
    assert "Score: " in said.out
    assert "Missing: " in said.out


def test_why_prints_the_ladder(askwhy: Run) -> None:
    said = askwhy("why", GOAL, "--answer", "Because the ferries cannot fill their kitchens.", "--json")
    read = hold_to_contract(said.record, "why")
    assert read["goal"] == GOAL
    assert len(read["chain"]) == 1


def test_why_without_answers_asks_the_first_question(askwhy: Run) -> None:
    read = hold_to_contract(askwhy("why", GOAL, "--json").record, "why")
    assert (read["chain"], read["done"]) == ([], False)
    assert read["next_question"]


def test_indicators_leave_the_numbers_to_the_manager(askwhy: Run) -> None:
    read = hold_to_contract(askwhy("indicators", GOAL, "-k", "3", "--json").record, "indicators")
    assert len(read["indicators"]) == 3
    assert all(one["baseline"] is None and one["target"] is None for one in read["indicators"])


def test_indicators_come_from_a_bank_alone_where_one_is_named(askwhy: Run, tmp_path: Path) -> None:
    bank = tmp_path / "bank.json"
    rows = [{"id": "x1", "name": "Cooks who pass an oral Swedish test"}, {"id": "x2", "name": "Ovens repaired in time"}]
    bank.write_text(json.dumps(rows))
    read = hold_to_contract(askwhy("indicators", GOAL, "--bank", str(bank), "--json").record, "indicators")
    assert {one["id"] for one in read["indicators"]} <= {"x1", "x2"}
    assert read["indicators"][0]["id"] == "x1"


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (("judge", GOAL), "For which need: "),
        (("why", GOAL), "Next: "),
        (("indicators", GOAL, "-k", "1"), "Baseline: ____"),
        (("ask", "How many goals should we have?"), "[1] "),
        (("library", "list"), "No documents."),
    ],
)
def test_without_json_an_answer_is_for_reading(askwhy: Run, words: tuple[str, ...], shown: str) -> None:
    said = askwhy(*words)
    assert (said.code, said.err) == (0, "")
    assert shown in said.out
    assert not said.out.startswith("{")


def test_text_prints_the_text_that_offsets_count(askwhy: Run, plan: Path) -> None:
    read = hold_to_contract(askwhy("text", str(plan), "--json").record, "text")
    assert askwhy("text", str(plan)).out == read["text"]


def test_every_quote_of_a_critique_stands_at_its_offsets(askwhy: Run, plan: Path) -> None:
    text = askwhy("text", str(plan)).out
    read = hold_to_contract(askwhy("critique", str(plan), "--json").record, "critique")
    assert read["is_strategy"]
    assert read["document"]["characters"] == len(text)
    quoted = [*read["findings"], *(place for element in read["elements"] for place in element["evidence"])]
    assert quoted
    assert all(text[one["start"] : one["end"]] == one["quote"] for one in quoted)
    assert all(text[one["start"] : one["end"]] == one["text"] for one in [*read["statements"], *read["goals"]])
    for goal in read["goals"]:
        parts = [part for name, part in goal["slots"].items() if part and name != "means"] + goal["slots"]["means"]
        assert all(text[part["start"] : part["end"]] == part["text"] for part in parts)


def test_a_critique_is_the_same_every_run(askwhy_process: Run, plan: Path) -> None:
    once = askwhy_process("critique", str(plan), "--json", environment={"PYTHONHASHSEED": "1"})
    assert once.code == 0
    assert once.out == askwhy_process("critique", str(plan), "--json", environment={"PYTHONHASHSEED": "2"}).out


@pytest.mark.parametrize(("form", "start"), [("json", "{"), ("md", "#"), ("html", "<")])
def test_a_critique_comes_in_each_form_and_goes_to_the_file_named(
    askwhy: Run, plan: Path, tmp_path: Path, form: str, start: str
) -> None:
    said = askwhy("critique", str(plan), "--format", form, "-o", str(tmp_path / "out" / f"critique.{form}"))
    assert (said.code, said.out) == (0, "")
    assert (tmp_path / "out" / f"critique.{form}").read_text(encoding="utf-8").startswith(start)


def test_the_library_adds_lists_shows_and_removes(askwhy: Run, plan: Path) -> None:
    added = hold_to_contract(askwhy("library", "add", str(plan), "--json").record, "added")["documents"][0]
    assert (added["name"], added["status"]) == ("plan.md", "added")
    assert hold_to_contract(askwhy("library", "list", "--json").record, "listed")["documents"][0]["id"] == added["id"]
    assert askwhy("library", "text", added["id"]).out == askwhy("text", str(plan)).out
    again = hold_to_contract(askwhy("library", "add", str(plan), "--json").record, "added")["documents"][0]
    assert again["status"] == "unchanged"
    hold_to_contract(askwhy("library", "remove", added["id"], "--json").record, "removed")
    assert askwhy("library", "list", "--json").record["documents"] == []
    assert askwhy("library", "remove", added["id"]).code == 1


def test_a_workspace_sees_its_own_documents_alone(askwhy: Run, plan: Path) -> None:
    askwhy("library", "add", str(plan), "--workspace", "kitchen")
    assert askwhy("library", "list", "--json").record["documents"] == []
    assert len(askwhy("library", "list", "--workspace", "kitchen", "--json").record["documents"]) == 1


def test_a_file_that_cannot_be_read_stops_no_other_from_being_added(askwhy: Run, plan: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.pdf"
    empty.touch()
    said = askwhy("library", "add", str(empty), str(plan), "--json")
    statuses = [one["status"] for one in hold_to_contract(said.record, "added")["documents"]]
    assert (said.code, statuses) == (0, ["failed", "added"])
    assert "empty.pdf" in said.err
    assert askwhy("library", "add", str(empty)).code == 1


class Terminal(StringIO):
    """What is written to a terminal."""

    def isatty(self) -> bool:
        return True


def test_adding_on_a_terminal_tells_the_pages_read_and_the_passages_embedded(
    askwhy: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "houses.pdf").write_bytes(
        make_pdf(["The ferry hires cooks who know Swedish."], ["Every teacher spends a week abroad."])
    )
    terminal = Terminal()
    monkeypatch.setattr(progress, "sys", SimpleNamespace(stderr=terminal))
    said = askwhy("library", "add", "houses.pdf", "--json")
    assert said.record["documents"][0]["status"] == "added"
    assert "\r1 of 2 pages of houses.pdf read" in terminal.getvalue()
    assert terminal.getvalue().endswith("passages embedded\n")


def test_ask_cites_passages_of_the_library_exactly(askwhy: Run, plan: Path) -> None:
    document = askwhy("library", "add", str(plan), "--json").record["documents"][0]["id"]
    read = hold_to_contract(
        askwhy("ask", "Who looks for cooks that speak with Swedish guests?", "--json").record, "ask"
    )
    text = askwhy("text", str(plan)).out
    own = [one for one in read["citations"] if one["document"] == document]
    assert all(text[one["start"] : one["end"]] == one["quote"] for one in own)


# Where options stand, and what is wrong usage


@pytest.mark.parametrize(
    "words", [("--json", "--lang", "en", "judge", GOAL), ("judge", GOAL, "--lang", "en", "--json")]
)
def test_shared_options_stand_before_or_after_the_command(askwhy: Run, words: tuple[str, ...]) -> None:
    said = askwhy(*words)
    assert said.record["text"] == GOAL


def test_the_data_folder_named_comes_before_the_environment_s(askwhy: Run, plan: Path, tmp_path: Path) -> None:
    elsewhere = str(tmp_path / "elsewhere")
    askwhy("--data", elsewhere, "library", "add", str(plan))
    assert askwhy("library", "list", "--json").record["documents"] == []
    assert len(askwhy("library", "list", "--json", "--data", elsewhere).record["documents"]) == 1


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ((), "COMMAND"),
        (("advise",), "advise"),
        (("judge",), "TEXT"),
        (("judge", GOAL, "--batch", "x.jsonl"), "--batch"),
        (("judge", GOAL, "--lang", "sv"), "'en', 'fi', 'da', 'nl', 'de', 'hu', 'fr', 'es', 'it'"),
        (("indicators", GOAL, "-k", "0"), "-k"),
        (("critique", "plan.md", "--format", "odt"), "odt"),
        (("critique", "plan.md", "--json", "--format", "md"), "--format"),
        (("critique", "--batch", "x.jsonl", "-o", "y"), "-o"),
        (("library",), "add"),
        (("batch", "strategies"), "--out"),
        (("serve", "--port", "http"), "--port"),
    ],
)
def test_wrong_usage_is_told_with_exit_code_2(askwhy: Run, words: tuple[str, ...], named: str) -> None:
    said = askwhy(*words)
    assert (said.code, said.out) == (2, "")
    assert named in said.err
    assert "Traceback" not in said.err


def test_help_comes_at_once() -> None:
    def processor_time() -> float:
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime

    times = []
    for _ in range(3):
        before = processor_time()
        subprocess.run(
            [sys.executable, "-m", "assistant.terminal.cli", "--help"], cwd=ROOT, check=True, capture_output=True
        )
        times.append(processor_time() - before)
    assert min(times) < 0.6  # 0.2 s; several if a heavy library were loaded


def test_judging_loads_no_heavy_library() -> None:
    judged = (
        "import sys; from assistant.terminal.cli import main; main(['judge', 'Our cooks learn Swedish.', '--json']); "
        "sys.exit(', '.join({'torch', 'chromadb', 'gradio', 'langgraph', 'transformers'} & set(sys.modules)) or 0)"
    )
    ran = subprocess.run([sys.executable, "-c", judged], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")


# Faults and defects


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("text", "no-such-file.pdf"), "no-such-file.pdf"),
        (("critique", "no-such-file.pdf", "--json"), "no-such-file.pdf"),
        (("judge", "   "), ""),
        (("judge", "--batch", "no-such-file.jsonl"), "no-such-file.jsonl"),
        (("why", ""), ""),
        (("ask", " ?! "), ""),
        (("indicators", GOAL, "--bank", "no-such-bank.json"), "no-such-bank.json"),
        (("library", "remove", "nothing"), "nothing"),
        (("batch", "no-such-folder", "--out", "out"), "no-such-folder"),
        (("eval", "no-such-eval"), "no-such-eval"),
    ],
)
def test_a_fault_is_one_line_on_standard_error_with_exit_code_1(
    askwhy: Run, words: tuple[str, ...], named: str
) -> None:
    said = askwhy(*words)
    assert (said.code, said.out) == (1, "")
    assert one_line(said.err)
    assert named in said.err
    assert "Traceback" not in said.err


def test_a_bad_setting_is_told_by_its_name(askwhy: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASKWHY_PORT", "many")
    said = askwhy("judge", GOAL)
    assert (said.code, one_line(said.err)) == (1, True)
    assert "ASKWHY_PORT" in said.err


def test_bytes_that_are_no_text_are_refused_and_not_printed() -> None:
    words = [sys.executable, "-m", "assistant.terminal.cli", "judge", b"caf\xe9 training", "--json"]
    ran = subprocess.run(words, cwd=ROOT, capture_output=True, check=False)
    assert (ran.returncode, ran.stdout) == (1, b"")
    assert one_line(ran.stderr.decode("utf-8"))


def test_a_defect_of_ours_is_kept_in_the_log_and_told_in_one_line(tmp_path: Path) -> None:
    log = tmp_path / "log" / "askwhy.log"
    broken = (
        "import sys; from functools import partial; from pathlib import Path; "
        "from assistant.defects import tell_defect; "
        f"sys.excepthook = partial(tell_defect, Path({str(log)!r})); {{}}['gone']"
    )
    ran = subprocess.run([sys.executable, "-c", broken], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert one_line(ran.stderr)
    assert str(log) in ran.stderr
    assert "KeyError: 'gone'" in log.read_text(encoding="utf-8")


def test_a_reader_that_leaves_early_meets_silence(tmp_path: Path) -> None:
    lines = tmp_path / "lines.jsonl"
    lines.write_text((json.dumps({"text": GOAL}) + "\n") * 2000)
    words = [sys.executable, "-m", "assistant.terminal.cli", "judge", "--batch", str(lines)]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.readline()
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait(60) == 141


def test_an_interrupt_ends_quietly() -> None:
    words = [sys.executable, "-m", "assistant.terminal.cli", "judge", "--batch", "-"]
    with subprocess.Popen(
        words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdin.write(json.dumps({"text": GOAL}).encode() + b"\n")
        running.stdin.flush()
        running.stdout.readline()
        running.send_signal(signal.SIGINT)
        assert running.wait(60) == 130
        assert running.stderr.read() == b""


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
