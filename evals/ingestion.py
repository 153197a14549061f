"""Adding files, beside the textbook pipeline, on the same files in the same run, each in a process of its own.

The clock starts when a pipeline has loaded its model and has been through one sentence, as an app that runs has: the
textbook's has embedded it, ours has added it and looked for it by its words. Then the library grows: pages of drawn
words, with drawn vectors, since the model costs the same for each page however many there are; what is measured is all
else that adding does.
`python -m evals.ingestion` prints the table, `… growth 10000` the growth to so many pages; `… FOLDER FILE…` is the
child process that adds files to our library and prints a line of JSON.
"""

import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from resource import RUSAGE_SELF, getrusage

import numpy as np

from evals.figures import Figure
from evals.shared import FOLDER
from knowledge.document import Block, Document, Page, Span
from knowledge.identification import identify_language
from knowledge.library import catalogue
from knowledge.library.adding import add_all
from knowledge.library.embeddings import NamedEmbeddings
from knowledge.library.filing import file_document
from knowledge.library.holdings import Library
from knowledge.library.index import VectorIndex
from knowledge.library.meaning import Meaning
from knowledge.library.papers import count_asked
from knowledge.library.records import Record
from knowledge.library.shelf import paper_passages, passage_texts
from knowledge.library.shelves import Shelves
from knowledge.library.store import hold, prepare
from knowledge.reading.isolation import close_servers, prepare_to_read

ROOT = Path(__file__).resolve().parents[1]
KILOBYTE = 1024
PAUSE = 0.05  # seconds between two looks at the memory
ENGLISH = ("m02-long-ncdpi-running-headers", "m03-three-column-carey", "r04-government-data-model-tables",
           "r14-multicolumn", "r16-two-column-paper")  # fmt: skip
OTHERS = 8  # files in other languages than English
SIZES = (10, 100, 1000)  # pages; `python -m evals.ingestion growth 10000` goes on
PAGES_A_FILE, PARAGRAPHS, WORDS = 10, 6, 60
QUESTION = "Which goals does the school have?"
TEXTBOOK = "textbook pipeline"


def measure() -> tuple[Figure, ...]:
    """Speed and memory beside the textbook pipeline, and the cost of a page as the library grows."""
    figures: list[Figure] = []
    for name, paths in (("English PDF files", _english()), ("files in other languages", _others())):
        if paths:
            figures += _compare(f"shared sample, {name}", paths)
    return (*figures, *measure_growth(SIZES))


def _english() -> list[Path]:
    found = [FOLDER / "data" / "pdfs" / f"{name}.pdf" for name in ENGLISH]
    return [path for path in found if path.is_file()]


def _others() -> list[Path]:
    texts = sorted((FOLDER / "data" / "strategies").glob("*.txt"))
    return [path for path in texts if identify_language(path.read_text("utf-8")[-2000:]) != "en"][:OTHERS]


def _compare(cases: str, paths: Sequence[Path]) -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        textbook = _run("evals.textbook_ingestion", Path(folder, "textbook"), paths)
        ours = _run("evals.ingestion", Path(folder, "ours"), paths)
    pages = ours["pages"]

    def figure(measured: str, value: float, baseline: float) -> Figure:
        return Figure("library", measured, cases, int(pages), value, value, value, TEXTBOOK, baseline)

    return [
        figure("pages read a second", pages / ours["read"], textbook["pages"] / textbook["read"]),
        figure("seconds until searchable by words", ours["searchable"], textbook["indexed"]),
        figure("seconds until fully indexed", ours["indexed"], textbook["indexed"]),
        figure("seconds to add the unchanged files again", ours["again"], textbook["indexed"]),
        figure("seconds to load the model", ours["load"], textbook["load"]),
        figure("megabytes of memory at most", ours["memory"], textbook["memory"]),
    ]


def _run(module: str, folder: Path, paths: Sequence[Path]) -> Mapping[str, float]:
    """What a pipeline tells, with the most memory that it and the processes it started held together."""
    words = [sys.executable, "-m", module, str(folder), *map(str, paths)]
    most = 0.0
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True) as running:  # noqa: S603 - our own words
        while running.poll() is None:
            most = max(most, _memory(running.pid))
            time.sleep(PAUSE)
        said = running.stdout.read() if running.stdout else ""
    if running.returncode:
        raise RuntimeError(f"{module} ended with {running.returncode}")
    told: dict[str, float] = json.loads(said.splitlines()[-1])
    return {**told, "memory": max(most, told["memory"])}


def _memory(root: int) -> float:
    """Megabytes of a process, and of those under it what they do not share with others; 0 where Linux does not tell."""
    if not Path(f"/proc/{root}/smaps_rollup").exists():
        return 0.0
    return (_told(root, "Rss") + sum(_told(one, "Pss") for one in _under(root))) / KILOBYTE


def _under(process: int) -> list[int]:
    try:
        children = [int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text("ascii").split()]
    except OSError:  # it has just ended
        return []
    return [*children, *(below for child in children for below in _under(child))]


def _told(process: int, measured: str) -> int:
    """Kilobytes of one kind of memory; 0 for a process that has ended."""
    try:
        rows = Path(f"/proc/{process}/smaps_rollup").read_text("ascii").splitlines()
    except OSError:
        return 0
    return next((int(row.split()[1]) for row in rows if row.startswith(f"{measured}:")), 0)


def add_files(folder: Path, paths: Sequence[Path]) -> dict[str, float]:
    """Seconds until the model is loaded, the files are found by their words, and by their meaning; then once more."""
    started = time.perf_counter()
    prepare_to_read()
    library = Library(folder)
    warm = folder / "warm.txt"
    warm.write_text("Half of the apprentices go abroad.", encoding="utf-8")
    library.add(warm, "warm")
    _search_by_words(Shelves(folder), QUESTION, "warm")
    loaded = time.perf_counter()
    added = tuple(add_all(library, paths))
    read = time.perf_counter()
    close_servers()
    _search_by_words(Shelves(folder), QUESTION)
    searchable = time.perf_counter()
    library.complete()
    indexed = time.perf_counter()
    for path in paths:
        library.add(path)
    again = time.perf_counter()
    return {
        "load": loaded - started,
        "pages": sum(one.pages for one in added),
        "read": read - loaded,
        "searchable": searchable - loaded,
        "indexed": indexed - loaded,
        "again": again - indexed,
        "memory": getrusage(RUSAGE_SELF).ru_maxrss / KILOBYTE,
    }


def _search_by_words(shelves: Shelves, question: str, workspace: str = "default") -> None:
    held, asked = shelves.holding(workspace), count_asked(question, "en")
    held.papers.scores(held.papers.find(asked), asked, held.shelf.lexical)


class Drawn(NamedEmbeddings):
    """Vectors drawn at random, of length 1: no model's."""

    def embed_documents(self, texts: Sequence[str]) -> list[list[float]]:
        """One vector a text."""
        rows = np.random.default_rng(len(texts)).normal(size=(len(texts), 384))
        drawn: list[list[float]] = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).tolist()
        return drawn

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question."""
        return self.embed_documents([text])[0]


def measure_growth(sizes: Sequence[int]) -> list[Figure]:
    """Milliseconds of processor time for each page of the file that brings the library to so many pages.

    Beside it those of the first question after that, as far as words go: the shelf brought up to date, and BM25.
    """
    costs: dict[int, tuple[float, float]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        meaning = Meaning(folder, Drawn("drawn", "drawn"), VectorIndex(folder), prepare(folder))
        catalogue.save(folder, "warm", Record("warm", _document("warm", "A page."), 1), ["warm"])
        meaning.complete("warm")
        shelves = Shelves(folder)
        draw = random.Random(2017)  # noqa: S311 - the same pages each time, nothing secret
        for number in range(1, max(sizes) // PAGES_A_FILE + 1):
            document = _drawn_document(f"file-{number}", draw)
            started = time.process_time()
            passages = paper_passages(document)
            texts = passage_texts(document, passages)
            record = Record(document.name, document, len(texts))
            with hold(folder):
                catalogue.save(folder, "default", record, texts)
                file_document(folder, "default", record, passages)
                meaning.complete("default", document.name)
            added = time.process_time()
            pages = number * PAGES_A_FILE
            if pages in sizes or pages + PAGES_A_FILE in sizes:  # the shelf is laid out once before, as in daily use
                found = time.process_time()
                _search_by_words(shelves, document.text[:WORDS])
                costs[pages] = ((added - started) / PAGES_A_FILE, time.process_time() - found)
    measures = ("milliseconds to add a page", "milliseconds to search by words after that")
    return [_growth(measured, size, costs[size][at], costs[min(sizes)][at]) for at, measured in enumerate(measures)
            for size in sizes]  # fmt: skip


def _growth(measured: str, size: int, seconds: float, first: float) -> Figure:
    value = 1000 * seconds
    cases = f"{size:,} pages, drawn vectors"
    return Figure("library", measured, cases, PAGES_A_FILE, value, value, value, "at the first size", 1000 * first)


def _drawn_document(name: str, draw: random.Random) -> Document:
    words = ["".join(draw.choices("abdeiklmnoprstu", k=draw.randint(2, 9))) for _ in range(400)]
    pages = [
        "\n\n".join(" ".join(draw.choices(words, k=WORDS)).capitalize() + "." for _ in range(PARAGRAPHS))
        for _ in range(PAGES_A_FILE)
    ]
    return _document(name, *pages)


def _document(name: str, *pages: str) -> Document:
    text, spans, blocks = "", [], []
    for page in pages:
        start = len(text)
        for paragraph in page.split("\n\n"):
            blocks.append(Block("paragraph", Span(len(text), len(text) + len(paragraph))))
            text += paragraph + "\n\n"
        spans.append(Span(start, len(text)))
    numbered = tuple(Page(number, span, "text") for number, span in enumerate(spans, start=1))
    return Document(name, text, numbered, tuple(blocks), "en", name)


def main(words: Sequence[str]) -> None:
    """Print the whole table, the growth alone, or, as the child process, what adding files took."""
    if words[:1] == ["growth"] or not words:
        for one in measure_growth(sorted({*SIZES, int(words[1])})) if words else measure():
            print(f"{one.cases}: {one.measure} {one.value:.2f} ({one.baseline_name}: {one.baseline:.2f})")
    else:
        print(json.dumps(add_files(Path(words[0]), [Path(name) for name in words[1:]])))


if __name__ == "__main__":
    main(sys.argv[1:])
