"""Packed office files (Word, Excel, PowerPoint, OpenDocument): zip archives of XML, opened and parsed within limits.

Nothing in a package is run, fetched or resolved: no macros, no links, no entities, no outside definitions. XML nests
256 deep at most, which is what lxml allows. All is held in memory; nothing is written to disk.
"""

import io
import lzma
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

from knowledge.faults import CorruptFile, OversizedFile
from knowledge.reading.draft import Source

PackageKind = Literal["Word", "Excel", "PowerPoint", "text", "spreadsheet", "presentation"]

_SMALL_ENOUGH = 10_000_000  # unpacked bytes below which no ratio is suspicious
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_CONTENT_TYPES: tuple[tuple[str, PackageKind], ...] = (
    ("wordprocessingml", "Word"),
    ("ms-word", "Word"),
    ("spreadsheetml", "Excel"),
    ("ms-excel", "Excel"),
    ("presentationml", "PowerPoint"),
    ("ms-powerpoint", "PowerPoint"),
)
_USUAL_PARTS: tuple[tuple[str, PackageKind], ...] = (
    ("word/document.xml", "Word"),
    ("xl/workbook.xml", "Excel"),
    ("ppt/presentation.xml", "PowerPoint"),
)
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
_OPEN_KINDS: tuple[PackageKind, ...] = ("text", "spreadsheet", "presentation")
# The strict form of ISO 29500 names the same elements in other namespaces.
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")
_USUAL = rb"http://schemas.openxmlformats.org/\1/2006/\2"

# What lxml, zipfile and the walks over damaged parts let through: parts that are missing or named wrongly (KeyError
# and its kin), XML that does not parse (SyntaxError, of which lxml's is one), text in no known encoding and numbers
# that are none (ValueError, ArithmeticError), archives cut short or of a kind that cannot be unpacked (the rest).
DAMAGE = (
    KeyError,
    IndexError,
    AttributeError,
    TypeError,
    ValueError,
    ArithmeticError,
    AssertionError,
    SyntaxError,
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    RuntimeError,
    OSError,
)


@dataclass(frozen=True, slots=True)
class Relation:
    """A link from one part to another: what it is for (the last word of its type), and the part it leads to."""

    role: str
    part: str


@dataclass(frozen=True, slots=True)
class Package:
    """An opened archive: what it is, its main part, and its parts by name in small letters, as names are compared."""

    source: Source
    kind: PackageKind
    main: str
    archive: zipfile.ZipFile
    names: dict[str, str]

    def holds(self, part: str) -> bool:
        """Whether there is such a part."""
        return part.lower() in self.names

    def read(self, part: str) -> bytes:
        """The bytes of a part.

        Raises:
            KeyError: if there is none of that name.
            OversizedFile: if it unpacks to more than one part may.
        """
        name = self.names[part.lower()]
        if self.archive.getinfo(name).file_size > self.source.limits.part:
            raise _oversized(self.source)
        return self.archive.read(name)

    def parse(self, part: str) -> Any:
        """The root element of an XML part.

        Raises:
            KeyError, SyntaxError, ValueError: if there is no such part or it is no XML we read.
        """
        return parse_xml(self.read(part))

    def relations(self, part: str) -> dict[str, Relation]:
        """The links of a part to other parts of the package, by their id; none where nothing is said of them."""
        folder, name = posixpath.split(part)
        where = posixpath.join(folder, "_rels", f"{name}.rels")
        return _relations(self.parse(where), folder) if self.holds(where) else {}

    def related(self, part: str, role: str) -> list[str]:
        """The parts that a part links to for one purpose ("notesSlide"), which the package holds, in order."""
        return [one.part for one in self.relations(part).values() if one.role == role and self.holds(one.part)]


def package_kind(source: Source) -> PackageKind | None:
    """What kind of office file this is by what it holds, or None where it is no such package."""
    if not source.data.startswith(b"PK"):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
            return _open(source, archive).kind
    except DAMAGE:
        return None


@contextmanager
def open_package(source: Source) -> Iterator[Package]:
    """The archive, opened for reading; whatever is found broken while it is open is told as damage.

    Raises:
        CorruptFile: if it is damaged.
        OversizedFile: if it has more parts than it may, or unpacks to more.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
            _check_unpacked(source, archive)
            yield _open(source, archive)
    except DAMAGE as fault:
        raise CorruptFile(
            source.name, "the file is damaged and cannot be opened", "Save it again from its program, or as PDF."
        ) from fault


def parse_xml(data: bytes) -> Any:
    """The root element of XML whose entities stay as they are and whose definitions are refused.

    Raises:
        SyntaxError: if it is no XML, or nests too deep.
        ValueError: if it defines a document type of its own.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    root = etree.fromstring(_loosened(data), parser)
    if root.getroottree().docinfo.internalDTD is not None:
        raise ValueError("office files define no document type")
    return root


def each_element(data: bytes, *tags: str) -> Iterator[Any]:
    """The elements of these tags as they are closed, each emptied once it was looked at: for parts that are long.

    Raises:
        SyntaxError: if it is no XML, or nests too deep.
    """
    from lxml import etree

    closed = etree.iterparse(
        io.BytesIO(_loosened(data)),
        events=("end",),
        tag=tags,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    for _, element in closed:
        yield element
        element.clear(keep_tail=False)


def _loosened(data: bytes) -> bytes:
    return _STRICT.sub(_USUAL, data)


def _open(source: Source, archive: zipfile.ZipFile) -> Package:
    names = {name.lower(): name for name in archive.namelist()}
    package = Package(source, "text", "content.xml", archive, names)
    if package.holds("mimetype") or package.holds("META-INF/manifest.xml"):
        kind = _open_kind(package)
    else:
        return _office_package(package)
    return Package(source, kind, "content.xml", archive, names)


def _open_kind(package: Package) -> PackageKind:
    """The kind of an OpenDocument package, by its type as it states it.

    Raises:
        KeyError: if it is none of the three that are read.
    """
    stated = package.read("mimetype").decode("ascii", "replace").strip() if package.holds("mimetype") else ""
    if not stated.startswith(_OPEN_DOCUMENT) and package.holds("META-INF/manifest.xml"):
        entries = package.parse("META-INF/manifest.xml").iter("{*}file-entry")
        whole = [value for one in entries if dict(_local(one)).get("full-path") == "/" for value in one.attrib.values()]
        stated = next((value for value in whole if value.startswith(_OPEN_DOCUMENT)), "")
    for kind in _OPEN_KINDS:
        if stated.startswith(f"{_OPEN_DOCUMENT}{kind}"):
            return kind
    raise KeyError(stated)


def _local(element: Any) -> Iterator[tuple[str, str]]:
    """The attributes of an element by the name they have within their namespace."""
    for name, value in element.attrib.items():
        yield name.rpartition("}")[2], value


def _office_package(package: Package) -> Package:
    """The package with its kind and main part, by its links and content types, or by the parts that are usual.

    Raises:
        KeyError: if it is no Word, Excel or PowerPoint file.
    """
    links = _relations(package.parse("_rels/.rels"), "") if package.holds("_rels/.rels") else {}
    main = next((one.part for one in links.values() if one.role == "officeDocument"), "")
    kind = _kind_of_part(package, main) if package.holds(main) else None
    if kind is None:
        main, kind = next((part, kind) for part, kind in (*_USUAL_PARTS, ("", None)) if not part or package.holds(part))
    if kind is None:
        raise KeyError("no main part")
    return Package(package.source, kind, main, package.archive, package.names)


def _kind_of_part(package: Package, part: str) -> PackageKind | None:
    types = package.parse("[Content_Types].xml") if package.holds("[Content_Types].xml") else ()
    stated = " ".join(
        one.get("ContentType", "") for one in types if one.get("PartName", "").lstrip("/").lower() == part.lower()
    )
    known = next((kind for words, kind in _CONTENT_TYPES if words in stated), None)
    return known or next((kind for usual, kind in _USUAL_PARTS if usual == part.lower()), None)


def _relations(root: Any, folder: str) -> dict[str, Relation]:
    found: dict[str, Relation] = {}
    for one in root.iter(_RELATIONS):
        target, mode = one.get("Target", ""), one.get("TargetMode")
        if mode != "External" and one.get("Id"):
            part = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[one.get("Id")] = Relation(one.get("Type", "").rpartition("/")[2], part)
    return found


def _check_unpacked(source: Source, archive: zipfile.ZipFile) -> None:
    """Refuse an archive that unpacks to far more than its size, before anything is unpacked.

    What a part claims to unpack to is what it can: zipfile gives no byte more.
    """
    sizes = [part.file_size for part in archive.infolist()]
    swollen = sum(sizes) > max(_SMALL_ENOUGH, source.limits.ratio * len(source.data))
    if sum(sizes) > source.limits.unpacked or swollen or len(sizes) > source.limits.parts:
        raise _oversized(source)


def _oversized(source: Source) -> OversizedFile:
    return OversizedFile(
        source.name, "it unpacks to far more than a document holds", "Save it again from its program, or as PDF."
    )
