"""Damaged files by the thousand: each gives a document with true positions or a fault of ours, soon, leaving nothing.

    python -m evals.fuzz_reading [--count 2000] [--seed 1] [FILE…]

Without files it takes those of the shared sample that are no PDF. It prints what came of them, format by format.
"""

import argparse
import io
import random
import re
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from evals.shared import FOLDER
from knowledge.document import Document
from knowledge.faults import UnreadableFile
from knowledge.reading.files import read_bytes

_NUMBER = re.compile(rb'(?<=")\d{1,9}(?=")')
_TAG = re.compile(rb"<[a-z]+:?[A-Za-z]+[^<>/]*>")
_LARGE = (b"0", b"-1", b"999999999", b"16384", b"2147483648", b"1e308", b"")
_DEEP = 300
_SOME = 0.1  # of the numbers in a part that are changed


@dataclass(slots=True)
class Tally:
    """What came of the damaged files: how often each outcome, and the one that took the longest (CPU seconds)."""

    outcomes: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    slowest_seed: int = 0


def damage(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """The file with something of it changed: bytes, chunks, or what a packed file holds."""
    ways: list[Callable[[bytes, bytes, random.Random], bytes]] = [_flip, _cut, _splice, _repeat]
    if data.startswith(b"PK"):
        ways += [_damage_part] * 8 + [_swap_parts, _drop_part]
    else:
        ways += [_grow_numbers, _nest]
    return chance.choice(ways)(data, other, chance)


def _flip(data: bytes, _: bytes, chance: random.Random) -> bytes:
    damaged = bytearray(data)
    for _place in range(chance.choice([1, 8, 64])):
        damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
    return bytes(damaged)


def _cut(data: bytes, _: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(1, len(data))]


def _splice(data: bytes, other: bytes, chance: random.Random) -> bytes:
    at, start = chance.randrange(len(data)), chance.randrange(len(other))
    return data[:at] + other[start : start + chance.randrange(2000)] + data[at + chance.randrange(2000) :]


def _repeat(data: bytes, _: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + data[at : at + chance.randrange(1, 400)] * chance.choice([2, 50]) + data[at:]


def _grow_numbers(data: bytes, _: bytes, chance: random.Random) -> bytes:
    return _NUMBER.sub(lambda found: chance.choice(_LARGE) if chance.random() < _SOME else found[0], data)


def _nest(data: bytes, _: bytes, chance: random.Random) -> bytes:
    tags = list(_TAG.finditer(data))
    if not tags:
        return data
    tag = chance.choice(tags)
    return data[: tag.start()] + tag[0] * chance.choice([2, 20, _DEEP]) + data[tag.start() :]


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, words in parts.items():
            archive.writestr(name, words)
    return out.getvalue()


def _damage_part(data: bytes, other: bytes, chance: random.Random) -> bytes:
    parts = _parts(data)
    name = chance.choice([name for name in parts if name.endswith((".xml", ".rels")) and parts[name]])
    way = chance.choice([_flip, _cut, _splice, _repeat, _grow_numbers, _grow_numbers, _nest, _nest])
    parts[name] = way(parts[name], other, chance)
    return _packed(parts)


def _swap_parts(data: bytes, _: bytes, chance: random.Random) -> bytes:
    parts = _parts(data)
    one, two = chance.choice(list(parts)), chance.choice(list(parts))
    parts[one], parts[two] = parts[two], parts[one]
    return _packed(parts)


def _drop_part(data: bytes, _: bytes, chance: random.Random) -> bytes:
    parts = _parts(data)
    del parts[chance.choice(list(parts))]
    return _packed(parts)


def check(document: Document) -> None:
    """Hold a document to what every one promises: blocks in order, cells inside them, and no white space around words.

    Raises:
        ValueError: if one does not keep it.
    """
    place = 0
    for block in document.blocks:
        spans = [block.span, *(cell.span for cell in block.cells)]
        quotes = [document.quote(span) for span in spans]
        if block.span.start < place or any(not quote or quote != quote.strip() for quote in quotes):
            raise ValueError(f"{document.name}: a block or cell is not where its words are: {quotes[0]!r}")
        if not all(block.span.contains(span) for span in spans):
            raise ValueError(f"{document.name}: a cell lies outside its row")
        place = block.span.end


def fuzz(files: Sequence[tuple[str, bytes]], count: int, seed: int = 1) -> dict[str, Tally]:
    """Read `count` damaged versions of the files in turn and tell what came of them, by the ending of their name.

    Raises:
        Exception: whatever escapes the reading that is no fault of ours; its notes name the file and the seed.
    """
    tallies: dict[str, Tally] = {}
    for number, (name, data) in zip(range(seed, seed + count), _in_turn(files), strict=False):
        chance = random.Random(number)  # noqa: S311 - damage for a test, not a secret
        damaged = damage(data, chance.choice(files)[1], chance)
        tally = tallies.setdefault(Path(name).suffix, Tally())
        started = time.process_time()
        try:
            document = read_bytes(damaged, name)
            check(document)
            tally.outcomes["read" if document.text else "read, no text"] += 1
        except UnreadableFile as fault:
            tally.outcomes[type(fault).__name__] += 1
        except BaseException as fault:
            fault.add_note(f"file {name}, seed {number}")
            raise
        took = time.process_time() - started
        if took > tally.slowest:
            tally.slowest, tally.slowest_seed = took, number
    return tallies


def _in_turn(files: Sequence[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    while True:
        yield from files


def main(arguments: Sequence[str] | None = None) -> None:
    """Run it and print a line for each format."""
    parser = argparse.ArgumentParser(description="Reads damaged files and tells what came of them.")
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(arguments)
    samples = sorted((FOLDER / "data" / "pdfs").glob("*"))
    paths = chosen.files or [path for path in samples if path.suffix in {".docx", ".odt", ".xlsx"}]
    if not paths:
        sys.exit("There are no files to damage: name some.")
    with tempfile.TemporaryDirectory() as folder:
        tempfile.tempdir = folder
        tallies = fuzz([(path.name, path.read_bytes()) for path in paths], chosen.count, chosen.seed)
        left = sorted(path.name for path in Path(folder).iterdir())
        tempfile.tempdir = None
    for ending, tally in tallies.items():
        said = ", ".join(f"{name} {number}" for name, number in tally.outcomes.most_common())
        print(f"{ending}: {said}; slowest {tally.slowest:.2f} s of CPU (seed {tally.slowest_seed})")
    print(f"temporary files left: {len(left)}")


if __name__ == "__main__":
    main()
