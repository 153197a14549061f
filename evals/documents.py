"""Measures the reading of whole documents: the guide's elements, the number of goals, and what is no strategy.

On the development sample only, where it is present: one reader's gold for each document. An element's state counts as
found where it is present or weak. Baselines: for elements the commonest state of each, for strategies "always".
"""

from collections import Counter
from collections.abc import Sequence

from assistant.domain import Strategy
from assistant.reviewing.parts import find_parts
from evals.figures import Figure, accuracy, bootstrap_interval, f1
from evals.shared import SharedDocument, load_documents
from knowledge.reading.files import read_bytes

SHARED = "shared sample"
Pairs = list[tuple[str, str]]


def measure() -> tuple[Figure, ...]:
    """Elements found (F1), exact states (accuracy), goal counts and decoys; nothing where the sample is absent."""
    documents = load_documents()
    if not documents:
        return ()
    read = [(document, take_apart(document)) for document in documents]
    return (*_elements(read), _counts(read), _decoys(read))


def take_apart(document: SharedDocument) -> Strategy:
    """The strategy our own reader and judge find in a document of the sample."""
    return find_parts(read_bytes(document.text.encode(), document.name))


def _elements(read: Sequence[tuple[SharedDocument, Strategy]]) -> tuple[Figure, Figure]:
    """F1 over documents × elements of "the document has it", and accuracy of the three states."""
    rows: list[Pairs] = []
    for document, strategy in read:
        said = {element.name: element.state for element in strategy.elements}
        rows.append([(gold, said[name]) for name, gold in document.elements.items() if name in said])
    names = list(read[0][0].elements)
    common = [Counter(document.elements[name] for document, _ in read).most_common(1)[0][0] for name in names]
    always = [[(gold, common[i]) for i, (gold, _) in enumerate(row)] for row in rows]

    def found(rows: Sequence[Pairs]) -> float:
        return f1([(_has(gold), _has(said)) for row in rows for gold, said in row], "yes")

    def exact(rows: Sequence[Pairs]) -> float:
        return accuracy([pair for row in rows for pair in row])

    n = sum(len(row) for row in rows)
    return (
        Figure(
            "elements",
            "F1 of found",
            SHARED,
            n,
            found(rows),
            *bootstrap_interval(rows, found),
            "commonest",
            found(always),
        ),
        Figure(
            "elements", "accuracy", SHARED, n, exact(rows), *bootstrap_interval(rows, exact), "commonest", exact(always)
        ),
    )


def _counts(read: Sequence[tuple[SharedDocument, Strategy]]) -> Figure:
    """The share of strategies whose number of goals we count to within one, or a quarter of it."""
    pairs = [
        ("yes", "yes" if abs(len(strategy.goals) - document.goals) <= max(1, document.goals / 4) else "no")
        for document, strategy in read
        if document.is_strategy
    ]
    middle = sorted(document.goals for document, _ in read if document.is_strategy)[len(pairs) // 2]
    always = [
        ("yes", "yes" if abs(middle - document.goals) <= max(1, document.goals / 4) else "no")
        for document, _ in read
        if document.is_strategy
    ]
    return Figure(
        "goal count",
        "within 1 or ¼",
        SHARED,
        len(pairs),
        accuracy(pairs),
        *bootstrap_interval(pairs, accuracy),
        "the median",
        accuracy(always),
    )


def _decoys(read: Sequence[tuple[SharedDocument, Strategy]]) -> Figure:
    """Strategies and decoys told apart."""
    pairs = [(str(document.is_strategy), str(strategy.is_strategy)) for document, strategy in read]
    always = accuracy([(gold, "True") for gold, _ in pairs])
    return Figure(
        "strategy or not",
        "accuracy",
        SHARED,
        len(pairs),
        accuracy(pairs),
        *bootstrap_interval(pairs, accuracy),
        "majority",
        always,
    )


def _has(state: str) -> str:
    return "no" if state == "missing" else "yes"
