"""The web app: `serve` puts the page on a local address. Gradio is loaded there, not before."""

import os
import signal
import socket
import sys
import tempfile
import threading
from contextlib import redirect_stdout, suppress
from importlib.resources import as_file, files

from assistant.settings import Settings, silence
from knowledge.faults import NoSpace, PortInUse
from knowledge.library.identity import DEFAULT_WORKSPACE

__all__ = ["serve"]


def serve(settings: Settings, *, example: bool = False, mcp: bool = False, workspace: str = DEFAULT_WORKSPACE) -> None:
    """Serve the page until the process is told to stop, and print its address once it is there.

    Args:
        settings: host, port (0 for any free one), data folder and largest upload.
        example: whether the page opens with the example strategy.
        workspace: whose papers, talks and decisions the page shows.
        mcp: whether other programs may use the same functions over MCP, at the address with /gradio_api/mcp/.

    Raises:
        PortInUse: if another program listens there, or the host is not this machine's.
        NoSpace: if there is no room for uploads.
    """
    port = _free_port(settings.host, settings.port)
    with _uploads_folder() as uploads:
        silence(os.environ)
        os.environ["GRADIO_TEMP_DIR"] = uploads
        tempfile.tempdir = uploads
        _bypass_proxies(settings.host)
        _run(settings, port, workspace, example=example, mcp=mcp)


def _uploads_folder() -> "tempfile.TemporaryDirectory[str]":
    """A folder of our own for uploads and downloads, open to this user alone; it goes when the app stops."""
    try:
        return tempfile.TemporaryDirectory(prefix="askwhy-", ignore_cleanup_errors=True)
    except OSError as fault:
        place = tempfile.tempdir or "the folder for temporary files"
        raise NoSpace(place, f"it cannot be written ({fault.strerror})", "Make room on the disk.") from fault


def _run(settings: Settings, port: int, workspace: str, *, example: bool, mcp: bool) -> None:
    from assistant.app.page import build_page
    from assistant.app.theme import style, theme
    from assistant.app.wiring import tell_full_disk
    from assistant.app.workplace import Workplace

    stopped = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopped.set())
    workplace = Workplace(settings, workspace)
    page = build_page(workplace, example=example, mcp=mcp)
    with as_file(files("assistant.app") / "icon.png") as icon:
        try:
            with redirect_stdout(sys.stderr):
                page.launch(
                    server_name=settings.host,
                    server_port=port,
                    prevent_thread_lock=True,
                    quiet=True,
                    share=False,
                    ssr_mode=False,
                    mcp_server=mcp,
                    footer_links=[],
                    run_history=False,
                    enable_monitoring=False,
                    favicon_path=str(icon),
                    max_file_size=settings.max_upload,
                    app_kwargs={"exception_handlers": {OSError: tell_full_disk(workplace.say)}},
                    theme=theme(),
                    head=style(),
                )
        except OSError as fault:
            raise _taken(settings.host, port) from fault
        sys.stdout.write(f"http://{_written(settings.host)}:{port}/\n")
        sys.stdout.flush()
        try:
            stopped.wait()
        finally:
            with suppress(RuntimeError), redirect_stdout(sys.stderr):
                page.close(verbose=False)
            workplace.close()


def _free_port(host: str, port: int) -> int:
    """`port`, or any free one for 0, seen to be free; this takes no time, and loading Gradio takes seconds."""
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            return int(probe.getsockname()[1])
    except (OSError, OverflowError) as fault:
        raise _taken(host, port) from fault


def _taken(host: str, port: int) -> PortInUse:
    return PortInUse(
        f"{host}, port {port}",
        "another program uses it, or it is not this computer's to give",
        "Stop that program, or choose another with --port, such as --port 7861.",
    )


def _bypass_proxies(host: str) -> None:
    """Gradio calls its own page once; with a proxy set for this computer, that call must not go through it."""
    for name in ("NO_PROXY", "no_proxy"):
        kept = [one for one in os.environ.get(name, "").split(",") if one]
        os.environ[name] = ",".join(dict.fromkeys([*kept, "127.0.0.1", "localhost", host]))


def _written(host: str) -> str:
    return f"[{host}]" if ":" in host else host
