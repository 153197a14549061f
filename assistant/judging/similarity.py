"""How alike two statements are, by the letter groups they share: deterministic, any language, no model."""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence

_WORD = re.compile(r"\w+")
_GROUP = 4
Profile = Mapping[str, float]


def profile(texts: Sequence[str]) -> tuple[Profile, ...]:
    """A weighted letter-group profile for each of `texts`: groups that few of the texts share weigh most (tf-idf)."""
    counted = [Counter(_groups(text)) for text in texts]
    documents = Counter(group for counts in counted for group in counts)
    weight = {group: math.log(1 + len(texts) / count) for group, count in documents.items()}
    return tuple({group: count * weight[group] for group, count in counts.items()} for counts in counted)


def likeness(first: Profile, second: Profile) -> float:
    """The cosine of two profiles: 0 where nothing is shared, 1 where all is; 0 for an empty one."""
    shared = sum(value * second[group] for group, value in first.items() if group in second)
    size = math.sqrt(sum(v * v for v in first.values()) * sum(v * v for v in second.values()))
    return shared / size if size else 0.0


def _groups(text: str) -> list[str]:
    """Every run of four letters within the words, the words' edges marked; shorter words whole."""
    padded = (f" {word} " for word in _WORD.findall(text.casefold()))
    return [word[i : i + _GROUP] for word in padded for i in range(max(1, len(word) - _GROUP + 1))]
