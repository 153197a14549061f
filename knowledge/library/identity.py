"""How documents are told apart: by the name of their file in a workspace, and by its bytes."""

import hashlib
import re
import unicodedata
from pathlib import Path

from knowledge.faults import BadInput

DEFAULT_WORKSPACE = "default"
WORKSPACE_LENGTH = 100


def check_workspace(name: str) -> None:
    """See that a workspace can have this name.

    Raises:
        BadInput: if it is empty or too long.
    """
    if not name.strip() or len(name) > WORKSPACE_LENGTH:
        remedy = f"Give it a name of 1 to {WORKSPACE_LENGTH} characters."
        raise BadInput("workspace", "its name is empty or too long", remedy)


def identify_name(name: str) -> str:
    """An id that stays the same for a file's name: readable, safe in a shell, and different for each name."""
    ascii_name = unicodedata.normalize("NFKD", name.rsplit(".", 1)[0]).encode("ascii", "ignore").decode().lower()
    readable = re.sub(r"[^a-z0-9]+", "-", ascii_name)[:40].strip("-")
    return f"{readable}-{_hash(name)[:6]}" if readable else _hash(name)[:6]


def make_legible(name: str) -> str:
    """A file's name as it can be written down: a question mark for each byte of it that is no letter in UTF-8."""
    return name.encode("utf-8", "replace").decode()


def digest_of(path: Path) -> str:
    """The SHA-256 of a file's bytes in hexadecimal; raises OSError where it cannot be read."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _hash(text: str) -> str:
    # A file's name may hold bytes that are no letters, which stand in it as halves of characters.
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
