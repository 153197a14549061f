"""What is asked of a language model and what it gives back, whoever serves it; how many tokens a text has at most."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from assistant.speaking.prompts import Filled

# Why a model stopped: it had said what it had to say, it came to the limit of tokens, or it would not answer.
Ending = Literal["said", "limit", "refused"]
Schema = Mapping[str, object]
BYTES_A_TOKEN = 2
FRAME_TOKENS = 40  # what a chat template puts around a system part and a task


@dataclass(frozen=True, slots=True)
class Request:
    """One call: a filled prompt, the form of the answer as a JSON schema (None for plain text), and its length."""

    filled: Filled
    schema: Schema | None
    most_tokens: int


@dataclass(frozen=True, slots=True)
class Piece:
    """Some more of an answer; the last one says why it ends."""

    text: str
    ending: Ending | None = None


# Takes a piece of an answer, and says whether to stop.
Hear = Callable[[Piece], bool]


class Model(Protocol):
    """A language model that is open."""

    def speak(self, request: Request, hear: Hear) -> None:
        """Answer, piece by piece, until the answer ends or `hear` says to stop.

        No tool is ever offered: what a document says can make the model say things, and do nothing.

        Raises:
            ModelFault: as what goes wrong is told.
        """


def count_tokens(text: str) -> int:
    """How many tokens `text` has at most: half its bytes in UTF-8.

    An estimate on the safe side: SmolLM2's tokenizer, made for English, gets more than two bytes into a token of each
    of our nine languages (tests/test_speaking_budget.py), and larger models' take fewer tokens for the same text.
    """
    return math.ceil(len(text.encode()) / BYTES_A_TOKEN)
