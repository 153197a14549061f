"""What a library leaves on disk, and what it says of a disk or a folder that it cannot use."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from shelving import ALLOWANCE, PARKING, names_found, vectors, write

from knowledge.faults import ForeignData, NoSpace, UnknownDocument
from knowledge.library import filing, store
from knowledge.library.embedded import FOLDER
from knowledge.library.holdings import Library
from knowledge.library.index import VectorIndex


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "data")


def test_a_removed_document_is_gone_from_list_text_search_and_disk(library: Library, tmp_path: Path) -> None:
    added = library.add(write(tmp_path, "rules.md", ALLOWANCE))
    library.add(write(tmp_path, "parking.md", PARKING))
    assert "rules.md" in names_found(library, "How much is the daily allowance?")
    library.remove(added.id)
    assert [one.name for one in library.documents()] == ["parking.md"]
    with pytest.raises(UnknownDocument):
        library.text(added.id)
    assert "rules.md" not in names_found(library, "How much is the daily allowance?")
    left = _bytes_in(tmp_path / "data")
    assert b"daily allowance" not in left
    assert b"gymnasium" in left


def test_the_vectors_of_what_is_removed_or_replaced_are_overwritten_on_disk(library: Library, tmp_path: Path) -> None:
    added = library.add(write(tmp_path, "rules.md", ALLOWANCE))
    first = vectors(library)
    library.add(write(tmp_path, "rules.md", ALLOWANCE.replace("42", "57")))
    second = {key: vector for key, vector in vectors(library).items() if key not in first}
    library.add(write(tmp_path, "parking.md", PARKING))
    third = {key: vector for key, vector in vectors(library).items() if key not in second}
    assert (len(first), len(second), len(third)) == (1, 1, 1)
    library.remove(added.id)
    left = _bytes_in(tmp_path / "data")
    assert not any(_stretch(vector) in left for vector in (*first.values(), *second.values()))
    assert all(_stretch(vector) in left for vector in third.values())
    assert vectors(library).keys() == third.keys()


def test_what_lay_in_memory_does_not_come_back_to_disk_when_the_store_is_opened_again(tmp_path: Path) -> None:
    vector = np.full(384, 0.125, np.float32)
    VectorIndex(tmp_path).put("shelf", ["kept"], [vector])
    for _ in range(20):
        lain = [np.full(384, 0.375, np.float32) for _ in range(400)]
        del lain  # freed, and so likely to lie where Chroma makes room
        assert VectorIndex(tmp_path).size("shelf") == 1
        files = [file.read_bytes() for file in (tmp_path / FOLDER).rglob("data_level0.bin")]
        assert [file.strip(bytes(1)) for file in files] == [b""]


def _stretch(vector: NDArray[np.float32]) -> bytes:
    return vector[100:120].tobytes()


def _bytes_in(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())


def test_a_folder_of_something_else_is_not_touched(tmp_path: Path) -> None:
    database = sqlite3.connect(tmp_path / store.FILE)
    database.execute("CREATE TABLE recipes (name TEXT)")
    database.commit()
    database.close()
    with pytest.raises(ForeignData, match="not made by Askwhy"):
        Library(tmp_path)


def test_a_folder_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    Library(tmp_path)
    database = sqlite3.connect(tmp_path / store.FILE)
    database.execute(f"PRAGMA user_version = {store.VERSION + 1}")
    database.close()
    with pytest.raises(ForeignData, match="version"):
        Library(tmp_path)


def test_a_catalogue_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / store.FILE).write_bytes(b"these bytes are not a database " * 100)
    with pytest.raises(ForeignData, match="damaged"):
        Library(tmp_path)


def test_a_folder_that_cannot_be_made_is_told_as_such(tmp_path: Path) -> None:
    write(tmp_path, "file", "in the way")
    with pytest.raises(NoSpace, match="cannot be written"):
        Library(tmp_path / "file" / "data")


def test_a_full_disk_leaves_the_library_as_it_was(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.add(write(tmp_path, "rules.md", ALLOWANCE))

    def full(*_: object) -> None:
        raise NoSpace("data", "the disk is full", "Free some space.")

    monkeypatch.setattr(VectorIndex, "put", full)
    with pytest.raises(NoSpace):
        library.add(write(tmp_path, "parking.md", PARKING))
    with pytest.raises(NoSpace):
        library.add(write(tmp_path, "rules.md", ALLOWANCE.replace("42", "57")))
    assert [one.name for one in library.documents()] == ["rules.md"]
    assert "42 euros" in library.text(library.documents()[0].id)


def test_what_sqlite_says_of_a_full_disk_becomes_no_space(tmp_path: Path) -> None:
    Library(tmp_path)
    with pytest.raises(NoSpace):
        _overfill(tmp_path)


def _overfill(folder: Path) -> None:
    with store.connect(folder) as database:
        database.execute("PRAGMA max_page_count = 1")
        database.execute("CREATE TABLE big (text TEXT)")
        for _ in range(100):
            database.execute("INSERT INTO big VALUES (?)", ("x" * 100_000,))


def test_a_thread_that_holds_a_connection_is_given_that_one_and_other_threads_their_own(tmp_path: Path) -> None:
    store.prepare(tmp_path)
    with store.hold(tmp_path), store.connect(tmp_path) as held, ThreadPoolExecutor(1) as pool:
        with store.hold(tmp_path), store.connect(tmp_path) as again:
            assert again is held
        with store.connect(tmp_path) as again:
            assert again is held

        def connect() -> bool:
            with store.connect(tmp_path) as other:
                return other is held

        assert not pool.submit(connect).result()
    with store.connect(tmp_path) as another:
        assert another is not held
    with pytest.raises(FileNotFoundError), store.hold(tmp_path):  # what else fails meanwhile is no fault of the disk
        (tmp_path / "absent").read_text()


def test_a_folder_of_the_first_version_is_brought_up_to_date(library: Library, tmp_path: Path) -> None:
    library.add(write(tmp_path, "rules.md", ALLOWANCE))
    with store.connect(tmp_path / "data") as database:
        for statement in (
            "DROP TABLE at_hand", "DROP TABLE filed", "DROP TABLE passage", "DROP TABLE posting",
            "DROP INDEX listing", "DROP TABLE passage_key", "DROP TABLE stale_key", "DROP TABLE diary",
            "ALTER TABLE document DROP COLUMN indexed", "PRAGMA user_version = 1",
            "UPDATE document SET structure = json_remove(structure, '$.withheld')",
        ):  # fmt: skip
            database.execute(statement)
    newer = Library(tmp_path / "data")
    assert names_found(newer, "How much is the daily allowance?") == {"rules.md"}
    assert newer.document(newer.documents()[0].id).withheld == ()


def test_a_disk_that_is_full_while_a_paper_is_laid_out_leaves_the_library_as_it_was(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.add(write(tmp_path, "rules.md", ALLOWANCE))

    def fill() -> str:  # in the middle of what is laid out
        raise NoSpace("data", "the disk is full", "")

    with monkeypatch.context() as full:
        full.setattr(filing, "made_by", fill)
        for name, text in (("rules.md", ALLOWANCE.replace("42", "57")), ("parking.md", PARKING)):
            with pytest.raises(NoSpace):
                library.add(write(tmp_path, name, text), later=True)
    (kept,) = library.documents()
    assert "42 euros" in library.text(kept.id)
    assert [one.status for one in library.diary()] == ["added"]
    library.add(write(tmp_path, "parking.md", PARKING))
    assert "parking.md" in names_found(library, "Where are bicycles parked?")
