"""The evaluation of scale: it asks a library whose vectors were drawn, and tells latency and memory."""

from itertools import islice
from pathlib import Path

from evals.runner import EVALS
from evals.scale import A_FILE, Drawn, grow, measure
from knowledge.library.embeddings import open_embeddings
from knowledge.library.holdings import Library


def test_the_library_takes_drawn_passages_for_its_own_and_goes_on_where_it_stopped(tmp_path: Path) -> None:
    assert list(islice(grow(tmp_path), 2)) == [0, A_FILE]
    assert list(islice(grow(tmp_path), 2)) == [A_FILE, 2 * A_FILE]
    library = Library(tmp_path)
    assert [one.passages for one in library.documents()] == [A_FILE, A_FILE]
    words = library.text("file-000100")[:200]
    found = library.search(words)
    assert found.pending == 0
    held, likeness, lacking = library.compare(words)
    assert len(likeness.passages) == 2 * A_FILE == held.papers.size
    assert lacking == 0


def test_drawn_vectors_are_of_length_one_and_differ_from_text_to_text() -> None:
    drawn = Drawn(open_embeddings())
    first, second = drawn.embed_documents(["one", "two"])
    assert abs(sum(number * number for number in first) - 1) < 1e-6
    assert first != second
    assert drawn.embed_documents(["one", "two"]) == [first, second]


def test_a_hundred_passages_are_measured_embedded_and_on_a_server() -> None:
    figures = measure((A_FILE,), (A_FILE,))
    assert EVALS["scale"] == "evals.scale"
    told = {one.measure: one for one in figures if one.cases == "embedded Chroma, 100 passages"}
    whole = told["milliseconds a question, median"]
    assert whole.low <= whole.value <= whole.high
    parts = ("milliseconds to embed the question, median", "milliseconds for the nearest vectors, median")
    assert 0 < sum(told[part].value for part in parts) < told["milliseconds a question, 95th of a hundred"].high * 2
    assert told["megabytes of the process that asks"].value > 50
    on_server = [one for one in figures if one.cases == "Chroma server, 100 passages"]
    assert not on_server or any(one.measure == "megabytes of the Chroma server" for one in on_server)
