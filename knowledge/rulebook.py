"""The critique's rules: one data file each, with its words in nine languages, the guide's section and its examples."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from knowledge.datafile import Fields, list_data, read_fields
from knowledge.lexicon import DEFAULT_LANGUAGE, LANGUAGES

TARGETS = ("goal", "statement", "set", "document")
FAMILIES = ("set", "slots", "level", "wording", "links", "excess", "structure", "integrity")
SEVERITIES = ("error", "warning", "info")
_MOST_EXAMPLES = 40


@dataclass(frozen=True, slots=True)
class Wording:
    """A remark and the question that goes with it, by language; English is always there, and holes such as {quote}."""

    messages: Mapping[str, str]
    questions: Mapping[str, str]

    def message(self, language: str) -> str:
        """The remark in `language`, in English where it is not translated."""
        return self.messages.get(language) or self.messages[DEFAULT_LANGUAGE]

    def question(self, language: str) -> str:
        """The one question that goes with the remark."""
        return self.questions.get(language) or self.questions[DEFAULT_LANGUAGE]


@dataclass(frozen=True, slots=True)
class Example:
    """Words a rule must flag, or must pass.

    `context` is the heading above them, `paper` another paper that they are held against; "" for none.
    """

    text: str
    context: str = ""
    paper: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One remark the critic can make.

    `check` names the function that looks, `options` what it looks for; `rank` orders remarks of one severity, lowest
    first. The check fills the holes of its wording. For a rule about a goal or statement the examples are statements,
    otherwise small documents.
    """

    id: str
    family: str
    severity: str
    rank: int
    section: str
    page: int
    target: str
    check: str
    options: Mapping[str, str]
    wording: Wording
    flags: tuple[Example, ...]
    passes: tuple[Example, ...]


@cache
def load_rules() -> tuple[Rule, ...]:
    """Every rule, by rank and then by id.

    Raises:
        ValueError: if a file has not the form it must have; the message names the file and the key.
    """
    rules = [_read_rule(read_fields(file)) for file in list_data("rules")]
    return tuple(sorted(rules, key=lambda rule: (rule.rank, rule.id)))


def _read_rule(data: Fields) -> Rule:
    data.allow(
        *("id", "family", "severity", "rank", "guide", "target", "check", "options"),
        *("message", "question", "flags", "passes"),
    )
    if data.where != f"{data.text('id')}.yaml":
        raise data.fault("id", "must be the file's name")
    guide = data.inner("guide")
    options = data.inner("options") if data.has("options") else None
    return Rule(
        id=data.text("id"),
        family=data.choice("family", FAMILIES),
        severity=data.choice("severity", SEVERITIES),
        rank=data.number("rank"),
        section=guide.text("section"),
        page=guide.number("page"),
        target=data.choice("target", TARGETS),
        check=data.text("check"),
        options={name: options.text(name) for name in options.values} if options else {},
        wording=read_wording(data),
        flags=_examples(data, "flags"),
        passes=_examples(data, "passes"),
    )


def read_wording(data: Fields) -> Wording:
    """The remark and the question in a rule's file.

    Raises:
        ValueError: if they have not the form they must have; the message names the file and the key.
    """
    return Wording(_by_language(data.inner("message")), _by_language(data.inner("question")))


def _by_language(section: Fields) -> dict[str, str]:
    section.allow(*LANGUAGES)
    section.text(DEFAULT_LANGUAGE)
    return {language: section.text(language) for language in section.values}


def _examples(data: Fields, key: str) -> tuple[Example, ...]:
    """The examples at `key`; line breaks are kept, since they tell a heading from what stands below it."""
    listed = data.values.get(key)
    if not isinstance(listed, list) or not 1 <= len(listed) <= _MOST_EXAMPLES:
        raise data.fault(key, "must list at least one example")
    return tuple(_example(data, key, item) for item in listed)


def _example(data: Fields, key: str, item: object) -> Example:
    if isinstance(item, str) and item.strip():
        return Example(item)
    if isinstance(item, dict) and isinstance(item.get("text"), str) and set(item) <= {"text", "context", "paper"}:
        return Example(item["text"], str(item.get("context", "")), str(item.get("paper", "")))
    raise data.fault(key, f"{item!r} is neither a text nor a text with its context")
