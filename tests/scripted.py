"""A language model that says what a test tells it to, in this process."""

import json
from dataclasses import dataclass, field
from pathlib import Path

from assistant.answer import Citation
from assistant.settings import Settings
from assistant.speaking.request import Hear, Piece, Request
from assistant.speaking.rest import Rest
from assistant.speaking.speaker import Speaker
from knowledge.document import Span

GOAL = "Our apprentices speak with guests"


NEED = "The 12 hotels in Hanko cannot find staff who speak languages."


@dataclass
class Scripted:
    """A model that says these answers, one a call; a fault among them is raised."""

    answers: list[str | Exception]
    requests: list[Request] = field(default_factory=list)

    def speak(self, request: Request, hear: Hear) -> None:
        self.requests.append(request)
        answer = self.answers[min(len(self.requests), len(self.answers)) - 1]
        if isinstance(answer, Exception):
            raise answer
        for word in answer.split(" "):
            if hear(Piece(f"{word} ")):
                return
        hear(Piece("", "said"))


def speaker_of(model: Scripted, context: int = 4096, rest: Rest | None = None) -> Speaker:
    settings = Settings(Path("unused"), model="ollama:m", model_context=context)
    return Speaker(settings, {}, open_model=lambda: model, rest=rest)


def sentences(*listed: tuple[str, int, str]) -> str:
    return json.dumps({"sentences": [dict(zip(("text", "passage", "quotation"), one, strict=True)) for one in listed]})


def cite(quote: str) -> Citation:
    return Citation("d", "Our plan", None, 1, quote, Span(0, len(quote)), 1.0)
