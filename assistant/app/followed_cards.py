"""What is followed on the screen: a card for each goal, in the goal's language."""

from collections.abc import Sequence
from datetime import date
from html import escape
from itertools import groupby

from assistant.following.chart import draw_readings
from assistant.following.followed import Followed, Reading, find_uncompared, find_unread, is_due, measure_way
from knowledge.daywords import write_day
from knowledge.figurewords import load_figure_words
from knowledge.phrasebook import Phrasebook, load_phrases


def followed_html(followed: Sequence[Followed], today: date, page: Phrasebook) -> str:
    """The goals with what is followed of each; where there is nothing yet, a line in the language of the page."""
    if not followed:
        button = page.say("indicators", "follow")
        return f'<div class="aw-empty"><p>{escape(page.say("page", "followed_empty", button=button))}</p></div>'
    return "".join(
        f'<section class="aw-card" lang="{of_goal[0].language}"><h4>{escape(goal)}</h4>'
        f"{''.join(_one_html(one, today) for one in of_goal)}</section>"
        for goal, of_goal in ((goal, list(some)) for goal, some in groupby(followed, key=lambda one: one.goal))
    )


def _one_html(followed: Followed, today: date) -> str:
    phrases = load_phrases(followed.language)
    due = f'<p class="aw-small aw-due">{_say(phrases, "due")}</p>' if is_due(followed, today) else ""
    return (
        f'<article class="aw-followed"><header><h5>{escape(followed.name)}</h5></header>'
        f'<p class="aw-small">{escape(_ends(followed, phrases))}{escape(_way(followed, phrases))}</p>'
        f"{_left_out_html(followed, phrases)}{due}{draw_readings(followed)}{_readings_html(followed, phrases)}"
        f'<p><button type="button" class="aw-chip" data-act="drop" data-value="{followed.number}" '
        f'data-confirm="{_say(phrases, "drop_sure")}">{_say(phrases, "drop")}</button></p></article>'
    )


def _ends(followed: Followed, phrases: Phrasebook) -> str:
    ends = {"baseline": followed.baseline, "target": followed.target}
    if followed.baseline and followed.target:
        # Each stands by itself: words as "les 3/4" do not go on after a preposition.
        return load_figure_words(followed.language).said["ends"].format_map(ends)
    names = ("ends_open", "from_only", "to_only")
    return phrases.say("indicators", names[bool(followed.baseline) + 2 * bool(followed.target)], **ends)


def _way(followed: Followed, phrases: Phrasebook) -> str:
    way = measure_way(followed)
    if way is None:
        return ""
    if way < 0:
        return f" · {phrases.say('indicators', 'way_back')}"
    return f" · {phrases.say('indicators', 'way', share=round(way * 100))}"


def _left_out_html(followed: Followed, phrases: Phrasebook) -> str:
    """What cannot be compared, and why, a line each."""
    said = load_figure_words(followed.language).said
    return "".join(
        f'<p class="aw-small">{escape(said[name].format(words=_quote(words, phrases)))}</p>'
        for name, words in (("mixed", find_uncompared(followed)), ("unread", find_unread(followed)))
        if words
    )


def _quote(words: Sequence[str], phrases: Phrasebook) -> str:
    return phrases.join([phrases.say("frame", "quoted", words=one) for one in words])


def _readings_html(followed: Followed, phrases: Phrasebook) -> str:
    if not followed.readings:
        return f'<p class="aw-small">{_say(phrases, "no_reading")}</p>'
    heads = "".join(f"<th>{_say(phrases, name)}</th>" for name in ("day", "figure", "note"))
    rows = "".join(_row_html(one, phrases) for one in followed.readings)
    return f'<table class="aw-readings"><thead><tr>{heads}<th></th></tr></thead><tbody>{rows}</tbody></table>'


def _row_html(reading: Reading, phrases: Phrasebook) -> str:
    return (
        f"<tr><td>{write_day(reading.day, phrases.code)}</td><td>{escape(reading.words)}</td>"
        f"<td>{escape(reading.note)}</td>"
        f'<td><button type="button" class="aw-chip" data-act="take_back" data-value="{reading.number}">'
        f"{_say(phrases, 'take_back')}</button></td></tr>"
    )


def _say(phrases: Phrasebook, name: str) -> str:
    return escape(phrases.say("indicators", name))
