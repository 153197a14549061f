"""The command line on real files: what is printed, where options stand, what is wrong usage."""

import json
import resource
import subprocess
import sys
import unicodedata
from collections.abc import Sequence
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from commanding import GOAL
from conftest import ROOT, Run, read_guide
from files import make_pdf
from test_schema import hold_to_contract

from assistant.domain import Critique
from assistant.reviewing.critique import critique
from assistant.terminal import progress
from knowledge.document import Document
from knowledge.library.holdings import Library

# What is printed


def test_letters_with_their_accents_beside_them_are_read_as_those_that_have_them(askwhy: Run) -> None:
    said = "Jokainen lähihoitaja osaa ottaa potilaan vastaan ruotsiksi vuonna 2029."
    apart = unicodedata.normalize("NFD", said)
    assert apart != said
    assert askwhy("judge", apart, "--json").record == askwhy("judge", said, "--json").record


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


def test_with_the_library_a_strategy_is_held_against_papers_but_not_against_the_guide(
    askwhy: Run, plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[str] = []

    def note(document: Document, *, policies: Sequence[Document] = (), **how: Any) -> Critique:
        held.extend(one.name for one in policies)
        return critique(document, policies=policies, **how)

    monkeypatch.setattr("assistant.reviewing.critique.critique", note)
    library = Library(tmp_path / "data")
    for name, text in (("guide.md", read_guide()), ("rules.md", "# Rules\n\nEvery trip is reported in June.\n")):
        (tmp_path / name).write_text(text, encoding="utf-8")
        library.add(tmp_path / name, later=True)
    assert askwhy("critique", str(plan), "--library", "--json").code == 0
    assert held == ["rules.md"]
