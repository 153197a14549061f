"""A server that plays a language model's, on this computer alone, as a test tells it to; it keeps what it is asked.

It speaks as the providers do: OpenAI and Mistral (the same stream), Ollama, Anthropic.
"""

import json
import socket
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any


@dataclass
class Asked:
    """A request as it came."""

    path: str
    headers: Mapping[str, str]
    body: dict[str, Any]


class Handler(BaseHTTPRequestHandler):
    """One connection; what it does is the script's to say."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        server: Any = self.server
        length = int(self.headers.get("Content-Length", 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        server.script.asked.append(Asked(self.path, headers, json.loads(self.rfile.read(length))))
        acts = server.script.acts
        act = acts.pop(0) if len(acts) > 1 else acts[0]
        act(self)

    def log_message(self, *_: Any) -> None:
        """Nothing is written to the screen."""

    def begin(self, kind: str = "text/event-stream", *, chunked: bool = True) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Transfer-Encoding", "chunked") if chunked else self.send_header("Connection", "close")
        self.end_headers()

    def write(self, text: str) -> bool:
        """Send a chunk; whether anybody is still there to read it."""
        raw = text.encode()
        try:
            self.wfile.write(f"{len(raw):x}\r\n".encode() + raw + b"\r\n")
            self.wfile.flush()
        except OSError:
            return False
        return True

    def end(self) -> None:
        self.wfile.write(b"0\r\n\r\n")

    def hang_up(self) -> None:
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)


class Server(ThreadingHTTPServer):
    """Takes each connection in a thread; a client that hangs up first is none of its concern."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


Act = Callable[[Handler], None]


@dataclass
class Script:
    """What the server does, one act a request (the last for all that follow), and what it was asked."""

    acts: list[Act]
    asked: list[Asked] = field(default_factory=list)
    address: str = ""
    over: Event = field(default_factory=Event)


@contextmanager
def playing(*acts: Act) -> Iterator[Script]:
    """A server on a free port of this computer."""
    server = Server(("127.0.0.1", 0), Handler)
    script = Script(list(acts), address=f"http://127.0.0.1:{server.server_port}/v1")
    server.__dict__["script"] = script
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield script
    finally:
        script.over.set()
        server.shutdown()
        server.server_close()
        thread.join()


def free_address() -> str:
    """An address of this computer where nobody answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}/v1"


def chunk(text: str = "", ending: str | None = None, **delta: Any) -> str:
    """A piece of a stream as OpenAI and Mistral send it."""
    told = {"role": "assistant", "content": text, **delta}
    choice = {"index": 0, "delta": told, "finish_reason": ending}
    usage = {"prompt_tokens": 9, "completion_tokens": 9, "total_tokens": 18} if ending else None
    record = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}
    return f"data: {json.dumps({**record, **({'usage': usage} if usage else {})})}\n\n"


def pieces(text: str) -> list[str]:
    """A text cut as models cut it."""
    return [text[start : start + 4] for start in range(0, len(text), 4)] or [""]


def saying(text: str, ending: str = "stop") -> Act:
    def act(handler: Handler) -> None:
        handler.begin()
        for piece in pieces(text):
            handler.write(chunk(piece))
        handler.write(chunk("", ending))
        handler.write("data: [DONE]\n\n")
        handler.end()

    return act


def saying_slowly(text: str, seconds: float) -> Act:
    """Each piece so many seconds after the one before."""

    def act(handler: Handler) -> None:
        handler.begin()
        for piece in pieces(text):
            time.sleep(seconds)
            if not handler.write(chunk(piece)):
                return
        handler.write(chunk("", "stop"))
        handler.write("data: [DONE]\n\n")
        handler.end()

    return act


def failing(status: int, told: str = "no") -> Act:
    def act(handler: Handler) -> None:
        raw = json.dumps({"error": {"message": told, "type": "error"}}).encode()
        handler.send_response(status)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(raw)))
        handler.end_headers()
        handler.wfile.write(raw)

    return act


def breaking_off(text: str) -> Act:
    """Half a stream, then the line is cut in the middle of it."""

    def act(handler: Handler) -> None:
        handler.begin()
        for piece in pieces(text):
            handler.write(chunk(piece))
        handler.hang_up()

    return act


def stopping_short(text: str) -> Act:
    """Half a stream that ends as if it were whole, with no word of why."""

    def act(handler: Handler) -> None:
        handler.begin()
        for piece in pieces(text):
            handler.write(chunk(piece))
        handler.end()

    return act


def refusing() -> Act:
    def act(handler: Handler) -> None:
        handler.begin()
        handler.write(chunk("", None, refusal="I will not answer that."))
        handler.write(chunk("", "stop"))
        handler.write("data: [DONE]\n\n")
        handler.end()

    return act


def silent() -> Act:
    def act(handler: Handler) -> None:
        script: Script = handler.server.__dict__["script"]
        script.over.wait(20)

    return act


def endless(text: str = "on and on ") -> Act:
    def act(handler: Handler) -> None:
        script: Script = handler.server.__dict__["script"]
        handler.begin()
        until = time.monotonic() + 20
        while handler.write(chunk(text)) and not script.over.is_set() and time.monotonic() < until:
            pass

    return act


def babbling() -> Act:
    """A stream that is no stream."""

    def act(handler: Handler) -> None:
        handler.begin()
        handler.write("data: {not json at all\n\n")
        handler.end()

    return act


def ollama(text: str, ending: str | None = "stop") -> Act:
    def act(handler: Handler) -> None:
        handler.begin("application/x-ndjson")
        lines: Iterable[dict[str, Any]] = [
            {"model": "m", "created_at": "2026-01-01T00:00:00Z", "message": {"role": "assistant", "content": piece}}
            for piece in pieces(text)
        ]
        for line in lines:
            handler.write(json.dumps({**line, "done": False}) + "\n")
        if ending:
            last = {"model": "m", "created_at": "2026-01-01T00:00:00Z", "message": {"role": "assistant", "content": ""}}
            handler.write(json.dumps({**last, "done": True, "done_reason": ending}) + "\n")
        handler.end()

    return act


def anthropic(text: str, ending: str = "end_turn") -> Act:
    def act(handler: Handler) -> None:
        handler.begin()
        message = {
            "id": "1", "type": "message", "role": "assistant", "model": "m", "content": [], "stop_reason": None,
            "stop_sequence": None, "usage": {"input_tokens": 9, "output_tokens": 0},
        }  # fmt: skip
        events: list[dict[str, Any]] = [
            {"type": "message_start", "message": message},
            {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}},
            *(
                {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": piece}}
                for piece in pieces(text)
            ),
            {"type": "content_block_stop", "index": 0},
            {
                "type": "message_delta",
                "delta": {"stop_reason": ending, "stop_sequence": None},
                "usage": {"output_tokens": 9},
            },
            {"type": "message_stop"},
        ]
        for event in events:
            handler.write(f"event: {event['type']}\ndata: {json.dumps(event)}\n\n")
        handler.end()

    return act
