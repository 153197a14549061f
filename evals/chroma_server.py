"""A Chroma server of our own, started by `chroma run` on a free port, for measuring and testing."""

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path

STARTING = 30.0  # seconds
PAUSE = 0.2
ENDING = 10.0


@dataclass(frozen=True, slots=True)
class ChromaServer:
    """A server that answers at `address` ("http://127.0.0.1:port"); `process` is its process's id."""

    address: str
    process: int


@contextmanager
def run_chroma(folder: Path) -> Iterator[ChromaServer | None]:
    """A server that keeps its vectors in `folder`, ended afterwards; None where `chroma` is not here or does not start.

    The program is the one installed beside this Python's Chroma.
    """
    program = Path(str(distribution("chromadb").locate_file("../../../bin/chroma"))).resolve()
    if not program.is_file():
        yield None
        return
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(program), "run", "--path", str(folder), "--host", "127.0.0.1", "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - our words
    try:
        yield ChromaServer(f"http://127.0.0.1:{port}", server.pid) if _answers(port, server) else None
    finally:
        server.terminate()
        server.wait(ENDING)


def _answers(port: int, server: "subprocess.Popen[bytes]") -> bool:
    end = time.monotonic() + STARTING
    while time.monotonic() < end and server.poll() is None:
        try:
            with closing(socket.create_connection(("127.0.0.1", port), timeout=1)):
                return True
        except OSError:
            time.sleep(PAUSE)
    return False
