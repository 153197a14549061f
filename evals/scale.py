"""How long a question takes, and how much memory, as a library grows; embedded Chroma, and a Chroma server.

Passages of drawn words, with vectors drawn around the digest's own, are stored as the library stores what it embeds.
Then a process of its own opens the library with the real model and asks it our questions by `Library.search`, so
what is timed is what a manager waits for: embedding the question, the vectors of passages (of a small library held in
memory, of a larger one asked of Chroma), and the rest, which is words (BM25, laid out on disk) and ranking.
`python -m evals.scale` prints the table, `… --whole` up to 200,000 passages, `… 20000` up to so many; `… ask FOLDER
[ADDRESS]` is the process that asks, and `… grow FOLDER 20000` lets a library in a folder grow to so many, in several
goes if need be.
"""

import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import NamedTuple
from unittest.mock import patch
from zlib import crc32

import numpy as np

from evals.chroma_server import ChromaServer, run_chroma
from evals.figures import Figure, bootstrap_interval
from evals.questions import load_questions
from knowledge.digest import load_digest
from knowledge.document import Block, Document, Page, Span
from knowledge.library import catalogue
from knowledge.library.embeddings import NamedEmbeddings, open_embeddings
from knowledge.library.filing import file_document
from knowledge.library.holdings import Library
from knowledge.library.identity import DEFAULT_WORKSPACE
from knowledge.library.index import VectorIndex
from knowledge.library.keys import load_vectors
from knowledge.library.meaning import Meaning
from knowledge.library.nearby import Nearby
from knowledge.library.records import Record
from knowledge.library.shelf import paper_passages, passage_texts
from knowledge.library.store import hold, prepare

ROOT = Path(__file__).resolve().parents[1]
SIZES = (100, 1_000, 5_000)
ON_SERVER = (100, 5_000)  # without the middle, so that all of it takes about a minute
WHOLE = (*SIZES, 20_000, 50_000, 100_000, 200_000)
A_FILE, A_PAGE = 100, 4  # passages
SHORTEST, LONGEST = 400, 850  # characters of a passage: neither joined with the next nor cut
MADE_UP, MADE_UP_WORDS = 0.3, 20_000  # the share of words that are no English ones, and how many there are
SPREAD = 0.45  # noise added to a vector of length 1: likeness 0.75 to 0.9, as e5's passages have among themselves
QUESTIONS = 30
SEED = 2017
KILOBYTE, MILLISECONDS = 1024, 1000
EMBEDDED, SERVER = "embedded Chroma", "Chroma server"
Lengths = Mapping[str, Sequence[float]]


class Drawn(NamedEmbeddings):
    """Vectors drawn around the digest's, under a real model's name, so that the library takes them for its own."""

    def __init__(self, model: NamedEmbeddings) -> None:
        """Take the name, and the vectors of the digest that come with the package."""
        super().__init__(model.name, model.identity)
        self._centres = load_vectors(model)

    def embed_documents(self, texts: Sequence[str]) -> list[list[float]]:
        """One vector a text: the same for the same texts, whatever they mean."""
        draw = np.random.default_rng(crc32("".join(texts).encode()))
        centres = self._centres[draw.integers(len(self._centres), size=len(texts))]
        noise = draw.normal(size=centres.shape) * SPREAD / centres.shape[1] ** 0.5
        rows = centres + noise
        drawn: list[list[float]] = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).tolist()
        return drawn

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question."""
        return self.embed_documents([text])[0]


def measure(
    sizes: Sequence[int] = SIZES,
    on_server: Sequence[int] = ON_SERVER,
    say: Callable[[str], None] = lambda _: None,
) -> tuple[Figure, ...]:
    """Latency and memory at each size, embedded and, where `chroma run` starts here, on a server.

    Args:
        sizes: in passages, ascending, multiples of a hundred.
        on_server: the same, for the server.
        say: told what was measured of each size as soon as it is.
    """
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as name:
        figures += _measure_growth(EMBEDDED, Path(name), None, sizes, say)
    with tempfile.TemporaryDirectory() as name, run_chroma(Path(name, "server")) as server:
        if server is not None:
            figures += _measure_growth(SERVER, Path(name, "data"), server, on_server, say)
    return tuple(figures)


def _measure_growth(
    store: str, folder: Path, server: ChromaServer | None, sizes: Sequence[int], say: Callable[[str], None]
) -> Iterator[Figure]:
    growing = grow(folder, server.address if server else None)
    found: dict[int, Lengths] = {}
    for size in sizes:
        while next(growing) < size:
            pass
        found[size] = _ask_apart(folder, server)
        told = ", ".join(f"{name} {median(values):.1f}" for name, values in found[size].items())
        say(f"{store}, {size:,} passages, medians: {told}")
    return _tell(store, found)


def grow(folder: Path, address: str | None = None) -> Iterator[int]:
    """Add files to a library, without end; how many passages it has now, and after each.

    Args:
        folder: the library's.
        address: of the Chroma server that keeps its vectors, or None to keep them in the folder.
    """
    draw = random.Random(SEED)  # noqa: S311 - the same passages each time, nothing secret
    words = [word for entry in load_digest() for word in entry.text.split()]
    made_up = ["".join(draw.choices("abdeiklmnoprstu", k=draw.randint(3, 11))) for _ in range(MADE_UP_WORDS)]
    meaning = Meaning(folder, Drawn(open_embeddings()), VectorIndex(folder, address), prepare(folder))
    meaning.complete(DEFAULT_WORKSPACE)  # of a file that an ended process had begun
    passages = sum(one.passages for one in catalogue.list_documents(folder, DEFAULT_WORKSPACE))
    while True:
        yield passages
        draw.seed(SEED + passages)
        document = _draw_document(f"file-{passages:06}", partial(_draw_passage, draw, words, made_up))
        cut = paper_passages(document)
        texts = passage_texts(document, cut)
        record = Record(document.name, document, len(texts))
        with hold(folder):
            catalogue.save(folder, DEFAULT_WORKSPACE, record, texts)
            file_document(folder, DEFAULT_WORKSPACE, record, cut)
            meaning.complete(DEFAULT_WORKSPACE, document.name)
        passages += len(texts)


def _draw_passage(draw: random.Random, words: Sequence[str], made_up: Sequence[str]) -> str:
    """Words as often as in running text, and rare ones, up to a drawn length."""
    length = draw.randint(SHORTEST, LONGEST)
    kinds = draw.choices((made_up, words), (MADE_UP, 1 - MADE_UP), k=length // 2)  # a word has a letter at least
    text = " ".join(kind[int(draw.random() * len(kind))] for kind in kinds)
    return text[: length - 1].rstrip(" .:") + "."


def _draw_document(name: str, draw: Callable[[], str]) -> Document:
    text, blocks, starts = "", [], []
    for number in range(A_FILE):
        if number % A_PAGE == 0:
            starts.append(len(text))
        passage = draw()
        blocks.append(Block("paragraph", Span(len(text), len(text) + len(passage))))
        text += passage + "\n\n"
    ends = [*starts[1:], len(text)]
    pages = tuple(Page(n, Span(*ends_of), "text") for n, ends_of in enumerate(zip(starts, ends, strict=True), start=1))
    return Document(name, text, pages, tuple(blocks), "en", name)


def _ask_apart(folder: Path, server: ChromaServer | None) -> Lengths:
    words = [sys.executable, "-m", "evals.scale", "ask", str(folder), *([server.address] if server else [])]
    done = subprocess.run(words, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603 - our own words
    told: dict[str, list[float]] = json.loads(done.stdout.splitlines()[-1])
    return {**told, "server memory": [_megabytes(server.process)]} if server else told


def ask(folder: Path, address: str | None = None) -> Lengths:
    """Milliseconds of each of our questions, whole and in parts, when asked of the library in a folder.

    Returns:
        "whole", "embedding" and "nearest": of each question; "rest": what the two leave of the whole; "processor":
        what the process's own threads worked meanwhile; "first": seconds to the first answer with the model loaded;
        "memory": megabytes in the end.
    """
    library, parts = Library(folder, chroma=address), _Parts()
    questions = [one.text for one in load_questions() if one.language == "en"][:QUESTIONS]
    library.warm_up()
    loaded = time.perf_counter()
    library.search(questions[0])
    first = time.perf_counter() - loaded
    whole, processor = [], []
    with parts.timing(type(open_embeddings()), "read_question"), parts.timing(Nearby, "near"):
        for question in questions:
            begun, worked = time.perf_counter(), time.process_time()
            library.search(question, language="en")
            whole.append(MILLISECONDS * (time.perf_counter() - begun))
            processor.append(MILLISECONDS * (time.process_time() - worked))
    embedding, nearest = parts.took["read_question"], parts.took["near"]
    rest = [all_of - one - other for all_of, one, other in zip(whole, embedding, nearest, strict=True)]
    told = {"whole": whole, "processor": processor, "embedding": embedding, "nearest": nearest, "rest": rest}
    return {**told, "first": [first], "memory": [_megabytes("self")]}


class _Parts:
    """Milliseconds of each call of the methods that are timed, by their names."""

    def __init__(self) -> None:
        self.took: dict[str, list[float]] = {}

    @contextmanager
    def timing(self, owner: type, name: str) -> Iterator[None]:
        """Let a method tell how long it took, each time it is called."""
        method, took = getattr(owner, name), self.took.setdefault(name, [])

        def timed(*given: object) -> object:
            begun = time.perf_counter()
            try:
                return method(*given)
            finally:
                took.append(MILLISECONDS * (time.perf_counter() - begun))

        with patch.object(owner, name, timed):
            yield


def _megabytes(process: int | str) -> float:
    """What a process holds in memory now; 0 where Linux does not tell."""
    status = Path(f"/proc/{process}/status")
    rows = status.read_text("utf-8").splitlines() if status.is_file() else []
    return next((int(row.split()[1]) / KILOBYTE for row in rows if row.startswith("VmRSS:")), 0.0)


def _late(values: Sequence[float]) -> float:
    return quantiles(values, n=20)[-1]


class _Measure(NamedTuple):
    """What is made of one of the lists that `ask` tells, and how that is called."""

    name: str
    told: str
    of: Callable[[Sequence[float]], float]


EACH = (
    _Measure("milliseconds a question, median", "whole", median),
    _Measure("milliseconds a question, 95th of a hundred", "whole", _late),
    _Measure("processor milliseconds a question, median", "processor", median),
    _Measure("megabytes of the process that asks", "memory", median),
    _Measure("megabytes of the Chroma server", "server memory", median),
)
PARTS = (
    _Measure("milliseconds to embed the question, median", "embedding", median),
    _Measure("milliseconds for the nearest vectors, median", "nearest", median),
    _Measure("milliseconds for words and ranking, median", "rest", median),
    _Measure("seconds to a process's first answer, model loaded", "first", median),
)


def _tell(store: str, found: Mapping[int, Lengths]) -> Iterator[Figure]:
    """Latency and memory at each size beside the first; at the last the parts too, and how much all has grown."""
    first, last = min(found), max(found)
    for size, told in found.items():
        for one in (*EACH, *PARTS) if size == last else EACH:
            if one.told in told:
                values = told[one.told]
                low, high = bootstrap_interval(values, one.of) if len(values) > 1 else (values[0], values[0])
                cases = f"{store}, {size:,} passages"
                yield Figure("scale", one.name, cases, len(values), one.of(values), low, high, f"at {first:,} passages",
                             one.of(found[first][one.told]))  # fmt: skip
    for one in EACH:
        before = one.of(found[first].get(one.told, [0.0]))
        if before and last > first:
            grown = one.of(found[last][one.told]) / before
            cases = f"{store}, {first:,} to {last:,} passages"
            yield Figure("scale", f"growth of {one.name}", cases, len(found[last][one.told]), grown, grown, grown,
                         "growth of passages", last / first)  # fmt: skip


def main(words: Sequence[str]) -> None:
    """Print the table, or, as the process that asks, what asking took."""
    if words[:1] == ["ask"]:
        print(json.dumps(ask(Path(words[1]), words[2] if len(words) > 2 else None)))  # noqa: PLR2004 - the address
        return
    if words[:1] == ["grow"]:
        for passages in grow(Path(words[1])):
            print(passages, flush=True)
            if passages >= int(words[2]):
                return
    most = max(WHOLE) if words == ["--whole"] else int(words[0]) if words else max(SIZES)
    sizes = [size for size in WHOLE if size <= most]
    figures = measure(sizes, sizes if words else ON_SERVER, partial(print, flush=True))
    for one in figures:
        print(f"{one.cases}: {one.measure} {one.value:.2f} ({one.baseline_name}: {one.baseline:.2f})")


if __name__ == "__main__":
    main(sys.argv[1:])
