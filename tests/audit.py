"""Watches a Python process, and those it starts, for every look beyond this machine: look-ups, connections, packets.

A process that is started with `watched_environment` writes one line for each to a record; `read_record` gives them.
Sees what goes through Python's own sockets; tests/test_offline.py also watches the system calls of everything else.
"""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

WATCHED = {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "socket.sendmsg"}
OWN_MACHINE = ("127.", "::1", "localhost", "0.0.0.0", "::ffff:127.")  # noqa: S104 - recognised here, not bound to
RECORD = "record.txt"
HOOK = """import sys
sys.path.insert(0, {tests!r})
import audit
sys.path.remove({tests!r})
audit.watch({record!r})
"""


def watched_environment(folder: Path, environment: Mapping[str, str] | None = None) -> dict[str, str]:
    """An environment (of this process where None is given) whose Python processes are watched from their first line.

    `folder` takes the hook and the record; each watched run wants its own.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / RECORD).touch()
    tests = str(Path(__file__).resolve().parent)
    (folder / "sitecustomize.py").write_text(HOOK.format(tests=tests, record=str(folder / RECORD)))
    given = dict(os.environ if environment is None else environment)
    paths = [str(folder), *filter(None, [given.get("PYTHONPATH")])]
    return {**given, "PYTHONPATH": os.pathsep.join(paths)}


def read_record(folder: Path) -> list[str]:
    """What the processes watched with this folder did beyond this machine: an event and its target a line."""
    return (folder / RECORD).read_text(encoding="utf-8").splitlines()


def watch(record: str) -> None:
    """Write every look of this process beyond this machine to the file `record`, for as long as it lives."""
    sink = os.open(record, os.O_WRONLY | os.O_APPEND)

    def hear(event: str, arguments: tuple[object, ...]) -> None:
        if event in WATCHED:
            target = _target(event, arguments)
            if target and not target.startswith(OWN_MACHINE):
                os.write(sink, f"{event} {target}\n".encode())

    sys.addaudithook(hear)


def _target(event: str, arguments: tuple[object, ...]) -> str:
    """The host that an event speaks of; "" for a socket within this machine or a look-up of no host."""
    if event in {"socket.getaddrinfo", "socket.gethostbyname"}:
        host = arguments[0]
    else:
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else ""
    return host.decode("ascii", "replace") if isinstance(host, bytes) else str(host or "")
