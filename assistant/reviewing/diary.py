"""The decision diary: what the manager decided and why, and the last version of each strategy, in one database.

Of a version only its goals, its remarks and the words they quote are kept, to compare the next one with. The database
is an SQLite file in the data folder, or PostgreSQL by its URL. Every call opens its own connection, so threads and
other processes may use the same diary at once.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from assistant.domain import Finding, GuideRef, Quote
from assistant.reviewing.decisions import Act, Decision
from assistant.reviewing.versions import Snapshot, continues
from assistant.spreadsheet import write_csv
from knowledge.document import Span
from knowledge.library.identity import DEFAULT_WORKSPACE

if TYPE_CHECKING:
    from assistant.ledger import Ledger

FILE = "decisions.sqlite"
_DECISIONS = "SELECT number, at, act, subject, words, reason FROM decision WHERE workspace = :workspace"
_OF_VERSIONS = "FROM version WHERE workspace = :workspace"


class Diary:
    """The diary of one workspace.

    Args:
        folder: the data folder; nothing is written there before something is to be kept.
        workspace: whose decisions.
        database: the URL of a PostgreSQL database that keeps the diary instead of the folder.
    """

    def __init__(self, folder: Path, workspace: str = DEFAULT_WORKSPACE, *, database: str | None = None) -> None:
        """Open nothing yet."""
        self._file = folder / FILE
        self._workspace = workspace
        self._database = database

    def keep(self, version: Snapshot) -> int:
        """Keep a version, once however often it is read; gives the number of its lineage."""
        with self._opened() as ledger:
            return self._keep(ledger, version)

    def before(self, version: Snapshot) -> tuple[Snapshot, str] | None:
        """The version before this one with the day it was read, or None where it is the first."""
        with self._read() as ledger:
            lineage, _ = self._find(ledger, version) if ledger else (0, None)
            query = f"SELECT snapshot, at, digest {_OF_VERSIONS} AND lineage = :lineage ORDER BY number DESC"
            rows = self._rows(ledger, query, lineage=lineage)
        digests = [row[2] for row in rows]
        start = digests.index(version.digest) + 1 if version.digest in digests else 0
        return (_read(rows[start][0]), str(rows[start][1])[:10]) if start < len(rows) else None

    def decide(self, version: Snapshot, act: Act, subject: str, words: str, reason: str) -> None:
        """Write a decision down."""
        with self._opened() as ledger:
            ledger.write(
                "INSERT INTO decision (workspace, lineage, at, act, subject, words, reason) "
                "VALUES (:workspace, :lineage, :at, :act, :subject, :words, :reason)",
                workspace=self._workspace, lineage=self._keep(ledger, version), at=_now(), act=act, subject=subject,
                words=words, reason=reason,
            )  # fmt: skip

    def take_back(self, number: int) -> None:
        """Take back one decision by its number; one of another workspace stays."""
        with self._read() as ledger:
            if ledger is not None:
                ledger.write(
                    "DELETE FROM decision WHERE workspace = :workspace AND number = :number",
                    workspace=self._workspace, number=number,
                )  # fmt: skip

    def decisions(self, version: Snapshot) -> tuple[Decision, ...]:
        """What was decided of this document in any of its versions, the oldest first."""
        with self._read() as ledger:
            lineage, _ = self._find(ledger, version) if ledger else (0, None)
            rows = self._rows(ledger, f"{_DECISIONS} AND lineage = :lineage ORDER BY number", lineage=lineage)
        return tuple(_decision(row) for row in rows)

    def entries(self) -> tuple[Decision, ...]:
        """Everything decided in the workspace, the oldest first."""
        with self._read() as ledger:
            return tuple(_decision(row) for row in self._rows(ledger, f"{_DECISIONS} ORDER BY number"))

    def forget(self) -> None:
        """Delete the workspace's decisions and versions, overwritten on disk."""
        with self._read() as ledger:
            if ledger is not None:
                ledger.write("DELETE FROM decision WHERE workspace = :workspace", workspace=self._workspace)
                ledger.write("DELETE FROM version WHERE workspace = :workspace", workspace=self._workspace)

    def _keep(self, ledger: "Ledger", version: Snapshot) -> int:
        lineage, latest = self._find(ledger, version)
        if latest is not None and latest.digest == version.digest:
            return lineage
        number = ledger.rows("SELECT coalesce(max(number), 0) + 1 FROM version")[0][0]
        ledger.write(
            "INSERT INTO version VALUES (:number, :workspace, :lineage, :at, :digest, :snapshot)",
            number=number, workspace=self._workspace, lineage=lineage or number, at=_now(), digest=version.digest,
            snapshot=json.dumps(asdict(version)),
        )  # fmt: skip
        return int(lineage or number)

    def _find(self, ledger: "Ledger", version: Snapshot) -> tuple[int, Snapshot | None]:
        """The lineage a version belongs to, 0 for none, and its latest version."""
        for lineage, kept in self._rows(ledger, f"SELECT lineage, snapshot {_OF_VERSIONS} ORDER BY number DESC"):
            earlier = _read(kept)
            if earlier.digest == version.digest or continues(earlier, version):
                return int(lineage), earlier
        return 0, None

    def _rows(self, ledger: "Ledger | None", query: str, **values: object) -> list[tuple[Any, ...]]:
        return ledger.rows(query, workspace=self._workspace, **values) if ledger else []

    @contextmanager
    def _read(self) -> Iterator["Ledger | None"]:
        """The ledger, or None where nothing was ever kept: then no database is made, and none is loaded."""
        if self._database is None and not self._file.is_file():
            yield None
            return
        with self._opened() as ledger:
            yield ledger

    @contextmanager
    def _opened(self) -> Iterator["Ledger"]:
        from assistant.ledger import open_ledger

        with open_ledger(self._file, self._database) as ledger:
            yield ledger


def write_diary(entries: Sequence[Decision], form: str) -> str:
    """The diary as a table to keep: "md", "csv" or "json"."""
    rows = [[one.at, one.act, one.subject, one.words, one.reason] for one in entries]
    heads = ["at", "act", "subject", "words", "reason"]
    if form == "json":
        return json.dumps([asdict(one) for one in entries], ensure_ascii=False, indent=1) + "\n"
    if form == "csv":
        return write_csv(heads, rows)
    from assistant.reviewing.report import escape_markdown

    lines = [heads, ["---"] * len(heads), *([escape_markdown(cell) for cell in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


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
