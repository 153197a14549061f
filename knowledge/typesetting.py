"""Spaces at which no line is to break, where a language's typography has them: French, before "?" and inside « »."""

import re

_FRENCH = "fr"
_TOGETHER = re.compile(r"(?<=\S) (?=[?!:;»])|(?<=«) ")
_NO_BREAK = "\u00a0"
# Quoted words stay as they were written, to the last space.
_UNTOUCHED = re.compile(r"(<blockquote\b.*?</blockquote>|<[^>]*>)", re.DOTALL)


def keep_together(words: str, language: str) -> str:
    """`words`, those of `language`, with no line ending between a sign and the word that it belongs to."""
    return _TOGETHER.sub(_NO_BREAK, words) if language == _FRENCH else words


def keep_html_together(html: str, language: str) -> str:
    """As `keep_together`, for what is read of some HTML: its tags, and what it quotes as a block, stay as they are."""
    if language != _FRENCH:
        return html
    parts = _UNTOUCHED.split(html)  # what is read stands at the even places
    return "".join(part if place % 2 else keep_together(part, language) for place, part in enumerate(parts))
