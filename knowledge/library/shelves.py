"""What a data folder's workspaces can be quoted from, brought up to date by the documents that came or went since."""

from dataclasses import dataclass
from pathlib import Path

from knowledge.library import catalogue
from knowledge.library.papers import Papers, open_papers
from knowledge.library.shelf import Shelf, build_shelf


@dataclass(frozen=True, slots=True)
class Holding:
    """A workspace at one revision: the guide or its digest on a shelf, and the school's own papers."""

    revision: int
    shelf: Shelf
    papers: Papers

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing but the digest, whose vectors are known."""
        return not self.papers.size and not self.shelf.layout.texts


class Shelves:
    """What each workspace can be quoted from, as it is now; whoever uses it lets one thread in at a time.

    Args:
        folder: the data folder.
    """

    def __init__(self, folder: Path) -> None:
        """Open nothing yet."""
        self._folder = folder
        self._kept: dict[str, Holding] = {}

    def holding(self, workspace: str) -> Holding:
        """The workspace as it is now; the guide and the digest are laid out here, the papers are on disk."""
        revision = catalogue.revision(self._folder, workspace)
        kept = self._kept.get(workspace)
        if kept is None or kept.revision != revision:
            listed = catalogue.list_documents(self._folder, workspace)
            papers, guides = open_papers(self._folder, workspace, listed)
            found = [catalogue.find(self._folder, workspace, one) for one in guides]
            shelf = build_shelf([record for record in found if record is not None])
            kept = self._kept[workspace] = Holding(revision, shelf, papers)
        return kept
