"""Several files added at once: two are read at a time, and kept in the order in which they were named."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from knowledge.document import Document
from knowledge.faults import LockedFile, UnreadableFile
from knowledge.library.accounts import AddedDocument
from knowledge.library.holdings import USUAL_LIMITS, Library
from knowledge.library.identity import DEFAULT_WORKSPACE
from knowledge.library.store import connect
from knowledge.reading.draft import Limits

READ_AT_ONCE = 2


def add_all(
    library: Library,
    paths: Sequence[Path],
    workspace: str = DEFAULT_WORKSPACE,
    password: str | None = None,
    *,
    limits: Limits = USUAL_LIMITS,
    unlock: Callable[[Path], Document] | None = None,
) -> Iterator[AddedDocument]:
    """Read files and keep them, found by their words; `Library.complete` makes them found by their meaning.

    Args:
        library: where they are kept.
        paths: the files; of two with one name the later stays.
        workspace: whose documents they become.
        password: what opens those that are locked.
        limits: how much is read of each, and for how long.
        unlock: what reads a file that the password does not open, or raises that it cannot; none is needed.

    Yields:
        What became of each file, in their order; one that cannot be read is "failed", has no id and says why.

    Raises:
        BadInput, NoSpace: as `Library.add` does.
    """
    from knowledge.reading.isolation import read_apart  # a third of a second that asking need not wait

    def look(path: Path) -> AddedDocument | Document | UnreadableFile:
        known = library.recognise(path, workspace)
        if known is not None:
            return known
        return _attempt(partial(read_apart, path, password=password, limits=limits))

    # While a connection is open, the others do not write the log back into the file each time they close.
    with connect(library.folder), ThreadPoolExecutor(READ_AT_ONCE) as pool:
        for path, first in zip(paths, pool.map(look, paths), strict=True):
            seen = first
            if isinstance(seen, LockedFile) and unlock is not None:
                seen = _attempt(partial(unlock, path))
            if isinstance(seen, Document):
                yield library.keep(seen, workspace, later=True)
            elif isinstance(seen, UnreadableFile):
                yield AddedDocument("", path.name, 0, 0, "failed", str(seen))
            else:
                yield seen


def _attempt(read: Callable[[], Document]) -> Document | UnreadableFile:
    try:
        return read()
    except UnreadableFile as fault:
        return fault
