"""A server of ours, a window in which complaints and requests are noted, and what a manager does in it."""

import os
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from conftest import ROOT
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, expect

SCREENSHOTS = ROOT / ".artifacts" / "screenshots"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 30_000


@dataclass
class Server:
    """One `askwhy serve` on a port and a data folder of its own, which can be started again."""

    data: Path
    port: int
    process: "subprocess.Popen[str] | None" = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def start(self) -> None:
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "assistant.terminal.cli",
                "--data",
                str(self.data),
                "serve",
                "--port",
                str(self.port),
            ],
            cwd=self.data,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == f"{self.address}\n"

    def stop(self) -> int:
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=20)


@dataclass
class Watched:
    """A browser window, with what went wrong in it and what it asked of others than our server."""

    page: Page
    errors: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)


def find_port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def watch(context: BrowserContext, server: Server) -> Watched:
    """A new window whose complaints and requests are noted."""
    watched = Watched(context.new_page())

    def note_error(message: ConsoleMessage) -> None:
        # Gradio asks how far an upload is; one that is already done is unknown there, which is no fault.
        if message.type == "error" and "/upload_progress?" not in message.location["url"]:
            watched.errors.append(f"{message.text} {message.location['url']}")

    def note_request(request: Request) -> None:
        if not request.url.startswith((server.address, "data:", "blob:")):
            watched.outside.append(request.url)

    watched.page.on("console", note_error)
    watched.page.on("pageerror", lambda error: watched.errors.append(str(error)))
    watched.page.on("request", note_request)
    return watched


def show_tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name).click()


def photograph(page: Page, name: str) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.wait_for_timeout(400)
    page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)


def upload(page: Page, zone: str, file: Path) -> None:
    expect(page.locator(zone)).to_contain_text("Drop File Here")  # what was there before is gone
    page.locator(f"{zone} input[type=file]").set_input_files(file)


def say(page: Page, words: str) -> None:
    page.get_by_placeholder("Write here").fill(words)
    page.get_by_role("button", name="Send").click()
