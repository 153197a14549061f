"""Judges one statement: what it is, which parts of a goal it holds, and how much it says.

The same words always get the same judgement, alone or among few: signs read off the text by rules (features.py) and its
gist (gist.py), weighed by small trained models (weighing.py); among many, what is hardly a goal goes by its signs.
Remarks about it are made by the rules in assistant/reviewing/critique.py.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import cast

from assistant.domain import Goal, Kind, Quote, Slots, Statement
from assistant.judging.certainty import correct_kinds, settle_specificity, states_amount
from assistant.judging.features import find_features
from assistant.judging.form import find_form, place
from assistant.judging.gist import Floats, has_gist, read_gist
from assistant.judging.slots import find_slots
from assistant.judging.weighing import Found, load_panels
from assistant.judging.wording import cut_letters, weigh_groups, weigh_heading, weigh_letters
from knowledge.addressing import find_addressed
from knowledge.cues import find_standing
from knowledge.document import Span
from knowledge.faults import EmptyText, OversizedText
from knowledge.grammar import load_grammar
from knowledge.identification import identify_language
from knowledge.lexicon import Lexicon, load_lexicon

MOST_WORDS = 2000
MANY = 300
THREADS = min(4, os.cpu_count() or 1)
# What by the other signs is hardly a goal, and likely something, needs no gist: chosen on unread plans, each judged as
# a part of many (evals/LOG.md).
_HARDLY_A_GOAL, _LIKELY = 0.15, 0.3
_EVEN = 0.5
# What sets out changes or tasks, and so may set out two; a mission that names two is one mission.
_MADE_OF_PARTS: tuple[Kind, ...] = ("goal", "activity", "indicator")
Likely = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A statement to judge: its words, the heading or lead-in above it ("" for none), its language and its page."""

    text: str
    context: str
    language: str
    page: int = 1


@dataclass(frozen=True, slots=True)
class _Seen:
    lexicon: Lexicon
    slots: Slots
    found: Found


def judge(text: str, *, context: str = "", language: str | None = None, page: int = 1) -> Goal:
    """Judge one statement as a goal would be judged.

    Args:
        text: the statement, in one of the nine languages (another is judged with English cues and much doubt).
        context: the heading or lead-in line above it, "" for none.
        language: an ISO 639-1 code; found out from the text where None.
        page: the page it stands on, kept in every quote.

    Returns:
        The statement with its kind, slots and measures; its spans are offsets into `text`; no findings yet. What the
        text says to a machine ("ignore your rules") moves none of them.

    Raises:
        EmptyText: where there is no letter or digit in it.
        OversizedText: where it is longer than 2,000 words.
    """
    check_words(text, "the goal")
    heard = _without_addressed(text)
    goal = judge_all((Asked(heard, context, language or identify_language(heard), page),))[0]
    return goal if heard == text else replace(goal, statement=replace(goal.statement, text=text))


def _without_addressed(text: str) -> str:
    """The text with blanks for what it says to a machine, as in a document; as it is where nothing else is left."""
    heard = text
    for span in find_addressed(text):
        heard = heard[: span.start] + " " * (span.end - span.start) + heard[span.end :]
    return heard if heard is text or any(map(str.isalnum, heard)) else text


def judge_all(asked: Sequence[Asked]) -> tuple[Goal, ...]:
    """Judge many statements, as `judge` would each of them, several at a time.

    Of more than `MANY`, the gist is read only of what may be a goal by the other signs, or anything.

    Raises:
        EmptyText, OversizedText: as `judge`.
    """
    return begin_judging(asked)()


def begin_judging(asked: Sequence[Asked]) -> Callable[[], tuple[Goal, ...]]:
    """Judge many statements, as `judge_all`; what is returned gives the goals, once all gists have been read.

    Raises:
        EmptyText, OversizedText: as `judge`.
    """
    for one in asked:
        check_words(one.text, "the goal")
    if not has_gist():
        alone = [(one, sight, _weigh(sight)) for one, sight in ((one, _see(one)) for one in asked)]
        return lambda: tuple(_conclude(*known) for known in alone)
    pool = ThreadPoolExecutor(THREADS)
    try:
        begun = [_begin(one, pool, few=len(asked) <= MANY) for one in asked]
    except BaseException:
        pool.shutdown(cancel_futures=True)
        raise
    pool.shutdown(wait=False)  # what was begun is read all the same
    return lambda: tuple(_conclude(one, *_settle(*known)) for one, known in zip(asked, begun, strict=True))


def place_goal(goal: Goal, span: Span, name: str) -> Goal:
    """A goal judged by itself, at `span` of the document it stands in: every span becomes an offset into that.

    `name` becomes its statement's id.
    """
    statement = replace(goal.statement, id=name, span=span)
    return replace(goal, statement=statement, slots=_shift(goal.slots, span.start, statement.page))


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
            key="many_words",
            words=words,
            most=MOST_WORDS,
        )


def read_signs(text: str, context: str, slots: Slots, lexicon: Lexicon) -> dict[str, float]:
    """Every sign the models weigh, with its strength: cues and build, letters, and the words of the heading."""
    return {**_read_plain_signs(text, context, slots, lexicon), **weigh_letters(text)}


def _read_plain_signs(text: str, context: str, slots: Slots, lexicon: Lexicon) -> dict[str, float]:
    """Every sign but the letters."""
    cues = find_features(text, context, slots, lexicon)
    form = find_form(text, load_grammar(lexicon.code))
    headings = frozenset(sign for sign in cues if sign.startswith("heading:"))
    return {**dict.fromkeys(cues | form | place(form, headings), 1.0), **weigh_heading(context)}


def _see(one: Asked) -> _Seen:
    lexicon = load_lexicon(one.language)
    slots = find_slots(one.text, lexicon)
    signs, groups = _read_plain_signs(one.text, one.context, slots, lexicon), cut_letters(one.text)
    return _Seen(lexicon, slots, load_panels().without.look_up(signs, groups, weigh_groups(groups)))


def _weigh(seen: _Seen, gist: Floats | None = None) -> Likely:
    panels = load_panels()
    return (panels.without if gist is None else panels.with_gist).weigh(seen.found, gist)


def _is_no_goal(kinds: Mapping[str, float]) -> bool:
    return kinds["goal"] < _HARDLY_A_GOAL and max(kinds.values()) > _LIKELY


def _begin(one: Asked, pool: ThreadPoolExecutor, *, few: bool) -> tuple[_Seen, "Future[Floats] | Likely"]:
    """What is seen of a statement, and its gist, being read; or what it is likely to be, where that will do."""
    if few:
        gist = pool.submit(read_gist, one.text, one.context)
        return _see(one), gist
    seen = _see(one)
    alone = _weigh(seen)
    return seen, alone if _is_no_goal(alone["kind"]) else pool.submit(read_gist, one.text, one.context)


def _settle(seen: _Seen, known: "Future[Floats] | Likely") -> tuple[_Seen, Likely]:
    return seen, _weigh(seen, known.result()) if isinstance(known, Future) else known


def _conclude(one: Asked, seen: _Seen, likely: Likely) -> Goal:
    kinds = correct_kinds(cast("Mapping[Kind, float]", likely["kind"]), one.text, seen.lexicon)
    best = max(kinds, key=lambda kind: kinds[kind])
    measured = likely["measurable"]["yes"] if best == "goal" else 0.0
    specificity = settle_specificity(1 - likely["vague"]["yes"], measured, complete=_is_complete(seen.slots))
    return Goal(
        statement=Statement("s1", one.text, Span(0, len(one.text)), one.page, one.language, one.context, best, kinds),
        slots=seen.slots,
        vague=specificity <= _EVEN,
        specificity=specificity,
        measurable=likely["measurable"]["yes"] >= _EVEN or states_amount(one.text, best, seen.slots, seen.lexicon),
        time_bound=likely["time_bound"]["yes"] >= _EVEN,
        compound=best in _MADE_OF_PARTS and likely["compound"]["yes"] >= _EVEN,
        themes=tuple(find_standing(seen.lexicon.topics, one.text)),
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
