"""PDF files: text as a person sees it, page by page, and a sentence for every page that gave none.

PDFium tells where the letters stand, from which the text is laid out. pypdf tells why a file does not open, reads what
was filled into forms and PDFium does not draw, and the pages whose letters mean nothing to PDFium.
"""

import io
import logging
import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

import pypdf
from pypdf.errors import DependencyError, PyPdfError
from pypdf.generic import DictionaryObject

from knowledge.document import Span
from knowledge.faults import CorruptFile, LockedFile, OversizedFile
from knowledge.reading.carrying import split_places
from knowledge.reading.composition import PagePrint, compose_pages
from knowledge.reading.draft import Draft, Source, check_characters, clean
from knowledge.reading.layout import Hidden, Laid, lay_out, measure_odd
from knowledge.reading.letters import Setting, between
from knowledge.reading.lines import fold
from knowledge.reading.outline import decide
from knowledge.reading.pagenames import name_pages
from knowledge.reading.pdfium import UnopenedPdf, open_pdf
from knowledge.reading.sheet import Box
from knowledge.reading.unseen import reveal, tell_unseen

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

_UNSEEN_FIELD = 2 | 32  # flags of an annotation: hidden, not to be viewed (ISO 32000-1, 12.5.3)
_DEEPEST_FIELD = 32  # fields within fields
_ODD = 0.1  # of a page's letters mean nothing: pypdf may know its fonts better


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read of each page, which pages are damaged, and what is hidden on which."""

    prints: tuple[PagePrint, ...]
    broken: tuple[int, ...]
    hidden: tuple[tuple[int, Hidden], ...]
    told: tuple[str, ...]
    illustrations: tuple[tuple[int, Box], ...]


def recognises_pdf(source: Source) -> bool:
    """Whether the file announces itself as PDF within its first kilobyte, as readers allow."""
    return b"%PDF-" in source.data[:1024]


def read_pdf(source: Source) -> Draft:
    """The text of a PDF as a person sees it, with its pages; what cannot be read or seen is warned of.

    Columns come one after the other, tables as rows; running headers, footers and page numbers are left out. What was
    filled into a form stands at the end of its page, and below it, withheld, the words that a person does not see.

    Raises:
        LockedFile: if it does not open with the password given, or without one.
        CorruptFile: if it is too damaged to give its pages.
        OversizedFile: if it has too many pages or too much text.
    """
    read = _read(source)
    composed = compose_pages(read.prints)
    check_characters(source, len(composed.text))
    warnings = (*_warnings(read.broken), *_warnings_of_hidden(read.hidden), *read.told)
    blocks = tuple(
        replace(block, cells=composed.cells.get(block.span.start, ())) if block.kind == "row" else block
        for block in decide(composed.text, composed.lines)
    )
    return Draft(composed.text, composed.pages, blocks, warnings, composed.withheld, read.broken, read.illustrations)


def locate(source: Source, span: Span) -> tuple[tuple[int, Box], ...]:
    """Where the letters at `span` of the document's text stand: for each its page and its box.

    Boxes are in points from the upper left corner of the page as it is shown. What stands nowhere has none: spaces,
    what was filled into a form, pages that PDFium cannot read.

    Raises:
        LockedFile, CorruptFile, OversizedFile: as `read_pdf`.
    """
    composed = compose_pages(_read(source).prints)
    found: list[tuple[int, Box]] = []
    for page, places in zip(composed.pages, composed.places, strict=True):
        start, end = (min(max(0, at - page.span.start), len(places)) for at in (span.start, span.end))
        for number, own in zip((page.number, page.number + 1), split_places(places[start:end]), strict=True):
            if own:
                with open_pdf(source.data, source.password) as file:
                    found += [(number, box) for box in file.find_letters(number, own)]
    return tuple(found)


def _read(source: Source) -> _Read:
    # pypdf reports every oddity of a font map; what matters here is told in the warnings.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        with open_pdf(source.data, source.password) as file:
            _check_pages(source, file.pages)
            form = file.has_form
            laid = lay_out(file, partial(check_characters, source), source.tell)
    except UnopenedPdf:
        laid, form = (), True
    reader: pypdf.PdfReader | None = None
    if not laid:
        reader, count = _open(source)
        _check_pages(source, count)
        laid = (Laid(),) * count
    prints: list[PagePrint] = []
    broken: list[int] = []
    size = 0
    for number, page in enumerate(laid, start=1):
        printed = PagePrint(page.parts)
        unread = not page.raw or page.odd > _ODD
        if unread:
            source.tell(number, len(laid))
        if unread or form:
            try:
                reader = reader or _open(source)[0]
                printed = _with_pypdf(reader.pages[number - 1], page, unread=unread, form=form)
            except DAMAGE:
                if unread:
                    broken.append(number)
        size += len(printed.plain)
        check_characters(source, size)
        prints.append(replace(printed, hidden=tuple(_hidden_lines(page))))
    hidden = tuple((number, one) for number, page in enumerate(laid, start=1) for one in page.hidden)
    pictures = tuple((number, box) for number, page in enumerate(laid, start=1) for box in page.illustrations)
    return _Read(tuple(prints), tuple(broken), hidden, tell_unseen(page.raw for page in laid), pictures)


def _hidden_lines(page: Laid) -> Iterator[Setting]:
    """The lines that no person sees on a page, and what it says in characters that have no shape."""
    yield from (one.words for one in page.hidden)
    if secret := " ".join(reveal(page.raw).split()):
        yield between(secret)


def _check_pages(source: Source, count: int) -> None:
    if count > source.limits.pages:
        raise OversizedFile(
            source.name,
            f"it has {count} pages, more than {source.limits.pages}",
            "Split it and add the part you need.",
            key="file_pages",
            count=count,
            most=source.limits.pages,
        )


def _with_pypdf(page: pypdf.PageObject, laid: Laid, *, unread: bool, form: bool) -> PagePrint:
    """A page with what was filled into its form and PDFium does not draw, and pypdf's text where that means more."""
    shown = fold(laid.raw)
    filled = [(clean(label).strip(), clean(value).strip()) for label, value in _form_values(page)] if form else []
    values = tuple(f"{label}: {value}" if label else value for label, value in filled if fold(value) not in shown)
    plain = clean(page.extract_text()).strip("\n") if unread else ""
    if plain.strip() and not laid.hidden and (not laid.raw or measure_odd(plain) < laid.odd):
        return PagePrint((), plain, values)
    return PagePrint(laid.parts, "", values)


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
            raise LockedFile(source.name, what, remedy, key="sealed_file") from fault
        raise CorruptFile(
            source.name, "the PDF is damaged and cannot be opened", "Save or export it again from its source."
        ) from fault
    if count == 0:
        raise CorruptFile(source.name, "the PDF has no pages", "Save or export it again from its source.")
    return reader, count


def _locked(source: Source) -> LockedFile:
    if source.password:
        what, remedy = "the password given does not open it", "Check the password and try again."
        return LockedFile(source.name, what, remedy, key="wrong_password")
    return LockedFile(source.name, "it is locked with a password", "Give its password, or save it without one.")


def _form_values(page: pypdf.PageObject) -> Iterator[tuple[str, str]]:
    """What was filled into or chosen in the fields of a form, each after the field's description, "" without one."""
    for reference in page.annotations or ():
        field = reference.get_object()
        if not isinstance(field, DictionaryObject) or field.get("/Subtype") != "/Widget":
            continue
        if int(field.get("/F", 0)) & _UNSEEN_FIELD:
            continue
        value, label = _inherited(field, "/V"), _inherited(field, "/TU")
        if _inherited(field, "/FT") in {"/Tx", "/Ch"} and isinstance(value, str) and value.strip():
            yield label if isinstance(label, str) else "", value


def _inherited(field: DictionaryObject, key: str) -> object:
    """What a field says for itself, or the one that it is a part of (ISO 32000-1, 12.7.3.1)."""
    for _ in range(_DEEPEST_FIELD):
        if key in field:
            return field[key]
        above = field.get("/Parent")
        above = above.get_object() if above is not None else None
        if not isinstance(above, DictionaryObject):
            return None
        field = above
    return None


def _warnings(broken: Sequence[int]) -> Iterator[str]:
    if broken:
        yield f"{name_pages(broken, 'could', 'could')} not be read: that part of the file is damaged."


def _warnings_of_hidden(hidden: Sequence[tuple[int, Hidden]]) -> Iterator[str]:
    """A sentence for each reason why words are not seen, with the pages."""
    reasons = dict.fromkeys(one.reason for _, one in hidden)
    for reason in reasons:
        numbers = sorted({number for number, one in hidden if one.reason == reason})
        said = name_pages(numbers, "holds", "hold")
        yield f"{said} text that cannot be seen ({reason}): it is kept out of what is judged."
