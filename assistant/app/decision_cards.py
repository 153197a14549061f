"""What the manager may decide of a critique: a small line under each remark; and what became of the last version."""

from collections.abc import Iterator, Sequence
from hashlib import sha256
from html import escape

from assistant.domain import KINDS, Critique, Element, Finding, Goal
from assistant.reviewing.arrangement import Arrangement
from assistant.reviewing.decisions import Decision
from assistant.reviewing.versions import Comparison
from knowledge.phrasebook import Phrasebook


def stamp(critique: Critique) -> str:
    """What a press carries of the critique that it was shown in: a digest of the document and of what each id names."""
    strategy = critique.strategy
    remarks = [(one.id, one.rule, one.quote.span) for one in critique.findings]
    goals = [(goal.statement.id, goal.statement.span) for goal in strategy.goals]
    return sha256(repr((strategy.document.digest, remarks, goals)).encode()).hexdigest()


def dismiss_html(finding: Finding, phrases: Phrasebook) -> str:
    """A line that sets a remark aside, with the reason."""
    field = f'<input type="text" maxlength="300" aria-label="{_say(phrases, "dismiss_why")}">'
    return (
        f'<details class="aw-decide"><summary>{_say(phrases, "dismiss")}</summary><p>{_say(phrases, "dismiss_why")}</p>'
        f"<p>{field}{_button('dismiss', finding.id, _say(phrases, 'dismiss_do'))}</p></details>"
    )


def overrule_html(goal: Goal, phrases: Phrasebook) -> str:
    """A line that says what a statement is instead of a goal."""
    kinds = "".join(
        f'<option value="{kind}">{escape(phrases.say("kinds", kind))}</option>' for kind in KINDS if kind != "goal"
    )
    chosen = f'<select aria-label="{_say(phrases, "overrule_is")}">{kinds}</select>'
    return (
        f'<details class="aw-decide"><summary>{_say(phrases, "overrule")}</summary>'
        f"<p>{_say(phrases, 'overrule_is')} {chosen}"
        f"{_button('overrule', goal.statement.id, _say(phrases, 'overrule_do'))}</p></details>"
    )


def there_html(element: Element, phrases: Phrasebook) -> str:
    """A press that says an element is there; "" where it was found."""
    return "" if element.state == "present" else _button("there", element.name, _say(phrases, "there"))


def dismissed_html(arranged: Arrangement, phrases: Phrasebook) -> str:
    """What was set aside, each with its reason and the way back; "" where there is nothing."""
    rows = "".join(
        f"<li>{escape(one.message)} <span class='aw-small'>"
        f"{_say(phrases, 'dismissed_because', reason=one.dismissed)}</span> "
        f"{_button('undo', one.id, _say(phrases, 'undo'))}</li>"
        for one in arranged.dismissed
    )
    return f"<section><h3>{_say(phrases, 'dismissed')}</h3><ul>{rows}</ul></section>" if rows else ""


def ruled_html(decisions: Sequence[Decision], phrases: Phrasebook) -> str:
    """What statements and elements were said to be, each with the way back; "" where nothing was."""
    rows = "".join(
        f"<li>{escape(_ruling(one, phrases))} {_button('take_back', str(one.number), _say(phrases, 'undo'))}</li>"
        for one in decisions
        if one.act != "dismiss"
    )
    return f"<section><h3>{_say(phrases, 'overruled')}</h3><ul>{rows}</ul></section>" if rows else ""


def _ruling(decision: Decision, phrases: Phrasebook) -> str:
    if decision.act == "element":
        element, present = phrases.say("elements", decision.subject), phrases.say("states", "present")
        return phrases.say("frame", "lead_in", about=element, words=present)
    quoted = phrases.say("frame", "quoted", words=decision.words)
    return f"{quoted} – {phrases.say('kinds', decision.subject)}"


def versions_html(comparison: Comparison | None, day: str, phrases: Phrasebook) -> str:
    """What became of the version before: its score, each goal that changed with both wordings, what was mended."""
    if comparison is None:
        return ""

    def say(name: str, /, **holes: object) -> str:
        return escape(phrases.say("versions", name, **holes))

    goals = "".join(_fates(comparison, phrases))
    mended = "".join(f"<li>{escape(one)}</li>" for one in dict.fromkeys(one.message for one in comparison.mended))
    kept = f"{say('new')}: {len(comparison.new)} · {say('standing')}: {len(comparison.standing)}"
    return (
        f"<section class='aw-versions'><h3>{say('title')}</h3>"
        f"<p>{say('against', name=comparison.name, day=day)} "
        f"{say('moved', before=comparison.before, after=comparison.after)} {kept}.</p>"
        + (f"<h4>{say('goals')}</h4>{goals}" if goals else "")
        + (f"<h4>{say('mended')}</h4><ul>{mended}</ul>" if mended else "")
        + "</section>"
    )


def _fates(comparison: Comparison, phrases: Phrasebook) -> Iterator[str]:
    for one in comparison.goals:
        if one.fate == "same":
            continue
        before = "".join(_wording("before", quote.text, phrases) for quote in one.before)
        asked = f"<p><strong>{escape(phrases.say('versions', 'vanished_question'))}</strong></p>"
        now = _wording("now", one.now.text, phrases) if one.now else asked
        fate = escape(phrases.say("versions", one.fate))
        yield f'<div class="aw-clash"><p><span class="aw-state">{fate}</span></p>{before}{now}</div>'


def _wording(when: str, words: str, phrases: Phrasebook) -> str:
    return f"<p class='aw-small'>{escape(phrases.say('versions', when))}</p><blockquote>{escape(words)}</blockquote>"


def _button(act: str, value: str, words: str) -> str:
    return f'<button type="button" class="aw-link" data-act="{act}" data-value="{escape(value)}">{words}</button>'


def _say(phrases: Phrasebook, name: str, /, **holes: object) -> str:
    """A phrase on decisions, escaped."""
    return escape(phrases.say("decisions", name, **holes))
