"""A workspace as a whole: taken along in one file, deleted to the last byte, never mixed with another."""

import io
import json
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import gradio as gr
import pytest

from assistant.app import leaving
from assistant.app.critique_files import FORMS
from assistant.app.page import build_page
from assistant.app.workplace import Workplace
from assistant.asking.dialogue import open_dialogue
from assistant.following.register import Register
from assistant.indicators import propose
from assistant.reviewing.diary import Diary
from assistant.reviewing.versions import snapshot
from assistant.settings import Settings
from assistant.workspace import Deleted, Workspace, delete_workspace, export_workspace
from knowledge.library.holdings import Library
from tests.conftest import Run
from tests.test_versions import OLD, plan

NAME = "Zanzibarine"
DAY = date(2026, 5, 4)
Open = Callable[[str], Workspace]


@pytest.fixture
def open_workspace(tmp_path: Path) -> Iterator[Open]:
    library = Library(tmp_path / "data")
    with ExitStack() as opened:

        def open_one(name: str) -> Workspace:
            dialogue = opened.enter_context(open_dialogue(tmp_path / "data", workspace=name))
            return Workspace(name, library, dialogue, Diary(tmp_path / "data", name), Register(tmp_path / "data", name))

        yield open_one


def fill(workspace: Workspace, folder: Path) -> None:
    """One paper, one talk, one decision and one followed indicator, each with the secret word."""
    paper = folder / f"{NAME} plan.md"
    paper.write_text(f"# Plan\n\nThe school {NAME} trains cooks for the {NAME} coast.\n", encoding="utf-8")
    workspace.library.add(paper, workspace.name)
    workspace.dialogue.start("talk")
    workspace.dialogue.say("talk", f"Cooks of {NAME} work abroad for a month.")
    workspace.diary.decide(snapshot(plan(OLD)), "dismiss", "vision-missing", "", f"it hangs in {NAME}")
    goal = f"Cooks of {NAME} speak French with the guests."
    number = workspace.register.follow(goal, propose(goal)[0], "en", "", "", DAY)
    workspace.register.record(number, DAY, f"none in {NAME}")


def test_the_export_holds_papers_talks_decisions_and_indicators(open_workspace: Open, tmp_path: Path) -> None:
    north = open_workspace("north")
    fill(north, tmp_path)
    with zipfile.ZipFile(io.BytesIO(export_workspace(north))) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    (paper,) = json.loads(files["papers.json"])
    assert f"The school {NAME} trains cooks" in files[f"papers/{paper['id']}.txt"]
    assert [one["status"] for one in json.loads(files["papers-diary.json"])] == ["added"]
    talk = json.loads(files["conversations/1.json"])
    assert talk["goals"][0]["original"] == f"Cooks of {NAME} work abroad for a month."
    assert json.loads(files["decisions.json"])[0]["reason"] == f"it hangs in {NAME}"
    assert json.loads(files["followed.json"])[0]["readings"][0]["words"] == f"none in {NAME}"
    assert "north" in files["README.txt"]


def test_what_is_deleted_leaves_no_byte_and_no_other_workspace_loses_any(open_workspace: Open, tmp_path: Path) -> None:
    north, south = open_workspace("north"), open_workspace("default")
    fill(north, tmp_path)
    south.dialogue.start("talk")
    south.dialogue.say("talk", "Bakers learn French for the guests.")
    held = [path for path in (tmp_path / "data").rglob("*") if path.is_file() and NAME.encode() in path.read_bytes()]
    assert held
    assert delete_workspace(north) == Deleted(papers=1, talks=1, decisions=1, followed=1)
    assert north.library.documents("north") == ()
    assert north.library.diary("north") == ()
    assert north.dialogue.conversations() == ()
    left = [path for path in (tmp_path / "data").rglob("*") if path.is_file() and NAME.encode() in path.read_bytes()]
    assert left == []
    kept = south.dialogue.load("talk")
    assert kept is not None
    assert kept.goals[0].original == "Bakers learn French for the guests."
    assert delete_workspace(north) == Deleted(0, 0, 0, 0)


def test_the_app_takes_everything_along_and_deletes_it(tmp_path: Path) -> None:
    workplace = Workplace(Settings(tmp_path / "data"), "north")
    with workplace.dialogue() as dialogue:
        fill(Workspace("north", workplace.library(), dialogue, workplace.diary(), workplace.register()), tmp_path)
    (shown,) = leaving.prepare_archive(workplace)
    with zipfile.ZipFile(shown.value["path"] if isinstance(shown.value, dict) else shown.value) as archive:
        assert "conversations/1.json" in archive.namelist()
    told, _, conversation, *_ = leaving.delete_everything(workplace)
    assert "1 papers, 1 talks, 1 decisions, 1 indicators" in told
    with workplace.dialogue() as dialogue:
        assert [one.id for one in dialogue.conversations()] == [conversation]
    assert workplace.library().documents("north") == ()
    workplace.close()


def test_the_command_line_takes_a_workspace_along_and_deletes_it(askwhy: Run, tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text("The school trains cooks.", encoding="utf-8")
    askwhy("library", "add", "plan.txt", "--workspace", "north")
    said = askwhy("workspace", "export", "--workspace", "north", "-o", "north.zip", "--json").record
    assert said["bytes"] == (tmp_path / "north.zip").stat().st_size
    assert zipfile.is_zipfile(tmp_path / "north.zip")
    assert askwhy("workspace", "delete", "--workspace", "north").code == 2
    gone = askwhy("workspace", "delete", "--workspace", "north", "--yes", "--json").record
    assert gone["deleted"] == {"papers": 1, "talks": 0, "decisions": 0, "followed": 0}
    assert askwhy("library", "list", "--workspace", "north", "--json").record["documents"] == []


def test_deleting_everything_deletes_the_files_that_this_page_offers_and_no_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "downloads"))
    mine, theirs = tmp_path / "downloads" / "mine", tmp_path / "downloads" / "theirs"
    outside = tmp_path / "outside"
    for folder in (mine, theirs, outside):
        folder.mkdir(parents=True)
        (folder / "critique.html").write_text(NAME)
    workplace = Workplace(Settings(tmp_path / "data"))
    offered = (None, str(mine / "critique.html"), str(outside / "critique.html"), str(mine / "gone.html"))
    leaving.delete_everything(workplace, *offered)
    leaving.delete_everything(workplace, *offered)
    workplace.close()
    assert not mine.exists()
    assert (theirs / "critique.html").exists()
    assert (outside / "critique.html").exists()


def test_deleting_everything_is_told_which_files_the_page_offers(tmp_path: Path) -> None:
    workplace = Workplace(Settings(tmp_path / "data"))
    page = build_page(workplace)
    (press,) = (one for one in page.fns.values() if one.name == "delete_everything")
    assert [type(one) for one in press.inputs] == [gr.DownloadButton] * (1 + len(FORMS) + 1)
    workplace.close()
