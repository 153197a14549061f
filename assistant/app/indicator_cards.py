"""Proposed indicators on the screen, and as a table to keep."""

from collections.abc import Sequence
from html import escape

from assistant.app.guide_cards import reference_html
from assistant.app.workplace import Say
from assistant.following.spelling import PERCENT
from assistant.indicator import Formula, Indicator
from assistant.spreadsheet import write_csv
from knowledge.figurewords import write_number, write_percentage
from knowledge.phrasebook import Phrasebook

COLUMNS = (
    "goal", "indicator", "level", "kind", "definition", "formula", "data source", "frequency", "limits",
    "guide", "baseline", "target",
)  # fmt: skip


def indicator_html(indicator: Indicator, rank: int, phrases: Phrasebook) -> str:
    """One proposal as a card, its labels in the language of `phrases`."""

    def say(name: str) -> str:
        return escape(phrases.say("indicators", name))

    rows = [(say("tells"), indicator.definition)]
    if indicator.method:
        rows.append((say("ask"), indicator.method))
    rows += [(say("data"), indicator.data_source), (say("often"), indicator.frequency), (say("mind"), indicator.limits)]
    listed = "".join(f"<dt>{name}</dt><dd>{escape(words)}</dd>" for name, words in rows if words)
    formula = _formula_html(indicator.formula, phrases) if indicator.formula else ""
    source = escape(phrases.say("indicators", "source", source=indicator.provenance))
    return (
        f'<article class="aw-indicator" lang="{phrases.code}"><header><span class="aw-number">{rank}</span>'
        f"<h4>{escape(indicator.name)}</h4></header>"
        f'<p class="aw-small"><span class="aw-slot">{say(indicator.level)}</span> '
        f'<span class="aw-slot">{say(indicator.nature)}</span> <span class="aw-slot">{source}</span></p>'
        f"{formula}<dl>{listed}</dl>{reference_html(indicator.guide, indicator.name, phrases)}</article>"
    )


def empty_html(say: Say) -> str:
    """What stands where the proposals will be; `say` gives the page's phrases."""
    title, lead, end = (escape(say(f"indicators_empty{part}")) for part in ("", "_lead", "_end"))
    return f'<div class="aw-empty"><h3>{title}</h3><p>{lead}</p><p>{end}</p></div>'


def none_html(phrases: Phrasebook) -> str:
    """What stands there where no indicator fits."""
    title, words = (escape(phrases.say("indicators", name)) for name in ("none_title", "none"))
    return f'<div class="aw-empty"><h3>{title}</h3><p>{words}</p></div>'


def to_csv(goal: str, indicators: Sequence[Indicator], baselines: Sequence[str], targets: Sequence[str]) -> str:
    """The proposals with what the manager filled in, one a row, for a spreadsheet."""
    rows = []
    for indicator, baseline, target in zip(indicators, baselines, targets, strict=True):
        formula, guide = indicator.formula, indicator.guide
        rows.append(
            (
                goal,
                indicator.name,
                indicator.level,
                indicator.nature,
                indicator.definition,
                f"{formula.numerator} / {formula.denominator} ({formula.unit})" if formula else indicator.method or "",
                indicator.data_source,
                indicator.frequency,
                indicator.limits,
                f"{guide.section}, page {guide.page}" if guide else "",
                baseline,
                target,
            )
        )
    return write_csv(COLUMNS, rows)


def _formula_html(formula: Formula, phrases: Phrasebook) -> str:
    example = formula.example
    factor = " × 100" if formula.unit == PERCENT else ""
    part, whole = (write_number(one, phrases.code) for one in (example.numerator, example.denominator))
    percent = formula.unit == PERCENT
    result = (write_percentage if percent else write_number)(example.result, phrases.code)
    sum_done = f"{part} / {whole}{factor} = {result}" + ("" if percent else f" {formula.unit}")
    return (
        f'<div class="aw-formula"><div class="aw-fraction"><span>{escape(formula.numerator)}</span>'
        f"<span>{escape(formula.denominator)}</span></div>"
        f"<p class='aw-small'>{escape(phrases.say('indicators', 'example', sum=sum_done))}</p></div>"
    )
