"""One library, two processes at once, and processes that are killed."""

import random
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from knowledge.library import ledger
from knowledge.library.holdings import Library
from knowledge.library.store import prepare

ROOT = Path(__file__).resolve().parents[1]
WORK = """
import sys
from pathlib import Path
from knowledge.library.holdings import Library
folder, who = Path(sys.argv[1]), sys.argv[2]
library = Library(folder / "data")
for number in range(3):
    paper = folder / f"{who}-{number}.md"
    paper.write_text(f"# Rule {number}\\n\\nThe number of {who} in store {number} is never counted twice.")
    added = library.add(paper)
    library.search(f"How many {who} are there?", 5)
    if number == 1:
        library.remove(added.id)
"""


def test_two_processes_that_add_search_and_remove_leave_the_library_whole(tmp_path: Path) -> None:
    started = [
        subprocess.Popen([sys.executable, "-c", WORK, str(tmp_path), who], cwd=ROOT, stderr=subprocess.PIPE, text=True)
        for who in ("apples", "pears")
    ]
    for process in started:
        _, errors = process.communicate(timeout=110)
        assert process.returncode == 0, errors
    library = Library(tmp_path / "data")
    names = {one.name for one in library.documents()}
    assert names == {"apples-0.md", "apples-2.md", "pears-0.md", "pears-2.md"}
    found = library.search("How many pears are there?", 5).hits
    assert {hit.place.document.name for hit in found if hit.place.section is None} >= {"pears-0.md", "pears-2.md"}


ADD = """
import sys
from pathlib import Path
from knowledge.library.holdings import Library
print("begun", flush=True)
Library(Path(sys.argv[1])).add(Path(sys.argv[2]))
"""
KILLS = 4  # `python tests/test_library_shared.py 50` kills fifty times


def _kill_while_adding(folder: Path, number: int, wait: float) -> None:
    """Add or replace a paper in a process that is killed after so many seconds, then see what is left."""
    paper = folder / "rules.md"
    rule = "## Rule {n}\n\nIn version {version} the warden of house {n} keeps {blankets} blankets."
    paper.write_text("\n\n".join(rule.format(n=n, version=number, blankets=n + number) for n in range(30)))
    with subprocess.Popen(
        [sys.executable, "-c", ADD, str(folder / "data"), str(paper)], cwd=ROOT, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(wait)
        process.send_signal(signal.SIGKILL)
    library = Library(folder / "data")
    for document in library.documents():
        text = library.text(document.id)
        assert text.count("In version ") == 30
        assert len({word for line in text.splitlines() for word in line.split()[2:3] if "warden" in line}) == 1
    library.complete()
    assert all(document.complete for document in library.documents())
    collection = library._meaning.collection("default")
    needed = ledger.keys_of(folder / "data", "default", [one.id for one in library.documents()])
    assert library._index.held(collection) == set(needed)


def test_a_process_killed_at_any_moment_leaves_a_whole_library(tmp_path: Path) -> None:
    draw = random.Random(2017)  # noqa: S311 - moments, not secrets
    for number in range(KILLS):
        _kill_while_adding(tmp_path, number, draw.uniform(0.0, 4.0))


if __name__ == "__main__":
    times = int(sys.argv[1])
    place = Path(sys.argv[2])
    chance = random.Random(1)  # noqa: S311 - as above
    for turn in range(times):
        _kill_while_adding(place, turn, chance.uniform(0.0, 5.0))
        sys.stdout.write(f"{turn + 1} of {times}\n")
        sys.stdout.flush()


def test_a_new_data_folder_may_be_opened_by_several_at_the_same_moment(tmp_path: Path) -> None:
    for number in range(80):
        together = Barrier(4)

        def open_one(folder: Path, together: Barrier = together) -> str:
            together.wait()
            return prepare(folder)

        with ThreadPoolExecutor(4) as pool:
            assert len(set(pool.map(open_one, [tmp_path / str(number)] * 4))) == 1
