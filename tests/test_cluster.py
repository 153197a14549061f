"""Many strategies on a Dask cluster: a real scheduler and a real worker, which share no folder with us but the disk."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT, Run

PLAN = """# Strategy 2027-2031

## Goals

- Our cooks speak French with guests, so that the hotels across the border can hire them.
"""
PATIENCE = 60


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a scheduler on this machine alone, with one worker of two threads."""
    folder = tmp_path_factory.mktemp("cluster")
    named = folder / "scheduler.json"
    how = ("--no-dashboard", "--scheduler-file", str(named), "--host", "127.0.0.1")
    quiet = {"cwd": folder, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    dask = (sys.executable, "-m", "dask")
    head = subprocess.Popen([*dask, "scheduler", *how, "--port", "0"], env=environment, **quiet)
    worker = subprocess.Popen([*dask, "worker", *how, "--nworkers", "1", "--nthreads", "2"], env=environment, **quiet)
    try:
        until = time.monotonic() + PATIENCE
        while not named.is_file() or not named.read_text():
            assert time.monotonic() < until, "the scheduler did not start"
            time.sleep(0.1)
        address = json.loads(named.read_text())["address"]
        _wait_for_workers(address)
        yield address
    finally:
        for one in (worker, head):
            one.terminate()
            one.wait(timeout=PATIENCE)


def _wait_for_workers(address: str) -> None:
    from distributed import Client

    with Client(address, set_as_default=False) as client:
        client.wait_for_workers(1, timeout=PATIENCE)


def test_a_cluster_writes_what_one_machine_would_and_goes_on_where_it_was(
    scheduler: str, askwhy_process: Run, tmp_path: Path
) -> None:
    folder, here, there = tmp_path / "calls", tmp_path / "here", tmp_path / "there"
    (folder / "north").mkdir(parents=True)
    for place in range(9):
        (folder / "north" / f"{place}.md").write_text(PLAN.replace("cooks", f"cooks of class {place}"), "utf-8")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 and then nothing")
    alone = askwhy_process("batch", str(folder), "--out", str(here), "--json").record
    many = askwhy_process("batch", str(folder), "--out", str(there), "--scheduler", scheduler, "--json")
    assert (many.record["written"], many.record["failed"]) == (alone["written"], alone["failed"]) == (9, 1)
    assert "broken.pdf" in many.err
    written = {path.relative_to(there): path.read_bytes() for path in there.rglob("*.json")}
    assert written == {path.relative_to(here): path.read_bytes() for path in here.rglob("*.json")}
    again = askwhy_process("batch", str(folder), "--out", str(there), "--scheduler", scheduler, "--json").record
    assert (again["written"], again["unchanged"], again["failed"]) == (0, 9, 1)


def test_no_scheduler_is_one_line(askwhy_process: Run, tmp_path: Path) -> None:
    (tmp_path / "plan.md").write_text(PLAN, encoding="utf-8")
    said = askwhy_process("batch", str(tmp_path), "--out", str(tmp_path / "out"), "--scheduler", "tcp://127.0.0.1:9")
    assert (said.code, said.out) == (1, "")
    assert said.err.strip().splitlines()[-1].startswith("tcp://127.0.0.1:9: no Dask scheduler answers there.")


def test_workers_and_a_scheduler_are_not_both_asked_for(askwhy: Run, tmp_path: Path) -> None:
    assert askwhy("batch", str(tmp_path), "--out", "out", "--workers", "2", "--scheduler", "tcp://x:1").code == 2
