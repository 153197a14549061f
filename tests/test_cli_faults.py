"""The command line where something is wrong: one line and an exit code, in processes of its own where that matters."""

import contextlib
import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from commanding import GOAL, one_line
from conftest import ROOT, Run

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


@pytest.mark.skipif(
    signal.getsignal(signal.SIGINT) is signal.SIG_IGN, reason="started in the background, where interrupts are ignored"
)
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
        with contextlib.suppress(subprocess.TimeoutExpired):
            running.wait(20)
        if running.poll() is None:  # one that comes just before a read begins to wait is heard after it
            running.send_signal(signal.SIGINT)
        assert running.wait(60) == 130
        assert running.stderr.read() == b""
