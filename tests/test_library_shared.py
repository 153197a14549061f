"""One library, two processes at once."""

import subprocess
import sys
from pathlib import Path

from knowledge.library.holdings import Library

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
