"""PDF files, read with pypdf: text page by page, and a sentence for every page that gave none."""

import io
import logging
import re
import struct
import zlib
from collections.abc import Iterator, Sequence

import pypdf
from pypdf.errors import DependencyError, PyPdfError
from pypdf.generic import DictionaryObject

from knowledge.faults import CorruptFile, LockedFile, OversizedFile
from knowledge.reading.draft import Draft, Source, check_characters, clean, join_pages
from knowledge.reading.numbering import name_pages
from knowledge.reading.outline import outline

# What pypdf lets through on damaged files beside its own errors. On files with bytes changed, cut out or cut off it was
# seen to raise ValueError, KeyError and NotImplementedError; its users report IndexError (its issues 1091, 2290, 2836),
# AttributeError and TypeError where an object is of another type than the format asks for, RecursionError for objects
# that hold each other (2098). The rest is what unpacking and reading numbers from damaged bytes raise by themselves.
DAMAGE = (
    PyPdfError,
    DependencyError,
    AttributeError,
    KeyError,
    IndexError,
    TypeError,
    AssertionError,
    ValueError,
    ArithmeticError,
    struct.error,
    zlib.error,
    EOFError,
    RuntimeError,  # and with it NotImplementedError and RecursionError
)

_LINE_HYPHEN = re.compile(r"(?<=[^\W\d_])-\n([^\W\d_]+)")
_WORD_HYPHEN = re.compile(r"([^\W\d_]+)-\n([^\W\d_]+)")
# "Schüler- und Lehrkräfte": a hyphen before one of these stands for the rest of a word and stays where it is.
_AND_OR = re.compile("and|or|und|oder|bzw|og|eller|en|of|ja|tai|sekä|és|vagy|et|ou|y|o|e", re.IGNORECASE)
_HYPHENATES = 0.04  # of its lines: a document with more line-end hyphens than this was set with hyphenation


def recognises_pdf(source: Source) -> bool:
    """Whether the file announces itself as PDF within its first kilobyte, as readers allow."""
    return b"%PDF-" in source.data[:1024]


def read_pdf(source: Source) -> Draft:
    """The text of a PDF with its pages; a page that is broken is warned of; one without text has the source "none".

    Raises:
        LockedFile: if it does not open with the password given, or without one.
        CorruptFile: if it is too damaged to give its pages.
        OversizedFile: if it has too many pages or too much text.
    """
    # pypdf reports every oddity of a font map; what matters here is told in the warnings.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader, count = _open(source)
    if count > source.limits.pages:
        raise OversizedFile(
            source.name, f"it has {count} pages, more than {source.limits.pages}", "Split it and add the part you need."
        )
    texts: list[str] = []
    broken: list[int] = []
    for number in range(1, count + 1):
        try:
            page = reader.pages[number - 1]
            words = "\n".join([page.extract_text(), *_form_values(page)])
        except DAMAGE:
            words = ""
            broken.append(number)
        texts.append(clean(words).strip("\n"))
        check_characters(source, sum(map(len, texts)))
        source.tell(number, count)
    texts = _mend_hyphens(texts)
    text, laid = join_pages([(words, "text" if words.strip() else "none") for words in texts])
    return Draft(text, laid, outline(text, laid), tuple(_warnings(broken)), broken=tuple(broken))


def _open(source: Source) -> tuple[pypdf.PdfReader, int]:
    """A reader over the file, unlocked, and the number of its pages."""
    try:
        reader = pypdf.PdfReader(io.BytesIO(source.data))
        # A file protected only against changes opens with the empty password.
        if reader.is_encrypted and not (reader.decrypt("") or (source.password and reader.decrypt(source.password))):
            raise _locked(source)
        count = len(reader.pages)
    except DAMAGE as fault:
        if isinstance(fault, NotImplementedError) and b"/Encrypt" in source.data:
            what, remedy = "it is locked in a way that Askwhy cannot open", "Save it again without protection."
            raise LockedFile(source.name, what, remedy) from fault
        raise CorruptFile(
            source.name, "the PDF is damaged and cannot be opened", "Save or export it again from its source."
        ) from fault
    if count == 0:
        raise CorruptFile(source.name, "the PDF has no pages", "Save or export it again from its source.")
    return reader, count


def _locked(source: Source) -> LockedFile:
    if source.password:
        return LockedFile(source.name, "the password given does not open it", "Check the password and try again.")
    return LockedFile(source.name, "it is locked with a password", "Give its password, or save it without one.")


def _form_values(page: pypdf.PageObject) -> Iterator[str]:
    """What was filled into the text fields of a form, with the field's description where it has one."""
    for reference in page.annotations or ():
        field = reference.get_object()
        if not isinstance(field, DictionaryObject) or field.get("/Subtype") != "/Widget":
            continue
        value, label = field.get("/V"), field.get("/TU")
        if field.get("/FT") == "/Tx" and isinstance(value, str) and value.strip():
            yield f"{label}: {value}" if isinstance(label, str) and label.strip() else value


def _mend_hyphens(pages: Sequence[str]) -> list[str]:
    """Pages with words put together that were divided at a line's end; the line then breaks after the word.

    The hyphen goes where the document writes the word without one elsewhere, stays where it writes it with one, and
    otherwise goes only in a document that was set with hyphenation.
    """
    whole = "\n".join(pages)
    lines = whole.count("\n") + 1
    divided = len(_LINE_HYPHEN.findall(whole)) > _HYPHENATES * lines
    known = set(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", whole.lower()))

    def mend(found: re.Match[str]) -> str:
        head, tail = found[1], found[2]
        if _AND_OR.fullmatch(tail):
            return found[0]
        joined, kept = f"{head}{tail}", f"{head}-{tail}"
        if joined.lower() in known:
            return f"{joined}\n"
        if kept.lower() in known or not divided or tail[0].isupper():
            return f"{kept}\n"
        return f"{joined}\n"

    return [re.sub(r"\n[ \t]+", "\n", _WORD_HYPHEN.sub(mend, page)) if "-\n" in page else page for page in pages]


def _warnings(broken: Sequence[int]) -> Iterator[str]:
    if broken:
        yield f"{name_pages(broken, 'could', 'could')} not be read: that part of the file is damaged."
