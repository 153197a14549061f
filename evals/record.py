"""Writes down what was measured, so that the README shows the figures as they are.

`python -m evals.record [NAME…]` runs every evaluation, or those named, keeps the figures of each in evals/figures.json
with the day and the machine as soon as it is through, so that one that is stopped loses nothing, and rewrites the
tables of the README; with `--tables` it only rewrites them, from the figures already kept.
"""

import json
import os
import platform
import re
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import Distribution, distribution, requires
from pathlib import Path

from evals.figures import Figure
from evals.runner import EVALS, format_table, run_evals
from knowledge.datafile import list_data, read_fields

ROOT = Path(__file__).resolve().parents[1]
KEPT = Path(__file__).with_name("figures.json")
README = ROOT / "README.md"
_NAME = re.compile(r"^[A-Za-z0-9._-]+")
_LONGEST_LICENCE = 40  # characters of a licence's name
_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Measured:
    """One evaluation's figures with the day they were measured (ISO) and the machine they were measured on."""

    name: str
    day: str
    machine: str
    figures: tuple[Figure, ...]


def measure(name: str) -> Measured:
    """Run one evaluation."""
    figures = run_evals((name,), say=lambda name: print(f"measuring {name} …", file=sys.stderr))
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    return Measured(name, datetime.now(UTC).date().isoformat(), machine, figures)


def keep(measured: Measured) -> None:
    """Put one evaluation's figures into evals/figures.json, in the place of its earlier ones."""
    kept = {one.name: one for one in load_record()} | {measured.name: measured}
    ordered = [asdict(kept[name]) for name in EVALS if name in kept]
    KEPT.write_text(json.dumps(ordered, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def load_record() -> tuple[Measured, ...]:
    """What was kept, evaluation by evaluation."""
    data = json.loads(KEPT.read_text(encoding="utf-8"))
    return tuple(
        Measured(one["name"], one["day"], one["machine"], tuple(Figure(**figure) for figure in one["figures"]))
        for one in data
    )


def write_tables(text: str, record: Sequence[Measured]) -> str:
    """`text` with every generated block (`<!-- name -->` … `<!-- /name -->`) as it should be now."""
    measured = _figures(record)
    for name, content in {"figures": measured, "dependencies": _dependencies(text), "rules": _rules()}.items():
        before, start, rest = text.partition(f"<!-- {name} -->\n")
        _, end, after = rest.partition(f"\n<!-- /{name} -->")
        if not start or not end:
            raise ValueError(f"README.md: <!-- {name} --> and <!-- /{name} --> must stand on lines of their own")
        text = before + start + content + end + after
    return text


def _figures(record: Sequence[Measured]) -> str:
    """The figures under a line for each day and machine, and the names of the evaluations that have none."""
    tables = []
    for when in sorted({(one.day, one.machine) for one in record}, reverse=True):
        figures = [figure for one in record if (one.day, one.machine) == when for figure in one.figures]
        tables.append(f"Measured on {when[0]}, {when[1]}.\n\n{format_table(figures)}")
    without = [name for name in EVALS if name not in {one.name for one in record}]
    if without:
        tables.append(f"Not measured yet with these versions: {', '.join(without)}.")
    return "\n\n".join(tables)


def list_dependencies() -> tuple[str, ...]:
    """The names of the direct dependencies, as the installed package declares them, without the developers' own."""
    lines = [line for line in requires("askwhy") or () if "extra ==" not in line]
    return tuple(sorted(found[0] for line in lines if (found := _NAME.match(line))))


def _dependencies(text: str) -> str:
    """The table of dependencies: version, licence and size as installed; the reason as it stands in `text`."""
    reasons = dict(re.findall(r"^\| ([\w.-]+) \|.*\| ([^|]+) \|$", text, re.MULTILINE))
    rows = ["| package | version | licence | installed size | why it is here |", "|---|---|---|---|---|"]
    for name in list_dependencies():
        found = distribution(name)
        size = sum(path.stat().st_size for file in found.files or () if (path := Path(str(file.locate()))).is_file())
        licence = _said(found, "License-Expression") or _said(found, "License")
        if not licence or len(licence) > _LONGEST_LICENCE:  # some packages put the whole licence here
            named = [line for line in found.metadata.get_all("Classifier") or () if str(line).startswith("License ::")]
            licence = named[0].rsplit(":: ", 1)[-1] if named else "see package"
        size_text = f"{size / _MEGABYTE:.1f} MB" if size < 100 * _MEGABYTE else f"{size / _MEGABYTE:.0f} MB"
        rows.append(f"| {name} | {found.version} | {licence} | {size_text} | {reasons.get(name, '?').strip()} |")
    return "\n".join(rows)


def _said(found: Distribution, field: str) -> str:
    """What a package's metadata say under `field`; "" where they say nothing."""
    return str(found.metadata[field]) if field in found.metadata else ""


def _rules() -> str:
    """The table of rules: what each remarks, in English, and the guide's section."""
    rows = ["| rule | about | weight | remark | guide |", "|---|---|---|---|---|"]
    for file in list_data("rules"):
        rule = read_fields(file)
        message = rule.inner("message").text("en").replace("|", "\\|")
        cells = (
            rule.text("id"),
            rule.text("family"),
            rule.text("severity"),
            message,
            rule.inner("guide").text("section"),
        )
        rows.append("| " + " | ".join(cells) + " |")
    return "\n".join(rows)


def main(arguments: Sequence[str]) -> None:
    """Measure (unless `--tables`), keep, and rewrite the README's tables."""
    if "--tables" not in arguments:
        for name in arguments or tuple(EVALS):
            measured = measure(name)
            keep(measured)
            print(format_table(measured.figures), flush=True)
    README.write_text(write_tables(README.read_text(encoding="utf-8"), load_record()), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
