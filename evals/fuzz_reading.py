"""Damaged files by the thousand: each gives a document with true positions or a fault of ours, soon, leaving nothing.

    python -m evals.fuzz_reading [--count 2000] [--seed 1] [--seconds 600] [FILE…]

Without files it takes those of the shared sample and texts of its own. PDFs are read apart, as files of users are,
since what damage does to PDFium could end this process; the rest is read here. It prints what came of them, format by
format, and what was left behind: temporary files, processes, memory.
"""

import argparse
import io
import os
import random
import re
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
from knowledge.reading.draft import Limits
from knowledge.reading.files import read_bytes
from knowledge.reading.isolation import close_servers, read_bytes_apart

_NUMBER = re.compile(rb'(?<=")\d{1,9}(?=")')
_TAG = re.compile(rb"<[a-z]+:?[A-Za-z]+[^<>/]*>")
_LARGE = (b"0", b"-1", b"999999999", b"16384", b"2147483648", b"1e308", b"")
_DEEP = 300
_SOME = 0.1  # of the numbers in a part that are changed
_FEW = 0.002  # of those in a file that is not packed
_DIGITS = re.compile(rb"(?<![\w.])\d{1,7}(?![\w.])")
PAGE = 4096  # bytes
USUAL_LIMITS = Limits(seconds=60)
TEXTS = {
    "plan.html": """<h1>Aims</h1><ul><li>Bread<ol><li>Cake</ol></ul><table><tr><th>Goal<th>Who<tr><td rowspan=2>Bread
<td>Anna<tr><td>Bo</table><p style='display:none'>no</p><p>Every baker speaks two languages by 2030.</p>""",
    "plan.md": """# Aims\n\n1. Bread\n   - Cake\n\n| Goal | Who |\n|---|---|\n| Bread | Anna |\n
> Said *so*.\n\n```\ncode\n```\n""",
    "plan.csv": 'Ziel;Maßnahme;Wer\n"Brot; frisch";Linz;Anna\nKuchen;"Graz\nund Wien";Bo\n',
    "plan.txt": """STRATEGY\n\n1. Our aims\n\n- Bakers go to Lyon.\n- Cooks go to Graz\n  and come back.\n
2. Our means\n\nA boat.\n""",
    "plan.rtf": r"{\rtf1\ansi{\fonttbl\f0 Arial;}\f0\b Aims\b0\par Bakers go to Lyon.\par{\v hidden}\u228 ?}",
}


@dataclass(slots=True)
class Tally:
    """What came of the damaged files: how often each outcome, and the one that took the longest (seconds)."""

    outcomes: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    slowest_seed: int = 0


def damage(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """The file with something of it changed: bytes, chunks, or what a packed file holds."""
    ways: list[Callable[[bytes, bytes, random.Random], bytes]] = [_flip, _cut, _splice, _repeat]
    if data.startswith(b"PK"):
        ways += [_damage_part] * 8 + [_swap_parts, _drop_part]
    else:
        ways += [_grow_numbers, _nest, _change_numbers, _change_numbers]
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


def _change_numbers(data: bytes, _: bytes, chance: random.Random) -> bytes:
    def change(found: re.Match[bytes]) -> bytes:
        return chance.choice(_LARGE) if chance.random() < _FEW else found[0]

    return _DIGITS.sub(change, data)


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


def fuzz(
    files: Sequence[tuple[str, bytes]], count: int, seed: int = 1, seconds: float = float("inf")
) -> dict[str, Tally]:
    """Read `count` damaged versions of the files in turn and tell what came of them, by the ending of their name.

    Args:
        files: names and bytes of whole files.
        count: how many to damage.
        seed: what the damage is drawn from.
        seconds: after which no other is begun.

    Raises:
        Exception: whatever escapes the reading that is no fault of ours; its notes name the file and the seed.
    """
    tallies: dict[str, Tally] = {}
    until = time.monotonic() + seconds
    for number, (name, data) in zip(range(seed, seed + count), _in_turn(files), strict=False):
        if time.monotonic() > until:
            break
        chance = random.Random(number)  # noqa: S311 - damage for a test, not a secret
        damaged = damage(data, chance.choice(files)[1], chance)
        tally = tallies.setdefault(Path(name).suffix, Tally())
        apart = data.startswith(b"%PDF")
        clock = time.monotonic if apart else time.process_time
        started = clock()
        try:
            document = (read_bytes_apart if apart else read_bytes)(damaged, name, limits=USUAL_LIMITS)
            check(document)
            tally.outcomes["read" if document.text else "read, no text"] += 1
        except UnreadableFile as fault:
            tally.outcomes[type(fault).__name__] += 1
        except BaseException as fault:
            fault.add_note(f"file {name}, seed {number}")
            raise
        took = clock() - started
        if took > tally.slowest:
            tally.slowest, tally.slowest_seed = took, number
    return tallies


def _in_turn(files: Sequence[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    while True:
        yield from files


def _is_quick(file: tuple[str, bytes]) -> bool:
    """Whether it is no scan: reading pictures takes seconds a page, and Tesseract does it."""
    try:
        return all(page.source == "text" for page in read_bytes_apart(file[1], file[0]).pages)
    except UnreadableFile:
        return True


def _memory() -> float:
    """Megabytes that this process holds now, on Linux; 0 elsewhere."""
    told = Path("/proc/self/statm")
    return int(told.read_text().split()[1]) * PAGE / 1e6 if told.exists() else 0.0


def _children() -> int:
    told = Path("/proc/self/task", str(os.getpid()), "children")
    return len(told.read_text().split()) if told.exists() else 0


def main(arguments: Sequence[str] | None = None) -> None:
    """Run it and print a line for each format."""
    parser = argparse.ArgumentParser(description="Reads damaged files and tells what came of them.")
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=600)
    chosen = parser.parse_args(arguments)
    samples = [path for path in sorted((FOLDER / "data" / "pdfs").glob("*")) if path.suffix != ".md"]
    files = [(path.name, path.read_bytes()) for path in chosen.files or samples if path.stat().st_size]
    files = (
        files if chosen.files else [*filter(_is_quick, files), *((one, text.encode()) for one, text in TEXTS.items())]
    )
    with tempfile.TemporaryDirectory() as folder:
        tempfile.tempdir = folder
        fuzz(files, len(files), chosen.seed)  # what every format keeps for good is loaded before memory is measured
        before, told = _memory(), _children()
        tallies = fuzz(files, chosen.count, chosen.seed + len(files), chosen.seconds)
        grown, more = _memory() - before, _children() - told
        close_servers()
        left = sorted(path.name for path in Path(folder).iterdir())
        tempfile.tempdir = None
    for ending, tally in sorted(tallies.items()):
        said = ", ".join(f"{name} {number}" for name, number in tally.outcomes.most_common())
        print(f"{ending}: {said}; slowest {tally.slowest:.2f} s (seed {tally.slowest_seed})")
    print(f"files read: {sum(tally.outcomes.total() for tally in tallies.values())}")
    print(f"left: temporary files {len(left)}, processes {more + _children()}, memory {grown:+.0f} MB")


if __name__ == "__main__":
    main()
