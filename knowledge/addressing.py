"""Finds, in any of the nine languages, the sentences of a document that tell a machine what to make of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from knowledge.address_cues import (
    GROUPS,
    STEM,
    WORD,
    first_words,
    group_pattern,
    group_sieve,
    has_trigger,
    load_address_cues,
)
from knowledge.document import Span

# Marks by which chat programs part the speakers; no prose has them.
_TURNS = re.compile(
    r"<\|?/?(?:im_start|im_end|system|assistant|user|endoftext)\|?>|\[/?INST\]|<</?SYS>>", re.IGNORECASE
)
_OPENERS = re.compile(r"(?:^|[:;,.!?–—(\[\"“”„«»'’*#>•-])\s*$")
_TERMINATOR = re.compile(r"[.!?…][\"”»“’')\]]*(?=\s)")
_ITEM = re.compile(r"\s*(?:[-–—*•·▪◦❖#>]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s")
_CELL = " | "
_FULL_LINE = 60  # characters: a line this long may go on with the next, a shorter one is a title or closed
_REACH = 100  # characters between "ignore" and the instructions it is said of
_NEGATED = 3  # words before "ignore" among which a "not" is looked for
_ARTICLE = 3  # letters at most
_SHORT_MEMORY = 4


@lru_cache(maxsize=_SHORT_MEMORY)
def find_addressed(text: str) -> tuple[Span, ...]:
    """The sentences of `text` that speak to a machine, whole, in order and without overlap.

    A sentence counts where its cues come together: it tells someone to set instructions aside, speaks to a program as
    "you", or commands a mark, praise or silence for this document. Speaking of programs, instructions or marks is not
    enough. Sentences end at full stops, blank lines, list items, table cells and lines too short to be wrapped.
    """
    found = [_sentence_around(text, hit.start(), hit.end()) for hit in _TURNS.finditer(text)]
    judged = dict.fromkeys(load_address_cues(), 0)  # how far each language has looked
    for place, code, first in _candidates(text):
        if place < judged[code] or not has_trigger(text, place, code, first):
            continue
        sentence = _sentence_around(text, place, place + 1)
        judged[code] = sentence.end
        if _is_addressed(text[sentence.start : sentence.end], code):
            found.append(sentence)
    return tuple(_merged(sorted(found)))


def _candidates(text: str) -> Iterator[tuple[int, str, str]]:
    """Where a word stands with which a trigger can begin, in which language, and how the trigger begins."""
    whole, stems = first_words()
    for word in WORD.finditer(text):
        folded = word[0].casefold()
        codes = whole.get(folded)
        if codes:
            yield from ((word.start(), code, folded) for code in codes)
        for stem, code in stems.get(folded[:STEM], ()):
            if folded.startswith(stem):
                yield word.start(), code, f"{stem}*"


def _merged(spans: list[Span]) -> Iterator[Span]:
    """The spans, those that share characters made one."""
    current: Span | None = None
    for span in spans:
        if current is None:
            current = span
        elif span.start < current.end:
            current = Span(current.start, max(current.end, span.end))
        else:
            yield current
            current = span
    if current is not None:
        yield current


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence, heard as one of a language."""

    words: str
    code: str

    def has(self, group: str) -> bool:
        """Whether a cue of the group is in it."""
        return self._may_hold(group) and group_pattern(self.code, group).search(self.words) is not None

    def commands(self, group: str) -> bool:
        """Whether a cue of the group stands in it where a command does."""
        return any(_is_command(self.words[: hit.start()], self.code) for hit in self.hits(group))

    def hits(self, group: str) -> Iterator[re.Match[str]]:
        """The cues of the group in it, in order."""
        return group_pattern(self.code, group).finditer(self.words) if self._may_hold(group) else iter(())

    def _may_hold(self, group: str) -> bool:
        """Whether a word of it could begin a cue of the group, whose pattern need not be compiled for another."""
        sieve = group_sieve(self.code)
        return bool(sieve.look(self.words).lists & sieve.bits[GROUPS.index(group)])


def _is_addressed(sentence: str, code: str) -> bool:
    """Whether the cues that come together in one sentence make it speak to a machine."""
    heard = _Sentence(sentence, code)
    return (
        heard.has("address")
        or _overrides(heard)
        or _calls_off(heard)
        or _commands_favour(heard)
        or _binds_reader(heard)
    )


def _calls_off(heard: _Sentence) -> bool:
    """Whether it stops the analysis, or declares what its reader was told before to be void."""
    void = heard.has("given") and heard.has("void") and (heard.has("task") or heard.has("top") or heard.has("outcome"))
    return void or heard.commands("stop")


def _commands_favour(heard: _Sentence) -> bool:
    """Whether it commands a mark, praise or silence for this document, or a verdict."""
    has, commands = heard.has, heard.commands
    return (
        (commands("award") and has("top") and (_names_this(heard) or has("machine")))
        or (commands("praise") and has("this"))
        or (commands("conceal") and has("faults"))
        or (commands("say") and (has("top") or has("glowing") or has("machine")))
        or (has("verdict") and (has("top") or has("glowing") or has("conceal")))
        or (commands("output") and (has("top") or has("outcome")))
    )


def _binds_reader(heard: _Sentence) -> bool:
    """Whether it tells what a program that reads this document makes of it, or what it gets whatever it says."""
    has = heard.has
    if has("machine") and ((has("this") and has("top")) or (has("override") and has("orders"))):
        return True
    told = (has("reads") and (has("agent") or has("machine"))) or (has("regardless") and has("this"))
    return told and (has("top") or has("outcome"))


def _names_this(heard: _Sentence) -> bool:
    """Whether it speaks of this document; "la" or "le" before a mark is an article and speaks of nothing."""
    tops = [hit.span() for hit in heard.hits("top")]
    return any(
        len(hit[0]) > _ARTICLE or not any(start - 1 <= hit.end() <= end for start, end in tops)
        for hit in heard.hits("this")
    )


def _overrides(heard: _Sentence) -> bool:
    """Whether it tells to set instructions aside: the two close together, and no "not" right before."""
    orders = [hit.span() for hit in heard.hits("orders")]
    for hit in heard.hits("override"):
        before = " ".join(heard.words[: hit.start()].split()[-_NEGATED:])
        near = any(start - hit.end() <= _REACH and hit.start() - end <= _REACH for start, end in orders)
        if near and not group_pattern(heard.code, "negation").search(before):
            return True
    return False


def _is_command(before: str, code: str) -> bool:
    """Whether a verb form stands where a command does: first in its clause, or after a word that leads to one."""
    return _OPENERS.search(before) is not None or group_pattern(code, "lead").search(before) is not None


def _sentence_around(text: str, start: int, end: int) -> Span:
    """The sentence that holds `[start, end)`, without outer white space and the mark of a list."""
    left = start
    while left > 0 and not _begins_at(text, left):
        left -= 1
    right = end
    while right < len(text) and not _begins_at(text, right):
        right += 1
    item = _ITEM.match(text, left, right)
    left = item.end() if item and item.end() <= start else left
    words = text[left:right]
    return Span(left + len(words) - len(words.lstrip()), left + len(words.rstrip()))


def _begins_at(text: str, place: int) -> bool:
    """Whether a sentence may begin at `place`: after a full stop, a cell's edge or a line that does not go on."""
    if text[place - 1] == "\n":
        return not _wraps(text, place - 1)
    if text[place - 3 : place] == _CELL or text[place : place + 3] == _CELL:
        return True
    return text[place - 1].isspace() and _TERMINATOR.search(text, max(0, place - 4), place) is not None


def _wraps(text: str, newline: int) -> bool:
    """Whether the line that ends at `newline` goes on with the next."""
    above = text[text.rfind("\n", 0, newline) + 1 : newline].strip()
    following = text.find("\n", newline + 1)
    below = text[newline + 1 : following if following >= 0 else len(text)]
    if not above or not below.strip() or _ITEM.match(below) or above[-1] in ".!?…:":
        return False
    return below.lstrip()[0].islower() or len(above) >= _FULL_LINE
