"""Draws the readings of an indicator as SVG: a line from figure to figure, and where it stood and is to go.

The picture holds its own colours and nothing that runs or loads; every word is escaped.
"""

from datetime import date
from html import escape

from assistant.following.followed import Followed, find_unit, read_followed
from assistant.following.spelling import PERCENT
from knowledge.figurewords import write_number, write_percentage
from knowledge.phrasebook import load_phrases

WIDTH, HEIGHT = 360, 96
_LEFT, _RIGHT, _TOP, _BOTTOM = 10, 60, 12, 20  # what stays free for words and dots
_BESIDE = 9  # characters that fit beside a line
_INK, _SOFT = "#1d5c58", "#8a8172"


def draw_readings(followed: Followed) -> str:
    """The readings that are numbers, over their days; "" where fewer than two stand for something to compare.

    The figure aimed at is a broken line, today's baseline a dotted one: what is written beside a line is the manager's
    words where there is room for them, else the figure in them. A title says the same in words.
    """
    read = [(one.day, read_followed(followed, one.words)) for one in followed.readings]
    points = [(day, figure) for day, figure in read if figure is not None]
    start, end = read_followed(followed, followed.baseline), read_followed(followed, followed.target)
    if not points or len(points) + (start is not None) + (end is not None) <= 1:  # nothing to compare
        return ""
    figures = [figure for _, figure in points] + [one for one in (start, end) if one is not None]
    low, high = min(figures), max(figures)
    first, last = min(followed.since, points[0][0]), points[-1][0]

    def across(day: date) -> float:
        days = (last - first).days or 1
        return _LEFT + (WIDTH - _LEFT - _RIGHT) * (day - first).days / days

    def up(figure: float) -> float:
        return _TOP + (HEIGHT - _TOP - _BOTTOM) * (high - figure) / ((high - low) or 1)

    lines = [
        _level(up(figure), words if len(words) <= _BESIDE else _write(followed, figure), dashes)
        for figure, words, dashes in ((start, followed.baseline, "1 4"), (end, followed.target, "6 4"))
        if figure is not None
    ]
    route = " ".join(f"{across(day):.1f},{up(figure):.1f}" for day, figure in points)
    dots = [
        f'<circle cx="{across(day):.1f}" cy="{up(figure):.1f}" r="4" fill="{_INK}"/>' for day, figure in points
    ]  # fmt: skip
    years = [_year(_LEFT, first, "start"), _year(WIDTH - _RIGHT, last, "end")] if first.year != last.year else []
    title = load_phrases(followed.language).say(
        "indicators", "chart", name=followed.name, count=len(points), last=followed.readings[-1].words
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="100%" role="img" '
        f'font-family="system-ui, Arial, sans-serif" style="max-width:{WIDTH}px"><title>{escape(title)}</title>'
        f"{''.join(lines)}"
        f'<polyline points="{route}" fill="none" stroke="{_INK}" stroke-width="2"/>'
        f"{''.join(dots)}{''.join(years)}</svg>"
    )


def _level(height: float, words: str, dashes: str) -> str:
    return (
        f'<line x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{height:.1f}" y2="{height:.1f}" stroke="{_SOFT}" '
        f'stroke-dasharray="{dashes}"/>'
        f'<text x="{WIDTH - _RIGHT + 6}" y="{height + 4:.1f}" font-size="11" fill="{_SOFT}">{escape(words)}</text>'
    )


def _write(followed: Followed, figure: float) -> str:
    write = write_percentage if find_unit(followed) == PERCENT else write_number
    return write(figure, followed.language)


def _year(place: float, day: date, anchor: str) -> str:
    return f'<text x="{place}" y="{HEIGHT - 4}" font-size="11" fill="{_SOFT}" text-anchor="{anchor}">{day.year}</text>'
