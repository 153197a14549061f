"""Runs the evaluations: `askwhy eval [NAME…]` prints their figures, each with its interval and a baseline beside it."""

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module

from evals.figures import Figure
from knowledge.faults import BadInput

# Each module measures one part; they are imported when asked for, since some load a model.
EVALS: Mapping[str, str] = {
    "judge": "evals.judge",
    "documents": "evals.documents",
    "own documents": "evals.own_documents",
    "decoys": "evals.decoys",
    "sets": "evals.sets",
    "critic": "evals.critic",
    "score": "evals.ranked",
    "versions": "evals.versions",
    "why": "evals.why",
    "indicators": "evals.indicators",
    "retrieval": "evals.retrieval",
    "personas": "evals.personas",
    "talks": "evals.whole_talks",
    "reasons": "evals.reasons",
    "turn": "evals.turn_speed",
    "speaking": "evals.speaking",
    "ocr": "evals.ocr",
    "integrity": "evals.integrity",
    "page": "evals.page_speed",
    "library": "evals.ingestion",
    "scale": "evals.scale",
}


def run_evals(names: Sequence[str] = (), *, say: Callable[[str], None] = lambda _: None) -> tuple[Figure, ...]:
    """The figures of the evaluations named, in that order; of all where none is named.

    Args:
        names: keys of `EVALS`.
        say: told the name of each evaluation as it begins.

    Raises:
        BadInput: for a name that is none of them.
    """
    for name in names:
        if name not in EVALS:
            raise BadInput(name, "there is no such evaluation", f"Choose from {', '.join(EVALS)}.")
    figures: list[Figure] = []
    for name in names or tuple(EVALS):
        say(name)
        figures.extend(import_module(EVALS[name]).measure())
    return tuple(figures)


def format_table(figures: Sequence[Figure]) -> str:
    """The figures as a Markdown table, one row each."""
    rows = ["| part | measure | cases | n | Askwhy | 95 % interval | baseline |", "|---|---|---|---|---|---|---|"]
    rows += [
        f"| {one.part} | {one.measure} | {one.cases} | {one.n} | {one.value:.2f} | {one.low:.2f}–{one.high:.2f} "
        f"| {one.baseline:.2f} ({one.baseline_name}) |"
        for one in figures
    ]
    return "\n".join(rows)
