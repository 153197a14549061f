"""The language model that the settings name: opened when first asked, held to a time and a budget, told plainly."""

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TypeVar
from urllib.parse import urlsplit

from assistant.origin import Origin
from assistant.settings import Settings
from assistant.speaking.deadline import Patience, hear_within
from assistant.speaking.opening import Opening
from assistant.speaking.prompts import Filled, fill, load_prompt
from assistant.speaking.request import FRAME_TOKENS, Model, Request, Schema, count_tokens
from assistant.speaking.rest import Rest
from assistant.speaking.tally import Standing, Tally
from knowledge.faults import ModelFault, ModelRefused, ModelUnusable

MOST_CHARACTERS_A_TOKEN = 12  # an answer longer than its tokens can make it has no end
Read = TypeVar("Read")
LOCAL_HOSTS = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class Task:
    """One call to a model.

    `words` and `data` fill the prompt's holes (assistant/speaking/prompts.py); `spare` names the hole in `data` from
    which texts are left out, the first of them first, where there is no room for all ("" for none).
    """

    prompt: str
    words: Mapping[str, str]
    data: Mapping[str, str | Sequence[str]]
    most_tokens: int
    schema: Schema | None = None
    spare: str = ""


class Speaker:
    """Asks the model that the settings name. Threads may share it.

    Args:
        settings: the model, its address, its time and its context.
        environment: where the provider's key stands, in the provider's usual variable.
        open_model: opens the model; None for the one of the settings.
        rest: when to leave it alone.
    """

    def __init__(
        self,
        settings: Settings,
        environment: Mapping[str, str],
        *,
        open_model: Callable[[], Model] | None = None,
        rest: Rest | None = None,
    ) -> None:
        """Open nothing yet.

        Raises:
            ValueError: where the settings name no model.
        """
        if settings.model is None:
            raise ValueError("the settings name no language model")
        self.provider, _, name = settings.model.partition(":")
        # A file's folder is nobody's business, and it is the file that says which model it was.
        self.model = name.replace("\\", "/").rpartition("/")[2] if self.provider == "gguf" else name
        self.tally = Tally()
        self._settings = settings
        self._opening = Opening(open_model or (lambda: open_model_of(settings, environment)), self.who)
        self._rest = rest or Rest()

    @property
    def who(self) -> str:
        """The model as its owner knows it."""
        return f"{self.provider}:{self.model}"

    def warm_up(self, seconds: float = 0.0) -> bool:
        """Begin to load the model, or what speaks to its server, and wait so long; whether that has come to an end.

        Nothing is asked of the model; what goes wrong is raised where it is.
        """
        return self._opening.begin().wait(seconds)

    def standing(self) -> Standing:
        """How it stands with the model."""
        return self.tally.standing(self.who, here=stays_here(self._settings), rests=self._rest.left())

    def origin(self, prompt: str) -> Origin:
        """Where an answer to that prompt comes from."""
        return Origin(self.provider, self.model, prompt, load_prompt(prompt).digest)

    def is_resting(self) -> bool:
        """Whether the model is left alone for now, since it kept failing."""
        return self._rest.left() > 0

    def read(self, task: Task, parse: Callable[[str], Read]) -> Read:
        """The whole answer as `parse` reads it.

        Raises:
            ModelFault: where the model is of no use, or `parse` says so; it has been counted then.
        """
        with self._counting():
            last = deque(self._listen(task), maxlen=1)  # which is the whole
            return parse(last[0] if last else "")

    def listen(self, task: Task) -> Iterator[str]:
        """The answer so far, each time there is more of it; the last is the whole answer.

        A reader that has heard enough may stop: the model is then told to.

        Raises:
            ModelFault: where the model is of no use; it has been counted then, and may lead to a rest.
        """
        with self._counting():
            yield from self._listen(task)

    @contextmanager
    def _counting(self) -> Iterator[None]:
        """Counts how a call ends; one that its reader broke off is neither a fault nor a success."""
        try:
            yield
        except ModelFault as fault:
            self.tally.note_fault(fault)
            self._rest.note_fault()
            raise
        self.tally.note_answered()
        self._rest.note_answer()

    def _listen(self, task: Task) -> Iterator[str]:
        filled, left_out = self._fit(task)
        self.tally.note_asked(shortened=left_out > 0)
        request = Request(filled, task.schema, task.most_tokens)
        seconds = float(self._settings.model_seconds)
        model = self._opening.get(seconds)
        said, ending = "", None
        for piece in hear_within(partial(model.speak, request), Patience(seconds / 2, seconds), self.who):
            said += piece.text
            ending = piece.ending or ending
            if len(said) > task.most_tokens * MOST_CHARACTERS_A_TOKEN:
                raise self._unusable("its answer has no end", "Choose another model.")
            if piece.text:
                yield said
        if ending == "refused":
            raise ModelRefused(self.who, "it will not answer this", "Askwhy goes on without it.")
        if not said.strip():
            raise self._unusable("its answer is empty", "Choose another model.")
        if ending is None:
            raise self._unusable("its answer broke off", "If it happens again, look at the model's server.")
        if ending == "limit":
            raise self._unusable("its answer was too long", "Choose another model.")

    def _fit(self, task: Task) -> tuple[Filled, int]:
        """The prompt filled, with what there is no room for left out, and how many texts that was.

        Raises:
            ModelRefused: where it does not fit even so.
        """
        prompt = load_prompt(task.prompt)
        room = self._settings.model_context - task.most_tokens - FRAME_TOKENS
        spare = list(task.data.get(task.spare, ()))
        for left_out in range(len(spare) + 1):
            data = {**task.data, task.spare: spare[left_out:]} if task.spare else task.data
            filled = fill(prompt, task.words, data)
            if count_tokens(filled.system) + count_tokens(filled.task) <= room:
                return filled, left_out
        raise ModelRefused(
            self.who, "the text is too long for it", "Set ASKWHY_MODEL_CONTEXT higher if it can take more."
        )

    def _unusable(self, what: str, remedy: str) -> ModelUnusable:
        return ModelUnusable(self.who, what, remedy)


def open_speaker(settings: Settings, environment: Mapping[str, str]) -> Speaker | None:
    """The speaker for the model that the settings name; None where they name none. Nothing is loaded or asked yet."""
    return Speaker(settings, environment) if settings.model else None


def open_model_of(settings: Settings, environment: Mapping[str, str]) -> Model:
    """The model that the settings name, its library loaded.

    Raises:
        ModelMissing: where a package, a file or the key is not there.
        ModelUnusable: where the file holds no model.
    """
    provider, _, name = (settings.model or "").partition(":")
    if provider == "gguf":
        from assistant.speaking.gguf import open_file

        return open_file(name, settings.model_context)
    from assistant.speaking.providers import open_served

    return open_served(
        provider, name, settings.model_url, float(settings.model_seconds), settings.model_context, environment
    )


def stays_here(settings: Settings) -> bool:
    """Whether nothing that the model is told leaves this computer."""
    provider = (settings.model or "").partition(":")[0]
    if not provider or provider == "gguf":
        return True
    if settings.model_url:
        return urlsplit(settings.model_url).hostname in LOCAL_HOSTS
    return provider == "ollama"
