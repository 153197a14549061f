"""What a model judges becomes our remark about the manager's own words, marked as a model's; it moves no score."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import Run
from hypothesis import given, settings
from hypothesis import strategies as st
from modelserver import failing, playing, saying
from test_schema import hold_to_contract
from test_speaking import Scripted, speaker_of

from assistant.domain import Finding, GuideRef, Quote
from assistant.example import read_example
from assistant.origin import Origin
from assistant.reviewing.critique import critique
from assistant.reviewing.record import critique_json
from assistant.reviewing.report import render_html, render_markdown
from assistant.speaking.judging import judge_with
from assistant.terminal.plain import critique_text
from knowledge.document import Span
from knowledge.faults import ModelBusy
from knowledge.judged import load_judged_rules
from knowledge.lexicon import LANGUAGES
from knowledge.rulebook import load_rules

FOUND = critique(read_example())
FIRST = FOUND.strategy.goals[0].statement
WORDS = " ".join(FIRST.text.split()[:5])
ORIGIN = Origin("ollama", "m", "judge", hashlib.sha256(b"").hexdigest())


def verdicts(*listed: tuple[int, str]) -> str:
    return json.dumps({"verdicts": [{"passage": place, "quotation": words} for place, words in listed]})


def test_a_judged_rule_speaks_nine_languages_and_has_a_name_of_its_own() -> None:
    assert len(load_judged_rules()) > 1
    for rule in load_judged_rules():
        assert set(rule.wording.messages) == set(rule.wording.questions) == set(LANGUAGES)
        assert rule.id not in {other.id for other in load_rules()}


def test_a_verdict_becomes_a_remark_of_ours_with_its_origin_and_the_score_stays() -> None:
    model = Scripted([verdicts((1, WORDS)), verdicts()])
    judged = judge_with(speaker_of(model, context=8192), FOUND)
    added = judged.findings[len(FOUND.findings) :]
    assert [one.rule for one in added] == [load_judged_rules()[0].id]
    assert added[0].source == "model"
    assert added[0].origin is not None
    assert added[0].message == f"{load_judged_rules()[0].wording.message('en')} [ollama:m]"
    assert added[0].goal == FIRST.id
    span = added[0].quote.span
    assert FOUND.strategy.document.text[span.start : span.end] == added[0].quote.text == WORDS
    assert replace(judged, findings=FOUND.findings) == FOUND
    assert len({one.id for one in judged.findings}) == len(judged.findings)


@pytest.mark.parametrize("words", ["words that nobody wrote here", FIRST.text.split()[0], ""])
def test_a_verdict_that_does_not_quote_the_goal_is_dropped_and_counted(words: str) -> None:
    speaker = speaker_of(Scripted([verdicts((1, words)), verdicts()]), context=8192)
    assert judge_with(speaker, FOUND) == FOUND
    assert speaker.standing().cut == {"quotation": 1}


@pytest.mark.parametrize("answer", ["no", verdicts((99, WORDS)), ModelBusy("m", "busy", "Wait.")])
def test_a_failing_model_leaves_the_critique_as_it_was(answer: str | Exception) -> None:
    speaker = speaker_of(Scripted([answer]), context=8192)
    assert judge_with(speaker, FOUND) == FOUND
    assert speaker.standing().fault


def test_a_judged_critique_is_shown_everywhere_and_keeps_to_the_contract() -> None:
    judged = judge_with(speaker_of(Scripted([verdicts((1, WORDS)), verdicts()]), context=8192), FOUND)
    record = hold_to_contract(critique_json(judged), "critique")
    assert record["score"] == hold_to_contract(critique_json(FOUND), "critique")["score"]
    assert [one["origin"]["prompt"] for one in record["findings"] if one["source"] == "model"] == ["judge"]
    message = load_judged_rules()[0].wording.message("en").rstrip(".")
    for render in (critique_text, render_markdown, render_html):
        assert message in render(judged)
        assert message not in render(FOUND)
        assert "ollama:m" in render(judged).replace("\\", "")


@given(st.sampled_from(["rule", "model"]), st.sampled_from([None, ORIGIN]))
@settings(deadline=None)
def test_a_remark_has_an_origin_where_a_model_made_it_and_only_there(source: str, origin: Origin | None) -> None:
    how = {"source": source, "origin": origin}
    fields = ("f1", "any", "level", "info", "m", "q", Quote("", Span(0, 0)), GuideRef("4.4", 18))
    if (source == "model") == (origin is not None):
        assert Finding(*fields, **how).origin == origin  # type: ignore[arg-type] # drawn
    else:
        with pytest.raises(ValueError, match="origin"):
            Finding(*fields, **how)  # type: ignore[arg-type] # drawn


PLAN = "# Strategy\n\n## Our goals\n\n- Our students speak two languages so that local firms can hire them.\n"


def test_on_the_command_line_a_model_is_asked_for_remarks_only_where_that_is_wanted(
    askwhy: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    with playing(failing(500)) as server:
        monkeypatch.setenv("ASKWHY_MODEL", "openai:m")
        monkeypatch.setenv("ASKWHY_MODEL_URL", server.address)
        read = read_example().text
        plain = askwhy("critique", _written(read), "--json")
        assert not server.asked
        said = askwhy("critique", _written(read), "--json", "--model")
        assert server.asked
    assert said.code == 0
    assert "its server answered 500" in said.err
    assert said.record == plain.record


def _written(text: str) -> str:
    Path("plan.md").write_text(text, encoding="utf-8")
    return "plan.md"


def test_a_model_that_is_not_set_up_cannot_be_asked(askwhy: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ASKWHY_MODEL", raising=False)
    said = askwhy("critique", _written(PLAN), "--model")
    assert said.code == 1
    assert said.err == "--model: no language model is set up. Set ASKWHY_MODEL, or leave --model out.\n"


def test_a_verdict_from_a_server_is_in_the_record(askwhy: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    with playing(saying(verdicts((1, WORDS))), saying(verdicts())) as server:
        monkeypatch.setenv("ASKWHY_MODEL", "openai:m")
        monkeypatch.setenv("ASKWHY_MODEL_URL", server.address)
        monkeypatch.setenv("ASKWHY_MODEL_CONTEXT", "8192")
        said = askwhy("critique", _written(read_example().text), "--json", "--model")
    found = [one for one in said.record["findings"] if one["source"] == "model"]
    assert [(one["quote"], one["severity"]) for one in found] == [(WORDS, "info")]
