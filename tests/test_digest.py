"""The digest of the guide: whole, in our own words, and findable in a copy of the guide."""

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from knowledge.datafile import Fields
from knowledge.digest import ENTRY_KINDS, Section, entry_spans, guide_sections, load_digest, recognises_guide
from knowledge.document import Document, Page, Span

GUIDE = Path(__file__).resolve().parents[2] / "shared" / "guide" / "go-international.md"
SECTIONS = ["1", "2", "3", "4", "4.1", "4.2", "4.3", "4.4", "4.5", "5", "5.1", "5.2", "5.3", "5.4", "5.5", "6", "7"]
RUN = 8


def as_document(text: str) -> Document:
    return Document("guide.md", text, (Page(1, Span(0, len(text)), "text"),), (), "en", "0" * 64)


@pytest.fixture(scope="module")
def guide() -> Document:
    if not GUIDE.is_file():
        pytest.skip("the guide in ../shared is not here")
    return as_document(GUIDE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def sections(guide: Document) -> tuple[Section, ...]:
    return guide_sections(guide)


def entry_starts(number: str, guide: Document, sections: tuple[Section, ...]) -> list[int]:
    return [
        span.start for entry in load_digest() if entry.section == number for span in entry_spans(entry, guide, sections)
    ]


def test_every_section_has_entries_in_the_guides_order() -> None:
    numbers = [entry.section for entry in load_digest()]
    assert list(dict.fromkeys(numbers)) == SECTIONS
    assert numbers == sorted(numbers, key=SECTIONS.index)


def test_ids_are_unique_and_plain() -> None:
    ids = [entry.id for entry in load_digest()]
    assert [name for name, count in Counter(ids).items() if count > 1] == []
    assert [name for name in ids if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)] == []


def test_every_entry_has_a_legal_kind_and_two_to_five_questions() -> None:
    for entry in load_digest():
        assert entry.kind in ENTRY_KINDS, entry.id
        assert 2 <= len(entry.questions) <= 5, entry.id


def test_no_question_is_asked_twice() -> None:
    asked = Counter(question.casefold() for entry in load_digest() for question in entry.questions)
    assert [question for question, count in asked.items() if count > 1] == []


def test_notes_are_dated_and_sourced() -> None:
    notes = [entry.note for entry in load_digest() if entry.note is not None]
    assert notes
    assert all(re.fullmatch(r"20\d\d(-\d\d){0,2}", note.date) and note.source for note in notes)
    assert all(note.date > "2017" for note in notes)


def test_no_entry_repeats_eight_words_of_the_guide(guide: Document) -> None:
    def runs(text: str) -> set[tuple[str, ...]]:
        words = re.findall(r"\w+", text.lower())
        return {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}

    known = runs(guide.text)
    for entry in load_digest():
        said = (entry.title, entry.text, *entry.questions, *entry.anchors)
        assert not known & set().union(*map(runs, said)), entry.id


def test_every_anchor_is_found_in_its_section(guide: Document, sections: tuple[Section, ...]) -> None:
    spans = {section.number: section.span for section in sections}
    lost = []
    for entry in load_digest():
        found = entry_spans(entry, guide, sections)
        assert all(spans[entry.section].contains(span) for span in found), entry.id
        if len(found) != len(entry.anchors):
            lost.append(entry.id)
    assert lost == []


def test_only_figures_may_lack_an_anchor() -> None:
    assert [entry.id for entry in load_digest() if not entry.anchors and entry.kind != "figure"] == []


def test_the_sections_are_those_of_the_guide_with_their_printed_pages(
    guide: Document, sections: tuple[Section, ...]
) -> None:
    assert [section.number for section in sections] == SECTIONS
    printed = dict(re.findall(r"(?m)^(?:<a[^>]*>)?(\d(?:\.\d)?)\.?(?:</a>)? .*?\.{4,}\s*(\d+)$", guide.text))
    assert {section.number: str(section.page) for section in sections} == printed
    for section in sections:
        assert guide.quote(section.span).startswith(section.number)
    for before, after in pairwise(sections):
        assert before.span.end <= after.span.start


def test_every_entry_is_on_a_page_of_its_section(sections: tuple[Section, ...]) -> None:
    starts = [section.page for section in sections]
    pages = dict(zip(SECTIONS, pairwise([*starts, starts[-1]]), strict=True))
    outside = [e.id for e in load_digest() if not pages[e.section][0] <= e.page <= pages[e.section][1]]
    assert outside == []


def test_contents_foreword_final_words_and_sources_lie_outside_the_sections(
    guide: Document, sections: tuple[Section, ...]
) -> None:
    assert sections[0].span.start > guide.text.index("## Foreword")
    assert sections[-1].span.end <= guide.text.index("## Final Words")


def test_every_figure_of_the_guide_has_an_entry(guide: Document, sections: tuple[Section, ...]) -> None:
    for section in sections:
        there = re.findall(r"(?m)^FIGURE (\d+):", guide.quote(section.span))
        ours = [entry for entry in load_digest() if entry.section == section.number and entry.kind == "figure"]
        assert len(ours) >= len(there), section.number


def test_every_list_to_consider_or_take_into_account_is_covered(guide: Document, sections: tuple[Section, ...]) -> None:
    for section in sections:
        text = guide.quote(section.span)
        heads = [m.start() for m in re.finditer(r"(?m)^[#* ]*(CONSIDER|TAKE INTO ACCOUNT)\b", text)]
        starts = entry_starts(section.number, guide, sections)
        for head in heads:
            bullets = list(re.finditer(r"(?m)^- .*$", text[head:]))
            listed = [
                b
                for b in bullets
                if not re.search(r"(?m)^[#* ]*[A-Z]{2}[A-Z ]{6,}", text[head + 120 : head + b.start()])
            ]
            first, last = listed[0].start() + head, listed[-1].end() + head
            inside = [s for s in starts if first <= s - section.span.start <= last]
            assert len(inside) >= min(2, len(listed)), (section.number, text[head : head + 40])


def test_every_family_of_indicators_is_covered(guide: Document, sections: tuple[Section, ...]) -> None:
    section = next(section for section in sections if section.number == "5.5")
    starts = entry_starts("5.5", guide, sections)
    families = [m.start() for m in re.finditer(r"(?m)^## [A-Z ,]{12,}$", guide.quote(section.span))]
    assert len(families) == 6
    for place, end in zip(families, [*families[1:], section.span.end - section.span.start], strict=True):
        assert sum(place < start - section.span.start < end for start in starts) >= 2


def test_every_step_of_the_journey_and_every_task_type_is_covered(
    guide: Document, sections: tuple[Section, ...]
) -> None:
    for number, pattern in (
        ("6", r"(?m)^\d\. \*\*.*$"),
        ("6", r"(?m)^- \*\*.*$"),
        ("5.4", r"(?m)^- .*$"),
        ("5.2", r"(?m)^- .*$"),
    ):
        section = next(section for section in sections if section.number == number)
        starts = [start - section.span.start for start in entry_starts(number, guide, sections)]
        items = list(re.finditer(pattern, guide.quote(section.span)))
        covered = [item for item in items if any(item.start() <= start <= item.end() for start in starts)]
        assert len(covered) >= (len(items) if number != "5.2" else len(items) * 0.5), (number, pattern)


def test_the_guide_is_recognised_whatever_its_marks_case_and_line_breaks(guide: Document) -> None:
    plain = re.sub(r"<[^<>\n]+>|[*#]", "", guide.text)  # footnote numbers now follow their words at once
    wrapped = re.sub(r"(?<=\w) (?=practical|guide|strategic|sector|element|operating|of)", "\n", plain)
    shouted = plain.replace("GO INTERNATIONAL", "Go  International")
    for text in (guide.text, plain, wrapped, shouted, guide.text.replace("\n", "\r\n")):
        copy = as_document(text)
        assert recognises_guide(copy)
        found = guide_sections(copy)
        assert [section.number for section in found] == SECTIONS
        assert [e.id for e in load_digest() if len(entry_spans(e, copy, found)) < len(e.anchors)] == []


def test_anchors_are_found_in_a_copy_with_other_line_breaks_and_hyphens(guide: Document) -> None:
    text = re.sub(r"(?<=[a-z]{4}) (?=[a-z]{4})", "\n", re.sub(r"\*", "", guide.text)).replace(
        "international", "inter-\nnational"
    )
    copy = as_document(text)
    sections = guide_sections(copy)
    lost = [e.id for e in load_digest() if len(entry_spans(e, copy, sections)) < len(e.anchors)]
    assert lost == []


def test_a_text_about_the_guide_is_not_the_guide() -> None:
    text = (
        "Our strategy\n\nGO INTERNATIONAL is a practical guide on strategic internationalisation.\n\n"
        "4.2 Vision\n\nA school open to the world.\n"
    )
    assert not recognises_guide(as_document(text))
    assert guide_sections(as_document(text)) == ()
    assert not recognises_guide(as_document(text.replace("4.2 Vision", "")))
    assert not recognises_guide(as_document(""))


def test_a_copy_that_lost_a_heading_is_still_recognised(guide: Document) -> None:
    copy = as_document(guide.text.replace("## 4.2 Vision", ""))
    numbers = [section.number for section in guide_sections(copy)]
    assert numbers == [number for number in SECTIONS if number != "4.2"]


def test_an_entry_is_not_sought_outside_its_section(guide: Document, sections: tuple[Section, ...]) -> None:
    entry = next(entry for entry in load_digest() if entry.section == "5.1" and entry.anchors)
    others = tuple(section for section in sections if section.number != "5.1")
    assert entry_spans(entry, guide, others) == ()


def require_only_id(fields: Fields) -> None:
    fields.text("id")
    fields.allow("id", "title")


@pytest.mark.parametrize(
    ("values", "key"),
    [
        ({"id": 3}, "id"),
        ({"id": " "}, "id"),
        ({"id": "a", "titel": "b"}, "titel"),
    ],
)
def test_a_malformed_data_file_is_refused_by_file_and_key(values: dict[str, object], key: str) -> None:
    fields = Fields("5-1.yaml: entries: 2", values)
    with pytest.raises(ValueError, match=rf"^5-1\.yaml: entries: 2: {key}: "):
        require_only_id(fields)


def test_numbers_lists_and_choices_in_data_files_are_checked() -> None:
    fields = Fields("x.yaml", {"page": "5", "many": ["a"], "kind": "poem", "none": [], "one": {"id": "a"}})
    for check in (
        lambda: fields.number("page"),
        lambda: fields.texts("many", 2, 5),
        lambda: fields.choice("kind", ("step",)),
        lambda: list(fields.each("none")),
        lambda: fields.inner("many"),
    ):
        with pytest.raises(ValueError, match=r"^x\.yaml: "):
            check()
    assert fields.inner("one").text("id") == "a"
    assert fields.texts("absent", 0, 2) == ()
