"""The shelves of a data folder's workspaces, brought up to date by the documents that came or went since."""

from dataclasses import dataclass
from pathlib import Path

from knowledge.library import catalogue
from knowledge.library.shelf import Row, Shelf, join_rows, set_row


@dataclass(frozen=True, slots=True)
class _Kept:
    """A shelf, the revision of the workspace that it shows, and its documents laid out, by id and digest."""

    revision: int
    rows: dict[tuple[str, str], Row]
    shelf: Shelf


class Shelves:
    """What each workspace can be quoted from, as it is now; whoever uses it lets one thread in at a time.

    Args:
        folder: the data folder.
    """

    def __init__(self, folder: Path) -> None:
        """Lay out nothing yet."""
        self._folder = folder
        self._kept: dict[str, _Kept] = {}

    def shelf(self, workspace: str) -> Shelf:
        """The workspace as it is now; of what was laid out before only new and changed documents are looked at."""
        revision = catalogue.revision(self._folder, workspace)
        kept = self._kept.get(workspace)
        if kept is None or kept.revision != revision:
            before = kept.rows if kept else {}
            rows = {
                (one.id, one.digest): row
                for one in catalogue.list_documents(self._folder, workspace)
                if (row := before.get((one.id, one.digest)) or self._lay_out(workspace, one.id)) is not None
            }
            kept = self._kept[workspace] = _Kept(revision, rows, join_rows(list(rows.values())))
        return kept.shelf

    def _lay_out(self, workspace: str, document: str) -> Row | None:
        """A document laid out; None where it has gone in this moment."""
        record = catalogue.find(self._folder, workspace, document)
        return set_row(record) if record else None
