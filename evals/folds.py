"""Sources shared out over folds, so that nothing is judged by what was learnt from its own publisher."""

from collections import Counter
from collections.abc import Sequence

FOLDS = 5


def share_out(sources: Sequence[str], folds: int = FOLDS) -> dict[str, int]:
    """A fold for each source, so that the folds hold about as many statements each; the same every time."""
    load, fold = [0] * folds, {}
    for source, count in sorted(Counter(sources).items(), key=lambda item: (-item[1], item[0])):
        fold[source] = load.index(min(load))
        load[fold[source]] += count
    return fold
