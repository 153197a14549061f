"""Plain text: which letters its bytes stand for, and its pages where form feeds part them."""

from knowledge.faults import UnknownFormat
from knowledge.reading.draft import Draft, Source, check_characters, clean, lay_pages
from knowledge.reading.encoding import decode
from knowledge.reading.outline import outline
from knowledge.reading.piped import lay_piped_rows
from knowledge.reading.unseen import reveal, tell_unseen

MARKED_UP = (b"{\\rtf", b"<?xml")  # what text opens with that is no plain text

_ZIP_HEAD = b"PK\x03\x04"
_BLANK = b"\xef\xbb\xbf \t\r\n"


def recognises_text(source: Source) -> bool:
    """Whether the bytes are text that is meant to be read as it stands.

    The head of a zip archive is none, however short what follows; nor are RTF and XML, whose marks are not for readers.
    """
    if source.data.startswith(_ZIP_HEAD) or source.data.lstrip(_BLANK).startswith(MARKED_UP):
        return False
    return decode(source.data) is not None


def read_text(source: Source) -> Draft:
    """Plain text, its blocks inferred; a form feed begins a new page.

    Raises:
        OversizedFile: if it is too long.
    """
    text, warnings = decoded(source)
    check_characters(source, len(text))
    raws = text.rstrip("\f\n\r ").split("\f")
    pages = [clean(raw).strip("\n") for raw in raws]
    laid = lay_pages([(page, "text" if page.strip() else "none") for page in pages], [[reveal(raw)] for raw in raws])
    told = (*warnings, *tell_unseen(raws))
    blocks = lay_piped_rows(laid.text, outline(laid.text, laid.shown))
    return Draft(laid.text, laid.pages, blocks, told, laid.withheld)


def decoded(source: Source) -> tuple[str, tuple[str, ...]]:
    """The file's characters, and a warning where it had to be guessed which they are.

    Raises:
        UnknownFormat: if the bytes are no text.
    """
    found = decode(source.data)
    if found is None:
        raise UnknownFormat(source.name, "it is not text that Askwhy can read", "Save it as text in UTF-8.")
    return found.text, found.warnings
