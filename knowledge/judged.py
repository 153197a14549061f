"""Rules that only a language model can judge: what it is asked, and our remark and question where it says yes.

One file a rule in `knowledge/judged/`. Their remarks are for the manager to weigh; no score ever counts them.
"""

from dataclasses import dataclass
from functools import cache

from knowledge.datafile import Fields, list_data, read_fields
from knowledge.rulebook import FAMILIES, Wording, read_wording


@dataclass(frozen=True, slots=True)
class JudgedRule:
    """One question to a model about each goal: `criterion` is what would be wrong, in English."""

    id: str
    family: str
    section: str
    page: int
    criterion: str
    wording: Wording


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
        wording=read_wording(data),
    )
