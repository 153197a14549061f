"""A language model in a GGUF file, run in this process by xllamacpp and held to the form asked for."""

import atexit
import os
import secrets
import tempfile
import threading
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.speaking.request import Ending, Hear, Piece, Request
from knowledge.faults import ModelMissing, ModelRefused, ModelUnusable

if TYPE_CHECKING:
    from xllamacpp import Server

_ENDINGS: dict[str, Ending] = {"stop": "said", "length": "limit"}
_OTHERS_NEED = 1  # cores left to the page
_LAST_WORD = 30.0  # seconds: a long prompt is read to its end before the first word can be stopped
_TOO_LONG = "exceed_context_size_error"


@dataclass(frozen=True, slots=True)
class FileModel:
    """A model read from a file."""

    who: str
    server: "Server"
    room: "tempfile.TemporaryDirectory[str]"
    speaking: threading.Lock = field(default_factory=threading.Lock)
    closing: threading.Event = field(default_factory=threading.Event)

    def speak(self, request: Request, hear: Hear) -> None:
        """See `Model`."""
        asked: dict[str, Any] = {
            "messages": [
                {"role": "system", "content": request.filled.system},
                {"role": "user", "content": request.filled.task},
            ],
            "max_tokens": request.most_tokens,
            "temperature": 0.0,
            "stream": True,
        }
        if request.schema is not None:
            schema = {"name": "answer", "strict": True, "schema": request.schema}
            asked["response_format"] = {"type": "json_schema", "json_schema": schema}
        faults: list[dict[str, Any]] = []

        def take(chunk: dict[str, Any]) -> bool:
            # What this raises is lost in the library: so it raises nothing, and an error is kept for afterwards.
            if "error" in chunk:
                faults.append(chunk["error"])
                return True
            choice = chunk["choices"][0] if chunk.get("choices") else {}
            text = choice.get("delta", {}).get("content") or ""
            reason = choice.get("finish_reason")
            return hear(Piece(text, _ENDINGS.get(reason, "said") if reason else None)) or self.closing.is_set()

        with self.speaking:
            self.server.handle_chat_completions(asked, take)
        for fault in faults:
            if fault.get("type") == _TOO_LONG:
                raise ModelRefused(self.who, "the text is too long for it", "Set ASKWHY_MODEL_CONTEXT higher.")
            raise ModelUnusable(self.who, f"it answered with error {fault.get('code')}", "Try another file.")

    def close(self) -> None:
        """Stop what is being said and wait for it: a program that ends amid a library's thread is aborted."""
        self.closing.set()
        if self.speaking.acquire(timeout=_LAST_WORD):
            self.speaking.release()


def open_file(path: str, context: int) -> FileModel:
    """The model in the GGUF file at `path`, with room for `context` tokens.

    Raises:
        ModelMissing: where xllamacpp or the file is not there.
        ModelUnusable: where the file holds no model.
    """
    who = f"gguf:{Path(path).name}"
    if find_spec("xllamacpp") is None:
        raise ModelMissing(who, "the package xllamacpp is not installed", "Run: pip install 'askwhy[gguf]'.")
    if not Path(path).is_file():
        raise ModelMissing(path, "there is no such file", "Set ASKWHY_MODEL to gguf: and the path of a GGUF file.")
    from xllamacpp import CommonParams, Server

    room = tempfile.TemporaryDirectory(prefix="askwhy-model-", ignore_cleanup_errors=True)
    options = CommonParams()
    options.model.path = str(path)
    options.n_ctx = context
    options.n_parallel = 1
    options.verbosity = 0
    options.offline = True
    options.warmup = False
    options.ui = False
    options.cpuparams.n_threads = max(1, (os.cpu_count() or 1) - _OTHERS_NEED)
    # The library listens whether one likes it or not: on a socket in a folder of this user alone where there are such
    # sockets, otherwise on this computer's own address; and only for who knows a key that nobody is told.
    options.api_keys = [secrets.token_hex(32)]
    if os.name == "posix":
        options.hostnames = [str(Path(room.name) / "model.sock")]
    try:
        model = FileModel(who, Server(options), room)
    except RuntimeError as error:
        room.cleanup()
        raise ModelUnusable(who, "it holds no model that can be run", "Choose another GGUF file.") from error
    atexit.register(model.close)
    return model
