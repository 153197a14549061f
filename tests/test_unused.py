"""The room that an index file has beyond its vectors holds nothing."""

import sqlite3
import struct
from contextlib import closing
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from knowledge.library.unused import clear_store, wipe_unused, wipe_written

SIZE = 12


def _index(folder: Path, room: int, used: int, version: int = 1) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "header.bin").write_bytes(struct.pack("<i4Q", version, 0, room, used, SIZE) + b"more of it")
    (folder / "data_level0.bin").write_bytes(b"x" * room * SIZE)
    (folder / "length.bin").write_bytes(b"x" * room * 4)
    return folder


@given(room=st.integers(0, 300), share=st.floats(0, 1))
def test_vectors_stay_and_the_rest_is_zeros(tmp_path_factory: object, room: int, share: float) -> None:
    folder = tmp_path_factory.mktemp("index")  # type: ignore[attr-defined] - pytest's own, which hypothesis lets pass
    used = int(room * share)
    wipe_unused(_index(folder, room, used))
    assert (folder / "data_level0.bin").read_bytes() == b"x" * used * SIZE + bytes((room - used) * SIZE)
    assert (folder / "length.bin").read_bytes() == b"x" * used * 4 + bytes((room - used) * 4)


def test_an_index_of_another_form_is_left_as_it_is(tmp_path: Path) -> None:
    for folder in (_index(tmp_path / "newer", 9, 3, version=2), _index(tmp_path / "odd", 9, 10)):
        wipe_unused(folder)
        assert (folder / "data_level0.bin").read_bytes() == b"x" * 9 * SIZE
    (tmp_path / "empty").mkdir()
    wipe_unused(tmp_path / "empty")


def test_only_what_was_written_since_the_last_time_is_wiped(tmp_path: Path) -> None:
    calm, busy = (_index(tmp_path / name, 9, 3) / "data_level0.bin" for name in ("calm", "busy"))
    wiped = wipe_written(tmp_path, {})
    assert calm.read_bytes() == busy.read_bytes() == b"x" * 3 * SIZE + bytes(6 * SIZE)
    _index(busy.parent, 9, 4)
    again = wipe_written(tmp_path, wiped)
    assert busy.read_bytes() == b"x" * 4 * SIZE + bytes(5 * SIZE)
    assert again[calm] == wiped[calm] == calm.stat().st_mtime_ns
    assert again[busy] == busy.stat().st_mtime_ns


def test_an_index_that_is_no_more_goes(tmp_path: Path) -> None:
    _index(tmp_path / "kept", 4, 4)
    _index(tmp_path / "gone", 4, 4)
    with closing(sqlite3.connect(tmp_path / "chroma.sqlite3")) as database:
        database.executescript("CREATE TABLE segments (id TEXT); INSERT INTO segments VALUES ('kept');")
    clear_store(tmp_path)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["chroma.sqlite3", "kept"]
