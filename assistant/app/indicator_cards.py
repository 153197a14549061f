"""Proposed indicators on the screen, and as a table to keep."""

import csv
import io
from collections.abc import Sequence
from html import escape

from assistant.app.guide_cards import reference_html
from assistant.indicator import Formula, Indicator

COLUMNS = (
    "goal", "indicator", "level", "kind", "definition", "formula", "data source", "frequency", "limits",
    "guide", "baseline", "target",
)  # fmt: skip
LEVEL_WORDS = {
    "output": "what is done",
    "outcome": "what changes for people",
    "impact": "what changes around the school",
}
RISKY = ("=", "+", "-", "@", "\t", "\r")


def indicator_html(indicator: Indicator, rank: int) -> str:
    """One proposal as a card."""
    rows = [("What it tells", indicator.definition)]
    if indicator.method:
        rows.append(("How to ask", indicator.method))
    rows += [("Data from", indicator.data_source), ("How often", indicator.frequency), ("Mind", indicator.limits)]
    listed = "".join(f"<dt>{name}</dt><dd>{escape(words)}</dd>" for name, words in rows if words)
    formula = _formula_html(indicator.formula) if indicator.formula else ""
    return (
        f'<article class="aw-indicator"><header><span class="aw-number">{rank}</span><h4>{escape(indicator.name)}</h4>'
        f'</header><p class="aw-small"><span class="aw-slot">{indicator.level}: {LEVEL_WORDS[indicator.level]}</span> '
        f'<span class="aw-slot">{indicator.nature}</span> '
        f'<span class="aw-slot">from {escape(indicator.provenance)}</span></p>'
        f"{formula}<dl>{listed}</dl>{reference_html(indicator.guide, indicator.name)}</article>"
    )


def empty_html() -> str:
    """What stands where the proposals will be."""
    return (
        '<div class="aw-empty"><h3>How would you notice?</h3>'
        "<p>Write a goal, or pick one of yours. You get up to five ways to notice whether it is reached: what to count "
        "or ask, how to work it out, and where the numbers already are.</p>"
        "<p>Today’s figure and the one you aim at stay empty until you fill them in.</p></div>"
    )


def none_html() -> str:
    """What stands there where no indicator fits."""
    return (
        '<div class="aw-empty"><h3>No indicator fits this goal</h3>'
        "<p>Say for whom something changes, and what; then try again.</p></div>"
    )


def to_csv(goal: str, indicators: Sequence[Indicator], baselines: Sequence[str], targets: Sequence[str]) -> str:
    """The proposals with what the manager filled in, one a row, for a spreadsheet.

    A field that a spreadsheet would take for a formula is given an apostrophe, so that it stays text.
    """
    sheet = io.StringIO()
    writer = csv.writer(sheet)
    writer.writerow(COLUMNS)
    for indicator, baseline, target in zip(indicators, baselines, targets, strict=True):
        formula, guide = indicator.formula, indicator.guide
        row = (
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
        writer.writerow([f"'{field}" if field.startswith(RISKY) else field for field in row])
    return "\ufeff" + sheet.getvalue()  # a spreadsheet then reads it as UTF-8


def _formula_html(formula: Formula) -> str:
    example = formula.example
    factor = " × 100" if formula.unit == "%" else ""
    return (
        f'<div class="aw-formula"><div class="aw-fraction"><span>{escape(formula.numerator)}</span>'
        f"<span>{escape(formula.denominator)}</span></div><p class='aw-small'>For example: "
        f"{example.numerator:g} / {example.denominator:g}{factor} = {example.result:g} {escape(formula.unit)}</p></div>"
    )
