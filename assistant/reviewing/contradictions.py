"""Finds two passages that cannot both hold: different numbers for the same thing, different years for one plan."""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence

from assistant.domain import Contradiction, Goal, Quote, Statement, Strategy
from assistant.judging.quantities import PERCENT, find_numbers, find_years
from assistant.judging.similarity import likeness, profile
from assistant.judging.slots import find_from_to
from assistant.reviewing.stated import Count, Group, find_counts, find_own_number, parse_number
from knowledge.counting import load_counting
from knowledge.document import Span
from knowledge.lexicon import Lexicon

_SAME_GOAL = 0.75
# Sentences that plan a yearly number of the same people are about the same thing from here on, numbers left aside.
_SAME_PLAN = 0.3
# What is now and what is planned may well differ; said in nearly the same words, they cannot both hold.
_SAME_WORDS = 0.6
# Sentences of two papers that say the same but for their numbers.
_SAME_SENTENCE = 0.7
_SHARED_WORDS = 0.4
# The size of a school as two of its papers give it may differ by a year's intake.
_SAME_SIZE = 1.1
_MOST_SENTENCES = 600
_SIZED: tuple[Group, ...] = ("students", "staff")
_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]{4,}")
_RANGE = re.compile(r"(?<!\d)(20\d\d)\s*(?:[-–—/]|\b\w{1,3}\b)\s*(20\d\d)(?!\d)")
_SHARE = re.compile(r"\d+(?:[.,]\d+)?")
_FACT_KINDS = ("context", "core_skill")
_PLANNED = ("goal", "activity", "vision", "indicator")


def find_contradictions(goals: Sequence[Goal], others: Sequence[Goal]) -> tuple[Contradiction, ...]:
    """Pairs of nearly the same goal, one of `goals` and one of `others`, that name different numbers."""
    profiles = profile([goal.statement.text for goal in (*goals, *others)])
    left, right = list(zip(goals, profiles, strict=False)), list(zip(others, profiles[len(goals) :], strict=True))
    found = []
    for (one, first), (other, second) in itertools.product(left, right):
        same_place = goals is others and one.statement.span >= other.statement.span
        if same_place or likeness(first, second) < _SAME_GOAL:
            continue
        if _part(_numbers(one.statement), _numbers(other.statement)):
            found.append(Contradiction(one.statement.text, quote(one.statement), quote(other.statement)))
    return tuple(found)


def find_inner_contradictions(strategy: Strategy, lexicon: Lexicon) -> tuple[Contradiction, ...]:
    """Goals with different numbers, and sentences anywhere that plan different numbers or shares for the same thing."""
    among_goals = [*find_contradictions(strategy.goals, strategy.goals), *_clashing_shares(strategy, lexicon)]
    among_goals = list({(one.first.span, one.second.span): one for one in among_goals}.values())
    taken = {(one.first.span, one.second.span) for one in among_goals}
    plans = _plans(strategy, lexicon)
    elsewhere = (
        Contradiction(one.place.text, quote(one.sentence), quote(other.sentence))
        for one, other in _clashing(plans, itertools.combinations(range(len(plans)), 2))
        if one.sentence.span != other.sentence.span and (one.sentence.span, other.sentence.span) not in taken
    )
    return (*among_goals, *elsewhere)


def find_outer_contradictions(strategy: Strategy, paper: Strategy, lexicon: Lexicon) -> tuple[Contradiction, ...]:
    """Where another paper of the school names other numbers or years for the same thing; each sentence once.

    Held against each other are sentences alike but for their numbers, goals among them, what both plan for a year,
    and how many students and staff the school says it has. The second of each pair stands in `paper`.
    """
    ours, theirs = _plans(strategy, lexicon), _plans(paper, lexicon)
    pairs = itertools.product(range(len(ours)), range(len(ours), len(ours) + len(theirs)))
    found = [
        *_alike_sentences(strategy, paper),
        *((one.sentence, other.sentence) for one, other in _clashing([*ours, *theirs], pairs)),
        *_sizes(strategy, paper, lexicon),
    ]
    return tuple(
        Contradiction(one.text, quote(one), quote(other), paper.document.name)
        for one, other in {one.span: (one, other) for one, other in reversed(found)}.values()
    )


def find_periods(strategy: Strategy, lexicon: Lexicon) -> Iterator[Contradiction]:
    """Where a sentence about this very plan names other years than its title does."""
    period = strategy.period
    if period is None:
        return
    document = strategy.document
    title = Quote(document.quote(period.span), period.span, document.page_at(period.span.start))
    ours = load_counting(lexicon.code).ours
    for statement in strategy.statements:
        said = _RANGE.search(statement.text)
        if said is None or not ours.search(statement.text) or statement.span.contains(period.span):
            continue
        if (int(said[1]), int(said[2])) != (period.start, period.end):
            yield Contradiction(title.text, title, quote(statement))


def quote(statement: Statement) -> Quote:
    """All the words of a statement."""
    return Quote(statement.text, statement.span, statement.page)


def _plans(strategy: Strategy, lexicon: Lexicon) -> list[Count]:
    return [one for one in find_counts(strategy.statements, lexicon) if one.yearly]


def _clashing(plans: Sequence[Count], pairs: Iterable[tuple[int, int]]) -> Iterator[tuple[Count, Count]]:
    """Of the pairs of places in `plans`, those that name different numbers of the same people for the same thing."""
    profiles = profile([_DIGITS.sub("#", one.sentence.text) for one in plans])
    for first, second in pairs:
        one, other = plans[first], plans[second]
        differ = one.group == other.group and one.value != other.value
        facts = sum(count.sentence.kind in _FACT_KINDS for count in (one, other))
        least = _SAME_WORDS if facts else _SAME_PLAN
        if differ and facts <= 1 and likeness(profiles[first], profiles[second]) >= least:
            yield one, other


def _clashing_shares(strategy: Strategy, lexicon: Lexicon) -> Iterator[Contradiction]:
    """Sentences that want different shares in nearly the same words, of the same people and not for other years."""
    read = ((one, _read_share(one, lexicon)) for one in strategy.statements)
    shares = [(one, share) for one, share in read if share is not None]
    profiles = profile([_DIGITS.sub("#", one.text) for one, _ in shares])
    for (first, (one, share)), (second, (other, another)) in itertools.combinations(enumerate(shares), 2):
        years, others = (_years(statement) for statement in (one, other))
        if share == another or (years and others and not years & others):
            continue
        if _name_people(one, lexicon) == _name_people(other, lexicon) and (
            likeness(profiles[first], profiles[second]) >= _SAME_WORDS
        ):
            yield Contradiction(one.text, quote(one), quote(other))


def _read_share(statement: Statement, lexicon: Lexicon) -> float | None:
    """The one share, in per cent, that a sentence wants; today's, in "from … to …", is none."""
    if statement.kind not in _PLANNED:
        return None
    today = [first for _, first, _ in find_from_to(statement.text, lexicon)]
    found = [one for one in PERCENT.finditer(statement.text) if not any(Span(*one.span()).contains(t) for t in today)]
    number = _SHARE.match(found[0][0]) if len(found) == 1 else None
    return parse_number(number[0]) if number else None


def _name_people(statement: Statement, lexicon: Lexicon) -> frozenset[str]:
    return frozenset(name for name in _SIZED if lexicon.groups[name].search(statement.text))


def _years(statement: Statement) -> frozenset[str]:
    return frozenset(statement.text[span.start : span.end] for span in find_years(statement.text))


def _alike_sentences(strategy: Strategy, paper: Strategy) -> Iterator[tuple[Statement, Statement]]:
    ours, theirs = (_with_numbers(one.statements) for one in (strategy, paper))
    for (one, words), (other, others) in itertools.product(ours, theirs):
        # Sharing few words is cheaper to see than being unlike.
        if len(words & others) < _SHARED_WORDS * min(len(words), len(others)):
            continue
        first, second = profile([_DIGITS.sub("#", statement.text) for statement in (one, other)])
        differ = _part(_numbers(one), _numbers(other)) and not _are_sizes_alike(one, other)
        if differ and likeness(first, second) >= _SAME_SENTENCE:
            yield one, other


def _are_sizes_alike(one: Statement, other: Statement) -> bool:
    """Whether both state a fact with a single number each, and the two numbers differ by little."""
    values = [[parse_number(number) for number in _numbers(statement)] for statement in (one, other)]
    facts = one.kind in _FACT_KINDS and other.kind in _FACT_KINDS
    return facts and all(len(each) == 1 for each in values) and max(values)[0] <= _SAME_SIZE * min(values)[0]


def _with_numbers(statements: Sequence[Statement]) -> list[tuple[Statement, frozenset[str]]]:
    words = ((one, frozenset(_WORD.findall(one.text.casefold()))) for one in statements if _numbers(one))
    return [(one, found) for one, found in words if found][:_MOST_SENTENCES]


def _sizes(strategy: Strategy, paper: Strategy, lexicon: Lexicon) -> Iterator[tuple[Statement, Statement]]:
    ours, theirs = (find_counts(one.statements, lexicon) for one in (strategy, paper))
    for group in _SIZED:
        one, other = (find_own_number(counts, group, lexicon) for counts in (ours, theirs))
        if one and other and max(one.value, other.value) > _SAME_SIZE * min(one.value, other.value):
            yield one.sentence, other.sentence


def _part(first: set[str], second: set[str]) -> bool:
    return bool(first and second and not first & second)


def _numbers(statement: Statement) -> set[str]:
    """The numbers and years in a statement's words."""
    text = statement.text
    return {text[span.start : span.end] for span in (*find_numbers(text), *find_years(text))}
