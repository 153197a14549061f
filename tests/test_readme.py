"""The README says what is so: its tables are generated, its commands exist, its map names what is there."""

import re

import pytest

from assistant.terminal.options import build_parser
from evals.record import README, list_dependencies, load_record, write_tables

ROOT = README.parent
TEXT = README.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["figures", "rules"])
def test_a_generated_table_is_what_would_be_generated_now(name: str) -> None:
    """Sizes and builds differ from machine to machine, so the table of dependencies is held to its names below."""
    again = write_tables(TEXT, load_record())
    assert block(again, name) == block(TEXT, name), "run: python -m evals.record --tables"


def block(text: str, name: str) -> str:
    return text.partition(f"<!-- {name} -->")[2].partition(f"<!-- /{name} -->")[0]


def test_every_direct_dependency_is_weighed_and_justified() -> None:
    for name in list_dependencies():
        assert re.search(rf"^\| {re.escape(name)} \|.*\| [^|?]{{10,}} \|$", TEXT, re.MULTILINE), name


@pytest.mark.parametrize("target", re.findall(r"^make (\w+)", TEXT, re.MULTILINE) + re.findall(r"`make (\w+)", TEXT))
def test_every_make_target_named_exists(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("command", sorted(set(re.findall(r"`askwhy (\w+)", TEXT))))
def test_every_command_named_exists(command: str) -> None:
    choices = next(action.choices for action in build_parser()._actions if action.dest == "command")
    assert command in choices


def mapped() -> list[str]:
    """Every path that the tree's table names, whole: a bare file name stands in the folder named before it."""
    paths, folder = [], ""
    for row in re.findall(r"^\| (`(?:assistant|knowledge|prompts|evals|tests)/.*?) \|", TEXT, re.MULTILINE):
        for name in re.findall(r"`([^`]+)`", row):
            if name.startswith(("assistant/", "knowledge/", "prompts/", "evals/", "tests/")):
                folder = name.split("/")[0]
                paths.append(name)
            else:
                paths.append(f"{folder}/{name}")
    return paths


@pytest.mark.parametrize("path", mapped())
def test_the_map_names_only_what_is_there(path: str) -> None:
    assert (ROOT / path).exists()
