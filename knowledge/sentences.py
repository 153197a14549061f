"""Sentences and where they stand, found with sentencex and mended where its rules know too little."""

import re
from functools import lru_cache

import sentencex

from knowledge.document import Span

_BREAK = re.compile(r"\n[ \t]*\n")
_SPACE = re.compile(r"\s")
_NUMBER_ALONE = re.compile(r"[(\[]?(?:\d{1,3}(?:\.\d{1,3})*|[a-zA-Z]|[ivxIVX]{1,4})[.)]")
_LAST_WORD = re.compile(r"([^\s(\[“\"„«]+)\.$")
# Short forms that stand before a name or a number and so do not end a sentence, in the nine languages; the splitter
# knows some of them for some languages. Those that can close a sentence ("etc.", "stb.", "jne.") are not here.
_SHORT_FORM = re.compile(
    r"approx|bijv|bl\.a|bv|ca|cf|chap|circa|d\.h|dhr|dott|dr|e\.g|ej|ev|evtl|f\.eks|i\.e|inkl|jf|kb|kl|klo|mevr|mme|mr|mrs"
    r"|ms|nr|ns|núm|o\.a|p|p\.ej|p\.ex|pag|pág|pl|prof|resp|sr|sra|tel|u\.a|vgl|vol|vö|z\.b|z\.t|zb",
    re.IGNORECASE,
)

# German writes "the 2nd class" as "der 2. Klasse", and its nouns with capitals.
_GERMAN_ORDINAL = re.compile(
    r"\b(?:d(?:er|ie|as|en|em|es)|im|am|zum|zur|vom|ab|bis|jede[rsmn]?)\s+\d{1,2}\.$", re.IGNORECASE
)


def split_sentences(text: str, language: str) -> tuple[Span, ...]:
    """The sentences of `text`, in order, each without the white space around it.

    A blank line always ends a sentence; a single line break never does. `language` is an ISO 639-1 code; "und" and
    codes that the splitter lacks are split by its English rules.

    Returns:
        Spans into `text` (characters); together they cover all of it but white space.
    """
    found: list[Span] = []
    start = 0
    for gap in [*_BREAK.finditer(text), None]:
        end = gap.start() if gap else len(text)
        found.extend(span.shifted(start) for span in _split_paragraph(text[start:end], language))
        start = gap.end() if gap else end
    return tuple(found)


def _split_paragraph(text: str, language: str) -> list[Span]:
    """Sentences of a text without blank lines, in its own offsets."""
    # Line breaks are white space here; one character stands for one, so that offsets stay true.
    flat = _SPACE.sub(" ", text)
    if not flat.strip():
        return []
    ends = [boundary["end_index"] for boundary in sentencex.get_sentence_boundaries(language, flat)]
    spans: list[Span] = []
    start = 0
    for end in [*ends, len(flat)]:
        piece = flat[start:end]
        words = piece.strip()
        if not words:
            continue
        begin = start + len(piece) - len(piece.lstrip())
        span = Span(begin, begin + len(words))
        if spans and _goes_on(flat[spans[-1].start : spans[-1].end], words, language):
            span = Span(spans.pop().start, span.end)
        spans.append(span)
        start = end
    return spans


def _goes_on(before: str, after: str, language: str) -> bool:
    """Whether the full stop between the two was part of a date, a number or a short form, and ends no sentence."""
    if _NUMBER_ALONE.fullmatch(before):
        return True
    if not any(sign.isalnum() for sign in after):
        return True
    last = _LAST_WORD.search(before)
    if last is None:
        return False
    # "2027. január", "5. kesäkuuta", "z.B. mit": no sentence begins with a small letter, but names like eTwinning do.
    if after[0].islower() and not (len(after) > 1 and after[1].isupper()):
        return True
    if language == "de" and _GERMAN_ORDINAL.search(before):
        return True
    return _SHORT_FORM.fullmatch(last[1]) is not None


@lru_cache(maxsize=1024)
def fold_letters(text: str) -> str:
    """The letters and digits of `text` alone, in small letters: two that differ in nothing else say the same.

    The same goals are asked about rule by rule, so it is remembered.
    """
    return "".join(filter(str.isalnum, text.casefold()))
