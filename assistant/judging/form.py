"""How a statement is built: sentence or fragment, how it opens and ends, as signs beside the cues.

The little words come from `knowledge/languages/grammar.yaml`; endings of the first and last word stand for what a
language says with them (English "raising", Finnish "kasvattaminen", Hungarian "fejlesztése").
"""

import re

from knowledge.grammar import Grammar

_WORD = re.compile(r"[^\W_][\w'’-]*")
_DIGIT = re.compile(r"\d")
_LIST_MARK = re.compile(r"\s*(?:[-–—•*·▪]\s+|\(?(?:\d{1,2}(?:\.\d+)*|[a-hA-H])[.):]\s+)")
_ENDING = 3
_MATCHED_AT_START = ("verb", "nominal", "subject", "ours", "abstract")
_TELLING = frozenset(
    {"form:fragment", "form:verb", "form:nominal", "form:ours", "form:subject", "form:figure first", "holds:finite"}
)
_SOUGHT = ("finite",)
# The lists of the grammar that are read here; the trained weights hold for them as they stand.
WORDS_READ = (*_MATCHED_AT_START, *_SOUGHT)


def find_form(text: str, grammar: Grammar) -> frozenset[str]:
    """The names of the signs that the build of `text` shows; a bullet or number before it counts for nothing."""
    mark = _LIST_MARK.match(text)
    body = text[mark.end() if mark else 0 :].strip()
    words = _WORD.findall(body)
    found = {f"form:{name}" for name in _MATCHED_AT_START if getattr(grammar, name).match(body)}
    found |= {f"holds:{name}" for name in _SOUGHT if getattr(grammar, name).search(body)}
    if "holds:finite" not in found and "form:subject" not in found:
        found.add("form:fragment")
    if words:
        first, last = _fold(words[0]), _fold(words[-1])
        found |= {f"first:{first}", f"first ends:{first[-_ENDING:]}", f"last ends:{last[-_ENDING:]}"}
        if len(words) > 1:
            found |= {f"first two:{first} {_fold(words[1])}", f"second:{_fold(words[1])}"}
        found.add("form:figure first" if first == "#" else "form:word first")
    if body.endswith("!"):
        found.add("form:call")
    if ":" in body:
        found.add("form:colon")
    return frozenset(found)


def place(form: frozenset[str], headings: frozenset[str]) -> frozenset[str]:
    """Each build together with each kind of heading above it: "85 % attendance" under goals is no report."""
    return frozenset(f"{heading} + {sign}" for heading in headings for sign in form if sign in _TELLING)


def _fold(word: str) -> str:
    return "#" if _DIGIT.search(word) else word.lower()
