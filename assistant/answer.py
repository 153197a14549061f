"""Answers to a manager's question: a plain sentence of ours, then quotations that code has found in their place."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from itertools import product

from assistant.disagreement import numbers_differ
from assistant.origin import Origin, Worded
from knowledge.datafile import list_data, read_fields
from knowledge.digest import Entry, load_digest
from knowledge.document import Span
from knowledge.faults import EmptyText, OversizedText
from knowledge.library.holdings import Library
from knowledge.library.identity import DEFAULT_WORKSPACE
from knowledge.library.keys import DIGEST_LANGUAGE
from knowledge.library.search import POSSIBLE, Hit, SearchResult
from knowledge.library.shelf import DIGEST
from knowledge.library.weighing import load_threshold
from knowledge.sentences import split_sentences
from knowledge.translations import load_translations
from knowledge.wording import compile_words

MOST_WORDS = 2000
OWN_SENTENCES = 2
FOLLOW_UPS = 3
DEFINITION = "definition"


@dataclass(frozen=True, slots=True)
class Citation:
    """A passage that answers: `quote` is the text of document `document` at `span`, checked.

    `document` is its id in the library ("digest" for Askwhy's digest of the guide); `title` is for the reader;
    `section` the guide's number alone and `page` its printed page; for a school's own file `section` is None and
    `page` the page of the file. `score` runs from 0 to 1.
    """

    document: str
    title: str
    section: str | None
    page: int
    quote: str
    span: Span
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said to a question; where nothing covers it, `answered` is False and there are no citations.

    `pending` passages are found by their words alone so far; `note` says so, "" where there are none. `origin` is where
    the lead comes from, where a model worded it.
    """

    question: str
    language: str
    answered: bool
    text: str
    citations: tuple[Citation, ...]
    follow_ups: tuple[str, ...]
    pending: int = 0
    note: str = ""
    origin: Origin | None = None

    @property
    def lead(self) -> str:
        """What we say ourselves, for a place that shows the citations below it; all of it where there are none."""
        return self.text.split("\n\n", 1)[0] if self.citations else self.text


@dataclass(frozen=True, slots=True)
class Frames:
    """One language's phrases with named holes (`languages/answers.yaml`), and its names for the guide's sections.

    A question with a word of `compares` asks for two things beside each other.
    """

    language: str
    guide: str
    digest: str
    file: str
    found: str
    perhaps: str
    also: str
    differ: str
    declined: str
    nearest: str
    nearby: str
    add: str
    pending: str
    follow_up: str
    compares: re.Pattern[str]
    sections: Mapping[str, str]


# Words an answer's lead from the question, the language and the passages alone; None where ours shall stand.
WordLead = Callable[[str, str, tuple[Citation, ...]], Worded | None]
PHRASES = tuple(field.name for field in fields(Frames) if field.type is str and field.name != "language")


def answer_question(
    question: str,
    library: Library,
    *,
    k: int = 5,
    workspace: str = DEFAULT_WORKSPACE,
    language: str | None = None,
    word_lead: WordLead | None = None,
) -> Answer:
    """Answer from the guide and the workspace's documents, or say that neither covers it.

    Args:
        question: a manager's question, in any of our languages.
        library: where to look.
        k: how many passages to cite at most.
        workspace: whose documents to look in.
        language: the code of the language to answer in; None to answer in the question's own.
        word_lead: words what stands above the quotations; the quotations, and whether there are any, stay as they are.

    Raises:
        EmptyText: if the question is empty.
        OversizedText: if it has more than 2,000 words.
    """
    asked = question.strip()
    if not any(character.isalnum() for character in asked):
        raise EmptyText("question", "there is nothing in it", "Ask a question in a few words.", key="no_question")
    if len(asked.split()) > MOST_WORDS:
        raise OversizedText(
            "question", f"it has more than {MOST_WORDS:,} words", "Ask one question, in a few sentences."
        )
    found = library.search(asked, k, workspace, language)
    spoken = language or found.language
    frames = _load_frames(spoken)
    citations = tuple(_cite(hit) for hit in found.hits if _is_exact(hit)) if found.covered else ()
    text = _tell(found, citations, frames) if citations else _decline(found, frames)
    note = frames.pending.format(count=found.pending) if found.pending else ""
    follow_ups = _follow_ups(found, citations, frames)
    answer = Answer(question, spoken, bool(citations), text, citations, follow_ups, found.pending, note)
    worded = word_lead(asked, spoken, citations) if word_lead and citations else None
    return _lead_with(answer, worded) if worded else answer


def _lead_with(answer: Answer, worded: Worded) -> Answer:
    """The answer with its lead, one paragraph, in a model's words; the quotations below it as they were."""
    quoted = answer.text.removeprefix(answer.lead)
    return replace(answer, text=" ".join(worded.text.split()) + quoted, origin=worded.origin)


def _is_exact(hit: Hit) -> bool:
    return bool(hit.quote) and hit.place.document.quote(hit.span) == hit.quote


def _cite(hit: Hit) -> Citation:
    place = hit.place
    return Citation(place.document_id, place.title, place.section, place.page, hit.quote, hit.span, round(hit.score, 4))


def _tell(found: SearchResult, citations: tuple[Citation, ...], frames: Frames) -> str:
    """One or two sentences of the digest where there are any in the frames' language, then the first quotation.

    Of a paper that less surely answers it is said that it is the nearest, not that it answers.
    Where the guide and a file of the school both answer, so that their passages take turns, the best of the other
    follows, with a word where they differ.
    """
    first = citations[0]
    own = _tell_entries(found, frames) if first.section is not None else ""
    unsure = first.section is None and found.confidence < load_threshold("papers for sure")
    opening = frames.perhaps if unsure else frames.found
    said = [own or (first.quote if first.document == DIGEST else opening), _quote(first, frames)]
    other = next((one for one in citations[1:2] if (one.section is None) != (first.section is None)), None)
    if other is not None:
        differing = _differing(found)
        told = [one for one in differing or (other,) if one != first]
        said += [frames.differ if differing else frames.also, *(_quote(one, frames) for one in told)]
    return "\n\n".join(said)


def _differing(found: SearchResult) -> tuple[Citation, ...]:
    """The first passages of the guide and of a file that give other numbers on what is asked; none where none do."""
    asked = (found.question, found.language)
    of_guide = [hit for hit in found.hits if hit.place.section is not None and _is_exact(hit)]
    of_files = [hit for hit in found.hits if hit.place.section is None and _is_exact(hit)]
    for one, other in product(of_guide, of_files):
        texts = [(hit.quote, hit.place.document.language) for hit in (one, other)]
        if numbers_differ(asked, *texts):
            return _cite(one), _cite(other)
    return ()


def _quote(citation: Citation, frames: Frames) -> str:
    """A quotation as it is told, with where it stands; of the digest where it stands alone."""
    if citation.section is None:
        return frames.file.format(name=citation.title, page=citation.page, quote=citation.quote)
    place = {"section": citation.section, "title": frames.sections[citation.section], "page": citation.page}
    if citation.document == DIGEST:
        return frames.digest.format(**place)
    return frames.guide.format(**place, quote=citation.quote)


def _decline(found: SearchResult, frames: Frames) -> str:
    """That it is not covered, and what comes nearest: a passage of the school's papers or a section of the guide."""
    first = found.hits[0] if found.hits else None
    if first is not None and first.place.section is None and found.confidence >= POSSIBLE and _is_exact(first):
        return "\n\n".join([f"{frames.declined} {frames.nearby}", _quote(_cite(first), frames), frames.add])
    entry = found.nearest[0]
    near = frames.nearest.format(section=entry.section, title=frames.sections[entry.section], page=entry.page)
    return " ".join([frames.declined, near, frames.add])


def _follow_ups(found: SearchResult, citations: tuple[Citation, ...], frames: Frames) -> tuple[str, ...]:
    """Questions that the entries next in likeness answer; about their sections, where they are not translated."""
    told = found.hits[0].entry if citations else None
    asked = [_first_question(entry, frames) for entry in found.nearest if entry != told]
    return tuple(dict.fromkeys(asked))[:FOLLOW_UPS]


def _first_question(entry: Entry, frames: Frames) -> str:
    translation = load_translations(frames.language).get(entry.id)
    if translation is not None:
        return translation.questions[0]
    if frames.language == DIGEST_LANGUAGE:
        return entry.questions[0]
    return frames.follow_up.format(title=frames.sections[entry.section])


def _tell_entries(found: SearchResult, frames: Frames) -> str:
    """What the digest says of the first passage, or of two that a question compares; "" where it is not translated."""
    first = found.hits[0].entry
    if first is None:
        return ""
    told = (first, *_compared(found, first, frames))
    return " ".join(_tell_entry(entry, frames.language, OWN_SENTENCES // len(told)) for entry in told).strip()


def _compared(found: SearchResult, first: Entry, frames: Frames) -> tuple[Entry, ...]:
    """The second of two things that a question asks the difference of: the next definition; none elsewhere."""
    if first.kind != DEFINITION or not frames.compares.search(found.question):
        return ()
    others = (hit.entry for hit in found.hits[1:] if hit.entry is not None and hit.entry != first)
    return tuple(entry for entry in others if entry.kind == DEFINITION)[:1]


def _tell_entry(entry: Entry, language: str, most: int) -> str:
    """At most so many first sentences of an entry, after its title where they lean on it; "" where not translated."""
    spoken = entry if language == DIGEST_LANGUAGE else load_translations(language).get(entry.id)
    if spoken is None:
        return ""
    text = spoken.text[: split_sentences(spoken.text, language)[:most][-1].end]
    return f"{spoken.title}. {text}" if entry.leans else text


@cache
def _load_frames(language: str) -> Frames:
    """The frames of a language, English for one that has none; a ValueError where the data file is malformed."""
    every = next(read_fields(file) for file in list_data("languages") if file.name == "answers.yaml")
    code = language if every.has(language) else DIGEST_LANGUAGE
    inner = every.inner(code)
    sections = inner.inner("sections")
    phrases = {name: inner.text(name) for name in PHRASES}
    titles = {entry.section: sections.text(entry.section) for entry in load_digest()}
    return Frames(language=code, compares=compile_words(inner.texts("compares", 1, 12)), sections=titles, **phrases)
