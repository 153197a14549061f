"""Several files added at once: each is told of in its order, and one that fails stops no other."""

from pathlib import Path

from conftest import read_guide
from files import lock_pdf, make_pdf
from shelving import ALLOWANCE

from knowledge.document import Document
from knowledge.library.adding import BEGUN_AHEAD, add_all
from knowledge.library.holdings import Library
from knowledge.reading.files import read_file

SECRET = "heather and gorse"  # noqa: S105 - of a file that the test makes
LONG = make_pdf(*[[f"Line {line} of page {page}." for line in range(40)] for page in range(30)])


def _write(folder: Path, name: str, data: bytes) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_bytes(data)
    return path


def test_each_file_is_told_of_in_its_order_and_one_that_fails_stops_no_other(tmp_path: Path) -> None:
    library = Library(tmp_path / "data")
    paths = [
        _write(tmp_path, "long.pdf", LONG),
        _write(tmp_path, "empty.txt", b""),
        _write(tmp_path, "short.md", b"Bakers go to Lyon each spring."),
    ]
    added = list(add_all(library, paths))
    assert [(one.name, one.status) for one in added] == [
        ("long.pdf", "added"),
        ("empty.txt", "failed"),
        ("short.md", "added"),
    ]
    assert added[1].id == ""
    assert added[1].message.startswith("empty.txt: ")
    assert [one.status for one in add_all(library, paths)] == ["unchanged", "failed", "unchanged"]


def test_of_two_files_with_one_name_the_later_stays(tmp_path: Path) -> None:
    library = Library(tmp_path / "data")
    paths = [
        _write(tmp_path / "old", "plan.pdf", LONG),
        _write(tmp_path / "new", "plan.pdf", make_pdf(["The new one."])),
    ]
    assert [one.status for one in add_all(library, paths)] == ["added", "replaced"]
    assert "The new one." in library.text(library.documents()[0].id)


def test_of_two_known_files_with_one_name_the_later_stays_too(tmp_path: Path) -> None:
    library = Library(tmp_path / "data")
    known = _write(tmp_path / "old", "plan.pdf", make_pdf(["The old one."]))
    newer = _write(tmp_path / "new", "plan.pdf", make_pdf(["The new one."]))
    list(add_all(library, [known]))
    assert [one.status for one in add_all(library, [newer, known])] == ["replaced", "replaced"]
    assert "The old one." in library.text(library.documents()[0].id)


def test_only_some_files_are_begun_ahead_of_the_one_that_is_kept(tmp_path: Path) -> None:
    library = Library(tmp_path / "data")
    paths = [_write(tmp_path, f"{number}.md", b"Bakers go to Lyon.") for number in range(3 * BEGUN_AHEAD)]
    adding = add_all(library, paths)
    next(adding)
    paths[-1].unlink()
    assert [one.status for one in adding] == ["added"] * (len(paths) - 2) + ["failed"]


def test_who_can_unlock_a_file_is_asked_for_that_one_alone(tmp_path: Path) -> None:
    asked: list[str] = []

    def unlock(path: Path) -> Document:
        asked.append(path.name)
        return read_file(path, password=SECRET)

    locked = lock_pdf(make_pdf(["Every apprentice speaks two languages."]), user=SECRET, owner="owner")
    paths = [_write(tmp_path, "locked.pdf", locked), _write(tmp_path, "open.txt", b"Bakers go to Lyon.")]
    assert [one.status for one in add_all(Library(tmp_path / "one"), paths)] == ["failed", "added"]
    library = Library(tmp_path / "two")
    assert [one.status for one in add_all(library, paths, unlock=unlock)] == ["added", "added"]
    assert asked == ["locked.pdf"]
    assert not any(SECRET.encode() in file.read_bytes() for file in (tmp_path / "two").rglob("*") if file.is_file())


def test_the_guide_is_none_of_the_schools_own_papers(tmp_path: Path) -> None:
    library = Library(tmp_path / "data")
    library.add(_write(tmp_path, "guide.md", read_guide().encode()), later=True)
    library.add(_write(tmp_path, "rules.md", ALLOWANCE.encode()), later=True)
    assert [one.name for one in library.documents()] == ["guide.md", "rules.md"]
    assert [one.name for one in library.papers()] == ["rules.md"]
