"""The wheel works where nothing else of the project is: built here, put into an empty environment, run from there."""

import json
import os
import subprocess
import sys
import sysconfig
import venv
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import pytest
from commanding import GOAL, PLAN
from conftest import ROOT
from test_schema import hold_to_contract

PACKAGES = ("assistant", "knowledge", "evals", "prompts")


@dataclass(frozen=True)
class Installed:
    """A wheel, and the folder of programs in the environment it was put into."""

    wheel: Path
    programs: Path

    def run(self, *words: str, folder: Path) -> subprocess.CompletedProcess[str]:
        """Run a program of that environment in `folder`, with nothing on the import path but the environment's own."""
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        return subprocess.run(
            [str(self.programs / words[0]), *words[1:]],
            capture_output=True,
            text=True,
            encoding="utf-8",
            cwd=folder,
            env={**kept, "ASKWHY_DATA": str(folder / "data")},
            timeout=120,
            check=False,
        )


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The wheel in an environment that sees this one's dependencies, yet no checkout.

    A .pth file adds a folder to the import path without heeding the .pth files in it, so an editable install of the
    project, which is such a file, is not seen.
    """
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    build = ["wheel", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", str(folder), str(ROOT)]
    subprocess.run([*pip, *build], check=True, timeout=120)
    (wheel,) = folder.glob("askwhy-*.whl")
    home = folder / "empty"
    venv.create(home)
    programs = home / ("Scripts" if os.name == "nt" else "bin")
    install = ["--python", str(programs / "python"), "install", "--no-deps", "--no-index", str(wheel)]
    subprocess.run([*pip, *install], check=True, timeout=120)
    own = subprocess.run(
        [programs / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True,
        text=True,
        check=True,
    )
    (Path(own.stdout.strip()) / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return Installed(wheel, programs)


def test_the_wheel_holds_every_file_of_the_packages(installed: Installed) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *PACKAGES],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode != 0:
        pytest.skip("this is no git checkout, so there is no list of files to compare with")
    expected = {name for name in listed.stdout.splitlines() if (ROOT / name).is_file()}
    with ZipFile(installed.wheel) as wheel:
        held = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert held == expected


def test_the_installed_packages_are_those_of_the_wheel(installed: Installed, tmp_path: Path) -> None:
    where = "import " + ", ".join(PACKAGES) + "; print(*(one.__file__ for one in (" + ", ".join(PACKAGES) + ")))"
    files = installed.run("python", "-c", where, folder=tmp_path).stdout.split()
    assert len(files) == len(PACKAGES)
    assert all(Path(file).is_relative_to(installed.programs.parent) for file in files)


def test_help_names_the_commands(installed: Installed, tmp_path: Path) -> None:
    said = installed.run("askwhy", "--help", folder=tmp_path)
    assert said.returncode == 0
    assert all(name in said.stdout for name in ("serve", "critique", "judge", "why", "indicators", "library", "ask"))


def test_a_goal_is_judged_from_the_wheel(installed: Installed, tmp_path: Path) -> None:
    said = installed.run("askwhy", "judge", GOAL, "--json", folder=tmp_path)
    assert (said.returncode, said.stderr) == (0, "")
    assert hold_to_contract(json.loads(said.stdout), "judge")["text"] == GOAL


def test_a_strategy_is_criticised_from_the_wheel(installed: Installed, tmp_path: Path) -> None:
    (tmp_path / "plan.md").write_text(PLAN, encoding="utf-8")
    said = installed.run("askwhy", "critique", "plan.md", "--json", folder=tmp_path)
    assert (said.returncode, said.stderr) == (0, "")
    assert hold_to_contract(json.loads(said.stdout), "critique")["is_strategy"]
