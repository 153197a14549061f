"""Whatever a language model's server does, the manager reads one clear line, and the talk goes on in our words."""

import time
from pathlib import Path

import pytest
from modelserver import (
    Act,
    anthropic,
    babbling,
    breaking_off,
    endless,
    failing,
    free_address,
    ollama,
    playing,
    refusing,
    saying,
    saying_slowly,
    silent,
    stopping_short,
)  # fmt: skip

from assistant.asking.dialogue import open_dialogue
from assistant.origin import Origin
from assistant.settings import Settings
from assistant.speaking.prompts import load_prompt
from assistant.speaking.question import ModelVoice
from assistant.speaking.rest import FAULTS_BEFORE_REST
from assistant.speaking.speaker import Speaker
from knowledge.lexicon import load_lexicon

GOAL = "We want more of our apprentices to work abroad for a while."
KEY = "sk-very-secret-key-1234567890"
QUOTED = GOAL.rstrip(".")
OURS = f"Why do you want this: “{QUOTED}”?"
THEIRS = f"What makes this matter to you: “{QUOTED}”?"
SECONDS = 2


@pytest.fixture(autouse=True)
def nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """No proxy stands between the tests and this computer's own address."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)


def speaker_at(address: str, model: str = "openai:m", seconds: int = SECONDS) -> Speaker:
    settings = Settings(Path("unused"), model=model, model_url=address, model_seconds=seconds)
    speaker = Speaker(settings, {"OPENAI_API_KEY": KEY, "MISTRAL_API_KEY": KEY, "ANTHROPIC_API_KEY": KEY})
    assert speaker.warm_up(60)
    return speaker


def ask_once(folder: Path, speaker: Speaker) -> tuple[str, list[str]]:
    """What the assistant says to a first goal, and what was shown on the way."""
    with open_dialogue(folder, voice=ModelVoice(speaker)) as dialogue:
        *drafts, said = (one.turns[-1].text for one in dialogue.saying("one", GOAL))
        return said, drafts


def test_a_wording_that_passes_is_shown_as_it_comes_and_kept_with_its_origin(tmp_path: Path) -> None:
    with playing(saying(THEIRS)) as server:
        speaker = speaker_at(server.address)
        with open_dialogue(tmp_path, voice=ModelVoice(speaker)) as dialogue:
            *drafts, said = dialogue.saying("one", GOAL)
    turn, shown = said.turns[-1], [one.turns[-1].text for one in drafts[1:]]
    assert turn.text.endswith(THEIRS)
    assert turn.origin == Origin("openai", "m", "question", load_prompt("question").digest)
    assert len(shown) > 3
    before, after = load_lexicon("en").voice["drafted"].split("{text}")
    assert all(THEIRS.startswith(one.removeprefix(before).removesuffix(after)) for one in shown)
    standing = speaker.standing()
    assert (standing.asked, standing.shown, standing.faults, standing.fault) == (1, 1, 0, "")
    assert standing.here


FAILURES: list[tuple[Act, str]] = [
    (silent(), "openai:m: it has not begun to answer within 1 seconds."),
    (saying_slowly(THEIRS, 0.3), "openai:m: it has not finished within 2 seconds."),
    (endless("on" * 500), "openai:m: its answer has no end."),
    (saying(""), "openai:m: its answer is empty."),
    (breaking_off("What makes this"), "openai:m: its answer broke off."),
    (stopping_short("What makes this"), "openai:m: its answer broke off."),
    (saying(THEIRS, "length"), "openai:m: its answer was too long."),
    (refusing(), "openai:m: its answer is empty."),  # LangChain drops what stands in a stream's field for refusals
    (saying("", "content_filter"), "openai:m: it will not answer this."),
    (babbling(), "openai:m: its answer could not be read"),
    (failing(401, f"Incorrect API key provided: {KEY}"), "openai:m: its server answered 401: the key is not accepted."),
    (failing(403), "openai:m: its server answered 403: the key is not accepted."),
    (failing(404), "openai:m: its server answered 404: no such model or address."),
    (failing(400), "openai:m: its server answered 400: it does not take the request."),
    (failing(429), "openai:m: its server answered 429: too many requests, or no credit left."),
    (failing(500), "openai:m: its server answered 500: something is wrong there."),
    (failing(503), "openai:m: its server answered 503: something is wrong there."),
    (failing(504), "openai:m: its server answered 504: it took too long."),
]


@pytest.mark.parametrize(("act", "line"), FAILURES, ids=[line.partition(": ")[2] for _, line in FAILURES])
def test_a_failure_is_one_line_and_ours_is_said(act: Act, line: str, tmp_path: Path) -> None:
    with playing(act) as server:
        speaker = speaker_at(server.address)
        begun = time.monotonic()
        said, _ = ask_once(tmp_path, speaker)
        took = time.monotonic() - begun
        asked = len(server.asked)
    standing = speaker.standing()
    assert said.endswith(OURS)
    assert standing.fault.startswith(line)
    assert "\n" not in standing.fault
    assert KEY not in standing.fault
    assert (standing.shown, standing.faults) == (0, 1)
    assert asked == 1, "a failed call is not made again behind the manager's back"
    assert took < SECONDS + 10  # the first turn loads models of our own


def test_an_endless_answer_is_broken_off_where_it_is_too_long_to_be_shown(tmp_path: Path) -> None:
    with playing(endless("on and on ")) as server:
        speaker = speaker_at(server.address)
        said, shown = ask_once(tmp_path, speaker)
    assert said.endswith(OURS)
    assert speaker.standing().refused == {"long": 1}
    assert max(len(one.split()) for one in shown) < 100


def test_nobody_at_the_address_is_one_line(tmp_path: Path) -> None:
    speaker = speaker_at(free_address())
    assert ask_once(tmp_path, speaker)[0].endswith(OURS)
    assert speaker.standing().fault == (
        "openai:m: nobody answers at its address. Start its server, or set ASKWHY_MODEL_URL to where it is."
    )


PROVIDERS: list[tuple[str, Act, Act]] = [
    ("openai:m", saying(THEIRS), stopping_short("What makes")),
    ("mistralai:m", saying(THEIRS), stopping_short("What makes")),
    ("ollama:m", ollama(THEIRS), ollama("What makes", None)),
    ("anthropic:m", anthropic(THEIRS), anthropic("What makes", "max_tokens")),
]


@pytest.mark.parametrize(("model", "well", "badly"), PROVIDERS, ids=[model for model, *_ in PROVIDERS])
def test_every_provider_speaks_and_fails_alike(model: str, well: Act, badly: Act, tmp_path: Path) -> None:
    module = "langchain_" + model.partition(":")[0]
    pytest.importorskip(module, reason=f"{module} is an optional package")
    with playing(well, badly, failing(401), failing(429), failing(500)) as server:
        address = server.address.removesuffix("/v1") if model.startswith(("ollama", "anthropic")) else server.address
        speaker = speaker_at(address, model)
        faults = []
        with open_dialogue(tmp_path, voice=ModelVoice(speaker)) as dialogue:
            assert dialogue.say("one", GOAL).turns[-1].text.endswith(THEIRS)
            for name in ("two", "three"):
                assert dialogue.say(name, GOAL).turns[-1].text.endswith(OURS)
                faults.append(speaker.standing().fault)
        body = server.asked[0].body
    assert faults[0].startswith(model)
    assert "401" in faults[1]
    assert not any(body.get(name) for name in ("tools", "functions", "tool_choice")), "a model is offered no tool"
    assert len(server.asked) == 3


def test_a_key_goes_to_the_server_and_nowhere_else(tmp_path: Path) -> None:
    with playing(saying(THEIRS)) as server:
        speaker = speaker_at(server.address)
        ask_once(tmp_path, speaker)
    assert server.asked[0].headers["authorization"] == f"Bearer {KEY}"
    assert KEY not in str(server.asked[0].body)
    assert KEY not in repr(speaker) + repr(vars(speaker)) + repr(speaker.standing())
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and KEY.encode() in path.read_bytes()]


def test_after_some_failures_the_model_is_left_alone(tmp_path: Path) -> None:
    with playing(failing(500)) as server:
        speaker = speaker_at(server.address)
        with open_dialogue(tmp_path, voice=ModelVoice(speaker)) as dialogue:
            for number in range(FAULTS_BEFORE_REST + 3):
                assert dialogue.say(f"c{number}", GOAL).turns[-1].text.endswith(OURS)
        assert len(server.asked) == FAULTS_BEFORE_REST
    assert speaker.standing().rests > 0
    assert "500" in speaker.standing().fault


def test_one_success_forgets_the_failures(tmp_path: Path) -> None:
    with playing(failing(500), failing(500), saying(THEIRS), failing(500), saying(THEIRS)) as server:
        speaker = speaker_at(server.address)
        with open_dialogue(tmp_path, voice=ModelVoice(speaker)) as dialogue:
            for number in range(5):
                dialogue.say(f"c{number}", GOAL)
        assert len(server.asked) == 5
    assert speaker.standing().fault == ""
    assert (speaker.standing().shown, speaker.standing().faults) == (2, 3)
