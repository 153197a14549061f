"""Files into documents: any format that Askwhy reads, told by its content, becomes one immutable `Document`."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePath

import filetype

from knowledge.document import Document
from knowledge.faults import CorruptFile, EmptyFile, OversizedFile, UnknownFormat, UnreadableFile
from knowledge.identification import identify_language
from knowledge.reading.delimited import ENDINGS, read_delimited, recognises_delimited
from knowledge.reading.draft import Draft, Limits, PageTold, Source, tell_nobody
from knowledge.reading.illustrations import tell_illustrations
from knowledge.reading.locked import COMPOUND, unlock
from knowledge.reading.markdown import MARKDOWN_ENDINGS, read_markdown, recognises_markdown
from knowledge.reading.opendocument import read_opendocument, recognises_opendocument
from knowledge.reading.pdf import read_pdf, recognises_pdf
from knowledge.reading.plain import MARKED_UP, read_text, recognises_text
from knowledge.reading.scans import read_scans
from knowledge.reading.slides import read_slides, recognises_slides
from knowledge.reading.webpage import read_html, recognises_html
from knowledge.reading.withholding import judged_text, withhold
from knowledge.reading.word import read_word, recognises_word
from knowledge.reading.workbook import read_workbook, recognises_workbook

__all__ = ["FORMATS", "Format", "Limits", "load_file", "read_bytes", "read_file"]


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: its name, how its content is recognised, how it is read, and the endings it goes by."""

    name: str
    recognises: Callable[[Source], bool]
    reads: Callable[[Source], Draft]
    endings: tuple[str, ...]


def read_pages(source: Source) -> Draft:
    """A PDF's text, the pages that are only pictures among it."""
    return tell_illustrations(source, read_scans(source, read_pdf(source)))


# Tried in this order; the first that recognises the content reads it. A new format is a new row.
FORMATS = (
    Format("PDF", recognises_pdf, read_pages, (".pdf",)),
    Format("Word", recognises_word, read_word, (".docx", ".docm", ".dotx", ".dotm")),
    Format("Excel", recognises_workbook, read_workbook, (".xlsx", ".xlsm", ".xltx")),
    Format("PowerPoint", recognises_slides, read_slides, (".pptx", ".pptm", ".ppsx", ".potx")),
    Format(
        "OpenDocument",
        recognises_opendocument,
        read_opendocument,
        (".odt", ".ods", ".odp", ".ott", ".ots", ".otp", ".fodt", ".fods", ".fodp"),
    ),
    Format("Markdown", recognises_markdown, read_markdown, MARKDOWN_ENDINGS),
    Format("HTML", recognises_html, read_html, (".html", ".htm", ".xhtml")),
    Format("table in plain text", recognises_delimited, read_delimited, ENDINGS),
    Format("plain text", recognises_text, read_text, (".txt", ".text")),
)

_BINARY = 5  # formats, the first ones, whose files are no text and whose names promise so
USUAL_LIMITS = Limits()

_REMEDY = "Save it as Word (.docx) or PDF and add that file."


def read_file(path: Path, *, password: str | None = None, limits: Limits = USUAL_LIMITS) -> Document:
    """The document that a file holds.

    Args:
        path: the file.
        password: what opens it, where it is locked.
        limits: how much is read before the file is refused.

    Raises:
        UnreadableFile: if the file is not there, or gives no document; its subclasses say why.
    """
    return read_bytes(load_file(path, limits), path.name, password=password, limits=limits)


def load_file(path: Path, limits: Limits) -> bytes:
    """The bytes of a file.

    Raises:
        OversizedFile: if there are more than the limits allow; none of them is read then.
        UnreadableFile: if it is not there or may not be read.
    """
    name = path.name or str(path)
    try:
        size = path.stat().st_size
        if path.is_file():
            _check_size(name, size, limits)
        data = path.read_bytes()
    except FileNotFoundError as fault:
        raise UnreadableFile(name, "there is no such file", "Check the name and the folder.") from fault
    except IsADirectoryError as fault:
        raise UnreadableFile(name, "it is a folder, not a file", "Name a file in it.") from fault
    except PermissionError as fault:
        raise UnreadableFile(name, "it may not be opened", "Ask its owner for the right to read it.") from fault
    except OSError as fault:
        reason = fault.strerror or "unknown reason"
        raise UnreadableFile(name, f"it could not be read ({reason})", "Copy it to another place and retry.") from fault
    except ValueError as fault:  # a zero character in the name
        raise UnreadableFile(repr(name), "this cannot be the name of a file", "Check the name.") from fault
    return data


def read_bytes(
    data: bytes,
    name: str,
    *,
    password: str | None = None,
    limits: Limits = USUAL_LIMITS,
    progress: PageTold = tell_nobody,
) -> Document:
    """The document that the bytes of a file hold; its kind is told by its content, never by its name alone.

    Args:
        data: the bytes of the whole file.
        name: the file's name, for the document and for what is said about it.
        password: what opens it, where it is locked.
        limits: how much is read before the file is refused.
        progress: called with the pages read, of how many; what it raises ends the reading.

    Raises:
        EmptyFile: if there is nothing in it.
        OversizedFile: if it holds more than the limits allow.
        LockedFile: if it needs a password, or another one.
        CorruptFile: if it is damaged.
        UnknownFormat: if it is none of `FORMATS`.
    """
    _check_size(name, len(data), limits)
    if not data.strip(b"\0\t\n\v\f\r "):
        raise EmptyFile(name, "there is nothing in it", "Check that it was saved, and add it again.")
    source = unlock(Source(data, name, password, limits, progress))
    for form in FORMATS:
        if form.recognises(source):
            break
    else:
        raise _refusal(source)
    draft = withhold(form.reads(source))
    misnamed = _misnamed(source, form)
    return Document(
        name=name,
        text=draft.text,
        pages=draft.pages,
        blocks=draft.blocks,
        language=identify_language(judged_text(draft)),
        digest=hashlib.sha256(data).hexdigest(),
        warnings=(misnamed, *draft.warnings) if misnamed else draft.warnings,
        withheld=draft.withheld,
    )


def _check_size(name: str, size: int, limits: Limits) -> None:
    if size > limits.bytes:
        raise OversizedFile(
            name,
            f"it has {size / 1e6:.1f} MB, more than {limits.bytes / 1e6:g} MB",
            "Make its pictures smaller, or split it and add the part you need.",
            key="file_bytes",
            size=round(size / 1e6, 1),
            most=limits.bytes / 1e6,
        )


def _misnamed(source: Source, form: Format) -> str | None:
    """A warning where the name promises another of the formats than the content is."""
    ending = PurePath(source.name).suffix.lower()
    promised = next((other for other in FORMATS if ending in other.endings), None)
    if promised is None or promised is form:
        return None
    return f"This file is named {ending} but is {_KINDS.get(form.name, form.name)}; it was read as such."


_KINDS = {
    "PDF": "a PDF",
    "Word": "a Word file",
    "Excel": "an Excel workbook",
    "PowerPoint": "a PowerPoint presentation",
    "OpenDocument": "an OpenDocument file",
    "Markdown": "Markdown",
    "HTML": "a web page",
    "plain text": "plain text",
}


def _refusal(source: Source) -> UnreadableFile:
    """Why none of the formats took the file, and what to do about it."""
    data, name = source.data, source.name
    if data.startswith(COMPOUND):
        return UnknownFormat(
            name, "files of Office 97–2003 are not read", _REMEDY, key="file_kind", kind="Office 97–2003"
        )
    if data.startswith(b"PK") and b"PK\x05\x06" not in data[-66_000:]:
        return CorruptFile(name, "the file is cut short or damaged", "Save it again from its source, or as PDF.")
    opening = next((mark for mark in MARKED_UP if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(mark)), None)
    if opening is not None:
        marked = "RTF" if b"rtf" in opening else "XML"
        return UnknownFormat(name, f"{marked} files are not read", _REMEDY, key="file_kind", kind=marked)
    ending = PurePath(name).suffix.lower()
    promised = any(ending in form.endings for form in FORMATS[:_BINARY])
    if promised and (data.startswith(b"PK") or filetype.guess(data) is None):
        return CorruptFile(name, "it is damaged: its content is not that of such a file", f"Save it again. {_REMEDY}")
    kind = _OFFICE.get(ending) or _guess(data)
    if kind is None:
        return UnknownFormat(name, "files of this kind are not read", _REMEDY)
    return UnknownFormat(name, f"{kind} files are not read", _REMEDY, key="file_kind", kind=kind)


_OFFICE = {".rtf": "RTF", ".epub": "EPUB"}


def _guess(data: bytes) -> str | None:
    found = filetype.guess(data)
    return found.extension.upper() if found else None
