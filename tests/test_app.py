"""The web app without a browser: words of others, the data folder, the port, and what stays away."""

import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import gradio as gr
import pytest
from conftest import BAKERY_PLAN, ROOT, Run
from pages import HOSTILE, SAY, VISITOR, hurts, is_one_line, last_of, told

from assistant.answer import Answer, Citation
from assistant.app import critique_tab, library_tab, refine_tab
from assistant.app.critique_cards import critique_html
from assistant.app.indicator_cards import to_csv
from assistant.app.library_cards import added_html, answer_html, documents_html
from assistant.app.page import build_page
from assistant.app.workplace import Workplace
from assistant.indicators import propose
from assistant.reviewing.critique import critique
from assistant.settings import Settings
from knowledge.document import Span
from knowledge.library.accounts import AddedDocument, ListedDocument
from knowledge.reading.draft import Limits
from knowledge.reading.files import read_bytes

# Words of others are data


@pytest.mark.parametrize("words", HOSTILE)
def test_a_hostile_goal_and_file_name_stay_text_in_a_critique(words: str) -> None:
    text = BAKERY_PLAN.replace("Mobility is", f"Mobility {words} is")
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


def test_what_another_program_sends_is_held_to_the_limits_of_the_settings(tmp_path: Path) -> None:
    workplace = Workplace(Settings(tmp_path / "data", limits=Limits(characters=100)))
    page = build_page(workplace, mcp=True)
    (tool,) = (one.fn for one in page.fns.values() if one.api_name == "criticise_strategy")
    assert tool is not None
    with pytest.raises(gr.Error, match="characters"):
        tool(BAKERY_PLAN)
    workplace.close()
