"""What is kept of talks: read back in a new process and by a later version, pruned, forgotten, damaged."""

import json
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier

import pytest
from talks import GOAL, NEED, begin_planning, hold_talk

from assistant.asking.checkpoints import FILE, open_checkpoints
from assistant.asking.conversation import KeptGoal, Talk
from assistant.asking.dialogue import Dialogue, open_dialogue
from assistant.asking.keeping import from_plain, to_plain
from assistant.asking.moves import begin
from knowledge.faults import ForeignData, NoSpace

KEPT = Path(__file__).parent / "kept"


ROOT = Path(__file__).resolve().parents[1]


def test_a_conversation_goes_on_in_a_new_process(tmp_path: Path) -> None:
    with open_dialogue(tmp_path) as opened:
        hold_talk(opened, "kept", GOAL, "to become more independent")
    script = (
        "import json, sys; from pathlib import Path; from assistant.asking.dialogue import open_dialogue\n"
        "with open_dialogue(Path(sys.argv[1])) as d:\n"
        "    before = d.load('kept'); after = d.say('kept', sys.argv[2])\n"
        "    print(json.dumps([len(before.turns), after.goals[0].state, after.goals[0].text]))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path), NEED], capture_output=True, text=True, cwd=ROOT, check=True
    )
    turns, state, text = json.loads(ran.stdout)
    assert turns == 5
    assert state == "reformulated"
    assert "independent" in text
    with open_dialogue(tmp_path) as opened:
        kept = opened.load("kept")
        assert kept is not None
        assert kept.goals[0].state == "reformulated"
        assert opened.load("another") is None


def test_conversations_are_listed_and_can_be_forgotten(tmp_path: Path) -> None:
    with open_dialogue(tmp_path) as opened:
        hold_talk(opened, "first", GOAL)
        hold_talk(opened, "second")
        assert [(one.id, one.title) for one in opened.conversations()] == [("second", ""), ("first", GOAL.rstrip("."))]
        opened.remove("first")
        assert [one.id for one in opened.conversations()] == ["second"]


def test_a_file_that_is_none_of_ours_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"not a database at all, only words" * 50)
    with pytest.raises(ForeignData, match=FILE), open_dialogue(tmp_path):
        pass


def test_a_database_of_another_version_is_refused(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / FILE)
    connection.executescript("CREATE TABLE other (x); PRAGMA user_version = 99;")
    connection.close()
    with pytest.raises(ForeignData, match="another version"), open_dialogue(tmp_path):
        pass


def test_a_damaged_checkpoint_is_told_plainly(tmp_path: Path) -> None:
    with open_dialogue(tmp_path) as opened:
        hold_talk(opened, "hurt", GOAL)
    connection = sqlite3.connect(tmp_path / FILE)
    connection.execute("UPDATE checkpoints SET checkpoint = x'c1c1c1'")
    connection.commit()
    connection.close()
    with open_dialogue(tmp_path) as opened, pytest.raises(ForeignData, match="damaged"):
        opened.say("hurt", NEED)


def test_a_folder_that_cannot_be_made_is_told_plainly(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file where the folder should be")
    with pytest.raises(NoSpace), open_dialogue(tmp_path / "file" / "data"):
        pass


def test_what_is_kept_of_a_talk_reads_back_the_same() -> None:
    talk = begin("fi")
    assert from_plain(to_plain(talk)) == talk
    with pytest.raises(ForeignData):
        from_plain({"version": 7})
    with pytest.raises(ForeignData):
        from_plain({**to_plain(talk), "phase": "asleep"})


def test_a_talk_of_the_first_version_is_read_goes_on_and_is_kept_anew() -> None:
    old = json.loads((KEPT / "talk_version_1.json").read_text(encoding="utf-8"))
    assert old["version"] == 1
    talk = from_plain(old)
    assert [goal.state for goal in talk.goals] == [goal["state"] for goal in old["goals"]]
    assert talk.goals[1].overruled == ((0, "higher_goal"),)
    assert talk.asked == old["asked"]
    assert from_plain(to_plain(talk)) == talk


def test_a_talk_with_everything_in_it_reads_back_the_same(dialogue: Dialogue) -> None:
    kept: list[Talk] = []

    def keep(talk: Talk) -> Talk:
        kept.append(talk)
        return talk

    name = begin_planning(dialogue)
    for message in ("That is all", "Start from nothing", "a note", "Go back"):
        dialogue.say(name, message)
    dialogue.change(name, keep)
    assert kept[0].past
    assert from_plain(json.loads(json.dumps(to_plain(kept[0])))) == kept[0]


def test_a_talk_of_the_third_version_which_kept_nothing_said_beside_is_read(dialogue: Dialogue) -> None:
    kept: list[Talk] = []

    def keep(talk: Talk) -> Talk:
        kept.append(talk)
        return talk

    dialogue.change(begin_planning(dialogue), keep)
    old = json.loads(json.dumps(to_plain(kept[0])))
    goals = [*old["goals"], *(goal for point in old["past"] for goal in point["changed"])]
    assert len(goals) > 1
    for goal in goals:
        del goal["asides"]
    assert from_plain({**old, "version": 3}) == kept[0]


def test_of_each_talk_only_the_last_step_is_kept_and_all_can_still_be_taken_back(tmp_path: Path) -> None:
    with open_dialogue(tmp_path) as opened:
        for message in (GOAL, "to become more independent", NEED, "the cooks", "Skip"):
            opened.say("one", message)
        opened.say("two", GOAL)
    with sqlite3.connect(tmp_path / FILE) as kept:
        steps = dict(kept.execute("SELECT thread_id, count(*) FROM checkpoints GROUP BY thread_id"))
        orphans = kept.execute(
            "SELECT count(*) FROM writes WHERE checkpoint_id NOT IN (SELECT checkpoint_id FROM checkpoints)"
        ).fetchone()[0]
    assert steps == {"one": 1, "two": 1}
    assert orphans == 0
    with open_dialogue(tmp_path) as again:
        while (left := again.load("one")) is not None and left.can_undo:
            again.undo("one")
        assert left is not None
        assert left.goals == ()


def test_a_talk_of_the_second_version_is_read() -> None:
    talk = begin("fi")
    newest = to_plain(replace(talk, goals=(KeptGoal("g1", GOAL, GOAL, "asking", "fi"),)))
    goals = [{k: v for k, v in goal.items() if k not in {"suggestion", "summary"}} for goal in newest["goals"]]
    second = {k: v for k, v in newest.items() if k not in {"wish", "suggested"}} | {"version": 2, "goals": goals}
    assert from_plain(second) == from_plain(newest)


def test_talks_in_a_new_data_folder_may_be_opened_by_several_at_the_same_moment(tmp_path: Path) -> None:
    for number in range(15):
        together = Barrier(4)

        def open_one(folder: Path, together: Barrier = together) -> list[str]:
            together.wait()
            with open_checkpoints(folder) as checkpoints:
                return checkpoints.threads()

        with ThreadPoolExecutor(4) as pool:
            assert list(pool.map(open_one, [tmp_path / str(number)] * 4)) == [[]] * 4
