"""Takes a document apart: statements under their headings, the goals among them, the elements, the period."""

import re
from collections.abc import Sequence
from functools import partial

from assistant.domain import Goal, Period, Strategy
from assistant.judging.judge import Asked, begin_judging, place_goal
from assistant.reviewing.beside import read_beside
from assistant.reviewing.element_signs import add_kinds, load_element_model, see_words
from assistant.reviewing.elements import find_elements, miss_elements, rate
from assistant.reviewing.goals import choose_goals, heed_announcements, settle_kinds
from assistant.reviewing.layout import heed_layout
from assistant.reviewing.numbered import heed_numbers
from assistant.reviewing.pieces import Piece, cut_pieces
from assistant.reviewing.recognition import find_model, recognise
from assistant.reviewing.withheld import cut_withheld
from knowledge.document import Block, Document, Span
from knowledge.lexicon import Lexicon, load_lexicon

_TO = r"(?:to|until|till|through|bis|à|au|jusqu'en|al?|hasta|til|tot|t/m|en met)"
_DAY = r"(?:\d{1,2}\.?\s+(?:de\s+)?[^\W\d_]{3,12}\s+(?:de\s+)?)?"
_LETTERS = r"(?:[A-Z]{2}\s?)?"  # "FY2025–FY2028"
_PERIOD = re.compile(
    rf"(?<!\d)(20\d\d)\s*(?:[-–—/]\s*{_LETTERS}(20\d\d|\d\d)|\b{_TO}\b\s*{_DAY}{_LETTERS}(20\d\d))(?![\d%])"
)
# "In 2023 and 2025" is no range.
_BETWEEN = re.compile(
    r"\b(?:between|zwischen|entre|tussen|mellem|tra il|fra il)\s+(20\d\d)\s+"
    r"(?:and|und|et|y|en|og|e il)\s+(20\d\d)(?!\d)",
    re.IGNORECASE,
)
_SCHOOL_YEARS = re.compile(
    rf"(?<!\d)(20\d\d)[/–-](?:20)?\d\d\s*(?:[-–—]|\b{_TO}\b)\s*{_LETTERS}20\d\d[/–-]((?:20)?\d\d)(?!\d)"
)
# "Strategy 22-29": two digits only where a word for a plan stands right before.
_SHORT_PERIOD = re.compile(r"(?<![\d.,])([2-4]\d)\s?[-–/]\s?([2-4]\d)(?![\d.,%])")
_LONGEST_PERIOD = 15
_OPENING_SHARE = 0.2


def find_parts(document: Document, *, language: str | None = None) -> Strategy:
    """The strategy that `document` holds, as far as it holds one.

    Args:
        document: as it was read.
        language: the language whose cues are used; the document's own where None.

    Returns:
        Its statements in reading order (ids "s1", "s2" …), the goals among them judged in full, the guide's elements
        with their evidence, the period, and whether it is a strategy at all, with the reason in one sentence. What
        is withheld in the document plays no part.
    """
    cut = cut_withheld(document)
    return cut.restore(_take_apart(cut.judged, language or document.language))


def _take_apart(document: Document, code: str) -> Strategy:
    lexicon = load_lexicon(code)
    pieces = tuple(cut_pieces(document, lexicon, code))
    finish = begin_judging(_ask(document, pieces, code))
    # What needs no judgement is read while gists still are.
    words = tuple(see_words(piece, document.quote(piece.span), lexicon) for piece in pieces)
    period = find_period(document, lexicon)
    heeded = _place(pieces, finish(), lexicon)
    seen = tuple(add_kinds(goal, shown) for (_, goal), shown in zip(heeded, words, strict=True))
    rated = partial(rate, seen=seen, model=load_element_model())
    chosen = choose_goals(heeded, rated("goals"), lexicon)
    statements = settle_kinds(heeded, chosen)
    goals = read_beside(chosen, statements, document, lexicon)
    elements = heed_layout(find_elements(document, statements, seen, period), statements, goals, lexicon, rated)
    known = recognise(document, statements, goals, elements, lexicon)
    if not known.is_strategy:
        return Strategy(document, False, known.reason, statements, (), miss_elements(), period)
    model = find_model(document, statements, goals, lexicon)
    return Strategy(document, True, known.reason, statements, goals, elements, period, model)


def judge_pieces(document: Document, lexicon: Lexicon, language: str) -> tuple[tuple[Piece, Goal], ...]:
    """Every statement of `document`, judged, with the piece it was cut from; ids "s1", "s2" … in reading order."""
    pieces = tuple(cut_pieces(document, lexicon, language))
    return _place(pieces, begin_judging(_ask(document, pieces, language))(), lexicon)


def _ask(document: Document, pieces: Sequence[Piece], language: str) -> tuple[Asked, ...]:
    return tuple(
        Asked(document.quote(piece.span), piece.context, language, document.page_at(piece.span.start))
        for piece in pieces
    )


def _place(pieces: Sequence[Piece], judged: Sequence[Goal], lexicon: Lexicon) -> tuple[tuple[Piece, Goal], ...]:
    """What was judged, at its place in the document, its announcements heeded."""
    placed = tuple(
        place_goal(goal, piece.span, f"s{number}")
        for number, (piece, goal) in enumerate(zip(pieces, judged, strict=True), start=1)
    )
    return heed_announcements(heed_numbers(tuple(zip(pieces, placed, strict=True))), lexicon)


def find_period(document: Document, lexicon: Lexicon) -> Period | None:
    """The years the strategy covers: the range named in a heading, near the opening, or beside a word for a plan.

    The candidate with the most of these signs wins, the first among equals; None where no range of years is named. A
    single year, as in "Action plan 2026-2027", counts only where no other range stands anywhere, and a school year
    ("2026/27") only in a heading, not in what leads in to a list.
    """
    opening = len(document.text) * _OPENING_SHARE
    headings = [block.span for block in document.blocks if block.kind == "heading" and not _leads_in(document, block)]
    best: tuple[int, Period] | None = None
    shorts = [
        found
        for found in _SHORT_PERIOD.finditer(document.text)
        if lexicon.has("plan_word", document.text[max(0, found.start() - 12) : found.start()])
    ]
    ranges = [found for form in (_SCHOOL_YEARS, _PERIOD, _BETWEEN) for found in form.finditer(document.text)]
    for found in (*ranges, *shorts):
        first, last = (digits for digits in found.groups() if digits)
        start, end = _year(first, first), _year(last, first)
        headed = any(span.start <= found.start() < span.end for span in headings)
        single = end == start + 1
        school_year = single and (len(last) < len(first) or "/" in found[0])
        if (school_year and not headed) or not start < end <= start + _LONGEST_PERIOD:
            continue
        around = document.text[max(0, found.start() - 80) : found.end() + 40]
        signs = 2 * headed + 2 * lexicon.has("plan_word", around) + (found.start() < opening) if not single else -1
        if best is None or signs > best[0]:
            best = (signs, Period(start, end, Span(*found.span())))
    return best[1] if best else None


def _leads_in(document: Document, block: Block) -> bool:
    return document.quote(block.span).rstrip().endswith(":")


def _year(digits: str, first: str) -> int:
    """The year that `digits` stand for in a range that opens with `first`: 2030 for "30"."""
    if len(digits) == len("2030"):
        return int(digits)
    return int((first[:2] if len(first) > len(digits) else "20") + digits)  # "2027-30", "22-29"
