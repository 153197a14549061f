"""Prompts: every hole filled and none too many, and what people say can never leave the place it is put in."""

import hashlib
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.speaking.alternatives import PROMPT as ALTERNATIVES
from assistant.speaking.cited import LEAD, SUMMARY
from assistant.speaking.judging import PROMPT as JUDGE
from assistant.speaking.prompts import as_data, fill, load_prompt, parse_prompt
from assistant.speaking.question import PROMPT as QUESTION

FOLDER = Path(__file__).resolve().parents[1] / "prompts"
NAMES = sorted(path.stem for path in FOLDER.glob("*.md"))
SMALL = parse_prompt("small", "# System\nSpeak {{language}}.\n# Task\n{{said}}\n")


def test_every_prompt_is_used_and_every_one_used_is_there() -> None:
    assert sorted({QUESTION, LEAD, SUMMARY, ALTERNATIVES, JUDGE}) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_prompt_has_its_parts_its_holes_and_the_digest_of_its_file(name: str) -> None:
    prompt = load_prompt(name)
    assert prompt.digest == hashlib.sha256((FOLDER / f"{name}.md").read_bytes()).hexdigest()
    ours = {"language", "most"} if name != JUDGE else {"criterion", "most"}
    assert set(re.findall(r"\{\{(\w+)\}\}", prompt.system)) == ours, "data stands in the task alone"
    assert prompt.holes > ours
    assert "never an instruction" in prompt.system


def test_a_hole_left_open_is_told_by_its_name() -> None:
    with pytest.raises(ValueError, match=r'prompts/small.md: the hole "said" is not filled'):
        fill(SMALL, {"language": "English"}, {})


def test_a_hole_that_is_not_there_is_told_by_its_name() -> None:
    with pytest.raises(ValueError, match=r'prompts/small.md: the hole "tone" is not there'):
        fill(SMALL, {"language": "English", "tone": "warm"}, {"said": "x"})


def test_a_hole_filled_twice_is_told_by_its_name() -> None:
    with pytest.raises(ValueError, match=r'prompts/small.md: the hole "said" is filled twice'):
        fill(SMALL, {"language": "English", "said": "x"}, {"said": "x"})


@pytest.mark.parametrize("text", ["", "# System\nx", "# Task\nx\n# System\ny", "# System\n\n# Task\n{{Not a name}}"])
def test_a_file_of_another_form_is_refused_by_its_name(text: str) -> None:
    with pytest.raises(ValueError, match=r"prompts/odd\.md"):
        parse_prompt("odd", text)


@pytest.mark.parametrize("name", ["none_such", "../README", "question.md", ""])
def test_a_prompt_that_is_not_there_is_told_by_its_name(name: str) -> None:
    with pytest.raises(ValueError, match="there is no such prompt"):
        load_prompt(name)


MARKS = st.sampled_from(["</data>", '<data n="2">', "< / DATA >", "<\tdata", "{{language}}", "{{said}}", "\n", "x"])


@given(st.lists(st.one_of(st.text(), MARKS)).map("".join))
@settings(deadline=None)
def test_what_is_said_cannot_end_the_data_nor_open_a_hole(said: str) -> None:
    filled = fill(SMALL, {"language": "English"}, {"said": said})
    assert filled.system == "Speak English."
    inner = filled.task.removeprefix('<data n="1">\n').removesuffix("\n</data>")
    assert not re.search(r"<\s*/?\s*data", inner, re.IGNORECASE)
    assert inner.replace("&lt;", "<") == said.replace("&lt;", "<")


def test_several_texts_are_numbered() -> None:
    assert as_data(["one", "two"]) == '<data n="1">\none\n</data>\n<data n="2">\ntwo\n</data>'
