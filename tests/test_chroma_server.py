"""The library on a Chroma server, started here: added, found, replaced, removed, and a server that is not there."""

import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from evals.chroma_server import run_chroma
from knowledge.faults import LibraryFault
from knowledge.library.holdings import Library

ALLOWANCE = "# Travel\n\nStaff receive a daily allowance of 42 euros when they travel for the college.\n"
PARKING = "# Parking\n\nBicycles stand behind the gymnasium; cars may be left in the yard after four.\n"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with run_chroma(tmp_path_factory.mktemp("server")) as server:
        if server is None:
            pytest.skip("the program `chroma` is not here, or does not start")
        yield server.address


def _first(library: Library, question: str) -> str:
    found = library.search(question)
    return found.hits[0].quote if found.covered else ""


def test_documents_are_added_found_replaced_and_removed_on_a_server(address: str, tmp_path: Path) -> None:
    library = Library(tmp_path / "data", chroma=address)
    rules, parking = tmp_path / "rules.md", tmp_path / "parking.md"
    rules.write_text(ALLOWANCE, encoding="utf-8")
    parking.write_text(PARKING, encoding="utf-8")
    added = library.add(rules)
    assert (added.status, library.add(parking).status) == ("added", "added")
    assert "42 euros" in _first(library, "How high is the daily allowance for staff who travel?")
    rules.write_text(ALLOWANCE.replace("42", "57"), encoding="utf-8")
    assert library.add(rules).status == "replaced"
    assert "57 euros" in _first(library, "How high is the daily allowance for staff who travel?")
    library.remove(added.id)
    assert "allowance" not in _first(library, "How high is the daily allowance for staff who travel?")
    assert not (tmp_path / "data" / "vectors").exists()


def test_another_process_with_the_same_server_and_folder_finds_the_same(address: str, tmp_path: Path) -> None:
    path = tmp_path / "parking.md"
    path.write_text(PARKING, encoding="utf-8")
    Library(tmp_path / "data", chroma=address).add(path)
    again = Library(tmp_path / "data", chroma=address).search("Where do we leave our bicycles?")
    assert again.pending == 0
    assert "gymnasium" in again.hits[0].quote


def test_two_libraries_on_one_server_keep_apart(address: str, tmp_path: Path) -> None:
    path = tmp_path / "parking.md"
    path.write_text(PARKING, encoding="utf-8")
    Library(tmp_path / "one", chroma=address).add(path)
    other = Library(tmp_path / "two", chroma=address)
    assert all("gymnasium" not in hit.quote for hit in other.search("Where do we leave our bicycles?").hits)


def test_a_server_that_does_not_answer_is_named(tmp_path: Path) -> None:
    path = tmp_path / "parking.md"
    path.write_text(PARKING, encoding="utf-8")
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}"
        with pytest.raises(LibraryFault, match="no Chroma server answers there"):
            Library(tmp_path / "data", chroma=address).add(path)
