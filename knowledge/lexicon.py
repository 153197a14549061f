"""The cue words of each language: one data file a language, compiled once to patterns that find spans in a text."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from knowledge.cues import Cue, Sieve
from knowledge.datafile import Fields, read_fields
from knowledge.document import Span
from knowledge.vocabulary import Vocabulary

LANGUAGES = ("en", "fi", "da", "nl", "de", "hu", "fr", "es", "it")
DEFAULT_LANGUAGE = "en"
JOB, MENTION = " job", " mention"
_NEVER = re.compile(r"(?!)")
_NO_CUE = Cue(_NEVER, Sieve(()), 0)
_YEAR_STEM = re.compile(r"(?<!\w)(19|20)\\w\*")
_FEWEST_JOINED = 2
_GAP = r"(?:\W+\w+){0,3}?\W+"


@dataclass(frozen=True, slots=True)
class ElementCues:
    """What shows an element of a strategy: words in a heading above it, and words in the running text.

    The words of the running text stand in `Lexicon.vocabulary`, under the element's name with JOB (words that do its
    job) or MENTION (words that only touch it) after it.
    """

    heading: Cue


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One language's cues, each a pattern; a cue that a language's file leaves out matches nothing.

    `cues` are named for what they show ("up", "need_connective"); `groups` for beneficiaries, `topics` for the guide's
    topics, `headings` for the kind of statement that stands below, `elements` for the guide's elements, `vocabulary`
    for their words in running text; `voice` holds the built-in voice's phrases with named holes.
    """

    code: str
    name: str
    cues: Mapping[str, Cue]
    groups: Mapping[str, Cue]
    topics: Mapping[str, Cue]
    headings: Mapping[str, Cue]
    elements: Mapping[str, ElementCues]
    vocabulary: Vocabulary
    voice: Mapping[str, str]

    def cue(self, name: str) -> Cue:
        """The cue `name`; one that never matches where this language has none."""
        return self.cues.get(name, _NO_CUE)

    def find(self, name: str, text: str) -> Span | None:
        """Where cue `name` first stands in `text`."""
        found = self.cue(name).search(text)
        return Span(*found.span()) if found else None

    def find_all(self, name: str, text: str) -> tuple[Span, ...]:
        """Every place where cue `name` stands in `text`, in order, without overlaps."""
        return tuple(Span(*found.span()) for found in self.cue(name).finditer(text))

    def has(self, name: str, text: str) -> bool:
        """Whether cue `name` stands anywhere in `text`."""
        return self.cue(name).search(text) is not None


@cache
def load_lexicon(language: str) -> Lexicon:
    """The lexicon of `language`; English for a code that has no file ("und" among them).

    Raises:
        ValueError: if the file has not the form it must have; the message names the file and the key.
    """
    code = language if language in LANGUAGES else DEFAULT_LANGUAGE
    data = read_fields(files("knowledge") / "languages" / f"{code}.yaml")
    data.allow("code", "name", "cues", "groups", "topics", "headings", "elements", "voice")
    if data.text("code") != code:
        raise data.fault("code", f"must be {code}")
    elements = data.inner("elements")
    announcing = {name: _announcing(elements.inner(name)) for name in elements.values}
    parts = {part: _lists(data.inner(part)) for part in ("cues", "groups", "topics", "headings")}
    cues = _compile({**parts, "elements": announcing})
    return Lexicon(
        code=code,
        name=data.text("name"),
        cues=cues["cues"],
        groups=cues["groups"],
        topics=cues["topics"],
        headings=cues["headings"],
        elements={name: ElementCues(cue) for name, cue in cues["elements"].items()},
        vocabulary=Vocabulary(_element_words(elements)),
        voice=_phrases(data.inner("voice")) if data.has("voice") else {},
    )


def _lists(section: Fields) -> dict[str, tuple[str, ...]]:
    return {cue: section.texts(cue, 0, 1000) for cue in section.values}


def _announcing(section: Fields) -> tuple[str, ...]:
    """The words of headings that announce an element."""
    section.allow("heading", "job", "body")
    return section.texts("heading", 0, 1000)


def _compile(parts: Mapping[str, Mapping[str, Sequence[str]]]) -> dict[str, dict[str, Cue]]:
    """The lists of every part as cues, behind one sieve for all of them."""
    sieve = Sieve([entries for lists in parts.values() for entries in lists.values()])
    bits = iter(sieve.bits)
    return {
        part: {name: Cue(compile_cues(entries), sieve, next(bits)) for name, entries in lists.items()}
        for part, lists in parts.items()
    }


def _element_words(elements: Fields) -> dict[str, tuple[str, ...]]:
    """Every element's words for the running text, by its name and what they are worth."""
    words: dict[str, tuple[str, ...]] = {}
    for name in elements.values:
        section = elements.inner(name)
        words[name + JOB] = section.texts("job", 0, 1000)
        words[name + MENTION] = section.texts("body", 0, 1000)
    return words


def _phrases(section: Fields) -> dict[str, str]:
    return {name: section.text(name) for name in section.values}


def compile_cues(entries: Sequence[str]) -> re.Pattern[str]:
    """One pattern for a list of entries, longest first so that the fuller phrase wins."""
    ordered = sorted(set(entries), key=lambda entry: (-len(entry), entry))
    # The boundary stands outside the alternation, so that most positions of a text are refused at once.
    from_start = [entry for entry in ordered if not entry.startswith("*")]
    within = [_entry_pattern(entry) for entry in ordered if entry.startswith("*")]
    branches = ([rf"(?<!\w)(?:{_branch(from_start)})"] if from_start else []) + (
        [rf"(?<!\w)(?:{'|'.join(within)})"] if within else []
    )
    return re.compile("|".join(branches), re.IGNORECASE) if branches else _NEVER


def _branch(entries: Sequence[str]) -> str:
    """The entries as alternatives in their order, those with one first letter together: a word is tried on few."""
    by_letter: dict[str, list[str]] = {}
    for entry in entries:
        by_letter.setdefault(entry[0].lower(), []).append(entry)
    return "|".join(_alternatives(letter, some) for letter, some in by_letter.items())


def _alternatives(letter: str, entries: Sequence[str]) -> str:
    """The entries that begin with `letter`, which is tried once for all of them that go on with another.

    Which of the others is tried first makes no difference unless one goes on with any letter ("a*").
    """
    joined = [entry for entry in entries if entry[1:2].isalpha()]
    if not letter.isalpha() or len(joined) < _FEWEST_JOINED or any(entry[1:2] == "*" for entry in entries):
        return "|".join(_entry_pattern(entry) for entry in entries)
    others = [_entry_pattern(entry) for entry in entries if not entry[1:2].isalpha()]
    return "|".join([rf"{letter}(?:{_branch([entry[1:] for entry in joined])})", *others])


def _entry_pattern(entry: str) -> str:
    """An entry as a pattern: `*` stands for any rest of a word, `20*` for a year, ` .. ` for up to three words."""
    tail = "" if entry.endswith("*") else r"(?!\w)"
    return _GAP.join(_words_pattern(part) for part in entry.strip().split(" .. ")) + tail


def _words_pattern(phrase: str) -> str:
    words = [re.escape(word.replace("*", "\0")).replace("\0", r"\w*") for word in phrase.split()]
    return _YEAR_STEM.sub(r"\1\\d\\d", r"\s+".join(words)).replace("'", "['’]")
