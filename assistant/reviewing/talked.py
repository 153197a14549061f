"""What talks about a critiqued document's goals came to, ready to be written into its report."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TreeLine:
    """A line of the goal tree: how deep it stands (from 0), what it is, and its words.

    `kind` is need, value, higher_goal, goal or action, `label` its name in the report's language; `loose` says that it
    hangs below a goal that reaches neither a need nor the mission.
    """

    depth: int
    kind: str
    label: str
    text: str
    loose: bool


@dataclass(frozen=True, slots=True)
class TalkedGoal:
    """A goal of the document that was asked about.

    `id` is its statement's; `wording` the goal as the manager left it, "" where that is as in the document; `reason`
    is "" where none was reached; `label` says what the reason is (a need, a value), or that there is none yet.
    """

    id: str
    wording: str
    reason: str
    label: str


@dataclass(frozen=True, slots=True)
class Talked:
    """All of it: the goals asked about, their tree as an SVG document and line by line, and its title."""

    title: str
    picture: str
    loose_title: str
    lines: tuple[TreeLine, ...]
    goals: tuple[TalkedGoal, ...]


def say_goal(goal: TalkedGoal, became: str) -> tuple[str, ...]:
    """What is to be said at a goal, a line each; `became` is the phrase for its new wording, with a hole {text}."""
    reason = f"{goal.label}: {goal.reason}" if goal.reason else f"{goal.label}."
    return (reason, became.format(text=goal.wording)) if goal.wording else (reason,)


def list_lines(talked: Talked) -> tuple[tuple[int, str], ...]:
    """The tree as lines with their depth; the goals that reach no reason come last, under a line that says so."""
    told = [(line.depth, f"{line.label}: {line.text}") for line in talked.lines if not line.loose]
    loose = [(line.depth + 1, f"{line.label}: {line.text}") for line in talked.lines if line.loose]
    return (*told, *([(0, talked.loose_title), *loose] if loose else []))
