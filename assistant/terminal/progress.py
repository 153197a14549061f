"""How far a piece of work is, on a terminal: one line that is written over."""

import sys
from collections.abc import Callable


def telling(what: str) -> Callable[[int, int], None] | None:
    """Tells how much is done, of how many; None where standard error is no terminal."""

    def tell(done: int, total: int) -> None:
        if total:
            sys.stderr.write(f"\r{done} of {total} {what}" + "\n" * (done == total))
            sys.stderr.flush()

    return tell if sys.stderr.isatty() else None
