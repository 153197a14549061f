"""A real model, in the process and behind a server of this computer: it speaks, is held to a form, and is judged."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from smallmodel import SMALL_MODEL, serving_small_model, with_small_model

from assistant.asking.dialogue import open_dialogue
from assistant.settings import Settings
from assistant.speaking.gguf import FileModel, open_file
from assistant.speaking.prompts import fill, load_prompt, parse_prompt
from assistant.speaking.question import ModelVoice
from assistant.speaking.request import FRAME_TOKENS, Model, Piece, Request, count_tokens
from assistant.speaking.speaker import Speaker, Task, open_model_of
from knowledge.faults import ModelMissing, ModelRefused, ModelUnusable
from knowledge.lexicon import LANGUAGES, load_lexicon

pytestmark = with_small_model
GOAL = "We want more of our apprentices to work abroad for a while."
SIMPLE = parse_prompt("simple", "# System\nYou are brief.\n# Task\n{{said}}\n")
YES_OR_NO = {
    "type": "object",
    "properties": {"answer": {"type": "string", "enum": ["yes", "no"]}, "sure": {"type": "boolean"}},
    "required": ["answer", "sure"],
    "additionalProperties": False,
}


@pytest.fixture(scope="module", params=["in the process", "behind a server"])
def settings(request: pytest.FixtureRequest) -> Iterator[Settings]:
    if request.param == "in the process":
        yield Settings(Path("unused"), model=f"gguf:{SMALL_MODEL}", model_seconds=120, model_context=1024)
        return
    with serving_small_model() as address:
        yield Settings(Path("unused"), model="openai:smollm2", model_url=address, model_seconds=120)


@pytest.fixture(scope="module")
def model(settings: Settings) -> Model:
    return open_model_of(settings, {})


@pytest.fixture(scope="module")
def small() -> FileModel:
    """The model in the process with little room, so that a long text does not fit."""
    return open_file(str(SMALL_MODEL), 512)


def hear_all(model: Model, request: Request) -> list[Piece]:
    said: list[Piece] = []

    def hear(piece: Piece) -> bool:
        said.append(piece)
        return False

    model.speak(request, hear)
    return said


def test_its_words_come_piece_by_piece_and_it_says_why_it_stops(model: Model) -> None:
    said = hear_all(model, Request(fill(SIMPLE, {}, {"said": "Count to five."}), None, 12))
    assert len([piece for piece in said if piece.text]) > 3
    assert [piece.ending for piece in said if piece.ending] in (["said"], ["limit"])


def test_it_is_held_to_the_form_that_was_asked_for(model: Model) -> None:
    said = hear_all(model, Request(fill(SIMPLE, {}, {"said": "Tell me a story."}), YES_OR_NO, 40))
    answer = json.loads("".join(piece.text for piece in said))
    assert set(answer) == {"answer", "sure"}
    assert answer["answer"] in {"yes", "no"}


def test_it_stops_when_it_is_told_to(settings: Settings, model: Model) -> None:
    speaker = Speaker(settings, {}, open_model=lambda: model)
    words = {"language": "English", "most": "40"}
    said = dict.fromkeys(("goal", "answers", "earlier", "question"), "Why?")
    listening = speaker.listen(Task("question", words, said, most_tokens=100))
    assert next(listening)
    listening.close()
    assert (speaker.standing().asked, speaker.standing().faults) == (1, 0)


def test_in_the_dialogue_its_words_are_checked_and_counted(settings: Settings, model: Model, tmp_path: Path) -> None:
    speaker = Speaker(settings, {}, open_model=lambda: model)
    with open_dialogue(tmp_path, voice=ModelVoice(speaker)) as dialogue:
        turn = dialogue.say("one", GOAL).turns[-1]
    standing = speaker.standing()
    assert standing.asked == 1
    assert standing.shown + sum(standing.refused.values()) + standing.faults == 1
    assert (turn.origin is not None) == (standing.shown == 1)
    if turn.origin:
        assert turn.origin.digest == load_prompt("question").digest


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_estimate_of_tokens_is_on_the_safe_side_in_every_language(language: str, small: FileModel) -> None:
    """Where a prompt does not fit, the library says how many tokens its own tokenizer made of it."""
    filled = fill(SIMPLE, {}, {"said": " ".join(load_lexicon(language).voice.values())})
    messages = [{"role": "system", "content": filled.system}, {"role": "user", "content": filled.task}]
    told = small.server.handle_chat_completions({"messages": messages, "max_tokens": 1})
    estimate = count_tokens(filled.system) + count_tokens(filled.task) + FRAME_TOKENS
    assert estimate / 2 < told["error"]["n_prompt_tokens"] <= estimate


def test_a_text_too_long_for_it_is_one_line(small: FileModel) -> None:
    filled = fill(SIMPLE, {}, {"said": "many words " * 2000})
    with pytest.raises(ModelRefused, match="the text is too long for it"):
        small.speak(Request(filled, None, 10), lambda _: False)


def test_a_file_that_holds_no_model_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "odd.gguf").write_bytes(b"GGUF" + bytes(2000))
    with pytest.raises(ModelUnusable, match=r"gguf:odd\.gguf: it holds no model"):
        open_file(str(tmp_path / "odd.gguf"), 512)


def test_a_file_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match="there is no such file"):
        open_file(str(tmp_path / "none.gguf"), 512)


LOOK = """
import json, pathlib, sys
from assistant.speaking.gguf import open_file
model = open_file(sys.argv[1], 512)
links = [one.readlink().name for one in pathlib.Path("/proc/self/fd").iterdir() if one.is_symlink()]
mine = {name.removeprefix("socket:[").rstrip("]") for name in links if name.startswith("socket:")}
rows = [line.split() for kind in ("tcp", "tcp6") for line in open(f"/proc/self/net/{kind}").readlines()[1:]]
mode = pathlib.Path(model.room.name).stat().st_mode
print(json.dumps([[row for row in rows if row[9] in mine], model.server.listening_address, oct(mode)]))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="where sockets are looked up is a thing of Linux")
def test_a_model_in_the_process_opens_no_port() -> None:
    """Xllamacpp listens for others in any case; it is given a socket in a folder that this user alone may enter."""
    ran = subprocess.run([sys.executable, "-c", LOOK, str(SMALL_MODEL)], capture_output=True, text=True, check=True)
    ports, address, mode = json.loads(ran.stdout.splitlines()[-1])
    assert ports == []
    assert address.startswith("unix:")
    assert mode.endswith("700")


LEAVE = """
import sys
from assistant.speaking.deadline import Patience, hear_within
from assistant.speaking.gguf import open_file
from assistant.speaking.prompts import fill, parse_prompt
from assistant.speaking.request import Request
model = open_file(sys.argv[1], 512)
prompt = parse_prompt("simple", "# System\\nYou talk a lot.\\n# Task\\n{{said}}\\n")
request = Request(fill(prompt, {}, {"said": "Tell me a long story."}), None, 400)
pieces = hear_within(lambda hear: model.speak(request, hear), Patience(60, 60), "it")
print(next(pieces).text is not None)
"""


def test_a_program_may_end_while_the_model_speaks() -> None:
    ran = subprocess.run([sys.executable, "-c", LEAVE, str(SMALL_MODEL)], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout) == (0, "True\n"), ran.stderr
