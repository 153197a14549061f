"""Where the words of a language model come from: kept with every one of its answers that is shown."""

import re
from dataclasses import dataclass, fields

_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Origin:
    """Who worded something: the provider and model, and the prompt by its name and SHA-256 digest.

    Raises:
        ValueError: where a part is missing, so that no answer of a model goes without it.
    """

    provider: str
    model: str
    prompt: str
    digest: str

    def __post_init__(self) -> None:
        """Hold every part to being there."""
        missing = [field.name for field in fields(self) if not str(getattr(self, field.name)).strip()]
        if missing:
            raise ValueError(f"the origin of a model's words lacks: {', '.join(missing)}")
        if not _DIGEST.fullmatch(self.digest):
            raise ValueError(f"{self.digest!r} is no SHA-256 digest")


@dataclass(frozen=True, slots=True)
class Worded:
    """What a language model said, after it has passed our checks."""

    text: str
    origin: Origin
