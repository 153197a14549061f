"""Rules that only a language model can judge: what it is asked, and our remark and question where it says yes.

One file a rule in `knowledge/judged/`. Their remarks are for the manager to weigh; no score ever counts them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from knowledge.datafile import Fields, list_data, read_fields
from knowledge.lexicon import DEFAULT_LANGUAGE, LANGUAGES
from knowledge.rulebook import FAMILIES


@dataclass(frozen=True, slots=True)
class JudgedRule:
    """One question to a model about each goal: `criterion` is what would be wrong, in English.

    `messages` and `questions` are by language, all nine.
    """

    id: str
    family: str
    section: str
    page: int
    criterion: str
    messages: Mapping[str, str]
    questions: Mapping[str, str]

    def message(self, language: str) -> str:
        """The remark in `language`, in English for one that we do not have."""
        return self.messages.get(language) or self.messages[DEFAULT_LANGUAGE]

    def question(self, language: str) -> str:
        """The one question that goes with the remark."""
        return self.questions.get(language) or self.questions[DEFAULT_LANGUAGE]


@cache
def load_judged_rules() -> tuple[JudgedRule, ...]:
    """Every judged rule, by its id.

    Raises:
        ValueError: if a file has not the form it must have; the message names the file and the key.
    """
    return tuple(_read(read_fields(file)) for file in list_data("judged"))


def _read(data: Fields) -> JudgedRule:
    data.allow("id", "family", "guide", "criterion", "message", "question")
    if data.where != f"{data.text('id')}.yaml":
        raise data.fault("id", "must be the file's name")
    guide = data.inner("guide")
    return JudgedRule(
        id=data.text("id"),
        family=data.choice("family", FAMILIES),
        section=guide.text("section"),
        page=guide.number("page"),
        criterion=data.text("criterion"),
        messages=_by_language(data.inner("message")),
        questions=_by_language(data.inner("question")),
    )


def _by_language(section: Fields) -> dict[str, str]:
    section.allow(*LANGUAGES)
    return {language: section.text(language) for language in LANGUAGES}
