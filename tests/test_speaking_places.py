"""Where a model's words appear: on the page as they come, and on the command line with what became of them."""

import json
import threading
import time
from pathlib import Path

import pytest
from conftest import Run
from modelserver import Act, failing, playing, saying, silent
from test_schema import hold_to_contract

from assistant.app import refine_tab
from assistant.app.model_panel import panel_html
from assistant.app.page import build_page
from assistant.app.workplace import Workplace
from assistant.settings import Settings
from assistant.speaking.prompts import load_prompt
from knowledge.lexicon import load_lexicon

GOAL = "We want more of our apprentices to work abroad for a while."
QUOTED = GOAL.rstrip(".")
VOICE = load_lexicon("en").voice
OURS = f"Why do you want this: “{QUOTED}”?"
THEIRS = f"What makes this matter to you: “{QUOTED}”?"
LINE = "openai:m: its server answered 429: too many requests, or no credit left. Wait a little."


@pytest.fixture(autouse=True)
def nothing_between(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)


def workplace_at(folder: Path, address: str | None) -> Workplace:
    settings = Settings(folder, model="openai:m" if address else None, model_url=address, model_seconds=20)
    workplace = Workplace(settings)
    if workplace.speaker:
        assert workplace.speaker.warm_up(60)
    return workplace


def begin(workplace: Workplace) -> str:
    """A conversation in which the assistant has said one thing."""
    return str(refine_tab.start_over(workplace)[0])


def chat_of(shown: tuple[object, ...]) -> str:
    return json.dumps(shown[:2], default=str, ensure_ascii=False)


def test_without_a_model_the_page_says_nothing_of_one(tmp_path: Path) -> None:
    workplace = workplace_at(tmp_path, None)
    assert panel_html(workplace) == ""
    assert "Everything stays on this computer." in json.dumps(build_page(workplace).config, default=str)
    assert "aw-model" not in json.dumps(build_page(workplace).config, default=str)


def test_with_a_model_elsewhere_the_page_does_not_say_that_all_stays_here(tmp_path: Path) -> None:
    workplace = Workplace(Settings(tmp_path, model="openai:m", model_url="https://models.example/v1"))
    assert "Everything stays" not in json.dumps(build_page(workplace).config, default=str)
    assert "what it is asked leaves this computer" in panel_html(workplace)


def test_a_question_is_worded_on_the_page_and_the_panel_counts_it(tmp_path: Path) -> None:
    with playing(saying(THEIRS)) as server:
        workplace = workplace_at(tmp_path, server.address)
        *_, shown = refine_tab.say(workplace, begin(workplace), 1, GOAL)
        assert THEIRS in chat_of(shown)
        assert "Asked 1 times; 1 answers were shown." in panel_html(workplace)
        workplace.close()


def test_a_failure_is_one_line_on_the_page_and_the_talk_goes_on(tmp_path: Path) -> None:
    with playing(failing(429)) as server:
        workplace = workplace_at(tmp_path, server.address)
        *_, shown = refine_tab.say(workplace, begin(workplace), 1, GOAL)
        assert OURS in chat_of(shown)
        assert LINE in panel_html(workplace)
        workplace.close()


def test_words_are_in_the_chat_of_who_asked_as_they_come_marked_as_a_draft(tmp_path: Path) -> None:
    with playing(saying(THEIRS)) as server:
        workplace = workplace_at(tmp_path, server.address)
        *drafts, last = (shown[0][-1]["content"] for shown in refine_tab.say(workplace, begin(workplace), 1, GOAL))
        workplace.close()
    assert drafts[0] == VOICE["drafting"]
    whole = THEIRS.split()
    begun = [VOICE["drafted"].format(text=" ".join(whole[:count])) for count in range(1, len(whole) + 1)]
    assert set(drafts[1:]) <= set(begun)
    assert len(drafts) > 3
    assert OURS not in " ".join(drafts)
    assert last == THEIRS


def test_words_that_fail_a_check_amid_them_give_way_to_ours(tmp_path: Path) -> None:
    with playing(saying(f"What makes this matter to all 47 of you: “{QUOTED}”?")) as server:
        workplace = workplace_at(tmp_path, server.address)
        *drafts, last = (shown[0][-1]["content"] for shown in refine_tab.say(workplace, begin(workplace), 1, GOAL))
        workplace.close()
    assert last == OURS
    assert not [draft for draft in drafts if "47" in draft]


def test_nobody_waits_for_a_model_that_somebody_else_asked(tmp_path: Path) -> None:
    with playing(silent()) as server:
        workplace = workplace_at(tmp_path, server.address)
        one, other = begin(workplace), begin(workplace)
        turn = threading.Thread(target=lambda: list(refine_tab.say(workplace, one, 1, GOAL)))
        turn.start()
        until = time.monotonic() + 30
        while not server.asked and time.monotonic() < until:
            time.sleep(0.05)
        begun = time.monotonic()
        refine_tab.resume(workplace, other)
        refine_tab.start_over(workplace)
        assert turn.is_alive()
        assert time.monotonic() - begun < 8
        server.over.set()
        turn.join()
        workplace.close()


def test_hostile_words_of_a_model_stay_text(tmp_path: Path) -> None:
    hostile = f"What makes <b>this</b> matter: “{QUOTED}”?"
    with playing(saying(hostile)) as server:
        workplace = workplace_at(tmp_path, server.address)
        shown = list(refine_tab.say(workplace, begin(workplace), 1, GOAL))
        workplace.close()
    assert not [one for one in shown if "<b>" in json.dumps(one[:2])]


def test_a_models_wordings_are_on_the_page_as_its_own_with_a_press_that_accepts_one(tmp_path: Path) -> None:
    wording = f"{QUOTED}, which the hotels on the coast need."
    need = "The hotels on the coast need it."
    answers = (saying(THEIRS), saying(json.dumps({"wordings": [wording, f"{QUOTED} in Paris."]})))
    with playing(*answers) as server:
        workplace = workplace_at(tmp_path, server.address)
        one, seen = begin(workplace), 1
        for words in (GOAL, need, "Stop asking", VOICE["reply_other"]):
            *_, shown = refine_tab.say(workplace, one, seen, words)
            seen = shown[4]
        replies = shown[1]
        assert replies.count("aw-offer") == 1
        assert "openai:m" in replies
        assert f'data-value="{wording}"' in replies
        assert "Paris" not in json.dumps(shown[:3])
        *_, taken = refine_tab.say(workplace, one, seen, wording)
        assert "Worded by the language model openai:m" in taken[2]
        assert taken[3] == (wording,)
        assert "aw-offer" not in taken[1]
        workplace.close()


@pytest.mark.parametrize("act", [failing(429), saying("no JSON"), saying(json.dumps({"wordings": ["47 in Paris."]}))])
def test_where_wordings_and_summary_fail_ours_stand_and_the_panel_says_why(act: Act, tmp_path: Path) -> None:
    with playing(saying(THEIRS), act) as server:
        workplace = workplace_at(tmp_path, server.address)
        one, seen = begin(workplace), 1
        for words in (GOAL, "The hotels need it.", "Stop asking", VOICE["reply_other"], VOICE["reply_sum"]):
            *_, shown = refine_tab.say(workplace, one, seen, words)
            seen = shown[4]
        assert "aw-offer" not in shown[1]
        assert "You began with" in chat_of(shown)
        assert "as the language model" not in chat_of(shown)
        assert [why for why in ("429", "not in the form", "from nowhere") if why in panel_html(workplace)]
        workplace.close()


def test_on_the_command_line_a_model_words_the_next_question(askwhy: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASKWHY_MODEL", "openai:m")
    with playing(saying(THEIRS)) as server:
        monkeypatch.setenv("ASKWHY_MODEL_URL", server.address)
        said = askwhy("why", GOAL, "--json")
    record = hold_to_contract(said.record, "why")
    assert (said.code, said.err) == (0, "")
    assert record["next_question"] == THEIRS
    digest = load_prompt("question").digest
    assert record["origin"] == {"provider": "openai", "model": "m", "prompt": "question", "digest": digest}


@pytest.mark.parametrize("words", [("why", GOAL), ("ask", "How many goals are enough?")])
def test_a_failing_model_is_one_line_on_standard_error_and_the_answer_is_there(
    words: tuple[str, ...], askwhy: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = askwhy(*words, "--json")
    monkeypatch.setenv("ASKWHY_MODEL", "openai:m")
    with playing(failing(429)) as server:
        monkeypatch.setenv("ASKWHY_MODEL_URL", server.address)
        said = askwhy(*words, "--json")
        assert len(server.asked) == 1
    assert (said.code, said.err) == (0, LINE + "\n")
    assert said.record == plain.record


def test_words_that_are_not_shown_are_told_of_on_standard_error(askwhy: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASKWHY_MODEL", "openai:m")
    with playing(saying("Why 99 of them?")) as server:
        monkeypatch.setenv("ASKWHY_MODEL_URL", server.address)
        said = askwhy("why", GOAL, "--json")
    assert said.record["next_question"] == OURS
    assert said.record["origin"] is None
    assert said.err == "openai:m: its wording was not shown (a number from nowhere: 1); ours stands.\n"


def test_a_lead_is_worded_from_passages_and_cites_them(askwhy: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = askwhy("ask", "How many goals are enough?", "--json").record
    quote = str(plain["citations"][0]["quote"])
    words = " ".join(quote.split()[:6])
    told = {"sentences": [{"text": "This is what they say of goals.", "passage": 1, "quotation": words}]}
    monkeypatch.setenv("ASKWHY_MODEL", "openai:m")
    with playing(saying(json.dumps(told))) as server:
        monkeypatch.setenv("ASKWHY_MODEL_URL", server.address)
        said = askwhy("ask", "How many goals are enough?", "--json")
        body = server.asked[0].body
    record = hold_to_contract(said.record, "ask")
    assert record["answer"].startswith("This is what they say of goals. [1]")
    assert record["origin"]["prompt"] == "lead"
    assert record["citations"] == plain["citations"]
    assert body["response_format"]["type"] == "json_schema"


def test_a_batch_asks_no_model(askwhy: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASKWHY_MODEL", "openai:m")
    with playing(saying(THEIRS)) as server:
        monkeypatch.setenv("ASKWHY_MODEL_URL", server.address)
        said = askwhy("why", "--batch", "-", given=json.dumps({"id": 1, "goal": GOAL, "answers": []}))
        assert not server.asked
    assert said.records[0]["next_question"] == OURS


def test_every_other_command_does_without(askwhy: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASKWHY_MODEL", "openai:m")
    with playing(failing(500)) as server:
        monkeypatch.setenv("ASKWHY_MODEL_URL", server.address)
        assert askwhy("judge", GOAL, "--json").code == 0
        assert askwhy("indicators", GOAL, "--json").code == 0
        assert not server.asked
