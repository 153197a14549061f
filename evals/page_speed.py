"""How soon the web app's page is there after the process starts, beside an empty Gradio app in the same run.

The two take turns, so that a busy machine slows both. The target is 1.3 times the empty app at most.
"""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Sequence
from http import HTTPStatus
from pathlib import Path
from statistics import median
from urllib.error import URLError

from assistant.settings import silence
from evals.figures import Figure

RUNS = 3
PATIENCE = 120.0
PAUSE = 0.02
EMPTY = (
    "import sys, gradio\n"
    "with gradio.Blocks() as page:\n    pass\n"
    "page.launch(server_port=int(sys.argv[1]), quiet=True, ssr_mode=False)\n"
)


def measure(runs: int = RUNS) -> tuple[Figure, ...]:
    """The time to the first page in seconds, and its ratio to the empty app's; medians of `runs`, with their range.

    Raises:
        TimeoutError: if one of the two gives no page within two minutes.
    """
    ours, empty = [], []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(runs):
            empty.append(_time(["-c", EMPTY], folder))
            ours.append(_time(["-m", "assistant.terminal.cli", "--data", folder, "serve", "--port"], folder))
    ratios = [mine / theirs for mine, theirs in zip(ours, empty, strict=True)]
    seconds = _figure("seconds to the first page", ours, median(empty))
    return seconds, _figure("times an empty app's seconds", ratios, 1.0)


def _figure(measured: str, values: Sequence[float], baseline: float) -> Figure:
    return Figure(
        part="page",
        measure=measured,
        cases="this machine, taking turns",
        n=len(values),
        value=median(values),
        low=min(values),
        high=max(values),
        baseline_name="empty Gradio app",
        baseline=baseline,
    )


def _time(words: Sequence[str], folder: str) -> float:
    """Seconds from the start of `python words… PORT` to its first page, read whole."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[1])}
    silence(environment)
    started = time.monotonic()
    with subprocess.Popen(  # noqa: S603 - our own words
        [sys.executable, *words, str(port)],
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            while not _is_there(port):
                if process.poll() is not None or time.monotonic() - started > PATIENCE:
                    raise TimeoutError(f"no page after {time.monotonic() - started:.0f} s: {' '.join(words)}")
                time.sleep(PAUSE)
            return time.monotonic() - started
        finally:
            process.send_signal(signal.SIGTERM)


def _is_there(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=PATIENCE) as answer:
            return bool(answer.status == HTTPStatus.OK and answer.read())
    except (URLError, ConnectionError):
        return False


if __name__ == "__main__":
    for figure in measure():
        print(
            f"{figure.measure}: {figure.value:.2f} ({figure.low:.2f}–{figure.high:.2f}); empty: {figure.baseline:.2f}"
        )
