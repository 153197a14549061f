"""The decision diary: what the manager decided and why, and the last version of each strategy, in one SQLite file.

Of a version only its goals, its remarks and the words they quote are kept, to compare the next one with. Every call
opens its own connection, so threads and a second process may use the same folder at once.
"""

import csv
import io
import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from assistant.domain import Finding, GuideRef, Quote
from assistant.reviewing.decisions import Act, Decision
from assistant.reviewing.versions import Snapshot, continues
from knowledge.document import Span
from knowledge.faults import ForeignData, NoSpace

FILE = "decisions.sqlite"
PATIENCE = 30.0  # seconds to wait for another process that is writing
_APPLICATION = 0x41736B44  # "AskD"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS version (
    number INTEGER PRIMARY KEY, workspace TEXT NOT NULL, lineage INTEGER NOT NULL, at TEXT NOT NULL,
    digest TEXT NOT NULL, snapshot TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS decision (
    number INTEGER PRIMARY KEY, workspace TEXT NOT NULL, lineage INTEGER NOT NULL, at TEXT NOT NULL, act TEXT NOT NULL,
    subject TEXT NOT NULL, words TEXT NOT NULL, reason TEXT NOT NULL
);
"""
_DECISIONS = "SELECT number, at, act, subject, words, reason FROM decision WHERE workspace = ?"


class Diary:
    """The diary of one workspace in a data folder.

    Args:
        folder: the data folder; nothing is written there before something is to be kept.
        workspace: whose decisions.
    """

    def __init__(self, folder: Path, workspace: str = "default") -> None:
        """Open nothing yet."""
        self._folder = folder
        self._workspace = workspace

    def keep(self, version: Snapshot) -> int:
        """Keep a version, once however often it is read; gives the number of its lineage."""
        lineage, latest = self._find(version)
        if latest is not None and latest.digest == version.digest:
            return lineage
        with self._opened() as database:
            number = database.execute("SELECT coalesce(max(number), 0) + 1 FROM version").fetchone()[0]
            values = (number, self._workspace, lineage or number, _now(), version.digest, json.dumps(asdict(version)))
            database.execute("INSERT INTO version VALUES (?, ?, ?, ?, ?, ?)", values)
            return int(lineage or number)

    def before(self, version: Snapshot) -> tuple[Snapshot, str] | None:
        """The version before this one with the day it was read, or None where it is the first."""
        lineage, _ = self._find(version)
        rows = self._rows(
            "SELECT snapshot, at, digest FROM version WHERE workspace = ? AND lineage = ? ORDER BY number DESC", lineage
        )
        digests = [row[2] for row in rows]
        start = digests.index(version.digest) + 1 if version.digest in digests else 0
        return (_read(rows[start][0]), str(rows[start][1])[:10]) if start < len(rows) else None

    def decide(self, version: Snapshot, act: Act, subject: str, words: str, reason: str) -> None:
        """Write a decision down."""
        lineage = self.keep(version)
        columns = "workspace, lineage, at, act, subject, words, reason"
        values = (self._workspace, lineage, _now(), act, subject, words, reason)
        with self._opened() as database:
            database.execute(f"INSERT INTO decision ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?)", values)  # noqa: S608 - our own words

    def undo(self, version: Snapshot, act: Act, subject: str, words: str) -> None:
        """Take back what was decided of these words last."""
        lineage, _ = self._find(version)
        with self._opened() as database:
            database.execute(
                "DELETE FROM decision WHERE number = (SELECT max(number) FROM decision "
                "WHERE workspace = ? AND lineage = ? AND act = ? AND subject = ? AND words = ?)",
                (self._workspace, lineage, act, subject, words),
            )

    def decisions(self, version: Snapshot) -> tuple[Decision, ...]:
        """What was decided of this document in any of its versions, the oldest first."""
        lineage, _ = self._find(version)
        rows = self._rows(f"{_DECISIONS} AND lineage = ? ORDER BY number", lineage)
        return tuple(_decision(row) for row in rows)

    def entries(self) -> tuple[Decision, ...]:
        """Everything decided in the workspace, the oldest first."""
        return tuple(_decision(row) for row in self._rows(f"{_DECISIONS} ORDER BY number"))

    def forget(self) -> None:
        """Delete the workspace's decisions and versions, overwritten on disk."""
        with self._opened() as database:
            database.execute("DELETE FROM decision WHERE workspace = ?", (self._workspace,))
            database.execute("DELETE FROM version WHERE workspace = ?", (self._workspace,))

    def _find(self, version: Snapshot) -> tuple[int, Snapshot | None]:
        """The lineage a version belongs to, 0 for none, and its latest version."""
        rows = self._rows("SELECT lineage, snapshot FROM version WHERE workspace = ? ORDER BY number DESC")
        for lineage, kept in rows:
            earlier = _read(kept)
            if earlier.digest == version.digest or continues(earlier, version):
                return int(lineage), earlier
        return 0, None

    def _rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        if not (self._folder / FILE).is_file():
            return []
        with self._opened() as database:
            return database.execute(query, (self._workspace, *values)).fetchall()

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self._folder / FILE, timeout=PATIENCE, isolation_level=None)) as database:
                made_by = database.execute("PRAGMA application_id").fetchone()[0]
                if made_by not in {0, _APPLICATION}:
                    raise self._foreign("it was not made by Askwhy")
                database.execute("PRAGMA secure_delete = ON")
                database.executescript(_SCHEMA)
                database.execute(f"PRAGMA application_id = {_APPLICATION}")
                yield database
        except (sqlite3.OperationalError, OSError) as fault:
            what = f"the diary cannot be written ({fault})"
            raise NoSpace(str(self._folder), what, "Free some space or choose another data folder.") from fault
        except sqlite3.DatabaseError as fault:
            raise self._foreign("it is damaged or not a diary") from fault

    def _foreign(self, what: str) -> ForeignData:
        return ForeignData(str(self._folder / FILE), what, "Move this file away, or choose another data folder.")


def write_diary(entries: Sequence[Decision], form: str) -> str:
    """The diary as a table to keep: "md", "csv" or "json"."""
    rows = [[one.at, one.act, one.subject, one.words, one.reason] for one in entries]
    heads = ["at", "act", "subject", "words", "reason"]
    if form == "json":
        return json.dumps([asdict(one) for one in entries], ensure_ascii=False, indent=1) + "\n"
    if form == "csv":
        written = io.StringIO()
        csv.writer(written).writerows([heads, *([_tame(cell) for cell in row] for row in rows)])
        return written.getvalue()
    from assistant.reviewing.report import escape_markdown

    lines = [heads, ["---"] * len(heads), *([escape_markdown(cell) for cell in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _tame(cell: str) -> str:
    """A cell that begins like a formula would be one in a spreadsheet."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@"} else cell


def _decision(row: tuple[Any, ...]) -> Decision:
    return Decision(row[0], row[1], cast("Act", row[2]), *row[3:])


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _read(kept: str) -> Snapshot:
    data = json.loads(kept)
    return Snapshot(
        data["name"],
        data["digest"],
        data["total"],
        tuple(_quote(one) for one in data["goals"]),
        tuple(
            Finding(**{**one, "quote": _quote(one["quote"]), "guide": GuideRef(**one["guide"])})
            for one in data["findings"]
        ),
    )


def _quote(data: dict[str, Any]) -> Quote:
    return Quote(data["text"], Span(**data["span"]), data["page"])
