"""Conversations and the diary in PostgreSQL: the same as in files, for several processes at once."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assistant.asking.dialogue import open_dialogue
from assistant.reviewing.diary import Diary
from knowledge.faults import LibraryFault
from tests.test_versions import NEW, OLD, plan, snapshot

GOAL = "We want more of our apprentices to work abroad for a while."
NEED = "The hotels on the coast cannot find staff who speak languages."
BINARIES = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    """A PostgreSQL server of the test's own on a free port; it may not run as root, so root gives it another user."""
    if BINARIES is None:
        pytest.skip("PostgreSQL is not installed")
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    folder = Path(tempfile.mkdtemp(prefix="askwhy-postgres-"))
    if as_user:
        shutil.chown(folder, "postgres")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    run = [*as_user, str(BINARIES / "pg_ctl"), "-D", str(folder / "data"), "-l", str(folder / "log"), "-w"]
    made = [*as_user, str(BINARIES / "initdb"), "-D", str(folder / "data"), "-A", "trust", "-U", "postgres", "-N"]
    subprocess.run(made, check=True, capture_output=True, cwd=folder)
    options = f"-h 127.0.0.1 -p {port} -k {folder} -c fsync=off"
    subprocess.run([*run, "-o", options, "start"], check=True, capture_output=True, cwd=folder)
    try:
        yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run([*run, "-m", "immediate", "stop"], check=True, capture_output=True, cwd=folder)
        shutil.rmtree(folder)


def test_a_conversation_is_gone_on_with_by_another_process(database: str, tmp_path: Path) -> None:
    with open_dialogue(tmp_path / "one", database=database) as first:
        first.start("a")
        first.say("a", GOAL)
    with open_dialogue(tmp_path / "two", database=database) as second:
        offered = second.say("a", NEED)
        assert offered.goals[0].state == "reformulated"
        assert [one.id for one in second.conversations()] == ["a"]
        second.remove("a")
        assert second.load("a") is None
    assert not (tmp_path / "one").exists()


def test_two_who_speak_at_once_are_both_heard(database: str, tmp_path: Path) -> None:
    with open_dialogue(tmp_path, database=database) as one, open_dialogue(tmp_path, database=database) as other:
        one.start("b")
        with ThreadPoolExecutor(2) as speakers:
            said = [f"Goal {number}: apprentices learn trade number {number} abroad." for number in range(6)]
            list(
                speakers.map(lambda told: told[0].take_goals("b", [told[1]]), zip([one, other] * 3, said, strict=True))
            )
        kept = one.load("b")
    assert kept is not None
    assert sorted(goal.original for goal in kept.goals) == sorted(said)


def test_a_workspace_does_not_see_the_talks_of_another(database: str, tmp_path: Path) -> None:
    with open_dialogue(tmp_path, database=database, workspace="north") as north:
        north.start("c")
        north.say("c", GOAL)
        with open_dialogue(tmp_path, database=database, workspace="south") as south:
            assert south.conversations() == ()
            assert south.load("c") is None
        assert [one.id for one in north.conversations()] == ["c"]


def test_the_diary_keeps_versions_and_decisions(database: str, tmp_path: Path) -> None:
    diary, old, new = Diary(tmp_path, database=database), snapshot(plan(OLD)), snapshot(plan(NEW))
    diary.decide(old, "dismiss", "loophole", OLD[0], "it depends on the ferry")
    diary.keep(new)
    elsewhere = Diary(tmp_path / "elsewhere", database=database)
    before = elsewhere.before(new)
    assert before is not None
    assert before[0] == old
    assert [one.reason for one in elsewhere.decisions(new)] == ["it depends on the ferry"]
    assert Diary(tmp_path, "another", database=database).entries() == ()
    elsewhere.take_back(diary.entries()[0].number)
    assert diary.entries() == ()
    diary.forget()
    assert diary.before(new) is None
    assert not list(tmp_path.iterdir())


def test_a_server_that_is_not_there_is_told_in_one_line_without_its_password(tmp_path: Path) -> None:
    nobody = "postgresql://askwhy:secret@127.0.0.1:9/askwhy"
    with pytest.raises(LibraryFault) as of_talks, open_dialogue(tmp_path, database=nobody):
        pass
    with pytest.raises(LibraryFault) as of_diary:
        Diary(tmp_path, database=nobody).entries()
    for told in (str(of_talks.value), str(of_diary.value)):
        assert "127.0.0.1/askwhy" in told
        assert "secret" not in told
        assert len(told.splitlines()) == 1
