"""Says whether a document is a strategy, what it seems to be where it is none, and which of the guide's models it is.

Another kind of paper is told by its title and its words (knowledge/languages/papers.yaml). A word of each may stand in
any strategy, so several different ones are asked for: more in a long text, and more where the title says strategy.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.domain import Element, Goal, Model, ModelKind, Quote, Statement
from assistant.reviewing.announcements import announces_itself
from knowledge.document import Document, Span
from knowledge.lexicon import Lexicon
from knowledge.papers import find_telling, load_international, load_papers
from knowledge.phrasebook import load_phrases

_OPENING_CHARACTERS = 160
_FEWEST_ELEMENTS, _FEWEST_TITLED = 3, 2
# A goal alone that does not call itself one shows a strategy from this likelihood on.
_LIKELY_GOAL = 0.6
_FEWEST_WORDS = 3
_FEWEST_GOALS, _MANY_ELEMENTS = 2, 5
_WORDS_NAMED = 3
# A title is worth two words; a strategy's own title over goals, or goals among many of its parts, ask for three more.
_TITLE_WORTH = 2
_STRATEGY_WORTH = 3
_CHARACTERS_A_WORD = 6000
_FEWEST_INTERNATIONAL = 3
_MOST_EVIDENCE = 3
_TOWARDS_ABROAD = ("student_mobility", "staff_mobility", "languages", "multicultural_work", "knowledge_of_cultures")


@dataclass(frozen=True, slots=True)
class Recognition:
    """Whether it is a strategy, and the reason as a clause in the language asked for."""

    is_strategy: bool
    reason: str


def recognise(
    document: Document,
    statements: Sequence[Statement],
    goals: Sequence[Goal],
    elements: Sequence[Element],
    lexicon: Lexicon,
) -> Recognition:
    """Whether `document` is a strategy, and why, in the lexicon's language.

    Args:
        document: as it was read.
        statements: its statements of every kind.
        goals: those among them that were taken for its goals.
        elements: the guide's elements, with their states.
        lexicon: the language of its words, and of the reason.
    """
    phrases = load_phrases(lexicon.code)
    if not statements:
        return Recognition(False, phrases.say("reasons", "empty"))
    found = sum(element.state != "missing" for element in elements)
    other = _name_other(document, goals, found, lexicon)
    if other is not None:
        name, words = other
        told = ", ".join(f"“{word}”" for word in words)
        return Recognition(False, phrases.say("reasons", "other", paper=phrases.say("papers", name), words=told))
    text = document.text
    school = any(lexicon.groups[group].search(text) for group in ("students", "staff", "institution"))
    named = school or (_has_telling_title(document, lexicon) and lexicon.has("school_word", text[:_OPENING_CHARACTERS]))
    if not named and (len(goals) < _FEWEST_ELEMENTS or not _speaks_of_plans(document, lexicon)):
        return Recognition(False, phrases.say("reasons", "no_school"))
    fewest = _FEWEST_TITLED if _has_telling_title(document, lexicon) else _FEWEST_ELEMENTS
    sure = any(
        goal.statement.kinds["goal"] >= _LIKELY_GOAL
        or announces_itself(goal.statement, lexicon)
        or _is_numbered(goal, document, lexicon)
        for goal in goals
    )
    if found < fewest and not (school and sure):
        return Recognition(False, phrases.say("reasons", "no_parts"))
    counted = phrases.count("goals", len(goals))
    return Recognition(True, phrases.say("reasons", "strategy", elements=found, goals=counted))


def _is_numbered(goal: Goal, document: Document, lexicon: Lexicon) -> bool:
    """Whether its line numbers it as a goal, ahead of it ("Goal 1: …")."""
    before = document.text[: goal.statement.span.start].rpartition("\n")[2]
    return lexicon.has("goal_label", before) and any(map(str.isalnum, before.split()[-1]))


def find_model(document: Document, statements: Sequence[Statement], goals: Sequence[Goal], lexicon: Lexicon) -> Model:
    """Which of the guide's models (section 3) a strategy follows, and the words that show it.

    Partial: its title names international work, or most of its goals do. Complete: some of its goals or headings do,
    or some goals want languages or work with other cultures. General: a strategy of the whole school in which
    international work has no part.
    """
    named = load_international(lexicon.code)
    headings = [block for block in document.blocks if block.kind == "heading"]
    titles = [block for block in document.blocks[:2] if named.search(document.quote(block.span))]
    titles = [block for block in titles if block.kind == "heading" or block.span.end <= _OPENING_CHARACTERS]
    speaking = [goal.statement for goal in goals if named.search(goal.statement.text)]
    if titles:
        return Model("partial", (_quote(document, titles[0].span),))
    kind: ModelKind = "partial" if goals and 2 * len(speaking) > len(goals) else "complete"
    shown = [block.span for block in headings if named.search(document.quote(block.span))]
    shown += [one.span for one in speaking]
    if not shown:
        mentions = [one.span for one in statements if named.search(one.text)]
        shown = mentions if len(mentions) >= _FEWEST_INTERNATIONAL else _find_towards(goals, lexicon)
        kind = "complete" if shown else "general"
    return Model(kind, tuple(_quote(document, span) for span in sorted(shown)[:_MOST_EVIDENCE]))


def _find_towards(goals: Sequence[Goal], lexicon: Lexicon) -> list[Span]:
    """The goals that reach beyond the border without saying so: they want languages, or work with other cultures."""
    topics = [lexicon.topics[name] for name in _TOWARDS_ABROAD]
    return [goal.statement.span for goal in goals if any(topic.search(goal.statement.text) for topic in topics)]


def _speaks_of_plans(document: Document, lexicon: Lexicon) -> bool:
    """Whether its first lines name a plan, or it speaks of international work: a list of steps does neither."""
    return _has_telling_title(document, lexicon) or load_international(lexicon.code).search(document.text) is not None


def _has_telling_title(document: Document, lexicon: Lexicon) -> bool:
    """Whether its first lines name a plan, or the very first international work."""
    opening = document.text[:_OPENING_CHARACTERS]
    title = opening.split("\n", 1)[0]
    return lexicon.has("plan_word", opening) or load_international(lexicon.code).search(title) is not None


def _name_other(
    document: Document, goals: Sequence[Goal], found: int, lexicon: Lexicon
) -> tuple[str, tuple[str, ...]] | None:
    """The kind of paper it seems to be instead, with some of the words that say so; None where none is likely."""
    opening = document.text[:_OPENING_CHARACTERS].split("\n\n", 1)[0]
    plan = lexicon.find("plan_word", opening)
    needed = _FEWEST_WORDS + len(document.text) // _CHARACTERS_A_WORD
    equipped = len(goals) >= _FEWEST_GOALS and found >= _MANY_ELEMENTS
    best: tuple[int, str, tuple[str, ...]] | None = None
    told = find_telling(document.text, lexicon.code)
    for name, telling in load_papers(lexicon.code).items():
        words = tuple(sorted(told[name]))
        title = telling.title.search(opening)
        titled = title is not None and (plan is None or title.start() <= plan.start)
        asked = needed + (_STRATEGY_WORTH if not titled and (equipped or (plan is not None and goals)) else 0)
        spare = len(words) + _TITLE_WORTH * titled - asked
        if words and spare >= 0 and (best is None or spare > best[0]):
            best = (spare, name, words)
    return (best[1], best[2][:_WORDS_NAMED]) if best else None


def _quote(document: Document, span: Span) -> Quote:
    return Quote(document.quote(span), span, document.page_at(span.start))
