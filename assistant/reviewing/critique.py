"""Criticises a strategy: runs the rules of knowledge/rules/ over its goals, its set of goals and the whole.

Few remarks, each with the words it is about, one question and the guide's section. What the document says about
itself moves nothing: the rules see only what `find_parts` found.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import cast

from assistant.domain import Contradiction, Critique, Family, Finding, Goal, GuideRef, Severity, Statement, Strategy
from assistant.judging.judge import judge
from assistant.reviewing.contradictions import find_inner_contradictions, find_outer_contradictions
from assistant.reviewing.decisions import Decision, dismiss, overrule
from assistant.reviewing.emphasis import mark_repeats, mark_shown
from assistant.reviewing.goal_checks import GOAL_CHECKS, STATEMENT_CHECKS, Hit, leaves_open, whole
from assistant.reviewing.links import EMPTY_RULE, spare_answering, spare_measured
from assistant.reviewing.offered import find_offered
from assistant.reviewing.overlaps import find_overlaps
from assistant.reviewing.parts import find_parts
from assistant.reviewing.scoring import score_findings, score_goal, weigh_rules
from assistant.reviewing.set_checks import STRATEGY_CHECKS, find_coverage, name_set_state
from assistant.reviewing.withheld import Cut, cut_withheld
from assistant.score import Score
from knowledge.document import Document, Span
from knowledge.lexicon import Lexicon, load_lexicon
from knowledge.rulebook import Rule, load_rules

NO_STRATEGY_RULE = "strategy-absent"
_WEIGHTS: Mapping[Severity, int] = {"error": 0, "warning": 1, "info": 2}


def judge_goal(text: str, *, context: str = "", language: str | None = None) -> Goal:
    """Judge one statement and say what it lacks: `judge` with the findings of the rules for goals and statements.

    Raises:
        EmptyText, OversizedText: as `judge` does.
    """
    goal = judge(text, context=context, language=language)
    lexicon = load_lexicon(goal.statement.language)
    found = (*find_in_statement(goal.statement, lexicon), *find_in_goal(goal, lexicon))
    findings = mark_shown(mark_repeats(_number(found)), ())
    return replace(goal, findings=findings, score=score_goal(findings))


def critique(
    document: Document,
    *,
    language: str | None = None,
    policies: Sequence[Document] = (),
    decisions: Sequence[Decision] = (),
) -> Critique:
    """Everything there is to say about `document`, read whole.

    Args:
        document: as it was read.
        language: the language of its text, and of the remarks; the document's own where None.
        policies: other papers of the school, whose goals are held against this document's numbers.
        decisions: what the manager decided of it; they move the manager's score, never the other.

    Returns:
        The remarks, errors first, then by what they cost the score, by rank and place; ids "f1", "f2" …. A document
        that is no strategy gets the one remark that says so.
    """
    cut = cut_withheld(document)
    read = find_parts(cut.judged, language=language)
    lexicon = load_lexicon(language or document.language)
    papers = [find_parts(policy) for policy in policies]
    strategy = _relate(overrule(read, decisions), papers, lexicon)
    findings, score = _weigh(strategy, cut, lexicon, decisions)
    managers = score if decisions else None
    if decisions:
        score = _weigh(_relate(read, papers, lexicon), cut, lexicon)[1]
    whole = replace(cut.restore(strategy), contradictions=tuple(_restored(strategy.contradictions, cut)))
    findings = mark_shown(mark_repeats(findings), [goal.statement.id for goal in whole.goals])
    judged = tuple(_with_findings(goal, findings) for goal in whole.goals)
    return Critique(
        strategy=replace(whole, goals=judged),
        set_state=name_set_state(len(judged)),
        coverage=find_coverage(strategy.goals, lexicon),
        findings=findings,
        score=score,
        language=lexicon.code,
        managers=managers,
    )


def _relate(strategy: Strategy, papers: Sequence[Strategy], lexicon: Lexicon) -> Strategy:
    """The strategy with its goals held against each other, and with itself held against the school's other papers."""
    if not strategy.is_strategy:
        return strategy
    contradictions = find_inner_contradictions(strategy, lexicon)
    # What two goals say against each other they do not say twice.
    clashing = {frozenset((one.first.span, one.second.span)) for one in contradictions}
    spans = {goal.statement.id: goal.statement.span for goal in strategy.goals}
    beyond = (one for paper in papers for one in find_outer_contradictions(strategy, paper, lexicon))
    return replace(
        strategy,
        overlaps=tuple(
            one
            for one in find_overlaps(strategy.goals)
            if frozenset((spans[one.first], spans[one.second])) not in clashing
        ),
        contradictions=(*contradictions, *beyond),
    )


def _restored(contradictions: Iterable[Contradiction], cut: Cut) -> Iterator[Contradiction]:
    """The same with the places of the whole text; another paper has its own places."""
    for one in contradictions:
        yield cut.restore(one) if one.paper is None else replace(one, first=cut.restore(one.first))


def _weigh(
    strategy: Strategy, cut: Cut, lexicon: Lexicon, decisions: Sequence[Decision] = ()
) -> tuple[tuple[Finding, ...], Score]:
    """Every finding on the whole text, those dismissed with their reason, and the score that the others leave."""
    whole = cut.restore(strategy)
    withheld = tuple(find_withheld(whole, lexicon))
    ids = [goal.statement.id for goal in strategy.goals]
    findings = _number((*cut.restore(tuple(_find(strategy, lexicon))), *withheld), ids)
    findings = dismiss(findings, whole.goals, decisions)
    # What is withheld is told, and moves no score.
    apart = {one.rule for one in withheld}
    scored = [one for one in findings if one.rule not in apart and one.dismissed is None]
    return findings, score_findings(scored, ids, is_strategy=strategy.is_strategy, language=lexicon.code)


def find_in_goal(goal: Goal, lexicon: Lexicon) -> Iterator[Finding]:
    """What the rules for single goals say of `goal`."""
    for rule in _rules_for("goal"):
        hits = GOAL_CHECKS[rule.check](goal, lexicon, rule.options)
        yield from (_remark(rule, hit, lexicon.code, goal.statement.id) for hit in hits)


def find_in_statement(statement: Statement, lexicon: Lexicon) -> Iterator[Finding]:
    """What the rules for statements of any kind say of `statement`."""
    for rule in _rules_for("statement"):
        hits = STATEMENT_CHECKS[rule.check](statement, lexicon, rule.options)
        yield from (_remark(rule, hit, lexicon.code, statement.id) for hit in hits)


def find_in_strategy(strategy: Strategy, lexicon: Lexicon) -> Iterator[Finding]:
    """What the rules for sets and documents say of `strategy`."""
    for rule in (*_rules_for("set"), *_rules_for("document")):
        hits = STRATEGY_CHECKS[rule.check](strategy, lexicon, rule.options)
        yield from (_remark(rule, hit, lexicon.code, None) for hit in hits)


def find_withheld(strategy: Strategy, lexicon: Lexicon) -> Iterator[Finding]:
    """What the rules of the family "integrity" say of what is withheld in the document."""
    for rule in _rules_for("document"):
        if rule.family == "integrity":
            hits = STRATEGY_CHECKS[rule.check](strategy, lexicon, rule.options)
            yield from (_remark(rule, hit, lexicon.code, None) for hit in hits)


def _find(strategy: Strategy, lexicon: Lexicon) -> Iterator[Finding]:
    """Every remark about a strategy; of a document that is none, only that."""
    of_the_whole = list(find_in_strategy(strategy, lexicon))
    if not strategy.is_strategy:
        yield from (finding for finding in of_the_whole if finding.rule == NO_STRATEGY_RULE)
        return
    yield from of_the_whole
    goals = {goal.statement.span: goal.statement for goal in strategy.goals}
    offered = find_offered(strategy.statements, tuple(goals.values()), strategy.document, lexicon)
    for statement in strategy.statements:
        if statement.span in offered:
            # What is said of a point that was chosen as a goal is said of that goal.
            known = goals.get(statement.span, statement)
            yield from find_in_statement(replace(statement, id=known.id), lexicon)
    of_goals = [finding for goal in strategy.goals for finding in find_in_goal(goal, lexicon)]
    told = spare_answering(of_goals, strategy, lexicon)
    yield from spare_measured([*told, *_find_open(strategy.goals, told, lexicon)], strategy)


def _find_open(goals: Sequence[Goal], told: Sequence[Finding], lexicon: Lexicon) -> Iterator[Finding]:
    """That a vague goal leaves open what will be different, where nothing else is said of it."""
    spoken_of = {finding.goal for finding in told}
    rule = next(rule for rule in _rules_for("goal") if rule.id == EMPTY_RULE)
    for goal in goals:
        if leaves_open(goal) and goal.statement.id not in spoken_of:
            yield _remark(rule, Hit(whole(goal)), lexicon.code, goal.statement.id)


@cache
def _rules_for(target: str) -> tuple[Rule, ...]:
    return tuple(rule for rule in load_rules() if rule.target == target)


def _remark(rule: Rule, hit: Hit, language: str, about: str | None) -> Finding:
    return Finding(
        id="",
        rule=rule.id,
        family=cast("Family", rule.family),
        severity=cast("Severity", rule.severity),
        message=rule.wording.message(language).format_map(hit.holes),
        question=rule.wording.question(language).format_map(hit.holes),
        quote=hit.quote,
        guide=GuideRef(rule.section, rule.page),
        goal=about,
    )


def _with_findings(goal: Goal, findings: Sequence[Finding]) -> Goal:
    own = tuple(one for one in findings if one.goal == goal.statement.id)
    return replace(goal, findings=own, score=score_goal([one for one in own if one.dismissed is None]))


def _number(findings: Iterable[Finding], goals: Sequence[str] = ("",)) -> tuple[Finding, ...]:
    """The findings in the order they are shown, "f1", "f2" …: errors first, then what costs the score most."""
    found = tuple(findings)
    ranks = {rule.id: place for place, rule in enumerate(load_rules())}
    cost = weigh_rules(found, goals)

    def order(one: Finding) -> tuple[int, float, int, Span]:
        return _WEIGHTS[one.severity], -cost[one.rule], ranks[one.rule], one.quote.span

    return tuple(replace(one, id=f"f{number}") for number, one in enumerate(sorted(found, key=order), start=1))
