"""How the school's papers are laid out for search, on disk: their passages, and where each term occurs in them.

A paper is laid out once, by whichever process first has time, and every process reads of it only what a question asks
for. It stands in the catalogue's own file, goes in the same transaction as the paper, and can always be made anew.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.datafile import list_data
from knowledge.document import Span
from knowledge.library.lexical import count_terms, terms_of
from knowledge.library.passages import Passage
from knowledge.library.records import Record
from knowledge.library.store import connect, transact

LAYOUT_VERSION = 1  # raised when papers are cut into other passages, or other terms are found in them
WORDS = ("thesaurus.yaml", "school_life.yaml", "stopwords.yaml")  # the data that decide which terms a text has
PLACE = 8  # bytes: a place in a paper, and how often a term stands there
Counts = NDArray[np.int32]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Filed:
    """A document that is laid out: its number, id and language, its text's digest, its passages' lengths in terms.

    Of the guide, which is held in memory with the digest, it is only noted that it is the guide.
    """

    number: int
    document: str
    digest: str
    language: str
    is_guide: bool
    lengths: Counts


@dataclass(frozen=True, slots=True)
class FiledPassage:
    """A passage without its words: its vector's key, and all else that a `Passage` has."""

    key: str
    span: Span
    page: int
    headings: tuple[str, ...]
    lead_in: str


def file_document(folder: Path, workspace: str, record: Record, passages: Sequence[tuple[str, Passage]] | None) -> None:
    """Lay out a document, unless it is gone, or has changed since.

    Args:
        folder: the data folder.
        workspace: whose document it is.
        record: the document.
        passages: its passages in order, each with its vector's key; None for the guide.
    """
    document, digest, language = record.id, record.document.digest, record.document.language
    counted = count_terms([terms_of(one.in_context, language) for _, one in passages or ()])
    hashes = {term: hash_term(term) for term in counted.numbers}
    names = np.array(list(hashes.values()), np.int64)
    with transact(folder) as database:
        held = database.execute("SELECT digest FROM document WHERE workspace = ? AND id = ?", (workspace, document))
        if held.fetchone() == (digest,):
            unfile(database, workspace, document)
            number = database.execute(
                "INSERT INTO filed (workspace, document, digest, made_by, language, is_guide, lengths, terms) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    workspace, document, digest, made_by(), language, passages is None,
                    counted.lengths.tobytes(), names.tobytes(),
                ),
            ).lastrowid  # fmt: skip
            database.executemany(
                "INSERT INTO passage VALUES (?, ?, ?, ?, ?, ?, ?)",
                [
                    (number, n, key, one.span.start, one.span.end, one.page, json.dumps([one.lead_in, *one.headings]))
                    for n, (key, one) in enumerate(passages or ())
                ],
            )
            pairs = np.stack([counted.texts, counted.counts], axis=1)
            of_workspace = hash_term(workspace)
            database.executemany(
                "INSERT OR IGNORE INTO posting VALUES (?, ?, ?, ?)",
                sorted(
                    (of_workspace, hashes[term], number, pairs[counted.bounds[n] : counted.bounds[n + 1]].tobytes())
                    for term, n in counted.numbers.items()
                ),
            )


def unfile(database: sqlite3.Connection, workspace: str, document: str) -> None:
    """Take a paper's layout away, inside a transaction."""
    place = (workspace, document)
    query = "SELECT number, terms FROM filed WHERE workspace = ? AND document = ?"
    for number, terms in database.execute(query, place).fetchall():
        rows = [(hash_term(workspace), int(term), number) for term in np.frombuffer(terms, np.int64)]
        database.executemany("DELETE FROM posting WHERE workspace = ? AND term = ? AND paper = ?", rows)
        database.execute("DELETE FROM passage WHERE paper = ?", (number,))
    database.execute("DELETE FROM filed WHERE workspace = ? AND document = ?", place)


def list_filed(folder: Path, workspace: str) -> tuple[Filed, ...]:
    """The documents of a workspace that are laid out as this Askwhy does it, in the order of their numbers."""
    query = (
        "SELECT number, document, digest, language, is_guide, lengths FROM filed "
        "WHERE workspace = ? AND made_by = ? ORDER BY number"
    )
    with connect(folder) as database:
        rows = database.execute(query, (workspace, made_by())).fetchall()
    return tuple(
        Filed(number, document, digest, language, bool(is_guide), np.frombuffer(lengths, np.int32))
        for number, document, digest, language, is_guide, lengths in rows
    )


def find_postings(folder: Path, workspace: str, terms: Iterable[str]) -> Mapping[str, tuple[Numbers, Counts]]:
    """For each of some terms the places that have it, one a row: the paper's number; the place there, and how often."""
    query = "SELECT paper, places FROM posting WHERE workspace = ? AND term = ?"
    of_workspace = hash_term(workspace)
    with connect(folder) as database:
        held = {term: database.execute(query, (of_workspace, hash_term(term))).fetchall() for term in terms}
    return {term: _join(rows) for term, rows in held.items()}


def _join(rows: Sequence[tuple[int, bytes]]) -> tuple[Numbers, Counts]:
    """Each paper's places for a term in one array: a common word stands in thousands of papers."""
    papers, blobs = zip(*rows, strict=True) if rows else ((), ())
    sizes = np.fromiter(map(len, blobs), np.int64, len(blobs)) // PLACE
    places = np.frombuffer(b"".join(blobs), np.int32).reshape(-1, 2)
    return np.repeat(np.array(papers, np.int64), sizes), places


def find_keys(folder: Path, keys: Iterable[str]) -> Iterator[tuple[str, int, int]]:
    """For vectors' keys: each with the number of a paper, in any workspace, and the place in it that has that key."""
    query = "SELECT passage.key, paper, place FROM json_each(?) JOIN passage ON passage.key = json_each.value"
    with connect(folder) as database:
        yield from database.execute(query, (json.dumps(list(keys)),)).fetchall()


def list_keys(folder: Path, papers: Iterable[int]) -> Iterator[tuple[str, int, int]]:
    """The keys of all vectors of some papers, each with the number of its paper and a place in it that has it."""
    with connect(folder) as database:
        for paper in papers:
            yield from database.execute("SELECT key, paper, place FROM passage WHERE paper = ?", (paper,)).fetchall()


def read_passages(folder: Path, places: Iterable[tuple[int, int]]) -> tuple[FiledPassage | None, ...]:
    """The passages at some places, each a paper's number and a place in it; None where one has just gone."""
    query = "SELECT key, start, end, page, above FROM passage WHERE paper = ? AND place = ?"
    with connect(folder) as database:
        rows = [database.execute(query, place).fetchone() for place in places]
    return tuple(_passage(*row) if row else None for row in rows)


def _passage(key: str, start: int, end: int, page: int, above: str) -> FiledPassage:
    lead_in, *headings = json.loads(above)
    return FiledPassage(key, Span(start, end), page, tuple(headings), lead_in)


def hash_term(term: str) -> int:
    """What a term is called on disk."""
    return int.from_bytes(hashlib.blake2b(term.encode(), digest_size=8).digest(), "little", signed=True)


@cache
def made_by() -> str:
    """What a layout depends on besides the paper: one that was made otherwise is made anew."""
    marks = [str(LAYOUT_VERSION), version("PyStemmer")]
    marks += [file.read_text("utf-8") for file in list_data("coverage") if file.name in WORDS]
    return hashlib.sha256("\0".join(marks).encode()).hexdigest()[:16]
