"""Where what the manager decides and follows is kept: one SQLite file, or a PostgreSQL database, through SQLAlchemy.

A transaction takes the whole ledger, so that two programs which write at once come one after the other; neither sees
half of what the other wrote. Words deleted from the file are overwritten on disk.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Column, Connection, Engine, Integer, MetaData, Table, Text, create_engine, event, text
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.pool import NullPool

from knowledge.faults import ForeignData, LibraryFault, NoSpace

PATIENCE = 30.0  # seconds to wait for another process that is writing
_SERVER_PATIENCE = 10  # seconds for the database server to answer
_MADE_BY = 0x41736B44  # "AskD"
_LINES = MetaData()
Table(
    "version", _LINES,
    Column("number", Integer, primary_key=True), Column("workspace", Text, nullable=False),
    Column("lineage", Integer, nullable=False), Column("at", Text, nullable=False),
    Column("digest", Text, nullable=False), Column("snapshot", Text, nullable=False),
)  # fmt: skip
Table(
    "decision", _LINES,
    Column("number", Integer, primary_key=True), Column("workspace", Text, nullable=False),
    Column("lineage", Integer, nullable=False), Column("at", Text, nullable=False),
    Column("act", Text, nullable=False), Column("subject", Text, nullable=False),
    Column("words", Text, nullable=False), Column("reason", Text, nullable=False),
)  # fmt: skip
Table(
    "followed", _LINES,
    Column("number", Integer, primary_key=True), Column("workspace", Text, nullable=False),
    Column("since", Text, nullable=False), Column("goal", Text, nullable=False),
    Column("indicator", Text, nullable=False), Column("name", Text, nullable=False),
    Column("unit", Text, nullable=False), Column("language", Text, nullable=False),
    Column("baseline", Text, nullable=False), Column("target", Text, nullable=False),
)  # fmt: skip
Table(
    "reading", _LINES,
    Column("number", Integer, primary_key=True), Column("workspace", Text, nullable=False),
    Column("followed", Integer, nullable=False), Column("day", Text, nullable=False),
    Column("words", Text, nullable=False), Column("note", Text, nullable=False),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ledger:
    """An open transaction; queries name their values as `:name`."""

    connection: Connection

    def rows(self, query: str, **values: object) -> list[tuple[Any, ...]]:
        """What a query finds."""
        return [tuple(row) for row in self.connection.execute(text(query), values)]

    def write(self, statement: str, **values: object) -> None:
        """Carry out a statement that changes lines."""
        self.connection.execute(text(statement), values)


@contextmanager
def open_ledger(file: Path, database: str | None = None) -> Iterator[Ledger]:
    """Open the file, which is made where it is not there, or the database at a `postgresql://` URL instead.

    Raises:
        ForeignData: the file is damaged, or was made by another program.
        NoSpace: the folder cannot be written to.
        LibraryFault: the database server does not answer or refuses.
    """
    if database:
        with _told_of_server(database):
            engine = create_engine(
                "postgresql+psycopg:" + database.partition(":")[2],
                poolclass=NullPool,
                connect_args={"connect_timeout": _SERVER_PATIENCE},
            )
            with engine.begin() as connection:
                connection.execute(text(f"SELECT pg_advisory_xact_lock({_MADE_BY})"))
                _LINES.create_all(connection)
                yield Ledger(connection)
        return
    with _told_of_file(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        place = URL.create("sqlite", database=str(file))  # in a URL of words, a "?" in the path would end it
        engine = create_engine(place, poolclass=NullPool, connect_args={"timeout": PATIENCE})
        _take_whole_file(engine)
        with engine.begin() as connection:
            made_by = connection.execute(text("PRAGMA application_id")).scalar_one()
            if made_by not in {0, _MADE_BY}:
                raise _foreign(file, "it was not made by Askwhy")
            _LINES.create_all(connection)
            connection.execute(text(f"PRAGMA application_id = {_MADE_BY}"))
            yield Ledger(connection)


def _take_whole_file(engine: Engine) -> None:
    """Begin each transaction as the only writer: by itself the driver would first take part as a reader."""

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _: object) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA secure_delete = ON")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


@contextmanager
def _told_of_file(file: Path) -> Iterator[None]:
    try:
        yield
    except (OperationalError, OSError) as fault:
        what = f"the diary cannot be written ({getattr(fault, 'orig', fault)})"
        raise NoSpace(str(file.parent), what, "Free some space or choose another data folder.") from fault
    except DatabaseError as fault:
        raise _foreign(file, "it is damaged or not a diary") from fault


@contextmanager
def _told_of_server(database: str) -> Iterator[None]:
    from assistant.asking.checkpoints import name_database

    try:
        yield
    except DatabaseError as fault:
        what = f"the database cannot be used ({str(fault.orig).splitlines()[0]})"
        raise LibraryFault(name_database(database), what, "Check ASKWHY_DATABASE and the server.") from fault


def _foreign(file: Path, what: str) -> ForeignData:
    return ForeignData(str(file), what, "Move this file away, or choose another data folder.")
