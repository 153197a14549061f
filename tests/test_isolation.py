"""A file is read in a process that can be stopped, and that leaves nothing behind."""

import contextlib
import io
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from knowledge.faults import CorruptFile, CostlyFile, LockedFile
from knowledge.reading.draft import Limits
from knowledge.reading.files import read_bytes
from knowledge.reading.isolation import close_servers, read_apart, read_bytes_apart
from knowledge.reading.messages import Spoken
from tests.conftest import ROOT, Run
from tests.files import lock_pdf, make_pdf, make_word

SECRET = "Gr0u5e-and-Heather"  # noqa: S105 - of files that the tests make
PAGE = ["Strategy of Lindby College 2027-2031", "", "Every apprentice speaks a second language."]
LONG = make_pdf(*[[f"Page {number} of a long plan, line {line}." for line in range(40)] for number in range(250)])
only_linux = pytest.mark.skipif(sys.platform != "linux", reason="memory is limited and processes are counted on Linux")


def children(pid: int) -> list[int]:
    """The processes that any thread of a process started.

    A thread that ends meanwhile hands its own on to one that may have been asked already, so all are asked twice.
    """
    found: set[int] = set()
    for _ in range(2):
        for told in Path(f"/proc/{pid}/task").glob("*/children"):
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                found |= set(map(int, told.read_text().split()))
    return sorted(found)


def servers() -> list[int]:
    """The processes that read for this one."""
    return [
        pid
        for pid in children(os.getpid())
        if b"knowledge.reading.isolated" in Path(f"/proc/{pid}/cmdline").read_bytes()
    ]


def reading(servers: list[int]) -> list[int]:
    """The processes with a file before them: each leads a group of its own, which a server's twin does not."""
    below = [child for server in servers for child in children(server)]
    return [one for one in [*below, *(child for twin in below for child in children(twin))] if os.getpgid(one) == one]


@pytest.mark.parametrize(
    "data",
    [make_pdf(PAGE), make_word(lambda word: word.add_paragraph(PAGE[2])), PAGE[0].encode()],
    ids=["PDF", "Word", "text"],
)
def test_a_file_read_apart_gives_what_it_gives_here(data: bytes) -> None:
    assert read_bytes_apart(data, "plan") == read_bytes(data, "plan")


def test_a_fault_is_the_same_fault() -> None:
    locked = lock_pdf(make_pdf(PAGE), user=SECRET, owner="owner")
    with pytest.raises(LockedFile, match=r"^plan.pdf: it is locked with a password\."):
        read_bytes_apart(locked, "plan.pdf")
    assert "second language" in read_bytes_apart(locked, "plan.pdf", password=SECRET).text


def test_a_file_that_takes_too_long_gives_one_line_and_the_next_is_read() -> None:
    with pytest.raises(CostlyFile, match=r"^long.pdf: it takes longer than 0.1 seconds to read\. Split it") as fault:
        read_bytes_apart(LONG, "long.pdf", limits=Limits(seconds=0.1))
    assert "\n" not in str(fault.value)
    assert read_bytes_apart(make_pdf(PAGE), "plan.pdf").text.startswith(PAGE[0])


@only_linux
def test_a_file_that_takes_too_much_memory_gives_one_line() -> None:
    limits = Limits(memory=60_000_000)
    with pytest.raises(CostlyFile, match=r"^long.pdf: it takes more than 60 MB of memory to read\."):
        read_bytes_apart(LONG, "long.pdf", limits=limits)


@only_linux
def test_reading_tells_its_pages_and_stops_when_it_is_told_to() -> None:
    seen: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        seen.append((done, total))
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_bytes_apart(LONG, "long.pdf", progress=stop)
    assert seen == [(1, 250), (2, 250), (3, 250)]
    assert reading(servers()) == []


@only_linux
def test_a_reader_that_breaks_is_a_damaged_file() -> None:
    def crash(done: int, _: int) -> None:
        if done == 1:
            (child,) = reading(servers())
            os.kill(child, signal.SIGSEGV)

    with pytest.raises(CorruptFile, match="breaks its reader"):
        read_bytes_apart(LONG, "long.pdf", progress=crash)
    assert read_bytes_apart(make_pdf(PAGE), "plan.pdf").text.startswith(PAGE[0])


@only_linux
def test_a_server_is_used_again_and_ends_when_it_is_closed() -> None:
    read_bytes_apart(make_pdf(PAGE), "plan.pdf")
    first = servers()
    read_bytes_apart(make_pdf(PAGE), "plan.pdf")
    assert servers() == first
    close_servers()
    assert servers() == []


@only_linux
def test_two_files_are_read_at_once_by_a_server_and_its_twin_and_either_can_be_stopped() -> None:
    close_servers()
    both = threading.Barrier(2, timeout=60)

    def stop(done: int, _: int) -> None:
        if done == 1:
            both.wait()
            raise KeyboardInterrupt

    def read(name: str) -> str:
        with pytest.raises(KeyboardInterrupt):
            read_bytes_apart(LONG, name, progress=stop)
        return read_bytes_apart(make_pdf(PAGE), name).name

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(read, ["first.pdf", "second.pdf"])) == ["first.pdf", "second.pdf"]
    (server,) = servers()
    (twin,) = children(server)
    assert reading([server]) == []
    close_servers()
    until = time.monotonic() + 20
    while (alive := [pid for pid in (server, twin) if is_running(pid)]) and time.monotonic() < until:
        time.sleep(0.05)
    assert alive == []


@only_linux
def test_nothing_goes_on_when_the_caller_is_killed(tmp_path: Path) -> None:
    (tmp_path / "long.pdf").write_bytes(LONG)
    program = (
        "import sys, time; from pathlib import Path; from knowledge.reading.isolation import read_apart\n"
        "read_apart(Path('long.pdf'), progress=lambda done, _: (print(done, flush=True), time.sleep(60)))"
    )
    caller = subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)},
        stdout=subprocess.PIPE,
    )
    assert caller.stdout is not None
    assert caller.stdout.readline() == b"1\n"
    (server,) = children(caller.pid)
    left = [server, *children(server)]
    caller.kill()
    caller.wait()
    until = time.monotonic() + 20
    while (alive := [pid for pid in left if is_running(pid)]) and time.monotonic() < until:
        time.sleep(0.05)
    assert alive == []
    assert [path.name for path in tmp_path.iterdir()] == ["long.pdf"]


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_a_child_can_send_documents_and_nothing_that_runs(tmp_path: Path) -> None:
    hostile = pickle.dumps((os.system, f"touch {tmp_path / 'run'}"))
    with pytest.raises(pickle.UnpicklingError, match="not expected"):
        Spoken(io.BytesIO(hostile)).load()
    document = read_bytes(b"Our plan", "plan.txt")
    assert Spoken(io.BytesIO(pickle.dumps(("read", document)))).load() == ("read", document)


def test_a_missing_file_is_told_before_a_process_is_started(tmp_path: Path) -> None:
    with pytest.raises(Exception, match="there is no such file"):
        read_apart(tmp_path / "none.pdf")


@only_linux
def test_a_password_is_neither_kept_nor_logged(askwhy: Run, tmp_path: Path) -> None:
    (tmp_path / "plan.pdf").write_bytes(lock_pdf(make_pdf(PAGE), user=SECRET, owner="owner"))
    assert askwhy("library", "add", "plan.pdf", "--password", SECRET, "--json").record["documents"][0]["pages"] == 1
    wrong = askwhy("critique", "plan.pdf", "--password", SECRET[:-1])
    assert (wrong.code, SECRET[:-1] in wrong.err) == (1, False)
    said = askwhy("critique", "plan.pdf", "--password", SECRET, "--json")
    assert said.code == 0
    assert SECRET not in said.out + said.err
    kept = [path for path in (tmp_path / "data").rglob("*") if path.is_file()]
    assert kept
    assert not [path for path in kept if SECRET[:-1].encode() in path.read_bytes()]
