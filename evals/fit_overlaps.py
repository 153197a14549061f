"""Finds where goals lie: `python -m evals.fit_overlaps` writes knowledge/trained/overlaps.json.

All goals of schools lie in one corner of the space of e5, where everything is like everything. Seen from their middle,
two that say the same lie in one direction. The middle is that of our own labelled goals, each language counting alike.
"""

import hashlib
import json
from collections import defaultdict
from pathlib import Path

import numpy as np

from assistant.judging.meaning import read_meaning
from knowledge.labelled import load_labelled

TARGET = Path(__file__).parents[1] / "knowledge" / "trained" / "overlaps.json"
_MOST = 80  # goals of a language; more move nothing


def main() -> None:
    """Read some of our goals in each language and write their middle, with the hash of what was read."""
    texts: dict[str, list[str]] = defaultdict(list)
    for one in load_labelled():
        if one.kind == "goal":
            texts[one.language].append(one.text)
    chosen = {language: some[:: max(1, len(some) // _MOST)][:_MOST] for language, some in sorted(texts.items())}
    middles = [np.mean([list(read_meaning(text).values()) for text in some], axis=0) for some in chosen.values()]
    digest = hashlib.sha256(json.dumps(chosen, ensure_ascii=False).encode()).hexdigest()
    middle = [round(float(one), 5) for one in np.mean(middles, axis=0)]
    TARGET.write_text(json.dumps({"data": digest, "middle": middle}) + "\n", encoding="utf-8")
    print(f"{sum(map(len, chosen.values()))} goals in {len(chosen)} languages → {TARGET.name}")


if __name__ == "__main__":
    main()
