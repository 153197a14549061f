"""What Chroma leaves in its files of what was deleted, wiped.

hnswlib makes its file with room for more vectors than there are and writes that room as it lay in memory, with whatever
was freed there: vectors of documents long removed, too. Unused places are never read, and are cleared by hnswlib itself
before they are used, so zeros do them no harm. Chroma writes an index not only when vectors change: the first question
to a small collection after its store is opened has it written anew.
"""

import shutil
import sqlite3
import struct
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

# Version, an offset, how many vectors there is room for, how many there are, bytes of each.
_HEADER = struct.Struct("<i4Q")
_LENGTH = 4  # bytes of a vector's length, in a file of their own
_VERSION = 1
CHROMA_FILE = "chroma.sqlite3"
_HEADER_FILE, _VECTORS, _LENGTHS = "header.bin", "data_level0.bin", "length.bin"
_CHUNK = 1 << 20


def clear_store(store: Path) -> None:
    """Rid a store of Chroma's, which must be closed, of all that was deleted from it.

    Its database is written anew without the pages that it would keep; indexes that are no more go; the unused places
    of the others are wiped.
    """
    with closing(sqlite3.connect(store / CHROMA_FILE)) as file:
        file.execute("VACUUM")
        known = {str(row[0]) for row in file.execute("SELECT id FROM segments")}
    for folder in [one for one in store.iterdir() if one.is_dir()]:
        if folder.name in known:
            wipe_unused(folder)
        else:
            shutil.rmtree(folder)


def wipe_written(store: Path, wiped: Mapping[Path, int]) -> dict[Path, int]:
    """Wipe the unused places of a store's indexes that were written since they were last wiped; it may be open.

    Given and returned is when the vectors' file of each index was last written to, in nanoseconds of its file system.
    """
    files = [folder.parent / _VECTORS for folder in store.glob(f"*/{_HEADER_FILE}")]
    for file in files:
        if file.is_file() and wiped.get(file) != file.stat().st_mtime_ns:
            wipe_unused(file.parent)
    return {file: file.stat().st_mtime_ns for file in files if file.is_file()}


def wipe_unused(folder: Path) -> None:
    """Write zeros into the places of an index that hold no vector; one that is not as we know it is left as it is."""
    header = folder / _HEADER_FILE
    read = header.read_bytes()[: _HEADER.size] if header.is_file() else b""
    if len(read) < _HEADER.size:
        return
    version, _, room, used, size = _HEADER.unpack(read)
    if version == _VERSION and used <= room:
        for name, each in ((_VECTORS, size), (_LENGTHS, _LENGTH)):
            _wipe(folder / name, used * each, room * each)


def _wipe(file: Path, start: int, end: int) -> None:
    """Write zeros from `start` to `end`, where the file ends."""
    if not file.is_file() or file.stat().st_size != end:
        return
    with file.open("r+b") as opened:
        opened.seek(start)
        while start < end:
            start += opened.write(bytes(min(end - start, _CHUNK)))
