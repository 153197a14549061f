"""Goals with answers to "why?" that we invented and sorted ourselves: what the reading of answers is fitted on.

One file for each language in `knowledge/answers/`. None of them comes from a real school.
"""

from dataclasses import dataclass
from functools import cache

from knowledge.datafile import Fields, list_data, read_fields

CLASSES = (
    "need_or_reason",
    "higher_goal",
    "means_or_activity",
    "circular",
    "mandate_or_funding",
    "value_or_mission",
    "unsure",
)
_MOST = 100


@dataclass(frozen=True, slots=True)
class LabelledAnswer:
    """A goal, one answer to "why?", and the answer's class.

    `topic` counts the goals of a file from 0; the languages share their topics, so that two answers of one topic may
    say the same in two languages.
    """

    goal: str
    answer: str
    answer_class: str
    language: str
    topic: int


@cache
def load_labelled_answers() -> tuple[LabelledAnswer, ...]:
    """Every labelled answer, by language, goal and class.

    Raises:
        ValueError: if a file has not the form it must have; the message names the file and the key.
    """
    return tuple(one for file in list_data("answers") for one in _read(read_fields(file)))


def _read(data: Fields) -> list[LabelledAnswer]:
    data.allow("language", "pairs")
    language = data.text("language")
    found = []
    for topic, entry in enumerate(data.each("pairs")):
        entry.allow("goal", *CLASSES)
        goal = entry.text("goal")
        for name in CLASSES:
            found += [LabelledAnswer(goal, text, name, language, topic) for text in entry.texts(name, 0, _MOST)]
    return found
