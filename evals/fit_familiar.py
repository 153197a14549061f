"""Counts our statements' words by language: `python -m evals.fit_familiar` writes knowledge/trained/familiar.npz.

A word is kept that stands in two statements or more, with each language's share of it, as if all languages had as many
statements.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from knowledge.familiar import WHOLE, WORD
from knowledge.labelled import Labelled, load_labelled
from knowledge.lexicon import LANGUAGES

TARGET = Path(__file__).parents[1] / "knowledge" / "trained" / "familiar.npz"
FEWEST = 2


def share_out_words(statements: Iterable[Labelled]) -> dict[str, list[float]]:
    """The shares of each word that is kept, in the order of LANGUAGES."""
    times: dict[str, Counter[str]] = defaultdict(Counter)
    of_language: Counter[str] = Counter()
    for one in statements:
        of_language[one.language] += 1
        for word in set(WORD.findall(f"{one.text} {one.context}".lower())):
            times[word][one.language] += 1
    shares = {}
    for word, counted in sorted(times.items()):
        if counted.total() >= FEWEST:
            rates = [counted[language] / max(1, of_language[language]) for language in LANGUAGES]
            shares[word] = [rate / sum(rates) for rate in rates]
    return shares


def main() -> None:
    """Write the shares, in eight bits each."""
    shares = share_out_words(load_labelled())
    np.savez_compressed(
        TARGET,
        languages=np.array(LANGUAGES),
        words=np.frombuffer("\n".join(shares).encode(), np.uint8),
        shares=np.rint(np.array(list(shares.values()), np.float32) * WHOLE).astype(np.uint8),
    )
    print(f"{len(shares)} words, {TARGET.stat().st_size / 1e3:.0f} KB")


if __name__ == "__main__":
    main()
