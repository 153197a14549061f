"""No socket opens to the outside: the commands run for real, watched in Python and, where strace is there, below it."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from audit import read_record, watched_environment
from commanding import GOAL, PLAN
from conftest import ROOT, Run

STRACE = shutil.which("strace")
TRACES = STRACE is not None and subprocess.run([STRACE, "-o", os.devnull, "true"], check=False).returncode == 0
SENT_OUT = re.compile(r"^\d+ +(connect|send\w+)\(.*sa_family=AF_INET6?,", re.MULTILINE)
OWN_MACHINE = re.compile(r'inet_addr\("127\.|inet_addr\("0\.0\.0\.0"\)|"::1"|"::ffff:127\.')
COMMANDS = {
    "judge": ("judge", GOAL, "--json"),
    "why": ("why", GOAL, "--answer", "Because the ferries cannot fill their kitchens.", "--json"),
    "indicators": ("indicators", GOAL, "--json"),
    "text": ("text", "plan.md", "--json"),
    "critique": ("critique", "plan.md", "--json"),
    "critique with the library": ("critique", "plan.md", "--library", "--json"),
    "library add": ("library", "add", "plan.md", "--json"),
    "ask": ("ask", "How many goals should a school have?", "--json"),
    "batch": ("batch", "plans", "--out", "out", "--workers", "2", "--json"),
}
traced = pytest.mark.skipif(not TRACES, reason="strace is not here or may not look; .ci/run installs it")
each_command = pytest.mark.parametrize("words", COMMANDS.values(), ids=COMMANDS.keys())


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with a strategy in it, and a folder of strategies."""
    (tmp_path / "plans").mkdir()
    for file in (tmp_path / "plan.md", tmp_path / "plans" / "plan.md"):
        file.write_text(PLAN, encoding="utf-8")
    return tmp_path


@each_command
def test_a_command_looks_at_nothing_beyond_this_machine(
    askwhy_process: Run, desk: Path, words: tuple[str, ...]
) -> None:
    watched = watched_environment(desk / "watch", {"PYTHONPATH": str(ROOT)})
    said = askwhy_process(*words, environment=watched)
    assert said.code == 0, said.err
    assert read_record(desk / "watch") == []


@traced
@each_command
def test_no_system_call_of_a_command_reaches_beyond_this_machine(
    askwhy_process: Run, desk: Path, words: tuple[str, ...]
) -> None:
    trace = desk / "trace.txt"
    watching = (
        str(STRACE),
        "-f",
        "-qq",
        "--seccomp-bpf",
        "-e",
        "trace=connect,sendto,sendmsg,sendmmsg",
        "-o",
        str(trace),
    )
    said = askwhy_process(*words, under=watching)
    assert said.code == 0, said.err
    assert beyond(trace.read_text(encoding="utf-8")) == []


def beyond(trace: str) -> list[str]:
    """The lines of a trace that speak to an internet address of another machine."""
    return [line for line in trace.splitlines() if SENT_OUT.match(line) and not OWN_MACHINE.search(line)]


REACHING_OUT = (
    "import socket\n"
    "try: socket.create_connection(('192.0.2.1', 9), timeout=0.2)\n"
    "except OSError: pass\n"
    "try: socket.getaddrinfo('askwhy.invalid', 80)\n"
    "except OSError: pass\n"
    "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', 9))\n"
)


def test_the_watch_would_see_a_connection_a_packet_and_a_look_up(tmp_path: Path) -> None:
    watched = watched_environment(tmp_path / "watch")
    program = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {REACHING_OUT!r}])"
    subprocess.run([sys.executable, "-c", program], env=watched, check=True, timeout=60)
    seen = read_record(tmp_path / "watch")
    assert "socket.connect 192.0.2.1" in seen
    assert "socket.getaddrinfo askwhy.invalid" in seen
    assert not [line for line in seen if "127.0.0.1" in line]


@traced
def test_the_trace_would_show_a_connection(tmp_path: Path) -> None:
    trace = tmp_path / "trace.txt"
    watching = [str(STRACE), "-f", "-qq", "-e", "trace=connect,sendto", "-o", str(trace)]
    subprocess.run([*watching, sys.executable, "-c", REACHING_OUT], check=True, timeout=60)
    assert any("192.0.2.1" in line for line in beyond(trace.read_text(encoding="utf-8")))
    assert not any("127.0.0.1" in line for line in beyond(trace.read_text(encoding="utf-8")))
