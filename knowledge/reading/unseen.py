"""Characters that have no shape: which of them carry a message of their own, and which only sit between letters."""

import re
from collections.abc import Iterable

# Unicode's tag characters repeat ASCII without a shape, from U+E0020: a sentence written in them is seen by no one.
_TAGS = re.compile("[\U000e0020-\U000e007e]{2,}")
_TAG_OFFSET = 0xE0000
# A flag (of Scotland, say) is a black flag and a few tags; it says nothing in secret.
_FLAG = re.compile("\U0001f3f4[\U000e0020-\U000e007e]{1,8}\U000e007f")
# Zero-width characters and marks of direction beside a letter; at the edge of a text they are leftovers of an export.
_BETWEEN = re.compile(
    "(?<=\\w)[\u200b-\u200f\u2060-\u2064\u202a-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e007f]+(?=\\w)"
)
_WORD = re.compile("[\\w\u200b-\u200f\u2060-\u2064\u202a-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e007f]+")
_SHOWN = 3  # words named in the warning


def reveal(raw: str) -> str:
    """What `raw` says in tag characters, in plain letters; "" where it says nothing so."""
    found = _TAGS.findall(_FLAG.sub("", raw))
    return " ".join("".join(chr(ord(sign) - _TAG_OFFSET) for sign in run).strip() for run in found).strip()


def tell_unseen(raws: Iterable[str]) -> tuple[str, ...]:
    """A warning that names the first words between whose letters invisible characters stood; nothing without such.

    Args:
        raws: pieces of a text before it was cleaned.
    """
    words: list[str] = []
    count = 0
    for raw in raws:
        if _BETWEEN.search(raw):
            words += [_BETWEEN.sub("", word[0]) for word in _WORD.finditer(raw) if _BETWEEN.search(word[0])]
            count += len(_BETWEEN.findall(raw))
    if not count:
        return ()
    named = ", ".join(f"“{word}”" for word in dict.fromkeys(words[:_SHOWN]))
    more = " and others" if len(words) > _SHOWN else ""
    return (f"Invisible characters were taken out between the letters of {named}{more}.",)
