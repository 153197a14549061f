"""Several files added at once: two are read at a time, and kept in the order in which they were named."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path

from knowledge.document import Document
from knowledge.faults import LockedFile, UnreadableFile
from knowledge.library.accounts import AddedDocument
from knowledge.library.holdings import USUAL_LIMITS, Library, limit_filing
from knowledge.library.identity import DEFAULT_WORKSPACE
from knowledge.library.store import hold
from knowledge.reading.draft import Limits

READ_AT_ONCE = 2
BEGUN_AHEAD = 8  # files, so that few documents wait in memory for their turn
Begun = AddedDocument | Future[Document | UnreadableFile] | None


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
    with hold(library.folder), ThreadPoolExecutor(READ_AT_ONCE) as pool:

        def read(path: Path) -> Document | UnreadableFile:
            from knowledge.reading.isolation import read_apart  # a third of a second that asking need not wait

            return _attempt(partial(read_apart, path, password=password, limits=limit_filing(limits)))

        def begin(path: Path) -> Begun:
            known = library.recognise(path, workspace)
            if known is None and _is_read_apart(path):
                return pool.submit(read, path)
            return known

        names: set[str] = set()
        for path, begun in _begin_ahead(paths, begin):
            known = begun if isinstance(begun, AddedDocument) else None
            if path.name in names:  # what was known of it may since be known of another
                known = library.recognise(path, workspace)
            names.add(path.name)
            if known is not None:
                yield known
                continue
            seen = begun.result() if isinstance(begun, Future) else read(path)
            if isinstance(seen, LockedFile) and unlock is not None:
                seen = _attempt(partial(unlock, path))
            if isinstance(seen, Document):
                yield library.keep(seen, workspace, later=True)
            else:
                yield AddedDocument("", path.name, 0, 0, "failed", str(seen))


def _begin_ahead(paths: Sequence[Path], begin: Callable[[Path], Begun]) -> Iterator[tuple[Path, Begun]]:
    """Each file with what came of beginning with it, which is done some files ahead."""
    ahead: deque[tuple[Path, Begun]] = deque()
    for path in paths:
        ahead.append((path, begin(path)))
        if len(ahead) > BEGUN_AHEAD:
            yield ahead.popleft()
    yield from ahead


def _is_read_apart(path: Path) -> bool:
    """Whether a file is read by a process of its own, so that it can be read while this one is busy."""
    from knowledge.reading.isolation import HEAD, is_read_apart  # a third of a second, as above

    try:
        with path.open("rb") as file:
            return is_read_apart(file.read(HEAD))
    except (OSError, ValueError):
        return False  # reading it will say why


def _attempt(read: Callable[[], Document]) -> Document | UnreadableFile:
    try:
        return read()
    except UnreadableFile as fault:
        return fault
