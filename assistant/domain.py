"""The things Askwhy speaks of: statements, goals, findings and strategies; why chains are in chain.py.

Frozen values only; the functions over them live in the modules named for what they do. Every span points into the
text judged: the document's for a critique, the given text for a single statement.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from assistant.origin import Origin
from assistant.score import Score
from knowledge.document import Document, Span

Kind = Literal["goal", "activity", "vision", "mission", "value", "core_skill", "context", "indicator", "other"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Family = Literal["set", "slots", "level", "wording", "links", "excess", "structure", "integrity"]
FAMILIES: tuple[Family, ...] = get_args(Family)
Severity = Literal["error", "warning", "info"]
ElementName = Literal[
    "operating_environment",
    "vision",
    "mission",
    "core_skills",
    "values",
    "goals",
    "action_plan",
    "indicators",
    "organisation",
    "human_resources",
    "resources",
    "partnerships",
    "curricula",
    "evaluation",
    "stakeholders",
    "period",
]
ELEMENTS: tuple[ElementName, ...] = get_args(ElementName)
ElementState = Literal["present", "weak", "missing"]
SetState = Literal["none", "ok", "many", "too_many"]
ModelKind = Literal["complete", "partial", "general"]


@dataclass(frozen=True, slots=True)
class GuideRef:
    """Where the guide says it: section number alone ("4.4") and the printed page."""

    section: str
    page: int


@dataclass(frozen=True, slots=True)
class Quote:
    """Words and where they stand: `text == document.text[span.start:span.end]`; `page` is 1-based."""

    text: str
    span: Span
    page: int = 1


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark: the manager's words on one side, the guide's section on the other, one question between them.

    A finding about something absent quotes nothing: its span is empty and its text "".
    `goal` is the id of the goal it speaks of, or None where it speaks of the set or the document. `shown` says whether
    it is among the few put first; `repeats` is the id of the finding that already says the same, or None; `dismissed`
    is the manager's reason for setting it aside, or None. `origin` says which model found it, where `source` is one.

    Raises:
        ValueError: where a model's remark does not say where it comes from, or a rule's says that it is a model's.
    """

    id: str
    rule: str
    family: Family
    severity: Severity
    message: str
    question: str
    quote: Quote
    guide: GuideRef
    source: Literal["rule", "model"] = "rule"
    goal: str | None = None
    shown: bool = True
    repeats: str | None = None
    dismissed: str | None = None
    origin: Origin | None = None

    def __post_init__(self) -> None:
        """Hold a model's remark to its origin."""
        if (self.source == "model") != (self.origin is not None):
            raise ValueError(f"{self.rule}: a remark has an origin where a model made it, and only there")


@dataclass(frozen=True, slots=True)
class Slots:
    """The parts of a goal (guide 4.4: who changes, what changes, so that which need), each where it was found."""

    beneficiary: Quote | None = None
    change: Quote | None = None
    direction: Quote | None = None
    object: Quote | None = None
    scope: Quote | None = None
    means: tuple[Quote, ...] = ()
    need: Quote | None = None
    time: Quote | None = None
    amount: Quote | None = None
    owner: Quote | None = None


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands about a goal outside its own words: in its row of a table, or in lines below it ("Deadline: June").

    `baseline` is today's state, `amount` what is to be reached.
    """

    beneficiary: Quote | None = None
    need: Quote | None = None
    time: Quote | None = None
    amount: Quote | None = None
    baseline: Quote | None = None
    owner: Quote | None = None
    means: Quote | None = None
    indicator: Quote | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence, list item or heading phrase that says one thing, with what it most likely is.

    `kinds` gives a probability for every kind, summing to 1; `context` is the heading or lead-in above it, or "".
    """

    id: str
    text: str
    span: Span
    page: int
    language: str
    context: str
    kind: Kind
    kinds: Mapping[Kind, float]


@dataclass(frozen=True, slots=True)
class Goal:
    """A statement judged as a goal would be: what it says, what it lacks, and the remarks that follow.

    `specificity` runs from 0 (nothing said) to 1 (who, what, which way, why, by when and how much are all there);
    `score` is what its findings leave of 100. `beside` holds what the document says of it outside its own words, and
    the measures heed it.
    The judge gives this for a statement of any kind; a strategy's goals are those whose kind is "goal".
    """

    statement: Statement
    slots: Slots
    vague: bool
    specificity: float
    measurable: bool
    time_bound: bool
    compound: bool
    themes: tuple[str, ...]
    findings: tuple[Finding, ...] = ()
    score: int = 100
    beside: Beside = Beside()

    def says(self, part: str) -> bool:
        """Whether a part of `Slots` or `Beside` is there, in the goal's own words or beside them."""
        return bool(getattr(self.slots, part, None) or getattr(self.beside, part, None))


@dataclass(frozen=True, slots=True)
class Element:
    """One of the guide's elements of a strategy (sections 3, 4 and 5), as far as the document has it."""

    name: ElementName
    state: ElementState
    evidence: tuple[Quote, ...]
    guide: GuideRef


@dataclass(frozen=True, slots=True)
class Period:
    """The years a strategy covers, and where it names them.

    `end - start` is its length as the guide counts it (section 3: 3 to 5).
    """

    start: int
    end: int
    span: Span

    @property
    def years(self) -> int:
        """The length in years."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two goals that say much the same; `score` runs from 0 to 1."""

    first: str
    second: str
    score: float


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two passages that cannot both hold, both quoted; `paper` names the other paper where the second stands in one."""

    subject: str
    first: Quote
    second: Quote
    paper: str | None = None


@dataclass(frozen=True, slots=True)
class Model:
    """Which of the guide's models (section 3) a strategy follows, with the words that show it.

    Complete: international goals inside the school's own strategy; partial: a strategy of their own; general: a
    school's strategy in which international work has no part.
    """

    kind: ModelKind
    evidence: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Strategy:
    """A document's parts as the guide names them; `reason` says why it is, or is not, taken for a strategy.

    `model` is None for what is none. `overlaps` and `contradictions` are found last, once the manager's rulings are in.
    """

    document: Document
    is_strategy: bool
    reason: str
    statements: tuple[Statement, ...]
    goals: tuple[Goal, ...]
    elements: tuple[Element, ...]
    period: Period | None
    model: Model | None = None
    overlaps: tuple[Overlap, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()


@dataclass(frozen=True, slots=True)
class Critique:
    """What is to be said about a strategy, in `language`; `managers` is the score with the manager's decisions."""

    strategy: Strategy
    set_state: SetState
    coverage: Mapping[str, bool]
    findings: tuple[Finding, ...]
    score: Score
    language: str = "en"
    managers: Score | None = None
