"""The words around a critique and a talk, one data file a language: titles, names of elements, labels, faults."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from knowledge.datafile import Fields, read_fields
from knowledge.lexicon import DEFAULT_LANGUAGE, LANGUAGES
from knowledge.typesetting import keep_together

GROUPS = (
    *("page", "frame", "indicators", "decisions", "versions", "change", "states", "severities"),
    *("set", "families", "elements", "element_questions", "topics", "kinds", "reasons", "papers", "models"),
    *("refine", "goal_states", "parts", "readings", "faults"),
)


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """One language's phrases, by group and name; a phrase may have named holes."""

    code: str
    groups: Mapping[str, Mapping[str, str]]

    def say(self, group: str, name: str, /, **holes: object) -> str:
        """The phrase with its holes filled.

        Raises:
            KeyError: for a phrase or a hole that does not exist.
        """
        return self.groups[group][name].format_map(holes)

    def count(self, noun: str, count: int) -> str:
        """A number with its noun ("goals", "remarks", "pages", "more"), in the singular for one."""
        return self.say("frame", f"{noun}_one") if count == 1 else self.say("frame", f"{noun}_many", count=count)

    def join(self, words: Sequence[str]) -> str:
        """A list as it is said: "a, b and c"."""
        if len(words) < 2:  # noqa: PLR2004 - there is nothing to join
            return "".join(words)
        return f"{', '.join(words[:-1])} {self.say('frame', 'and')} {words[-1]}"


@cache
def load_phrases(language: str) -> Phrasebook:
    """The phrases of `language`; English for a code that has no file ("und" among them).

    Raises:
        ValueError: if the file has not the form it must have; the message names the file and the key.
    """
    code = language if language in LANGUAGES else DEFAULT_LANGUAGE
    data = read_fields(files("knowledge") / "phrases" / f"{code}.yaml")
    data.allow("code", *GROUPS)
    if data.text("code") != code:
        raise data.fault("code", f"must be {code}")
    groups = {name: data.inner(name) for name in GROUPS}
    said = {
        name: {key: keep_together(_phrase(group, key), code) for key in group.values} for name, group in groups.items()
    }
    return Phrasebook(code, said)


def _phrase(group: Fields, key: str) -> str:
    """The phrase at `key`, its white space folded; one that ends in a space keeps it: another follows it at once."""
    phrase = group.text(key)
    return f"{phrase} " if str(group.values[key]).endswith(" ") else phrase
