"""A critique written into the manager's own file: Word with margin comments, PDF with highlights and notes."""

from dataclasses import dataclass

from assistant.domain import Critique, Quote, Statement
from assistant.reviewing.arrangement import Remark, arrange
from assistant.reviewing.report import say_guide, say_remark, say_talked
from assistant.reviewing.talked import Talked, list_lines
from knowledge.document import Document
from knowledge.faults import BadInput
from knowledge.phrasebook import Phrasebook, load_phrases
from knowledge.reading.draft import Limits, Source
from knowledge.reading.word import recognises_word
from knowledge.writing.notes import Note
from knowledge.writing.pdf import comment_pdf
from knowledge.writing.word import comment_word, write_word


@dataclass(frozen=True, slots=True)
class Original:
    """The file as the manager gave it, with its password if it has one."""

    name: str
    data: bytes
    password: str | None = None

    @property
    def is_pdf(self) -> bool:
        """Whether it is a PDF."""
        return b"%PDF-" in self.data[:1024]

    @property
    def is_word(self) -> bool:
        """Whether it is a Word file."""
        return recognises_word(Source(self.data, self.name, self.password, Limits()))


def write_docx(critique: Critique, original: Original, talked: Talked | None = None) -> bytes:
    """The manager's own Word file with comments; for a file of another format its text in a new one, with comments.

    Raises:
        CorruptFile: if comments cannot be written into it.
    """
    notes = make_notes(critique, talked)
    if original.is_word:
        return comment_word(original.data, original.name, notes)
    return write_word(critique.strategy.document, notes)


def write_pdf(critique: Critique, original: Original, talked: Talked | None = None) -> bytes:
    """The manager's own PDF with highlights and notes.

    Raises:
        BadInput: if it is no PDF.
        CorruptFile: if notes cannot be written into it.
    """
    if not original.is_pdf:
        raise BadInput(original.name, "this is no PDF, so it cannot be given back as one", "Ask for --format docx.")
    return comment_pdf(original.data, original.name, make_notes(critique, talked), original.password)


def make_notes(critique: Critique, talked: Talked | None = None) -> tuple[Note, ...]:
    """Every remark as notes: at each goal or word it speaks of, and one note for all that is said of the whole.

    What talks about the goals came to stands at them, and their tree in a note of its own.
    """
    document, arranged = critique.strategy.document, arrange(critique)
    phrases = load_phrases(critique.language)
    notes: list[Note] = []
    unplaced: list[str] = []
    by_number = {one.number: one for one in arranged.goals}
    for remark in (*arranged.whole.first, *arranged.whole.more):
        places = remark.places or tuple(_words_of(by_number[number].goal.statement) for number in remark.goals)
        if places:
            notes += _place(remark, places, document, phrases)
        else:
            unplaced.append(_told(remark, phrases))
    for one in arranged.goals:
        for remark in (*one.remarks.first, *one.remarks.more):
            notes += _place(remark, remark.places or (_words_of(one.goal.statement),), document, phrases)
        if said := "\n".join(say_talked(talked, one.goal.statement.id, phrases)):
            words = _words_of(one.goal.statement)
            notes.append(Note(words.text, words.page, words.span.start / max(1, len(document.text)), said))
    if talked is not None:
        tree = "\n".join(f"{'    ' * depth}{line}" for depth, line in list_lines(talked))
        notes.insert(0, Note("", 1, 0.0, f"{talked.title}:\n{tree}"))
    if unplaced:
        title = phrases.say("decisions", "on_the_whole")
        notes.insert(0, Note("", 1, 0.0, "\n".join([f"{title}:", *unplaced])))
    return tuple(notes)


def _place(remark: Remark, places: tuple[Quote, ...], document: Document, phrases: Phrasebook) -> list[Note]:
    """The remark in full at its first place, in short at the others."""
    told = _told(remark, phrases)
    size = max(1, len(document.text))
    return [
        Note(quote.text, quote.page, quote.span.start / size, told if number == 0 else remark.finding.message)
        for number, quote in enumerate(places)
    ]


def _told(remark: Remark, phrases: Phrasebook) -> str:
    guide = say_guide(remark.finding.guide, phrases)
    return f"{say_remark(remark, phrases)} {remark.finding.question} ({guide})"


def _words_of(statement: Statement) -> Quote:
    return Quote(statement.text, statement.span, statement.page)
