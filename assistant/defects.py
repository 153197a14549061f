"""Defects of ours, not faults of a file or a word: the traceback to the log, one line to the manager."""

import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType


def tell_defect(log: Path, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Write a defect of ours with its traceback to `log`, and one line to the screen that says where it is."""
    told = "".join(traceback.format_exception(kind, error, trace))
    line = f"Something went wrong inside Askwhy, and it is not your doing ({kind.__name__})."
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(f"{datetime.now(UTC).isoformat(timespec='seconds')}\n{told}\n")
    except OSError as failure:
        print(f"{line} The details could not be kept: {log} cannot be written ({failure.strerror}).", file=sys.stderr)
    else:
        print(f"{line} The details are in {log}; please report them.", file=sys.stderr)
