"""Judges one statement: what it is, which parts of a goal it holds, and how much it says.

The same words always get the same judgement: signs read off the text by rules (features.py), weighed by small
trained models (weighing.py). Remarks about it are made by the rules in assistant/reviewing/critique.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import cast

from assistant.domain import Goal, Kind, Quote, Slots, Statement
from assistant.judging.certainty import correct_kinds, states_amount
from assistant.judging.features import find_features
from assistant.judging.form import find_form, place
from assistant.judging.slots import find_slots
from assistant.judging.weighing import weigh_heads
from assistant.judging.wording import weigh_heading, weigh_letters
from knowledge.document import Span
from knowledge.faults import EmptyText, OversizedText
from knowledge.grammar import load_grammar
from knowledge.identification import identify_language
from knowledge.lexicon import Lexicon, load_lexicon

MOST_WORDS = 2000
_EVEN = 0.5
_COMPLETE = 0.6


@dataclass(frozen=True, slots=True)
class _Reading:
    kinds: Mapping[Kind, float]
    slots: Slots
    likely: Mapping[str, Mapping[str, float]]


def judge(text: str, *, context: str = "", language: str | None = None, page: int = 1) -> Goal:
    """Judge one statement as a goal would be judged.

    Args:
        text: the statement, in one of the nine languages (another is judged with English cues and much doubt).
        context: the heading or lead-in line above it, "" for none.
        language: an ISO 639-1 code; found out from the text where None.
        page: the page it stands on, kept in every quote.

    Returns:
        The statement with its kind, slots and measures; its spans are offsets into `text`; no findings yet.

    Raises:
        EmptyText: where there is no letter or digit in it.
        OversizedText: where it is longer than 2,000 words.
    """
    check_words(text, "the goal")
    code = language or identify_language(text)
    reading = _read(text, context, load_lexicon(code))
    best = max(reading.kinds, key=lambda kind: reading.kinds[kind])
    whole = Span(0, len(text))
    statement = Statement("s1", text, whole, page, code, context, best, reading.kinds)
    return _measure(statement, reading, load_lexicon(code))


def judge_at(text: str, span: Span, *, id: str, context: str, language: str, page: int) -> Goal:  # noqa: A002 - the domain's own name
    """Judge the statement at `span` of a document; like `judge`, with every span an offset into the document.

    `text` is the statement's own words, `span` where they stand.
    """
    goal = judge(text, context=context, language=language, page=page)
    statement = replace(goal.statement, id=id, span=span)
    return replace(goal, statement=statement, slots=_shift(goal.slots, span.start, page))


def check_words(text: str, what: str) -> None:
    """Refuse nothing and too much, before any work is done on it.

    Raises:
        EmptyText: where `text` holds no letter or digit.
        OversizedText: where it is longer than 2,000 words.
    """
    if not any(character.isalnum() for character in text):
        raise EmptyText(what, "there are no words in it", "Write a sentence and try again.")
    words = len(text.split())
    if words > MOST_WORDS:
        raise OversizedText(
            what,
            f"it is {words:,} words long; {MOST_WORDS:,} is the most",
            "Paste one goal at a time, or upload the whole text as a document.",
        )


def read_signs(text: str, context: str, slots: Slots, lexicon: Lexicon) -> dict[str, float]:
    """Every sign the models weigh, with its strength: cues and build, letters, and the words of the heading."""
    cues = find_features(text, context, slots, lexicon)
    form = find_form(text, load_grammar(lexicon.code))
    headings = frozenset(sign for sign in cues if sign.startswith("heading:"))
    return {
        **dict.fromkeys(cues | form | place(form, headings), 1.0),
        **weigh_letters(text),
        **weigh_heading(context),
    }


def _read(text: str, context: str, lexicon: Lexicon) -> _Reading:
    slots = find_slots(text, lexicon)
    signs = read_signs(text, context, slots, lexicon)
    likely = weigh_heads(signs)
    kinds = cast("Mapping[Kind, float]", likely["kind"])
    return _Reading(correct_kinds(kinds, text, lexicon), slots, likely)


def _measure(statement: Statement, reading: _Reading, lexicon: Lexicon) -> Goal:
    likely = {name: reading.likely[name]["yes"] for name in ("vague", "measurable", "time_bound", "compound")}
    specificity = 1 - likely["vague"]
    if _is_complete(reading.slots):
        specificity = max(specificity, _COMPLETE)
    return Goal(
        statement=statement,
        slots=reading.slots,
        vague=specificity <= _EVEN,
        specificity=specificity,
        measurable=likely["measurable"] >= _EVEN or states_amount(statement.text, statement.kind),
        time_bound=likely["time_bound"] >= _EVEN,
        compound=likely["compound"] >= _EVEN,
        themes=tuple(topic for topic, pattern in lexicon.topics.items() if pattern.search(statement.text)),
    )


def _is_complete(slots: Slots) -> bool:
    """Who changes, what changes, so that which need: the guide's own good goal (4.4) has no number and no date."""
    return bool(slots.beneficiary and slots.object and slots.need)


def _shift(slots: Slots, offset: int, page: int) -> Slots:
    def moved(quote: Quote | None) -> Quote | None:
        return Quote(quote.text, quote.span.shifted(offset), page) if quote else None

    return Slots(
        beneficiary=moved(slots.beneficiary),
        change=moved(slots.change),
        direction=moved(slots.direction),
        object=moved(slots.object),
        scope=moved(slots.scope),
        means=tuple(Quote(quote.text, quote.span.shifted(offset), page) for quote in slots.means),
        need=moved(slots.need),
        time=moved(slots.time),
        amount=moved(slots.amount),
        owner=moved(slots.owner),
    )
