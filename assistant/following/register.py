"""The register of what a workspace follows, kept in the ledger beside the decisions."""

from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.following.followed import Followed, Reading
from assistant.indicator import Indicator
from assistant.reviewing.diary import FILE
from knowledge.faults import BadInput, EmptyText, OversizedText
from knowledge.library.identity import DEFAULT_WORKSPACE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.ledger import Ledger

MOST_SIGNS = 2000  # of a goal or a note; a figure is shorter
MOST_FIGURE = 200
_INSERT = (
    "INSERT INTO followed (workspace, number, since, goal, indicator, name, unit, language, baseline, target) VALUES "
    "(:workspace, :number, :since, :goal, :indicator, :name, :unit, :language, :baseline, :target)"
)
_SELECT = (
    "SELECT number, since, goal, indicator, name, unit, language, baseline, target FROM followed "
    "WHERE workspace = :workspace ORDER BY number"
)
_NEXT_FOLLOWED = "SELECT coalesce(max(number), 0) + 1 FROM followed"
_NEXT_READING = "SELECT coalesce(max(number), 0) + 1 FROM reading"


class Register:
    """What one workspace follows. Every call opens its own connection: threads and processes may share it.

    Args:
        folder: the data folder; nothing is written there before something is followed.
        workspace: whose indicators.
        database: the URL of a PostgreSQL database that keeps them instead of the folder.
    """

    def __init__(self, folder: Path, workspace: str = DEFAULT_WORKSPACE, *, database: str | None = None) -> None:
        """Open nothing yet."""
        self._file = folder / FILE
        self._workspace = workspace
        self._database = database

    def follow(self, goal: str, indicator: Indicator, language: str, baseline: str, target: str, today: date) -> int:
        """Follow an indicator for a goal; where it is followed already, take over what is said of its ends.

        Returns:
            Its number.

        Raises:
            EmptyText, OversizedText: the goal has no word, or one of the texts is too long.
            NoSpace, ForeignData, LibraryFault: as opening the ledger does.
        """
        if not goal.strip():
            remedy = "Write the goal that this indicator is for."
            raise EmptyText("the goal", "there is nothing in it", remedy, key="no_goal")
        _refuse_long("the goal", goal, MOST_SIGNS)
        for where, words in (("today’s figure", baseline), ("the figure aimed at", target)):
            _refuse_long(where, words, MOST_FIGURE)
        with self._opened() as ledger:
            known = ledger.rows(
                "SELECT number FROM followed WHERE workspace = :workspace AND goal = :goal AND indicator = :indicator",
                workspace=self._workspace, goal=goal.strip(), indicator=indicator.id,
            )  # fmt: skip
            if known:
                number = int(known[0][0])
                ledger.write(
                    "UPDATE followed SET baseline = :baseline, target = :target WHERE number = :number",
                    number=number, baseline=baseline.strip(), target=target.strip(),
                )  # fmt: skip
                return number
            number = int(ledger.rows(_NEXT_FOLLOWED)[0][0])
            ledger.write(
                _INSERT,
                workspace=self._workspace, number=number, since=today.isoformat(), goal=goal.strip(),
                indicator=indicator.id, name=indicator.name,
                unit=indicator.formula.unit if indicator.formula else "", language=language,
                baseline=baseline.strip(), target=target.strip(),
            )  # fmt: skip
            return number

    def record(self, number: int, day: date, words: str, note: str = "") -> None:
        """Keep what was read of an indicator on a day; a second reading of that day takes the first one's place.

        Raises:
            EmptyText, OversizedText: nothing was read, or too much written.
            BadInput: this workspace follows no indicator of that number.
        """
        if not words.strip():
            remedy = "Write what you counted or heard."
            raise EmptyText("the figure", "there is nothing in it", remedy, key="no_figure")
        _refuse_long("the figure", words, MOST_FIGURE)
        _refuse_long("the note", note, MOST_SIGNS)
        with self._opened() as ledger:
            self._demand(ledger, number)
            ledger.write(
                "DELETE FROM reading WHERE workspace = :workspace AND followed = :followed AND day = :day",
                workspace=self._workspace, followed=number, day=day.isoformat(),
            )  # fmt: skip
            ledger.write(
                "INSERT INTO reading (number, workspace, followed, day, words, note) "
                "VALUES (:number, :workspace, :followed, :day, :words, :note)",
                number=ledger.rows(_NEXT_READING)[0][0], workspace=self._workspace, followed=number,
                day=day.isoformat(), words=words.strip(), note=note.strip(),
            )  # fmt: skip

    def take_back(self, reading: int) -> None:
        """Delete a reading; one of another workspace stays."""
        with self._opened() as ledger:
            ledger.write(
                "DELETE FROM reading WHERE workspace = :workspace AND number = :number",
                workspace=self._workspace, number=reading,
            )  # fmt: skip

    def drop(self, number: int) -> None:
        """No longer follow an indicator; its readings are deleted with it.

        Raises:
            BadInput: this workspace follows no indicator of that number.
        """
        with self._opened() as ledger:
            self._demand(ledger, number)
            values = {"workspace": self._workspace, "number": number}
            ledger.write("DELETE FROM reading WHERE workspace = :workspace AND followed = :number", **values)
            ledger.write("DELETE FROM followed WHERE workspace = :workspace AND number = :number", **values)

    def entries(self) -> tuple[Followed, ...]:
        """What the workspace follows, goal by goal in the order they came."""
        if not self._exists():
            return ()
        with self._opened() as ledger:
            rows = ledger.rows(_SELECT, workspace=self._workspace)
            read = ledger.rows(
                "SELECT followed, number, day, words, note FROM reading WHERE workspace = :workspace ORDER BY day",
                workspace=self._workspace,
            )
        readings: dict[int, list[Reading]] = {}
        for one in read:
            readings.setdefault(one[0], []).append(Reading(one[1], date.fromisoformat(one[2]), *one[3:]))
        followed = [_read(row, tuple(readings.get(row[0], ()))) for row in rows]
        goals = list(dict.fromkeys(one.goal for one in followed))
        return tuple(sorted(followed, key=lambda one: goals.index(one.goal)))

    def forget(self) -> None:
        """Delete all that the workspace follows, overwritten on disk."""
        if self._exists():
            with self._opened() as ledger:
                ledger.write("DELETE FROM reading WHERE workspace = :workspace", workspace=self._workspace)
                ledger.write("DELETE FROM followed WHERE workspace = :workspace", workspace=self._workspace)

    def _demand(self, ledger: "Ledger", number: int) -> None:
        query = "SELECT 1 FROM followed WHERE workspace = :workspace AND number = :number"
        if not ledger.rows(query, workspace=self._workspace, number=number):
            remedy = "See what is with `askwhy follow list`."
            raise BadInput(f"indicator {number}", "it is not followed here", remedy, key="not_followed")

    def _exists(self) -> bool:
        """Whether anything was ever kept: else no database is made, and none is loaded."""
        return self._database is not None or self._file.is_file()

    @contextmanager
    def _opened(self) -> "Iterator[Ledger]":
        from assistant.ledger import open_ledger

        with open_ledger(self._file, self._database) as ledger:
            yield ledger


def _read(row: "Sequence[Any]", readings: tuple[Reading, ...]) -> Followed:
    number, since, goal, indicator, name, unit, language, baseline, target = row
    day = date.fromisoformat(since)
    return Followed(number, day, goal, indicator, name, unit, language, baseline, target, readings)


def _refuse_long(where: str, words: str, most: int) -> None:
    if len(words) > most:
        what = f"it has more than {most} signs"
        raise OversizedText(where, what, "Write it shorter.", key="many_signs", most=most)
