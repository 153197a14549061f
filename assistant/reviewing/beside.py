"""Reads what a document says of a goal outside its own words: in its row, in lines below it, in the next sentence.

Plans that follow the guide give each goal its reason, level, target and date, in columns or in lines of their own
("Why: …", "Deadline: June 2029"). A critic that does not see them asks for what stands right there.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice, takewhile

from assistant.domain import Beside, Goal, Quote, Slots, Statement
from assistant.judging.judge import judge
from assistant.judging.quantities import find_numbers, find_years
from assistant.judging.slots import find_slots
from assistant.reviewing.rows import name_column, read_card_label
from knowledge.document import Block, Cell, Document, Span
from knowledge.labels import Label, read_column_label, read_line_label
from knowledge.lexicon import Lexicon
from knowledge.sentences import split_sentences

# A line, a sentence or a row of two cells that says ahead what it is: "Deadline: June 2029", "Deadline | June 2029".
_NAME = r"[^\W\d_][^:|?.;\n\t]{1,40}?"
_LINE = re.compile(
    rf"(?:^|(?<=[.;]\s))[ \t>*_•·–-]*(?P<label>{_NAME})[*_ ]*(?:[:?]|[ \t]*[|\t])[*_ \t]*"
    rf"(?P<said>\S(?:(?![.;]\s+{_NAME}:\s)[^\n])*)",
    re.MULTILINE,
)
# What stands for an owner who has not been found yet.
_UNNAMED = re.compile(
    r"\W*|(?:t\W?b\W?[adc]|n\W{1,2}n|n\W?a|x+|to be (?:decided|named|determined|confirmed|appointed)|open|offen)\W*",
    re.IGNORECASE,
)
_YEAR_ONLY = re.compile(r"\W*20\d\d\W*")
_FEWEST_NEED_WORDS = 2
_OPENING = 20  # characters: "This is because …"
_LIKELY_REASON = 0.3
_LEAST_RANK = 9  # below that of any heading
_SPELT_OUT = 2  # sentences below a heading that is a goal, which say who, how much and by when
_READ = ("baseline", "amount", "time", "indicator")
_MOST_READ_WORDS = 40


def read_beside(
    goals: Sequence[Goal], statements: Sequence[Statement], document: Document, lexicon: Lexicon
) -> tuple[Goal, ...]:
    """The goals with what stands beside each; their measures are those of the goal read together with it.

    Args:
        goals: of the document, in reading order.
        statements: all of the document's, in reading order.
        document: as it was read.
        lexicon: of its language.
    """
    ends = [*(goal.statement.span.start for goal in goals), len(document.text)][1:]
    places = {one.span: place for place, one in enumerate(statements)}
    return tuple(
        _heed(
            goal,
            _gather(
                chain(
                    _read_row(goal, document, lexicon),
                    _read_lines(goal, end, document, lexicon),
                    _read_neighbours(goal, places.get(goal.statement.span), statements, document, lexicon),
                    _read_below(goal, end, statements, document, lexicon),
                ),
                lexicon,
            ),
            lexicon,
        )
        for goal, end in zip(goals, ends, strict=True)
    )


def _gather(told: Iterable[tuple[Label, Quote]], lexicon: Lexicon) -> Beside:
    found: dict[Label, Quote] = {}
    for label, quote in told:
        if label not in found and _says(label, quote.text, lexicon):
            found[label] = quote
    return Beside(**{label: quote for label, quote in found.items() if label != "other"})


def _says(label: Label, text: str, lexicon: Lexicon) -> bool:
    """Whether the words say what their label promises; "–" and "TBD" say nothing, and "ongoing" is no time."""
    if label == "amount":
        return bool(find_numbers(text)) or lexicon.has("quantifier", text)
    if label == "time":
        return find_slots(text, lexicon).time is not None
    if label == "owner":
        return _UNNAMED.fullmatch(text.strip()) is None
    if label == "need":
        return sum(any(map(str.isalpha, word)) for word in text.split()) >= _FEWEST_NEED_WORDS
    return any(map(str.isalnum, text))


def _read_row(goal: Goal, document: Document, lexicon: Lexicon) -> Iterator[tuple[Label, Quote]]:
    """What the other cells of a goal's row say, by the names of their columns.

    Of columns that are named by a year alone the last holds what is to be reached, and the first today's state.
    """
    row = document.block_at(goal.statement.span.start)
    cells = [cell for cell in row.cells if not cell.span.contains(goal.statement.span)] if row else []
    named = [(cell, read_column_label(name_column(document, cell), lexicon.code)) for cell in cells]
    yearly = [cell for cell in cells if _YEAR_ONLY.fullmatch(name_column(document, cell))]
    for cell, label in named:
        if label:
            yield label, _quote(document, cell.span)
    if yearly:
        yield "amount", _quote(document, yearly[-1].span)
    if len(yearly) > 1:
        yield "baseline", _quote(document, yearly[0].span)
    for cell in (*(cell for cell, label in named if label == "amount"), *yearly[-1:]):  # "Target 2029" says by when too
        yield from _date_column(document, cell)


def _date_column(document: Document, cell: Cell) -> Iterator[tuple[Label, Quote]]:
    if cell.head is None or not any(map(str.isalnum, document.quote(cell.span))):
        return
    for year in find_years(document.quote(cell.head))[:1]:
        yield "time", _quote(document, year.shifted(cell.head.start))


def _read_lines(goal: Goal, end: int, document: Document, lexicon: Lexicon) -> Iterator[tuple[Label, Quote]]:
    """What the lines between a goal and the next, or the next heading, say that they are.

    Below a heading that is a goal also what stands first under the lesser headings there ("Indicators:").
    """
    headed: Label | None = None
    for block in _blocks_below(goal, end, document):
        start = max(block.span.start, goal.statement.span.end)
        text = document.text[start : min(block.span.end, end)]
        if block.cells and read_card_label(document, block) == "":
            continue
        if block.kind == "heading" and start > goal.statement.span.end:
            headed = read_column_label(text, lexicon.code)
            continue
        if headed and not _LINE.match(text):
            yield headed, _quote(document, block.span)
        headed = None
        for line in _LINE.finditer(text):
            label = read_line_label(line["label"], lexicon.code)
            if label:
                begin, said = start + line.start("said"), line["said"].rstrip("*_ \t")
                yield label, _quote(document, Span(begin, begin + len(said if "(" in said else said.rstrip(")"))))


def _read_neighbours(
    goal: Goal, place: int | None, statements: Sequence[Statement], document: Document, lexicon: Lexicon
) -> Iterator[tuple[Label, Quote]]:
    """The reason in a further sentence of the goal's point or paragraph, or in the one that "therefore" points to."""
    own = document.block_at(goal.statement.span.start)
    after = statements[place + 1] if place is not None and place + 1 < len(statements) else None
    if after and own and own.span.contains(after.span) and _states_need(after, lexicon):
        yield "need", _quote(document, after.span)
    for span in split_sentences(goal.statement.text, lexicon.code)[1:]:  # a point of a list is one statement
        words = goal.statement.text[span.start : span.end]
        if any(map(str.isalnum, words)) and _states_need(
            judge(words, context=goal.statement.context, language=lexicon.code).statement, lexicon
        ):
            yield "need", _quote(document, span.shifted(goal.statement.span.start))
    hence = lexicon.find("hence", goal.statement.text)
    if place and hence and hence.start <= _OPENING and statements[place - 1].kinds["context"] >= _LIKELY_REASON:
        yield "need", _quote(document, statements[place - 1].span)


def _read_below(
    goal: Goal, end: int, statements: Sequence[Statement], document: Document, lexicon: Lexicon
) -> Iterator[tuple[Label, Quote]]:
    """What the first sentences below a goal that is a heading say of it, as far as they read like a goal themselves."""
    own = document.block_at(goal.statement.span.start)
    if own is None or own.kind != "heading":
        return
    after = (one for one in statements if own.span.end <= one.span.start < end)
    for one in islice(takewhile(lambda one: _is_text(one, document), after), _SPELT_OUT):
        slots = find_slots(one.text, lexicon) if one.kind == "goal" else Slots()
        parts: tuple[tuple[Label, Quote | None], ...] = (
            *(("beneficiary", slots.beneficiary), ("amount", slots.amount)),
            *(("time", slots.time), ("need", slots.need)),
        )
        for label, part in parts:
            if part:
                yield label, Quote(part.text, part.span.shifted(one.span.start), one.page)


def _is_text(statement: Statement, document: Document) -> bool:
    block = document.block_at(statement.span.start)
    return block is not None and block.kind != "heading"


def _states_need(statement: Statement, lexicon: Lexicon) -> bool:
    """Whether it is a fact that says something is wanting, or that opens by calling itself a reason."""
    because = lexicon.find("need_connective", statement.text)
    opens = because is not None and because.start <= _OPENING
    return statement.kind == "context" and (opens or lexicon.has("need", statement.text))


def _blocks_below(goal: Goal, end: int, document: Document) -> Iterator[Block]:
    """The blocks from a goal's own to `end` or the next heading, in order; from a heading to one of its own rank."""
    own = document.block_at(goal.statement.span.start)
    rank = own.level if own and own.kind == "heading" else _LEAST_RANK
    for block in document.blocks:
        if block.span.end <= goal.statement.span.start:
            continue
        next_heading = block.kind == "heading" and block.span.start >= goal.statement.span.end and block.level <= rank
        if block.span.start >= end or next_heading:
            return
        yield block


def _quote(document: Document, span: Span) -> Quote:
    return Quote(document.quote(span), span, document.page_at(span.start))


def _heed(goal: Goal, beside: Beside, lexicon: Lexicon) -> Goal:
    """The goal with its measures as it would have them if what stands beside it were part of its words."""
    if beside == Beside():
        return goal
    told = [quote.text for name in _READ if (quote := getattr(beside, name))]
    whole = ", ".join([goal.statement.text.rstrip(" .;,"), *(" ".join(one.split()[:_MOST_READ_WORDS]) for one in told)])
    read = judge(whole, context=goal.statement.context, language=lexicon.code) if told else goal
    return replace(
        goal,
        beside=beside,
        vague=goal.vague and read.vague,
        specificity=max(goal.specificity, read.specificity),
        measurable=goal.measurable or beside.amount is not None or read.measurable,
        time_bound=goal.time_bound or beside.time is not None,
    )
