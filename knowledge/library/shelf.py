"""What a workspace is quoted from: the guide where it is there, the digest where it is not, and the school's papers."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from knowledge.digest import Entry, Section, entry_spans, guide_sections, load_digest, recognises_guide
from knowledge.document import Block, Document, Page, Span
from knowledge.library.keys import asked_besides
from knowledge.library.layout import Layout, lay_out
from knowledge.library.lexical import LexicalIndex, Postings, count_terms, join_postings, terms_of
from knowledge.library.passages import Passage, split_passages
from knowledge.library.records import Record

DIGEST = "digest"
GUIDES_REMEMBERED, DIGESTS_REMEMBERED = 8, 4


@dataclass(frozen=True, slots=True)
class Place:
    """A passage that can be cited.

    `document_id` is "digest" for the digest; `section`, `title` and `page` are the guide's for the guide and its
    digest (printed page), and None, the file's name and the file's own page else. `entries` are the places in the
    digest of the entries that this passage bears out; `key` is the id of its vector, None for a digest entry, whose
    vectors are the digest's own.
    """

    document_id: str
    document: Document
    passage: Passage
    section: str | None
    title: str
    page: int
    entries: tuple[int, ...]
    key: str | None


@dataclass(frozen=True, slots=True)
class Shelf:
    """The guide's passages and the digest's entries that a workspace can be quoted from: the field.

    `field_terms` are their terms (see `terms_of`).
    """

    places: tuple[Place, ...]
    lexical: LexicalIndex
    field_terms: frozenset[str]
    layout: Layout


@dataclass(frozen=True, slots=True)
class Row:
    """One document on the shelf: its places, and where its terms occur in them."""

    places: tuple[Place, ...]
    postings: Postings


def build_shelf(guides: Sequence[Record]) -> Shelf:
    """Lay out the guide, which may be there more than once, beside what it leaves of the digest."""
    return join_rows([set_row(record) for record in guides])


def set_row(record: Record) -> Row:
    """Lay out the guide."""
    places = _places(record.id, record.document)
    return Row(places, count_terms([terms_of(*_searched(place)) for place in places]))


def join_rows(guides: Sequence[Row]) -> Shelf:
    """A shelf of what was laid out before, beside what it leaves of the digest."""
    shown = frozenset(entry for row in guides for place in row.places for entry in place.entries)
    rows = [*guides, _digest_row(shown)]
    places = tuple(place for row in rows for place in row.places)
    field_terms = frozenset(term for row in rows for term in row.postings.numbers)
    return Shelf(places, join_postings([row.postings for row in rows]), field_terms, lay_out(places))


def paper_passages(document: Document) -> list[tuple[str, Passage]] | None:
    """The passages of a school's paper, each with the id of its vector; None of the guide."""
    if recognises_guide(document) and guide_sections(document):
        return None
    return [(_key(passage), passage) for passage in split_passages(document)]


@lru_cache(maxsize=DIGESTS_REMEMBERED)
def _digest_row(shown: frozenset[int]) -> Row:
    """The digest without the entries that documents bear out."""
    places = tuple(place for place in digest_places() if shown.isdisjoint(place.entries))
    return Row(places, count_terms([terms_of(*_searched(place)) for place in places]))


@cache
def digest_document() -> Document:
    """The digest as a document of its own, so that its entries are quoted and checked like any other text."""
    blocks: list[Block] = []
    text = ""
    for entry in load_digest():
        for kind, words in (("heading", entry.title), ("paragraph", entry.text)):
            start = len(text)
            text += words + "\n\n"
            span = Span(start, start + len(words))
            blocks.append(Block("heading", span, 1) if kind == "heading" else Block("paragraph", span))
    text = text.rstrip()
    page = Page(1, Span(0, len(text)), "text")
    return Document("Askwhy's digest of GO INTERNATIONAL", text, (page,), tuple(blocks), "en", "")


@cache
def digest_places() -> tuple[Place, ...]:
    """One place for each entry of the digest, in its order."""
    document = digest_document()
    bodies = [block.span for block in document.blocks if block.kind == "paragraph"]
    return tuple(
        Place(
            document_id=DIGEST,
            document=document,
            passage=Passage(span, 1, entry.text, (entry.section_title, entry.title)),
            section=entry.section,
            title=entry.title,
            page=entry.page,
            entries=(number,),
            key=None,
        )
        for number, (entry, span) in enumerate(zip(load_digest(), bodies, strict=True))
    )


def passage_texts(document: Document, passages: Sequence[tuple[str, Passage]] | None = None) -> dict[str, str]:
    """What is embedded of a document, by the ids under which its vectors are kept.

    Args:
        document: the document.
        passages: what `paper_passages` gives of it, where that is at hand.
    """
    papers = passages or paper_passages(document)
    if papers is not None:
        return {key: passage.in_context for key, passage in papers}
    return {place.key: place.passage.in_context for place in _places("", document) if place.key is not None}


@lru_cache(maxsize=GUIDES_REMEMBERED)
def _places(document_id: str, document: Document) -> tuple[Place, ...]:
    return tuple(_guide_places(document_id, document, guide_sections(document)))


def _guide_places(document_id: str, document: Document, sections: tuple[Section, ...]) -> list[Place]:
    """The passages inside the numbered sections, each with the entries that have an anchor in it or in its heading."""
    anchored: dict[str, list[tuple[Span, int, Entry]]] = {}
    for number, entry in enumerate(load_digest()):
        for span in entry_spans(entry, document, sections):
            anchored.setdefault(entry.section, []).append((span, number, entry))
    places: list[Place] = []
    passed = 0  # where the passage before ends: what stands between the two is the heading of the second
    for passage in split_passages(document):
        reach, passed = Span(min(passed, passage.span.start), passage.span.end), passage.span.end
        section = next((one for one in sections if one.span.contains(passage.span)), None)
        if section is not None:
            near = anchored.get(section.number, ())
            inside = [(number, entry) for span, number, entry in near if _overlap(span, reach)]
            before = [entry.page for span, _, entry in near if span.end <= passage.span.start]
            page = max([section.page, *before, *(entry.page for _, entry in inside)])
            entries = tuple(sorted({number for number, _ in inside}))
            key = _key(passage)
            places.append(Place(document_id, document, passage, section.number, section.title, page, entries, key))
    return places


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _key(passage: Passage) -> str:
    """The id of a passage's vector: a hash of its words, so that what is repeated is embedded once."""
    return hashlib.sha256(passage.in_context.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _searched(place: Place) -> tuple[str, str]:
    """The words by which a place is found: its own, and those of the entries that it bears out."""
    own = place.passage.in_context
    digest = load_digest()
    of_entries = [
        part
        for entry in (digest[number] for number in place.entries)
        for part in (entry.title, *entry.questions, *asked_besides()[entry.id])
    ]
    return "\n".join([own, *of_entries]), place.document.language
