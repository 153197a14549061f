"""Plain text: which letters its bytes stand for, and its pages where form feeds part them."""

import codecs

from knowledge.faults import UnknownFormat
from knowledge.identification import identify_language
from knowledge.reading.draft import Draft, Source, check_characters, clean, lay_pages
from knowledge.reading.outline import outline
from knowledge.reading.unseen import reveal, tell_unseen

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LOST = "\ufffd"
_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\v\f\r"))
_SAMPLE = 4000  # bytes at the start that show whether every second one is zero
_STRAY = 3  # control characters that may stray into any text, and one more in every so many bytes
_SPARSE = 200
_ZIP_HEAD = b"PK\x03\x04"


def recognises_text(source: Source) -> bool:
    """Whether the bytes can be text at all; the head of a zip archive is none, however short what follows."""
    return not source.data.startswith(_ZIP_HEAD) and decode(source.data) is not None


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
    return Draft(laid.text, laid.pages, outline(laid.text, laid.shown), told, laid.withheld)


def decoded(source: Source) -> tuple[str, tuple[str, ...]]:
    """The file's characters, and a warning where it had to be guessed which they are.

    Raises:
        UnknownFormat: if the bytes are no text.
    """
    found = decode(source.data)
    if found is None:
        raise UnknownFormat(source.name, "it is not text that Askwhy can read", "Save it as text in UTF-8.")
    return found


def decode(data: bytes) -> tuple[str, tuple[str, ...]] | None:
    """Text from bytes: by its byte order mark, as UTF-8, as UTF-16 without a mark, or in a Windows code page.

    Plain attempts in that order are enough here: UTF-8 is recognised with certainty, and of the single-byte codes
    the nine languages need two, Western (1252) and, for Hungarian, Central European (1250).

    Returns:
        The text and its warnings, or None where the bytes are no text.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _attempt(data, name)
    if data[:_SAMPLE].count(0) > _STRAY + len(data[:_SAMPLE]) // _SPARSE:
        return _unmarked_utf16(data)
    if len(data) - len(data.translate(None, _CONTROLS)) > _STRAY + len(data) // _SPARSE:
        return None
    return _attempt(data, "utf-8") or _mended_utf8(data) or _code_page(data)


def _attempt(data: bytes, name: str) -> tuple[str, tuple[str, ...]] | None:
    try:
        return data.decode(name), ()
    except UnicodeDecodeError:
        return None


def _unmarked_utf16(data: bytes) -> tuple[str, tuple[str, ...]] | None:
    """UTF-16 as its zero bytes betray it: in Latin script every second byte is one."""
    sample = data[:_SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > 0.7 * half and even < 0.05 * half:
        return _attempt(data, "utf-16-le")
    if even > 0.7 * half and odd < 0.05 * half:
        return _attempt(data, "utf-16-be")
    return None


def _mended_utf8(data: bytes) -> tuple[str, tuple[str, ...]] | None:
    """UTF-8 with a few bytes lost, as when a file was cut in the middle of a letter."""
    text = data.decode("utf-8", errors="replace")
    lost = text.count(_LOST)
    sound = sum(sign > "\x7f" for sign in text) - lost
    if lost > 1 + sound // 20 or (sound == 0 and not text.endswith(_LOST)):
        return None
    return text, (f"{lost} letters in this file are damaged and are shown as {_LOST}.",)


def _code_page(data: bytes) -> tuple[str, tuple[str, ...]] | None:
    western = _attempt(data, "cp1252")
    central = _attempt(data, "cp1250")
    # The two differ where Hungarian has ő and ű; õ and û beside each other's words are a sign of a wrong guess.
    if central and (western is None or (set(western[0]) & set("õûÕÛ") and identify_language(central[0]) == "hu")):
        return central[0], ("This file does not say how its letters are written; it was read as Windows-1250.",)
    if western:
        return western[0], ("This file does not say how its letters are written; it was read as Windows-1252.",)
    return None
