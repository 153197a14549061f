"""How documents are told apart: by the name of their file in a workspace, and by its bytes."""

import hashlib
import re
import unicodedata
from pathlib import Path

DEFAULT_WORKSPACE = "default"


def identify_name(name: str) -> str:
    """An id that stays the same for a file's name: readable, safe in a shell, and different for each name."""
    ascii_name = unicodedata.normalize("NFKD", name.rsplit(".", 1)[0]).encode("ascii", "ignore").decode().lower()
    readable = re.sub(r"[^a-z0-9]+", "-", ascii_name)[:40].strip("-")
    return f"{readable}-{_hash(name)[:6]}" if readable else _hash(name)[:6]


def digest_of(path: Path) -> str:
    """The SHA-256 of a file's bytes in hexadecimal; raises OSError where it cannot be read."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
