"""Domain values become the contract's objects: complete, rounded, and nothing that JSON cannot hold."""

import json
from dataclasses import replace
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as draw
from jsonschema import Draft202012Validator, ValidationError

from assistant.chain import Reformulation, WhyChain, WhyStep
from assistant.domain import (
    ELEMENTS,
    FAMILIES,
    KINDS,
    Contradiction,
    Critique,
    Element,
    Finding,
    Goal,
    GuideRef,
    Overlap,
    Period,
    Quote,
    Slots,
    Statement,
    Strategy,
)
from assistant.indicator import Example, Formula, Indicator
from assistant.reviewing.record import critique_json, goal_json
from assistant.schema import figures_json, indicators_json, text_json, why_json
from assistant.score import Score
from evals.figures import Figure
from knowledge.document import Block, Document, Page, Span

CONTRACT = json.loads(files("assistant").joinpath("contract.schema.json").read_text(encoding="utf-8"))
TEXT = "Our bakers learn Danish, so that the islands keep their bakeries."
DOCUMENT = Document(
    name="plan.txt",
    text=TEXT,
    pages=(Page(1, Span(0, len(TEXT)), "text"),),
    blocks=(Block("paragraph", Span(0, len(TEXT))),),
    language="en",
    digest="0" * 64,
    warnings=("Page 2 has no text.",),
)
GUIDE = GuideRef("4.4", 17)


def hold_to_contract(record: dict[str, object], name: str) -> Any:
    """The record as a reader of the JSON sees it, held to the contract's definition `name`."""
    read = json.loads(json.dumps(record, allow_nan=False))
    Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": CONTRACT["$defs"]}).validate(read)
    return read


def quote(words: str) -> Quote:
    start = TEXT.index(words)
    return Quote(words, Span(start, start + len(words)))


def finding(quoted: Quote) -> Finding:
    return Finding("f1", "owner-absent", "slots", "info", "Nobody owns it.", "Who does?", quoted, GUIDE, goal="s1")


STATEMENT = Statement(
    id="s1",
    text=TEXT,
    span=Span(0, len(TEXT)),
    page=1,
    language="en",
    context="Goals",
    kind="goal",
    kinds={kind: 1 / len(KINDS) for kind in KINDS},
)
GOAL = Goal(
    statement=STATEMENT,
    slots=Slots(
        beneficiary=quote("bakers"), change=quote("learn"), object=quote("Danish"), need=quote("keep their bakeries")
    ),
    vague=False,
    specificity=2 / 3,
    measurable=False,
    time_bound=False,
    compound=False,
    themes=("languages",),
    findings=(finding(quote("learn")), finding(Quote("", Span(0, 0)))),
)
STRATEGY = Strategy(
    document=DOCUMENT,
    is_strategy=True,
    reason="It has a goal.",
    statements=(STATEMENT,),
    goals=(GOAL,),
    elements=tuple(Element(name, "weak", (quote("bakers"),), GUIDE) for name in ELEMENTS),
    period=Period(2026, 2030, Span(0, 9)),
    overlaps=(Overlap("s1", "s2", 0.123456),),
    contradictions=(Contradiction("places", quote("islands"), quote("bakeries")),),
)
CRITIQUE = Critique(
    strategy=STRATEGY,
    set_state="ok",
    coverage={"languages": True},
    findings=(finding(quote("learn")),),
    score=Score(71, dict.fromkeys(FAMILIES, 70), "Two remarks."),
)
INDICATOR = Indicator(
    id="i1",
    name="Share of bakers who pass a Danish test",
    family="staff competences",
    level="outcome",
    nature="quantitative",
    definition="How many pass.",
    formula=Formula("bakers who pass", "bakers", "%", Example(1, 3, 100 / 3)),
    method=None,
    data_source="test register",
    frequency="yearly",
    limits="Says nothing of use.",
    guide=GUIDE,
    provenance="guide",
    score=0.987654,
)


def test_a_document_tells_its_text_and_where_its_pages_lie() -> None:
    read = hold_to_contract(text_json(DOCUMENT), "text")
    assert read["text"] == TEXT
    assert read["pages"] == [{"page": 1, "start": 0, "end": len(TEXT), "source": "text"}]
    assert read["warnings"] == ["Page 2 has no text."]


def test_a_judged_goal_names_every_kind_and_every_slot() -> None:
    read = hold_to_contract(goal_json(GOAL), "judge")
    assert set(read["kinds"]) == set(KINDS)
    assert read["slots"]["owner"] is None
    assert read["slots"]["means"] == []
    assert read["specificity"] == 0.6667


def test_what_is_quoted_stands_at_its_offsets() -> None:
    read = hold_to_contract(goal_json(GOAL), "judge")
    parts = [part for name, part in read["slots"].items() if part and name != "means"]
    assert len(parts) == 4
    assert all(TEXT[part["start"] : part["end"]] == part["text"] for part in parts)
    assert all(TEXT[one["start"] : one["end"]] == one["quote"] for one in read["findings"])


def test_a_finding_about_something_absent_quotes_nothing_at_one_place() -> None:
    absent = goal_json(GOAL)["findings"][1]
    assert (absent["quote"], absent["start"] == absent["end"]) == ("", True)


def test_a_critique_holds_everything_the_contract_names() -> None:
    read = hold_to_contract(critique_json(CRITIQUE), "critique")
    assert read["document"] == {"name": "plan.txt", "pages": 1, "language": "en", "characters": len(TEXT)}
    assert read["period"] == {"start": 2026, "end": 2030, "years": 4}
    assert read["set"]["overlaps"] == [["s1", "s2", 0.1235]]
    assert read["goals"][0]["id"] == read["statements"][0]["id"] == "s1"
    assert "schema" not in read["goals"][0]


def test_a_document_without_a_period_says_null() -> None:
    strategy = replace(STRATEGY, period=None, goals=(), is_strategy=False)
    read = hold_to_contract(critique_json(replace(CRITIQUE, strategy=strategy, set_state="none")), "critique")
    assert read["period"] is None
    assert read["set"]["count"] == 0


def test_a_why_chain_tells_each_rung_and_where_it_ends() -> None:
    rung = WhyStep("Why?", "Because ferries stop at five.", "need_or_reason", 0.98765)
    new = Reformulation("Bakers learn Danish because ferries stop at five.", ("bakers", "ferries"))
    read = hold_to_contract(why_json(WhyChain(TEXT, (rung,), True, TEXT, None, new)), "why")
    assert read["chain"][0]["class"] == "need_or_reason"
    assert read["chain"][0]["confidence"] == 0.9877
    assert read["reformulation"]["invented"] == []


def test_an_unfinished_chain_has_a_next_question_and_no_goal_yet() -> None:
    read = hold_to_contract(why_json(WhyChain(TEXT, (), False, None, "Why is that?", None)), "why")
    assert (read["done"], read["true_goal"], read["reformulation"]) == (False, None, None)


def test_an_indicator_leaves_baseline_and_target_to_the_manager() -> None:
    read = hold_to_contract(indicators_json(TEXT, (INDICATOR,)), "indicators")
    assert (read["indicators"][0]["baseline"], read["indicators"][0]["target"]) == (None, None)
    assert read["indicators"][0]["formula"]["example"]["result"] == 33.3333


def test_a_bank_s_indicator_may_lack_formula_and_section() -> None:
    bare = replace(INDICATOR, formula=None, guide=None, method="Ask them in May.", nature="qualitative")
    read = hold_to_contract(indicators_json(TEXT, (bare,)), "indicators")
    assert (read["indicators"][0]["formula"], read["indicators"][0]["guide"]) == (None, None)


def test_figures_keep_their_interval_and_baseline() -> None:
    figure = Figure("kinds", "macro-F1", "own", 90, 0.81239, 0.7, 0.9, "always goal", 0.1)
    read = hold_to_contract(figures_json((figure,)), "eval")
    assert read["figures"][0]["value"] == 0.8124


def test_the_contract_would_notice_a_field_that_is_gone() -> None:
    record = goal_json(GOAL)
    del record["slots"]
    with pytest.raises(ValidationError, match="'slots' is a required property"):
        hold_to_contract(record, "judge")


@given(draw.text(min_size=1, max_size=60), draw.data())
def test_any_text_survives_the_way_through_json(text: str, data: draw.DataObject) -> None:
    start = data.draw(draw.integers(0, len(text)))
    end = data.draw(draw.integers(start, len(text)))
    part = Quote(text[start:end], Span(start, end))
    goal = replace(GOAL, statement=replace(STATEMENT, text=text), slots=Slots(scope=part, means=(part,)), findings=())
    read = hold_to_contract(goal_json(goal), "judge")
    for said in (read["slots"]["scope"], *read["slots"]["means"]):
        assert read["text"][said["start"] : said["end"]] == said["text"]
