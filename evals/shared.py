"""The development sample beside the project, where it is present: for measuring; never shipped, never trained on."""

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "shared"
_KINDS = {"context/reason": "context"}
# The sample's names for the guide's elements, where they differ from the contract's.
ELEMENT_NAMES = {
    "organisation_responsibilities": "organisation",
    "resources_budget": "resources",
    "curricula_recognition": "curricula",
    "evaluation_cycle": "evaluation",
    "stakeholders_communication": "stakeholders",
    "strategy_period": "period",
}
_STATES = {"absent": "missing"}
_HEADER_END = "----- TEXT -----\n"


@dataclass(frozen=True, slots=True)
class SharedStatement:
    """One hand-labelled statement of the sample; `vague` is "yes", "no" or "na"."""

    text: str
    context: str
    language: str
    kind: str
    other_kind: str
    vague: str
    measurable: bool
    time_bound: bool
    compound: bool


@dataclass(frozen=True, slots=True)
class SharedDocument:
    """One strategy (or decoy) of the sample: its text without the header, and one reader's gold."""

    name: str
    text: str
    language: str
    is_strategy: bool
    elements: Mapping[str, str]
    goals: int


def is_present() -> bool:
    """Whether the sample lies beside the project."""
    return (FOLDER / "data" / "statements.csv").is_file()


def load_statements() -> tuple[SharedStatement, ...]:
    """The labelled statements of the sample; none where it is not there."""
    return tuple(
        SharedStatement(
            text=row["text"],
            context=row["heading_before"],
            language=row["lang"],
            kind=_KINDS.get(row["kind"], row["kind"]),
            other_kind=_KINDS.get(row["alt_kind"], row["alt_kind"]),
            vague=row["vague"],
            measurable=row["measurable"] == "y",
            time_bound=row["time_bound"] == "y",
            compound=row["compound"] == "y",
        )
        for row in read_rows("statements.csv")
    )


def load_documents() -> tuple[SharedDocument, ...]:
    """The documents of the sample with their gold; none where it is not there."""
    if not is_present():
        return ()
    gold = json.loads((FOLDER / "data" / "doc_gold.json").read_text(encoding="utf-8"))
    return tuple(
        SharedDocument(
            name=one["file"],
            text=(FOLDER / "data" / "strategies" / one["file"]).read_text(encoding="utf-8").split(_HEADER_END, 1)[-1],
            language=one["language"],
            is_strategy=one["is_strategy"],
            elements={
                ELEMENT_NAMES.get(name, name): _STATES.get(value["status"], value["status"])
                for name, value in one["elements"].items()
            },
            goals=one["goals_counted"] or 0,
        )
        for one in gold["documents"]
    )


def read_rows(name: str) -> list[dict[str, str]]:
    """The rows of one of the sample's CSV files; none where it is not there."""
    if not is_present():
        return []
    with (FOLDER / "data" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
