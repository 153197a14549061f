"""Text from pictures of pages, by Tesseract, a program of its own that need not be there."""

import io
import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

PROGRAM = "tesseract"
# ISO 639-1 codes, and what Tesseract calls the same languages.
TRAINED = {
    "en": "eng",
    "fi": "fin",
    "da": "dan",
    "nl": "nld",
    "de": "deu",
    "hu": "hun",
    "fr": "fra",
    "es": "spa",
    "it": "ita",
}
INSTALL = (
    "Install Tesseract to have scans read: apt-get install tesseract-ocr tesseract-ocr-fin … (Debian), "
    "brew install tesseract tesseract-lang (macOS)."
)
DPI = 300
_BLANK = re.compile(r"\s+")
_WORD_LEVEL = "5"
_INK = 40  # shades of 255 between the lightest and the darkest spot of a page that has something on it


class OcrFailed(Exception):
    """Tesseract could not read the picture, or not in time."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a picture says: its lines, paragraphs parted by a blank one, and how sure Tesseract is of them, 0 to 1."""

    text: str
    confidence: float


@cache
def ocr_languages() -> frozenset[str]:
    """The codes of the languages whose data Tesseract has here; none where there is no Tesseract."""
    program = shutil.which(PROGRAM)
    if program is None:
        return frozenset()
    command = [program, "--list-langs"]
    listed = subprocess.run(command, capture_output=True, text=True, check=False).stdout.split()  # noqa: S603 - ours
    return frozenset(code for code, name in TRAINED.items() if name in listed)


def has_ink(picture: "Image") -> bool:
    """Whether there is anything on the page: light spots and dark ones."""
    counts = picture.convert("L").histogram()
    shades = [shade for shade, count in enumerate(counts) if count]
    return shades[-1] - shades[0] >= _INK


def read_picture(picture: "Image", language: str, *, dpi: float = DPI, seconds: float = 60.0) -> Reading:
    """The words on a picture of a page.

    Args:
        picture: the page, upright or nearly so.
        language: one of `ocr_languages()`.
        dpi: how finely the page was drawn.
        seconds: how long it may take.

    Raises:
        OcrFailed: if it takes longer, or Tesseract does not read it.
    """
    data = io.BytesIO()
    picture.convert("L").save(data, "PPM")
    command = [PROGRAM, "stdin", "stdout", "-l", TRAINED[language], "--dpi", str(round(dpi)), "--psm", "3", "tsv"]
    try:
        ran = subprocess.run(  # noqa: S603 - nothing of the file is in the command
            command,
            input=data.getvalue(),
            capture_output=True,
            timeout=seconds,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},  # a page at a time is faster on one thread than on four
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as fault:
        raise OcrFailed(str(fault)) from fault
    if ran.returncode:
        raise OcrFailed(ran.stderr.decode("utf-8", "replace").strip())
    return _reading(ran.stdout.decode("utf-8", "replace"))


def _reading(table: str) -> Reading:
    """The words of Tesseract's table of tab-separated values, one word a row, line by line."""
    rows = [row.split("\t") for row in table.splitlines()[1:]]
    words = [row for row in rows if len(row) > 11 and row[0] == _WORD_LEVEL and row[11].strip()]  # noqa: PLR2004 - its columns
    paragraphs = [
        "\n".join(_line(line) for _, line in groupby(paragraph, key=lambda row: row[4]))
        for _, paragraph in groupby(words, key=lambda row: row[2:4])
    ]
    letters = sum(len(row[11]) for row in words)
    sure = sum(float(row[10]) * len(row[11]) for row in words)
    return Reading("\n\n".join(paragraphs), sure / letters / 100 if letters else 0.0)


def _line(words: Iterable[Sequence[str]]) -> str:
    return _BLANK.sub(" ", " ".join(row[11] for row in words))
