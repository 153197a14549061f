"""What every test may use: the command line as a process of its own, its network watched, and a folder for its data."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest
from commanding import PLAN
from talks import Talker, names

from assistant.app.workplace import Workplace
from assistant.asking.dialogue import Dialogue, open_dialogue
from assistant.asking.showing import Conversation
from assistant.settings import Settings, silence
from assistant.terminal.cli import main

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

BAKERY_PLAN = """# Strategy 2027-2031

## Vision

Our bakery school is at home on both sides of the border.

## Goals

- Our apprentice bakers talk with the mills across the border, so that the village shops keep their bread.
- Mobility is strengthened.
- International projects as far as possible.
"""

silence(os.environ)


@dataclass(frozen=True)
class Said:
    """What a run of the command line left behind."""

    code: int
    out: str
    err: str

    @property
    def record(self) -> dict[str, Any]:
        """The one JSON object on standard output."""
        return json.loads(self.out)

    @property
    def records(self) -> list[dict[str, Any]]:
        """The JSON objects on standard output, one a line."""
        return [json.loads(line) for line in self.out.splitlines()]


Run = Callable[..., Said]


@pytest.fixture
def askwhy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `askwhy` with the words given, in this process, in a folder and with a data folder of its own.

    `given` goes to its standard input (text, or bytes as they are). What it does not foresee is raised.
    """
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ASKWHY_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)

    def run(*words: str, given: str | bytes = "") -> Said:
        raw = given.encode() if isinstance(given, str) else given
        out, err = TextIOWrapper(BytesIO(), encoding="utf-8"), TextIOWrapper(BytesIO(), encoding="utf-8")
        with monkeypatch.context() as streams, redirect_stdout(out), redirect_stderr(err):
            streams.setattr(sys, "stdin", TextIOWrapper(BytesIO(raw), encoding="utf-8"))
            try:
                code = main(words)
            except SystemExit as left:
                code = int(left.code or 0)
        return Said(code, _written(out), _written(err))

    return run


@pytest.fixture
def askwhy_process(tmp_path: Path) -> Run:
    """Runs `askwhy` as `askwhy` does, in a process of its own.

    `environment` comes on top of this process's own; `under` is a program, with its options, that runs it.
    """

    def run(*words: str, environment: dict[str, str] | None = None, under: tuple[str, ...] = ()) -> Said:
        ran = subprocess.run(
            [*under, sys.executable, "-m", "assistant.terminal.cli", *words],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT), "ASKWHY_DATA": str(tmp_path / "data"), **(environment or {})},
            timeout=120,
            check=False,
        )
        return Said(ran.returncode, ran.stdout.decode("utf-8"), ran.stderr.decode("utf-8"))

    return run


@pytest.fixture(scope="module")
def dialogue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dialogue]:
    """The dialogue of a data folder of this module's own."""
    with open_dialogue(tmp_path_factory.mktemp("talks")) as opened:
        yield opened


@pytest.fixture
def say(dialogue: Dialogue) -> Talker:
    """Says several things in a conversation of its own, and gives what came of them."""
    name = f"talk {next(names)}"
    dialogue.start(name)

    def speak(*messages: str) -> Conversation:
        for message in messages:
            dialogue.say(name, message)
        talked = dialogue.load(name)
        assert talked is not None
        return talked

    return speak


def _written(stream: TextIOWrapper) -> str:
    stream.flush()
    written = stream.buffer
    assert isinstance(written, BytesIO)
    return written.getvalue().decode("utf-8")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what drives a browser where there is none, and say so."""
    if CHROMIUM is None:
        absent = pytest.mark.skip(reason="there is no Chromium on this machine; .ci/run installs it")
        for item in items:
            if "browser" in item.keywords:
                item.add_marker(absent)


SHARED = ROOT.parent / "shared"


def read_guide() -> str:
    """The guide's text; skips the test where the guide does not lie beside the project."""
    path = SHARED / "guide" / "go-international.md"
    if not path.is_file():
        pytest.skip(f"the guide is not here: {path}")
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def guide_goals() -> tuple[str, str]:
    """The guide's own example (4.4): the first goal, and its reformulation."""
    text = read_guide()
    first = re.search(r"\*\*First goal:\*\*\s*(.+)", text)
    reformulated = re.search(r"Re-formulated goal:\s*(.+)", text)
    assert first
    assert reformulated
    return first[1].strip(), reformulated[1].strip()


@pytest.fixture(scope="session")
def guide_answer() -> str:
    """The answer to "why?" in the guide's own example (4.4)."""
    answer = re.search(r"\*\*Answer:\*\*\s*(.+)", read_guide())
    assert answer
    return answer[1].strip()


@pytest.fixture(scope="session")
def guide_actions() -> tuple[str, ...]:
    """The guide's examples of action points (4.5)."""
    listed = re.search(r"ACTIONS POINTS MAY LOOK LIKE:\s*\n(.+?)\n\n##", read_guide(), re.DOTALL)
    assert listed
    return tuple(line.removeprefix("- ").strip() for line in listed[1].splitlines() if line.startswith("- "))


@pytest.fixture(scope="session")
def shared_strategies() -> tuple[Path, ...]:
    """The development sample's strategies; skips where they are not there."""
    paths = tuple(sorted((SHARED / "data" / "strategies").glob("*.txt")))
    if not paths:
        pytest.skip(f"the sample is not here: {SHARED / 'data'}")
    return paths


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[Workplace]:
    opened = Workplace(Settings(tmp_path / "data"))
    yield opened
    opened.close()


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """The plan of `commanding` as a file."""
    file = tmp_path / "plan.md"
    file.write_text(PLAN, encoding="utf-8")
    return file


@pytest.fixture
def bakery_plan(tmp_path: Path) -> Path:
    file = tmp_path / "plan.md"
    file.write_text(BAKERY_PLAN, encoding="utf-8")
    return file
