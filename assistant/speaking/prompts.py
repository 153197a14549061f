"""The prompts: one Markdown file each in `prompts/`, with named holes, told apart by the digest of the file.

A file has two parts under the headings "# System" and "# Task". A hole is written {{name}}. What a manager or a
document says is put in as data: between marks that the text itself cannot hold.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_HOLE = re.compile(r"\{\{([^{}]*)\}\}")
_NAME = re.compile(r"[a-z][a-z_]*")
_PARTS = re.compile(r"\A# System\n(?P<system>.+?)\n# Task\n(?P<task>.+)\Z", re.DOTALL)
_MARK = re.compile(r"<(?=\s*/?\s*data)", re.IGNORECASE)
_ESCAPED = "&lt;"


@dataclass(frozen=True, slots=True)
class Prompt:
    """One prompt: its name, its two parts with their holes, and the SHA-256 digest of its file."""

    name: str
    system: str
    task: str
    digest: str

    @property
    def holes(self) -> frozenset[str]:
        """The names of the holes in both parts."""
        return frozenset(_HOLE.findall(self.system + self.task))


@dataclass(frozen=True, slots=True)
class Filled:
    """A prompt with its holes filled, as it goes to a model."""

    prompt: Prompt
    system: str
    task: str


@cache
def load_prompt(name: str) -> Prompt:
    """The prompt of that name.

    Raises:
        ValueError: where there is no such file, or it has not the form it must have; it names the file.
    """
    file = files("prompts") / f"{name}.md"
    if not _NAME.fullmatch(name) or not file.is_file():
        raise ValueError(f"prompts/{name}.md: there is no such prompt")
    return parse_prompt(name, file.read_text(encoding="utf-8"))


def parse_prompt(name: str, text: str) -> Prompt:
    """The prompt that the text of a file holds; a ValueError that names the file where it has another form."""
    parts = _PARTS.match(text)
    if not parts:
        raise ValueError(f'prompts/{name}.md: it must have the parts "# System" and "# Task", in this order')
    bad = [hole for hole in _HOLE.findall(text) if not _NAME.fullmatch(hole)]
    if bad:
        raise ValueError(f"prompts/{name}.md: {{{{{bad[0]}}}}}: a hole's name is small letters and underscores")
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Prompt(name, parts["system"].strip(), parts["task"].strip(), digest)


def fill(prompt: Prompt, words: Mapping[str, str], data: Mapping[str, str | Sequence[str]]) -> Filled:
    """The prompt with its holes filled.

    Args:
        prompt: one that `load_prompt` gave.
        words: our own words by hole, put in as they are: names of languages, numbers.
        data: what a manager, a document or a model said, by hole, one text or several; each is put in as data.

    Raises:
        ValueError: naming the first hole that is not filled, filled twice, or not there.
    """
    twice = sorted(set(words) & set(data))
    surplus = sorted({*words, *data} - prompt.holes)
    missing = sorted(prompt.holes - {*words, *data})
    for names, what in ((twice, "is filled twice"), (surplus, "is not there"), (missing, "is not filled")):
        if names:
            raise ValueError(f'prompts/{prompt.name}.md: the hole "{names[0]}" {what}')
    values = {**words, **{hole: as_data(text) for hole, text in data.items()}}

    def put(found: re.Match[str]) -> str:
        return values[found[1]]

    return Filled(prompt, _HOLE.sub(put, prompt.system), _HOLE.sub(put, prompt.task))


def as_data(texts: str | Sequence[str]) -> str:
    """Texts between marks, numbered from 1; a mark within a text is escaped, so that it cannot end the data."""
    each = [texts] if isinstance(texts, str) else texts
    return "\n".join(
        f'<data n="{number}">\n{_MARK.sub(_ESCAPED, text)}\n</data>' for number, text in enumerate(each, start=1)
    )
