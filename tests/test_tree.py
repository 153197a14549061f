"""The tree of goals as a picture: whole, readable on a telephone, and harmless whatever the words are."""

import html
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.asking.conversation import Action, KeptGoal, Note, Talk
from assistant.asking.drawing import WIDTH, draw_tree, wrap
from assistant.asking.report import render_talk
from assistant.asking.showing import show
from assistant.asking.tree import GoalTree, grow_tree, walk
from knowledge.lexicon import LANGUAGES, load_lexicon
from knowledge.steps import load_steps

SVG = "{http://www.w3.org/2000/svg}"
ALLOWED = {f"{SVG}{name}" for name in ("svg", "title", "desc", "rect", "path", "text")}
REASON = "The hotels on the coast cannot find staff who speak languages."
words = st.text(max_size=60)


def goal(text: str, *answers: str, number: int = 1, steps: tuple[str, ...] = (), language: str = "en") -> KeptGoal:
    actions = tuple(Action(f"g{number}a{place}", step) for place, step in enumerate(steps, start=1))
    return KeptGoal(f"g{number}", text, text, "asking", language, answers=answers, actions=actions)


def draw(*goals: KeptGoal, language: str = "en") -> ET.Element:
    return ET.fromstring(draw_tree(grow_tree(goals), language))  # noqa: S314 - our own picture


@given(words, words, st.lists(words, max_size=3), st.sampled_from(LANGUAGES))
@settings(deadline=None, max_examples=40)
def test_whatever_the_words_are_the_picture_is_sound_and_holds_nothing_but_shapes(
    text: str, answer: str, steps: list[str], language: str
) -> None:
    drawn = draw(goal(f"a {text}", answer, steps=tuple(steps)), language=language)
    assert {element.tag for element in drawn.iter()} <= ALLOWED
    assert all(not name.startswith("on") and "href" not in name for element in drawn.iter() for name in element.attrib)


def test_boxes_do_not_overlap_and_stay_within_the_picture() -> None:
    long = " ".join(["international vocational training"] * 9)
    drawn = draw(goal("Better courses", "to be better known", REASON, steps=(long, "one", "two")), goal(long, number=2))
    boxes = [{name: float(box.attrib[name]) for name in ("x", "y", "width", "height")}
             for box in drawn.iter(f"{SVG}rect") if "x" in box.attrib]  # fmt: skip
    assert len(boxes) == 6
    for above, below in pairwise(boxes):
        assert above["y"] + above["height"] < below["y"]
    bottom = float(drawn.attrib["viewBox"].split()[3])
    assert all(box["x"] + box["width"] <= WIDTH and box["y"] + box["height"] <= bottom for box in boxes)


def test_every_word_of_the_manager_is_in_the_picture() -> None:
    drawn = draw(goal("Better courses for cooks", REASON, steps=("a partner in Tartu",)))
    shown = " ".join(text.text or "" for text in drawn.iter(f"{SVG}text"))
    for said in ("Better courses for cooks", REASON, "a partner in Tartu"):
        assert said in shown


def test_a_goal_without_a_reason_has_a_broken_edge_and_is_counted() -> None:
    drawn = draw(goal("Better courses"), goal("More exchanges", REASON, number=2))
    assert [box.attrib.get("stroke-dasharray") for box in drawn.iter(f"{SVG}rect")].count("5 4") == 1
    about = drawn.find(f"{SVG}desc")
    assert about is not None
    assert re.findall(r"\d+", about.text or "") == ["1", "2", "0", "1"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_labels_are_in_the_language_of_the_talk(language: str) -> None:
    drawn = draw(goal("Bread", language=language), language=language)
    title = drawn.find(f"{SVG}title")
    assert title is not None
    assert title.text == load_lexicon(language).voice["tree_title"]


@given(st.text(max_size=400), st.integers(20, 380))
def test_a_text_is_wrapped_without_losing_a_word_or_says_that_it_goes_on(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert len(lines) <= 6
    joined = "".join("".join(lines).split())
    assert joined == "".join(text.split()) or lines[-1].endswith("…")


def test_goals_put_aside_are_not_in_the_tree_and_an_empty_tree_is_a_picture_too() -> None:
    parked = KeptGoal("g1", "Bread", "Bread", "parked", "en")
    assert list(walk(grow_tree([parked]).rooted)) == []
    assert draw_tree(GoalTree(), "en").startswith("<svg")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_a_talk_holds_goals_reasons_steps_tree_and_notes(language: str) -> None:
    planned = goal("<b>Bread</b>", REASON, steps=("a partner in Tartu",), language=language)
    planned = replace(planned, overruled=((0, "need_or_reason"),), parts=(("sign", "bakers & buyers say so"),))
    talk = Talk(language, goals=(planned,), notes=(Note(1, 0, "an exchange <i>since</i> 2011"),))
    page = render_talk(show(talk, "x"))
    for words in (REASON, "a partner in Tartu", "bakers &amp; buyers say so", "an exchange &lt;i&gt;since"):
        assert words in page
    assert "<b>Bread" not in page
    assert "<script" not in page
    assert page.count("<svg") == 1
    assert load_steps(language)[0].title in html.unescape(page)
